//! The pages for people, used in Chromium while the project is edited.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::pictures::same_picture;
use crate::project::{Project, repository};
use crate::served::Served;
use crate::validators::{check_docx, check_html, check_pdfs, none, tools};

const PACK: &str = "havering/learning-mentor-elsa";
const PROFILE: &str = "profiles/havering/learning-mentor-elsa.yaml";

/// Runs a script of `tests/validators`; what it prints.
fn script(name: &str, arguments: &[&str]) -> serde_json::Value {
    let run = Command::new("node").arg(tools().join("node").join(name)).args(arguments).output().expect("node can be run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    found(&run.stdout)
}

/// What a script prints, without findings.
#[track_caller]
fn found(stdout: &[u8]) -> serde_json::Value {
    let said: serde_json::Value = serde_json::from_slice(stdout).expect("JSON");
    assert_eq!(said["findings"], serde_json::json!([]), "{said:#}");
    said
}

fn numbers(said: &serde_json::Value) -> Vec<u64> {
    let mut all: Vec<u64> = said.as_array().expect("a list").iter().filter_map(serde_json::Value::as_u64).collect();
    all.sort_unstable();
    all
}

/// A folder for pictures of screens: `target/screens/`.
fn shots(name: &str) -> PathBuf {
    let folder = repository().join("target/screens").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder is made");
    folder
}

/// Holds pictures of screens against those that somebody last looked at. `JOBPACK_BLESS=1 cargo test --test it preview` keeps
/// the new ones under `tests/pictures/screens/`.
fn look(folder: &Path, names: &[&str]) {
    let differing: Vec<&str> = names.iter().copied().filter(|name| {
        let kept = repository().join("tests/pictures/screens").join(name);
        !same_picture(&kept, &folder.join(name))
    }).collect();
    assert!(differing.is_empty(), "{differing:?} in {} look different; look at them, and keep them with JOBPACK_BLESS=1", folder.display());
}

#[test]
fn the_pages_follow_edits_show_faults_and_are_for_everybody() {
    let (project, shots) = (Project::ours(), shots("preview"));
    let profile = project.path(PROFILE);
    let served = Served::of(project, &[]);
    let address = format!("http://{}", served.address);
    let said = script("preview.mjs", &[&address, profile.to_str().expect("UTF-8"), PACK, "50", shots.to_str().expect("UTF-8")]);
    let times = numbers(&said["times"]);
    assert_eq!(times.len(), 50);
    // Told, not judged: machines differ, and `benches/README.md` has the figures of one.
    println!("from saving to showing: median {} ms, 95th percentile {} ms", times[25], times[47]);
    look(&shots, &["gallery-phone.png", "gallery-laptop.png", "gallery-wide.png", "pack-phone.png", "pack-laptop.png", "pack-wide.png", "fault-laptop.png", "web-laptop.png"]);
}

#[test]
fn a_template_change_is_looked_at_over_all_packs_and_approved() {
    let (project, shots) = (Project::ours().copy("templates"), shots("changes"));
    let template = project.path("templates/base/pages/how-to-apply.md");
    let served = Served::of(project, &["--allow-write"]);
    let address = format!("http://{}", served.address);
    script("changes.mjs", &[&address, template.to_str().expect("UTF-8"), "havering/learning-mentor-2027", shots.to_str().expect("UTF-8")]);
    look(&shots, &["changes-laptop.png", "changes-phone.png", "compare-laptop.png"]);
    // What was downloaded opens, and is what it says.
    let file = |name: &str| shots.join(name);
    none(&check_pdfs(&[file("pack.pdf")]));
    none(&check_docx(&[file("pack.docx")]));
    none(&check_html(&[file("pack.html")]));
    assert!(std::fs::read_to_string(file("pack.txt")).expect("a text").contains("Learning Mentor"));
    for (zip, holds) in [("pack.zip", "learning-mentor-2027-job-pack.pdf"), ("panel.zip", "learning-mentor-2027-shortlisting-grid.docx")] {
        let mut zip = zip::ZipArchive::new(std::fs::File::open(file(zip)).expect("it is there")).expect("a zip");
        let has = (0..zip.len()).any(|at| zip.by_index(at).expect("an entry").name().expect("a name").ends_with(holds));
        assert!(has, "{holds}");
    }
}

/// A profile of more than sixty pages.
fn long_profile() -> String {
    let mut text = String::from("kind: profile\nstatus: draft\nrevised_on: 2026-11-22\npost_title: Keeper of Minutes\ngrade: Grade 4\npurpose:\n");
    for at in 0..900 {
        let words = "Keeps the minutes of a committee, sends them to its members, and answers what they ask about them. ".repeat(2);
        text.push_str(&format!("  - text: \"{at}: {words}\"\n"));
    }
    text
}

#[test]
fn sixty_pages_are_turned_and_the_server_goes_away_and_comes_back() {
    let project = Project::ours().write("profiles/havering/long.yaml", long_profile());
    let profile = project.path("profiles/havering/long.yaml");
    let first = Served::start(&project.path(""), &[]);
    let address = first.address.clone();
    let mut node = Command::new("node");
    node.arg(tools().join("node/away.mjs")).arg(format!("http://{address}")).arg("havering/long").arg(&profile);
    let mut browser = node.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("node can be run");
    let mut lines = BufReader::new(browser.stderr.take().expect("a pipe")).lines();
    let mut next = || lines.next().and_then(Result::ok).unwrap_or_default();
    assert_eq!(next(), "open");
    drop(first);
    assert_eq!(next(), "gone");
    // The same port: another server is another one to the browser, but for its address.
    let _second = Served::start_at(&project.path(""), &address, &[]);
    assert_eq!(next(), "back");
    let output = browser.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let said = found(&output.stdout);
    let frames = numbers(&said["frames"]);
    let (median, slow) = (frames[frames.len() / 2], frames[frames.len() * 95 / 100]);
    println!("sixty pages: at most {} drawn at once; between frames while scrolling: median {median} ms, 95th percentile {slow} ms", said["drawn"]);
}

#[test]
fn a_profile_and_a_brand_are_changed_in_the_browser() {
    let (project, shots) = (Project::ours(), shots("editor"));
    let folder = project.path("");
    let served = Served::of(project, &["--allow-write"]);
    let address = format!("http://{}", served.address);
    let [folder, pictures] = [&folder, &shots].map(|path| path.to_str().expect("UTF-8"));
    let said = script("editor.mjs", &[&address, folder, "havering", "learning-mentor-elsa", "learning-mentor-2027", pictures]);
    let times = numbers(&said["times"]);
    println!("from typing to pages: median {} ms", times[times.len() / 2]);
    look(&shots, &["editor-phone.png", "editor-laptop.png", "editor-wide.png", "editor-fault-wide.png", "conflict-wide.png", "brand-phone.png", "brand-laptop.png", "brand-wide.png", "brand-fault-laptop.png"]);
    // What was downloaded is a brand that packs are built with.
    let brand = std::fs::read(shots.join("_brand.yml")).expect("it is there");
    Project::ours().write("profiles/havering/_brand.yml", brand).build(&["havering/learning-mentor-elsa"]).status(0);
}

#[test]
fn what_the_editor_is_made_of_is_what_its_packages_make() {
    let vendor = repository().join("src/server/preview/vendor");
    let script = tools().join("node/editor-bundle.mjs");
    let run = Command::new("node").arg(script).args([vendor.join("entry.mjs"), vendor.join("editor.js")]).output().expect("node can be run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
