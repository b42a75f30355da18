//! The words of typeset pages in reading order, to hold the paged result against the semantic tree.
//!
//! Headers, footers, decoration and what Typst repeats at the head of a page are left out: they are artifacts.

use typst::foundations::{Content, NativeElement, StyleChain};
use typst::introspection::{Introspector, Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst::model::{FootnoteElem, FootnoteEntry, HeadingElem, OutlineElem, TableCell};
use typst::pdf::{ArtifactElem, PdfMarkerTag, PdfMarkerTagKind};

/// The characters of a document's pages without white space, with the page on which each stands.
pub fn paged_words(document: &PagedDocument) -> Vec<(usize, String)> {
    let mut pages = Vec::new();
    let mut walk = Walk { skipping: None, text: String::new() };
    for (at, page) in document.pages().iter().enumerate() {
        walk.frame(&page.frame);
        pages.push((at + 1, std::mem::take(&mut walk.text)));
    }
    pages
}

struct Walk {
    skipping: Option<Location>,
    text: String,
}

impl Walk {
    fn frame(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Group(group) => self.frame(&group.frame),
                FrameItem::Tag(Tag::Start(content, _)) if self.skipping.is_none() && is_artifact(content) => {
                    self.skipping = content.location();
                }
                FrameItem::Tag(Tag::End(location, ..)) if self.skipping == Some(*location) => self.skipping = None,
                FrameItem::Text(text) if self.skipping.is_none() => {
                    self.text.extend(text.text.chars().filter(|c| !c.is_whitespace()));
                }
                _ => {}
            }
        }
    }
}

/// What each format makes in its own way: decoration, repeated heads, list labels, footnotes, the contents list.
fn is_artifact(content: &Content) -> bool {
    content.is::<ArtifactElem>()
        || content.is::<OutlineElem>()
        || content.is::<FootnoteElem>()
        || content.is::<FootnoteEntry>()
        || content.to_packed::<PdfMarkerTag>().is_some_and(|tag| matches!(tag.kind, PdfMarkerTagKind::ListItemLabel))
        || content.to_packed::<TableCell>().is_some_and(|cell| cell.is_repeated.get(StyleChain::default()))
}

/// The headings of a document with the page, from 1, on which each stands.
pub fn heading_pages(document: &PagedDocument) -> Vec<(String, usize)> {
    let introspector = document.introspector();
    let headings = introspector.query(&HeadingElem::ELEM.select());
    let placed = headings.iter().filter_map(|heading| {
        let page = introspector.page(heading.location()?)?;
        Some((heading.plain_text().split_whitespace().collect::<Vec<_>>().join(" "), page.get()))
    });
    placed.collect()
}
