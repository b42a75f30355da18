//! The one thread that writes: what the compiling threads have finished goes to disk in batches.
//!
//! A compiling thread hands over a pack and goes on with the next. While one batch is synced the next one gathers, so a
//! slow disk makes larger batches and not slower packs. Finished packs that wait are counted: when too many do, the
//! compiling threads wait too, and memory stays bounded.

use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::builder::BuiltPack;
use super::made::MadePack;
use super::run::{Outcome, PackReport, Progress};
use crate::cache::Cache;
use crate::bundle::{Output, Staged, Written, publish};
use crate::diagnostic::Diagnostic;
use crate::project::PackId;

/// Packs that may wait to be written, with all their bytes in memory.
pub(super) const WAITING: usize = 8;

/// Most packs in one batch; they are files already.
const BATCH: usize = 64;

/// Files of a batch after which it is written: each is open until then, and systems let a program open 256 of them or more.
const OPEN: usize = 96;

/// A pack that is built and not yet written.
pub(super) struct Finished {
    pub built: BuiltPack,
    pub made: MadePack,
    /// What was found while it was built.
    pub diagnostics: Vec<Diagnostic>,
}

/// How long a batch gathers while more may come: to sync many files costs little more than to sync one.
const GATHERS: Duration = Duration::from_millis(200);

/// Writes packs as they come, until no more can come.
pub(super) fn write_all(
    finished: &Receiver<Finished>,
    (output, cache): (&Output, Option<&Cache>),
    progress: &(dyn Fn(Progress<'_>) + Sync),
) {
    let mut publisher = Publisher { output, cache, progress, batch: Vec::new() };
    while let Ok(first) = finished.recv() {
        let since = Instant::now();
        publisher.stage(first);
        while publisher.batch.len() < BATCH
            && publisher.open() < OPEN
            && let Ok(next) = finished.recv_timeout(GATHERS.saturating_sub(since.elapsed()))
        {
            publisher.stage(next);
        }
        publisher.publish();
    }
}

struct Publisher<'a> {
    output: &'a Output,
    cache: Option<&'a Cache>,
    progress: &'a (dyn Fn(Progress<'_>) + Sync),
    batch: Vec<(Waiting, Staged)>,
}

/// A pack whose files wait under temporary names.
struct Waiting {
    id: PackId,
    files: usize,
    made: MadePack,
    diagnostics: Vec<Diagnostic>,
}

impl Publisher<'_> {
    /// Temporary files that are open.
    fn open(&self) -> usize {
        self.batch.iter().map(|(_, staged)| staged.open()).sum()
    }

    /// Writes the temporary files of a pack.
    fn stage(&mut self, Finished { built, made, diagnostics }: Finished) {
        let mut staged = self.output.stage(&built.id, &built.files, &built.zips);
        if staged.is_err() && !self.batch.is_empty() {
            // A batch takes room for old and new files at once; when it is in its places there may be enough.
            self.publish();
            staged = self.output.stage(&built.id, &built.files, &built.zips);
        }
        let waiting = Waiting { files: built.files.len(), id: built.id, made, diagnostics };
        match staged {
            Ok(staged) => self.batch.push((waiting, staged)),
            Err(fault) => self.report(waiting, Err(fault)),
        }
    }

    /// Puts the batch in its places.
    fn publish(&mut self) {
        let (waiting, staged): (Vec<_>, Vec<_>) = std::mem::take(&mut self.batch).into_iter().unzip();
        for (waiting, written) in waiting.into_iter().zip(publish(staged)) {
            self.report(waiting, written);
        }
    }

    fn report(&mut self, waiting: Waiting, written: Result<Written, Diagnostic>) {
        let Waiting { id, files, made, mut diagnostics } = waiting;
        let outcome = match written {
            Ok(written) => Outcome::Built { files, written },
            Err(fault) => {
                diagnostics.push(fault);
                Outcome::Failed
            }
        };
        let made = matches!(outcome, Outcome::Built { .. }).then_some(made);
        for output in made.iter().flat_map(|made| &made.outputs).filter(|output| output.is_source) {
            if let Some(cache) = self.cache {
                cache.adopt(output.digest, &self.output.place(&output.path));
            }
        }
        (self.progress)(Progress::Done(&PackReport { id, outcome, diagnostics, made }));
    }
}
