//! The project as it was at a moment: a copy of every file that a pack can be made from, with the ones that come with the
//! program, so that the same packs can be made of it later, whatever has changed since.
//!
//! Snapshots lie in `.jobpack/approved/`, a folder each, named by what they hold. The file `current` beside them names the one
//! that counts, and is replaced in one step: whoever looks finds the old one or the new one, whole.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Files, hexadecimal};
use crate::diagnostic::Diagnostic;

/// Where snapshots are, in the project.
const FOLDER: &str = ".jobpack/approved";

/// The file that names the one that counts.
const CURRENT: &str = "current";

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
        files.paths().into_iter().map(read).collect::<Result<_, _>>().map(Self)
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
        let folder = root.join(FOLDER);
        self.write(&folder, &approval).map_err(|error| {
            let fault = Diagnostic::error("not-writable", format!("can't record the approval in `{FOLDER}`: {error}"));
            fault.hint("check permissions and free space; what was approved before still is")
        })?;
        Ok(approval)
    }

    fn write(&self, folder: &Path, approval: &Approval) -> io::Result<()> {
        fs::create_dir_all(folder)?;
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
        // Who reads the one before may go on; those before that one are of no use.
        for entry in fs::read_dir(folder)?.flatten() {
            let old = entry.file_name().to_string_lossy().into_owned();
            if old.starts_with("of-") && old != name && Some(&old) != before.as_ref() {
                let _ = fs::remove_dir_all(entry.path());
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
    let name = fs::read_to_string(folder.join(CURRENT)).ok()?;
    let plain = name.starts_with("of-") && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    plain.then_some(name)
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
        assert_eq!(kept, 3, "the current one, the one before it, and the file that names the current one");
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
