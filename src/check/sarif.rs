//! Findings as a log of the Static Analysis Results Interchange Format (OASIS Standard, SARIF Version 2.1.0), for viewers of code
//! scanning.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::{RULES, Rule};
use crate::diagnostic::{Diagnostic, Severity, Span};

/// What a path can't hold as part of a URI (RFC 3986, section 3.3).
const NOT_PATH: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'`').add(b'{').add(b'}').add(b'%').add(b'[').add(b']').add(b'\\').add(b'^').add(b'|');

/// The log. Rules are all those of this program, and a name for each other code that is found.
pub fn log(found: &[Diagnostic]) -> Value {
    let known: BTreeSet<&str> = RULES.iter().map(|rule| rule.code).collect();
    let others: BTreeSet<&str> = found.iter().map(|finding| finding.code).filter(|code| !known.contains(code)).collect();
    let rules: Vec<Value> = RULES.iter().map(|rule| described(rule)).chain(others.iter().map(|code| json!({"id": code}))).collect();
    let index = |code: &str| rules.iter().position(|rule| rule["id"] == code);
    let results: Vec<Value> = found.iter().map(|finding| result(finding, index(finding.code))).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "jobpack", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn described(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": {"text": rule.finds},
        "fullDescription": {"text": rule.why},
        "help": {"text": format!("{} Sources: {}.", rule.why, rule.sources.join("; "))},
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(finding: &Diagnostic, rule: Option<usize>) -> Value {
    let message = std::iter::once(&finding.message).chain(&finding.hints).cloned().collect::<Vec<_>>().join("; ");
    let mut result = json!({"ruleId": finding.code, "level": level(finding.severity), "message": {"text": message}});
    if let Some(at) = rule {
        result["ruleIndex"] = json!(at);
    }
    if let Some(path) = finding.file() {
        let mut place = json!({"physicalLocation": place(path, finding.span.as_ref())});
        if let Some(field) = &finding.field {
            place["logicalLocations"] = json!([{"fullyQualifiedName": field}]);
        }
        result["locations"] = json!([place]);
    }
    let related = finding.labels.iter().map(|(span, text)| json!({"physicalLocation": place(&span.file.path, Some(span)), "message": {"text": text}}));
    let related: Vec<Value> = related.collect();
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if let (Some(fix), Some(span)) = (&finding.fix, &finding.span) {
        let replacement = json!({"deletedRegion": region(span), "insertedContent": {"text": fix}});
        let change = json!({"artifactLocation": artifact(&span.file.path), "replacements": [replacement]});
        result["fixes"] = json!([{"description": {"text": format!("write “{fix}”")}, "artifactChanges": [change]}]);
    }
    result
}

fn place(path: &str, span: Option<&Span>) -> Value {
    let mut place = json!({"artifactLocation": artifact(path)});
    if let Some(span) = span {
        place["region"] = region(span);
    }
    place
}

fn artifact(path: &str) -> Value {
    json!({"uri": utf8_percent_encode(path, NOT_PATH).to_string(), "uriBaseId": "%SRCROOT%"})
}

/// Lines and columns from 1; the end is the column behind the last character.
fn region(span: &Span) -> Value {
    let end = Span::new(&span.file, span.range.end..span.range.end);
    let ((line, column), (end_line, end_column)) = (span.line_column(), end.line_column());
    json!({"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column})
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}
