//! Layers merged into one pack: organisation, framework, profile and vacancy, worded and ready for a layout.
//!
//! [`assemble`] puts the layers on top of each other ([`merge`]), words the clauses ([`include`]), checks the result and
//! reduces it to the blocks of the [`view`]. Every value of the merged tree knows the file, line and layer that it
//! came from and what it overrode. Nothing here knows a font, a page or a format.

mod assemble;
mod blocks;
mod characters;
mod criteria;
mod include;
mod layers;
mod linked;
pub mod merge;
mod names;
mod panel;
mod parts;
mod pay;
pub mod rich;
mod styles;
pub mod view;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::SourceText;
use crate::profile::Profile;
use crate::project::{Inputs, PackId};
use crate::source::Node;

pub use assemble::{Assembly, assemble};
pub use blocks::{MAX_LIST_DEPTH, Writer};
pub use include::{ClauseSource, Used, templates as clause_templates};
pub use merge::merge;
pub use names::check_names;
pub use panel::PANEL_LABELS;

/// A pack: everything that its documents say.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its name.
    pub id: PackId,
    /// The merged tree, clauses in place.
    pub tree: Node,
    /// The merged profile.
    pub profile: Profile,
    /// Words for Tera and for facts.
    pub words: view::Words,
    /// The same as Tera sees it.
    pub tera: crate::wording::View,
    /// Values of variables.
    pub values: rich::Values,
    /// Labels by name.
    pub labels: BTreeMap<String, String>,
    /// Language of the documents (BCP 47).
    pub language: String,
    /// Date of the documents, `YYYY-MM-DD`: the latest of its inputs' own.
    pub date: String,
    /// The parts by name, as blocks.
    pub parts: BTreeMap<String, parts::PartView>,
    /// Whether it is marked as a draft.
    pub draft: bool,
    /// Whether it is marked as an example.
    pub example: bool,
    /// The organisation's YAML files that it was made from, as texts.
    pub sources: Vec<Arc<SourceText>>,
    /// The same as inputs: files, and clauses.
    pub inputs: Inputs,
}

pub use parts::PartView;
