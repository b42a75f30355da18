//! A project that changes while it is served.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::project::{PROFILE, Project};
use crate::served::Served;

const ORGANISATION: &str = "profiles/test/organisation.yaml";
const RENDER: &str = "/api/v1/render?organisation=test&format=html";

/// Puts a file in its place whole, as an editor does.
fn put(folder: &std::path::Path, path: &str, text: &str) {
    let (place, new) = (folder.join(path), folder.join("new"));
    std::fs::write(&new, text).expect("written");
    std::fs::rename(new, place).expect("put in its place");
}

#[test]
fn the_next_posted_text_sees_a_changed_template() {
    let project = Project::small().copy("templates");
    let folder = project.path("");
    let served = Served::of(project, &["--builds", "1"]);
    assert_eq!(served.post(RENDER, PROFILE).status, 200);
    let path = "templates/base/labels/en.yaml";
    let labels = std::fs::read_to_string(folder.join(path)).expect("the labels");
    assert!(labels.contains("criterion: Criterion\n"), "the labels name a criterion");
    put(&folder, path, &labels.replace("criterion: Criterion\n", "criterion: Yardstick\n"));
    assert!(served.post(RENDER, PROFILE).text().contains("Yardstick"));
    put(&folder, "templates/council/layout.typ", "#let x = missing-name");
    let broken = served.post(RENDER, PROFILE);
    assert_eq!((broken.status, broken.code().as_str()), (422, "typst"));
    assert_eq!(broken.json()["errors"][0]["path"], "templates/council/layout.typ");
}

#[test]
fn no_answer_mixes_old_and_new() {
    let project = Project::small();
    let folder = project.path("");
    let text = project.read(ORGANISATION);
    let profile = PROFILE.replace("text: To keep the lamp.", "include: mission");
    // The name is in the header, the clause in the text; both are of one reading.
    let of = |name: &str| format!("{}\nclauses:\n  mission: {{text: 'Mission of {name}.'}}\n", text.replace("name: Testham", &format!("name: {name}")));
    put(&folder, ORGANISATION, &of("Oldham"));
    let served = Served::of(project, &[]);
    let (start, mut seen) = (Instant::now(), [0, 0]);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) && start.elapsed() < Duration::from_secs(90) {
                for name in ["Newham", "Oldham"] {
                    put(&folder, ORGANISATION, &of(name));
                    std::thread::sleep(Duration::from_millis(130));
                }
            }
        });
        while seen.iter().any(|count| *count < 5) && start.elapsed() < Duration::from_secs(60) {
            for reply in [served.post(RENDER, &profile), served.get("/api/v1/packs/test/good/files/good-job-pack.html")] {
                let text = reply.text();
                let (old, new) = (text.contains("Oldham"), text.contains("Newham"));
                assert!(reply.status == 200 || reply.code() == "project-changing", "{}", reply.text());
                assert!(!(old && new), "an answer has both");
                seen[usize::from(new)] += usize::from(old || new);
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(seen.iter().all(|count| *count >= 5), "{seen:?}");
}

#[test]
fn a_vacancy_is_posted_and_a_language_asked_for() {
    let served = Served::start(crate::project::repository(), &[]);
    let read = |path: &str| std::fs::read_to_string(crate::project::repository().join(path)).expect("it is there");
    let vacancy = read("profiles/bradford/vacancies/send-lso-2026.yaml");
    let zip = served.post("/api/v1/render?organisation=bradford&format=zip", &vacancy);
    assert_eq!(zip.status, 200, "{}", zip.text());
    let names: Vec<String> = crate::project::unzipped(&zip.body).into_keys().collect();
    assert!(names.contains(&"posted-advert.pdf".to_owned()) && names.iter().all(|name| !name.contains("grid")), "{names:?}");
    let advert = served.post("/api/v1/render?organisation=bradford&format=txt&document=advert", &vacancy);
    assert!(advert.text().contains("EX-2026-0142"), "{}", advert.text());
    let profile = read("profiles/cwm-teg/library-assistant.yaml");
    for (language, words) in [("cy", "Cyngor Cwm Teg"), ("cy-GB", "Cyngor Cwm Teg"), ("en", "Library"), ("en-GB", "Library")] {
        let reply = served.post(&format!("/api/v1/render?organisation=cwm-teg&format=txt&language={language}"), &profile);
        assert!(reply.status == 200 && reply.text().contains(words), "{language}: {}", reply.text());
    }
    let checked = served.post("/api/v1/check?organisation=bradford", &vacancy.replace("closing", "closign"));
    assert!(checked.json()["diagnostics"].as_array().is_some_and(|found| found.iter().any(|fault| fault["path"] == "request" && fault["severity"] == "error")), "{}", checked.text());
    let lost = served.post("/api/v1/render?organisation=bradford&format=pdf", &vacancy.replace("profile: ", "profile: no-"));
    assert_eq!((lost.status, lost.code().as_str()), (422, "unknown-profile"));
}

#[test]
fn a_file_that_was_away_for_a_moment_leaves_nothing_wrong() {
    let project = Project::small();
    let folder = project.path("");
    let served = Served::of(project, &[]);
    let (brand, away) = (folder.join("profiles/test/_brand.yml"), folder.join("away"));
    for _ in 0..20 {
        std::fs::rename(&brand, &away).expect("moved");
        let _ = served.get("/api/v1/packs/test/good");
        std::fs::rename(&away, &brand).expect("moved back");
        let start = Instant::now();
        while served.get("/api/v1/packs/test/good").json()["state"] != "ready" {
            assert!(start.elapsed() < Duration::from_secs(10), "the pack stays faulty");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
