//! Building again after whatever happens: random edits, builds that are killed, clocks that go backwards, other builds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::project::{PROFILE, Project, files, installed};
use crate::rebuilds::{Made, append, build, everything, replace, same_as_clean};

/// What one step of a random sequence does.
#[derive(Debug, Clone)]
enum Step {
    /// Writes one of a few texts in place of another in one of a few files.
    Edit { file: usize, text: usize },
    /// Takes a file away, or puts it back.
    Toggle { file: usize },
    /// Touches a file.
    Touch { file: usize },
    /// Removes or damages a file of the output.
    Damage { file: usize, gone: bool },
    /// Builds only one pack.
    Part,
}

const PLACES: [(&str, &str); 9] = [
    ("profiles/test/good.yaml", "post_title: "),
    ("profiles/test/second.yaml", "post_title: "),
    ("profiles/test/organisation.yaml", "name: "),
    ("profiles/test/_brand.yml", "name: "),
    ("templates/base/labels/en.yaml", "contents: "),
    ("templates/council/layout.yaml", "name: "),
    ("templates/base/tables.typ", "//"),
    ("templates/base/web/page.css", "/*"),
    ("templates/base/pages/key-facts.md", ""),
];

const OPTIONAL: [(&str, &str); 3] = [
    ("profiles/test/third.yaml", PROFILE),
    ("templates/council/web/page.css", "body { color: black }\n"),
    ("templates/council/pages/how-to-apply.md", "Write to us.\n"),
];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..PLACES.len(), 0..3_usize).prop_map(|(file, text)| Step::Edit { file, text }),
        2 => (0..OPTIONAL.len()).prop_map(|file| Step::Toggle { file }),
        1 => (0..PLACES.len()).prop_map(|file| Step::Touch { file }),
        1 => (0..20_usize, any::<bool>()).prop_map(|(file, gone)| Step::Damage { file, gone }),
        1 => Just(Step::Part),
    ]
}

/// The text of an edit: none, a comment where there are comments, or other words.
fn edited(original: &str, place: &str, text: usize) -> String {
    let words = ["", "Other ", "Third "][text];
    match place {
        "" => format!("{original}{words}\n"),
        "//" | "/*" => format!("{original}\n{place} {words}{}\n", if place == "/*" { "*/" } else { "" }),
        _ => original.replacen(place, &format!("{place}{words}"), 1),
    }
}

#[test]
fn any_sequence_of_edits_ends_in_what_a_clean_build_makes() {
    let config = Config { cases: 6, failure_persistence: None, max_shrink_iters: 20, ..Config::default() };
    let sequences = prop::collection::vec(prop::collection::vec(step(), 1..4), 1..5);
    TestRunner::new(config)
        .run(&sequences, |rounds| {
            let project = Project::small().copy("templates").copy("fonts").write("profiles/test/second.yaml", PROFILE);
            let originals: Vec<String> = PLACES.iter().map(|(path, _)| project.read(path)).collect();
            for (number, round) in rounds.iter().enumerate() {
                for step in round {
                    match step {
                        Step::Edit { file, text } => {
                            let (path, place) = PLACES[*file];
                            fs::write(project.path(path), edited(&originals[*file], place, *text)).expect("written");
                        }
                        Step::Toggle { file } => {
                            let (path, text) = OPTIONAL[*file];
                            if fs::remove_file(project.path(path)).is_err() {
                                fs::create_dir_all(project.path(path).parent().expect("a folder")).expect("made");
                                fs::write(project.path(path), text).expect("written");
                            }
                        }
                        Step::Touch { file } => {
                            let path = project.path(PLACES[*file].0);
                            fs::File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now())).expect("touched");
                        }
                        Step::Damage { file, gone } => {
                            let dist = project.path("dist");
                            let all: Vec<String> = files(&dist).into_keys().filter(|path| path != ".jobpack.lock").collect();
                            if let Some(path) = all.get(file % all.len().max(1)) {
                                if *gone { fs::remove_file(dist.join(path)).expect("removed") } else { append(&project, &format!("dist/{path}"), "x") }
                            }
                        }
                        Step::Part => drop(project.run(&["build", "test/good", "--quiet"]).status(0)),
                    }
                }
                project.run(&["build", "--quiet"]).status(0);
                same_as_clean(&project, &[], &format!("round {number} of {rounds:?}"));
                let again = build(&project, &[]);
                prop_assert!(again.because.is_empty(), "{:?}", again.because);
            }
            Ok(())
        })
        .expect("incremental builds are clean builds");
}

/// A number that looks like chance.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

#[test]
fn a_build_that_is_killed_at_any_moment_leaves_whole_files_and_the_next_one_mends_all() {
    let project = Project::small().write("profiles/test/second.yaml", PROFILE);
    build(&project, &[]);
    let titles = |round: usize| format!("post_title: Lamp Keeper {}", round % 5);
    let (mut state, mut killed) = (7, 0);
    let start = std::time::Instant::now();
    project.run(&["build", "--no-cache", "--out", "measure"]).status(0);
    let whole_build = start.elapsed().as_micros() as u64;
    let mut known: BTreeMap<String, BTreeSet<Vec<u8>>> = BTreeMap::new();
    let mut note = |files: BTreeMap<String, Vec<u8>>| {
        for (path, bytes) in files {
            known.entry(path).or_default().insert(bytes);
        }
        known.clone()
    };
    note(files(&project.path("dist")));
    for round in 0..100 {
        for name in ["good", "second"] {
            fs::write(project.path(&format!("profiles/test/{name}.yaml")), PROFILE.replacen("post_title: Lamp Keeper", &titles(round), 1)).expect("written");
        }
        if round < 5 {
            // Every version once as a clean build makes it.
            let _ = fs::remove_dir_all(project.path("clean"));
            project.run(&["build", "--no-cache", "--quiet", "--out", "clean"]).status(0);
            note(files(&project.path("clean")));
        }
        let mut command = Command::new(installed());
        command.args(["build", "--quiet"]).current_dir(project.path("")).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("it can be run");
        // What was made before takes a fraction of the time.
        std::thread::sleep(Duration::from_micros(next(&mut state) % (if round % 2 == 0 { whole_build } else { whole_build / 4 })));
        killed += usize::from(child.try_wait().expect("it can be asked").is_none());
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let known = note(BTreeMap::new());
        for (path, bytes) in files(&project.path("dist")) {
            if !path.contains(".jobpack") && round >= 5 {
                assert!(known[&path].contains(&bytes), "round {round}: {path} is neither the old one nor the new one");
            }
        }
        if round % 10 == 9 {
            project.run(&["build", "--quiet"]).status(0);
            same_as_clean(&project, &[], &format!("round {round}"));
            assert!(!files(&project.path("dist")).keys().any(|path| path.contains(".jobpack-")), "temporary files are left");
        }
    }
    assert!(killed > 25, "only {killed} of 100 builds were killed before their end");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_made_again() {
    let project = everything();
    let path = project.path("profiles/heston/learning-coordinator.yaml");
    let text = fs::read_to_string(&path).expect("there");
    let (done, number) = (std::sync::atomic::AtomicBool::new(false), std::sync::atomic::AtomicUsize::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            use std::sync::atomic::Ordering;
            while !done.load(Ordering::Relaxed) {
                let number = number.fetch_add(1, Ordering::Relaxed);
                // As editors save: another file in its place.
                fs::write(path.with_extension("new"), text.replacen("post_title: ", &format!("post_title: {number} "), 1)).expect("written");
                fs::rename(path.with_extension("new"), &path).expect("renamed");
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        for _ in 0..8 {
            project.run(&["build", "heston", "--language", "en", "--quiet"]).status(0);
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    project.run(&["build", "--quiet"]).status(0);
    same_as_clean(&project, &[], "changes during builds");
}

#[test]
fn a_clock_that_goes_backwards_hides_no_change() {
    let project = Project::small();
    build(&project, &[]);
    let path = project.path("profiles/test/good.yaml");
    let set = |time: SystemTime| fs::File::options().append(true).open(&path).and_then(|file| file.set_modified(time)).expect("set");
    let (future, past) = (SystemTime::now() + Duration::from_secs(864_000), SystemTime::now() - Duration::from_secs(864_000));
    for (round, time) in [future, past, future, future].into_iter().enumerate() {
        // The same size and the same time, and other words.
        fs::write(&path, PROFILE.replacen("Lamp Keeper", ["Lamp Seller", "Lamp Maker.", "Lamp Keeper", "Lamp Mender"][round], 1)).expect("written");
        set(time);
        assert_eq!(build(&project, &[]).packs(), ["test/good"], "round {round}");
        assert_eq!(build(&project, &[]).packs(), [""; 0], "round {round}");
    }
    // The program's own clock, ten days ago.
    let mut faketime = Command::new("faketime");
    faketime.args(["-f", "-10d"]).arg(installed());
    let run = project.run_with(faketime, &["build", "--json"]).status(0);
    assert_eq!(Made::of(run.json()).packs(), [""; 0]);
    fs::write(&path, PROFILE.replacen("Lamp Keeper", "Lamp Lender", 1)).expect("written");
    let mut faketime = Command::new("faketime");
    faketime.args(["-f", "-10d"]).arg(installed());
    assert_eq!(Made::of(project.run_with(faketime, &["build", "--json"]).status(0).json()).packs(), ["test/good"]);
    same_as_clean(&project, &[], "a clock that went backwards");
}

#[test]
fn two_builds_at_once_share_a_cache() {
    let project = Project::ours();
    for round in 0..3 {
        replace(&project, "profiles/gla/organisation.yaml", "name: ", &format!("name: {round} "));
        let runs: Vec<_> = ["one", "two", "three"]
            .iter()
            .map(|out| {
                let mut command = Command::new(installed());
                command.args(["build", "--quiet", "--out", out]).current_dir(project.path("")).stdout(Stdio::null()).stderr(Stdio::null());
                command.spawn().expect("it can be run")
            })
            .collect();
        for mut run in runs {
            assert!(run.wait().expect("it ends").success());
        }
        let [one, two, three] = ["one", "two", "three"].map(|out| files(&project.path(out)));
        assert!(one == two && two == three, "round {round}");
    }
    project.run(&["build", "--quiet"]).status(0);
    same_as_clean(&project, &[], "builds at once");
}

#[test]
fn a_project_that_nobody_may_write_to_is_built_each_time() {
    let project = Project::small();
    fs::write(project.path(".jobpack"), "no folder").expect("written");
    project.run(&["build"]).status(0).says("cache-not-writable").says("--no-cache").says("built     test/good");
    project.run(&["build"]).status(0).says("unchanged test/good");
    project.run(&["build", "--no-cache"]).status(0);
    project.run(&["clean"]).status(0);
}
