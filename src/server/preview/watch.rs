//! That files of the project change, told by the system. Watching begins when somebody first listens.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::project::FOLDERS;

/// Counts changes.
#[derive(Debug)]
pub(in super::super) struct Changes {
    count: watch::Sender<u64>,
    watcher: Mutex<Option<RecommendedWatcher>>,
    /// Whether one of the folders is another than the one that is watched.
    stale: Arc<AtomicBool>,
    /// Places for those who listen: they must leave connections for the others.
    places: Arc<Semaphore>,
}

impl Changes {
    /// - connections: how many are open at once; half of them may listen
    pub(in super::super) fn new(connections: usize) -> Self {
        let places = Arc::new(Semaphore::new((connections / 2).max(1)));
        Self { count: watch::Sender::new(0), watcher: Mutex::default(), stale: Arc::default(), places }
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
        if self.stale.swap(false, Ordering::AcqRel) {
            let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
            *watcher = self.begin(root);
        }
    }

    fn begin(&self, root: &Path) -> Option<RecommendedWatcher> {
        self.watching(root).map_err(|error| tracing::warn!(%error, "changes of files can't be watched")).ok()
    }

    fn watching(&self, root: &Path) -> notify::Result<RecommendedWatcher> {
        let (count, stale) = (self.count.clone(), Arc::clone(&self.stale));
        let folders = FOLDERS.map(|folder| root.join(folder));
        let named = folders.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reading a file is no change of it.
            let Some(event) = event.ok().filter(|event| !event.kind.is_access()) else { return };
            // Beside the folders there may be much that is of no matter: what is built, for one.
            let within = |path: &&std::path::PathBuf| named.iter().any(|folder| path.starts_with(folder));
            if event.paths.iter().any(|path| named.contains(path)) {
                stale.store(true, Ordering::Release);
            }
            if event.need_rescan() || event.paths.iter().any(|path| within(&path)) {
                count.send_modify(|count| *count += 1);
            }
        })?;
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }
}
