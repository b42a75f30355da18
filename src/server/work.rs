//! How many builds run at once, and on which threads.
//!
//! A build runs on a thread of its own kind, never on one that answers. It can't be stopped: whoever waits for it may
//! go away, but it keeps its place until it has ended, so that what runs is never more than was allowed. A build that
//! panics ends its own request and no other.

use std::sync::Arc;

use tokio::sync::Semaphore;
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

/// The places for builds.
#[derive(Debug)]
pub(super) struct Work {
    /// Those that run.
    running: Arc<Semaphore>,
    /// Those that run or wait.
    places: Arc<Semaphore>,
}

impl Work {
    pub(super) fn new(limits: &Limits) -> Self {
        let builds = limits.builds.max(1);
        Self {
            running: Arc::new(Semaphore::new(builds)),
            places: Arc::new(Semaphore::new(builds + limits.queue)),
        }
    }

    /// Runs `job` when its turn comes; refuses at once if too many wait.
    pub(super) async fn run<T: Send + 'static>(&self, job: impl FnOnce() -> T + Send + 'static) -> Result<T, Refused> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refused::Busy)?;
        let turn = Arc::clone(&self.running).acquire_owned().await.map_err(|_| Refused::Busy)?;
        let running = spawn_blocking(move || {
            let _held = (place, turn);
            job()
        });
        running.await.map_err(|_| Refused::Panicked)
    }
}
