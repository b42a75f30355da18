//! What is on disk is whole: after a build, a full disk, a build that was killed, and two builds at once.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::project::{PROFILE, Project, files, installed, unzipped};

const LOCK: &str = ".jobpack.lock";

/// A project with `count` more packs beside `test/good`.
fn many(count: usize) -> Project {
    (0..count).fold(Project::small(), |project, number| {
        let title = format!("post_title: Lamp Keeper {number}");
        project.write(&format!("profiles/test/post-{number}.yaml"), PROFILE.replace("post_title: Lamp Keeper", &title))
    })
}

/// The manifests under an output folder, by the folder of their pack.
fn manifests(all: &BTreeMap<String, Vec<u8>>) -> Vec<(&str, Value)> {
    let found = all.iter().filter_map(|(path, bytes)| Some((path.strip_suffix("/manifest.json")?, bytes)));
    found.map(|(pack, bytes)| (pack, serde_json::from_slice(bytes).expect("a manifest is JSON"))).collect()
}

/// Demands that every pack is whole: each file as its manifest says, the zip with the same files, and nothing else.
#[track_caller]
fn whole(out: &Path) -> usize {
    let mut all = files(out);
    let packs: Vec<_> = manifests(&all).into_iter().map(|(pack, manifest)| (pack.to_owned(), manifest)).collect();
    for (pack, manifest) in &packs {
        let mut in_zip = unzipped(&all.remove(&format!("{pack}.zip")).unwrap_or_else(|| panic!("{pack} has no zip")));
        for file in manifest["files"].as_array().expect("a list of files") {
            let name = file["path"].as_str().expect("a name");
            let bytes = all.remove(&format!("{pack}/{name}")).unwrap_or_else(|| panic!("{pack} has no {name}"));
            assert_eq!(file["sha256"], jobpack::bundle::sha256(&bytes), "{pack}: {name} is of another build than the manifest");
            assert_eq!(in_zip.remove(name), Some(bytes), "{pack}: {name} is not the one in the zip");
        }
        assert_eq!(in_zip.remove("manifest.json"), all.remove(&format!("{pack}/manifest.json")), "{pack}: the manifest");
        assert!(in_zip.is_empty(), "{pack}.zip has {:?} too", in_zip.keys());
    }
    all.remove(LOCK);
    assert!(all.is_empty(), "no manifest names {:?}", all.keys());
    packs.len()
}

#[test]
fn every_pack_is_whole_and_reported_in_order() {
    let project = many(20);
    let run = project.run(&["build", "--json"]).status(0);
    assert_eq!(whole(&run.out), 21);
    let report = run.json();
    let names: Vec<_> = report["packs"].as_array().expect("packs").iter().map(|pack| pack["pack"].as_str().expect("a name")).collect();
    assert!(names.len() == 21 && names.is_sorted(), "{names:?}");
    assert!(report["packs"].as_array().expect("packs").iter().all(|pack| pack["outcome"] == "built" && pack["files"] == 10));
}

#[test]
fn a_file_of_the_pack_before_goes_and_a_stranger_s_stays() {
    let project = Project::small();
    let run = project.build(&[]).status(0);
    fs::write(run.out.join("test/good/notes.txt"), "keep me").expect("a stranger's file");
    fs::write(run.out.join("test/good/.jobpack-a1b2c3"), "half a fi").expect("what a killed build leaves");
    let run = project.run(&["build", "--format", "pdf"]).status(0);
    assert!(run.out.join("test/good/notes.txt").is_file());
    fs::remove_file(run.out.join("test/good/notes.txt")).expect("it is there");
    assert_eq!(whole(&run.out), 1);
    let left: Vec<_> = run.files().into_keys().collect();
    assert_eq!(left, [LOCK, "test/good.zip", "test/good/good-job-description.pdf", "test/good/good-job-pack.pdf", "test/good/good-person-specification.pdf", "test/good/manifest.json"]);
}

/// A picture that no writer can make small: `bytes` of digits that look like chance.
fn large_logo(bytes: usize) -> String {
    let mut state = 1_u32;
    let mut digit = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_digit(state >> 28, 16).expect("a digit")
    };
    let noise: String = std::iter::repeat_with(&mut digit).take(bytes).collect();
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"40\"><!--{noise}--><rect width=\"40\" height=\"40\"/></svg>")
}

/// The small project, and `large/pack` with a picture of 4 MB.
fn with_large_pack() -> Project {
    let project = Project::small();
    let of = |name: &str| project.read(&format!("profiles/test/{name}"));
    let (organisation, brand) = (of("organisation.yaml"), of("_brand.yml"));
    let logo = "logo:\n  images:\n    mark: {path: mark.svg, alt: Testham}\n  medium: mark\n";
    project
        .write("profiles/large/organisation.yaml", organisation)
        .write("profiles/large/_brand.yml", format!("{brand}{logo}"))
        .write("profiles/large/mark.svg", large_logo(4 << 20))
        .write("profiles/large/pack.yaml", PROFILE)
}

/// The program where no file may grow beyond 1 MiB (2 MiB where `sh` counts in KiB), as on a disk that is full.
fn on_a_full_disk() -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\""]).arg(installed());
    command
}

#[test]
fn a_full_disk_fails_the_packs_that_do_not_fit_and_no_other() {
    let project = with_large_pack();
    let before = project.build(&[]).status(0).files();
    let project = project
        .replace("profiles/large/pack.yaml", "Lamp Keeper", "Lamp Lighter")
        .replace("profiles/test/good.yaml", "Lamp Keeper", "Lamp Lighter");
    let run = project.run_with(on_a_full_disk(), &["build", "--json"]).status(1);
    let report = run.json();
    let of = |pack: &str| report["packs"].as_array().expect("packs").iter().find(|entry| entry["pack"] == pack).expect("it is there");
    assert_eq!((&of("large/pack")["outcome"], &of("test/good")["outcome"]), (&"failed".into(), &"built".into()));
    let fault = &of("large/pack")["diagnostics"][0];
    assert_eq!((&fault["code"], &fault["severity"]), (&"output-not-writable".into(), &"error".into()));
    let path = fault["path"].as_str().expect("a path");
    assert!(path.starts_with("dist/large/pack") && fault["message"].as_str().expect("a message").contains(path), "{fault:#}");
    assert!(fault["hints"][0].as_str().expect("a hint").contains("free space"), "{fault:#}");
    let after = run.files();
    let large = |files: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        files.iter().filter(|(name, _)| name.starts_with("large")).map(|(name, bytes)| (name.clone(), bytes.clone())).collect()
    };
    assert_eq!(large(&after).keys().collect::<Vec<_>>(), large(&before).keys().collect::<Vec<_>>());
    assert!(large(&after) == large(&before), "the last good files have changed");
    assert_ne!(after["test/good/good-job-pack.html"], before["test/good/good-job-pack.html"]);
    assert_eq!(whole(&run.out), 2);
}

#[test]
fn a_folder_in_the_place_of_a_file_leaves_the_last_good_files() {
    let project = many(1);
    let run = project.build(&[]).status(0);
    let zip = run.out.join("test/good.zip");
    fs::remove_file(&zip).and_then(|()| fs::create_dir(&zip)).expect("a folder");
    let before = run.files();
    let project = project.replace("profiles/test/good.yaml", "Lamp Keeper", "Lamp Lighter");
    let run = project.build(&[]).status(1).says("output-not-writable").says("good.zip");
    assert_eq!(run.files(), before);
}

#[test]
fn one_build_at_a_time_writes_to_a_folder() {
    let project = Project::small();
    let before = project.build(&[]).status(0).files();
    let project = project.replace("profiles/test/good.yaml", "Lamp Keeper", "Lamp Lighter");
    let held = File::open(project.path(&format!("dist/{LOCK}"))).expect("the file of the lock");
    held.lock().expect("the lock is free again");
    let run = project.build(&[]).status(4).says("output-locked").says("another build").says("`dist`").says("--out");
    assert_eq!(run.files(), before);
    project.build_into("elsewhere", &[]).status(0);
    // A process that another test begins may hold the file too, for a moment; only this frees the lock at once.
    held.unlock().expect("it is locked");
    assert_ne!(project.build(&[]).status(0).files(), before);
}

/// Changes each pack of a project of [`many`].
fn retitle(project: &Project, count: usize, round: usize) {
    for number in 0..count {
        let path = project.path(&format!("profiles/test/post-{number}.yaml"));
        let title = format!("post_title: Lamp Keeper {round}");
        fs::write(path, PROFILE.replace("post_title: Lamp Keeper", &title)).expect("a profile is written");
    }
}

/// Starts a build of everything into `dist`.
fn begun(project: &Project) -> std::process::Child {
    let mut command = Command::new(installed());
    command.args(["build", "--root"]).arg(project.path("")).arg("--out").arg(project.path("dist"));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program can be run")
}

#[test]
fn two_builds_at_once_leave_whole_packs() {
    let project = many(6);
    for round in 0..3 {
        retitle(&project, 6, round);
        let mut both = [begun(&project), begun(&project)];
        let ended: Vec<_> = both.iter_mut().map(|build| build.wait().expect("it ends").code()).collect();
        assert!(ended.contains(&Some(0)) && ended.iter().all(|code| matches!(code, Some(0 | 4))), "{ended:?}");
        assert_eq!(whole(&project.path("dist")), 7);
    }
}

#[test]
fn a_killed_build_leaves_no_half_file_and_no_lock() {
    let project = many(12);
    project.build(&[]).status(0);
    for (round, wait) in [80, 160, 240, 320, 400].into_iter().enumerate() {
        retitle(&project, 12, round);
        let mut build = begun(&project);
        std::thread::sleep(Duration::from_millis(wait));
        build.kill().and_then(|()| build.wait()).expect("it can be killed");
        let left = files(&project.path("dist"));
        for (pack, manifest) in manifests(&left) {
            for file in manifest["files"].as_array().expect("a list of files") {
                let name = format!("{pack}/{}", file["path"].as_str().expect("a name"));
                let bytes = left.get(&name).unwrap_or_else(|| panic!("{name} is in the manifest and not there"));
                let end: &[u8] = if name.ends_with(".pdf") { b"%%EOF" } else if name.ends_with(".html") { b"</html>" } else { b"" };
                assert!(bytes.trim_ascii_end().ends_with(end), "{name} is cut off");
            }
        }
    }
    project.build(&[]).status(0);
    assert_eq!(whole(&project.path("dist")), 13);
}
