//! The files of a project, with the ones that come with the program behind them.
//!
//! A path is relative to the project and uses `/`. A project's own file wins over the embedded one of the same path.
//! Every file is read once: a load of the project sees one version of each. No path leaves the project, not through
//! `..` and not through a symbolic link.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use std::time::SystemTime;

use super::embedded::{all_embedded, embedded};
use super::mark::Mark;
use super::readings::Reading;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::source;

/// Largest picture or font that is read, in bytes (16 MiB).
const MAX_BINARY_BYTES: u64 = 16 << 20;

/// The folders that a pack is made from.
pub const FOLDERS: [&str; 3] = ["profiles", "templates", "fonts"];

/// Deepest folder that is looked into.
pub const MAX_DEPTH: usize = 16;

/// What is kept of profiles and vacancies that were read; of all other files, everything is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// All of them: who asks again sees the same version.
    All,
    /// The last few: memory doesn't grow with the number of packs.
    Few,
}

/// The files of a project.
#[derive(Debug)]
pub struct Files {
    root: Option<PathBuf>,
    pub(super) keep: Keep,
    pub(super) bytes: RwLock<BTreeMap<String, Arc<[u8]>>>,
    pub(super) texts: RwLock<BTreeMap<String, Arc<SourceText>>>,
    /// Marks of what was read from disk.
    pub(super) marks: RwLock<BTreeMap<String, Option<Mark>>>,
    pub(super) readings: RwLock<BTreeMap<String, Arc<Reading>>>,
    unreadable: RwLock<Vec<Diagnostic>>,
}

impl Files {
    /// Files under `root`, or only the embedded ones.
    pub fn new(root: Option<PathBuf>) -> Self {
        Self::keeping(root, Keep::All)
    }

    /// The same, of which all or only a few profiles and vacancies are kept.
    pub fn keeping(root: Option<PathBuf>, keep: Keep) -> Self {
        let (bytes, texts, marks, readings, unreadable) = Default::default();
        Self { root, keep, bytes, texts, marks, readings, unreadable }
    }

    /// The same files, as they are on disk now, but for one text.
    ///
    /// # Errors
    /// `not-utf8`, and what else keeps a text from being read.
    pub fn with_text(&self, path: &str, text: &str) -> Result<Self, Diagnostic> {
        let files = Self::new(self.root.clone());
        let text = source::decode(text.as_bytes().to_vec(), path)?;
        files.texts.write().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), text);
        Ok(files)
    }

    /// Where a file of the project is on disk, links followed; none for one that comes with the program alone.
    ///
    /// # Errors
    /// `path-outside-project`.
    pub fn place(&self, path: &str) -> Result<Option<PathBuf>, Diagnostic> {
        Ok(self.on_disk(path)?.and_then(|disk| disk.canonicalize().ok()))
    }

    /// The project's folder.
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Whether there is a file of this path.
    pub fn exists(&self, path: &str) -> bool {
        self.on_disk(path).is_ok_and(|disk| disk.is_some_and(|disk| disk.is_file())) || embedded(path).is_some()
    }

    /// Bytes of a picture or font.
    ///
    /// # Errors
    /// `path-outside-project`, `file-missing`, `file-unreadable`, `file-too-large`.
    pub fn bytes(&self, path: &str) -> Result<Arc<[u8]>, Diagnostic> {
        if let Some(bytes) = self.bytes.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Ok(Arc::clone(bytes));
        }
        let bytes: Arc<[u8]> = match self.on_disk(path)?.filter(|disk| disk.exists()) {
            Some(disk) => {
                let unreadable = |error: std::io::Error| {
                    Diagnostic::error("file-unreadable", format!("can't read `{path}`: {error}")).in_file(path)
                };
                let metadata = std::fs::metadata(&disk).map_err(unreadable)?;
                if !metadata.is_file() {
                    return Err(Diagnostic::error("file-unreadable", format!("`{path}` is not a file"))
                        .in_file(path)
                        .hint("a folder, pipe or device can't be read here"));
                }
                if metadata.len() > MAX_BINARY_BYTES {
                    let fault = Diagnostic::error("file-too-large", format!("`{path}` is larger than 16 MiB"));
                    return Err(fault.in_file(path).hint("use a smaller picture or font"));
                }
                self.marked(path, &disk, || std::fs::read(&disk).map_err(unreadable))?.into()
            }
            None => embedded(path).ok_or_else(|| missing(path))?.as_ref().into(),
        };
        let mut all = self.bytes.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(all.entry(path.to_owned()).or_insert(bytes)))
    }

    /// Text of a YAML, Markdown, Typst or template file.
    ///
    /// # Errors
    /// As [`Files::bytes`], and `not-utf8`.
    pub fn text(&self, path: &str) -> Result<Arc<SourceText>, Diagnostic> {
        if let Some(text) = self.texts.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Ok(Arc::clone(text));
        }
        let text = self.read(path)?;
        let mut all = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(all.entry(path.to_owned()).or_insert(text)))
    }

    /// Text of a profile or vacancy, which is kept if all are.
    ///
    /// # Errors
    /// As [`Files::text`].
    pub(super) fn passing(&self, path: &str) -> Result<Arc<SourceText>, Diagnostic> {
        let kept = || self.texts.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        match self.keep {
            Keep::All => self.text(path),
            Keep::Few => kept().map_or_else(|| self.read(path), Ok),
        }
    }

    fn read(&self, path: &str) -> Result<Arc<SourceText>, Diagnostic> {
        match self.on_disk(path)?.filter(|disk| disk.exists()) {
            Some(disk) => self.marked(path, &disk, || source::load(&disk, path)),
            None => source::decode(embedded(path).ok_or_else(|| missing(path))?.into_owned(), path),
        }
    }

    /// Reads a file and remembers its mark, unless it may have changed meanwhile.
    fn marked<T>(&self, path: &str, disk: &Path, read: impl FnOnce() -> Result<T, Diagnostic>) -> Result<T, Diagnostic> {
        let now = SystemTime::now();
        let mark = || std::fs::metadata(disk).ok().map(|metadata| Mark::of(&metadata));
        let before = mark();
        let made = read()?;
        let sure = before.filter(|before| before.is_settled(now) && mark().as_ref() == Some(before));
        self.marks.write().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), sure);
        Ok(made)
    }

    /// Bytes of any file, of which none is kept that wasn't before.
    ///
    /// # Errors
    /// As [`Files::bytes`].
    pub fn content(&self, path: &str) -> Result<Arc<[u8]>, Diagnostic> {
        if let Some(text) = self.texts.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Ok(text.text.as_bytes().into());
        }
        let known = self.bytes.read().unwrap_or_else(PoisonError::into_inner).contains_key(path);
        let bytes = self.bytes(path)?;
        if !known {
            self.bytes.write().unwrap_or_else(PoisonError::into_inner).remove(path);
        }
        // A text that was read has none.
        Ok(bytes.strip_prefix(b"\xEF\xBB\xBF").map_or_else(|| Arc::clone(&bytes), Arc::from))
    }

    /// Paths of all files that a pack can be made from, those that come with the program among them, sorted. Hidden ones are
    /// left out, and what is deeper than sixteen folders.
    pub fn paths(&self) -> BTreeSet<String> {
        let mut all: BTreeSet<String> = all_embedded().collect();
        for folder in FOLDERS {
            self.add_paths(folder, 0, &mut all);
        }
        all
    }

    /// Paths of all files of the project below a folder, hidden ones left out.
    pub fn below(&self, folder: &str) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        self.add_paths(folder, 0, &mut all);
        all
    }

    /// Paths of what was read so far.
    pub fn known(&self) -> Vec<String> {
        let texts = self.texts.read().unwrap_or_else(PoisonError::into_inner);
        let bytes = self.bytes.read().unwrap_or_else(PoisonError::into_inner);
        texts.keys().chain(bytes.keys()).cloned().collect()
    }

    fn add_paths(&self, folder: &str, depth: usize, all: &mut BTreeSet<String>) {
        for (name, is_folder) in self.entries(folder).collect::<Vec<_>>() {
            let path = format!("{folder}/{name}");
            // A link to a folder is not followed: it may lead round in a circle, or out of the project.
            let is_link = || self.root.as_ref().is_some_and(|root| root.join(&path).is_symlink());
            if !is_folder {
                all.insert(path);
            } else if depth < MAX_DEPTH && !is_link() {
                self.add_paths(&path, depth + 1, all);
            }
        }
    }

    /// Names of the folders directly under `folder`, sorted.
    pub fn folders(&self, folder: &str) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = self.entries(folder).filter(|(_, is_folder)| *is_folder).map(|(name, _)| name).collect();
        names.extend(all_embedded().filter_map(|path| {
            let (name, _) = path.strip_prefix(folder)?.strip_prefix('/')?.split_once('/')?;
            Some(name.to_owned())
        }));
        names
    }

    /// Names of the files directly under `folder` with the ending `.extension`, sorted, without it.
    pub fn stems(&self, folder: &str, extension: &str) -> BTreeSet<String> {
        let ending = format!(".{extension}");
        let stem = |name: &str| name.strip_suffix(&ending).map(str::to_owned);
        let mut names: BTreeSet<String> =
            self.entries(folder).filter(|(_, is_folder)| !is_folder).filter_map(|(name, _)| stem(&name)).collect();
        names.extend(all_embedded().filter_map(|path| {
            let name = path.strip_prefix(folder)?.strip_prefix('/')?.to_owned();
            stem(&name).filter(|stem| !stem.contains('/'))
        }));
        names
    }

    /// Entries of a folder on disk: name, and whether it is a folder. Hidden ones are left out.
    pub(super) fn entries(&self, folder: &str) -> impl Iterator<Item = (String, bool)> {
        let on_disk = self.root.as_ref().and_then(|root| match std::fs::read_dir(root.join(folder)) {
            Ok(entries) => Some(entries),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                let fault = Diagnostic::error("folder-unreadable", format!("can't read the folder `{folder}`: {error}"));
                self.lost(fault.in_file(folder).hint("check its permissions; nothing in it is built"));
                None
            }
        });
        on_disk.into_iter().flatten().flatten().filter_map(move |entry| match entry.file_name().into_string() {
            Ok(name) => (!name.starts_with('.')).then(|| (name, is_folder(&entry))),
            Err(name) => {
                let fault = Diagnostic::error("file-name", format!("the name of `{folder}/{}` is not UTF-8", name.display()));
                self.lost(fault.in_file(folder).hint("rename the file; it is not built"));
                None
            }
        })
    }

    fn lost(&self, fault: Diagnostic) {
        let mut all = self.unreadable.write().unwrap_or_else(PoisonError::into_inner);
        if !all.contains(&fault) {
            all.push(fault);
        }
    }

    /// Folders that could not be listed so far, and files whose name can't be written in a message; of folders within
    /// each other the outermost.
    pub fn unreadable(&self) -> Vec<Diagnostic> {
        let mut all = self.unreadable.read().unwrap_or_else(PoisonError::into_inner).clone();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all.dedup_by(|inner, outer| {
            let within = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'));
            inner.path.as_deref().zip(outer.path.as_deref()).is_some_and(|(inner, outer)| within(inner, outer))
        });
        all
    }

    /// Where a path would be on disk, if it stays in the project.
    fn on_disk(&self, path: &str) -> Result<Option<PathBuf>, Diagnostic> {
        let outside = || {
            Diagnostic::error("path-outside-project", format!("`{path}` leaves the project"))
                .in_file(path)
                .hint("copy the file into the project and refer to it there")
        };
        let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || path.contains('\\') {
            return Err(outside());
        }
        let Some(root) = &self.root else { return Ok(None) };
        let disk = root.join(path);
        if let (Ok(real), Ok(real_root)) = (disk.canonicalize(), root.canonicalize())
            && !real.starts_with(real_root)
        {
            return Err(outside());
        }
        Ok(Some(disk))
    }
}

/// Whether an entry is a folder, or a link to one.
fn is_folder(entry: &std::fs::DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_dir() || kind.is_symlink() && entry.path().is_dir())
}

fn missing(path: &str) -> Diagnostic {
    let fault = Diagnostic::error("file-missing", format!("there is no file `{path}`")).in_file(path);
    fault.hint("check how it is spelt; a path starts at the folder of the file that names it")
}

/// `path` as written in a file of `folder`, as a path of the project: `../../fonts/a.ttf` in `profiles/gla` is
/// `fonts/a.ttf`.
///
/// # Errors
/// `path-outside-project`.
pub fn resolve(folder: &str, path: &str) -> Result<String, Diagnostic> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let outside = || {
        Diagnostic::error("path-outside-project", format!("`{path}` leaves the project"))
            .hint("copy the file into the project and refer to it there")
    };
    if path.starts_with('/') || path.contains(['\\', ':']) {
        return Err(outside());
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or_else(outside)?),
            name => parts.push(name),
        }
    }
    Ok(parts.join("/"))
}

/// Lets the process open as many files as it may: those of the project, those of packs that wait to be put in their places,
/// connections. As it was, if that is not allowed.
pub fn allow_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        let _ = setrlimit(Resource::Nofile, rustix::process::Rlimit { current: limit.maximum, ..limit });
    }
}
