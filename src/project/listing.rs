//! Which packs a project has: names only, so that no file is read.

use std::collections::BTreeMap;

use super::entries::Names;
use super::{Files, PackId};
use crate::diagnostic::{Diagnostic, nearest};

/// Whether a file is a profile, or one of vacancies: few packs have it in common.
pub fn is_of_pack(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    matches!(parts.as_slice(), ["profiles", _, file] if file.ends_with(".yaml") && *file != "organisation.yaml")
        || matches!(parts.as_slice(), ["profiles", _, "vacancies", _])
}

/// The packs of a project.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// Every pack, sorted: one for each profile and each vacancy.
    pub packs: Vec<PackId>,
    /// Folders and files that can't be read: nobody knows which packs are in them.
    pub faults: Vec<Diagnostic>,
    organisations: BTreeMap<String, Names>,
}

impl Listing {
    /// The packs of some files.
    pub fn of(files: &Files) -> Self {
        let organisations: BTreeMap<_, _> = files.folders("profiles").into_iter().map(|id| (id.clone(), Names::of(files, &id))).collect();
        let packs = organisations.iter().flat_map(|(id, names)| names.packs(id)).collect();
        Self { packs, faults: files.unreadable(), organisations }
    }

    /// Names of the organisations' folders, with the names in them.
    pub(super) fn organisations(&self) -> impl Iterator<Item = (&String, &Names)> {
        self.organisations.iter()
    }

    /// The organisations, with the paths of their own files.
    pub fn organisation_files(&self) -> impl Iterator<Item = (&String, String)> {
        self.organisations.keys().map(|id| (id, format!("profiles/{id}/organisation.yaml")))
    }

    /// Whether any name keeps a pack from being made: then it keeps those that are made from it too.
    pub fn clashes(&self) -> bool {
        self.packs.iter().any(|id| self.clash(id))
    }

    /// Whether the profile or vacancy of this path can't be used because of what it is called.
    pub fn clash_of(&self, path: &str) -> bool {
        let mut parts = path.split('/').skip(1);
        let names = parts.next().and_then(|id| self.organisations.get(id));
        let stem = path.rsplit('/').next().and_then(|file| file.strip_suffix(".yaml"));
        names.zip(stem).is_some_and(|(names, stem)| names.clash(stem))
    }

    /// Whether a pack can't be made because of what it is called.
    pub fn clash(&self, id: &PackId) -> bool {
        self.organisations.get(&id.organisation).is_some_and(|names| names.clash(&id.name))
    }

    /// The packs that `names` stand for: `organisation/pack`, or `organisation` for all of its packs; all packs if there are none.
    ///
    /// # Errors
    /// `unknown-pack` for each name that stands for none.
    pub fn select(&self, names: &[String]) -> Result<Vec<PackId>, Vec<Diagnostic>> {
        if names.is_empty() {
            return Ok(self.packs.clone());
        }
        let (mut chosen, mut faults) = (Vec::new(), Vec::new());
        for name in names {
            let name = name.trim_end_matches('/');
            let found: Vec<_> = self.packs.iter().filter(|pack| pack.organisation == name || pack.to_string() == name).collect();
            if found.is_empty() {
                let known: Vec<String> = self.packs.iter().map(ToString::to_string).collect();
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
}
