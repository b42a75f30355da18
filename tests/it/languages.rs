//! Packs in Welsh: labels, dates and texts of one language each, and a word for every text that has no translation.

use std::collections::BTreeSet;

use crate::docx::Docx;
use crate::html::Html;
use crate::pdf::Pdf;
use crate::project::{PROFILE, Project, Run, repository};
use crate::words::plain;

const PACK: &str = "cwm-teg/library-assistant";

/// The pack in two languages, in Welsh.
pub fn welsh() -> Run {
    Project::ours().run(&["build", PACK, "--language", "cy"]).status(0)
}

fn words(run: &Run, name: &str) -> String {
    plain(&Html::read(&run.file(&format!("{PACK}/library-assistant-{name}.html"))).paragraphs().join(" "))
}

#[test]
fn a_welsh_pack_is_in_welsh_throughout() {
    let run = welsh();
    let names: Vec<_> = run.files().into_keys().filter(|name| name.contains("job-pack")).collect();
    assert_eq!(names, ["docx", "html", "pdf"].map(|ending| format!("{PACK}/library-assistant-job-pack-cy.{ending}")));
    let page = words(&run, "job-pack-cy");
    for welsh in ["Cynorthwyydd Llyfrgell", "Teitl y swydd", "Diben y swydd", "Hanfodol", "Manyleb person", "Cyfweliad", "Enghraifft: nid swydd go iawn", "Y Gymraeg"] {
        assert!(page.contains(welsh), "{welsh:?} is not in {page}");
    }
    for english in ["Library", "Essential", "Draft", "Criterion", "Job title", "Contents"] {
        assert!(!page.contains(english), "{english:?} is in {page}");
    }
    let pdf = Pdf::read(&run.file(&format!("{PACK}/library-assistant-job-pack-cy.pdf")));
    assert_eq!(pdf.language.as_deref(), Some("cy"));
    assert_eq!(pdf.title.as_deref(), Some("Cynorthwyydd Llyfrgell – Pecyn swydd – Cyngor Cwm Teg"));
    let html = String::from_utf8(run.files()[&format!("{PACK}/library-assistant-job-pack-cy.html")].clone()).expect("text");
    assert!(html.contains("<html lang=\"cy\""), "{}", &html[..200]);
    let docx = Docx::read(&run.file(&format!("{PACK}/library-assistant-job-pack-cy.docx")));
    let styles = String::from_utf8_lossy(&docx.parts["word/styles.xml"]).into_owned();
    assert!(styles.contains("w:lang w:val=\"cy"), "the Word file is in another language");
}

#[test]
fn every_way_to_read_is_there_in_welsh() {
    let variants = "standard,large-print,high-contrast,dyslexia";
    let run = Project::ours().run(&["build", PACK, "millbrook/learning-mentor", "--language", "cy", "--variant", variants]).status(0);
    assert_eq!(run.files().keys().filter(|name| name.ends_with(".pdf")).count(), 24);
}

#[test]
fn bilingual_makes_both_in_one_bundle_and_the_own_language_adds_nothing_to_a_name() {
    let run = Project::ours().run(&["build", PACK, "--language", "bilingual", "--format", "html"]).status(0);
    assert!(words(&run, "job-pack").contains("Library Assistant"));
    assert!(words(&run, "job-pack-cy").contains("Cynorthwyydd Llyfrgell"));
    let run = Project::ours().run(&["build", PACK, "--language", "en", "--format", "html"]).status(0);
    let names: Vec<_> = run.files().into_keys().filter(|name| name.contains("job-pack")).collect();
    assert_eq!(names, [format!("{PACK}/library-assistant-job-pack.html")]);
}

#[test]
fn a_text_without_a_translation_is_found_at_its_line() {
    let run = Project::ours()
        .replace("profiles/cwm-teg/library-assistant.yaml", "{en: Library Assistant, cy: Cynorthwyydd Llyfrgell}", "{en: Library Assistant}")
        .run(&["build", PACK, "--language", "cy"]);
    run.status(1).says("error[missing-translation]").says("this text has no `cy`; it has en").says("library-assistant.yaml:7:13");
    let english = Project::ours()
        .replace("profiles/cwm-teg/library-assistant.yaml", "{en: Library Assistant, cy: Cynorthwyydd Llyfrgell}", "{en: Library Assistant}");
    english.run(&["build", PACK]).status(0);
}

#[test]
fn a_text_in_one_language_only_is_a_warning_in_another() {
    let run = Project::small().run(&["build", "test/good", "--language", "cy", "--format", "html"]).status(0);
    run.says("warning[missing-translation]").says("texts of this file have no `cy`").says("profiles/test/good.yaml");
}

#[test]
fn a_prose_page_that_nobody_has_translated_says_what_to_write() {
    let vacancy = "kind: vacancy\nprofile: good\nstatus: draft\nrevised_on: 2026-01-06\nclosing: {date: 2027-01-29}\n";
    let project = Project::small().write("profiles/test/vacancies/post.yaml", vacancy);
    let run = project.run(&["build", "test/post", "--language", "cy"]).status(1);
    run.says("missing-translation").says("templates/council/pages/cy/key-facts.md");
}

#[test]
fn dates_are_said_as_the_language_says_them() {
    let layout = "kind: layout\nname: Own\ndocuments:\n  job-pack:\n    title: {en: Pack, cy: Pecyn}\n    pages:\n      - {id: cover}\n      - {id: when, text: when, when: vacancy}\n      - {id: jd, part: job_description}\n      - {id: ps, part: person_specification}\n";
    let typst = std::fs::read_to_string(repository().join("templates/council/layout.typ")).expect("the layout is there");
    let page = "{{ vacancy.closing.date | date }}, {{ vacancy.closing.time | time }}\n";
    let vacancy = "kind: vacancy\nprofile: good\nstatus: draft\nrevised_on: 2026-01-06\nclosing: {date: 2027-01-29, time: \"12:00\"}\n";
    let project = Project::small()
        .write("templates/own/layout.yaml", layout)
        .write("templates/own/layout.typ", typst)
        .write("templates/own/pages/when.md", page)
        .write("templates/own/pages/cy/when.md", page)
        .write("profiles/test/vacancies/post.yaml", vacancy);
    let run = project.run(&["build", "test/post", "--layout", "own", "--language", "bilingual", "--format", "html"]).status(0);
    let said = |name: &str| plain(&Html::read(&run.file(&format!("test/post/post-job-pack{name}.html"))).paragraphs().join(" "));
    assert!(said("").contains("Friday 29 January 2027, midday"), "{}", said(""));
    assert!(said("-cy").contains("dydd Gwener 29 Ionawr 2027, hanner dydd"), "{}", said("-cy"));
}

#[test]
fn a_language_that_there_is_not_is_wrong_usage() {
    Project::small().run(&["build", "--language", "fr"]).status(2).says("fr");
}

#[test]
fn every_label_is_there_in_every_language() {
    let names = |language: &str| -> BTreeSet<String> {
        let path = repository().join(format!("templates/base/labels/{language}.yaml"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once(": ").or_else(|| line.split_once(':'))).map(|(name, _)| name.to_owned()).collect()
    };
    assert_eq!(names("en"), names("cy"));
    assert!(names("en").len() > 80);
}

#[test]
fn a_profile_may_extend_one_in_two_languages() {
    let own = format!("{PROFILE}extends: null\n").replace("post_title: Lamp Keeper", "post_title: {en: Lamp Keeper, cy: Ceidwad y Lamp}");
    let run = Project::small().write("profiles/test/good.yaml", own).run(&["build", "--language", "bilingual", "--format", "html"]).status(0);
    let page = plain(&Html::read(&run.file("test/good/good-job-pack-cy.html")).paragraphs().join(" "));
    assert!(page.contains("Ceidwad y Lamp") && page.contains("To keep the lamp."), "{page}");
}

#[test]
fn check_looks_at_every_language_that_a_pack_has_texts_in() {
    const TITLE: &str = "{en: Library Assistant, cy: Cynorthwyydd Llyfrgell}";
    const PROFILE: &str = "profiles/cwm-teg/library-assistant.yaml";
    let silent = |project: Project| assert!(!project.run(&["check"]).stderr.contains("missing-translation"));
    silent(Project::ours());
    silent(Project::small());
    let run = Project::ours().replace(PROFILE, TITLE, "{en: Library Assistant}").run(&["check", "cwm-teg"]).status(0);
    run.says("warning[missing-translation]").says("this text has no `cy`").says("library-assistant.yaml:7:13").says("in `cy`");
    let plain = Project::ours().replace(PROFILE, TITLE, "Library Assistant").run(&["check", "cwm-teg"]).status(0);
    plain.says("warning[missing-translation]").says("1 texts of this file have no `cy`");
}

const WELSH_LABELS: &str = "templates/base/labels/cy.yaml";

/// The pack in Welsh with one line of the Welsh labels changed.
fn with_label(from: &str, to: &str) -> Project {
    let project = Project::ours().copy("templates");
    let labels = project.read(WELSH_LABELS);
    let line = labels.lines().find(|line| line.starts_with(from)).unwrap_or_else(|| panic!("there is no {from}")).to_owned();
    project.replace(WELSH_LABELS, &format!("{line}\n"), to)
}

#[test]
fn a_label_that_its_language_spoils_is_refused_at_its_line() {
    for (from, to, code, hint) in [
        ("criterion:", "critreion: Maen prawf\n", "unknown-label", "did you mean `criterion`?"),
        ("criterion:", "criterion: \"  \"\n", "empty-text", "in English it is `Criterion`"),
        ("criterion:", "criterion: [Maen prawf]\n", "wrong-type", "write `name:"),
        ("page_of:", "page_of: \"Tudalen {page}\"\n", "missing-placeholder", "Page {page} of {pages}"),
    ] {
        let project = with_label(from, to);
        let run = project.run(&["build", PACK, "--language", "cy"]).status(1);
        run.says(&format!("error[{code}]")).says(hint).says(&format!("{WELSH_LABELS}:"));
        project.run(&["build", PACK, "--format", "txt"]).status(0);
    }
}

#[test]
fn a_label_that_a_language_lacks_is_english_and_check_says_so() {
    let project = with_label("criterion:", "");
    project.run(&["check", "cwm-teg"]).status(0).says("warning[missing-translation]").says("for the labels `criterion`").says(WELSH_LABELS);
    project.run(&["build", PACK, "--language", "cy", "--format", "txt"]).status(0);
}
