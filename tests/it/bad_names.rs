//! A name that stands for nothing is refused at its place, with the names that there are: nothing is guessed and nothing
//! is invented.

use serde_json::Value;

use crate::bad_input::{BAD, Expected, bad_profile, diagnostics, refused, with};
use crate::project::{PROFILE, Project, Run};

const FRAMEWORK: &str = "\
kind: framework
name: Lamp skills
competencies:
  - {id: care, name: Care, definition: Cares for lamps., levels: {1: [Trims the wick.], 2: [Teaches others.]}}
";

const CHOICE: &str = "competencies:\n  framework: lamps\n  select:\n    - {id: care, level: 1}\n";

/// The small profile with a competency; `from` stands in its choice and becomes `to`.
fn choosing(from: &str, to: &str) -> (Project, String) {
    assert_eq!(CHOICE.matches(from).count(), 1, "{from:?}");
    let profile = with("sections: [person_specification]", "sections: [person_specification, competencies]");
    let project = Project::small().write("profiles/test/frameworks/lamps.yaml", FRAMEWORK);
    (project, format!("{profile}{}", CHOICE.replace(from, to)))
}

/// Demands a fault of the choice, with a hint that names what there is.
#[track_caller]
fn bad_choice(from: &str, to: &str, code: &str, hint: &str) {
    let (project, profile) = choosing(from, to);
    let run = refused(&project.write(BAD, profile), &Expected { code, path: BAD, line: to });
    assert!(run.files().contains_key("test/good/good-job-pack.pdf"), "the good pack is missing");
    hinted(&run, code, hint);
}

#[track_caller]
fn hinted(run: &Run, code: &str, hint: &str) {
    let said = diagnostics(&run.json(), "test/bad");
    let hints = |found: &Value| found["hints"].as_array().expect("hints").iter().any(|text| text.as_str().is_some_and(|text| text.contains(hint)));
    assert!(said.iter().any(|found| found["code"] == code && hints(found)), "{hint:?} is in no hint of {said:#?}");
}

#[test]
fn a_table_of_a_layout_has_header_cells_and_a_link_says_where_it_leads() {
    let project = Project::small().copy("templates");
    let layout = project.read("templates/council/layout.typ") + "\n#table(columns: 2, [Monday], [9am])\n";
    let run = project.write("templates/council/layout.typ", layout).build(&[]).status(1);
    run.says("table-without-header").says("begins with `Monday`").says("templates/council/layout.typ");
    let vague = Project::small().replace("profiles/test/good.yaml", "To keep the lamp.", "Read on [here](https://example.org).");
    vague.build(&[]).status(0).says("warning[link-says-nothing]").says("`here`");
}

#[test]
fn a_part_that_no_page_prints_is_an_error() {
    let project = Project::small().copy("templates");
    let layout = project.read("templates/council/layout.yaml");
    let layout = layout.replacen("part: person_specification", "part: person_specifcation", 1);
    let run = project.write("templates/council/layout.yaml", layout).build(&[]).status(1);
    run.says("part-not-printed").says("is `part: person_specifcation` meant to be `part: person_specification`?");
}

#[test]
fn a_framework_competency_or_level_that_is_not_there_is_not_invented() {
    let (project, profile) = choosing("level: 1", "level: 2");
    project.write(BAD, profile).build(&[]).status(0);
    bad_choice("framework: lamps", "framework: lamsp", "unknown-framework", "`lamps`");
    bad_choice("id: care", "id: caer", "unknown-competency", "`care`");
    bad_choice("id: care", "id: zeal", "unknown-competency", "care");
    bad_choice("level: 1", "level: 3", "unknown-level", "1, 2");
    bad_choice(", level: 1", ", level: 300", "out-of-range", "255");
}

#[test]
fn a_framework_level_that_is_left_out_or_empty_is_not_invented() {
    let (project, profile) = choosing(", level: 1", "");
    refused(&project.write(BAD, profile), &Expected { code: "missing-level", path: BAD, line: "id: care" });
    let (project, profile) = choosing("level: 1", "level: 2");
    let project = project.write(BAD, profile).replace("profiles/test/frameworks/lamps.yaml", "2: [Teaches others.]", "2: null");
    refused(&project, &Expected { code: "unknown-level", path: BAD, line: "level: 2" });
}

#[test]
fn a_declared_variable_without_a_value_is_refused_where_it_is_used() {
    let variable = "variables: {lamp: {label: which lamp}}\n";
    let run = bad_profile(format!("{}{variable}", with("Light the lamp at dusk.", "\"Light {{lamp}}.\"")), "variable-without-value", "{{lamp}}");
    hinted(&run, "variable-without-value", "variables.lamp.value");
}

#[test]
fn a_value_of_a_variable_is_never_looked_into_again() {
    let variables = "variables:\n  a: {value: \"{{b}}\"}\n  b: {value: \"{{a}} #b\"}\n";
    let project = Project::small().write(BAD, format!("{}{variables}", with("Light the lamp at dusk.", "\"Light {{a}} and {{b}}.\"")));
    let run = project.run(&["build", "--json"]).status(0);
    let words = crate::pdf::Pdf::read(&run.file("test/bad/bad-job-pack.pdf")).paragraphs();
    assert!(words.iter().any(|text| crate::words::plain(text) == "Light {{b}} and {{a}} #b."), "{words:?}");
}

#[test]
fn a_profile_to_extend_that_is_not_there_is_refused() {
    bad_profile(format!("{PROFILE}extends: test/goood\n"), "unknown-profile", "test/goood");
    let run = bad_profile(format!("{PROFILE}extends: nobody/good\n"), "unknown-profile", "nobody/good");
    hinted(&run, "unknown-profile", "no such organisation");
    bad_profile(format!("{PROFILE}extends: ../../etc/passwd\n"), "unknown-profile", "../../etc/passwd");
    bad_profile(format!("{PROFILE}extends: bad\n"), "circular-extends", "extends: bad");
}

#[test]
fn profiles_that_extend_each_other_are_refused_for_what_they_are() {
    let project = Project::small().write(BAD, format!("{PROFILE}extends: worse\n")).write("profiles/test/worse.yaml", format!("{PROFILE}extends: bad\n"));
    let run = refused(&project, &Expected { code: "circular-extends", path: "profiles/test/worse.yaml", line: "extends: bad" });
    assert!(run.files().contains_key("test/good/good-job-pack.pdf"), "the good pack is missing");
    let chain = (1..12).fold(Project::small().write(BAD, format!("{PROFILE}extends: p1\n")), |project, at| {
        let next = if at == 11 { "good".to_owned() } else { format!("p{}", at + 1) };
        project.write(&format!("profiles/test/p{at}.yaml"), format!("{PROFILE}extends: {next}\n"))
    });
    refused(&chain, &Expected { code: "extends-too-long", path: "profiles/test/p8.yaml", line: "extends: p9" });
}

#[test]
fn a_profile_and_a_vacancy_of_one_name_are_refused() {
    let vacancy = "kind: vacancy\nprofile: good\nrevised_on: 2026-01-05\n";
    let project = Project::small().write(BAD, PROFILE).write("profiles/test/vacancies/bad.yaml", vacancy);
    let run = refused(&project, &Expected { code: "duplicate-id", path: BAD, line: "" });
    assert!(run.files().contains_key("test/good/good-job-pack.pdf"), "the good pack is missing");
    hinted(&run, "duplicate-id", "profiles/test/vacancies/bad.yaml");
}

#[test]
fn a_vacancy_says_each_thing_once() {
    let project = Project::small().write("profiles/test/vacancies/bad.yaml", "");
    let said = diagnostics(&project.run(&["build", "--json"]).status(1).json(), "test/bad");
    assert_eq!(said.iter().map(|found| found["code"].as_str()).collect::<Vec<_>>(), [Some("wrong-type")]);
    let project = project.write("profiles/test/vacancies/bad.yaml", "kind: vacancy\nprofile: goood\nrevised_on: 2026-01-05\n");
    refused(&project, &Expected { code: "unknown-profile", path: "profiles/test/vacancies/bad.yaml", line: "goood" });
}

#[test]
fn a_style_or_a_language_that_is_not_there_is_refused_at_its_line() {
    bad_profile(with("text: To keep the lamp.", "text: To keep the lamp.\n    style: nonsense"), "unknown-style", "nonsense");
    for language in ["welsh", "CY", "c", "en_GB", "\"cy\\\"><script>\"", "\"\""] {
        let profile = with("text: To keep the lamp.", &format!("text: To keep the lamp.\n    language: {language}"));
        bad_profile(profile, "unknown-language", "language:");
    }
}

#[test]
fn ids_are_used_once_in_every_list() {
    let twice = "purpose:\n  - {id: purpose, text: First.}\n  - {id: purpose, text: Second.}";
    bad_profile(with("purpose:\n  - id: purpose\n    text: To keep the lamp.", twice), "duplicate-id", "Second");
    bad_profile(with("essential, assessed_by: [interview]}", "essential}\n        - {id: s1, text: Again}"), "duplicate-id", "Again");
}

/// The findings of `check` with this code, none of which is of a pack alone, and those of `build`, which must be the same.
#[track_caller]
fn named_in_vain(project: &Project, code: &str) -> Vec<Value> {
    let of = |found: &Value| -> Vec<Value> {
        found.as_array().expect("findings").iter().filter(|found| found["code"] == code).cloned().collect()
    };
    let checked = of(&serde_json::from_str(&project.run(&["check", "--format", "json"]).status(0).stdout).expect("JSON"));
    let built = project.run(&["build", "--json", "--format", "txt"]).status(0).json();
    assert_eq!(of(&built["diagnostics"]), checked);
    assert!(checked.iter().all(|found| found["severity"] == "warning"), "{checked:#?}");
    checked
}

const COUNCIL: &str = "profiles/test/organisation.yaml";

#[test]
fn a_clause_that_nothing_prints_is_a_warning_at_its_name() {
    let clauses = "clauses:\n  statement_privcy:\n    text: Words.\n  lamps:\n    text: Words.\n    variants: {short: {text: W.}}\n  \
        duties:\n    blocks: [{include: lamps, variant: short}]\n  alone:\n    blocks: [{include: alone}]\n  welcome:\n    text: W.\n";
    let project = Project::small();
    let organisation = project.read(COUNCIL);
    let project = project
        .write(COUNCIL, format!("{organisation}{clauses}"))
        .replace("profiles/test/good.yaml", "sections: [person_specification]", "sections: [person_specification, duties]")
        .write(BAD, PROFILE);
    let found = named_in_vain(&project, "unused-clause");
    let texts: Vec<_> = found.iter().map(|found| found["text"].as_str().unwrap_or_default()).collect();
    assert_eq!(texts, ["statement_privcy", "alone"], "{found:#?}");
    assert_eq!(found[0]["hints"][0], "did you mean `statement_privacy`?");
    let unread = project.write(BAD, "not: [a profile").run(&["check"]).status(1);
    assert!(!unread.stderr.contains("unused-clause"), "the file that can't be read may name them: {}", unread.stderr);
    let other = "kind: organisation\nname: Other\nsector: council\nlayout: council\nclauses:\n  lit: {text: Words.}\n";
    let base = PROFILE.replace("text: To keep the lamp.", "include: lit");
    let project = Project::small()
        .write("profiles/other/organisation.yaml", other)
        .write("profiles/other/_brand.yml", Project::small().read("profiles/test/_brand.yml"))
        .write("profiles/other/child.yaml", "kind: profile\nstatus: draft\nrevised_on: 2026-01-05\nextends: test/good\n")
        .write("profiles/test/good.yaml", base)
        .write(COUNCIL, format!("{organisation}clauses:\n  lit: {{text: Words.}}\n"));
    assert_eq!(named_in_vain(&project, "unused-clause"), Vec::<Value>::new());
}

#[test]
fn a_clause_that_a_layout_misspells_is_a_warning_where_it_is_named() {
    let project = Project::small().copy("templates");
    let path = "templates/council/layout.yaml";
    let (layout, organisation) = (project.read(path), project.read(COUNCIL));
    assert!(layout.contains("clause: welcome\n"), "the layout prints a welcome");
    let project = project
        .write(COUNCIL, format!("{organisation}clauses:\n  welcome: {{text: W.}}\n"))
        .write(path, layout.replace("clause: welcome\n", "clause: welcoem\n"));
    let found = named_in_vain(&project, "unknown-clause");
    assert_eq!((found[0]["path"].as_str(), found[0]["text"].as_str()), (Some(path), Some("welcoem")), "{found:#?}");
    assert_eq!(found[0]["hints"][0], "did you mean `welcome`?");
}

#[test]
fn a_label_that_nothing_prints_is_a_warning_at_its_name() {
    let labels = "defaults:\n  labels: {esential: Must, page_cover: Front, page_covr: Front, post_title: Job, scope: Span, colour: Blue}\n";
    let project = Project::small();
    let organisation = project.read(COUNCIL);
    let project = project
        .write(COUNCIL, format!("{organisation}{labels}"))
        .write(BAD, format!("{PROFILE}labels: {{crtierion: Point, works_with_adults: Adults}}\n"));
    let found = named_in_vain(&project, "unknown-label");
    let texts: Vec<_> = found.iter().map(|found| (found["text"].as_str().unwrap_or_default(), found["path"].as_str().unwrap_or_default())).collect();
    assert_eq!(texts, [("esential", COUNCIL), ("page_covr", COUNCIL), ("colour", COUNCIL), ("crtierion", BAD)], "{found:#?}");
    assert_eq!(found[0]["hints"][0], "did you mean `essential`?");
    assert_eq!(found[1]["hints"][0], "did you mean `page_cover`?");
}

#[test]
fn a_label_of_a_layout_is_its_own_unless_it_looks_like_another() {
    let project = Project::small().copy("templates");
    let layout = project.read("templates/council/layout.yaml");
    assert_eq!(layout.matches("\ndefaults:\n").count(), 1, "the layout has defaults");
    let layout = layout.replace("\ndefaults:\n", "\ndefaults:\n  labels: {lighthouse_keeper: Keeper, desirabel: Nice}\n");
    let organisation = project.read(COUNCIL);
    let project = project
        .write("templates/council/layout.yaml", layout)
        .write(COUNCIL, format!("{organisation}defaults:\n  labels: {{lighthouse_keeper: Chief}}\n"));
    let found = named_in_vain(&project, "unknown-label");
    let texts: Vec<_> = found.iter().map(|found| found["text"].as_str().unwrap_or_default()).collect();
    assert_eq!(texts, ["desirabel"], "{found:#?}");
}

#[test]
fn nothing_is_named_in_vain_in_the_shipped_profiles() {
    let found = Project::ours().run(&["check", "--format", "json"]).status(1).stdout;
    for code in ["unused-clause", "unknown-label", "missing-translation"] {
        assert!(!found.contains(code), "{found}");
    }
}
