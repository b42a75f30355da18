//! Rules about the words, as `jobpack check` applies them: to packs as a whole, with what an organisation adds, with waivers, as
//! SARIF, with fixes; and what is found in the five profiles that come from real documents.

use std::collections::BTreeSet;

use serde_yaml::{Mapping, Value};

use crate::project::{BRAND, Project, repository};
use crate::validators;

const ORGANISATION: &str = "kind: organisation\nname: Test Council\nsector: council\nlayout: council\n";
const PROFILE: &str = "kind: profile\nstatus: draft\nrevised_on: 2026-11-26\npost_title: Officer\naccountabilities: [Keep records.]\nperson_specification:\n  groups:\n    - {id: a, criteria: [{text: Writes clearly, requirement: essential, assessed_by: [application]}]}\n";
const VACANCY: &str = "kind: vacancy\nprofile: officer\nrevised_on: 2026-11-26\n";
const FRAMEWORK: &str = "kind: framework\nname: Framework\n";

/// Some fields, and over them others.
fn with(base: &str, more: Option<&Value>) -> String {
    let mut all: Mapping = serde_yaml::from_str(base).expect("YAML");
    for (key, value) in more.and_then(Value::as_mapping).into_iter().flatten() {
        all.insert(key.clone(), value.clone());
    }
    serde_yaml::to_string(&all).expect("YAML")
}

fn project(case: &Value) -> Project {
    let mut project = Project::empty()
        .write("profiles/test/organisation.yaml", with(ORGANISATION, case.get("organisation")))
        .write("profiles/test/_brand.yml", BRAND)
        .write("profiles/test/officer.yaml", with(PROFILE, case.get("profile")));
    if let Some(vacancy) = case.get("vacancy") {
        project = project.write("profiles/test/vacancies/post.yaml", with(VACANCY, Some(vacancy)));
    }
    if let Some(framework) = case.get("framework") {
        project = project.write("profiles/test/frameworks/f.yaml", with(FRAMEWORK, Some(framework)));
    }
    if let Some(model) = case.get("model") {
        project = project.write("profiles/test/model.yaml", with(&format!("{PROFILE}model: {{number: \"1\"}}\n"), Some(model)));
    }
    project
}

/// What a rule finds, as fields and words; the pack that a case is about is the vacancy, if it has one.
fn found(project: &Project, rule: &str, pack: &str) -> Vec<(String, String)> {
    let all = project.run(&["check", pack, "--format", "json", "--as-of", "2026-11-26"]).json();
    let own = all.as_array().expect("findings").iter().filter(|finding| finding["code"] == rule);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    own.map(|finding| (text(&finding["field"]), text(&finding["text"]).trim_matches(['"', '\'']).to_owned())).collect()
}

#[test]
fn rules_about_whole_packs_find_what_they_should_and_nothing_else() {
    let cases: Vec<Value> = serde_yaml::from_str(&std::fs::read_to_string(repository().join("tests/it/check_rules.yaml")).expect("cases")).expect("YAML");
    let (mut fired, mut silent, mut wrong) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for case in &cases {
        let rule = case["rule"].as_str().expect("a rule");
        let pack = if case.get("vacancy").is_some() { "test/post" } else { "test/officer" };
        let found = found(&project(case), rule, pack);
        let meant: Vec<(&str, &str)> = case.get("found").and_then(Value::as_sequence).into_iter().flatten().map(|pair| (pair[0].as_str().expect("a field"), pair[1].as_str().expect("words"))).collect();
        let fits = found.len() == meant.len() && found.iter().zip(&meant).all(|((field, text), (name, words))| field == name && (*words == "*" || text == words));
        if !fits {
            wrong.push(format!("{}\n  found {found:?}\n  not   {meant:?}", serde_yaml::to_string(case).expect("YAML")));
        }
        if meant.is_empty() { silent.insert(rule) } else { fired.insert(rule) };
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(fired, silent, "each rule has a pack in which it finds something, and one in which it doesn't");
    let all: BTreeSet<&str> = jobpack::check::RULES.iter().filter(|rule| rule.looks_at_packs()).map(|rule| rule.code).collect();
    assert_eq!(fired, all, "every rule about packs has its cases");
}

/// What `check` says of the five profiles that come from real documents, and of what their organisations share. It was held against
/// the documents when it was last written: `JOBPACK_BLESS=1 cargo test --test it check_rules` writes it anew.
#[test]
fn the_findings_of_the_sources_are_as_somebody_read_them() {
    let project = Project::ours();
    for organisation in ["bradford", "gla", "havering", "heston"] {
        let found = project.run(&["check", organisation, "--format", "short", "--as-of", "2026-11-26"]).stdout;
        let path = repository().join(format!("tests/findings/{organisation}.txt"));
        if std::env::var_os("JOBPACK_BLESS").is_some() {
            std::fs::write(&path, &found).expect("written");
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default();
        let diff = similar::TextDiff::from_lines(&golden, &found).unified_diff().context_radius(0).to_string();
        assert!(diff.is_empty(), "{organisation}:\n{diff}");
    }
}

const CRB: &str = "profiles/test/officer.yaml";

fn with_crb(more: &str) -> Project {
    let project = project(&Value::Null);
    let text = project.read(CRB).replace("Keep records.", "Comply with CRB checks.");
    project.write(CRB, format!("# a comment\n{text}{more}"))
}

#[test]
fn an_organisation_adds_words_and_leaves_some_out() {
    let of = |checks: &str| {
        let project = with_crb("").write("profiles/test/organisation.yaml", format!("{ORGANISATION}checks:\n  obsolete-vetting-term: {checks}\n"));
        found(&project, "obsolete-vetting-term", "test/officer").into_iter().map(|(_, words)| words).collect::<Vec<_>>()
    };
    assert_eq!(of("{}"), ["CRB"]);
    assert_eq!(of("{without: [CRB]}"), Vec::<String>::new());
    assert_eq!(of("{except: [CRB checks]}"), Vec::<String>::new());
    assert_eq!(of("{terms: [{say: comply with, instead: pass}]}"), ["Comply with", "CRB"]);
    let fluent = |checks: &str| {
        let case = format!("{{organisation: {{checks: {checks}}}, profile: {{accountabilities: [Speaks perfect English to tenants.]}}}}");
        found(&project(&serde_yaml::from_str(&case).expect("YAML")), "fluency-standard", "test/officer").len()
    };
    assert_eq!([fluent("{}"), fluent("{fluency-standard: {context: {served: [Tenant]}}}")], [1, 0], "words around a term make it right");
    let unknown = with_crb("").write("profiles/test/organisation.yaml", format!("{ORGANISATION}checks:\n  readability: {{limits: {{sentence_word: 30}}}}\n  driving: {{context: {{nonsense: [a]}}, without: [CRBX]}}\n")).run(&["check"]);
    unknown.says("the rule `readability` has no figure `sentence_word`").says("did you mean `sentence_words`?").says("no context `nonsense`").says("no word `CRBX`");
    let run = with_crb("").write("profiles/test/organisation.yaml", format!("{ORGANISATION}checks: {{obsolete-veting-term: {{}}}}\n")).run(&["check"]);
    run.says("unknown-rule").says("did you mean `obsolete-vetting-term`?");
}

#[test]
fn a_finding_is_waived_until_a_day_and_a_waiver_that_nothing_needs_is_one() {
    let waiver = |at: &str, code: &str| format!("waivers: [{{code: {code}, {at}reason: the form is printed, until: 2026-12-31}}]\n");
    let check = |project: &Project, day: &str| project.run(&["check", "--format", "short", "--as-of", day]).stdout;
    let project = with_crb(&waiver("", "obsolete-vetting-term"));
    assert!(!check(&project, "2026-12-31").contains("obsolete-vetting-term"));
    let late = check(&project, "2027-01-01");
    assert!(late.contains("expired-waiver") && late.contains("error[obsolete-vetting-term]"), "{late}");
    let project = with_crb(&waiver("at: accountabilities, ", "obsolete-vetting-term"));
    assert!(!check(&project, "2026-12-01").contains("obsolete-vetting-term"));
    let elsewhere = check(&with_crb(&waiver("at: post_title, ", "obsolete-vetting-term")), "2026-12-01");
    assert!(elsewhere.contains("needless-waiver") && elsewhere.contains("error[obsolete-vetting-term]"), "{elsewhere}");
    let absent = with_crb(&waiver("at: fluency_duty, ", "fluency-duty"));
    assert!(!check(&absent, "2026-12-01").contains("fluency-duty"), "{}", check(&absent, "2026-12-01"));
    assert!(check(&with_crb(&waiver("", "driving")), "2026-12-01").contains("nothing needs the waiver of `driving`"));
}

#[test]
fn what_is_published_with_an_error_is_not_built_and_a_draft_is() {
    let project = with_crb("");
    project.build(&["test/officer"]).status(0);
    let published = project.replace(CRB, "status: draft", "status: published");
    let run = published.build(&["test/officer"]).status(1);
    run.says("error[obsolete-vetting-term]").says("checking the words of a published pack").says("officer.yaml");
    let mended = published.replace(CRB, "CRB", "DBS");
    mended.build(&["test/officer"]).status(0);
    let waived = mended.replace(CRB, "DBS", "CRB");
    let text = waived.read(CRB);
    let waived = waived.write(CRB, format!("{text}waivers: [{{code: obsolete-vetting-term, reason: history, until: 2027-01-31}}]\n"));
    waived.build(&["test/officer"]).status(0);
    // A vacancy that says nothing of its status goes out as its profile does, and so do its words.
    let vacancy = with_crb("").replace(CRB, "status: draft", "status: published").replace(CRB, "CRB", "DBS");
    let vacancy = vacancy.write("profiles/test/vacancies/post.yaml", format!("{VACANCY}advert: [Pass a CRB check.]\n"));
    vacancy.build(&["test/officer"]).status(0);
    vacancy.build(&["test/post"]).status(1).says("error[obsolete-vetting-term]").says("post.yaml");
    // What a variable is filled with is printed.
    let filled = with_crb("variables: {check: {value: a CRB check}}\nreports_to: \"{{check}}\"\n").replace(CRB, "status: draft", "status: published").replace(CRB, "with CRB", "with DBS");
    filled.build(&["test/officer"]).status(1).says("error[obsolete-vetting-term]");
    // Standard words that it prints count too.
    let clause = mended_clause();
    clause.build(&["test/officer"]).status(1).says("error[obsolete-vetting-term]").says("organisation.yaml");
}

fn mended_clause() -> Project {
    let case: Value = serde_yaml::from_str("{organisation: {clauses: {checks: {text: A CRB check is made.}, other: {text: Nobody prints this of the CRB.}}}, profile: {status: published, accountabilities: [{include: checks}]}}").expect("YAML");
    project(&case)
}

#[test]
fn what_rules_go_by_is_an_input_of_what_is_published() {
    const WORDS: &str = "templates/base/checks/obsolete-vetting-term.yaml";
    let words = |term: &str| format!("source: [test]\nas_of: 2026-11-26\nterms: [{{say: {term}}}]\n");
    let plan = |project: &Project| project.run(&["build", "--dry-run"]).status(0).stdout;
    let project = project(&Value::Null).write(WORDS, words("nothing of this"));
    project.build(&[]).status(0);
    let draft = project.write(WORDS, words("nothing at all"));
    assert!(!plan(&draft).contains("test/officer"), "{}", plan(&draft));
    let published = draft.replace(CRB, "status: draft", "status: published");
    published.build(&[]).status(0);
    let refused = published.write(WORDS, words("keep records"));
    refused.build(&[]).status(1).says("error[obsolete-vetting-term]").says("officer.yaml");
    refused.write(WORDS, words("nothing of this")).build(&[]).status(0);
}

#[test]
fn what_profiles_word_in_different_ways_is_told_at_the_rarer_wording() {
    let profile = |duty: &str| with(PROFILE, Some(&serde_yaml::from_str(&format!("{{accountabilities: [{duty:?}]}}")).expect("YAML")));
    let usual = "Comply with the data protection policy of the council at all times.";
    let project = project(&Value::Null)
        .write(CRB, profile("Comply with data protection policies of the council at all times."))
        .write("profiles/test/a.yaml", profile(usual))
        .write("profiles/test/b.yaml", profile(usual))
        .write("profiles/test/c.yaml", profile("Comply with the health and safety policy of the council in 2027."))
        .write("profiles/test/d.yaml", profile("Comply with the health and safety policy of the council in 2028."));
    let run = project.run(&["check", "--format", "short"]);
    let run = run.says("drift in test: 1 wording of a statement besides the usual one, 0 texts of its framework typed in by hand");
    let found = &run.stdout;
    let drift: Vec<&str> = found.lines().filter(|line| line.contains("statement-drift")).collect();
    assert!(matches!(drift.as_slice(), [only] if only.starts_with("profiles/test/officer.yaml") && only.contains("2 profiles say this in nearly the same words")), "{drift:#?}");
}

#[test]
fn a_hostile_profile_is_checked_too() {
    let sentence = |at: usize| format!("Word{at} and word{at} of the same kind in a row of words. ");
    // Without limits of what is held against what, this would not end within the hour.
    let long: String = (0..9000).map(sentence).collect();
    let criteria: String = (0..900).map(|at| format!("    - {{text: \"Plans the work of team {at} and of the others with care\"}}\n")).collect();
    let text = format!("kind: profile\nstatus: draft\nrevised_on: 2026-11-26\npost_title: Officer\npurpose: [{long:?}, {:?}]\nperson_specification:\n  groups:\n  - id: a\n    criteria:\n{criteria}", "long ".repeat(40_000));
    let project = project(&Value::Null).write(CRB, &text[..]);
    let run = project.run(&["check", "--format", "short"]);
    assert!(run.stdout.contains("readability"), "{}", run.stderr);
}

#[test]
fn fixes_change_the_words_and_nothing_else() {
    let project = with_crb("");
    let before = project.read(CRB);
    let run = project.run(&["check", "--fix", "obsolete-vetting-term"]).status(0);
    run.says("mended 1 finding in profiles/test/officer.yaml");
    assert_eq!(project.read(CRB), before.replace("CRB", "DBS"));
    project.run(&["check", "--fix", "obsolete-vetting-term"]).status(0);
    assert_eq!(project.read(CRB), before.replace("CRB", "DBS"));
    project.run(&["check", "--fix", "obsolete"]).status(2).says("unknown-rule");
}

#[test]
fn warnings_can_be_denied_and_rules_are_explained() {
    let case: Value = serde_yaml::from_str("{organisation: {sector: charity}, profile: {accountabilities: [Tell us which adjustments you need.]}}").expect("YAML");
    let project = project(&case);
    project.run(&["check", "test/officer"]).status(0);
    project.run(&["check", "test/officer", "--deny", "warnings"]).status(0);
    let warned = project.replace(CRB, "Tell us", "S/he tells us");
    warned.run(&["check"]).status(0).says("gendered-reference");
    warned.run(&["check", "--deny", "warnings"]).status(1);
    let all = Project::empty().run(&["check", "--explain", "all"]).status(0).stdout;
    for rule in jobpack::check::RULES {
        assert!(all.contains(&format!("{} (", rule.code)) && all.contains(rule.why), "{}", rule.code);
    }
    assert!(Project::empty().run(&["check", "--explain", "driving"]).status(0).stdout.starts_with("driving (warning)\n"));
    Project::empty().run(&["check", "--explain", "drivin"]).status(2).says("did you mean `driving`?");
}

#[test]
fn words_of_a_framework_that_a_published_pack_prints_keep_it_from_being_built() {
    let of = |chosen: &str| {
        let text = format!("{{framework: {{competencies: [{{id: checks, name: Checks, definition: is knowing what a CRB check is for}}, {{id: other, name: Other, definition: is knowing other things}}]}}, profile: {{status: published, competencies: {{framework: f, select: [{{id: {chosen}}}]}}}}}}");
        project(&serde_yaml::from_str(&text).expect("YAML")).build(&["test/officer"])
    };
    of("checks").status(1).says("error[obsolete-vetting-term]").says("frameworks/f.yaml");
    of("other").status(0);
}

#[test]
fn facts_dates_and_signs_are_looked_at_in_any_language() {
    let text = "{organisation: {language: cy, nation: Wales}, profile: {accountabilities: [Cadw cofnodion CRB., \"Ffoniwch 07700 900123\"]}, vacancy: {closing: {date: 2027-01-29}, interviews: [{date: 2027-01-20}]}}";
    let all = project(&serde_yaml::from_str(text).expect("YAML")).run(&["check", "--format", "json", "--as-of", "2026-11-26"]).json();
    let codes: BTreeSet<&str> = all.as_array().expect("findings").iter().filter_map(|finding| finding["code"].as_str()).collect();
    assert!(["personal-data", "vacancy-dates", "welsh-category"].iter().all(|code| codes.contains(code)), "{codes:?}");
    assert!(!codes.contains("obsolete-vetting-term") && !codes.contains("spelling"), "{codes:?}");
}

#[test]
fn documents_are_looked_at_where_that_is_asked_for() {
    let link = "{profile: {accountabilities: [\"Read [here](https://example.org/a).\"]}}";
    let project = project(&serde_yaml::from_str(link).expect("YAML"));
    let without = project.run(&["check", "--format", "short", "--as-of", "2026-11-26"]);
    assert!(!without.stdout.contains("link-says-nothing"), "{}", without.stdout);
    let with = project.run(&["check", "--documents", "--format", "short", "--as-of", "2026-11-26"]);
    assert!(with.stdout.contains("profiles/test/officer.yaml: warning[link-says-nothing]"), "{}", with.stdout);
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let more: Vec<String> = lines(&with.stdout).into_iter().filter(|line| !line.contains("link-says-nothing")).collect();
    assert_eq!(more, lines(&without.stdout), "nothing is said twice");
    assert!(!project.path("dist").exists(), "nothing is written");
}

#[test]
fn sarif_is_valid_and_what_is_not_is_found() {
    let log = Project::ours().run(&["check", "--format", "sarif", "--as-of", "2026-11-26"]).stdout;
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        path
    };
    validators::none(&validators::check_sarif(&[file("right.sarif", log.clone())]));
    let spoiled = validators::check_sarif(&[file("spoiled.sarif", log.replace("\"startLine\": ", "\"startLine\": -"))]);
    assert!(!spoiled.is_empty(), "a line before the first is wrong");
}

#[test]
fn what_is_waived_hides_nothing_that_is_not() {
    let crbs = "CRB ".repeat(80);
    let purpose = format!("purpose: [{crbs}, {crbs}, {crbs}]\nwaivers: [{{code: obsolete-vetting-term, at: purpose, reason: the form is printed, until: 2026-12-31}}]\n");
    let many = with_crb(&purpose).replace(CRB, "status: draft", "status: published");
    let check = many.run(&["check", "--format", "short", "--as-of", "2026-11-26"]).status(1).stdout;
    assert_eq!(check.matches("error[obsolete-vetting-term]").count(), 1, "{check}");
    many.build(&[]).status(1).says("error[obsolete-vetting-term]");
    many.replace(CRB, "Comply with CRB checks", "Comply with DBS checks").build(&[]).status(0);
}

#[test]
fn words_are_answered_for_in_their_own_file() {
    let waiver = "waivers: [{code: obsolete-vetting-term, reason: the form is printed, until: 2027-12-31}]\n";
    let extending = "kind: profile\nstatus: published\nrevised_on: 2026-11-26\nextends: officer\n";
    let of = |base: &str, own: &str| with_crb(base).write("profiles/test/other.yaml", format!("{extending}{own}"));
    of("", waiver).build(&["test/other"]).status(1).says("error[obsolete-vetting-term]");
    let check = of("", waiver).run(&["check", "--format", "short", "--as-of", "2026-11-26"]).status(1).stdout;
    assert!(check.contains("a waiver is about findings in its own file"), "{check}");
    of(waiver, "").build(&["test/other"]).status(0);
}

#[test]
fn a_tag_between_words_is_never_written_over() {
    let text = "{profile: {accountabilities: [\"Work with children and {{post_title}} and parents and and pupils.\"]}}";
    let project = project(&serde_yaml::from_str(text).expect("YAML"));
    let before = project.read(CRB);
    assert_eq!(found(&project, "wrong-word", "test/officer").into_iter().map(|(_, words)| words).collect::<Vec<_>>(), ["and and"]);
    project.run(&["check", "--fix", "wrong-word"]);
    assert_eq!(project.read(CRB), before.replace("and and", "and"));
}

#[test]
fn a_placeholder_that_nobody_fills_keeps_a_published_pack_from_being_built() {
    let of = |status: &str| {
        let text = format!("{{profile: {{status: {status}, accountabilities: [\"Works at {{{{school_name}}}} on days.\"]}}}}");
        project(&serde_yaml::from_str(&text).expect("YAML"))
    };
    of("draft").build(&[]).status(0).says("warning[undeclared-placeholder]");
    of("published").build(&[]).status(1).says("error[undeclared-placeholder]");
    let check = of("published").run(&["check", "--format", "json", "--as-of", "2026-11-26"]).status(1).json();
    let found = check.as_array().expect("findings").iter().find(|finding| finding["code"] == "undeclared-placeholder").expect("it is found");
    assert_eq!((&found["severity"], &found["text"]), (&"error".into(), &"{{school_name}}".into()));
}

#[test]
fn sarif_says_the_same_at_the_same_places() {
    let project = Project::ours();
    let json = project.run(&["check", "--format", "json", "--as-of", "2026-11-26"]).json();
    let log = project.run(&["check", "--format", "sarif", "--as-of", "2026-11-26"]).json();
    let (run, json) = (&log["runs"][0], json.as_array().expect("findings"));
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), json.len());
    for (result, finding) in results.iter().zip(json) {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!((&result["ruleId"], &place["artifactLocation"]["uri"]), (&finding["code"], &finding["path"]));
        assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&finding["line"], &finding["column"]));
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("a rule") as usize];
        assert_eq!(rule["id"], finding["code"]);
    }
    assert!(results.iter().any(|result| result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == "DBS"));
}
