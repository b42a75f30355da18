//! The whole path for one pack, callable with everything handed to it: assemble, compose, typeset, write, bundle.
//!
//! [`Builder`] holds what packs share (layouts, brands, clauses, parsed templates) and makes each of it once. Command
//! line and server both drive it. Nothing here prints, and no lock is held while a document is typeset.

mod builder;
pub mod compare;
mod crew;
mod document;
mod findings;
mod font;
mod formats;
mod gathered;
mod kit;
mod made;
mod memo;
mod options;
mod origin;
mod pages;
mod parity;
mod picture;
mod pictures;
mod posted;
mod publisher;
mod reuse;
mod run;
mod sheets;
mod stages;
mod svg;
mod svg_style;
pub mod variant;
mod words;
mod writers;

pub use gathered::{file_stem, stem_of};
pub use builder::{BuiltPack, Builder};
pub use made::{MadeFile, MadeOutput, MadePack};
pub use options::Options;
pub use reuse::{Known, Reuse};
pub use formats::Format;
pub use sheets::{Outline, Sheets};
pub use stages::{Stage, Stages};
pub use posted::{POSTED, Posted};
pub use words::{Findings, PackFindings};
pub use run::{Outcome, PackReport, Progress, Run};
