//! What making a pack gathers on its way through its languages, documents and variants. Nothing is made here.

use super::made::MadeFile;
use super::reuse::Known;
use super::stages::Clock;
use super::variant::STANDARD;
use crate::bundle::BundleFile;
use crate::diagnostic::Diagnostic;
use crate::project::Inputs;

/// What all documents of a pack in one language share.
pub(super) struct Edition {
    pub layout: String,
    pub date: String,
    pub status: &'static str,
}

/// What making a pack gathers on its way.
pub(super) struct Gathered {
    pub clock: Clock,
    pub inputs: Inputs,
    /// The same files without their bytes.
    pub made: Vec<MadeFile>,
    pub files: Vec<BundleFile>,
    /// How documents of the pack were made before, and whether one was made anew.
    pub known: Known,
    pub has_news: bool,
    pub views: Vec<String>,
    pub warnings: Vec<Diagnostic>,
}

impl Gathered {
    pub(super) fn new(known: Known) -> Self {
        let (inputs, made, files, views, warnings) = Default::default();
        Self { clock: Clock::start(), inputs, made, files, known, has_news: false, views, warnings }
    }
}

/// Leaves out warnings that two languages of a pack have in common.
pub(super) fn once(warnings: &mut Vec<Diagnostic>) {
    let mut kept: Vec<Diagnostic> = Vec::with_capacity(warnings.len());
    for warning in warnings.drain(..) {
        if !kept.contains(&warning) {
            kept.push(warning);
        }
    }
    *warnings = kept;
}

/// Name of a document's files without their ending: `<pack>-<document>[-<variant>][-<language>]`. The standard variant
/// and the organisation's own language add nothing.
pub fn file_stem(pack: &str, document: &str, variant: &str, language: Option<&str>) -> String {
    let variant = Some(variant).filter(|variant| *variant != STANDARD);
    [Some(pack), Some(document), variant, language].into_iter().flatten().collect::<Vec<_>>().join("-")
}
