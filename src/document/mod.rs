//! From one compiled document to the bytes of each format.
//!
//! [`tree`] is the semantic tree that web page, Word file and plain text are all written from. Nothing here reads a
//! file, a clock or an environment variable, and the same tree always gives the same bytes.

pub mod accessible;
pub mod compose;
pub mod contents;
pub mod cover;
pub mod docx;
pub mod extract;
mod fact_runs;
pub mod html;
mod illegal;
mod page_numbers;
pub mod posting;
pub mod text;
pub mod tree;
