//! Many packs at once, on all cores: each built, published or reported on its own.

use std::path::Path;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::builder::{Builder, Options};
use crate::bundle::{Manifest, Written, publish};
use crate::diagnostic::Diagnostic;
use crate::project::PackId;

/// What became of a pack.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Built and written.
    Built {
        /// Files in its bundle.
        files: usize,
        /// What writing did.
        written: Written,
    },
    /// Not built; the last good files stay.
    Failed,
}

/// A pack with its outcome and its findings.
#[derive(Debug, Clone)]
pub struct PackReport {
    /// The pack.
    pub id: PackId,
    /// What became of it.
    pub outcome: Outcome,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a run did.
#[derive(Debug, Clone)]
pub struct Summary {
    /// A report a pack, in order of name.
    pub packs: Vec<PackReport>,
    /// How long it took.
    pub time: Duration,
}

impl Summary {
    /// How many packs failed.
    pub fn failed(&self) -> usize {
        self.packs.iter().filter(|pack| matches!(pack.outcome, Outcome::Failed)).count()
    }

    /// How many files the built packs have, manifests counted, zips not.
    pub fn files(&self) -> usize {
        let files = self.packs.iter().map(|pack| match pack.outcome {
            Outcome::Built { files, .. } => files,
            Outcome::Failed => 0,
        });
        files.sum()
    }
}

/// Builds packs into `out`; `progress` hears of each pack as it is begun and done.
pub fn run(
    builder: &Builder,
    packs: &[PackId],
    options: &Options,
    out: &Path,
    progress: &(dyn Fn(Progress<'_>) + Sync),
) -> Summary {
    let start = Instant::now();
    let packs = packs
        .par_iter()
        .map(|id| {
            progress(Progress::Begun(id));
            let report = one(builder, id, options, out);
            progress(Progress::Done(&report));
            report
        })
        .collect();
    Summary { packs, time: start.elapsed() }
}

/// News of a run.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A pack is being built.
    Begun(&'a PackId),
    /// A pack is done.
    Done(&'a PackReport),
}

fn one(builder: &Builder, id: &PackId, options: &Options, out: &Path) -> PackReport {
    let failed = |diagnostics| PackReport { id: id.clone(), outcome: Outcome::Failed, diagnostics };
    let (built, mut diagnostics) = match builder.build(id, options) {
        Ok(built) => built,
        Err(faults) => return failed(faults),
    };
    let (folder, archive) = Manifest::places(id);
    match publish(&out.join(folder), &built.files, &[(out.join(archive), built.zip)]) {
        Ok(written) => {
            let outcome = Outcome::Built { files: built.files.len(), written };
            PackReport { id: id.clone(), outcome, diagnostics }
        }
        Err(fault) => {
            diagnostics.push(fault);
            failed(diagnostics)
        }
    }
}
