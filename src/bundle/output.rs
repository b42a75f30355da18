//! The output folder, held by one build at a time.
//!
//! The lock is on `.jobpack.lock` in the folder. The system frees it when the process ends, however it ends; the file
//! itself stays, empty, because taking it away would let two builds lock two files of one name.

use std::fs::{self, File, TryLockError};
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::store::{Staged, not_writable};
use super::{BundleFile, Manifest, Zips};
use crate::diagnostic::Diagnostic;
use crate::layout::Audience;
use crate::project::PackId;

/// Name of the file that is locked.
const LOCK: &str = ".jobpack.lock";

/// Code of the fault that another build holds the folder.
pub const LOCKED: &str = "output-locked";

/// An output folder that this process alone writes to, for as long as the value lives.
///
/// While it does, the file that is locked is not empty: one that is when it is locked tells that the build before ended, and one
/// that isn't, that it was killed and may have left temporary files. These are removed then.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    lock: File,
}

impl Drop for Output {
    fn drop(&mut self) {
        // If that fails, the next build looks for what this one left.
        let _ = self.lock.set_len(0);
    }
}

impl Output {
    /// Makes the folder if need be, and takes its lock without waiting.
    ///
    /// # Errors
    /// [`LOCKED`] if another build holds it; `output-not-writable` if there can be no such folder.
    pub fn lock(folder: &Path) -> Result<Self, Diagnostic> {
        let (file, place) = opened(folder)?;
        match file.try_lock() {
            Ok(()) => Self::begun(folder, file, &place),
            Err(TryLockError::WouldBlock) => Err(locked(folder)),
            Err(TryLockError::Error(error)) => Err(not_writable(&place, &error)),
        }
    }

    /// The same, but waits for as long as another build holds the lock.
    ///
    /// # Errors
    /// `output-not-writable` if there can be no such folder.
    pub fn wait(folder: &Path) -> Result<Self, Diagnostic> {
        let (file, place) = opened(folder)?;
        file.lock().map_err(|error| not_writable(&place, &error))?;
        Self::begun(folder, file, &place)
    }

    fn begun(folder: &Path, mut lock: File, place: &Path) -> Result<Self, Diagnostic> {
        let was_killed = lock.metadata().map_or(true, |metadata| metadata.len() > 0);
        if was_killed {
            super::store::clear_below(folder);
        }
        lock.write_all(b"a build writes to this folder\n").map_err(|error| not_writable(place, &error))?;
        Ok(Self { folder: folder.to_owned(), lock })
    }

    /// Where a file of the folder is.
    pub fn place(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// Writes a bundle beside its places, as temporary files; [`super::publish`] puts them there.
    ///
    /// # Errors
    /// `output-not-writable` with the path; nothing has been changed then.
    pub fn stage(&self, id: &PackId, files: &[BundleFile], zips: &Zips) -> Result<Staged, Diagnostic> {
        let folder = self.folder.join(Manifest::folder(id));
        let folders = [folder, self.folder.join(&id.organisation), self.folder.clone()];
        let place = |audience| self.folder.join(Manifest::archive(id, audience));
        let archives = [
            (place(Audience::Candidate), Some(zips.candidate.as_slice())),
            (place(Audience::Panel), zips.panel.as_deref()),
        ];
        Staged::write(folders, files, &archives)
    }

    /// Removes files of a bundle that is no more, and the folders that they leave empty; how many they were.
    ///
    /// - paths: in the output folder
    pub fn remove<'a>(&self, paths: impl Iterator<Item = &'a str>) -> usize {
        let inside = |path: &&str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        let (mut removed, mut folders) = (0, BTreeSet::new());
        for path in paths.filter(inside) {
            let place = self.folder.join(path);
            removed += usize::from(fs::remove_file(&place).is_ok());
            folders.extend(place.ancestors().skip(1).take_while(|folder| *folder != self.folder).map(Path::to_path_buf));
        }
        // The longest first: a folder goes after those in it, and stays if anything else is there.
        folders.into_iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
        removed
    }
}

/// The file that is locked, and its place.
fn opened(folder: &Path) -> Result<(File, PathBuf), Diagnostic> {
    let place = folder.join(LOCK);
    fs::create_dir_all(folder).map_err(|error| not_writable(folder, &error))?;
    // A pipe would be waited for.
    if fs::metadata(&place).is_ok_and(|there| !there.is_file()) {
        return Err(not_writable(&place, &io::Error::other("it is no file")));
    }
    let file = File::options().create(true).truncate(false).write(true).open(&place);
    file.map_err(|error| not_writable(&place, &error)).map(|file| (file, place))
}

fn locked(folder: &Path) -> Diagnostic {
    let place = folder.display();
    Diagnostic::error(LOCKED, format!("another build holds the lock on `{place}`"))
        .in_file(folder.join(LOCK).display().to_string())
        .hint("wait until it has ended (`--wait` does), or name another folder with `--out`")
        .hint("the lock frees itself when that build ends, even if it is killed: there is no file to delete")
}
