//! A bundle into a folder: all of it or nothing, and only what changed.
//!
//! Files are written under temporary names beside their place, synced, and renamed once all are there. After a crash
//! there are the old files, or the new ones, or a mix of whole files of both; never half a file. Only files that the
//! previous manifest names are ever removed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{BundleFile, Manifest};
use crate::diagnostic::Diagnostic;

/// What publishing a bundle did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or differ.
    pub changed: usize,
    /// Files that were there already, byte for byte.
    pub unchanged: usize,
    /// Files of the previous bundle that are gone.
    pub removed: usize,
}

/// Puts files into `folder` and `archive` beside it.
///
/// # Errors
/// `output-not-writable` with the path; nothing has been changed then, unless renaming itself failed half-way.
pub fn publish(folder: &Path, files: &[BundleFile], archives: &[(PathBuf, Vec<u8>)]) -> Result<Written, Diagnostic> {
    let failed = |path: &Path, error: &io::Error| {
        let place = path.display();
        Diagnostic::error("output-not-writable", format!("can't write `{place}`: {error}"))
            .in_file(place.to_string())
            .hint("check the folder's permissions and the free space, or name another with `--out`")
    };
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    let previous = previous_names(folder);
    let mut waiting: Vec<(NamedTempFile, PathBuf)> = Vec::new();
    let mut written = Written::default();
    let all = files.iter().map(|file| (folder.join(&file.name), file.bytes.as_slice()));
    for (path, bytes) in all.chain(archives.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()))) {
        if fs::read(&path).is_ok_and(|there| there == bytes) {
            written.unchanged += 1;
            continue;
        }
        let beside = path.parent().unwrap_or(folder);
        let mut file = tempfile::Builder::new()
            .prefix(".jobpack-")
            .permissions_like_files()
            .tempfile_in(beside)
            .map_err(|error| failed(beside, &error))?;
        file.write_all(bytes).and_then(|()| file.as_file().sync_data()).map_err(|error| failed(&path, &error))?;
        waiting.push((file, path));
    }
    for (file, path) in waiting {
        file.persist(&path).map_err(|error| failed(&path, &error.error))?;
        written.changed += 1;
    }
    for name in previous.into_iter().filter(|name| files.iter().all(|file| file.name != *name)) {
        if fs::remove_file(folder.join(name)).is_ok() {
            written.removed += 1;
        }
    }
    Ok(written)
}

/// Names of the files of the bundle that is there now; none if there is no readable manifest.
fn previous_names(folder: &Path) -> Vec<String> {
    let manifest = fs::read(folder.join("manifest.json")).ok();
    let manifest: Option<Manifest> = manifest.and_then(|text| serde_json::from_slice(&text).ok());
    let names = manifest.into_iter().flat_map(|manifest| manifest.files).map(|file| file.path);
    names.filter(|name| !name.contains(['/', '\\']) && !name.starts_with('.')).collect()
}

/// Files that others may read, as any program would make them; temporary files are private by default.
trait LikeFiles {
    fn permissions_like_files(&mut self) -> &mut Self;
}

impl LikeFiles for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_like_files(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt;
        self.permissions(fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_like_files(&mut self) -> &mut Self {
        self
    }
}
