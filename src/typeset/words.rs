//! The words of typeset pages in reading order, to hold the paged result against the semantic tree.
//!
//! Headers, footers, decoration and what Typst repeats at the head of a page are left out: they are artifacts.

use typst::foundations::Content;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst_layout::PagedDocument;
use typst::model::TableCell;
use typst::pdf::ArtifactElem;

/// A word of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagedWord {
    /// The word.
    pub text: String,
    /// The page, from 1.
    pub page: usize,
}

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

fn is_artifact(content: &Content) -> bool {
    content.is::<ArtifactElem>() || content.to_packed::<TableCell>().is_some_and(|cell| cell.is_repeated.get(typst::foundations::StyleChain::default()))
}
