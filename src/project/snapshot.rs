//! The project as it was at a moment: a copy of every file that a pack can be made from, with the ones that come with the
//! program, so that the same packs can be made of it later, whatever has changed since.
//!
//! Snapshots lie in `.jobpack/approved/`, a folder each, named by what they hold. The file `current` beside them names the one
//! that counts, and is replaced in one step: whoever looks finds the old one or the new one, whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Files, hexadecimal, within};
use crate::diagnostic::Diagnostic;

/// Where snapshots are, in the project.
const FOLDER: &str = ".jobpack/approved";

/// The file that names the one that counts.
const CURRENT: &str = "current";

/// The file that is locked while one is recorded.
const LOCK: &str = "lock";

/// The file of a snapshot that tells of it.
const RECORD: &str = "approval.json";

/// What is known of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Digest of the files.
    pub digest: String,
    /// When it was recorded (RFC 3339, in UTC).
    pub approved_at: String,
    /// Version of the program that recorded it.
    pub version: String,
}

/// The files of a project as they are now, read whole.
#[derive(Debug, Clone)]
pub struct State(BTreeMap<String, Arc<[u8]>>);

impl State {
    /// Reads every file that a pack can be made from.
    ///
    /// # Errors
    /// The first file that can't be read.
    pub fn read(files: &Files) -> Result<Self, Diagnostic> {
        let read = |path: String| Ok((path.clone(), files.content(&path)?));
        // What was read from elsewhere in the project too: a logo that a brand takes from a folder of its own.
        let paths = files.paths().into_iter().chain(files.known()).collect::<BTreeSet<_>>();
        paths.into_iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// Reads a copy that was recorded.
    fn of_copy(folder: &Path) -> io::Result<Self> {
        let mut all = BTreeMap::new();
        add(folder, "", &mut all)?;
        all.remove(RECORD);
        Ok(Self(all))
    }

    /// SHA-256 of all names and contents, in hexadecimal.
    pub fn digest(&self) -> String {
        let mut all = Sha256::new();
        for (path, bytes) in &self.0 {
            all.update(format!("{path}\0{}\0", bytes.len()));
            all.update(bytes);
        }
        hexadecimal(&all.finalize())
    }

    /// Paths of the files that are another, or only in one of the two, sorted.
    pub fn differing(&self, other: &Self) -> Vec<String> {
        let differs = |path: &&String| self.0.get(*path) != other.0.get(*path);
        let mut paths: Vec<String> = self.0.keys().chain(other.0.keys()).filter(differs).cloned().collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// Records the state as the one that counts.
    ///
    /// - root: folder of the project
    /// - at: the time (RFC 3339)
    ///
    /// # Errors
    /// `not-writable`; the one that counted before still does.
    pub fn approve(&self, root: &Path, at: &str) -> Result<Approval, Diagnostic> {
        let approval = Approval { digest: self.digest(), approved_at: at.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() };
        self.write(root, &approval).map_err(|error| {
            // Without the place of a temporary file, which would only confuse.
            let reason = if error.kind() == io::ErrorKind::Other { error } else { error.kind().into() };
            let fault = Diagnostic::error("not-writable", format!("can't record the approval in `{FOLDER}`: {reason}"));
            fault.hint("check permissions and free space; what was approved before still is")
        })?;
        Ok(approval)
    }

    fn write(&self, root: &Path, approval: &Approval) -> io::Result<()> {
        let folder = &root.join(FOLDER);
        fs::create_dir_all(folder)?;
        within(root, folder)?;
        // One after the other, whoever records: the system frees the lock when a program ends.
        let lock = fs::File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))?;
        lock.lock()?;
        let before = named(folder);
        // A folder of its own, until it is whole: two programs may record at once.
        let new = tempfile::Builder::new().prefix("new-").tempdir_in(folder)?;
        for (path, bytes) in &self.0 {
            let place = new.path().join(path);
            fs::create_dir_all(place.parent().unwrap_or(new.path()))?;
            synced(&place, bytes)?;
        }
        synced(&new.path().join(RECORD), &serde_json::to_vec_pretty(approval)?)?;
        let name = new.path().file_name().unwrap_or_default().to_string_lossy().replace("new-", "of-");
        fs::rename(new.path(), folder.join(&name))?;
        let mut current = tempfile::NamedTempFile::new_in(folder)?;
        current.write_all(name.as_bytes())?;
        current.as_file().sync_all()?;
        current.persist(folder.join(CURRENT))?;
        fs::File::open(folder)?.sync_all()?;
        // Who reads the one before may go on; those before that one, and what a killed program has left, are of no use.
        for entry in fs::read_dir(folder)?.flatten() {
            let old = entry.file_name().to_string_lossy().into_owned();
            let left = old.starts_with("new-") || old.starts_with(".tmp");
            if left || (old.starts_with("of-") && old != name && Some(&old) != before.as_ref()) {
                let _ = fs::remove_dir_all(entry.path()).or_else(|_| fs::remove_file(entry.path()));
            }
        }
        Ok(())
    }
}

fn synced(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(place)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Name of the snapshot that counts.
fn named(folder: &Path) -> Option<String> {
    let name = fs::read_to_string(folder.join(CURRENT)).ok()?.trim().to_owned();
    let plain = name.starts_with("of-") && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.then_some(name)
}

/// The files of a snapshot as they were recorded; none if they are damaged.
pub fn whole(folder: &Path, approval: &Approval) -> Option<State> {
    State::of_copy(folder).ok().filter(|state| state.digest() == approval.digest)
}

/// Adds the files of a folder by their paths in it.
fn add(root: &Path, folder: &str, all: &mut BTreeMap<String, Arc<[u8]>>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = if folder.is_empty() { String::new() } else { format!("{folder}/") } + &entry.file_name().to_string_lossy();
        if entry.file_type()?.is_dir() { add(root, &path, all)? } else { drop(all.insert(path, fs::read(entry.path())?.into())) }
    }
    Ok(())
}

/// The snapshot that counts: the folder of its files, as a project, and what is known of it. None if nothing was approved, or
/// if it can't be read.
pub fn approved(root: &Path) -> Option<(PathBuf, Approval)> {
    let folder = root.join(FOLDER);
    let folder = folder.join(named(&folder)?);
    let record = fs::read(folder.join(RECORD)).ok()?;
    Some((folder, serde_json::from_slice(&record).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Project;

    fn state(root: &Path) -> State {
        State::read(&Files::new(Some(root.to_path_buf()))).expect("it can be read")
    }

    #[test]
    fn what_is_approved_stays_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let profile = root.join("profiles/havering/a.yaml");
        fs::create_dir_all(profile.parent().expect("a folder")).expect("made");
        fs::write(&profile, "post_title: A\n").expect("written");
        assert_eq!(approved(root), None);
        let first = state(root);
        let approval = first.approve(root, "2026-11-26T10:00:00Z").expect("recorded");
        let (copy, found) = approved(root).expect("there");
        assert_eq!((&found, &found.digest), (&approval, &first.digest()));
        // The copy is a project with all that the program has.
        let files = Project::load(copy.clone()).files;
        assert_eq!(files.text("profiles/havering/a.yaml").expect("there").text, "post_title: A\n");
        assert_eq!(state(&copy).digest(), first.digest());
        assert!(copy.join("templates/base/lib.typ").is_file() && copy.join("fonts/README.md").is_file());

        fs::write(&profile, "post_title: B\n").expect("written");
        fs::write(root.join("profiles/havering/b.yaml"), "post_title: C\n").expect("written");
        let second = state(root);
        assert_eq!(second.differing(&first), ["profiles/havering/a.yaml", "profiles/havering/b.yaml"]);
        for _ in 0..3 {
            second.approve(root, "2026-11-27T10:00:00Z").expect("recorded");
        }
        assert_eq!(approved(root).expect("there").1.digest, second.digest());
        let kept = fs::read_dir(root.join(FOLDER)).expect("there").count();
        assert_eq!(kept, 4, "the current one, the one before it, the file that names the current one, and the lock");
        let (copy, approval) = approved(root).expect("there");
        assert!(whole(&copy, &approval).is_some());
        fs::write(copy.join("profiles/havering/a.yaml"), "post_title: D\n").expect("written");
        assert!(whole(&copy, &approval).is_none(), "a damaged copy is seen");
    }

    #[test]
    fn of_many_who_approve_one_counts_and_what_a_killed_program_left_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        fs::create_dir_all(root.join(FOLDER).join("new-abc/profiles")).expect("made");
        let now = state(root);
        for _ in 0..5 {
            std::thread::scope(|scope| {
                let all: Vec<_> = (0..4).map(|_| scope.spawn(|| now.approve(root, "2026-11-26T10:00:00Z").expect("recorded"))).collect();
                all.into_iter().for_each(|one| drop(one.join().expect("it ends")));
            });
            let (copy, approval) = approved(root).expect("one counts");
            assert!(whole(&copy, &approval).is_some());
        }
        assert!(!root.join(FOLDER).join("new-abc").exists());
    }

    #[test]
    fn a_broken_record_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let approvals = folder.path().join(FOLDER);
        fs::create_dir_all(approvals.join("of-x")).expect("made");
        for current in ["of-x", "of-../../etc", "", "of-y"] {
            fs::write(approvals.join(CURRENT), current).expect("written");
            assert_eq!(approved(folder.path()), None, "{current}");
        }
    }
}
