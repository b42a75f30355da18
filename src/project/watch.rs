//! That files of a project change, told by the system.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::FOLDERS;

/// Tells of changes for as long as it lives.
#[derive(Debug)]
pub struct Watch {
    _watcher: RecommendedWatcher,
    stale: Arc<AtomicBool>,
}

impl Watch {
    /// Calls `told` after each change of a file that a pack can be made from. Beside the folders there may be much that is of no
    /// matter: what is built, for one.
    ///
    /// - root: folder of the project
    /// - others: folders elsewhere in the project that files are taken from, relative to it
    ///
    /// # Errors
    /// When the system can't watch, or not so many folders.
    pub fn begin(root: &Path, others: &BTreeSet<String>, told: impl Fn() + Send + 'static) -> notify::Result<Self> {
        // What is told of is named from the root of the system.
        let root = &std::path::absolute(root).map_err(notify::Error::io)?;
        let folders: Vec<PathBuf> = FOLDERS.iter().map(|folder| root.join(folder)).collect();
        let others: Vec<PathBuf> = others.iter().map(|folder| root.join(folder)).collect();
        let (named, all) = (folders.clone(), [folders.clone(), others.clone()].concat());
        let stale = Arc::new(AtomicBool::new(false));
        let now_stale = Arc::clone(&stale);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reading a file is no change of it.
            let Some(event) = event.ok().filter(|event| !event.kind.is_access()) else { return };
            let within = |path: &PathBuf| all.iter().any(|folder| path.starts_with(folder));
            if event.paths.iter().any(|path| named.contains(path)) {
                now_stale.store(true, Ordering::Release);
            }
            if event.need_rescan() || event.paths.iter().any(within) {
                told();
            }
        })?;
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        for folder in folders.into_iter().filter(|folder| folder.is_dir()) {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
        for folder in others.into_iter().filter(|folder| folder.is_dir()) {
            // One that can't be watched leaves the others.
            let _ = watcher.watch(&folder, RecursiveMode::NonRecursive);
        }
        Ok(Self { _watcher: watcher, stale })
    }

    /// Whether one of the folders was replaced: what is watched is the folder, not its name, so that watching has to begin anew.
    pub fn is_stale(&self) -> bool {
        self.stale.load(Ordering::Acquire)
    }
}
