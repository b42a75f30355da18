//! The schemas that editors use, held against the files that come with the program by a validator of others.

use std::path::Path;

use crate::project::{Project, files, repository};
use crate::validators;

const KINDS: [&str; 6] = ["organisation", "framework", "profile", "vacancy", "layout", "variant"];

/// The kind of a YAML file of the project by its path; none for brands and labels.
fn kind_of(path: &str) -> Option<&'static str> {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        ["profiles", _, "organisation.yaml"] => Some("organisation"),
        ["profiles", _, "frameworks", _] => Some("framework"),
        ["profiles", _, "vacancies", _] => Some("vacancy"),
        ["profiles", _, name] if name.ends_with(".yaml") => Some("profile"),
        ["templates", _, "layout.yaml"] => Some("layout"),
        ["templates", _, "variants", _] => Some("variant"),
        _ => None,
    }
}

fn samples() -> Vec<(String, &'static str, String)> {
    let all = ["profiles", "templates"].into_iter().flat_map(|folder| {
        files(&repository().join(folder)).into_iter().map(move |(path, bytes)| (format!("{folder}/{path}"), bytes))
    });
    let samples: Vec<_> = all
        .filter_map(|(path, bytes)| {
            let kind = kind_of(&path)?;
            Some((path, kind, String::from_utf8(bytes).expect("YAML is text")))
        })
        .collect();
    for kind in KINDS {
        assert!(samples.iter().any(|(_, other, _)| *other == kind), "there is no sample of kind {kind}");
    }
    samples
}

#[test]
fn the_schemas_in_the_repository_are_those_of_the_program() {
    for kind in KINDS {
        let path = repository().join(format!("tests/schemas/{kind}.json"));
        let kept = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let now = Project::empty().run(&["schema", kind]).status(0).stdout;
        assert!(kept == now, "{} is not what `jobpack schema {kind}` prints; write it anew", path.display());
    }
}

#[test]
fn every_sample_names_its_schema() {
    for (path, kind, text) in samples() {
        let first = text.lines().next().unwrap_or_default();
        let named = first.strip_prefix("# yaml-language-server: $schema=").unwrap_or_else(|| panic!("{path} names no schema"));
        let folder = Path::new(&path).parent().expect("a file has a folder");
        let schema = repository().join(folder).join(named);
        let expected = repository().join(format!("tests/schemas/{kind}.json"));
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(real(&schema), real(&expected), "{path}");
    }
}

#[test]
fn every_sample_is_valid_for_an_independent_validator() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for kind in KINDS {
        let as_json = |(path, _, text): &(String, &str, String)| {
            let value: serde_yaml::Value = serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let file = folder.path().join(path.replace('/', "-"));
            std::fs::write(&file, serde_json::to_vec(&value).expect("YAML becomes JSON")).expect("a file is written");
            file
        };
        let files: Vec<_> = samples().iter().filter(|(_, other, _)| *other == kind).map(as_json).collect();
        validators::none(&validators::check_schema(&repository().join(format!("tests/schemas/{kind}.json")), &files));
    }
}

#[test]
fn the_independent_validator_finds_faults() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("bad.json");
    std::fs::write(&file, r#"{"kind": "profile", "post_titel": "x"}"#).expect("a file is written");
    let findings = validators::check_schema(&repository().join("tests/schemas/profile.json"), &[file]);
    assert!(findings.iter().any(|finding| finding.text.contains("post_titel")), "{findings:?}");
}
