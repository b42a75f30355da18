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

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::Diagnostic;
use crate::project::Digest;

pub use record::{decoded, encoded};

/// Where it is in a project.
pub const FOLDER: &str = ".jobpack/cache";

/// Most bytes that the folder holds when a build has ended (2 GiB): all versions of some hundred packs.
pub const MOST_BYTES: u64 = 2 << 30;

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
            if !folder.canonicalize()?.starts_with(root.canonicalize()?) {
                return Err(io::Error::other("it is a link out of the project"));
            }
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

    /// Keeps some bytes; none if that isn't possible, for a full disk say.
    pub fn keep(&self, bytes: &[u8]) -> Option<Digest> {
        let digest = Digest::of(bytes);
        self.keep_as(digest, bytes).then_some(digest)
    }

    /// Keeps some bytes of which the digest is known; whether that was possible.
    pub fn keep_as(&self, digest: Digest, bytes: &[u8]) -> bool {
        let place = self.place("objects", digest);
        fs::metadata(&place).is_ok_and(|there| there.len() == bytes.len() as u64) || self.write(&place, bytes)
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

    /// Removes what was used longest ago until the rest is small enough, if anything was added; a build calls this at its end.
    pub fn trim(&self) {
        if self.added.swap(0, Ordering::Relaxed) > 0 {
            trim::trim(&self.folder, self.most);
        }
    }

    fn place(&self, kind: &str, name: Digest) -> PathBuf {
        let name = name.to_string();
        self.folder.join(kind).join(&name[..2]).join(&name[2..])
    }

    fn write(&self, place: &Path, bytes: &[u8]) -> bool {
        self.added.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        let folder = place.parent().unwrap_or(&self.folder);
        written(folder, place, bytes).is_ok()
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
    let bytes = trim::files(&folder).iter().map(|file| file.bytes).sum();
    match fs::remove_dir_all(&folder) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Err(error),
        _ => Ok(bytes),
    }
}

/// Writes a file whole or not at all.
pub fn written(folder: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = || {
        let mut builder = tempfile::Builder::new();
        // As any program would make them; temporary files are private by default, and others build in this project too.
        #[cfg(unix)]
        let builder = {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666))
        };
        builder.prefix(".new-").tempfile_in(folder)
    };
    let mut file = new().or_else(|_| fs::create_dir_all(folder).and_then(|()| new()))?;
    file.write_all(bytes)?;
    file.persist(place)?;
    Ok(())
}

/// The bytes of a file, which is marked as used now.
fn used(place: &Path) -> Option<Vec<u8>> {
    let bytes = fs::read(place).ok()?;
    // Where that isn't possible, it goes sooner.
    let _ = fs::File::options().append(true).open(place).and_then(|file| file.set_modified(std::time::SystemTime::now()));
    Some(bytes)
}

#[cfg(test)]
mod tests;
