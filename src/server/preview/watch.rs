//! That files of the project change, told by the system. Watching begins when somebody first listens.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::watch;

use crate::project::FOLDERS;

/// Counts changes.
#[derive(Debug)]
pub(in super::super) struct Changes {
    count: watch::Sender<u64>,
    watcher: Mutex<Option<RecommendedWatcher>>,
}

impl Changes {
    pub(in super::super) fn new() -> Self {
        Self { count: watch::Sender::new(0), watcher: Mutex::default() }
    }

    /// Tells of changes below `root` from now on. Where the system can't watch, nothing is told, and the page is as without a
    /// script.
    pub(super) fn listen(&self, root: &Path) -> watch::Receiver<u64> {
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        if watcher.is_none() {
            *watcher = self.begin(root).map_err(|error| tracing::warn!(%error, "changes of files can't be watched")).ok();
        }
        let mut listener = self.count.subscribe();
        listener.borrow_and_update();
        listener
    }

    fn begin(&self, root: &Path) -> notify::Result<RecommendedWatcher> {
        let count = self.count.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reading a file is no change of it.
            if event.is_ok_and(|event| !event.kind.is_access()) {
                count.send_modify(|count| *count += 1);
            }
        })?;
        for folder in FOLDERS.map(|folder| root.join(folder)).into_iter().filter(|folder| folder.is_dir()) {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }
}
