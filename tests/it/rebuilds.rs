//! Builds of a project that follow each other, and what each of them did.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use serde_json::Value;

use crate::project::{Project, files};

/// The project of this repository with templates and fonts of its own, so that each can be edited.
pub fn everything() -> Project {
    Project::ours().copy("templates").copy("fonts")
}

/// What a build did: the packs that it made because something had changed, with the reasons; and those that came out different.
pub struct Made {
    pub because: BTreeMap<String, Vec<String>>,
    pub written: BTreeSet<String>,
    pub report: Value,
}

impl Made {
    pub fn of(report: Value) -> Self {
        let (mut because, mut written) = (BTreeMap::new(), BTreeSet::new());
        for pack in report["packs"].as_array().expect("packs") {
            let name = pack["pack"].as_str().expect("a name").to_owned();
            let reasons: Vec<String> = serde_json::from_value(pack["because"].clone()).expect("reasons");
            if !reasons.is_empty() {
                because.insert(name.clone(), reasons);
            }
            if pack["outcome"] == "built" {
                written.insert(name);
            }
        }
        Self { because, written, report }
    }

    pub fn packs(&self) -> Vec<&str> {
        self.because.keys().map(String::as_str).collect()
    }

    /// Documents that were typeset, and documents that were found in the cache.
    pub fn documents(&self) -> [u64; 2] {
        let packs = self.report["packs"].as_array().expect("packs");
        ["documents_typeset", "documents_from_cache"].map(|name| packs.iter().map(|pack| pack[name].as_u64().expect("a number")).sum())
    }
}

pub fn build(project: &Project, arguments: &[&str]) -> Made {
    Made::of(project.run(&[&["build", "--json"], arguments].concat()).status(0).json())
}

/// Times of change of all files of the packs, by path.
pub fn times(out: &Path) -> BTreeMap<String, SystemTime> {
    files(out).into_keys().map(|path| (path.clone(), fs::metadata(out.join(path)).and_then(|file| file.modified()).expect("a time"))).collect()
}

/// Demands that the output is what a clean build makes.
#[track_caller]
pub fn same_as_clean(project: &Project, arguments: &[&str], after: &str) {
    let clean = project.path("clean");
    let _ = fs::remove_dir_all(&clean);
    project.run(&[&["build", "--no-cache", "--quiet", "--out", "clean"], arguments].concat()).status(0);
    let (mut now, mut clean) = (files(&project.path("dist")), files(&clean));
    [&mut now, &mut clean].into_iter().for_each(|files| drop(files.remove(".jobpack.lock")));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&now), names(&clean), "after {after}");
    for (path, bytes) in &now {
        assert!(*bytes == clean[path], "after {after}, {path} is not what a clean build makes");
    }
}

/// Packs whose name has one of these beginnings.
pub fn beginning(names: &[&str], all: &[String]) -> Vec<String> {
    all.iter().filter(|pack| names.iter().any(|name| pack.starts_with(name))).cloned().collect()
}

pub fn replace(project: &Project, path: &str, from: &str, to: &str) {
    let text = project.read(path);
    assert!(text.contains(from), "{path} has no {from:?}");
    fs::write(project.path(path), text.replacen(from, to, 1)).expect("written");
}

pub fn append(project: &Project, path: &str, more: &str) {
    let mut bytes = fs::read(project.path(path)).expect("there");
    bytes.extend(more.as_bytes());
    fs::write(project.path(path), bytes).expect("written");
}
