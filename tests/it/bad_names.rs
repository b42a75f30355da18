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
