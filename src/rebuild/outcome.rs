//! What became of packs.

use std::collections::BTreeSet;
use std::time::Duration;

use super::changes::DocumentChange;
use super::index::Trace;
use super::plan::Cause;
use super::report::{MadeBy, MadeFrom};
use crate::build::{MadePack, Outcome, PackReport, Stages, stem_of};
use crate::bundle::{Manifest, Written};
use crate::diagnostic::Diagnostic;
use crate::project::PackId;

/// What became of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It was made and written.
    Built {
        /// Files in its bundle.
        files: usize,
        /// What writing did.
        written: Written,
    },
    /// It is as it would be made; nothing was done.
    Fresh {
        /// Files in its bundle.
        files: usize,
    },
    /// Not made; the last good files stay.
    Failed,
    /// Its profile or vacancy is gone, and so are its files.
    Removed {
        /// How many files that were.
        files: usize,
    },
}

impl Done {
    /// The word for it.
    pub fn name(&self) -> &'static str {
        match self {
            _ if self.is_unchanged() => "unchanged",
            Self::Built { .. } | Self::Fresh { .. } => "built",
            Self::Failed => "failed",
            Self::Removed { .. } => "removed",
        }
    }

    /// Whether all its files are as they were.
    pub fn is_unchanged(&self) -> bool {
        match self {
            Self::Built { written, .. } => written.changed + written.removed == 0,
            Self::Fresh { .. } => true,
            Self::Failed | Self::Removed { .. } => false,
        }
    }
}

/// A pack with what became of it, and why.
#[derive(Debug, Clone)]
pub struct State {
    /// The pack.
    pub id: PackId,
    /// What became of it.
    pub done: Done,
    /// Why it was made, or why it is gone.
    pub causes: Vec<Cause>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// Warnings that were found when its files were made, and that are not among those, because they were not made again.
    pub earlier_warnings: usize,
    /// How long each stage took.
    pub stages: Stages,
    /// Documents that were typeset, and documents that were found in the cache.
    pub typeset: [usize; 2],
    /// What is different in its documents.
    pub changes: Vec<DocumentChange>,
}

/// What a build did.
#[derive(Debug, Clone, Default)]
pub struct Rebuilt {
    /// The packs, sorted by name.
    pub packs: Vec<State>,
    /// What is wrong with the project, and with no pack.
    pub shared: Vec<Diagnostic>,
    /// What each file was made from, if that was asked for.
    pub made_from: Vec<MadeFrom>,
    /// The program that made them, if that was asked for.
    pub made_by: Option<MadeBy>,
    /// Folders beside those of every project that files are taken from.
    pub others: BTreeSet<String>,
    /// How long it took.
    pub time: Duration,
}

impl Rebuilt {
    /// How many packs failed.
    pub fn failed(&self) -> usize {
        self.packs.iter().filter(|pack| pack.done == Done::Failed).count()
    }

    /// How many packs are there now as they should be.
    pub fn good(&self) -> usize {
        self.packs.iter().filter(|pack| matches!(pack.done, Done::Built { .. } | Done::Fresh { .. })).count()
    }

    /// How many files the packs have, manifests counted, zips not.
    pub fn files(&self) -> usize {
        let files = self.packs.iter().map(|pack| match pack.done {
            Done::Built { files, .. } | Done::Fresh { files } => files,
            Done::Failed | Done::Removed { .. } => 0,
        });
        files.sum()
    }
}

/// News of a build.
#[derive(Debug)]
pub enum News<'a> {
    /// A pack is being made.
    Begun(&'a PackId),
    /// A pack is done.
    Done(&'a State),
}

impl State {
    pub(super) fn new(id: &PackId, causes: Vec<Cause>) -> Self {
        Self {
            id: id.clone(),
            done: Done::Failed,
            causes,
            diagnostics: Vec::new(),
            earlier_warnings: 0,
            stages: Stages::default(),
            typeset: [0, 0],
            changes: Vec::new(),
        }
    }

    pub(super) fn fresh(trace: &Trace) -> Self {
        let folder = format!("{}/", Manifest::folder(&trace.id));
        let files = trace.outputs.iter().filter(|output| output.path.starts_with(&folder)).count();
        Self { done: Done::Fresh { files }, earlier_warnings: trace.warnings as usize, ..Self::new(&trace.id, Vec::new()) }
    }

    pub(super) fn of(report: &PackReport, causes: Vec<Cause>) -> Self {
        let done = match report.outcome {
            Outcome::Built { files, written } => Done::Built { files, written },
            Outcome::Failed => Done::Failed,
        };
        let mut state = Self { done, diagnostics: report.diagnostics.iter().cloned().map(Diagnostic::alone).collect(), ..Self::new(&report.id, causes) };
        if let Some(MadePack { documents, stages, .. }) = &report.made {
            // Formats of a document are made of one typesetting.
            let of = |reused: bool| documents.iter().filter(|file| file.reused == reused).map(|file| stem_of(&file.name)).collect::<BTreeSet<_>>().len();
            (state.stages, state.typeset) = (*stages, [of(false), of(true)]);
        }
        state
    }
}
