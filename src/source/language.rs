//! Texts in more than one language: `{en: Job title, cy: Teitl y swydd}` wherever a text may stand.
//!
//! A tree is localised as soon as it is read, so that everything after it sees one language. Nothing is translated here,
//! and no other language stands in for one that is missing without a word.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;

use super::node::{Map, Node, Value};

/// Languages that a text may be given in (BCP 47): those that `templates/base/labels/` has words for.
pub const LANGUAGES: [&str; 2] = ["en", "cy"];

/// Fields whose words a reader reads; a plain text in one of them is in the organisation's own language.
const PROSE: [&str; 7] = ["text", "heading", "post_title", "definition", "title", "note", "format"];

/// Fields that are the same in every language: a mapping of languages there is a mistake, and is seen as one.
const ONE_FOR_ALL: [&str; 18] = [
    "kind", "id", "status", "example", "revised_on", "requirement", "assessed_by", "include", "variant", "field", "style",
    "marker", "layout", "sector", "nation", "language", "profile", "extends",
];

/// The first part of a language tag: `en` of `en-GB`.
pub fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A mapping of languages to texts, if it is one.
fn texts(node: &Node) -> Option<&Map> {
    let map = node.as_map().filter(|map| !map.entries.is_empty())?;
    let text = |value: &Value| matches!(value, Value::Scalar(_) | Value::Null);
    let all = map.entries.iter().all(|entry| LANGUAGES.contains(&entry.key.as_str()) && text(&entry.node.value));
    all.then_some(map)
}

/// Whether a text has words; one without them is a gap.
fn is_said(text: &Node) -> bool {
    text.as_text().is_some_and(|text| !text.trim().is_empty())
}

/// The languages that texts of a tree are given in.
pub fn languages(node: &Node) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    gather(node, &mut found);
    found
}

/// Whether a file may have texts in another language than its own, as its letters tell: a file without their keys needn't be read.
///
/// - own: its language, the first part of the tag
pub fn may_speak(text: &str, own: &str) -> bool {
    let is_key = |rest: &str| rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':');
    let others = LANGUAGES.iter().filter(|language| **language != own);
    others.into_iter().any(|language| text.match_indices(language).any(|(at, _)| is_key(&text[at + language.len()..])))
}

fn gather(node: &Node, found: &mut BTreeSet<String>) {
    match &node.value {
        Value::Map(_) if texts(node).is_some() => {
            let said = texts(node).into_iter().flat_map(|map| &map.entries).filter(|entry| is_said(&entry.node));
            found.extend(said.map(|entry| entry.key.clone()));
        }
        Value::Map(map) => {
            let texts = map.entries.iter().filter(|entry| !ONE_FOR_ALL.contains(&entry.key.as_str()));
            texts.for_each(|entry| gather(&entry.node, found));
        }
        Value::List(items) => items.iter().for_each(|item| gather(item, found)),
        Value::Null | Value::Scalar(_) => {}
    }
}

/// Puts the text in `language` in the place of every mapping of languages.
///
/// - `own`: whether it is the organisation's own language, in which plain texts are
///
/// # Errors
/// `missing-translation`: an error where a text is given in other languages only, and one warning a file for plain texts
/// where another language is asked for.
pub fn localise(node: &mut Node, language: &str, own: bool) -> Vec<Diagnostic> {
    let language = primary(language);
    let mut faults = Vec::new();
    if !own {
        faults.extend(plain(node, language));
    }
    choose(node, language, &mut faults);
    faults
}

/// Chooses the text of one language, in this node and everything below it.
fn choose(node: &mut Node, language: &str, faults: &mut Vec<Diagnostic>) {
    if let Some(map) = texts(node) {
        let found = map.get(language);
        let said = |key: &str| map.get(key).is_some_and(is_said);
        if !said(language) && map.keys().any(said) {
            let known: Vec<&str> = map.keys().filter(|key| said(key)).collect();
            let message = format!("this text has no `{language}`; it has {}", known.join(", "));
            let fault = Diagnostic::error("missing-translation", message).at(node.span.clone());
            faults.push(fault.hint(format!("add `{language}: ...` beside it")));
        }
        if let Some(Node { value, span, .. }) = found.or(map.entries.first().map(|entry| &entry.node)).cloned() {
            (node.value, node.span) = (value, span);
        }
        return;
    }
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| choose(item, language, faults)),
        Value::Map(map) => {
            let texts = map.entries.iter_mut().filter(|entry| !ONE_FOR_ALL.contains(&entry.key.as_str()));
            texts.for_each(|entry| choose(&mut entry.node, language, faults));
        }
        Value::Null | Value::Scalar(_) => {}
    }
}

/// One warning for all the prose of a file that is given in one language only.
fn plain(node: &Node, language: &str) -> Option<Diagnostic> {
    let (mut first, mut count) = (None, 0);
    node.walk("", &mut |path, node| {
        let field = path.rsplit('.').next().unwrap_or(path);
        if node.as_text().is_some_and(|text| !text.is_empty()) && PROSE.contains(&field) {
            count += 1;
            first.get_or_insert_with(|| node.span.clone());
        }
    });
    let fault = Diagnostic::warning("missing-translation", format!("{count} texts of this file have no `{language}`"));
    first.map(|first| fault.at(first).hint(format!("they are printed as they are; write `{{en: ..., {language}: ...}}`")))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Severity, SourceText};
    use crate::source::{Layer, read};

    fn tree(text: &str) -> Node {
        let file = Arc::new(SourceText { path: "profiles/a/b.yaml".to_owned(), text: text.to_owned() });
        read(&file, Layer::Profile).expect("it is YAML")
    }

    #[test]
    fn each_language_gets_its_own_text() {
        let text = "post_title: {en: Gardener, cy: Garddwr}\ngrade: 4\nlabels: {of: of}\n";
        for (language, title) in [("en-GB", "Gardener"), ("cy", "Garddwr")] {
            let mut node = tree(text);
            let errors = localise(&mut node, language, true);
            assert!(errors.is_empty(), "{errors:?}");
            assert_eq!(node.get("post_title").and_then(Node::as_text), Some(title));
            assert_eq!(node.get("grade").and_then(Node::as_text), Some("4"));
            assert!(node.at_path("labels.of").is_some(), "a mapping of other keys stays");
        }
    }

    #[test]
    fn a_text_without_the_language_is_an_error_at_its_place() {
        let text = "post_title: Gardener\npurpose:\n  - text: {en: To grow}\n";
        let mut blank = tree(&text.replace("grow}", "grow, cy: ''}"));
        let found = localise(&mut blank, "cy", false);
        assert!(found.iter().any(|fault| fault.message == "this text has no `cy`; it has en"), "{found:?}");
        let mut node = tree(text);
        let found = localise(&mut node, "cy", false);
        let errors: Vec<_> = found.iter().filter(|fault| fault.severity == Severity::Error).collect();
        assert_eq!(errors.len(), 1, "{found:?}");
        assert_eq!((errors[0].code, errors[0].message.as_str()), ("missing-translation", "this text has no `cy`; it has en"));
        assert_eq!(errors[0].span.as_ref().map(|span| span.range.start), Some(40));
    }

    #[test]
    fn plain_prose_is_one_warning_a_file_in_another_language_and_none_in_its_own() {
        let text = "post_title: Gardener\npurpose:\n  - text: To grow\n  - text: To mow\n";
        let found = localise(&mut tree(text), "cy", false);
        let messages: Vec<_> = found.iter().map(|fault| (fault.severity, fault.message.as_str())).collect();
        assert_eq!(messages, [(Severity::Warning, "3 texts of this file have no `cy`")]);
        assert!(localise(&mut tree(text), "en", true).is_empty());
    }

    #[test]
    fn an_empty_text_in_every_language_stays_empty() {
        let mut node = tree("post_number: {en: , cy: }\n");
        assert!(localise(&mut node, "cy", true).is_empty());
        assert!(node.get("post_number").is_some_and(Node::is_null));
    }
}
