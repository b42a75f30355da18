//! What is found of an organisation as a whole, beside the faults of its packs. All of it is warnings.

use super::builder::Builder;
use crate::diagnostic::{Diagnostic, capped};
use crate::pack::check_names;
use crate::project::{OrganisationFiles, PackId};

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
}
