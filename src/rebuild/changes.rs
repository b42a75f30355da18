//! What is different in a document that was made again: in words, and in pages.

use std::collections::BTreeMap;

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff};

use super::index::DocumentTrace;
use crate::build::{Known, MadeFile, stem_of};
use crate::project::Digest;

/// Time for one comparison; after it, what is left is told as removed and added.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(500);

/// A document that is different, or new, or gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentChange {
    /// Name of its files, without their ending.
    pub name: String,
    /// Pages before and after; none if it is new or gone.
    pub pages: [Option<usize>; 2],
    /// What is different in its words; none if that isn't known, because the words before are not in the cache.
    pub paragraphs: Option<Paragraphs>,
}

/// Paragraphs that differ, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraphs {
    /// Only in the new one.
    pub added: Vec<String>,
    /// Only in the old one.
    pub removed: Vec<String>,
    /// In both, elsewhere.
    pub moved: Vec<String>,
    /// Of those that were removed and added, those of which the one has become the other.
    pub changed: Vec<(String, String)>,
}

impl Paragraphs {
    /// Whether the words are the same.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.moved.is_empty()
    }

    /// Compares two documents, a line for each paragraph.
    pub(super) fn between(before: &str, after: &str) -> Self {
        let diff = TextDiff::configure().algorithm(Algorithm::Patience).timeout(PATIENCE).diff_lines(before, after);
        let line = |value: &str| value.trim_end().to_owned();
        let of = |tag: ChangeTag| diff.iter_all_changes().filter(|change| change.tag() == tag).map(|change| line(change.value())).collect::<Vec<_>>();
        let (removed, added) = (of(ChangeTag::Delete), of(ChangeTag::Insert));
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for paragraph in &removed {
            *left.entry(paragraph).or_default() += 1;
        }
        let mut paragraphs = Self::default();
        for paragraph in &added {
            match left.get_mut(paragraph.as_str()).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    paragraphs.moved.push(paragraph.clone());
                }
                None => paragraphs.added.push(paragraph.clone()),
            }
        }
        for paragraph in &removed {
            // Of one that stands there several times, the last have moved.
            if let Some(count) = left.get_mut(paragraph.as_str()).filter(|count| **count > 0) {
                *count -= 1;
                paragraphs.removed.push(paragraph.clone());
            }
        }
        paragraphs.changed = changed(&diff).filter(|(before, after)| paragraphs.removed.contains(before) && paragraphs.added.contains(after)).collect();
        paragraphs
    }
}

/// How much of two paragraphs has to be the same for the one to be the other, changed.
const ALIKE: f32 = 0.5;

/// Paragraphs that stand in each other's place and are alike.
fn changed<'a>(diff: &'a TextDiff<'_, '_, '_, str>) -> impl Iterator<Item = (String, String)> + 'a {
    let line = |text: &str| text.trim_end().to_owned();
    let replaced = diff.ops().iter().filter(|op| matches!(op, DiffOp::Replace { .. }));
    let pairs = replaced.flat_map(|op| op.old_range().zip(op.new_range()));
    let pairs = pairs.map(move |(old, new)| (line(diff.old_slices()[old]), line(diff.new_slices()[new])));
    pairs.filter(|(before, after)| TextDiff::from_words(before.as_str(), after.as_str()).ratio() >= ALIKE)
}

/// A paragraph that has changed, in pieces: what is in both, what was removed, what was added.
pub(super) fn pieces(before: &str, after: &str) -> Vec<(ChangeTag, String)> {
    let diff = TextDiff::configure().timeout(PATIENCE).diff_words(before, after);
    let mut pieces: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match pieces.last_mut().filter(|(tag, _)| *tag == change.tag()) {
            Some((_, text)) => text.push_str(change.value()),
            None => pieces.push((change.tag(), change.value().to_owned())),
        }
    }
    pieces
}

/// What a report compares of a document.
#[derive(Debug, Clone)]
struct Side {
    pages: usize,
    words: Option<String>,
}

/// The documents of a pack that are not as they were.
///
/// - known: what is known of its documents
/// - before: the documents as they were made before, if they were
pub(super) fn changes(known: &Known, before: Option<&[DocumentTrace]>, after: &[MadeFile]) -> Vec<DocumentChange> {
    let Some(before) = before else { return Vec::new() };
    let words = |stem: &str, fingerprint: Option<Digest>| known.words(stem, fingerprint?).map(str::to_owned);
    let mut all: BTreeMap<String, [Option<Side>; 2]> = BTreeMap::new();
    let mut same: BTreeMap<String, bool> = BTreeMap::new();
    for document in before {
        let stem = stem_of(&document.name).to_owned();
        let now = after.iter().find(|file| file.name == document.name);
        *same.entry(stem.clone()).or_insert(true) &= now.is_some_and(|now| now.digest == document.digest);
        let side = || Side { pages: document.pages as usize, words: words(&stem, document.fingerprint) };
        all.entry(stem.clone()).or_default()[0].get_or_insert_with(side);
    }
    for file in after {
        let stem = stem_of(&file.name).to_owned();
        *same.entry(stem.clone()).or_insert(true) &= before.iter().any(|document| document.name == file.name);
        let own = || file.words.as_deref().map(str::to_owned).or_else(|| words(&stem, file.fingerprint));
        all.entry(stem.clone()).or_default()[1].get_or_insert_with(|| Side { pages: file.pages, words: own() });
    }
    let differing = all.into_iter().filter(|(name, _)| !same.get(name).copied().unwrap_or_default());
    differing
        .map(|(name, sides)| {
            let pages = [0, 1].map(|at: usize| sides[at].as_ref().map(|side| side.pages));
            let [before, after] = sides.map(|side| side.map_or_else(|| Some(String::new()), |side| side.words));
            let paragraphs = before.zip(after).map(|(before, after)| Paragraphs::between(&before, &after));
            DocumentChange { name, pages, paragraphs }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_added_removed_and_moved() {
        let found = Paragraphs::between("one\ntwo\nthree\nfour\n", "two\nthree\nnew\nfour\none\n");
        assert_eq!(found, Paragraphs { added: vec!["new".into()], moved: vec!["one".into()], ..Paragraphs::default() });
        let found = Paragraphs::between("Come to the hall.\nBye.\n", "Come to the town hall.\nBye.\n");
        assert_eq!(found.changed, [("Come to the hall.".to_owned(), "Come to the town hall.".to_owned())]);
        let marked: Vec<_> = pieces("Come to the hall.", "Come to the town hall.").into_iter().filter(|(tag, _)| *tag != ChangeTag::Equal).collect();
        assert!(matches!(marked.as_slice(), [(ChangeTag::Insert, added)] if added.trim() == "town"), "{marked:?}");
        let found = Paragraphs::between("one\none\ntwo\n", "two\none\n");
        assert_eq!((found.added.len(), found.removed, found.moved.len()), (0, vec!["one".to_owned()], 1));
        assert!(Paragraphs::between("one\ntwo\n", "one\ntwo\n").is_empty());
        assert_eq!(Paragraphs::between("", "one\n").added, ["one"]);
    }
}
