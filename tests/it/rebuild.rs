//! Building again: what changes is made, what doesn't isn't, and what comes out is what a clean build makes.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use crate::project::{PROFILE, Project, files};
use crate::rebuilds::{append, beginning, build, everything, replace, same_as_clean, times};

type Edit = (&'static str, fn(&Project), &'static [&'static str]);

const ALL: &[&str] = &["bradford/", "cwm-teg/", "gla/", "havering/", "heston/", "millbrook/"];
const COUNCIL: &[&str] = &["bradford/", "cwm-teg/", "havering/"];
const SCHOOL: &[&str] = &["heston/", "millbrook/"];

/// An edit of every kind of input, and the packs that are made from it. Each is made after those before it.
const EDITS: &[Edit] = &[
    ("a comment in a profile", |p| append(p, "profiles/gla/project-support-officer.yaml", "# a comment\n"), &[]),
    ("a comment in an organisation's file", |p| append(p, "profiles/gla/organisation.yaml", "# a comment\n"), &[]),
    ("a comment in a brand", |p| append(p, "profiles/gla/_brand.yml", "# a comment\n"), &[]),
    (
        "a profile, of which there is a vacancy, and which another school extends",
        |p| replace(p, "profiles/havering/learning-mentor-elsa.yaml", "post_title: Learning", "post_title: Senior Learning"),
        &["havering/", "millbrook/"],
    ),
    (
        "a vacancy",
        |p| replace(p, "profiles/gla/vacancies/senior-project-officer-2027.yaml", "EX-GLA-027", "EX-GLA-028"),
        &["gla/senior-project-officer-2027"],
    ),
    (
        "a clause that one profile includes",
        |p| replace(p, "profiles/gla/organisation.yaml", "flexible_approach:\n    text: >-\n      ", "flexible_approach:\n    text: >-\n      Always "),
        &["gla/project-support-officer"],
    ),
    (
        "a clause that a page of the layout prints",
        |p| replace(p, "profiles/bradford/organisation.yaml", "  welcome:\n", "  welcome:\n    # the first page\n"),
        &[],
    ),
    ("the name of an organisation", |p| replace(p, "profiles/millbrook/organisation.yaml", "name: ", "name: New "), &["millbrook/"]),
    ("a framework", |p| replace(p, "profiles/gla/frameworks/competency-framework.yaml", "name: ", "name: New "), &["gla/"]),
    ("a brand", |p| replace(p, "profiles/cwm-teg/_brand.yml", "full: Cwm", "full: New Cwm"), &["cwm-teg/"]),
    ("a logo", |p| append(p, "profiles/heston/logo.svg", "<!-- new -->"), &["heston/"]),
    ("a font", |p| append(p, "fonts/figtree/Figtree-Bold.ttf", "\0"), &["cwm-teg/", "heston/", "millbrook/"]),
    ("labels", |p| replace(p, "templates/base/labels/en.yaml", "contents: ", "contents: All "), ALL),
    ("a layout's manifest", |p| replace(p, "templates/gla/layout.yaml", "name: ", "name: New "), &["gla/"]),
    ("a component", |p| append(p, "templates/base/tables.typ", "// new\n"), ALL),
    ("the code of a layout", |p| append(p, "templates/school/layout.typ", "// new\n"), SCHOOL),
    (
        "a prose page, which only vacancies of two layouts print",
        |p| append(p, "templates/base/pages/timetable.md", "\nNew.\n"),
        &["bradford/send-lso-2026", "gla/senior-project-officer-2027", "havering/learning-mentor-2027", "heston/learning-coordinator-2027"],
    ),
    (
        "a page of a layout's own, in place of one that all share",
        |p| fs::write(p.path("templates/school/pages/timetable.md"), "New for schools.\n").expect("written"),
        &["heston/learning-coordinator-2027"],
    ),
    ("the same page taken away", |p| fs::remove_file(p.path("templates/school/pages/timetable.md")).expect("removed"), &["heston/learning-coordinator-2027"]),
    ("a file that nothing reads", |p| fs::write(p.path("templates/gla/notes.txt"), "notes").expect("written"), &[]),
    ("a variant that is not built", |p| append(p, "templates/base/variants/dyslexia.yaml", "# new\n"), &[]),
    ("a Word part", |p| replace(p, "templates/base/word/settings.xml", "<w:settings", "<!-- new --><w:settings"), ALL),
    (
        "a Word part of a layout's own",
        |p| {
            fs::create_dir_all(p.path("templates/gla/word")).expect("made");
            fs::copy(p.path("templates/base/word/theme.xml"), p.path("templates/gla/word/theme.xml")).map(drop).expect("copied");
        },
        &["gla/"],
    ),
    ("the style sheet of web pages", |p| append(p, "templates/base/web/page.css", "/* new */\n"), ALL),
    ("the motif of a layout", |p| append(p, "templates/council/motif.svg", "<!-- new -->"), COUNCIL),
    (
        "a new profile",
        |p| fs::copy(p.path("profiles/heston/learning-coordinator.yaml"), p.path("profiles/heston/another.yaml")).map(drop).expect("copied"),
        &["heston/another"],
    ),
    ("a file of a pack that is gone", |p| fs::remove_file(p.path("dist/gla/project-support-officer.zip")).expect("removed"), &["gla/project-support-officer"]),
    ("a file of a pack that somebody changed", |p| append(p, "dist/heston/another/another-job-pack.html", " "), &["heston/another"]),
];

#[test]
fn what_an_edit_concerns_is_made_and_nothing_else() {
    let project = everything();
    let first = build(&project, &[]);
    assert_eq!(first.because.len(), 11);
    assert_eq!(first.because["gla/project-support-officer"], ["nothing is known of an earlier build of it"]);
    for (what, edit, concerned) in EDITS {
        let before = times(&project.path("dist"));
        edit(&project);
        // The time of what the edit itself touches in the output is its own.
        let edited = times(&project.path("dist"));
        let planned = project.run(&["build", "--dry-run", "--json"]).status(0).json();
        assert!(times(&project.path("dist")) == edited, "{what}: a dry run writes nothing");
        let made = build(&project, &[]);
        let all: Vec<String> = made.report["packs"].as_array().expect("packs").iter().map(|pack| pack["pack"].as_str().expect("a name").to_owned()).collect();
        assert_eq!(made.packs(), beginning(concerned, &all), "{what}: {:?}", made.because);
        let of_plan = planned["packs"].as_array().expect("packs").iter().filter(|pack| pack["would"] == "build");
        let of_plan: BTreeMap<String, Vec<String>> = of_plan
            .map(|pack| (pack["pack"].as_str().expect("a name").to_owned(), serde_json::from_value(pack["because"].clone()).expect("reasons")))
            .collect();
        assert_eq!(of_plan, made.because, "{what}: the plan is what is done");
        let after = times(&project.path("dist"));
        for (path, time) in &after {
            let of = |pack: &String| path.starts_with(&format!("{pack}/")) || path.starts_with(&format!("{pack}.")) || path.starts_with(&format!("{pack}-panel."));
            if !made.packs().iter().any(|pack| of(&(*pack).to_owned())) && path != ".jobpack.lock" {
                assert_eq!(before.get(path), Some(time), "{what}: {path} was written");
            }
        }
        same_as_clean(&project, &[], what);
        let again = build(&project, &[]);
        assert!(again.because.is_empty() && again.written.is_empty(), "{what}: {:?}", again.because);
    }
}

#[test]
fn options_and_the_date_are_inputs() {
    let project = Project::small();
    build(&project, &[]);
    assert_eq!(build(&project, &["--format", "pdf"]).because["test/good"], ["it was built with other options before"]);
    assert_eq!(build(&project, &["--format", "pdf"]).packs(), [""; 0]);
    // What was made before the options were others is still known.
    let back = build(&project, &[]);
    assert_eq!((back.packs(), back.documents()), (vec!["test/good"], [0, 3]));
    let project = project.environment("SOURCE_DATE_EPOCH", "1000000000");
    assert_eq!(build(&project, &[]).because["test/good"], ["it was built with other options before"]);
    same_as_clean(&project, &[], "another date");
}

#[test]
fn an_undone_edit_and_a_change_of_branch_cost_no_typesetting() {
    let project = everything();
    build(&project, &[]);
    let page = project.read("templates/base/pages/how-to-apply.md");
    let changed = format!("{page}\nNew.\n");
    let project = project.write("templates/base/pages/how-to-apply.md", &changed);
    let edited = build(&project, &[]);
    assert!(edited.documents()[0] > 0 && !edited.written.is_empty());
    let project = project.write("templates/base/pages/how-to-apply.md", &page);
    let undone = build(&project, &[]);
    assert_eq!((undone.documents()[0], &undone.written), (0, &edited.written));
    same_as_clean(&project, &[], "an undone edit");
    let project = project.write("templates/base/pages/how-to-apply.md", &changed);
    assert_eq!(build(&project, &[]).documents()[0], 0);
    // Into another folder, of which nothing is known.
    let other = build(&project, &["--out", "other"]);
    assert_eq!((other.because.len(), other.documents()[0]), (11, 0));
    assert_eq!(files(&project.path("other")), files(&project.path("dist")));
}

#[test]
fn a_document_that_does_not_show_a_change_is_not_made_again() {
    let project = everything();
    build(&project, &["havering"]);
    // Only the pack as a whole says how to apply.
    append(&project, "templates/base/pages/how-to-apply.md", "\nNew.\n");
    let made = build(&project, &["havering"]);
    let [typeset, found] = made.documents();
    assert!(made.packs() == ["havering/learning-mentor-2027"] && typeset == 1 && found >= 3, "{typeset} typeset, {found} found");
    project.run(&["build", "--quiet"]).status(0);
    same_as_clean(&project, &[], "a change that some documents don't show");
}

#[test]
fn a_damaged_cache_is_found_and_costs_time_only() {
    let project = Project::ours();
    build(&project, &[]);
    let cache = project.path(".jobpack/cache");
    let (mut at, kinds) = (0, 5);
    for (path, bytes) in files(&cache).into_iter().filter(|(path, _)| !path.ends_with(".gitignore")) {
        at += 1;
        let damaged = match at % kinds {
            0 => bytes[..bytes.len() / 2].to_vec(),
            1 => Vec::new(),
            2 => bytes.iter().map(|byte| byte ^ 1).collect(),
            3 => [&bytes[..], b"more"].concat(),
            _ => bytes,
        };
        fs::write(cache.join(path), damaged).expect("written");
    }
    replace(&project, "profiles/gla/project-support-officer.yaml", "post_title: ", "post_title: New ");
    build(&project, &[]);
    same_as_clean(&project, &[], "damage to the cache");
    fs::remove_dir_all(&cache).expect("removed");
    assert_eq!(build(&project, &[]).written.len(), 0, "what is the same is not written");
    project.run(&["clean"]).status(0).says("removed");
    assert!(!cache.exists());
    assert_eq!(build(&project, &["--no-cache"]).written.len(), 0);
    assert!(!cache.exists(), "nothing is kept that nobody wants to keep");
}

#[test]
fn a_pack_with_a_fault_fails_until_it_is_mended_and_its_files_stay() {
    let project = everything();
    build(&project, &[]);
    let good = files(&project.path("dist"));
    let said = |run: &Value| {
        let packs = run["packs"].as_array().expect("packs").iter().filter(|pack| pack["outcome"] == "failed");
        packs.map(|pack| pack["pack"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    let fails = |concerned: &[&str], what: &str| {
        for _ in 0..2 {
            let run = project.run(&["build", "--json"]).status(1).json();
            let all: Vec<String> = run["packs"].as_array().expect("packs").iter().map(|pack| pack["pack"].as_str().expect("a name").to_owned()).collect();
            assert_eq!(said(&run), beginning(concerned, &all), "{what}");
        }
        assert_eq!(files(&project.path("dist")), good, "{what}");
    };
    for (path, broken, concerned) in [
        ("profiles/gla/project-support-officer.yaml", "kind: [\n", &["gla/project-support-officer"][..]),
        // Nothing prints this clause: all the same, nobody knows what an organisation's file says that has a fault.
        ("profiles/bradford/organisation.yaml", "  unused:\n    text: '{{ nobody.knows }}'\n", &["bradford/"]),
        ("templates/base/pages/unused.md", "{{ nobody.knows }}\n", ALL),
        ("templates/school/layout.typ", "#nobody-knows\n", SCHOOL),
    ] {
        let before = fs::read(project.path(path)).ok();
        fs::write(project.path(path), [before.as_deref().unwrap_or_default(), broken.as_bytes()].concat()).expect("written");
        fails(concerned, path);
        match before {
            Some(before) => fs::write(project.path(path), before).expect("written"),
            None => fs::remove_file(project.path(path)).expect("removed"),
        }
        let mended = build(&project, &[]);
        assert_eq!((mended.written.len(), mended.documents()[0]), (0, 0), "{path}");
    }
}

#[test]
fn the_files_of_a_pack_that_is_gone_go_too_and_those_of_strangers_stay() {
    let project = Project::small().write("profiles/test/other.yaml", PROFILE).write("profiles/last/organisation.yaml", "kind: organisation\n");
    project.run(&["build"]).status(0);
    fs::write(project.path("dist/test/other/notes.txt"), "keep me").expect("written");
    fs::remove_file(project.path("profiles/test/other.yaml")).expect("removed");
    project.run(&["build", "--dry-run"]).status(0).says("would build 0 of 1 pack and remove 1");
    // Who builds one pack wants nothing done to the others.
    project.run(&["build", "test/good"]).status(0);
    assert!(project.path("dist/test/other/manifest.json").exists());
    let run = project.run(&["build"]).status(0).says("removed   test/other (11 files)").says("1 removed");
    let left: Vec<String> = run.files().into_keys().filter(|path| path.contains("other")).collect();
    assert_eq!(left, ["test/other/notes.txt"]);
    project.run(&["build", "--dry-run"]).status(0).says("would build 0 of 1 pack");
}
