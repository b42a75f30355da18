//! A project folder as it was read: every organisation with its brand, frameworks, profiles and vacancies.
//!
//! Reading finds the faults of each file on its own; nothing is merged here. A file with faults keeps them, so that
//! one broken profile never hides another.

mod digest;
mod embedded;
mod entries;
mod files;
mod inputs;
mod listing;
mod mark;
mod mentions;
mod readings;
mod save;
mod slot;
pub mod snapshot;
mod watch;
mod within;

pub use digest::{Digest, Said, clause, file_of, hexadecimal, sha256};
pub use entries::{Checked, OrganisationFiles, PackId, PackKind, PostedFile};
pub use embedded::of_program;
pub use files::{FOLDERS, Files, Keep, MAX_DEPTH, allow_files, resolve};
pub use inputs::Inputs;
pub use listing::{Listing, is_of_pack};
pub use mark::Mark;
pub use mentions::{Mentions, refers};
pub use readings::Reading;
pub use save::{Saved, save};
pub use slot::Slot;
pub use watch::Watch;
pub use within::within;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use entries::Names;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;

/// A project.
#[derive(Debug)]
pub struct Project {
    /// Its files.
    pub files: Arc<Files>,
    /// Organisations by the name of their folder.
    pub organisations: BTreeMap<String, OrganisationFiles>,
    listing: Listing,
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
    /// Reads the project in `root`, every organisation in its own language; profiles and vacancies when they are asked for, and
    /// once.
    pub fn load(root: PathBuf) -> Self {
        Self::of(Arc::new(Files::new(Some(root))))
    }

    /// The same of files of which only a few profiles and vacancies may be kept, so that one may be read again.
    pub fn of(files: Arc<Files>) -> Self {
        Self::read(files, None)
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
        let listing = Listing::of(&files);
        let organisation = |(id, names): (&String, &Names)| (id.clone(), OrganisationFiles::load(&files, id, names, language));
        let all: Vec<_> = listing.organisations().collect();
        let organisations = all.into_par_iter().map(organisation).collect();
        let faults = files.unreadable();
        Self { files, listing, organisations, faults }
    }

    /// Every pack, sorted: one for each profile and each vacancy.
    pub fn packs(&self) -> Vec<PackId> {
        self.listing.packs.clone()
    }

    /// The packs that `names` stand for, as [`Listing::select`].
    ///
    /// # Errors
    /// `unknown-pack` for each name that stands for none.
    pub fn select(&self, names: &[String]) -> Result<Vec<PackId>, Vec<Diagnostic>> {
        self.listing.select(names)
    }

    /// The organisation of a pack.
    pub fn organisation(&self, id: &str) -> Option<&OrganisationFiles> {
        self.organisations.get(id)
    }
}
