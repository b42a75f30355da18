//! How many builds run at once, and on which threads.
//!
//! A build runs on a thread of its own kind, never on one that answers. It can't be stopped: whoever waits for it may
//! go away, but it keeps its place until it has ended, so that what runs is never more than was allowed. A build that
//! panics ends its own request and no other.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;

use super::config::Limits;

/// Why there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// As many run and wait as may.
    Busy,
    /// The build has a fault.
    Panicked,
}

/// The right to build, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    _place: OwnedSemaphorePermit,
    _running: OwnedSemaphorePermit,
}

/// The places for builds.
#[derive(Debug)]
pub(super) struct Work {
    /// How many may run, and how many may run or wait.
    builds: usize,
    all: usize,
    /// Those that run.
    running: Arc<Semaphore>,
    /// Those that run or wait.
    places: Arc<Semaphore>,
}

impl Work {
    pub(super) fn new(limits: &Limits) -> Self {
        let builds = limits.builds.max(1);
        let all = builds + limits.queue;
        Self { builds, all, running: Arc::new(Semaphore::new(builds)), places: Arc::new(Semaphore::new(all)) }
    }

    /// Waits for a turn; refuses at once if too many wait.
    pub(super) async fn turn(&self) -> Result<Turn, Refused> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refused::Busy)?;
        let running = Arc::clone(&self.running).acquire_owned().await.map_err(|_| Refused::Busy)?;
        Ok(Turn { _place: place, _running: running })
    }

    /// Runs `job` when its turn comes; refuses at once if too many wait.
    pub(super) async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
        let turn = self.turn().await?;
        let running = spawn_blocking(move || {
            let _held = turn;
            job()
        });
        running.await.map_err(|_| Refused::Panicked)
    }

    /// How many run and how many wait.
    pub(super) fn load(&self) -> (usize, usize) {
        let running = self.builds.saturating_sub(self.running.available_permits());
        let held = self.all.saturating_sub(self.places.available_permits());
        (running, held.saturating_sub(running))
    }
}
