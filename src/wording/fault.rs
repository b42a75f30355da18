//! Tera's errors as diagnostics: code, place in the file, hints, and the includes on the way.

use std::ops::Range;

use tera::{Error, ErrorKind, ReportError};

use super::Sheet;
use crate::diagnostic::{Diagnostic, Span};

/// Starts and divides the messages of our own filters, so that Tera carries code and hint through.
const MARK: char = '\u{1f}';

/// An error of our own with a code.
pub(super) fn coded(code: &str, message: &str, hint: &str) -> Error {
    let message = message.replace(MARK, " ");
    Error::message(format!("{MARK}{code}{MARK}{hint}{MARK}{message}"))
}

/// A syntax error of one template, if `error` is one.
pub(super) fn syntax(error: &Error, span: impl Fn(Range<usize>) -> Span) -> Option<Diagnostic> {
    let ErrorKind::SyntaxError(report) = error.kind() else { return None };
    let mut range = report.span().range.clone();
    if report.message() == "Unexpected end of input" {
        range.start = range.end;
    }
    let message = report.message();
    let fault = Diagnostic::error("template-syntax", plain(message)).at(span(range));
    Some(match message {
        _ if message.contains("too complex") || message.contains("too deep") => {
            fault.hint("take it apart with `{% set %}`")
        }
        _ if message.contains("Closing comment tag") => fault.hint("a comment ends with `#}`"),
        _ if message.contains("raw block") => fault.hint("a raw block ends with `{% endraw %}`"),
        "Unexpected end of input" => fault.hint("is a closing tag missing: `endif`, `endfor`, `%}` or `}}`?"),
        "Unknown tag" => fault.hint("the tags are `if`, `for`, `set`, `include`, `component` and `raw`"),
        _ => fault,
    })
}

/// An error while rendering.
pub(super) fn rendering<'s>(error: &Error, name: &str, sheet: impl Fn(&str) -> Option<&'s Sheet>) -> Diagnostic {
    match error.kind() {
        ErrorKind::RenderingError(report) => match sheet(report.filename()) {
            Some(found) => called_from(at_place(report, found), error, &sheet),
            None => Diagnostic::error("wording-failed", plain(report.message())),
        },
        _ => {
            let message = error.to_string();
            let fault = Diagnostic::error("wording-failed", plain(message.lines().next().unwrap_or_default()));
            match sheet(name) {
                Some(sheet) => fault.at(sheet.places.span(0..0)),
                None => fault,
            }
        }
    }
}

fn at_place(report: &ReportError, sheet: &Sheet) -> Diagnostic {
    let guarded = sheet.guarded.guarded(report.span().range.start);
    let range = guarded.unwrap_or_else(|| {
        let range = &report.span().range;
        sheet.guarded.original(range.start)..sheet.guarded.original(range.end)
    });
    let span = sheet.places.span(range.clone());
    let path = sheet.places.part(&range).trim();
    let mut parts = report.message().strip_prefix(MARK).unwrap_or_default().splitn(3, MARK);
    if let (Some(code), Some(hint), Some(message)) = (parts.next(), parts.next(), parts.next()) {
        let fault = match (code, message) {
            ("empty-value", "") => Diagnostic::error("empty-value", format!("`{path}` is empty")).hint(format!(
                "give it words for that case, `{path} | default(value=\"...\")`, or put it in `{{% if ... %}}`"
            )),
            ("unprintable-value", _) => Diagnostic::error("unprintable-value", format!("`{path}` is not text"))
                .hint("print its fields, or a list with `| list`, `| join(sep=...)` or `{% for %}`"),
            (code, message) => Diagnostic::error(known(code), message),
        };
        return match hint {
            "" => fault,
            hint => fault.hint(hint),
        }
        .at(span);
    }
    let message = report.message();
    let missing = message.contains("is not defined")
        || message.contains("is undefined")
        || message.contains("an undefined value")
        || [" `none`", " `undefined`", "got none", "got `none`"].iter().any(|nothing| message.ends_with(nothing));
    match missing {
        // every name was checked against the schema, so what is missing is a value
        true => {
            Diagnostic::error("empty-value", format!("`{path}` can't be worked out: a value that it needs is empty"))
                .hint("look into what may be empty with `?.`, give a default, or put it in `{% if ... %}`")
                .while_doing(format!(
                    "rendering: {}",
                    plain(message.split_once(" Available").map_or(message, |(said, _)| said))
                ))
        }
        false => Diagnostic::error("wording-failed", plain(message)),
    }
    .at(span)
}

/// Adds where each template on the way was included; Tera shows that only in its report.
fn called_from<'s>(mut fault: Diagnostic, error: &Error, sheet: &impl Fn(&str) -> Option<&'s Sheet>) -> Diagnostic {
    let report = error.to_string();
    for note in report.split("\n\nnote: called from ").skip(1) {
        let mut place = note.lines().next().unwrap_or_default().rsplitn(3, ':');
        let (Some(column), Some(line), Some(name)) = (place.next(), place.next(), place.next()) else { continue };
        let (Ok(column), Ok(line), Some(sheet)) = (column.parse::<usize>(), line.parse::<usize>(), sheet(name)) else {
            continue;
        };
        let before: usize = sheet.guarded.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = sheet.guarded.text.get(before..).unwrap_or_default();
        let within: usize = rest.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
        let at = sheet.guarded.original(before + within);
        fault = fault.label(sheet.places.span(at..at), "used here").while_doing(format!("rendering `{name}`"));
    }
    fault
}

/// The code as the constant that diagnostics want.
fn known(code: &str) -> &'static str {
    match code {
        "empty-value" => "empty-value",
        "wrong-value" => "wrong-value",
        "unsafe-filter" => "unsafe-filter",
        _ => "wording-failed",
    }
}

/// Tera's words in the form of our messages: lower case, no full stop.
fn plain(message: &str) -> String {
    let message = message.trim().trim_end_matches('.');
    let mut chars = message.chars();
    match chars.next() {
        Some(first) if !chars.as_str().starts_with(|next: char| next.is_uppercase()) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => message.to_owned(),
    }
}
