//! The inputs as they are now, of which only those are read that may have changed.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use rayon::prelude::*;

use super::index::{FileRecord, Index, Key, State};
use crate::project::{Digest, Files, Listing, Mark, Reading, Said, file_of};

/// Files on disk that no mark tells to be the ones that were read, as far as they have been looked at.
type Found = RwLock<HashMap<String, Arc<FileRecord>>>;

/// What all files said that packs share.
pub(super) struct Shared {
    pub templates: Digest,
    /// For each organisation the digest of the templates, of its file, and of the options.
    pub organisations: BTreeMap<String, Digest>,
    /// Paths of all these files.
    pub paths: Vec<String>,
}

/// The inputs as they are now.
pub(super) struct Present {
    files: Arc<Files>,
    /// Whether the program is the one that wrote the index: then its own files are the same too.
    same_program: bool,
    known: BTreeMap<String, FileRecord>,
    found: Found,
}

impl Present {
    /// - known: the files as they were
    pub(super) fn new(files: &Arc<Files>, index: &mut Index, program: Digest) -> Self {
        let same_program = index.program.is_some_and(|before| before.digest == program);
        Self { files: Arc::clone(files), same_program, known: std::mem::take(&mut index.files), found: Found::default() }
    }

    /// Which of these inputs are as they were.
    pub(super) fn same(&self, keys: &[Key]) -> Vec<bool> {
        keys.par_iter().map(|(name, digest)| self.digest(name) == *digest).collect()
    }

    /// The digest of an input, if it is there and can be read.
    pub(super) fn digest(&self, name: &str) -> Option<Digest> {
        if name.ends_with('/') {
            return self.files.digest(name);
        }
        let said = |said: &Said| said.iter().find(|(input, _)| input == name).map(|(_, digest)| *digest);
        match self.look(file_of(name)) {
            Ok(known) => said(&known.said),
            Err(found) => said(&found.said),
        }
    }

    /// All files that packs share: templates, and those of organisations.
    ///
    /// - options: digest of those that it is asked for whether they are without faults
    pub(super) fn shared(&self, listing: &Listing, options: Digest) -> Shared {
        let bytes = |path: &str| match self.look(path) {
            Ok(known) => known.bytes,
            Err(found) => found.bytes,
        };
        let digest = |all: &[(&str, Option<Digest>)]| Digest::of(&postcard::to_stdvec(all).unwrap_or_default());
        let mut paths: Vec<String> = self.files.below("templates").into_iter().collect();
        let all: Vec<_> = paths.par_iter().map(|path| (path.as_str(), bytes(path))).collect();
        let templates = digest(&all);
        let organisation = |(id, path): (&String, String)| {
            let both = digest(&[(id, bytes(&path)), ("templates", Some(templates)), ("options", Some(options))]);
            paths.push(path);
            (id.clone(), both)
        };
        let organisations = listing.organisation_files().map(organisation).collect();
        Shared { templates, organisations, paths }
    }

    /// Whether a file was looked at that was not as it was known.
    pub(super) fn has_looked(&self) -> bool {
        !self.found.read().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// The file as it was, if its mark says that it still is; as it is now, if not.
    fn look(&self, path: &str) -> Result<&FileRecord, Arc<FileRecord>> {
        let known = self.known.get(path);
        let disk = self.files.root().map(|root| root.join(path));
        let metadata = disk.as_deref().and_then(|disk| fs::metadata(disk).ok());
        let mark = metadata.as_ref().filter(|metadata| metadata.is_file()).map(Mark::of);
        if let Some(known) = known {
            let same = match (known.state, mark) {
                (State::Disk(Some(before)), Some(now)) => before == now,
                (State::Program, None) => metadata.is_none() && self.same_program,
                (State::Absent, None) => metadata.is_none() && self.same_program,
                _ => false,
            };
            if same {
                return Ok(known);
            }
        }
        if let Some(found) = self.found.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Err(Arc::clone(found));
        }
        let found = self.read(path, (disk.as_deref(), mark), known);
        let mut all = self.found.write().unwrap_or_else(PoisonError::into_inner);
        Err(Arc::clone(all.entry(path.to_owned()).or_insert_with(|| Arc::new(found))))
    }

    fn read(&self, path: &str, (disk, mark): (Option<&Path>, Option<Mark>), known: Option<&FileRecord>) -> FileRecord {
        if let (Some(disk), Some(mark), Some(known)) = (disk, mark, known)
            && let Some(same) = unchanged(disk, mark, known)
        {
            return same;
        }
        self.files.reading(path).map_or_else(FileRecord::absent, |reading| record(&self.files, path, &reading))
    }

    /// The files as they are to be known from now on.
    ///
    /// - used: paths of files that are of interest
    pub(super) fn known<'a>(&self, used: impl Iterator<Item = &'a str>) -> BTreeMap<String, FileRecord> {
        let found = self.found.read().unwrap_or_else(PoisonError::into_inner);
        let mut all = BTreeMap::new();
        for path in used.filter(|path| !path.ends_with('/')) {
            let record = match (self.files.found(path), found.get(path), self.known.get(path)) {
                (Some(reading), ..) => record(&self.files, path, &reading),
                (None, Some(found), _) => FileRecord::clone(found),
                (None, None, Some(known)) => known.clone(),
                // An input that isn't there is one too.
                (None, None, None) => FileRecord::absent(),
            };
            all.insert(path.to_owned(), record);
        }
        all
    }
}

fn record(files: &Files, path: &str, reading: &Reading) -> FileRecord {
    let state = if reading.on_disk { State::Disk(reading.mark) } else { State::Program };
    let on_disk = |root: &Path| fs::metadata(root.join(path)).ok().map(|metadata| metadata.len());
    let size = files.root().filter(|_| reading.on_disk).and_then(on_disk).unwrap_or_default();
    FileRecord { state, size, bytes: Some(reading.bytes), said: reading.said.clone() }
}

/// The same file with its new mark, if its bytes are the same.
fn unchanged(disk: &Path, mark: Mark, known: &FileRecord) -> Option<FileRecord> {
    let bytes = known.bytes.filter(|_| known.size == mark.size())?;
    let now = SystemTime::now();
    if Digest::of_file(&fs::read(disk).ok()?) != bytes {
        return None;
    }
    let sure = mark.is_settled(now) && fs::metadata(disk).is_ok_and(|metadata| Mark::of(&metadata) == mark);
    Some(FileRecord { state: State::Disk(sure.then_some(mark)), ..known.clone() })
}
