//! Diagnostics as text for people and as JSON for machines.

use std::collections::BTreeMap;
use std::sync::Arc;

use codespan_reporting::diagnostic::{Diagnostic as Report, Label, LabelStyle, Severity as Level};
use codespan_reporting::files::SimpleFiles;
use codespan_reporting::term::{
    Config, DisplayStyle, Styles, StylesWriter, emit_to_write_style,
    termcolor::{Ansi, NoColor, WriteColor},
};

use super::{Diagnostic, Severity, SourceText};

/// Longest line of a file that is shown with a finding, in bytes; of a longer one only the place is named.
const LONGEST_LINE: usize = 500;

/// Most characters of a value that go into a machine-readable finding.
const LONGEST_TEXT: usize = 200;

/// The contract for machines: `{severity, code, message, path, line, column, field, text, hints}`.
///
/// `path` is relative to the project; `line` and `column` count from 1; `text` is what the span covers, cut
/// after 200 characters.
pub fn to_json(diagnostic: &Diagnostic) -> serde_json::Value {
    let place = diagnostic.span.as_ref().map(super::Span::line_column);
    serde_json::json!({
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "path": diagnostic.file(),
        "line": place.map(|(line, _)| line),
        "column": place.map(|(_, column)| column),
        "field": diagnostic.field,
        "text": diagnostic.span.as_ref().map(|span| shortened(span.text())),
        "hints": diagnostic.hints,
    })
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Where it is: `path:line:column`, or the path alone.
pub fn place(diagnostic: &Diagnostic) -> Option<String> {
    let path = diagnostic.file()?;
    let place = diagnostic.span.as_ref().map(super::Span::line_column);
    Some(place.map_or_else(|| path.to_owned(), |(line, column)| format!("{path}:{line}:{column}")))
}

/// One line: `path:line:column: error[code]: message (hint)`.
pub fn to_line(diagnostic: &Diagnostic) -> String {
    let place = place(diagnostic).map(|place| format!("{place}: ")).unwrap_or_default();
    let hints = diagnostic.hints.first().map(|hint| format!(" ({hint})")).unwrap_or_default();
    let line = format!("{place}{}[{}]: {}{hints}", name(diagnostic.severity), diagnostic.code, diagnostic.message);
    // A line is one, whatever a file is called.
    let shown = |line: String, character: char| if character.is_control() { line + &character.escape_default().to_string() } else { line + character.encode_utf8(&mut [0; 4]) };
    if line.contains(char::is_control) { line.chars().fold(String::new(), shown) } else { line }
}

/// With the lines of the file, carets, hints and trace; `color` adds ANSI colours.
pub fn to_text(diagnostic: &Diagnostic, color: bool) -> String {
    let mut files = SimpleFiles::new();
    let mut ids = BTreeMap::new();
    let mut id_of = |file: &Arc<SourceText>| match ids.get(&file.path) {
        Some(id) => *id,
        None => {
            let id = files.add(file.path.clone(), file.text.clone());
            ids.insert(file.path.clone(), id);
            id
        }
    };
    let mut labels = Vec::new();
    if let Some(span) = diagnostic.span.as_ref().filter(|span| readable(span)) {
        labels.push(Label::new(LabelStyle::Primary, id_of(&span.file), first_line(span)));
    }
    for (span, text) in diagnostic.labels.iter().filter(|(span, _)| readable(span)) {
        labels.push(Label::new(LabelStyle::Secondary, id_of(&span.file), first_line(span)).with_message(text));
    }
    let mut notes = Vec::new();
    match (&diagnostic.span, &diagnostic.path) {
        (None, Some(path)) => notes.push(format!("in {path}")),
        (Some(span), _) if !readable(span) => {
            let (line, column) = span.line_column();
            notes.push(format!("at {}:{line}:{column}", span.file.path));
        }
        _ => {}
    }
    notes.extend(diagnostic.field.iter().map(|field| format!("field: {field}")));
    notes.extend(diagnostic.trace.iter().cloned());
    notes.extend(diagnostic.hints.iter().map(|hint| format!("hint: {hint}")));
    let level = match diagnostic.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Advice => Level::Help,
    };
    let report = Report::new(level).with_code(diagnostic.code).with_message(&diagnostic.message).with_labels(labels).with_notes(notes);
    let written = if color { write(Ansi::new(Vec::new()), Ansi::into_inner, &files, &report) } else { write(NoColor::new(Vec::new()), NoColor::into_inner, &files, &report) };
    written.unwrap_or_else(|| to_line(diagnostic))
}

fn write<W: WriteColor>(
    mut writer: W,
    finish: impl FnOnce(W) -> Vec<u8>,
    files: &SimpleFiles<String, String>,
    report: &Report<usize>,
) -> Option<String> {
    let config = Config { display_style: DisplayStyle::Rich, ..Config::default() };
    let styles = Styles::default();
    emit_to_write_style(&mut StylesWriter::new(&mut writer, &styles), &config, files, report).ok()?;
    String::from_utf8(finish(writer)).ok()
}

/// Whether the line of a span is short enough to be shown.
fn readable(span: &super::Span) -> bool {
    let text = &span.file.text;
    let start = span.range.start.min(text.len());
    let before = text.get(..start).and_then(|before| before.rsplit('\n').next()).map_or(0, str::len);
    let after = text.get(start..).and_then(|after| after.split('\n').next()).map_or(0, str::len);
    before + after <= LONGEST_LINE
}

/// A span of many lines is shown by its first: a whole profile is no help.
fn first_line(span: &super::Span) -> std::ops::Range<usize> {
    let text = span.text();
    let length = text.find('\n').unwrap_or(text.len());
    span.range.start..span.range.start + length
}

/// The word for how bad it is.
pub fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}
