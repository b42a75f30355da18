//! The description of the API against what is answered.

use std::collections::BTreeSet;

use super::*;
use crate::server::api;

fn described() -> Value {
    serde_json::to_value(api::description()).unwrap()
}

/// `JOBPACK_BLESS=1 cargo test --lib described` keeps the new one.
#[test]
fn the_description_is_as_it_was_when_somebody_last_looked() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/openapi.json");
    let now = format!("{}\n", serde_json::to_string_pretty(&described()).unwrap());
    if std::env::var_os("JOBPACK_BLESS").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == now, "tests/schemas/openapi.json is another: look at what changed and keep it with JOBPACK_BLESS=1");
}

#[test]
fn every_route_is_described_and_every_operation_has_a_name_and_a_sentence() {
    let description = described();
    assert_eq!(description["openapi"], "3.1.0");
    let code = include_str!("../router.rs");
    let routes: BTreeSet<&str> = code.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let paths: BTreeSet<&str> = description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(paths, routes);
    let mut names = BTreeSet::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(names.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
            assert!(!operation["summary"].as_str().unwrap_or_default().is_empty(), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_finding_has_the_fields_that_are_described() {
    let description = described();
    let fields = |name: &str| {
        let schema = &description["components"]["schemas"][name];
        let listed: BTreeSet<String> = schema["properties"].as_object().unwrap().keys().cloned().collect();
        let required: BTreeSet<String> = schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
        assert_eq!(listed, required, "{name}");
        listed
    };
    let problem = Served::shared().get("/nowhere").await.json();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&problem), fields("ProblemDetails"));
    assert_eq!(keys(&problem["errors"][0]), fields("Finding"));
}
