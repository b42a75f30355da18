//! Bookmarks (ISO/IEC 29500-1 clause 17.13.6) for the anchors of a tree.
//!
//! Word takes names of at most 40 letters, digits and underscores; an anchor of the tree may be anything. Headings that
//! the contents list points to get the `_Toc` names that Word itself gives them. Anchors in running headers and
//! footers get none, since those are repeated.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::document::tree::{Attributes, Block, BlockKind, Inline, Tree, walk};

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Anchor {
    /// `w:id`, unique in the package.
    pub(super) id: usize,
    /// `w:name`.
    pub(super) name: String,
}

/// The bookmarks of a document by anchor.
#[derive(Debug, Default)]
pub(super) struct Anchors<'a> {
    by_target: BTreeMap<&'a str, Anchor>,
    names: BTreeSet<String>,
    contents: BTreeSet<&'a str>,
    twice: BTreeSet<&'a str>,
}

impl<'a> Anchors<'a> {
    /// Collects the anchors of body and footnotes; an anchor that stands twice is a fault.
    pub(super) fn new(tree: &'a Tree) -> (Self, Vec<Diagnostic>) {
        let mut anchors = Self::default();
        anchors.find_contents(&tree.body);
        anchors.blocks(&tree.body);
        for note in &tree.footnotes {
            anchors.blocks(note);
        }
        let faults = anchors.twice.iter().map(|id| {
            Diagnostic::error("duplicate-anchor", format!("the anchor `{id}` stands twice in the document"))
        });
        let faults = faults.collect();
        (anchors, faults)
    }

    /// The bookmark for an anchor.
    pub(super) fn get(&self, target: &str) -> Option<&Anchor> {
        self.by_target.get(target)
    }

    /// An id that no bookmark has.
    pub(super) fn spare_id(&self, offset: usize) -> usize {
        self.by_target.len() + offset
    }

    fn find_contents(&mut self, blocks: &'a [Block]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Contents(entries) => self.contents.extend(entries.iter().map(|entry| entry.target.as_str())),
                BlockKind::Group(blocks) => self.find_contents(blocks),
                _ => {}
            }
        }
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        walk(blocks, &mut |block| {
            self.attributes(&block.attributes);
            self.inlines(block.kind.inlines());
        });
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        for inline in content {
            match inline {
                Inline::Strong(content) | Inline::Emphasis(content) | Inline::Link { content, .. } => {
                    self.inlines(content);
                }
                Inline::Span { attributes, content } => {
                    self.attributes(attributes);
                    self.inlines(content);
                }
                _ => {}
            }
        }
    }

    fn attributes(&mut self, attributes: &'a Attributes) {
        let Some(target) = attributes.id.as_deref() else { return };
        if self.by_target.contains_key(target) {
            self.twice.insert(target);
            return;
        }
        let id = self.by_target.len();
        let name = if self.contents.contains(target) {
            format!("_Toc{}", 100_000_001 + id)
        } else {
            bookmark_name(target)
        };
        let name = self.unique(name);
        self.by_target.insert(target, Anchor { id, name });
    }

    /// Word compares names without case.
    fn unique(&mut self, name: String) -> String {
        let mut candidate = name.clone();
        let mut count = 2_usize;
        while !self.names.insert(candidate.to_lowercase()) {
            let stem: String = name.chars().take(34).collect();
            candidate = format!("{stem}_{count}");
            count += 1;
        }
        candidate
    }
}

fn bookmark_name(target: &str) -> String {
    let safe = target.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    let prefix = if target.starts_with(|c: char| c.is_ascii_alphabetic()) { "" } else { "a_" };
    prefix.chars().chain(safe).take(40).collect()
}
