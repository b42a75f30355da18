//! Building again where what decides is easily missed: pages that say nothing yet, the language of another organisation, names.

use std::fs;

use crate::project::{PROFILE, Project, files, repository};
use crate::rebuilds::{build, everything, same_as_clean};

#[test]
fn a_page_that_says_nothing_yet_is_an_input() {
    let project = everything().write("templates/base/pages/how-to-apply.md", "{% if false %}Nothing.{% endif %}\n");
    build(&project, &["gla"]);
    let project = project.write("templates/base/pages/how-to-apply.md", "Something.\n");
    let made = build(&project, &["gla"]);
    assert_eq!(made.packs(), ["gla/senior-project-officer-2027"]);
    project.run(&["build", "--quiet"]).status(0);
    same_as_clean(&project, &[], "a page that says something now");
}

#[test]
fn the_language_of_the_organisation_of_a_base_profile_is_an_input() {
    let organisation = |language: &str| {
        let text = Project::small().read("profiles/test/organisation.yaml");
        text.replacen("kind: organisation\n", &format!("kind: organisation\nlanguage: {language}\n"), 1)
    };
    let project = Project::small();
    let brand = project.read("profiles/test/_brand.yml");
    let english = project.read("profiles/test/organisation.yaml");
    let other = if english.contains("language:") { english.clone() } else { organisation("en-GB") };
    let project = project
        .write("profiles/other/organisation.yaml", &other)
        .write("profiles/other/_brand.yml", brand)
        .write("profiles/other/base.yaml", PROFILE.replacen("post_title: Lamp Keeper", "post_title: {en: Lamp Keeper, cy: Ceidwad Lampau}", 1))
        .write("profiles/test/mine.yaml", "kind: profile\nstatus: draft\nrevised_on: 2026-11-22\nextends: other/base\n");
    project.run(&["build", "--quiet", "test"]).status(0);
    let page = "dist/test/mine/mine-job-pack.html";
    assert!(project.read(page).contains("Lamp Keeper"));
    let line = other.lines().find(|line| line.starts_with("language:")).expect("a language").to_owned();
    let project = project.write("profiles/other/organisation.yaml", other.replacen(&line, "language: cy", 1));
    let run = project.run(&["build", "test/mine", "--dry-run"]).status(0);
    assert!(run.stdout.contains("profiles/other/organisation.yaml changed"), "{}", run.stdout);
}

#[test]
fn a_pack_with_another_name_leaves_nothing_and_takes_nothing_along() {
    let project = Project::small().write("profiles/test/good-panel.yaml", PROFILE.replacen("Lamp Keeper", "Lamp Panel", 1));
    // `good-panel.zip` would be the name of a zip of the one and of the other.
    project.run(&["build", "test/good-panel", "--quiet"]).status(1);
    fs::rename(project.path("profiles/test/good.yaml"), project.path("good.yaml")).expect("renamed");
    project.run(&["build", "--quiet"]).status(0);
    let zip = project.path("dist/test/good-panel.zip");
    assert!(zip.is_file());
    fs::rename(project.path("good.yaml"), project.path("profiles/test/good.yaml")).expect("renamed");
    fs::rename(project.path("profiles/test/good-panel.yaml"), project.path("profiles/test/board.yaml")).expect("renamed");
    project.run(&["build", "--quiet"]).status(0);
    same_as_clean(&project, &[], "a pack with another name");
}

#[test]
fn what_a_clash_of_names_keeps_from_being_made_is_not_fresh() {
    let project = Project::ours();
    build(&project, &["heston"]);
    let project = project.write("profiles/heston/vacancies/learning-coordinator.yaml", repository_vacancy());
    let run = project.run(&["build", "heston", "--json"]).status(1).json();
    let failed: Vec<&str> = run["packs"].as_array().expect("packs").iter().filter(|pack| pack["outcome"] == "failed").map(|pack| pack["pack"].as_str().expect("a name")).collect();
    let clean = project.run(&["build", "heston", "--no-cache", "--out", "clean", "--json"]).status(1).json();
    let of_clean: Vec<&str> = clean["packs"].as_array().expect("packs").iter().filter(|pack| pack["outcome"] == "failed").map(|pack| pack["pack"].as_str().expect("a name")).collect();
    assert_eq!(failed, of_clean);
    assert_eq!(failed.len(), 2);
}

fn repository_vacancy() -> String {
    fs::read_to_string(repository().join("profiles/heston/vacancies/learning-coordinator-2027.yaml")).expect("there")
}

#[test]
fn files_that_no_manifest_names_any_more_go_too() {
    let project = Project::small();
    project.run(&["build", "--quiet", "--format", "pdf,txt"]).status(0);
    fs::remove_file(project.path("dist/test/good/manifest.json")).expect("removed");
    project.run(&["build", "--quiet", "--format", "pdf"]).status(0);
    same_as_clean(&project, &["--format", "pdf"], "a manifest that was lost");
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let project = everything();
    let page = project.read("templates/base/pages/key-facts.md");
    let project = project.write("templates/base/pages/key-facts.md", format!("\u{FEFF}{page}"));
    build(&project, &[]);
    let vacancy = project.read("profiles/gla/vacancies/senior-project-officer-2027.yaml");
    let project = project.write("profiles/gla/vacancies/senior-project-officer-2027.yaml", vacancy.replacen("EX-GLA-027", "EX-GLA-029", 1));
    assert_eq!(build(&project, &[]).packs(), ["gla/senior-project-officer-2027"]);
    assert_eq!(build(&project, &[]).packs(), [""; 0]);
    same_as_clean(&project, &[], "a file with a byte order mark");
}

#[cfg(unix)]
#[test]
fn clean_removes_nothing_outside_the_project() {
    let (project, other) = (Project::small(), Project::empty().write("cache/keep.txt", "keep me"));
    std::os::unix::fs::symlink(other.path(""), project.path(".jobpack")).expect("linked");
    project.run(&["clean"]).status(1).says("a link out of the project");
    project.run(&["build"]).status(0).says("cache-not-writable");
    assert_eq!(files(&other.path("")).keys().collect::<Vec<_>>(), ["cache/keep.txt"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_lost_takes_no_pack_with_it_and_a_pipe_keeps_nobody_waiting() {
    let project = Project::ours();
    build(&project, &[]);
    let before = files(&project.path("dist"));
    for folder in ["profiles/gla", "profiles/gla/vacancies"] {
        fs::rename(project.path(folder), project.path("away")).expect("renamed");
        std::os::unix::fs::symlink("nowhere", project.path(folder)).expect("linked");
        project.run(&["build", "--quiet"]);
        assert!(files(&project.path("dist")) == before, "{folder}");
        fs::remove_file(project.path(folder)).expect("removed");
        fs::rename(project.path("away"), project.path(folder)).expect("renamed");
    }
    let pipe = |path: &str| {
        let _ = fs::remove_file(project.path(path));
        let made = std::process::Command::new("mkfifo").arg(project.path(path)).status().expect("mkfifo");
        assert!(made.success());
    };
    pipe("dist/gla/project-support-officer.zip");
    project.run(&["build", "--quiet"]).status(0);
    assert!(files(&project.path("dist")) == before);
    pipe("dist/.jobpack.lock");
    project.run(&["build", "--quiet"]).status(1).says("it is no file");
}

#[test]
fn nothing_is_written_over_sources() {
    let project = Project::small();
    let before = files(&project.path("profiles"));
    for arguments in [["--deps", "profiles/test/organisation.yaml"], ["--report", "profiles/report.json"], ["--report", "dist/report.html"], ["--out", "profiles/test"], ["--out", "templates"]] {
        project.run(&["build", arguments[0], arguments[1]]).status(2).says("place-taken");
    }
    assert!(files(&project.path("profiles")) == before);
}
