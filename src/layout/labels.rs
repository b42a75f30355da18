//! Labels: the words that layouts add to those of a pack, a file for each language under `templates/base/labels/`. English
//! has them all; a translation is held against it.

use crate::diagnostic::{Diagnostic, Found, Severity, nearest};
use crate::project::Files;
use crate::source::{Entry, Map, Node, Value};

use super::{BASE, PLAIN};

/// Labels that a language may go without: one in which "and" changes the next word puts a comma.
const MAY_BE_EMPTY: [&str; 1] = ["assessment_and"];

/// Path of the labels of a language, relative to the project.
pub(super) fn path(language: &str) -> String {
    format!("templates/{BASE}/labels/{language}.yaml")
}

/// The labels of a language. What it lacks is taken from the English ones, with one warning.
///
/// # Errors
/// `wrong-type`, `empty-text`, and of a translation `unknown-label`, `missing-placeholder`.
pub(super) fn load(files: &Files, language: &str) -> Found<Node> {
    let mut labels = super::read(files, &path(PLAIN))?;
    let mut found = texts(&labels);
    if language != PLAIN && files.exists(&path(language)) {
        let own = super::read(files, &path(language))?;
        found.extend(texts(&own));
        if let (Value::Map(all), Value::Map(own)) = (&mut labels.value, own.value) {
            found.extend(translation(all, &own, language));
            for entry in own.entries {
                all.remove(&entry.key);
                all.entries.push(entry);
            }
        }
    }
    if found.iter().any(|fault| fault.severity == Severity::Error) { Err(found) } else { Ok((labels, found)) }
}

/// A fault for each value that is no text.
fn texts(labels: &Node) -> Vec<Diagnostic> {
    let fault = |node: &Node, what: &str| {
        let fault = Diagnostic::error("wrong-type", format!("expected {what}, found {}", node.kind())).at(node.span.clone());
        fault.hint("write `name: \"words\"`, a line for each label")
    };
    let Some(map) = labels.as_map() else { return vec![fault(labels, "labels by name")] };
    map.entries.iter().filter(|entry| entry.node.as_text().is_none()).map(|entry| fault(&entry.node, "a text").field(&entry.key)).collect()
}

/// Faults of a translation, held against the English labels.
fn translation(english: &Map, own: &Map, language: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = own.entries.iter().filter_map(|entry| of_label(english, entry)).collect();
    let missing: Vec<String> = english.keys().filter(|name| own.get(name).is_none()).map(|name| format!("`{name}`")).collect();
    if !missing.is_empty() {
        let message = format!("there is no `{language}` for the labels {}", missing.join(", "));
        let fault = Diagnostic::warning("missing-translation", message).in_file(path(language));
        found.push(fault.hint("they are printed in English"));
    }
    found
}

fn of_label(english: &Map, Entry { key, key_span, node }: &Entry) -> Option<Diagnostic> {
    let Some(plain) = english.get(key) else {
        let fault = Diagnostic::error("unknown-label", format!("there is no label `{key}`")).at(key_span.clone()).field(key);
        return Some(match nearest(key, english.keys()) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint(format!("labels are those of `{}`", path(PLAIN))),
        });
    };
    let (plain, text) = (plain.as_text()?, node.as_text()?);
    // Some labels are empty in English too: a prefix that an organisation may set.
    if text.trim().is_empty() && !plain.trim().is_empty() && !MAY_BE_EMPTY.contains(&key.as_str()) {
        let fault = Diagnostic::error("empty-text", format!("the label `{key}` has no words")).at(node.span.clone()).field(key);
        return Some(fault.hint(format!("in English it is `{plain}`")));
    }
    let lost = placeholders(plain).into_iter().find(|name| !text.contains(name))?;
    let fault = Diagnostic::error("missing-placeholder", format!("the label `{key}` lacks `{lost}`")).at(node.span.clone()).field(key);
    Some(fault.hint(format!("something is put in its place; in English the label is `{plain}`")))
}

/// What stands in braces, with them: `{level}`.
fn placeholders(text: &str) -> Vec<&str> {
    let ends = text.match_indices('{').filter_map(|(start, _)| Some((start, start + text[start..].find('}')? + 1)));
    ends.map(|(start, end)| &text[start..end]).collect()
}
