//! What tests of rules share: words of a profile, looked through by one rule.

use std::sync::{Arc, OnceLock};

use super::{Library, RULES};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::profile::Kind;
use crate::project::Files;
use crate::source::{self, Layer};

/// What a rule finds in a profile file with these fields.
pub(super) fn findings(code: &str, yaml: &str) -> Vec<Diagnostic> {
    let text = format!("kind: profile\nstatus: draft\nrevised_on: 2026-11-26\n{yaml}\n");
    let file = Arc::new(SourceText { path: "profiles/test/test.yaml".to_owned(), text });
    let node = source::read(&file, Layer::Profile).expect("YAML");
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    let library = LIBRARY.get_or_init(|| Library::load(&Files::new(None)).expect("the files of the rules"));
    let mut found = library.usual().words(&node, Kind::Profile, &[]);
    found.retain(|finding| finding.code == code);
    found
}

/// The words that it finds there.
pub(super) fn in_yaml(code: &str, yaml: &str) -> Vec<String> {
    let joined = |finding: Diagnostic| finding.span.expect("a place").text().split_whitespace().collect::<Vec<_>>().join(" ");
    findings(code, yaml).into_iter().map(joined).collect()
}

/// The words that it finds in a duty.
pub(super) fn in_words(code: &str, text: &str) -> Vec<String> {
    in_yaml(code, &format!("post_title: Officer\naccountabilities:\n  - {}", serde_json::json!(text)))
}

/// The words that it finds in a criterion.
pub(super) fn in_criterion(code: &str, text: &str) -> Vec<String> {
    let criterion = serde_json::json!({"text": text});
    in_yaml(code, &format!("post_title: Officer\nperson_specification:\n  groups:\n    - {{id: a, criteria: [{criterion}]}}"))
}

#[test]
fn every_rule_says_what_it_is_about() {
    for rule in RULES {
        let texts = [rule.finds, rule.why, rule.example, rule.counter_example];
        assert!(texts.iter().all(|text| !text.trim().is_empty()) && !rule.sources.is_empty(), "{}", rule.code);
        assert!(rule.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.code);
    }
    let mut codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), RULES.len());
}

#[test]
fn random_text_never_panics() {
    let words = ["CRB", "2 years", "…", "“", "’", "\u{a0}", "(", "{{", "}}", "é", "\n\n", ".", "A*-C", "[", "]", "S/he", "10.", "\u{200b}", "e.g.", "🎓"];
    let mut state: u64 = 7;
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..40 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(words[(state >> 33) as usize % words.len()]);
            if state & (1 << 40) != 0 {
                text.push(' ');
            }
        }
        let criterion = serde_json::json!({"text": text});
        findings("none", &format!("post_title: {0}\npurpose: [{0}]\nperson_specification:\n  groups:\n    - {{id: a, criteria: [{criterion}]}}", serde_json::json!(text)));
    }
}
