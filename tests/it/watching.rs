//! `jobpack watch`: packs follow the files, whatever editors, people and programs do to these.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::project::{PROFILE, Project, installed};

/// A program that watches, and what it has said so far.
struct Watching {
    child: Child,
    said: Arc<Mutex<String>>,
    read: usize,
}

impl Watching {
    fn begin(project: &Project, arguments: &[&str]) -> Self {
        let mut command = Command::new(installed());
        command.args(arguments).current_dir(project.path("")).env("NO_COLOR", "1");
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it can be run");
        let (said, lines) = (Arc::new(Mutex::new(String::new())), BufReader::new(child.stderr.take().expect("it is piped")).lines());
        let to = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut said = to.lock().expect("nobody panics with it");
                said.push_str(&line);
                said.push('\n');
            }
        });
        let mut watching = Self { child, said, read: 0 };
        watching.hears("watching for changes");
        watching
    }

    /// Waits until it says these words, after all that it was heard to say.
    #[track_caller]
    fn hears(&mut self, words: &str) {
        let start = Instant::now();
        loop {
            let said = self.said.lock().expect("nobody panics with it").clone();
            if let Some(at) = said[self.read..].find(words) {
                self.read += at + words.len();
                return;
            }
            assert!(self.child.try_wait().expect("it can be asked").is_none(), "it has ended:\n{said}");
            assert!(start.elapsed() < Duration::from_secs(60), "it doesn't say {words:?}:\n{said}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits until a file holds these words.
#[track_caller]
fn becomes(project: &Project, path: &str, words: &str) {
    let start = Instant::now();
    while !fs::read_to_string(project.path(path)).is_ok_and(|text| text.contains(words)) {
        assert!(start.elapsed() < Duration::from_secs(60), "{path} never says {words:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

const GOOD: &str = "profiles/test/good.yaml";
const PAGE: &str = "dist/test/good/good-job-pack.html";

fn titled(title: &str) -> String {
    PROFILE.replacen("Lamp Keeper", title, 1)
}

#[test]
fn a_change_is_built_however_it_is_saved() {
    let project = Project::small();
    let mut watching = Watching::begin(&project, &["watch"]);
    // In place.
    fs::write(project.path(GOOD), titled("Lamp Lighter")).expect("written");
    watching.hears("built     test/good (10 files): profiles/test/good.yaml changed");
    becomes(&project, PAGE, "Lamp Lighter");
    // Under another name, then put in its place, as many editors do.
    fs::write(project.path("profiles/test/.good.yaml.swp"), titled("Lamp Mender")).expect("written");
    fs::rename(project.path("profiles/test/.good.yaml.swp"), project.path(GOOD)).expect("renamed");
    becomes(&project, PAGE, "Lamp Mender");
    // The old one moved away first.
    fs::rename(project.path(GOOD), project.path("profiles/test/good.yaml~")).expect("renamed");
    fs::write(project.path(GOOD), titled("Lamp Seller")).expect("written");
    becomes(&project, PAGE, "Lamp Seller");
    // In pieces.
    let text = titled("Lamp Maker");
    fs::write(project.path(GOOD), &text[..40]).expect("written");
    std::thread::sleep(Duration::from_millis(3));
    fs::write(project.path(GOOD), &text).expect("written");
    becomes(&project, PAGE, "Lamp Maker");
    // A comment is no change.
    let before = fs::metadata(project.path(PAGE)).and_then(|file| file.modified()).expect("a time");
    fs::write(project.path(GOOD), format!("{text}# a comment\n")).expect("written");
    fs::write(project.path("profiles/test/new.yaml"), titled("Lamp Counter")).expect("written");
    watching.hears("built     test/new");
    assert_eq!(fs::metadata(project.path(PAGE)).and_then(|file| file.modified()).expect("a time"), before);
}

#[test]
fn a_fault_is_shown_and_the_last_good_files_stay_until_it_is_mended() {
    let project = Project::small().copy("templates");
    let mut watching = Watching::begin(&project, &["watch"]);
    let good = fs::read(project.path(PAGE)).expect("it is built");
    let layout = project.read("templates/council/layout.typ");
    for broken in ["#nobody-knows(\n", "#nobody-knows\n"] {
        fs::write(project.path("templates/council/layout.typ"), format!("{layout}{broken}")).expect("written");
        watching.hears("templates/council/layout.typ:");
        assert_eq!(fs::read(project.path(PAGE)).expect("it stays"), good);
    }
    fs::write(project.path("templates/council/layout.typ"), &layout).expect("written");
    watching.hears("mended    test/good");
    fs::write(project.path(GOOD), "kind: [\n").expect("written");
    watching.hears("failed    test/good; what it has of good files stays");
    fs::write(project.path(GOOD), titled("Lamp Lighter")).expect("written");
    watching.hears("mended    test/good");
    becomes(&project, PAGE, "Lamp Lighter");
}

#[test]
fn files_and_folders_may_come_and_go() {
    let project = Project::small().copy("fonts").write("assets/mark.svg", MARK);
    let brand = project.read("profiles/test/_brand.yml").replacen("color:\n", "logo:\n  images:\n    mark: {path: ../../assets/mark.svg, alt: Testham}\n  medium: mark\ncolor:\n", 1);
    let project = project.write("profiles/test/_brand.yml", brand);
    let mut watching = Watching::begin(&project, &["watch"]);
    // A folder that only a brand names.
    fs::write(project.path("assets/mark.svg"), MARK.replace("<svg", "<!-- new --><svg")).expect("written");
    watching.hears("assets/mark.svg changed");
    fs::write(project.path("profiles/test/more.yaml"), titled("Lamp Lighter")).expect("written");
    watching.hears("built     test/more");
    fs::remove_file(project.path("profiles/test/more.yaml")).expect("removed");
    watching.hears("removed   test/more");
    assert!(!project.path("dist/test/more").exists());
    // Everything away, and back again.
    fs::rename(project.path("profiles"), project.path("elsewhere")).expect("renamed");
    std::thread::sleep(Duration::from_millis(400));
    assert!(project.path(PAGE).exists(), "a folder that is away for a moment takes no pack with it");
    fs::rename(project.path("elsewhere"), project.path("profiles")).expect("renamed");
    std::thread::sleep(Duration::from_millis(400));
    fs::write(project.path(GOOD), titled("Lamp Mender")).expect("written");
    becomes(&project, PAGE, "Lamp Mender");
    // A folder of templates that wasn't there.
    fs::create_dir_all(project.path("templates/council/web")).expect("made");
    fs::write(project.path("templates/council/web/page.css"), "body { color: black }\n").expect("written");
    watching.hears("templates/council/web/page.css is new");
    // Many at once.
    for number in 0..3000 {
        fs::write(project.path(&format!("fonts/note-{number}.txt")), "a note").expect("written");
    }
    fs::write(project.path(GOOD), titled("Lamp Seller")).expect("written");
    becomes(&project, PAGE, "Lamp Seller");
}

const MARK: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="#0B3F5C"/></svg>"##;

#[test]
fn another_build_of_the_same_folder_is_waited_for() {
    let project = Project::small();
    let mut watching = Watching::begin(&project, &["watch"]);
    let held = fs::File::options().write(true).open(project.path("dist/.jobpack.lock")).expect("it is there");
    held.lock().expect("it is free");
    fs::write(project.path(GOOD), titled("Lamp Lighter")).expect("written");
    std::thread::sleep(Duration::from_millis(500));
    assert!(!project.read(PAGE).contains("Lamp Lighter"));
    held.unlock().expect("it was held");
    becomes(&project, PAGE, "Lamp Lighter");
    // What was built is written down when all is in its place.
    watching.hears("up to date");
    project.run(&["build", "--dry-run"]).status(0).says("would build 0 of 1 pack");
}

#[test]
fn a_project_that_is_named_by_its_path_is_watched_too() {
    let project = Project::empty();
    let inner = Project::small();
    let project = crate::project::files(&inner.path("profiles")).into_iter().fold(project, |project, (path, bytes)| project.write(&format!("inner/profiles/{path}"), bytes));
    let mut watching = Watching::begin(&project, &["--root", "inner", "watch", "--out", "out"]);
    fs::write(project.path("inner/profiles/test/good.yaml"), titled("Lamp Lighter")).expect("written");
    watching.hears("built     test/good");
    becomes(&project, "out/test/good/good-job-pack.html", "Lamp Lighter");
}

#[test]
fn what_a_brand_names_may_come_later() {
    let project = Project::small().copy("fonts");
    let brand = project.read("profiles/test/_brand.yml");
    let mut watching = Watching::begin(&project, &["watch"]);
    let logo = brand.replacen("color:\n", "logo:\n  images:\n    mark: {path: mark.svg, alt: Testham}\n  medium: mark\ncolor:\n", 1);
    fs::write(project.path("profiles/test/_brand.yml"), logo).expect("written");
    watching.hears("failed    test/good");
    fs::write(project.path("profiles/test/mark.svg"), MARK).expect("written");
    watching.hears("mended    test/good");
}
