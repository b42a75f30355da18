//! YAML as text with places: from bytes to a tree in which every value knows its file, line and column.
//!
//! The way in is always the same: [`load`] refuses what is too large or not UTF-8, [`read`] counts depth, nodes and
//! aliases on the event stream before a tree exists, [`check`] holds the whole tree against a JSON Schema and finds
//! every fault, and only then [`typed`] makes Rust values. No value is interpreted before its type asks for it:
//! `8`, `1.10`, `007` and `no` stay as written.

mod check;
mod de;
mod language;
mod load;
mod locate;
mod node;
mod read;

pub use check::{EMAIL_PATTERN, LANGUAGE_PATTERN, TIME_PATTERN, WEB_PATTERN, check};
pub(crate) use check::{control_character, quoted};
pub use de::{DeserializeError, typed};
pub use language::{LANGUAGES, languages, localise, may_speak, primary};
pub use load::{MAX_FILE_BYTES, bytes, decode, load};
pub use node::{Entry, Layer, Map, Node, Scalar, Value};
pub use read::{MAX_DEPTH, MAX_NODES, read};
