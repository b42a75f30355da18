//! Many packs at once, on all cores: each built, published or reported on its own.

use std::fmt;
use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::mpsc::sync_channel;
use std::thread;

use super::builder::BuiltPack;
use super::crew;
use super::made::MadePack;
use super::publisher::{Finished, WAITING, write_all};
use crate::bundle::{Output, Written};
use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, Found};
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
    /// What was made, if it was built.
    pub made: Option<MadePack>,
}

/// What to build, and where to.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// Builds a pack.
    pub make: &'a (dyn Fn(&PackId) -> Found<BuiltPack> + Sync),
    /// The packs.
    pub packs: &'a [PackId],
    /// The folder to write to.
    pub output: &'a Output,
    /// Packs to build at once; one a core if none is said.
    pub jobs: Option<NonZeroUsize>,
    /// Where written files are kept, to be found when they are to be written again.
    pub cache: Option<&'a Cache>,
}

impl fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("packs", &self.packs).field("jobs", &self.jobs).finish_non_exhaustive()
    }
}

impl Run<'_> {
    /// Builds the packs; `progress` hears of each pack as it is begun, and as it is done: written, or failed.
    ///
    /// # Panics
    /// When building or writing does: a fault of this program.
    pub fn start(self, progress: &(dyn Fn(Progress<'_>) + Sync)) {
        let Self { make, packs, output, jobs, cache } = self;
        thread::scope(|scope| {
            let (hand_over, finished) = sync_channel(WAITING);
            let publisher = scope.spawn(move || write_all(&finished, (output, cache), progress));
            crew::each(jobs, packs, |id| {
                progress(Progress::Begun(id));
                match make(id) {
                    Ok((mut built, diagnostics)) => {
                        let made = MadePack::of(&mut built);
                        // Only a publisher that panicked doesn't take it, and that is heard of below.
                        let _ = hand_over.send(Finished { built, made, diagnostics });
                    }
                    Err(diagnostics) => {
                        let report = PackReport { id: id.clone(), outcome: Outcome::Failed, diagnostics, made: None };
                        progress(Progress::Done(&report));
                    }
                }
            });
            drop(hand_over);
            publisher.join().unwrap_or_else(|panic| resume_unwind(panic));
        });
    }
}

/// News of a run.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A pack is being built.
    Begun(&'a PackId),
    /// A pack is done.
    Done(&'a PackReport),
}
