//! A project folder as it was read: every organisation with its brand, frameworks, profiles and vacancies.
//!
//! Reading finds the faults of each file on its own; nothing is merged here. A file with faults keeps them, so that
//! one broken profile never hides another.

mod entries;
mod files;
mod save;
pub mod snapshot;

pub use entries::{Checked, OrganisationFiles, PackId, PackKind, PostedFile};
pub use files::{FOLDERS, Files, MAX_DEPTH, hexadecimal, resolve, sha256};
pub use save::{Saved, save};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, nearest};

/// A project.
#[derive(Debug)]
pub struct Project {
    /// Its files.
    pub files: Arc<Files>,
    /// Organisations by the name of their folder.
    pub organisations: BTreeMap<String, OrganisationFiles>,
    /// Folders and files that it may have, but that can't be read: nobody knows which packs are in them.
    pub faults: Vec<Diagnostic>,
}

/// The nearest folder from `start` upwards that has a folder `profiles`.
///
/// # Errors
/// `no-project`.
pub fn find(start: &Path) -> Result<PathBuf, Diagnostic> {
    let found = start.ancestors().find(|folder| folder.join("profiles").is_dir());
    found.map(Path::to_path_buf).ok_or_else(|| {
        Diagnostic::error("no-project", "there is no folder `profiles` here or in a folder above")
            .hint("go into a project, name it with `--root`, or start one with `jobpack new organisation NAME`")
    })
}

impl Project {
    /// Reads the project in `root`, every organisation in its own language.
    pub fn load(root: PathBuf) -> Self {
        Self::read(Arc::new(Files::new(Some(root))), None)
    }

    /// The same project in another language (BCP 47), from the same reading of its files.
    pub fn in_language(&self, language: &str) -> Self {
        Self::read(Arc::clone(&self.files), Some(language))
    }

    /// The same project as if one of its files held another text.
    ///
    /// # Errors
    /// `not-utf8`, and what else keeps a text from being read.
    pub fn with_text(&self, path: &str, text: &str) -> Result<Self, Diagnostic> {
        Ok(Self::read(Arc::new(self.files.with_text(path, text)?), None))
    }

    fn read(files: Arc<Files>, language: Option<&str>) -> Self {
        let organisations: BTreeMap<_, _> = files
            .folders("profiles")
            .into_iter()
            .map(|id| {
                let organisation = OrganisationFiles::load(&files, &id, language);
                (id, organisation)
            })
            .collect();
        let faults = files.unreadable();
        Self { files, organisations, faults }
    }

    /// Every pack, sorted: one for each profile and each vacancy.
    pub fn packs(&self) -> Vec<PackId> {
        self.organisations.iter().flat_map(|(id, files)| files.packs(id)).collect()
    }

    /// The packs that `names` stand for: `organisation/pack`, or `organisation` for all of its packs.
    ///
    /// # Errors
    /// `unknown-pack` for each name that stands for none.
    pub fn select(&self, names: &[String]) -> Result<Vec<PackId>, Vec<Diagnostic>> {
        let all = self.packs();
        if names.is_empty() {
            return Ok(all);
        }
        let (mut chosen, mut faults) = (Vec::new(), Vec::new());
        for name in names {
            let name = name.trim_end_matches('/');
            let found: Vec<_> = all.iter().filter(|pack| pack.organisation == name || pack.to_string() == name).collect();
            if found.is_empty() {
                let known: Vec<String> = all.iter().map(ToString::to_string).collect();
                let fault = Diagnostic::error("unknown-pack", format!("there is no pack `{name}`"));
                faults.push(match nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => fault.hint(format!("did you mean `{near}`?")),
                    None => fault.hint("`jobpack list` names all packs"),
                });
            }
            chosen.extend(found.into_iter().cloned());
        }
        chosen.sort();
        chosen.dedup();
        if faults.is_empty() { Ok(chosen) } else { Err(faults) }
    }

    /// The organisation of a pack.
    pub fn organisation(&self, id: &str) -> Option<&OrganisationFiles> {
        self.organisations.get(id)
    }
}
