//! The words of a file as passages: every text that somebody reads, with what it is and where it stands.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use super::text::pattern;
use crate::profile::{Kind, Nation};
use crate::source::{Node, Value, primary};

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// The title of the post or of a part.
    Title,
    /// A field printed as a fact: grade, contacts.
    Fact,
    /// A heading or a label.
    Heading,
    /// What the post is for.
    Purpose,
    /// A duty.
    Duty,
    /// A criterion of the person specification.
    Criterion,
    /// A definition or an indicator of a framework.
    Competency,
    /// An advert.
    Advert,
    /// Any other words: sections, clauses, notes.
    Words,
}

/// A text that somebody reads.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    pub node: &'a Node,
    /// Path of its field in the file.
    pub field: String,
    pub place: Place,
    /// Its words, with blanks for what is no words: Tera tags, placeholders, addresses. Each byte stands where it stands in the file's text.
    pub words: Cow<'a, str>,
    /// Bytes that are quoted.
    pub quoted: Vec<Range<usize>>,
}

impl Passage<'_> {
    /// Whether these bytes are words as the file has them: no tag stands among them.
    pub(super) fn is_whole(&self, range: &Range<usize>) -> bool {
        self.node.as_text().and_then(|text| text.get(range.clone())) == self.words.get(range.clone())
    }

    /// Whether these bytes are somebody else's words.
    pub(super) fn is_quoted(&self, range: &Range<usize>) -> bool {
        self.quoted.iter().any(|quoted| quoted.start <= range.start && range.end <= quoted.end)
    }
}

/// The passages of a file.
#[derive(Debug)]
pub(super) struct Passages<'a> {
    pub kind: Kind,
    pub root: &'a Node,
    pub all: Vec<Passage<'a>>,
    /// Where the organisation is, if that is known.
    pub nation: Option<Nation>,
    /// What the abbreviations mean that the file explains.
    pub acronyms: BTreeMap<&'a str, &'a str>,
}

/// Fields of a file that are no words, or nobody's that reads a pack.
const HIDDEN: [&str; 27] = [
    "kind", "status", "revised_on", "extends", "model", "example", "source", "acronyms", "disclosure", "politically_restricted",
    "works_with", "fluency_duty", "waivers", "checks", "layout", "language", "nation", "sector", "website", "disability_confident",
    "profile", "reference", "published_on", "shortlisting_on", "visa_sponsorship", "variables", "address",
];

/// Keys below these that are no words.
const NAMES: [&str; 27] = [
    "id", "include", "variant", "field", "marker", "requirement", "assessed_by", "used_for", "style", "language", "tags", "law",
    "reviewed_on", "framework", "level", "levels", "remove", "weight", "start", "sections", "email", "url", "telephone", "date", "on", "time",
    "aliases",
];

impl<'a> Passages<'a> {
    /// The passages below `root`, a file of this kind.
    pub(super) fn of(root: &'a Node, kind: Kind) -> Self {
        let mut all = Vec::new();
        for entry in root.as_map().into_iter().flat_map(|map| &map.entries).filter(|entry| !HIDDEN.contains(&entry.key.as_str())) {
            gather(&entry.node, &entry.key, (kind, false), &mut all);
        }
        // Values of variables are printed, and what is to be put there is not.
        for entry in root.get("variables").and_then(Node::as_map).into_iter().flat_map(|map| &map.entries) {
            let value = entry.node.get("value").into_iter();
            value.for_each(|value| gather(value, &format!("variables.{}.value", entry.key), (kind, false), &mut all));
        }
        Self { kind, root, all, nation: None, acronyms: BTreeMap::new() }.explained(root)
    }

    /// The same, with abbreviations that another file explains.
    pub(super) fn explained(mut self, other: &'a Node) -> Self {
        let acronyms = other.get("acronyms").and_then(Node::as_map).into_iter().flat_map(|map| &map.entries);
        self.acronyms.extend(acronyms.filter_map(|entry| Some((entry.key.as_str(), entry.node.as_text()?))));
        self
    }
}

fn gather<'a>(node: &'a Node, field: &str, (kind, is_name): (Kind, bool), all: &mut Vec<Passage<'a>>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(scalar) => {
            if !is_name {
                all.push(Passage {
                    node,
                    field: field.to_owned(),
                    place: place(field, kind),
                    words: words(&scalar.text),
                    quoted: quoted(&scalar.text),
                });
            }
        }
        Value::List(items) => items.iter().enumerate().for_each(|(at, item)| gather(item, &format!("{field}[{at}]"), (kind, is_name), all)),
        // Words of another language.
        Value::Map(map) if map.get("language").and_then(Node::as_text).is_some_and(|language| primary(language) != "en") => {}
        Value::Map(map) => {
            for entry in &map.entries {
                // The levels of a framework are numbers, with words below them.
                let is_name = NAMES.contains(&entry.key.as_str()) && !(kind == Kind::Framework && entry.key == "levels");
                // A fragment has the fields of a profile.
                let hidden = matches!(field, "defaults" | "overrides") && HIDDEN.contains(&entry.key.as_str());
                if !hidden {
                    gather(&entry.node, &format!("{field}.{}", entry.key), (kind, is_name), all);
                }
            }
        }
    }
}

fn place(field: &str, kind: Kind) -> Place {
    let field = field.strip_prefix("defaults.").or_else(|| field.strip_prefix("overrides.")).unwrap_or(field);
    let last = field.rsplit('.').next().unwrap_or(field);
    let top = field.split(['.', '[']).next().unwrap_or(field);
    match (top, last) {
        ("post_title", _) => Place::Title,
        ("parts", _) => Place::Title,
        ("headings" | "labels" | "name" | "short_name", _) => Place::Heading,
        (_, "heading" | "label" | "caption" | "name") => Place::Heading,
        _ if kind == Kind::Framework => Place::Competency,
        ("purpose", _) => Place::Purpose,
        ("accountabilities", _) => Place::Duty,
        ("person_specification", _) if field.contains(".criteria[") => Place::Criterion,
        ("advert", _) => Place::Advert,
        ("clauses" | "sections" | "person_specification" | "competencies", _) => Place::Words,
        _ => Place::Fact,
    }
}

/// The text with blanks for what is no words.
fn words(text: &str) -> Cow<'_, str> {
    static ADDRESS: OnceLock<Regex> = OnceLock::new();
    let address = pattern(&ADDRESS, r"(?i)\b(?:https?://|www\.)\S+|\S+@\S+\.\S+");
    let mut all: Vec<Range<usize>> = [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].into_iter().flat_map(|(open, close)| between(text, open, close)).collect();
    if text.contains(['@', ':', '.']) {
        all.extend(address.find_iter(text).map(|found| found.range()));
    }
    if all.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blanked = text.as_bytes().to_vec();
    all.into_iter().for_each(|range| blanked[range].fill(b' '));
    // Whole characters were replaced, so that it is text still.
    String::from_utf8(blanked).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// What stands from one sign to the next other one; a sign without an end opens nothing, and then none after it does.
fn between(text: &str, open: &str, close: &str) -> Vec<Range<usize>> {
    let (mut all, mut at) = (Vec::new(), 0);
    while let Some(begin) = text[at..].find(open).map(|found| at + found) {
        let Some(end) = text[begin + open.len()..].find(close).map(|found| begin + open.len() + found + close.len()) else { break };
        all.push(begin..end);
        at = end;
    }
    all
}

/// What stands between quotation marks; an apostrophe opens nothing.
fn quoted(text: &str) -> Vec<Range<usize>> {
    if !text.contains(['“', '‘', '"']) {
        return Vec::new();
    }
    let mut all: Vec<_> = [("“", "”"), ("\"", "\"")].into_iter().flat_map(|(open, close)| between(text, open, close)).chain(single(text)).collect();
    all.sort_by_key(|range| range.start);
    all
}

/// What stands between single marks, of which the closing one is an apostrophe where a letter follows.
fn single(text: &str) -> Vec<Range<usize>> {
    let (mut all, mut open) = (Vec::new(), None);
    for (at, mark) in text.char_indices().filter(|(_, character)| matches!(character, '‘' | '’')) {
        let end = at + mark.len_utf8();
        match (mark, open) {
            ('‘', None) => open = Some(at),
            ('’', Some(begin)) if !text[end..].starts_with(char::is_alphanumeric) => {
                all.push(begin..end);
                open = None;
            }
            _ => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_words_is_blank_and_nothing_moves() {
        let text = "Ask {{ profile.post_title }} at jobs@example.org or https://example.org/a – now";
        let blank = words(text);
        assert_eq!(blank.len(), text.len());
        assert_eq!(blank.split_whitespace().collect::<Vec<_>>(), ["Ask", "at", "or", "–", "now"]);
        assert_eq!(blank.find("now"), text.find("now"));
    }

    #[test]
    fn apostrophes_open_no_quotation() {
        let of = |text: &str| quoted(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(of("the School’s ‘can’t do’ and “one”"), ["‘can’t do’", "“one”"]);
        assert_eq!(of("students’ work, \"two\""), ["\"two\""]);
    }
}
