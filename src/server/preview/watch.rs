//! That files of the project change, told by the system. Watching begins when somebody first listens.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::project::Watch;

/// Counts changes.
#[derive(Debug)]
pub(in super::super) struct Changes {
    count: watch::Sender<u64>,
    watcher: Mutex<Option<Watch>>,
    /// Places for those who listen: they must leave connections for the others.
    places: Arc<Semaphore>,
}

impl Changes {
    /// - connections: how many are open at once; half of them may listen
    pub(in super::super) fn new(connections: usize) -> Self {
        let places = Arc::new(Semaphore::new((connections / 2).max(1)));
        Self { count: watch::Sender::new(0), watcher: Mutex::default(), places }
    }

    /// A place to listen, if there is one.
    pub(super) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// Tells of changes below `root` from now on. Where the system can't watch, nothing is told, and the page is as without a
    /// script.
    pub(super) fn listen(&self, root: &Path) -> watch::Receiver<u64> {
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        if watcher.is_none() {
            *watcher = self.begin(root);
        }
        let mut listener = self.count.subscribe();
        listener.borrow_and_update();
        listener
    }

    /// Watches anew, if a folder was replaced: what is watched is the folder, not its name.
    pub(super) fn mend(&self, root: &Path) {
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        if watcher.as_ref().is_some_and(Watch::is_stale) {
            *watcher = self.begin(root);
        }
    }

    fn begin(&self, root: &Path) -> Option<Watch> {
        let count = self.count.clone();
        let watch = Watch::begin(root, &BTreeSet::new(), move || count.send_modify(|count| *count += 1));
        watch.map_err(|error| tracing::warn!(%error, "changes of files can't be watched")).ok()
    }
}
