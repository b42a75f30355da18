//! What is damaged, old, or shared.

use std::time::{Duration, SystemTime};

use super::*;

fn cache(root: &Path, most: u64) -> Cache {
    Cache::open(root, most).expect("a cache")
}

/// Keeps some bytes, as a file that a build has written.
fn keep(cache: &Cache, bytes: &[u8]) -> Digest {
    let digest = Digest::of(bytes);
    let file = tempfile::NamedTempFile::new_in(&cache.folder).expect("a file");
    fs::write(file.path(), bytes).expect("written");
    cache.adopt(digest, file.path());
    digest
}

fn objects(root: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for folder in fs::read_dir(root.join(FOLDER).join("objects")).into_iter().flatten().flatten() {
        all.extend(fs::read_dir(folder.path()).into_iter().flatten().flatten().map(|entry| entry.path()));
    }
    all.sort();
    all
}

#[test]
fn what_was_kept_is_there_and_what_is_damaged_is_not() {
    let root = tempfile::tempdir().expect("a folder");
    let cache = cache(root.path(), MOST_BYTES);
    let digest = keep(&cache, b"some bytes");
    assert_eq!(cache.object(digest).as_deref(), Some(&b"some bytes"[..]));
    assert_eq!(cache.object(Digest::of(b"others")), None);
    let place = &objects(root.path())[0];
    for damaged in [&b"some byte"[..], b"some bytez", b""] {
        fs::write(place, damaged).expect("written");
        assert_eq!(cache.object(digest), None, "{damaged:?}");
        assert!(!place.exists(), "it is not looked at again");
        assert_eq!(keep(&cache, b"some bytes"), digest);
        assert!(cache.object(digest).is_some(), "it is kept anew");
    }
    // Of the same length, so that only its digest tells.
    fs::write(place, "same bytes").expect("written");
    assert_eq!(cache.object(digest), None);
}

#[test]
fn a_record_is_whole_or_none() {
    let root = tempfile::tempdir().expect("a folder");
    let cache = cache(root.path(), MOST_BYTES);
    let name = Digest::of(b"name");
    let record = vec![("a".to_owned(), 1_u32), ("b".to_owned(), 2)];
    cache.record(name, &record);
    assert_eq!(cache.recorded(name), Some(record.clone()));
    let bytes = encoded(&record).expect("bytes");
    let mut file = std::io::Cursor::new(Vec::new());
    encode_into(&record, &mut file).expect("written");
    assert_eq!(file.into_inner(), bytes, "piece by piece it is the same");
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert_eq!(decoded::<Vec<(String, u32)>>(&damaged), None, "byte {at}");
        assert_eq!(decoded::<Vec<(String, u32)>>(&bytes[..at]), None, "the first {at} bytes");
    }
    assert_eq!(decoded(&bytes), Some(record));
}

#[test]
fn it_stays_small_and_what_was_used_last_stays() {
    let root = tempfile::tempdir().expect("a folder");
    let cache = cache(root.path(), 1000);
    let kept: Vec<Digest> = (0..20_u8).map(|number| keep(&cache, &[number; 100])).collect();
    for (at, digest) in kept.iter().enumerate() {
        let place = cache.place("objects", *digest);
        let time = SystemTime::now() - Duration::from_secs(1000 - at as u64);
        fs::File::options().append(true).open(place).and_then(|file| file.set_modified(time)).expect("set");
    }
    assert!(cache.object(kept[0]).is_some(), "it is used");
    let left = root.path().join(FOLDER).join("objects/.new-left");
    fs::write(&left, "of a killed build").expect("written");
    let shared = root.path().join("output.pdf");
    fs::write(&shared, [200; 500]).expect("written");
    cache.adopt(Digest::of(&[200; 500]), &shared);
    fs::File::options().append(true).open(&left).and_then(|file| file.set_modified(SystemTime::now() - LONG_AGO)).expect("set");
    cache.trim();
    assert!(!left.exists());
    assert_eq!(objects(root.path()).len(), 9, "eight, and the one that takes no room");
    assert!(cache.object(Digest::of(&[200; 500])).is_some());
    assert!(cache.object(kept[0]).is_some() && cache.object(kept[19]).is_some() && cache.object(kept[1]).is_none());
    assert!(clear(root.path()).expect("removed") > 0);
    assert!(!root.path().join(FOLDER).exists());
    assert_eq!(clear(root.path()).expect("it is gone"), 0);
}

const LONG_AGO: Duration = Duration::from_secs(86_400);

#[test]
fn many_share_it() {
    let root = tempfile::tempdir().expect("a folder");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let cache = cache(root.path(), 2000);
                for number in 0..50_u8 {
                    let digest = keep(&cache, &[number; 64]);
                    assert!(cache.object(digest).is_none_or(|bytes| bytes == [number; 64]));
                    cache.trim();
                }
            });
        }
    });
    assert!(objects(root.path()).len() <= 50);
}

#[cfg(unix)]
#[test]
fn it_does_not_lead_out_of_the_project() {
    let (root, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::create_dir(root.path().join(".jobpack")).expect("made");
    std::os::unix::fs::symlink(other.path(), root.path().join(FOLDER)).expect("linked");
    let fault = Cache::open(root.path(), MOST_BYTES).expect_err("it leads out");
    assert!(fault.message.contains("a link out of the project"), "{}", fault.message);
    clear(root.path()).expect_err("it is no folder");
    assert!(other.path().exists());
}
