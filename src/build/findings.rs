//! What is found beside the faults of packs: of an organisation as a whole, of translations, and in documents that are not written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use super::builder::Builder;
use super::crew;
use super::options::Options;
use super::words::PackFindings;
use crate::check;
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

    /// What is found in the documents of these packs, which takes as long as building them; what a rule finds is not among it.
    pub fn check_documents(&self, packs: &[PackId]) -> BTreeMap<PackId, PackFindings> {
        let found = Mutex::new(BTreeMap::new());
        crew::each(None, packs, |id| {
            let (fails, mut faults) = match self.build(id, &Options::default()) {
                Ok((_, warnings)) => (false, warnings),
                Err(faults) => (true, faults),
            };
            faults.retain(|fault| check::rule(fault.code).is_none());
            // What has no place is looked for where the words come from, and not in a layout that prints them.
            for fault in faults.iter_mut().filter(|fault| fault.span.is_none()) {
                let own = || self.project().organisation(&id.organisation)?.own_path(id).map(str::to_owned);
                fault.path = fault.path.take().filter(|path| !path.starts_with("templates/")).or_else(own);
                fault.trace.push(format!("making the documents of `{id}`"));
            }
            found.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), PackFindings { fails, faults, ..PackFindings::default() });
        });
        found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    /// Texts of a pack that have no translation into the other languages in which its own files have texts: a build in one
    /// of these would fail, or would print them in the language that they are in.
    pub fn check_translations(&self, pack: &Pack) -> Vec<Diagnostic> {
        let own = source::primary(&pack.language);
        // The texts of a layout are in all languages, whatever those of the organisation are in.
        let files = pack.sources.iter().filter(|file| file.path.starts_with("profiles/") && source::may_speak(&file.text, own));
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
