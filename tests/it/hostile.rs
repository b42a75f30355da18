//! Input that was made to hurt: endless, nested, enormous. It is refused where it stands, and soon.

use std::time::{Duration, Instant};

use crate::bad_input::{BAD, Expected, OTHER, OTHER_BRAND, bad_organisation, bad_profile, diagnostics, refused, with, with_bad_organisation};
use crate::pdf::Pdf;
use crate::project::{PROFILE, Project};
use crate::words::plain;

/// Longest time for one small pack and one that is refused, on a busy machine.
const SOON: Duration = Duration::from_secs(10);

/// The small profile with this text, which must be refused.
#[track_caller]
fn bad_text(text: &str, code: &str) {
    let start = Instant::now();
    bad_profile(with("text: To keep the lamp.", &format!("text: {}", serde_json::Value::from(text))), code, "text: ");
    assert!(start.elapsed() < SOON, "{code} took {:?}", start.elapsed());
}

/// The small profile with this text, which must be set and said word for word.
#[track_caller]
fn good_text(text: &str, words: &str) {
    let project = Project::small().write(BAD, with("text: To keep the lamp.", &format!("text: {}", serde_json::Value::from(text))));
    let run = project.build(&["test/bad"]).status(0);
    let said = Pdf::read(&run.file("test/bad/bad-job-pack.pdf")).paragraphs();
    assert!(said.iter().any(|text| plain(text) == words), "{words:?} is not in {said:?}");
}

#[test]
fn endless_markup_is_refused_at_its_text() {
    bad_text(&format!("{}x{}", "*a **b ".repeat(100), "**c*".repeat(100)), "markup-too-deep");
    bad_text(&format!("{}x{}", "*a **b ".repeat(9000), "**c*".repeat(9000)), "markup-too-deep");
    bad_text(&format!("[a](https://a.example/{})", "x".repeat(3000)), "link-too-long");
    bad_text(&"x".repeat(160), "words-off-sheet");
    for mark in ["[", "*", "_a", "(", "e\u{301}"] {
        bad_text(&mark.repeat(40_000), "word-too-long");
    }
}

#[test]
fn a_year_that_begins_a_line_is_not_made_a_list() {
    bad_text("1986. A good year.", "list-start");
    good_text("1986\\. A good year.", "1986. A good year.");
    bad_profile(with("marker: decimal", "marker: lower-roman\n      start: 5000"), "out-of-range", "5000");
}

#[test]
fn an_address_of_post_in_angle_brackets_is_a_link() {
    good_text("Write to <lamps@testham.example>.", "Write to lamps@testham.example.");
}

#[test]
fn twenty_thousand_faults_are_said_in_a_hundred() {
    let start = Instant::now();
    let unknown: String = (0..20_000).map(|at| format!("k{at}: 1\n")).collect();
    let run = bad_profile(format!("{PROFILE}{unknown}"), "unknown-field", "k0");
    let said = diagnostics(&run.json(), "test/bad");
    assert_eq!(said.len(), 101);
    let last = &said[100];
    assert_eq!((&last["code"], &last["severity"], &last["path"]), (&"too-many-findings".into(), &"error".into(), &BAD.into()));
    assert!(last["message"].as_str().is_some_and(|message| message.contains("19900")), "{last:#}");
    assert!(start.elapsed() < SOON, "it took {:?}", start.elapsed());
}

#[test]
fn tables_that_no_page_can_hold_are_refused() {
    let table = |columns: usize, rows: usize| {
        let row = |cell: &str, count: usize| vec![cell; count].join(", ");
        let table = format!("table: {{columns: [{}], rows: [{}]}}", row("c", columns), row(&format!("[{}]", row("x", columns)), rows));
        with("text: To keep the lamp.", &table)
    };
    bad_profile(table(64, 1), "too-many-items", "");
    bad_profile(table(2, 1001), "too-many-items", "");
}

#[test]
fn a_field_that_is_printed_large_is_not_empty() {
    for title in ["\"\"", "\"  \"", "\"\\u00A0\""] {
        bad_profile(with("post_title: Lamp Keeper", &format!("post_title: {title}")), "empty-text", "post_title");
    }
    let project = Project::small().write(BAD, format!("{PROFILE}headings: {{purpose: \"\", accountabilities: }}\n"));
    project.build(&[]).status(0);
}

#[test]
fn a_date_has_the_form_of_a_date() {
    for date in ["\"-001-01-01\"", "\"+026-01-05\"", "2026-1-5", "2026-01-05T10:00", "05/01/2026", "2026-13-01", "2025-02-29"] {
        bad_profile(with("2026-01-05", date), "impossible-date", "revised_on");
    }
}

#[test]
fn a_number_that_is_too_large_is_called_that() {
    bad_profile(with("requirement: essential", "weight: 99999999999, requirement: essential"), "out-of-range", "99999999999");
}

#[test]
fn clauses_that_include_each_other_without_end_are_refused() {
    let start = Instant::now();
    let mut clauses = "clauses:\n".to_owned();
    for level in 0..7 {
        clauses.push_str(&format!("  c{level}:\n    blocks:\n{}", format!("      - include: c{}\n", level + 1).repeat(40)));
    }
    clauses.push_str("  c7:\n    text: Words.\n");
    let project = with_bad_organisation(Project::small());
    let organisation = project.read(OTHER);
    let profile = with("text: To keep the lamp.", "include: c0");
    let project = project.write(OTHER, format!("{organisation}{clauses}")).write("profiles/other/bad.yaml", profile);
    bad_organisation(&project, "too-many-includes", OTHER, "include: ");
    assert!(start.elapsed() < SOON, "it took {:?}", start.elapsed());
}

#[test]
fn a_brand_that_makes_no_sense_is_refused_at_its_value() {
    let cases = [
        ("size: 12pt", "size: 12p", "wrong-type"),
        ("size: 12pt", "size: 1e999pt", "wrong-type"),
        ("size: 12pt", "size: -5pt", "out-of-range"),
        ("size: 12pt", "size: 0", "out-of-range"),
        ("line-height: 1.5", "line-height: NaN", "wrong-type"),
        ("line-height: 1.5", "line-height: -3", "out-of-range"),
        ("weight: 400, line-height", "weight: 1e5, line-height", "out-of-range"),
        ("primary: sea", "primary: primary", "unknown-colour"),
        ("sea: '#0B3F5C'", "sea: '#GGG'", "unknown-colour"),
        ("path: ../../fonts/jobpack-symbols/JobpackSymbols-Regular.ttf", "path: [a]", "wrong-type"),
        ("path: ../../fonts/jobpack-symbols/JobpackSymbols-Regular.ttf", "path: ../../../../etc/passwd", "path-outside-project"),
        ("path: ../../fonts/jobpack-symbols/JobpackSymbols-Regular.ttf", "path: organisation.yaml", "not-a-font"),
        ("  fonts:\n", "  fontz:\n", "missing-field"),
    ];
    for (from, to, code) in cases {
        let project = with_bad_organisation(Project::small()).replace(OTHER_BRAND, from, to);
        let line = if code == "missing-field" { "" } else { to.rsplit(": ").next().unwrap_or(to) };
        bad_organisation(&project, code, OTHER_BRAND, line);
    }
    for (setting, code) in [
        ("margin: 9999pt", "out-of-range"),
        ("margin: wide", "wrong-type"),
        ("marign: 50pt", "unknown-field"),
        ("paper: a99", "unknown-value"),
        ("table: gird", "unknown-value"),
        ("heading-rule: yes", "unknown-value"),
    ] {
        let project = with_bad_organisation(Project::small());
        let brand = project.read(OTHER_BRAND);
        let project = project.write(OTHER_BRAND, format!("{brand}defaults:\n  jobpack:\n    {setting}\n"));
        bad_organisation(&project, code, OTHER_BRAND, setting);
    }
    for brand in ["", "- a list\n", "a text\n"] {
        bad_organisation(&with_bad_organisation(Project::small()).write(OTHER_BRAND, brand), "wrong-type", OTHER_BRAND, "");
    }
}

#[test]
fn yaml_that_is_nearly_right_gets_a_hint_that_helps() {
    let cases = [
        ("grade: Grade 4", "grade: @home", "double quotes"),
        ("grade: Grade 4", "grade: `x`", "double quotes"),
        ("grade: Grade 4", "grade: Grade 4: upper", "double quotes"),
        ("grade: Grade 4", "grade: \"\\q\"", "single quotes"),
    ];
    for (from, to, hint) in cases {
        let project = Project::small().write(BAD, with(from, to));
        let run = refused(&project, &Expected { code: "yaml-syntax", path: BAD, line: to });
        let said = diagnostics(&run.json(), "test/bad");
        assert!(said[0]["hints"][0].as_str().is_some_and(|text| text.contains(hint)), "{said:#?}");
    }
    bad_profile(format!("a: &a [*a]\n{PROFILE}"), "yaml-unsupported", "*a");
    bad_profile(format!("{PROFILE}? [a, b]\n: c\n"), "yaml-unsupported", "[a, b]");
    bad_profile(with("grade: Grade 4", "grade: !!binary aGk="), "yaml-unsupported", "!!binary");
    bad_profile(format!("{PROFILE}---\n{PROFILE}"), "yaml-unsupported", "---");
    bad_profile(format!("{PROFILE}{}: 1\n", "k".repeat(1000)), "unknown-field", "kkk");
}

#[test]
fn a_character_of_an_organisation_that_no_document_can_hold_is_refused_at_its_place() {
    let with = |from: &str, to: &str| {
        let project = with_bad_organisation(Project::small());
        let organisation = project.read(OTHER);
        project.write(OTHER, format!("{}short_name: Testham\n", organisation).replace(from, to))
    };
    let clauses = "layout: council\nclauses:\n";
    let section = |project: Project| {
        project.replace("profiles/other/bad.yaml", "sections: [person_specification]", "sections: [person_specification, lit]")
    };
    for (text, code, line) in [("\u{1F600}", "missing-glyph", "\u{1F600}"), ("\u{F0B7}", "private-use-character", "\u{F0B7}"), ("\\x07", "control-character", "x07")] {
        bad_organisation(&with("name: Testham Council", &format!("name: \"Testham {text}\"")), code, OTHER, line);
        bad_organisation(&with("short_name: Testham", &format!("short_name: \"Test {text}\"")), code, OTHER, line);
        let labels = format!("layout: council\ndefaults: {{labels: {{criterion: \"C {text}\"}}}}");
        bad_organisation(&with("layout: council", &labels), code, OTHER, line);
        let page = format!("{clauses}  welcome: {{text: \"Welcome {text}\"}}");
        let project = with("layout: council", &page);
        project.build(&[]).status(0);
        let vacancy = "kind: vacancy\nprofile: bad\nstatus: draft\nrevised_on: 2026-01-06\n";
        project.write("profiles/other/vacancies/post.yaml", vacancy).build(&["other/post"]).status(1).says(code).says(OTHER);
        let part = format!("{clauses}  lit: {{text: \"The {{{{ profile.post_title }}}} {text}\"}}");
        bad_organisation(&section(with("layout: council", &part)), code, OTHER, line);
        with("layout: council", &part).build(&[]).status(0);
    }
    let project = Project::small().copy("templates");
    let layout = project.read("templates/council/layout.yaml").replacen("en: Job pack", "en: Job \u{F0B7} pack", 1);
    assert!(layout.contains('\u{F0B7}'), "there is no such title");
    project.write("templates/council/layout.yaml", layout).build(&[]).status(1).says("private-use-character").says("templates/council/layout.yaml");
}
