//! What is found of an organisation as a whole, beside the faults of its packs. All of it is warnings.

use std::collections::BTreeSet;

use super::builder::Builder;
use super::options::Options;
use crate::diagnostic::{Diagnostic, Severity, capped};
use crate::pack::{Pack, check_names};
use crate::project::{OrganisationFiles, PackId};
use crate::source::{self, Layer};

impl Builder {
    /// Clauses and labels of the organisations of these packs that nothing uses, once each. They are held against the
    /// organisation's own layout; what is wrong with that is said of its packs.
    pub fn check_names(&self, packs: &[PackId]) -> Vec<Diagnostic> {
        let mut employers: Vec<&str> = packs.iter().map(|id| id.organisation.as_str()).collect();
        employers.dedup();
        let names = |files: &OrganisationFiles| {
            let layout = self.layout(&files.organisation.value.as_ref()?.layout, &files.language).ok()?;
            Some(capped(check_names(self.project(), files, &layout)))
        };
        let found = employers.into_iter().filter_map(|id| names(self.project().organisation(id)?));
        found.flatten().collect()
    }

    /// Texts of a pack that have no translation into the other languages in which its own files have texts: a build in one
    /// of these would fail, or would print them in the language that they are in.
    pub fn check_translations(&self, pack: &Pack) -> Vec<Diagnostic> {
        let own = source::primary(&pack.language);
        // The texts of a layout are in all languages, whatever those of the organisation are in.
        let files = pack.sources.iter().filter(|file| file.path.starts_with("profiles/"));
        let trees = files.filter_map(|file| source::read(file, Layer::Profile).ok());
        let spoken: BTreeSet<String> = trees.flat_map(|tree| source::languages(&tree)).filter(|language| language != own).collect();
        let organisation = self.project().organisation(&pack.id.organisation).and_then(|files| files.organisation.value.as_ref());
        let layouts = spoken.iter().map(String::as_str).chain([own]);
        let layouts = layouts.filter_map(|language| self.layout(&organisation?.layout, language).ok());
        let labels = layouts.flat_map(|layout| layout.warnings.clone());
        let found = spoken.iter().flat_map(|language| {
            let assembled = self.in_language(language).and_then(|builder| builder.assemble(&pack.id, &Options::default()));
            let all = match assembled {
                Ok((_, warnings)) => warnings,
                Err(faults) => faults,
            };
            let missing = all.into_iter().filter(|fault| fault.code == "missing-translation");
            missing.map(move |fault| Diagnostic { severity: Severity::Warning, ..fault }.while_doing(format!("reading the pack in `{language}`")))
        });
        capped(found.chain(labels).collect())
    }
}
