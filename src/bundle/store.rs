//! Bundles into a folder: each of them whole or not at all, and only what changed.
//!
//! Files are first written under temporary names. Many bundles are then put in their places in one batch: all files are
//! synced, where there are many by syncing their file system (Linux reports its errors since 5.8); documents and zips renamed; the folders synced; manifests renamed; the folders synced again; and files that
//! only the previous manifests name removed. A bundle that can't go on at any step is given up, the others are not.
//!
//! What a crash of the machine can lose: bundles that have not been reported as written, and nothing else. Of those there
//! is the old bundle, or the new one, or whole files of both under the old manifest; never half a file, and never a
//! manifest that names a file that isn't there. The next build of the pack mends a mix, and removes temporary files that
//! a killed build left. A document that its layout no longer makes may stay, if the crash came before it was removed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use super::{BundleFile, MANIFEST, Manifest};
use crate::diagnostic::Diagnostic;
use crate::layout::Audience;

/// How names of temporary files begin.
const TEMPORARY: &str = ".jobpack-";

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

/// A bundle as temporary files; dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Staged {
    /// Where it goes: the pack's folder, the folder of the zip, the output folder.
    folders: [PathBuf; 3],
    /// Documents and zip that change, with their places.
    documents: Vec<(NamedTempFile, PathBuf)>,
    /// `manifest.json`, if it changes.
    manifest: Vec<(NamedTempFile, PathBuf)>,
    /// Files that only the previous manifest names.
    leftover: Vec<PathBuf>,
    written: Written,
}

impl Staged {
    /// Writes what differs from what is there; `archives` are the places of the zips and their bytes, none for one that
    /// the pack no longer has.
    pub(super) fn write(
        folders: [PathBuf; 3],
        files: &[BundleFile],
        archives: &[(PathBuf, Option<&[u8]>)],
    ) -> Result<Self, Diagnostic> {
        let folder = folders[0].as_path();
        fs::create_dir_all(folder).and_then(|()| clear(folder)).map_err(|error| not_writable(folder, &error))?;
        let names: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).collect();
        let previous = previous_names(folder);
        // A zip is ours to remove if the bundle of the last build was: another pack may be called like that.
        let gone = archives.iter().filter(|(_, bytes)| bytes.is_none() && previous.panel).map(|(place, _)| place.clone());
        let left = previous.names.into_iter().filter(|name| !names.contains(name.as_str()));
        let leftover = left.map(|name| folder.join(name)).chain(gone).collect();
        let (documents, manifest, written) = (Vec::new(), Vec::new(), Written::default());
        let mut staged = Self { documents, manifest, leftover, written, folders };
        for file in files {
            let waiting = staged.folders[0].join(&file.name);
            staged.one(waiting, &file.bytes, file.name == MANIFEST)?;
        }
        for (place, bytes) in archives {
            if let Some(bytes) = bytes {
                staged.one(place.clone(), bytes, false)?;
            }
        }
        Ok(staged)
    }

    fn one(&mut self, path: PathBuf, bytes: &[u8], is_manifest: bool) -> Result<(), Diagnostic> {
        // A pipe would be waited for.
        if path.is_file() && fs::read(&path).is_ok_and(|there| there == bytes) {
            self.written.unchanged += 1;
            return Ok(());
        }
        if path.is_dir() {
            // Renaming would find this out too, but then other files of the bundle are in their places already.
            return Err(not_writable(&path, &io::ErrorKind::IsADirectory.into()));
        }
        let made = tempfile::Builder::new().prefix(TEMPORARY).permissions_like_files().tempfile_in(&self.folders[0]);
        let mut file = made.map_err(|error| not_writable(&self.folders[0], &error))?;
        // The system's own word on it: the temporary name would only confuse.
        file.as_file_mut().write_all(bytes).map_err(|error| not_writable(&path, &error))?;
        if is_manifest { self.manifest.push((file, path)) } else { self.documents.push((file, path)) }
        Ok(())
    }

    /// How many files of it are open.
    pub fn open(&self) -> usize {
        self.files().count()
    }

    fn files(&self) -> impl Iterator<Item = &(NamedTempFile, PathBuf)> {
        self.documents.iter().chain(&self.manifest)
    }

    fn place_documents(mut self) -> Result<Self, Diagnostic> {
        self.written.changed += place(&mut self.documents)?;
        Ok(self)
    }

    fn place_manifest(mut self) -> Result<Self, Diagnostic> {
        self.written.changed += place(&mut self.manifest)?;
        Ok(self)
    }

    fn sync_folders(self, synced: &mut BTreeSet<PathBuf>) -> Result<Self, Diagnostic> {
        for folder in self.folders.iter().filter(|_| self.written.changed > 0) {
            if !synced.contains(folder) {
                sync_folder(folder).map_err(|error| not_writable(folder, &error))?;
                synced.insert(folder.clone());
            }
        }
        Ok(self)
    }

    fn remove_leftover(mut self) -> Written {
        self.written.removed = self.leftover.iter().filter(|path| fs::remove_file(path).is_ok()).count();
        self.written
    }
}

/// Puts bundles in their places, in one batch.
///
/// # Errors
/// For each bundle on its own: `output-not-writable` with the path. Its previous files stay then, unless the system
/// refused to rename or to sync a folder half-way.
pub fn publish(bundles: Vec<Staged>) -> Vec<Result<Written, Diagnostic>> {
    let placed = each(synced(bundles), Staged::place_documents);
    let mut folders = BTreeSet::new();
    let placed = each(placed, |bundle| bundle.sync_folders(&mut folders));
    let whole = each(placed, Staged::place_manifest);
    folders.clear();
    let whole = each(whole, |bundle| bundle.sync_folders(&mut folders));
    whole.into_iter().map(|bundle| bundle.map(Staged::remove_leftover)).collect()
}

/// Threads that sync at once: the system writes down what several wait for in one go.
const AT_ONCE: usize = 8;

/// Files for which a thread is worth its while.
const WORTH: usize = 8;

/// Files for which the system is told once to write down all that waits.
const MANY: usize = 32;

/// Bundles of which all files are on disk.
fn synced(bundles: Vec<Staged>) -> Vec<Result<Staged, Diagnostic>> {
    let files: Vec<(usize, &(NamedTempFile, PathBuf))> =
        bundles.iter().enumerate().flat_map(|(at, bundle)| bundle.files().map(move |file| (at, file))).collect();
    if files.len() >= MANY && are_synced_at_once(files.iter().map(|(_, (file, _))| file.as_file())) {
        return bundles.into_iter().map(Ok).collect();
    }
    let faults = Mutex::new(BTreeMap::new());
    let sync = |(at, (file, path)): &(usize, &(NamedTempFile, PathBuf))| {
        if let Err(error) = file.as_file().sync_data() {
            faults.lock().unwrap_or_else(PoisonError::into_inner).entry(*at).or_insert_with(|| not_writable(path, &error));
        }
    };
    let part = files.len().div_ceil(AT_ONCE).max(WORTH);
    let (own, others) = files.split_at(part.min(files.len()));
    std::thread::scope(|scope| {
        for part in others.chunks(part) {
            // Without another thread, this one does it.
            if std::thread::Builder::new().spawn_scoped(scope, || part.iter().for_each(sync)).is_err() {
                part.iter().for_each(sync);
            }
        }
        own.iter().for_each(sync);
    });
    let mut faults = faults.into_inner().unwrap_or_else(PoisonError::into_inner);
    bundles.into_iter().enumerate().map(|(at, bundle)| faults.remove(&at).map_or(Ok(bundle), Err)).collect()
}

/// Syncs the file system that these files are in, if it is one: many files then cost as much as one, and the system's own threads
/// do the work. Where it fails nobody knows for which file.
#[cfg(target_os = "linux")]
fn are_synced_at_once<'a>(mut files: impl Iterator<Item = &'a fs::File>) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |file: &fs::File| file.metadata().map(|about| about.dev());
    let Some(first) = files.next() else { return true };
    let Ok(one) = device(first) else { return false };
    files.all(|file| device(file).is_ok_and(|other| other == one)) && rustix::fs::syncfs(first).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn are_synced_at_once<'a>(_: impl Iterator<Item = &'a fs::File>) -> bool {
    false
}

/// The next step of each bundle that got so far.
fn each(
    bundles: Vec<Result<Staged, Diagnostic>>,
    mut step: impl FnMut(Staged) -> Result<Staged, Diagnostic>,
) -> Vec<Result<Staged, Diagnostic>> {
    bundles.into_iter().map(|bundle| bundle.and_then(&mut step)).collect()
}

/// Renames temporary files; says how many.
fn place(waiting: &mut Vec<(NamedTempFile, PathBuf)>) -> Result<usize, Diagnostic> {
    let count = waiting.len();
    for (file, path) in waiting.drain(..) {
        file.persist(&path).map_err(|error| not_writable(&path, &error.error))?;
    }
    Ok(count)
}

/// Removes temporary files of a build that was killed; whoever calls this holds the lock.
fn clear(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(|name| name.starts_with(TEMPORARY)) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Removes the temporary files of a build that was killed from the folders of all packs, as far as it can.
pub(super) fn clear_below(folder: &Path) {
    let folders = |folder: &Path| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).filter(|path| path.is_dir());
    for pack in folders(folder).flat_map(|organisation| folders(&organisation).collect::<Vec<_>>()) {
        let _ = clear(&pack);
    }
}

/// The bundle that is there now.
#[derive(Default)]
struct Previous {
    /// Names of its files; none if there is no readable manifest.
    names: Vec<String>,
    /// Whether it has files for the panel, and so a zip of them.
    panel: bool,
}

fn previous_names(folder: &Path) -> Previous {
    let manifest = fs::read(folder.join(MANIFEST)).ok();
    let manifest: Option<Manifest> = manifest.and_then(|text| serde_json::from_slice(&text).ok());
    let Some(manifest) = manifest else { return Previous::default() };
    let panel = manifest.files.iter().any(|file| file.audience == Audience::Panel);
    let names = manifest.files.into_iter().map(|file| file.path);
    Previous { names: names.filter(|name| !name.contains(['/', '\\']) && !name.starts_with('.')).collect(), panel }
}

/// A path that can't be written, and why.
pub fn not_writable(path: &Path, error: &io::Error) -> Diagnostic {
    let place = path.display();
    Diagnostic::error("output-not-writable", format!("can't write `{place}`: {error}"))
        .in_file(place.to_string())
        .hint("see what is in its place, check permissions and free space, or name another place, for packs with `--out`")
}

/// Makes names in a folder last; only Unix lets a program ask for that.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Files that others may read, as any program would make them; temporary files are private by default.
pub(crate) trait LikeFiles {
    /// Gives the files that are made these permissions.
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
