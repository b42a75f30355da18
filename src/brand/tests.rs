//! What a brand file becomes, and what it is refused for.

mod colours;
mod forms;

use std::sync::Arc;

use super::{BrandFile, read};
use crate::diagnostic::{Diagnostic, Found, Severity, SourceText};
use crate::source::{self, Layer};

/// A family with a file, which every brand needs.
const FONTS: &str = "typography:\n  fonts:\n    - {family: Plain Sans, source: file, files: [plain.ttf]}\n";

fn found(text: &str) -> Found<BrandFile> {
    let file = Arc::new(SourceText { path: "_brand.yml".to_owned(), text: text.to_owned() });
    read(&source::read(&file, Layer::Organisation).expect("YAML"), "Testham Council")
}

/// A brand that nothing is said about.
#[track_caller]
fn brand(text: &str) -> BrandFile {
    let (file, warnings) = found(text).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}"));
    assert_eq!(warnings, [], "{text}");
    file
}

/// The first finding: its code, its line as written and its hints.
#[track_caller]
fn fault(text: &str) -> (&'static str, String, Diagnostic) {
    let faults = match found(text) {
        Ok((_, warnings)) => warnings,
        Err(faults) => faults,
    };
    let fault = faults.into_iter().rev().max_by_key(|fault| fault.severity).unwrap_or_else(|| panic!("nothing is found in\n{text}"));
    let (line, _) = fault.span.as_ref().map_or((0, 0), crate::diagnostic::Span::line_column);
    (fault.code, text.lines().nth(line.saturating_sub(1)).unwrap_or_default().trim().to_owned(), fault)
}

#[track_caller]
fn refused(text: &str, code: &str, line: &str) -> Diagnostic {
    let (found, at, fault) = fault(text);
    assert_eq!((found, at.as_str()), (code, line), "{fault:#?}");
    assert_eq!(fault.severity, Severity::Error);
    assert!(!fault.hints.is_empty(), "{fault:#?} should say what to do");
    fault
}
