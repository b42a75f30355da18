//! One file of a project written in place of what its writer has seen, and of nothing else.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::sha256;

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It holds the new text.
    Written,
    /// It was another than the writer had seen, and still is.
    ChangedMeanwhile,
}

/// Held while a file is saved: of two who have seen the same text, one is first.
static SAVING: Mutex<()> = Mutex::new(());

/// Replaces a file, whole or not at all, if what it holds still has this digest.
///
/// Of those who save through this program one at a time does. Where the system can exchange two names in one step (Linux,
/// `renameat2(2)`), what was replaced is looked at once more afterwards, and put back if another program was faster: then nothing
/// that anybody has saved is lost.
///
/// - path: an existing file, no link
/// - seen: SHA-256 in hexadecimal of what its writer has seen
///
/// # Errors
/// When it can't be read or written; it is as it was.
pub fn save(path: &Path, seen: &str, text: &[u8]) -> io::Result<Saved> {
    let _one = SAVING.lock().unwrap_or_else(PoisonError::into_inner);
    let metadata = fs::metadata(path)?;
    if !metadata.is_file() || sha256(&fs::read(path)?) != seen {
        return Ok(Saved::ChangedMeanwhile);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".jobpack-").tempfile_in(folder)?;
    new.write_all(text)?;
    new.as_file().set_permissions(metadata.permissions())?;
    new.as_file().sync_all()?;
    if !exchange(new.path(), path)? {
        new.persist(path)?;
    } else if sha256(&fs::read(new.path())?) != seen {
        exchange(new.path(), path)?;
        // What comes back is ours, or what somebody saved since: then that is the newest, and goes to its place.
        if fs::read(new.path())? != text {
            exchange(new.path(), path)?;
        }
        return Ok(Saved::ChangedMeanwhile);
    }
    // The name is in the folder, and is only safe once that is.
    fs::File::open(folder)?.sync_all()?;
    Ok(Saved::Written)
}

/// Exchanges two files; whether the system can.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_s_words_are_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.yaml");
        fs::write(&path, "one").expect("written");
        assert_eq!(save(&path, &sha256(b"one"), b"two").expect("saved"), Saved::Written);
        assert_eq!(save(&path, &sha256(b"one"), b"three").expect("looked at"), Saved::ChangedMeanwhile);
        assert_eq!(fs::read(&path).expect("there"), b"two");
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1, "no temporary file stays");
        save(&folder.path().join("b.yaml"), &sha256(b""), b"x").expect_err("there is no such file");
    }

    #[test]
    fn of_many_who_save_over_the_same_text_one_wins() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.yaml");
        for _ in 0..20 {
            fs::write(&path, "seen").expect("written");
            let written: Vec<usize> = std::thread::scope(|scope| {
                let save = |at: usize| save(&path, &sha256(b"seen"), format!("of {at}").as_bytes()).expect("saved or not");
                let all: Vec<_> = (0..8).map(|at| scope.spawn(move || (at, save(at)))).collect();
                let ended = all.into_iter().map(|thread| thread.join().expect("it ends"));
                ended.filter(|(_, saved)| *saved == Saved::Written).map(|(at, _)| at).collect()
            });
            assert_eq!(written.len(), 1, "one wins");
            assert_eq!(fs::read_to_string(&path).expect("there"), format!("of {}", written[0]), "and the file holds its text");
        }
    }
}
