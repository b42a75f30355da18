//! What making a pack gathers on its way through its languages, documents and variants. Nothing is made here.

use std::sync::Arc;

use rayon::prelude::*;

use super::made::MadeFile;
use super::reuse::{Known, Record};
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
    /// How documents of the pack were made before, and those that were made anew.
    pub known: Arc<Known>,
    pub news: Vec<(String, Record)>,
    pub views: Vec<String>,
    pub warnings: Vec<Diagnostic>,
}

impl Gathered {
    pub(super) fn new(known: Known) -> Self {
        Self::part(&Arc::new(known))
    }

    /// The same for one document, which may be made beside others.
    fn part(known: &Arc<Known>) -> Self {
        let (inputs, made, files, news, views, warnings) = Default::default();
        Self { clock: Clock::start(), inputs, made, files, known: Arc::clone(known), news, views, warnings }
    }

    /// Does something for each of several documents, and takes up what it gathers, in order. Where a pack has several threads, documents
    /// are made side by side.
    pub(super) fn each<T: Send, E: Send>(&mut self, all: Vec<T>, one: impl Fn(T, &mut Self) -> Result<(), E> + Sync) -> Vec<E> {
        let known = Arc::clone(&self.known);
        let part = |item| {
            let mut part = Self::part(&known);
            let ended = one(item, &mut part);
            (part, ended)
        };
        // In a pool in which there is only this pack (`crew`); in another one, documents of many packs could pile up in each other.
        let side_by_side = rayon::current_thread_index().is_some() && rayon::current_num_threads() > 1;
        let parts: Vec<_> = if side_by_side { all.into_par_iter().map(part).collect() } else { all.into_iter().map(part).collect() };
        let mut faults = Vec::new();
        for (Self { clock, inputs, made, files, news, views, warnings, .. }, ended) in parts {
            self.clock.stages.add(&clock.stages);
            self.inputs.extend(&inputs);
            self.made.extend(made);
            self.files.extend(files);
            self.news.extend(news);
            self.views.extend(views);
            self.warnings.extend(warnings);
            faults.extend(ended.err());
        }
        self.clock.skip();
        faults
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

/// Name of a file of a document without its ending.
pub fn stem_of(file: &str) -> &str {
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Name of a document's files without their ending: `<pack>-<document>[-<variant>][-<language>]`. The standard variant
/// and the organisation's own language add nothing.
pub fn file_stem(pack: &str, document: &str, variant: &str, language: Option<&str>) -> String {
    let variant = Some(variant).filter(|variant| *variant != STANDARD);
    [Some(pack), Some(document), variant, language].into_iter().flatten().collect::<Vec<_>>().join("-")
}
