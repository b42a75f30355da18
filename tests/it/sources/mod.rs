//! Every word of a source document is in its pack, in every format, in the order of the source; and no word is in the
//! pack that is not from the source, a label, or one of the few things that a layout adds ([`ADDED`]).
//!
//! `tests/sources/<source>.txt` is a source document as it was found; personal names are taken out of it.
//! `tests/sources/<source>.differences` says where a pack's words are not those of its source, and why.
//! How words are compared is written in [`normal`], and only there.

mod added;
mod differences;
mod normal;

use std::collections::BTreeSet;
use std::path::Path;

use crate::docx::Docx;
use crate::html::Html;
use crate::packs;
use crate::pdf::Pdf;
use crate::project::repository;
use added::Added;
use differences::Differences;
use normal::{Word, words_of_lines, words_of_paragraph};

/// A source document and the pack that was made from it.
struct Source {
    name: String,
    /// `organisation/pack`
    pack: String,
    words: Vec<Word>,
    moved: Vec<Vec<String>>,
}

fn sources() -> Vec<Source> {
    let folder = repository().join("tests/sources");
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .expect("tests/sources is there")
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok()?.strip_suffix(".txt").map(str::to_owned))
        .collect();
    names.sort();
    let read = |name: &str, ending: &str| {
        let path = folder.join(format!("{name}.{ending}"));
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let sources: Vec<_> = names
        .into_iter()
        .map(|name| {
            let differences = Differences::parse(&read(&name, "differences")).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            let mut words = words_of_lines(&read(&name, "txt"));
            let moved = differences.apply(&mut words).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            Source { name, pack: differences.pack, words, moved }
        })
        .collect();
    assert_eq!(sources.len(), 5, "there are five source documents");
    sources
}

/// Where the words of a pack and of its source part; `None` where they don't.
///
/// Paragraph by paragraph, the pack either goes on with the next words of the source or says something that it may
/// add. Both may be possible, so all places in the source that can have been reached are kept.
fn parting(source: &Source, added: &Added, paragraphs: &[String]) -> Option<String> {
    let mut reached = BTreeSet::from([0]);
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let words = words_of_paragraph(paragraph);
        let may_add = added.contains(&words) || source.moved.contains(&words);
        let mut next = BTreeSet::new();
        for start in &reached {
            let here = source.words.get(*start..start + words.len()).unwrap_or_default();
            if here.len() == words.len() && here.iter().map(|word| &word.text).eq(words.iter()) {
                next.insert(start + words.len());
            }
            if may_add {
                next.insert(*start);
            }
        }
        if next.is_empty() {
            let furthest = reached.last().copied().unwrap_or_default();
            let expected: Vec<_> = source.words[furthest..].iter().take(12).map(|word| word.text.as_str()).collect();
            let line = source.words.get(furthest).map_or(0, |word| word.line);
            return Some(format!("paragraph {} is {words:?}\n  line {line} of the source goes on with {expected:?}", at + 1));
        }
        reached = next;
    }
    if !reached.contains(&source.words.len()) {
        let furthest = reached.last().copied().unwrap_or_default();
        let rest: Vec<_> = source.words[furthest..].iter().map(|word| word.text.as_str()).collect();
        return Some(format!("the pack ends before line {} of the source: {rest:?}", source.words[furthest].line));
    }
    let says = |phrase: &Vec<String>| paragraphs.iter().any(|paragraph| words_of_paragraph(paragraph) == *phrase);
    let lost = source.moved.iter().find(|phrase| !says(phrase))?;
    Some(format!("{lost:?} should have moved, but is nowhere in the pack"))
}

#[track_caller]
fn every_source_is_in(ending: &str, paragraphs: impl Fn(&Path) -> Vec<String>) {
    let mut faults = Vec::new();
    for source in sources() {
        let (_, name) = source.pack.split_once('/').expect("organisation/pack");
        let path = packs::built().out.join(format!("{}/{name}-job-pack.{ending}", source.pack));
        if !path.is_file() {
            faults.push(format!("{}: {} was not built", source.name, path.display()));
            continue;
        }
        if let Some(fault) = parting(&source, &Added::of(&source.pack), &paragraphs(&path)) {
            faults.push(format!("{} ({}): {fault}", source.name, source.pack));
        }
    }
    assert!(faults.is_empty(), "{} of the sources are not in their packs:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_source_is_in_its_pdf_word_for_word() {
    every_source_is_in("pdf", |path| Pdf::read(path).paragraphs());
}

#[test]
fn every_source_is_in_its_word_file_word_for_word() {
    every_source_is_in("docx", |path| Docx::read(path).paragraphs().into_iter().map(|paragraph| paragraph.text).collect());
}

#[test]
fn every_source_is_on_its_page_word_for_word() {
    every_source_is_in("html", |path| Html::read(path).paragraphs());
}

#[test]
fn lost_added_and_swapped_words_are_found() {
    let source = |text: &str| Source { name: "s".into(), pack: "o/p".into(), words: words_of_lines(text), moved: Vec::new() };
    let list = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
    let parts = |text: &str, pack: &[&str]| parting(&source(text), &Added::from_texts(&["Not stated", "Level {level}"]), &list(pack));
    assert_eq!(parts("1. One two\nThree", &["One two", "Not stated", "three", "Level 3"]), None);
    assert!(parts("One two\nThree", &["One two"]).is_some(), "a lost paragraph");
    assert!(parts("One two\nThree", &["One", "Three"]).is_some(), "a lost word");
    assert!(parts("One two\nThree", &["Three", "One two"]).is_some(), "two paragraphs swapped");
    assert!(parts("One two\nThree", &["One two", "and", "Three"]).is_some(), "a word of nobody");
    assert!(parts("One two", &["One two", "Not stated at all"]).is_some(), "more than a label");
}
