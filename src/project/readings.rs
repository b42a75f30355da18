//! What files were found to say when they were read, so that it is known whether they say the same the next time.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use super::digest::{self, Digest, Said, file_of, said_by};
use super::embedded::all_embedded;
use super::files::Files;
use super::mark::Mark;
use crate::diagnostic::SourceText;
use crate::source::Node;

/// What was found out about a file when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its mark, if it is sure that a file with this mark is the one that was read. A file that comes with the program has none.
    pub mark: Option<Mark>,
    /// Whether it is a file of the project, and not one of the program.
    pub on_disk: bool,
    /// Digest of its bytes.
    pub bytes: Digest,
    /// What it says.
    pub said: Said,
}

impl Files {
    /// Digest of an input, if it can be read: a file, or a clause of one.
    ///
    /// A folder, written with `/` at its end, says which files are in it.
    pub fn digest(&self, input: &str) -> Option<Digest> {
        if let Some(folder) = input.strip_suffix('/') {
            return Some(self.names(folder));
        }
        let reading = self.reading(file_of(input))?;
        reading.said.iter().find(|(name, _)| name == input).map(|(_, digest)| *digest)
    }

    /// What was found out about a file, which is read if it hasn't been.
    pub fn reading(&self, path: &str) -> Option<Arc<Reading>> {
        if let Some(reading) = self.found(path) {
            return Some(reading);
        }
        let text = self.texts.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        let text = if digest::is_yaml(path) { Some(text.map_or_else(|| self.passing(path), Ok).ok()?) } else { text };
        let (bytes, said) = match text {
            Some(text) => (Digest::of(text.text.as_bytes()), digest::said(&text)),
            None => {
                let bytes = Digest::of_file(&self.bytes(path).ok()?);
                (bytes, vec![(path.to_owned(), bytes)])
            }
        };
        Some(self.find(path, bytes, said))
    }

    /// Keeps what a text says that has just been read.
    pub(super) fn note(&self, text: &SourceText, node: Option<&Node>) -> Said {
        let said = said_by(node, text);
        self.find(&text.path, Digest::of(text.text.as_bytes()), said.clone());
        said
    }

    /// What was found out about a file so far.
    pub fn found(&self, path: &str) -> Option<Arc<Reading>> {
        self.readings.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned()
    }

    fn find(&self, path: &str, bytes: Digest, said: Said) -> Arc<Reading> {
        let mark = self.marks.read().unwrap_or_else(PoisonError::into_inner).get(path).copied();
        let reading = Arc::new(Reading { mark: mark.flatten(), on_disk: mark.is_some(), bytes, said });
        self.readings.write().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), Arc::clone(&reading));
        reading
    }

    /// Digest of the names of the files directly under `folder`.
    fn names(&self, folder: &str) -> Digest {
        let mut names: BTreeSet<String> =
            self.entries(folder).filter(|(_, is_folder)| !is_folder).map(|(name, _)| name).collect();
        let own = |path: String| path.strip_prefix(folder)?.strip_prefix('/').filter(|name| !name.contains('/')).map(str::to_owned);
        names.extend(all_embedded().filter_map(own));
        Digest::of_all(names.iter().map(String::as_bytes))
    }

    /// Takes over from another reading what was read of files that haven't changed since, so that they aren't read again.
    ///
    /// - unchanged: whether a file of this path is one of them
    pub fn take_over(&self, before: &Self, unchanged: impl Fn(&str) -> bool) {
        fn over<T: Clone>(to: &RwLock<BTreeMap<String, T>>, from: &RwLock<BTreeMap<String, T>>, unchanged: impl Fn(&str) -> bool) {
            let from = from.read().unwrap_or_else(PoisonError::into_inner);
            let mut to = to.write().unwrap_or_else(PoisonError::into_inner);
            for (path, value) in from.iter().filter(|(path, _)| unchanged(path)) {
                to.entry(path.clone()).or_insert_with(|| value.clone());
            }
        }
        over(&self.bytes, &before.bytes, &unchanged);
        over(&self.texts, &before.texts, &unchanged);
        over(&self.marks, &before.marks, &unchanged);
        over(&self.readings, &before.readings, &unchanged);
    }
}
