//! What tells whether a file is still the one that was read, without reading it again.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Steps in which a file system counts time, at the coarsest, where it tells parts of a second: a tick of the kernel is 10 ms.
const TICK: Duration = Duration::from_millis(100);

/// The same where it tells whole seconds only; FAT counts in twos.
const COARSE_TICK: Duration = Duration::from_secs(2);

/// Size and time of change of a file, and on Unix its number and the time of change of its entry: a file that was away and came
/// back has the same size and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mark {
    size: u64,
    /// Seconds and nanoseconds since 1970.
    modified: (i64, u32),
    changed: (i64, u32),
    number: u64,
}

impl Mark {
    /// The mark of a file with this metadata.
    pub fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().map_or((0, 0), parts);
        #[cfg(unix)]
        let (changed, number) = {
            use std::os::unix::fs::MetadataExt;
            ((metadata.ctime(), u32::try_from(metadata.ctime_nsec()).unwrap_or_default()), metadata.ino())
        };
        #[cfg(not(unix))]
        let (changed, number) = (modified, 0);
        Self { size: metadata.len(), modified, changed, number }
    }

    /// Whether another change of the file would surely give another mark. A file that was changed within the step of the clock
    /// could be changed once more and look the same.
    ///
    /// - now: when the mark was taken
    pub fn is_settled(&self, now: SystemTime) -> bool {
        let tick = if self.modified.1 == 0 && self.changed.1 == 0 { COARSE_TICK } else { TICK };
        let (seconds, nanoseconds) = self.modified.max(self.changed);
        let Ok(since) = now.duration_since(UNIX_EPOCH) else { return false };
        let last = Duration::new(u64::try_from(seconds).unwrap_or_default(), nanoseconds);
        last + tick < since
    }

    /// Size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }
}

fn parts(time: SystemTime) -> (i64, u32) {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => (i64::try_from(since.as_secs()).unwrap_or(i64::MAX), since.subsec_nanos()),
        Err(before) => (-i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX), before.duration().subsec_nanos()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_was_just_written_is_not_settled() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        fs::write(&path, "a").expect("written");
        let mark = Mark::of(&fs::metadata(&path).expect("there"));
        let now = SystemTime::now();
        assert!(!mark.is_settled(now));
        assert!(mark.is_settled(now + Duration::from_secs(1)));
        // The clock was set back: nothing is sure.
        assert!(!mark.is_settled(now - Duration::from_secs(86_400)) && !mark.is_settled(UNIX_EPOCH - Duration::from_secs(1)));
    }

    #[test]
    fn a_file_that_was_replaced_has_another_mark() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, other) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "a").expect("written");
        fs::write(&other, "b").expect("written");
        let time = fs::metadata(&path).and_then(|metadata| metadata.modified()).expect("a time");
        let before = Mark::of(&fs::metadata(&path).expect("there"));
        fs::File::options().write(true).open(&other).and_then(|file| file.set_modified(time)).expect("set");
        fs::rename(&other, &path).expect("renamed");
        assert_ne!(Mark::of(&fs::metadata(&path).expect("there")), before);
    }
}
