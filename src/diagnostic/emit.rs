//! Diagnostics for machines (placeholder, to be replaced).

use serde_json::{Value, json};

use super::Diagnostic;

/// The machine-readable form.
pub fn to_json(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.span.as_ref().map(|span| span.line_column());
    json!({
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": diagnostic.file(),
        "line": place.map(|(line, _)| line),
        "column": place.map(|(_, column)| column),
        "field": diagnostic.field,
        "text": diagnostic.span.as_ref().map(|span| span.text()),
        "hints": diagnostic.hints,
    })
}
