//! The words of typeset pages in reading order, to hold the paged result against the semantic tree.
//!
//! Headers, footers, decoration and what Typst repeats at the head of a page are left out: they are artifacts.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Content, NativeElement, StyleChain};
use typst::introspection::{Introspector, Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst::model::{FootnoteElem, HeadingElem, OutlineElem, TableCell};
use typst::pdf::{ArtifactElem, PdfMarkerTag, PdfMarkerTagKind};

/// The characters of a document's pages without white space in reading order, in stretches with the page of each.
///
/// A cell that is broken across pages stands there once, whole: its stretches come one after the other, before the next
/// cell of its row.
pub fn paged_words(document: &PagedDocument) -> Vec<(usize, String)> {
    let mut walk = Walk { page: 0, skipping: None, notes: BTreeSet::new(), parts: vec![Vec::new()], of: BTreeMap::new(), inside: 0 };
    for (at, page) in document.pages().iter().enumerate() {
        walk.page = at + 1;
        walk.frame(&page.frame);
    }
    let mut words = Vec::new();
    flatten(&mut walk.parts, 0, &mut words);
    words
}

/// A piece of the page's words.
enum Piece {
    /// Words, with the page on which they stand.
    Words(usize, String),
    /// The pieces of one element that is not in one frame, such as a broken cell.
    Part(usize),
}

struct Walk {
    page: usize,
    skipping: Option<Location>,
    /// Footnotes that were referred to; their text may run on to the foot of the next page.
    notes: BTreeSet<u128>,
    /// The whole document first, then each element that is not in one frame.
    parts: Vec<Vec<Piece>>,
    of: BTreeMap<u128, usize>,
    /// The part that is being read.
    inside: usize,
}

impl Walk {
    fn frame(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => match group.parent.map(|parent| parent.location) {
                    Some(owner) if self.notes.contains(&owner.hash()) => {}
                    Some(owner) => self.part(owner, &group.frame),
                    None => self.frame(&group.frame),
                },
                FrameItem::Tag(Tag::Start(content, _)) if self.skipping.is_none() && is_artifact(content) => {
                    self.skipping = content.location();
                    if content.is::<FootnoteElem>() {
                        self.notes.extend(self.skipping.map(Location::hash));
                    }
                }
                FrameItem::Tag(Tag::End(location, ..)) if self.skipping == Some(*location) => self.skipping = None,
                FrameItem::Text(text) if self.skipping.is_none() => self.words(&text.text),
                _ => {}
            }
        }
    }

    /// A frame that belongs to an element which may have frames on other pages too; they are read as one.
    fn part(&mut self, location: Location, frame: &Frame) {
        let new = self.parts.len();
        let at = *self.of.entry(location.hash()).or_insert(new);
        if at == new {
            self.parts.push(Vec::new());
            self.parts[self.inside].push(Piece::Part(new));
        }
        let outer = std::mem::replace(&mut self.inside, at);
        self.frame(frame);
        self.inside = outer;
    }

    fn words(&mut self, text: &str) {
        let pieces = &mut self.parts[self.inside];
        let shown = text.chars().filter(|c| !c.is_whitespace());
        match pieces.last_mut() {
            Some(Piece::Words(page, words)) if *page == self.page => words.extend(shown),
            _ => pieces.push(Piece::Words(self.page, shown.collect())),
        }
    }
}

fn flatten(parts: &mut [Vec<Piece>], at: usize, to: &mut Vec<(usize, String)>) {
    for piece in std::mem::take(&mut parts[at]) {
        match piece {
            Piece::Words(page, words) => to.push((page, words)),
            Piece::Part(inner) => flatten(parts, inner, to),
        }
    }
}

/// What each format makes in its own way: decoration, repeated heads, list labels, footnotes, the contents list.
fn is_artifact(content: &Content) -> bool {
    content.is::<ArtifactElem>()
        || content.is::<OutlineElem>()
        || content.is::<FootnoteElem>()
        || content.to_packed::<PdfMarkerTag>().is_some_and(|tag| matches!(tag.kind, PdfMarkerTagKind::ListItemLabel))
        || content.to_packed::<TableCell>().is_some_and(|cell| cell.is_repeated.get(StyleChain::default()))
}

/// A heading of a document, and where it stands on its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingPlace {
    /// Its words.
    pub words: String,
    /// Its page, from 1.
    pub page: usize,
    /// Whether its page begins with it, or with lines that belong to it.
    pub at_head: bool,
    /// Its level, from 1.
    pub level: usize,
    /// How far down its page it stands, in thousandths of the height.
    pub down: u16,
}

/// The headings of a document in its order.
pub fn heading_places(document: &PagedDocument) -> Vec<HeadingPlace> {
    // What stands in the first part of a sheet has at most a masthead above it.
    const HEAD: f64 = 0.18;
    let introspector = document.introspector();
    let headings = introspector.query(&HeadingElem::ELEM.select());
    let placed = headings.iter().filter_map(|heading| {
        let position = Introspector::position(&**introspector, heading.location()?)?.as_paged()?;
        let sheet = document.pages().get(position.page.get() - 1)?.frame.height();
        // A heading's own plain text begins with its supplement, "Section".
        let words = heading.to_packed::<HeadingElem>()?.body.plain_text();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let level = heading.to_packed::<HeadingElem>()?.resolve_level(StyleChain::default()).get();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share between 0 and 1")]
        let down = ((position.point.y / sheet).clamp(0.0, 1.0) * 1000.0) as u16;
        Some(HeadingPlace { words, page: position.page.get(), at_head: position.point.y < sheet * HEAD, level, down })
    });
    placed.collect()
}
