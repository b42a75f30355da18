//! A profile or vacancy that is read when it is first asked for. A project may have thousands, and a build that makes three of
//! them anew reads three.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use super::entries::{Checked, Spoken, checked};
use super::files::{Files, Keep};
use super::mentions::Mentions;
use crate::diagnostic::Diagnostic;
use crate::profile::Kind;
use crate::source::{self, Layer};

/// Files that a project keeps that keeps few: what one pack is made from, for some packs at once.
const FEW: usize = 48;

/// Reads the profiles and vacancies of an organisation in one language, and keeps them, or the last few of them.
#[derive(Debug)]
pub(super) struct Shelf {
    pub files: Arc<Files>,
    pub spoken: Spoken,
    pub kept: Mutex<VecDeque<Arc<dyn Any + Send + Sync>>>,
}

/// A file that is read when it is first asked for, and again if it was asked for long ago.
pub struct Slot<T> {
    path: String,
    kind: Kind,
    layer: Layer,
    /// What is wrong with its name.
    pub(super) clashes: Vec<Diagnostic>,
    /// What is made of it when it has been read.
    typed: fn(Checked<T>) -> Checked<T>,
    shelf: Arc<Shelf>,
    read: Mutex<Weak<Checked<T>>>,
    /// What it names, if it could be read.
    mentions: OnceLock<Option<Mentions>>,
}

impl<T> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").field("path", &self.path).finish_non_exhaustive()
    }
}

impl<T: Send + Sync + 'static> Slot<T> {
    pub(super) fn new(path: String, (kind, layer): (Kind, Layer), typed: fn(Checked<T>) -> Checked<T>, shelf: &Arc<Shelf>) -> Self {
        Self { path, kind, layer, clashes: Vec::new(), typed, shelf: Arc::clone(shelf), read: Mutex::default(), mentions: OnceLock::new() }
    }

    /// Its path, relative to the project.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What it names; none if it can't be read.
    pub fn mentions(&self) -> Option<&Mentions> {
        if self.mentions.get().is_none() {
            self.get();
        }
        self.mentions.get()?.as_ref()
    }

    /// Where its labels stand.
    fn labels(&self) -> &'static str {
        if self.kind == Kind::Vacancy { "overrides.labels" } else { "labels" }
    }

    /// The file, with what could be made of it.
    pub fn get(&self) -> Arc<Checked<T>> {
        // Whoever asks meanwhile waits, and has the same.
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = read.upgrade() {
            return there;
        }
        let Shelf { files, spoken, kept } = &*self.shelf;
        let text = files.passing(&self.path);
        let tree = text.as_ref().map_err(|fault| vec![fault.clone()]).and_then(|text| source::read(text, self.layer));
        let said = text.as_ref().ok().map(|text| files.note(text, tree.as_ref().ok()));
        let mut file = checked(&self.path, tree, self.kind, spoken);
        file.said = said.unwrap_or_default();
        let mut file = (self.typed)(file);
        self.mentions.get_or_init(|| file.node.as_ref().map(|node| Mentions::of(node, self.labels())));
        file.faults.extend(self.clashes.iter().cloned());
        let file = Arc::new(file);
        *read = Arc::downgrade(&file);
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(Arc::clone(&file) as _);
        if files.keep == Keep::Few && kept.len() > FEW {
            kept.pop_front();
        }
        file
    }
}
