//! The complete pack of a vacancy: every statement where it applies and only there, documents for whom they are meant.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::docx::Docx;
use crate::html::Html;
use crate::packs;
use crate::pdf::Pdf;
use crate::project::{Project, Run, files, unzipped};
use crate::words::plain;

const VACANCY: &str = "\
kind: vacancy
profile: good
status: draft
revised_on: 2026-01-06
reference: T-1
advert:
  - id: role
    text: Keep the lamp of Testham.
";

/// What is printed if something holds: the words, fields of a vacancy with which it holds, and fields with which it
/// doesn't.
const CONDITIONS: [(&str, &str, &str); 20] = [
    ("welfare of children and young people. Everyone", "overrides: {works_with: [children]}", "overrides: {works_with: []}"),
    ("welfare of adults at risk", "overrides: {works_with: [adults]}", "overrides: {works_with: [children]}"),
    ("children, young people and adults at risk", "overrides: {works_with: [children, adults]}", "overrides: {works_with: [adults]}"),
    ("an offence to apply if you are barred", "overrides: {works_with: [adults], disclosure: {regulated_activity: true}}", "overrides: {works_with: [adults], disclosure: {regulated_activity: false}}"),
    ("needs a basic check", "overrides: {disclosure: {dbs: basic}}", "overrides: {disclosure: {dbs: none}}"),
    ("needs a standard check", "overrides: {disclosure: {dbs: standard}}", "overrides: {disclosure: {dbs: basic}}"),
    ("needs an enhanced check by the Disclosure and Barring Service (DBS). We", "overrides: {disclosure: {dbs: enhanced}}", "overrides: {disclosure: {dbs: enhanced_barred}}"),
    ("with the barred lists for this work", "overrides: {disclosure: {dbs: enhanced_barred}}", "overrides: {disclosure: {dbs: enhanced}}"),
    ("with the children’s barred list", "overrides: {works_with: [children], disclosure: {dbs: enhanced_barred}}", "overrides: {works_with: [adults], disclosure: {dbs: enhanced_barred}}"),
    ("the children’s and the adults’ barred lists", "overrides: {works_with: [children, adults], disclosure: {dbs: enhanced_barred}}", "overrides: {works_with: [children], disclosure: {dbs: enhanced_barred}}"),
    ("Keeping children safe in education", "overrides: {works_with: [children]}", "overrides: {works_with: [adults]}"),
    ("exempt from the Rehabilitation of Offenders Act 1974", "overrides: {disclosure: {dbs: standard}}", "overrides: {disclosure: {dbs: basic}}"),
    ("Act 1974 applies to this post", "overrides: {disclosure: {dbs: none}}", "overrides: {disclosure: {dbs: null}}"),
    ("politically restricted under", "overrides: {politically_restricted: true}", "overrides: {politically_restricted: false}"),
    ("in fluent English", "overrides: {fluency_duty: true}", "overrides: {fluency_duty: false}"),
    ("can sponsor a Skilled Worker visa", "visa_sponsorship: true", "visa_sponsorship: false"),
    ("can’t sponsor a visa", "visa_sponsorship: false", "posts: 2"),
    ("Welsh language skills are desirable", "welsh: desirable", "welsh: not_necessary"),
    ("large print on request", "contact: {alternative_formats: We send large print on request.}", "contact: {email: keeper@example.org}"),
    ("close earlier if we get many", "closing: {date: 2027-01-29, may_close_early: true}", "closing: {date: 2027-01-29}"),
];

/// The words of a pack's web page.
fn words(run: &Run, pack: &str, document: &str) -> String {
    let name = pack.rsplit('/').next().unwrap_or(pack);
    plain(&Html::read(&run.file(&format!("{pack}/{name}-{document}.html"))).paragraphs().join(" "))
}

#[test]
fn a_statement_is_printed_where_it_applies_and_only_there() {
    let mut project = Project::small();
    for (at, (_, on, off)) in CONDITIONS.iter().enumerate() {
        project = project
            .write(&format!("profiles/test/vacancies/on-{at}.yaml"), format!("{VACANCY}{on}\n"))
            .write(&format!("profiles/test/vacancies/off-{at}.yaml"), format!("{VACANCY}{off}\n"));
    }
    let run = project.run(&["build", "--format", "html"]).status(0);
    for (at, (phrase, on, off)) in CONDITIONS.iter().enumerate() {
        assert!(words(&run, &format!("test/on-{at}"), "job-pack").contains(phrase), "`{on}` should print {phrase:?}");
        assert!(!words(&run, &format!("test/off-{at}"), "job-pack").contains(phrase), "`{off}` should not print {phrase:?}");
    }
}

#[test]
fn an_organisation_says_whether_it_is_disability_confident_and_where_welsh_counts() {
    let with = |line: &str| {
        let project = Project::small().write("profiles/test/vacancies/post.yaml", format!("{VACANCY}overrides: {{fluency_duty: true}}\n"));
        let run = project.replace("profiles/test/organisation.yaml", "nation: England\n", line).run(&["build", "--format", "html"]);
        words(&run.status(0), "test/post", "job-pack")
    };
    let england = with("nation: England\n");
    assert!(!england.contains("Disability Confident") && !england.contains("fluent English or Welsh"), "{england}");
    for (level, said) in [("committed", "(level 1)"), ("employer", "(level 2)"), ("leader", "(level 3)")] {
        let words = with(&format!("nation: England\ndisability_confident: {level}\n"));
        assert!(words.contains("Disability Confident") && words.contains(said), "{words}");
    }
    assert!(with("nation: Wales\n").contains("fluent English or Welsh"));
}

#[test]
fn an_organisations_own_words_take_the_place_of_the_layouts() {
    let own = "clauses:\n  statement_privacy: {heading: Data, text: Our own words on your data.}\n  welcome: {heading: Welcome, text: Come in.}\n";
    let project = Project::small().write("profiles/test/vacancies/post.yaml", VACANCY);
    let before = words(&project.run(&["build", "--format", "html"]).status(0), "test/post", "job-pack");
    assert!(before.contains("is the controller of what you tell us") && !before.contains("Come in."), "{before}");
    let text = project.read("profiles/test/organisation.yaml");
    let run = project.write("profiles/test/organisation.yaml", format!("{text}{own}")).run(&["build", "--format", "html"]).status(0);
    let after = words(&run, "test/post", "job-pack");
    assert!(after.contains("Our own words on your data.") && after.contains("Come in."), "{after}");
    assert!(!after.contains("is the controller of what you tell us"), "{after}");
    let alone = words(&run, "test/good", "job-pack");
    assert!(!alone.contains("Come in."), "a profile alone has no welcome: {alone}");
}

#[test]
fn a_condition_that_no_view_has_is_found_when_the_layout_is_loaded() {
    let layout = "kind: layout\nname: Own\ndocuments:\n  job-pack:\n    title: Pack\n    pages:\n      - {id: cover}\n      - {id: jd, part: job_description}\n      - {id: ps, part: person_specification}\n      - {id: more, text: more, if: profile.dbss}\n";
    let run = Project::small()
        .write("templates/own/layout.yaml", layout)
        .write("templates/own/layout.typ", "")
        .write("templates/own/pages/more.md", "# More\n")
        .run(&["build", "--layout", "own"]);
    run.status(1).says("unknown-path").says("templates/own/layout.yaml:10");
}

#[test]
fn a_profile_alone_has_no_advert_and_no_form() {
    let names: Vec<String> = files(&packs::built().out).into_keys().collect();
    let of = |pack: &str| names.iter().filter(|name| name.starts_with(&format!("{pack}/"))).map(String::as_str).collect::<Vec<_>>();
    let alone = of("bradford/send-learning-support-officer");
    assert!(alone.iter().any(|name| name.ends_with("-person-specification.pdf")), "{alone:?}");
    assert!(!alone.iter().any(|name| name.contains("-advert.") || name.contains("-shortlisting-grid.")), "{alone:?}");
    let posted = of("bradford/send-lso-2026");
    for document in ["advert", "shortlisting-grid", "interview-score-sheet", "candidate-evidence-form"] {
        for ending in ["pdf", "docx", "html"] {
            assert!(posted.iter().any(|name| name.ends_with(&format!("-{document}.{ending}"))), "{document}.{ending}: {posted:?}");
        }
    }
    assert!(names.contains(&"bradford/send-lso-2026-panel.zip".to_owned()));
    assert!(!names.contains(&"bradford/send-learning-support-officer-panel.zip".to_owned()));
}

#[test]
fn every_organisation_has_an_example_vacancy_whose_advert_is_one_page() {
    let adverts: Vec<_> = packs::files("-advert.pdf");
    let organisation = |path: &std::path::PathBuf| path.iter().rev().nth(2).map(|name| name.to_string_lossy().into_owned());
    let organisations: Vec<_> = adverts.iter().filter_map(organisation).collect();
    assert_eq!(organisations, ["bradford", "gla", "havering", "heston"]);
    let pages: Vec<_> = adverts.iter().map(|path| Pdf::read(path).pages).collect();
    assert_eq!(pages, [1, 1, 1, 1]);
}

#[test]
fn no_pdf_for_candidates_is_larger_than_150_kilobytes() {
    let sizes = manifests().into_values().flat_map(|manifest| manifest["files"].as_array().cloned().unwrap_or_default());
    let large: Vec<_> = sizes
        .filter(|file| file["media_type"] == "application/pdf" && file["audience"] == "candidate")
        .filter(|file| file["size"].as_u64().is_none_or(|size| size > 150_000))
        .collect();
    assert!(large.is_empty(), "{large:?}");
}

fn manifests() -> BTreeMap<String, Value> {
    let all = files(&packs::built().out).into_iter().filter(|(name, _)| name.ends_with("/manifest.json"));
    all.map(|(name, bytes)| (name, serde_json::from_slice(&bytes).expect("a manifest is JSON"))).collect()
}

#[test]
fn nothing_of_the_panel_is_in_a_file_or_zip_for_candidates() {
    let secret = "SECRET-of-the-panel";
    let labels = format!("defaults:\n  labels:\n    panel_score: {secret}-score\n    panel_reference: {secret}-reference\n    panel_requirement: {secret}\n    page_panel-shortlisting: {secret}-title\n    panel_result: {secret}-result\n");
    let project = Project::small().write("profiles/test/vacancies/post.yaml", VACANCY);
    let text = project.read("profiles/test/organisation.yaml");
    let project = project.write("profiles/test/organisation.yaml", format!("{text}{labels}"));
    let run = project.build(&["test/post"]).status(0);
    let out = files(&run.out);
    let manifest: Value = serde_json::from_slice(&out["test/post/manifest.json"]).expect("a manifest is JSON");
    let entries = manifest["files"].as_array().expect("a list of files");
    let for_panel: Vec<&str> = entries.iter().filter(|file| file["audience"] == "panel").filter_map(|file| file["path"].as_str()).collect();
    assert_eq!(for_panel.len(), 9, "{for_panel:?}");

    let said = |name: &str| {
        let path = run.out.join("test/post").join(name);
        let text = match name.rsplit('.').next() {
            Some("pdf") => {
                let pdf = Pdf::read(&path);
                let view = pdf.attachments.iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect::<String>();
                pdf.outline() + &view
            }
            Some("docx") => Docx::read(&path).parts.values().map(|part| String::from_utf8_lossy(part).into_owned()).collect(),
            _ => String::from_utf8_lossy(&out[&format!("test/post/{name}")]).into_owned(),
        };
        text.contains(secret)
    };
    for entry in entries {
        let name = entry["path"].as_str().expect("a name");
        assert_eq!(said(name), for_panel.contains(&name), "{name}");
    }

    let candidates = unzipped(&out["test/post.zip"]);
    let panel = unzipped(&out["test/post-panel.zip"]);
    for name in for_panel.iter().copied() {
        assert!(!candidates.contains_key(name) && panel.contains_key(name), "{name}");
        let listed = String::from_utf8_lossy(&candidates["manifest.json"]).contains(name);
        assert!(!listed, "the manifest for candidates names {name}");
    }
    assert_eq!(panel.len(), for_panel.len() + 1, "{:?}", panel.keys());
    assert_eq!(candidates.len() + panel.len(), entries.len() + 2);
}

#[test]
fn a_zip_for_the_panel_goes_when_the_vacancy_does() {
    let project = Project::small().write("profiles/test/vacancies/post.yaml", VACANCY);
    let run = project.build(&["test/post"]).status(0);
    assert!(run.out.join("test/post-panel.zip").is_file());
    let layout = "kind: layout\nname: Own\ndocuments:\n  job-pack:\n    title: Pack\n    pages:\n      - {id: cover}\n      - {id: advert, part: advert}\n      - {id: jd, part: job_description}\n      - {id: ps, part: person_specification}\n";
    let typst = "#import \"/templates/base/lib.typ\": *\n#let pack = json(\"/pack.json\")\n#let ctx = context-of(pack)\n#show: job-pack.with(ctx)\n#for page in opened(pack.pages) { if page.id == \"cover\" { hero(page, ctx) } else { draw-page(page, ctx) } }\n";
    let project = project.write("templates/own/layout.yaml", layout).write("templates/own/layout.typ", typst);
    let run = project.replace("profiles/test/organisation.yaml", "layout: council", "layout: own").build(&["test/post"]).status(0);
    assert!(!run.out.join("test/post-panel.zip").exists(), "{:?}", files(&run.out).keys());
    assert!(run.out.join("test/post.zip").is_file());
}

#[test]
fn every_form_has_the_criteria_by_the_same_codes() {
    let run = packs::built();
    for document in ["candidate-evidence-form", "shortlisting-grid"] {
        let words = words(run, "bradford/send-lso-2026", document);
        for code in ["k1", "k9", "e1", "e6", "q1", "q3"] {
            assert!(words.split_whitespace().any(|word| word == code), "{document} lacks {code}: {words}");
        }
    }
    // Bradford's competencies are for the interview, its criteria for shortlisting.
    assert!(!words(run, "bradford/send-lso-2026", "shortlisting-grid").contains("Communicates Effectively"));
    assert!(words(run, "bradford/send-lso-2026", "interview-score-sheet").contains("Communicates Effectively"));
    // Where nobody has said how a criterion is assessed, no form loses it.
    for document in ["shortlisting-grid", "interview-score-sheet"] {
        assert!(words(run, "gla/senior-project-officer-2027", document).contains("Experience of delivering ESOL and coordinating ESOL provision"));
    }
}
