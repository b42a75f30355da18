//! The project as it is now: read once, read again when a file of it changed.
//!
//! A change is a file under `profiles/`, `templates/` or `fonts/` that came, went, or is another by its size, time or number;
//! what a link to a folder leads to is not looked at. Requests that run keep the reading that they began with.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;

use super::cache::{self, Kept, PackCache, SheetsCache, ThumbsCache};
use super::config::Limits;
use super::job::known_organisation;
use super::packs::PackEntry;
use super::problem::Problem;
use crate::build::Builder;
use crate::project::{FOLDERS, MAX_DEPTH, Mark, PackId, PackKind, Project};

/// How often a job is begun again because the project changed under it.
pub(super) const TRIES: usize = 4;

/// One reading of the project, with what was made from it.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) builder: Builder,
    pub(super) cache: PackCache,
    /// Documents that were typeset to be looked at.
    pub(super) sheets: SheetsCache,
    /// Small pictures of pages.
    pub(super) thumbs: ThumbsCache,
    /// What could be made last, whatever has become of the files since.
    pub(super) kept: Arc<Kept>,
    /// The list of all packs.
    pub(super) listing: OnceLock<Arc<[PackEntry]>>,
    stamp: Stamp,
}

impl Loaded {
    /// A folder that nobody writes to: what was approved.
    pub(super) fn settled(root: &Path, cache_bytes: usize) -> Self {
        Self::new(root, Stamp::default(), cache_bytes, None, Arc::new(Kept::new()))
    }

    /// - before: the last reading, and what has changed since
    fn new(root: &Path, stamp: Stamp, cache_bytes: usize, before: Option<(&Self, Changed)>, kept: Arc<Kept>) -> Self {
        let project = Project::load(root.to_path_buf());
        let builder = match before {
            Some((before, Changed::Words)) => Builder::renewed(project, &before.builder),
            Some((before, Changed::Dress)) => Builder::relaid(project, &before.builder),
            Some((_, Changed::Templates)) | None => Builder::new(project),
        };
        let (cache, sheets, thumbs) = (PackCache::new(cache_bytes), cache::sheets(), cache::thumbs());
        Self { builder, cache, sheets, thumbs, kept, listing: OnceLock::new(), stamp }
    }

    /// The pack of this name.
    pub(super) fn find(&self, organisation: &str, name: &str) -> Result<PackId, Problem> {
        let files = known_organisation(&self.builder, organisation)?;
        let kind = if files.profiles.contains_key(name) {
            PackKind::Profile
        } else if files.vacancies.contains_key(name) {
            PackKind::Vacancy
        } else {
            let known = files.profiles.keys().chain(files.vacancies.keys()).map(String::as_str);
            return Err(Problem::unknown("unknown-pack", "pack", name, known));
        };
        Ok(PackId { organisation: organisation.to_owned(), name: name.to_owned(), kind })
    }
}

/// The project as it is now.
#[derive(Debug)]
pub(super) struct LiveProject {
    root: PathBuf,
    look_every: Duration,
    cache_bytes: usize,
    current: RwLock<Arc<Loaded>>,
    /// When it was last looked at; never, if it is known to have changed.
    looked: Mutex<Option<Instant>>,
    /// Held while the project is read again.
    reading: Mutex<()>,
}

impl LiveProject {
    /// Reads the project in `root`.
    pub(super) fn new(root: PathBuf, limits: &Limits) -> Self {
        let stamp = Stamp::of(&root).unwrap_or_default();
        let loaded = Loaded::new(&root, stamp, limits.cache_bytes, None, Arc::new(Kept::new()));
        Self {
            look_every: limits.look_every,
            cache_bytes: limits.cache_bytes,
            current: RwLock::new(Arc::new(loaded)),
            looked: Mutex::new(Some(Instant::now())),
            reading: Mutex::default(),
            root,
        }
    }

    /// The current reading; now and then it is made sure that it is current.
    pub(super) async fn current(live: &Arc<Self>) -> Arc<Loaded> {
        if live.is_due() {
            let looking = Arc::clone(live);
            // Without a new reading, for whatever reason, the last one stands.
            let _ = spawn_blocking(move || looking.look()).await;
        }
        live.last()
    }

    /// Makes the next request look, whenever that was done last.
    pub(super) fn look_again(&self) {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The folder of the project.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// As [`LiveProject::current`], on a thread that may wait.
    pub(super) fn now(&self) -> Arc<Loaded> {
        if self.is_due() {
            self.look();
        }
        self.last()
    }

    /// Runs `job` on a reading that does not change from its beginning to its end; none if it does each time.
    pub(super) fn steady<T>(&self, job: impl Fn(&Loaded) -> T) -> Option<T> {
        for _ in 0..TRIES {
            let loaded = self.now();
            let made = job(&loaded);
            // Files are read when they are first needed, so only this tells that all were of the same time.
            if self.is_unchanged(&loaded) {
                return Some(made);
            }
        }
        None
    }

    fn last(&self) -> Arc<Loaded> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether it is this caller's turn to look.
    fn is_due(&self) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let due = looked.is_none_or(|at| at.elapsed() >= self.look_every);
        if due {
            *looked = Some(Instant::now());
        }
        due
    }

    fn look(&self) {
        let _one = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        let last = self.last();
        // If the files can't be looked at, the last reading stands.
        if let Some(stamp) = Stamp::of(&self.root).filter(|stamp| last.stamp != *stamp) {
            let changed = stamp.changed(&last.stamp, &self.root);
            let loaded = Arc::new(Loaded::new(&self.root, stamp, self.cache_bytes, Some((&*last, changed)), Arc::clone(&last.kept)));
            *self.current.write().unwrap_or_else(PoisonError::into_inner) = loaded;
        }
    }

    /// Whether the files are still as they were when `loaded` was begun; if not, the next request looks again.
    pub(super) fn is_unchanged(&self, loaded: &Loaded) -> bool {
        let unchanged = Stamp::of(&self.root).as_ref() == Some(&loaded.stamp);
        if !unchanged {
            self.look_again();
        }
        unchanged
    }
}

/// What has changed between two readings, and with it how much has to be made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Changed {
    /// Profiles, vacancies and frameworks: what is made of everything else is as it was.
    Words,
    /// Brands, clauses, logos and fonts too: what is made of templates is as it was.
    Dress,
    /// Templates too.
    Templates,
}

/// Every file and folder with what tells that it is another: size, times, and on Unix its number.
#[derive(Debug, Default, PartialEq, Eq)]
struct Stamp(Vec<(PathBuf, Mark)>);

impl Stamp {
    /// The files as they are; none if they can't be looked at, because too many files are open.
    fn of(root: &Path) -> Option<Self> {
        let mut stamp = Self::default();
        for folder in FOLDERS.iter().map(|folder| root.join(folder)) {
            stamp.add(&folder, 0)?;
        }
        stamp.0.sort();
        Some(stamp)
    }

    /// What differs from another time.
    fn changed(&self, other: &Self, root: &Path) -> Changed {
        let (one, two): (BTreeSet<_>, BTreeSet<_>) = (self.0.iter().collect(), other.0.iter().collect());
        let [profiles, fonts] = ["profiles", "fonts"].map(|folder| root.join(folder));
        let of = |path: &PathBuf| {
            let Ok(path) = path.strip_prefix(&profiles) else {
                return if path.starts_with(&fonts) { Changed::Dress } else { Changed::Templates };
            };
            let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
            match names.iter().map(AsRef::as_ref).collect::<Vec<&str>>().as_slice() {
                [_, "vacancies" | "frameworks"] => Changed::Words,
                [organisation] if !organisation.contains('.') => Changed::Words,
                [_, file] if file.ends_with(".yaml") && *file != "organisation.yaml" => Changed::Words,
                [_, "vacancies" | "frameworks", file] if file.ends_with(".yaml") => Changed::Words,
                _ => Changed::Dress,
            }
        };
        one.symmetric_difference(&two).map(|(path, _)| of(path)).max().unwrap_or(Changed::Words)
    }

    fn add(&mut self, folder: &Path, depth: usize) -> Option<()> {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return may_be_passed_over(&error).then_some(()),
        };
        if let Ok(metadata) = std::fs::metadata(folder) {
            self.0.push((folder.to_path_buf(), Mark::of(&metadata)));
        }
        for entry in entries.flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if depth < MAX_DEPTH {
                    self.add(&path, depth + 1)?;
                }
            } else if let Ok(metadata) = std::fs::metadata(&path) {
                self.0.push((path, Mark::of(&metadata)));
            }
        }
        Some(())
    }
}

/// Whether a folder is as if it weren't there: it isn't, or nobody may look into it.
fn may_be_passed_over(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound, PermissionDenied};
    matches!(error.kind(), NotFound | NotADirectory | PermissionDenied)
}
