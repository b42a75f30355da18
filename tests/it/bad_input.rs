//! Bad input gets a diagnostic at its file and line, and the packs beside it are still built: no panic, no part of a
//! pack, nothing half-written. Hostile text is text.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::docx::Docx;
use crate::html::Html;
use crate::pdf::Pdf;
use crate::project::{PROFILE, Project, Run};
use crate::validators;
use crate::words::plain;

/// The profile that is spoiled.
pub const BAD: &str = "profiles/test/bad.yaml";

/// What has to be said of a bad pack.
pub struct Expected<'a> {
    /// Code of the finding.
    pub code: &'a str,
    /// File that it names.
    pub path: &'a str,
    /// Text that the named line must hold; empty where there is no line to name.
    pub line: &'a str,
}

/// The diagnostics of a pack in the report of `build --json`.
pub fn diagnostics(report: &Value, pack: &str) -> Vec<Value> {
    let packs = report["packs"].as_array().expect("a report has packs");
    let found = packs.iter().find(|entry| entry["pack"] == pack).unwrap_or_else(|| panic!("{pack} is not in {report:#}"));
    found["diagnostics"].as_array().expect("a pack has diagnostics").clone()
}

/// Demands that a finding says what to do, and that its line and column are where the text of its span begins.
#[track_caller]
fn points_at(project: &Project, found: &Value, expected: &Expected<'_>) {
    let hinted = found["hints"].as_array().is_some_and(|hints| hints.iter().all(Value::is_string) && !hints.is_empty());
    // Typst says what to do where it knows.
    assert!(hinted || expected.code == "typst", "nobody says what to do: {found:#}");
    if expected.line.is_empty() {
        return;
    }
    let bytes = std::fs::read(project.path(expected.path)).expect("the file is there");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let number = |name: &str| usize::try_from(found[name].as_u64()?).ok()?.checked_sub(1);
    let line = number("line").and_then(|line| text.lines().nth(line)).unwrap_or_default();
    assert!(line.contains(expected.line), "{found:#} should point at {:?}", expected.line);
    let rest: String = line.chars().skip(number("column").expect("a column")).collect();
    let said = found["text"].as_str().and_then(|text| text.lines().next()).unwrap_or_default().trim_end_matches('…');
    assert!(rest.starts_with(said), "{found:#} should begin at its column of {line:?}");
}

/// Builds everything; `test/bad` must fail as expected, and leave nothing.
#[track_caller]
pub fn refused(project: &Project, expected: &Expected<'_>) -> Run {
    let run = project.run(&["build", "--json"]).status(1);
    let said = diagnostics(&run.json(), "test/bad");
    let fits = |found: &Value| found["code"] == expected.code && found["path"] == expected.path && found["severity"] == "error";
    let found = said.iter().find(|found| fits(found));
    let found = found.unwrap_or_else(|| panic!("expected {} in {}, found {said:#?}", expected.code, expected.path));
    points_at(project, found, expected);
    let left: Vec<_> = run.files().into_keys().filter(|name| name.contains("bad") || name.contains(".jobpack-")).collect();
    assert!(left.is_empty(), "{left:?} is left of a pack that failed");
    run
}

/// The same for a fault of the profile `test/bad`; `test/good` must be built.
#[track_caller]
pub fn bad_profile(profile: impl AsRef<[u8]>, code: &str, line: &str) -> Run {
    let run = refused(&Project::small().write(BAD, profile), &Expected { code, path: BAD, line });
    assert!(run.files().contains_key("test/good/good-job-pack.pdf"), "the good pack is missing");
    run
}

/// The small profile with one text in place of another.
#[track_caller]
pub fn with(from: &str, to: &str) -> String {
    assert_eq!(PROFILE.matches(from).count(), 1, "{from:?}");
    PROFILE.replace(from, to)
}

#[test]
fn broken_yaml_is_refused_at_its_line() {
    bad_profile(with("  - id: purpose\n    text", "  - id: purpose\n\ttext"), "yaml-syntax", "text");
    bad_profile(format!("{PROFILE}grade: Grade 5\n"), "duplicate-key", "Grade 5");
    bad_profile(with("Light the lamp at dusk.", "\"Light the lamp"), "yaml-syntax", "");
    bad_profile("", "wrong-type", "");
    bad_profile("- a list\n", "wrong-type", "a list");
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let alias = format!("*a{}", level - 1);
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![alias; 10].join(", ")));
    }
    bad_profile(bomb, "yaml-too-many-values", "*a");
}

#[test]
fn a_hundred_thousand_levels_are_refused_at_once() {
    const CODE: &str = "yaml-too-deep";
    for open in ["x: ", ""] {
        let deep = format!("{open}{}", "{a: ".repeat(100_000));
        let start = Instant::now();
        let file = jobpack::source::decode(deep.clone().into_bytes(), "deep.yaml").expect("it is text");
        let faults = jobpack::source::read(&file, jobpack::source::Layer::Profile).expect_err("it is too deep");
        let time = start.elapsed();
        assert_eq!(faults[0].code, CODE);
        assert!(time < Duration::from_millis(50), "it took {time:?}");
        bad_profile(deep, CODE, "{a: ");
    }
    bad_profile("- ".repeat(100_000), "yaml-too-deep", "- ");
    bad_profile("[".repeat(100_000), "yaml-too-deep", "[");
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    bad_profile(vec![b'#'; 50 << 20], "file-too-large", "");
}

#[test]
fn a_file_that_is_not_utf8_is_refused_at_its_line() {
    let mut bytes = PROFILE.as_bytes().to_vec();
    let at = PROFILE.find("Lamp Keeper").expect("the title");
    bytes[at] = 0x93;
    bad_profile(bytes, "not-utf8", "amp Keeper");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let project = Project::small().write(BAD, format!("\u{FEFF}{}", PROFILE.replace('\n', "\r\n")));
    let run = project.build(&[]).status(0);
    let words = |name: &str| Pdf::read(&run.file(&format!("test/{name}/{name}-job-pack.pdf"))).paragraphs();
    assert_eq!(words("bad"), words("good"));
}

#[test]
fn what_the_model_does_not_know_is_refused_with_a_hint() {
    let unknown = bad_profile(with("post_title:", "post_titel:"), "unknown-field", "post_titel");
    let said = diagnostics(&unknown.json(), "test/bad");
    let hints: Vec<String> = said.iter().flat_map(|found| found["hints"].as_array().expect("hints").clone()).map(|hint| hint.to_string()).collect();
    assert!(hints.iter().any(|hint| hint.contains("post_title")), "{hints:?}");
    bad_profile(with("post_title:", "post_titel:"), "missing-field", "");
    bad_profile(with("post_title: Lamp Keeper", "post_title: [Lamp Keeper]"), "wrong-type", "[Lamp Keeper]");
    bad_profile(with("2026-01-05", "2026-02-30"), "impossible-date", "2026-02-30");
    bad_profile(with("{id: a2,", "{id: a1,"), "duplicate-id", "Put it out");
    bad_profile(format!("{PROFILE}extends: test/nobody\n"), "unknown-profile", "test/nobody");
    bad_profile(with("text: To keep the lamp.", "include: no_such_clause"), "unknown-clause", "no_such_clause");
}

#[test]
fn every_fault_of_every_file_is_said_in_one_run() {
    let bad = with("post_title:", "post_titel:").replace("2026-01-05", "2026-02-30");
    let project = Project::small().write(BAD, bad).write("profiles/test/worse.yaml", with("grade:", "grad:"));
    let report = project.run(&["build", "--json"]).status(1).json();
    let codes = |pack: &str| diagnostics(&report, pack).iter().map(|found| found["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>();
    assert!(codes("test/bad").len() >= 3, "{:?}", codes("test/bad"));
    assert_eq!(codes("test/worse"), ["unknown-field"]);
}

/// A copy of the small organisation, `bad`, to be spoiled; its pack is `bad/bad`.
pub fn with_bad_organisation(project: Project) -> Project {
    let of = |name: &str| project.read(&format!("profiles/test/{name}"));
    let (organisation, brand) = (of("organisation.yaml"), of("_brand.yml"));
    project.write("profiles/other/organisation.yaml", organisation).write("profiles/other/_brand.yml", brand).write("profiles/other/bad.yaml", PROFILE)
}

/// A fault of an organisation or a layout fails its own packs alone.
#[track_caller]
pub fn bad_organisation(project: &Project, code: &str, path: &str, line: &str) {
    let run = project.run(&["build", "--json"]).status(1);
    let report = run.json();
    assert_eq!(diagnostics(&report, "test/good"), Vec::<Value>::new());
    let said = diagnostics(&report, "other/bad");
    let found = said.iter().find(|found| found["code"] == code && found["path"] == path);
    let found = found.unwrap_or_else(|| panic!("expected {code} in {path}, found {said:#?}"));
    points_at(project, found, &Expected { code, path, line });
    let files = run.files();
    assert!(files.contains_key("test/good/good-job-pack.pdf") && files.keys().all(|name| !name.starts_with("other/")), "{:?}", files.keys());
}

/// The organisation that is spoiled.
pub const OTHER: &str = "profiles/other/organisation.yaml";
/// Its brand.
pub const OTHER_BRAND: &str = "profiles/other/_brand.yml";

#[test]
fn a_missing_logo_and_an_unknown_layout_are_refused() {
    let logo = |path: &str| {
        let project = with_bad_organisation(Project::small());
        let brand = project.read(OTHER_BRAND);
        project.write(OTHER_BRAND, format!("{brand}logo:\n  images:\n    mark: {{path: {path}, alt: Testham}}\n  medium: mark\n"))
    };
    bad_organisation(&logo("nowhere.svg"), "file-missing", OTHER_BRAND, "nowhere.svg");
    bad_organisation(&logo("../../../outside.svg"), "path-outside-project", OTHER_BRAND, "outside.svg");
    let project = with_bad_organisation(Project::small()).replace(OTHER, "layout: council", "layout: concil");
    bad_organisation(&project, "unknown-layout", OTHER, "concil");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_refused() {
    let outside = tempfile::NamedTempFile::new().expect("a file outside");
    let project = with_bad_organisation(Project::small());
    let brand = project.read(OTHER_BRAND);
    let project = project.write(OTHER_BRAND, format!("{brand}logo:\n  images:\n    mark: {{path: mark.svg, alt: Testham}}\n  medium: mark\n"));
    std::os::unix::fs::symlink(outside.path(), project.path("profiles/other/mark.svg")).expect("a link is made");
    bad_organisation(&project, "path-outside-project", OTHER_BRAND, "mark.svg");
}

#[test]
fn a_misspelt_path_in_a_condition_is_refused() {
    let clause = "clauses:\n  safe:\n    text: >-\n      {% if organisation.nmae %}We keep children safe.{% endif %} Words.\n";
    let project = with_bad_organisation(Project::small());
    let organisation = project.read(OTHER);
    let project = project.write(OTHER, format!("{organisation}{clause}"));
    bad_organisation(&project, "unknown-path", OTHER, "nmae");
}

/// A project whose second organisation has a layout of its own: the council's, with `code` at the end.
fn with_layout(code: &str) -> Project {
    let project = with_bad_organisation(Project::small()).copy("templates/council").replace(OTHER, "layout: council", "layout: own");
    let files = crate::project::files(&project.path("templates/council"));
    let project = files.into_iter().fold(project, |project, (path, bytes)| project.write(&format!("templates/own/{path}"), bytes));
    std::fs::remove_dir_all(project.path("templates/council")).expect("the copy is there");
    let layout = project.read("templates/own/layout.typ");
    project.write("templates/own/layout.typ", format!("{layout}\n{code}\n"))
}

#[test]
fn a_fault_in_a_layout_is_said_at_its_own_line() {
    let path = "templates/own/layout.typ";
    bad_organisation(&with_layout("#let x = missing-name"), "typst", path, "missing-name");
    bad_organisation(&with_layout("#import \"@preview/cetz:0.1.0\""), "typst", path, "cetz");
    bad_organisation(&with_layout("#read(\"/../../outside.txt\")"), "typst", path, "outside.txt");
}

#[test]
fn words_below_the_sheet_are_refused() {
    let lines = "#block(breakable: false, for _ in range(80) { par[A line of a block that is higher than a page.] })";
    bad_organisation(&with_layout(lines), "words-off-sheet", "templates/own/layout.typ", "");
}

#[test]
fn words_that_one_format_would_drop_are_refused() {
    let path = "templates/own/layout.typ";
    bad_organisation(&with_layout("#grid(columns: 2)[Left words][Right words]"), "content-dropped", path, "#grid");
    bad_organisation(&with_layout("#context if target() == \"html\" [Only here.]"), "formats-differ", path, "");
}

#[test]
fn a_character_that_nothing_can_show_is_refused_at_its_line() {
    let cases = [
        ("\u{1F600}", "missing-glyph", "U+1F600"),
        ("\u{F0B7}", "private-use-character", "U+F0B7"),
        ("\\x07", "control-character", "U+0007"),
        ("\\x00", "control-character", "U+0000"),
        ("\\x85", "control-character", "U+0085"),
        ("\\uFFFE", "control-character", "U+FFFE"),
        ("\\uFEFF", "invisible-character", "U+FEFF"),
    ];
    for (character, code, name) in cases {
        let run = bad_profile(with("Light the lamp at dusk.", &format!("\"Light the {character} lamp.\"")), code, "Light the");
        let said = diagnostics(&run.json(), "test/bad");
        let hinted = |found: &Value| found["message"].as_str().is_some_and(|text| text.contains(name)) && found["hints"][0].is_string();
        assert!(said.iter().any(hinted), "{name} is not named, or nobody says what to do: {said:#?}");
    }
}

#[test]
fn a_list_that_is_nested_too_deep_is_refused() {
    let nested = (0..12).map(|depth| format!("\n{}- level {depth}", "  ".repeat(depth + 4))).collect::<String>();
    let text = format!("|{}", nested);
    bad_profile(with("text: To keep the lamp.", &format!("text: {text}")), "list-too-deep", "");
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let project = Project::small().write("taken", "a file, not a folder");
    let run = project.run(&["build", "--json", "--out", "taken"]).status(1);
    let said = diagnostics(&run.json(), "test/good");
    assert!(said.iter().any(|found| found["code"] == "output-not-writable"), "{said:#?}");
    assert_eq!(project.read("taken"), "a file, not a folder");
}

#[test]
fn a_pack_that_fails_keeps_its_last_good_files() {
    let project = Project::small();
    let before = project.build(&[]).status(0).files();
    let project = project.replace("profiles/test/good.yaml", "post_title:", "post_titel:");
    assert_eq!(project.build(&[]).status(1).files(), before);
}

#[test]
fn hostile_text_is_plain_text_in_every_format() {
    const HOSTILE: [&str; 11] = [
        r#"Before #import "x" after"#,
        "Before {{ config }} after",
        "Before {% for a in b %} after",
        "Before $x^2$ after",
        "Before </w:t></w:r> after",
        "Before <script>alert(1)</script> after",
        "Before #[bold] @label <label> after",
        "Before \\u{41} \\ after",
        "Before // comment /* and */ after",
        "Before ]]> <!-- after -->",
        "Before %PDF-1.7 (x) Tj after",
    ];
    let items: String = HOSTILE.iter().zip(0..).map(|(text, at)| format!("        - {{id: h{at}, text: {}}}\n", serde_json::Value::from(*text))).collect();
    let profile = with("        - {id: a1, text: Light the lamp at dusk.}\n", &items);
    let run = Project::small();
    let project = run.write(BAD, profile);
    let run = project.build(&["test/bad"]).status(0);
    let file = |ending: &str| run.file(&format!("test/bad/bad-job-pack.{ending}"));
    let formats = [
        ("PDF", Pdf::read(&file("pdf")).paragraphs()),
        ("DOCX", Docx::read(&file("docx")).paragraphs().into_iter().map(|paragraph| paragraph.text).collect()),
        ("HTML", Html::read(&file("html")).paragraphs()),
    ];
    for (format, paragraphs) in formats {
        for text in HOSTILE {
            assert!(paragraphs.iter().any(|paragraph| plain(paragraph) == plain(text)), "the {format} lacks {text:?}: {paragraphs:#?}");
        }
    }
    validators::none(&validators::check_pdfs(&[file("pdf")]));
    validators::none(&validators::check_docx(&[file("docx")]));
    validators::none(&validators::check_html(&[file("html")]));
}

#[test]
fn a_link_that_runs_code_is_refused() {
    bad_profile(with("Light the lamp at dusk.", "\"[a](javascript:1)\""), "link-scheme", "javascript");
}

#[test]
fn an_undeclared_placeholder_stands_as_written_and_is_said() {
    let project = Project::small().write(BAD, with("Light the lamp at dusk.", "\"Light the {{lamp}}.\""));
    let run = project.run(&["build", "--json"]).status(0);
    let said = diagnostics(&run.json(), "test/bad");
    assert!(said.iter().any(|found| found["code"] == "undeclared-placeholder" && found["severity"] == "warning"), "{said:#?}");
    let words = Pdf::read(&run.file("test/bad/bad-job-pack.pdf")).paragraphs();
    assert!(words.iter().any(|text| plain(text) == "Light the {{lamp}}."), "{words:?}");
}

#[test]
fn marks_of_direction_do_no_harm() {
    let project = Project::small().write(BAD, with("Light the lamp at dusk.", "\"Light \\u202Ethe lamp\\u202C at dusk.\""));
    let run = project.run(&["build", "--json"]);
    match run.status {
        Some(0) => {
            let words = Docx::read(&run.file("test/bad/bad-job-pack.docx")).paragraphs();
            assert!(words.iter().any(|paragraph| plain(&paragraph.text) == "Light the lamp at dusk."), "{words:?}");
        }
        _ => assert!(diagnostics(&run.json(), "test/bad").iter().any(|found| found["path"] == BAD && found["line"].is_number())),
    }
}
