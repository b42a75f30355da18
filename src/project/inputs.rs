//! What something was made from.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use super::{Digest, Files};

/// Inputs by name, each with the digest of what it said, or without one if it wasn't there: a file that would be read in place of
/// another if there were one.
///
/// An input is a file by its path in the project, or a clause ([`super::clause`]).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Names are shared: each document of each pack has some dozens.
    all: BTreeMap<Arc<str>, Option<Digest>>,
    torn: bool,
}

impl Inputs {
    /// Adds an input.
    pub fn add(&mut self, name: impl Into<Arc<str>>, digest: Option<Digest>) {
        match self.all.entry(name.into()) {
            Entry::Vacant(place) => drop(place.insert(digest)),
            Entry::Occupied(mut place) => self.torn |= place.insert(digest) != digest,
        }
    }

    /// Adds inputs as they were read, or are.
    pub fn read(&mut self, files: &Files, names: impl IntoIterator<Item = impl Into<Arc<str>>>) {
        for name in names {
            let name: Arc<str> = name.into();
            let digest = files.digest(&name);
            self.add(name, digest);
        }
    }

    /// Adds all inputs of something that takes part.
    pub fn extend(&mut self, other: &Self) {
        self.torn |= other.torn;
        for (name, digest) in &other.all {
            self.add(Arc::clone(name), *digest);
        }
    }

    /// Takes an input out.
    pub fn remove(&mut self, name: &str) {
        self.all.remove(name);
    }

    /// Whether one of them was read twice and changed meanwhile: what was made is of no one moment.
    pub fn is_torn(&self) -> bool {
        self.torn
    }

    /// All of them, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<Digest>)> {
        self.all.iter().map(|(name, digest)| (&**name, *digest))
    }
}
