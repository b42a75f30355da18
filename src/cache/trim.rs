//! The folder kept small: what was used longest ago goes first.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Of the most that there may be, how much stays: the next builds needn't trim again.
const STAYS: f64 = 0.8;

/// Age at which a temporary file is one that a killed build left.
const LEFT: Duration = Duration::from_secs(3600);

/// A file of the cache.
pub(super) struct Entry {
    path: PathBuf,
    pub(super) bytes: u64,
    used: SystemTime,
}

/// Whether a file has another name: then it is one of the output folder too, and removing it here would free nothing.
pub(super) fn is_shared(metadata: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        metadata.nlink() > 1
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        false
    }
}

/// Every file below a folder that takes room.
pub(super) fn files(folder: &Path) -> Vec<Entry> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            all.append(&mut files(&entry.path()));
        } else if let Ok(metadata) = entry.metadata()
            && !is_shared(&metadata)
        {
            let used = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            all.push(Entry { path: entry.path(), bytes: metadata.len(), used });
        }
    }
    all
}

/// Removes what was used longest ago, if there are more than `most` bytes, and what killed builds left.
pub(super) fn trim(folder: &Path, most: u64) {
    let mut all = files(folder);
    let is_left = |entry: &Entry| entry.path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".new-"));
    let old = |entry: &Entry| entry.used.elapsed().is_ok_and(|age| age > LEFT);
    for entry in all.iter().filter(|entry| is_left(entry) && old(entry)) {
        let _ = fs::remove_file(&entry.path);
    }
    // What is known of an output folder is small, and tells which of its files are ours.
    let stays = |entry: &Entry| entry.path.ends_with(".gitignore") || entry.path.parent().is_some_and(|folder| folder.ends_with("index"));
    all.retain(|entry| !is_left(entry) && !stays(entry));
    let mut bytes: u64 = all.iter().map(|entry| entry.bytes).sum();
    if bytes <= most {
        return;
    }
    all.sort_by_key(|entry| entry.used);
    #[expect(clippy::cast_precision_loss, clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "about that much")]
    let stays = (most as f64 * STAYS) as u64;
    for entry in all {
        if bytes <= stays {
            break;
        }
        if fs::remove_file(&entry.path).is_ok() {
            bytes -= entry.bytes;
        }
    }
}
