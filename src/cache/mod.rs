//! What was made before, by the digest of what it was made from: a folder of objects and of records that name them.
//!
//! An object is named by the SHA-256 of its bytes, a record by the digest of whatever its owner says; both are written whole or not
//! at all, and looked at when they are read: what is damaged is as if it weren't there. So any number of builds may share the
//! folder, and may be killed. Nothing is synced: what a crash of the machine takes away is made again.

mod record;
mod trim;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::Diagnostic;
use crate::bundle::LikeFiles;
use crate::project::{Digest, within};

pub use record::{decoded, encode_into, encoded};

/// Where it is in a project.
pub const FOLDER: &str = ".jobpack/cache";

/// About how many bytes the folder takes at most (2 GiB): some versions of some hundred packs. What is in the output folder too takes
/// none.
pub const MOST_BYTES: u64 = 2 << 30;

/// How long it may be that nobody has looked how much there is.
const OFTEN: Duration = Duration::from_secs(86_400);

/// The cache of a project.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    most: u64,
    /// Bytes that were written since it was last trimmed.
    added: AtomicU64,
}

impl Cache {
    /// The cache of the project in `root`, with its folder.
    ///
    /// # Errors
    /// `cache-not-writable`: everything can be built without it.
    pub fn open(root: &Path, most: u64) -> Result<Self, Diagnostic> {
        let folder = root.join(FOLDER);
        let open = || {
            fs::create_dir_all(&folder)?;
            within(root, &folder)?;
            // Nobody wants it in a repository, whatever that ignores.
            let ignored = folder.join(".gitignore");
            if ignored.exists() { Ok(()) } else { written(&folder, &ignored, b"*\n") }
        };
        match open() {
            Ok(()) => Ok(Self { folder, most, added: AtomicU64::new(0) }),
            Err(error) => {
                let fault = Diagnostic::warning("cache-not-writable", format!("can't keep anything in `{FOLDER}`: {error}"));
                Err(fault.hint("packs are built all the same, and again each time; `--no-cache` doesn't try"))
            }
        }
    }

    /// Keeps a file that holds the bytes of this digest, if that is possible: by another name of the same file, which takes no room,
    /// or as a copy. If somebody writes into the file later, the object is damaged, and is as if it weren't there.
    pub fn adopt(&self, digest: Digest, file: &Path) {
        let place = self.place("objects", digest);
        let Ok(metadata) = fs::metadata(file) else { return };
        self.added.fetch_add(metadata.len(), Ordering::Relaxed);
        if fs::metadata(&place).is_ok_and(|there| there.len() == metadata.len()) {
            return;
        }
        let _ = fs::remove_file(&place);
        let link = || fs::hard_link(file, &place);
        let linked = link().or_else(|error| match place.parent() {
            Some(folder) if error.kind() == io::ErrorKind::NotFound => fs::create_dir_all(folder).and_then(|()| link()),
            _ => Err(error),
        });
        if linked.is_err()
            && let Ok(bytes) = fs::read(file)
        {
            self.write(&place, &bytes);
        }
    }

    /// The bytes of this digest, if they are there, and whole.
    pub fn object(&self, digest: Digest) -> Option<Vec<u8>> {
        let place = self.place("objects", digest);
        let bytes = used(&place)?;
        if Digest::of(&bytes) == digest {
            return Some(bytes);
        }
        // It would be found again and again.
        let _ = fs::remove_file(place);
        None
    }

    /// Keeps a record under a name, in place of the one of that name.
    pub fn record(&self, name: Digest, record: &impl Serialize) {
        if let Some(bytes) = encoded(record) {
            self.write(&self.place("records", name), &bytes);
        }
    }

    /// The record of a name, if it is there, and whole.
    pub fn recorded<T: DeserializeOwned>(&self, name: Digest) -> Option<T> {
        decoded(&used(&self.place("records", name))?)
    }

    /// The place of a file of its own for whoever writes to the output folder `out`.
    pub fn index(&self, out: &Path) -> PathBuf {
        let out = out.canonicalize().unwrap_or_else(|_| out.to_owned());
        self.folder.join("index").join(Digest::of(out.as_os_str().as_encoded_bytes()).to_string())
    }

    /// Removes what was used longest ago until the rest is small enough, if much was added or the last time is long ago; a build
    /// calls this at its end.
    pub fn trim(&self) {
        let last = self.folder.join("trimmed");
        let age = fs::metadata(&last).and_then(|metadata| metadata.modified()).ok().and_then(|time| time.elapsed().ok());
        let much = self.added.swap(0, Ordering::Relaxed) > self.most / 16;
        if much || age.is_none_or(|age| age > OFTEN) {
            trim::trim(&self.folder, self.most);
            let _ = written(&self.folder, &last, b"");
        }
    }

    fn place(&self, kind: &str, name: Digest) -> PathBuf {
        let name = name.to_string();
        self.folder.join(kind).join(&name[..2]).join(&name[2..])
    }

    /// Writes a file, if that is possible: without it, what it holds is made again.
    fn write(&self, place: &Path, bytes: &[u8]) {
        self.added.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        let _ = written(place.parent().unwrap_or(&self.folder), place, bytes);
    }
}

/// Removes the cache of the project in `root`; how many bytes that were.
///
/// # Errors
/// When it can't be looked at or removed.
pub fn clear(root: &Path) -> io::Result<u64> {
    let folder = root.join(FOLDER);
    if fs::symlink_metadata(&folder).is_ok_and(|there| !there.is_dir()) {
        return Err(io::Error::other("it is no folder"));
    }
    if folder.exists() {
        within(root, &folder)?;
    }
    let bytes = trim::files(&folder).iter().map(|file| file.bytes).sum();
    match fs::remove_dir_all(&folder) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Err(error),
        _ => Ok(bytes),
    }
}

/// Writes a file whole or not at all.
pub fn written(folder: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    written_by(folder, place, |file| file.write_all(bytes))
}

/// The same, by whoever writes into it.
pub fn written_by(folder: &Path, place: &Path, write: impl FnOnce(&mut fs::File) -> io::Result<()>) -> io::Result<()> {
    // Others build in this project too.
    let new = || tempfile::Builder::new().prefix(".new-").permissions_like_files().tempfile_in(folder);
    let mut file = new().or_else(|_| fs::create_dir_all(folder).and_then(|()| new()))?;
    write(file.as_file_mut())?;
    file.persist(place)?;
    Ok(())
}

/// The bytes of a file, which is marked as used now, unless it is one of the output folder too: its time is its own.
fn used(place: &Path) -> Option<Vec<u8>> {
    // A pipe would be waited for.
    let bytes = place.is_file().then(|| fs::read(place).ok()).flatten()?;
    if fs::metadata(place).is_ok_and(|metadata| !trim::is_shared(&metadata)) {
        // Where that isn't possible, it goes sooner.
        let _ = fs::File::options().append(true).open(place).and_then(|file| file.set_modified(SystemTime::now()));
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
