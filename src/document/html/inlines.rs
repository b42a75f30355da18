//! Runs of text: marked words, links, spans, references to notes.
//!
//! A link never stands in a link: HTML has no such thing, and a parser would tear them apart.

use super::links;
use super::markup::Tag;
use super::writer::Writer;
use crate::document::tree::{Inline, LinkTarget, plain};

impl Writer<'_> {
    /// Writes inline content. Numbers of pages are left out.
    pub(super) fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.out.breakable(text),
                Inline::Strong(content) => self.marked(&Tag::new("strong"), content),
                Inline::Emphasis(content) => self.marked(&Tag::new("em"), content),
                Inline::Link { target, content } => self.link(target, content),
                Inline::Span { attributes, content } => {
                    let tag = self.dress(Tag::new("span"), attributes);
                    self.marked(&tag, content);
                }
                Inline::Image(image) => self.picture(image),
                Inline::Scale { filled, of } => self.scale(*filled, *of),
                Inline::LineBreak => self.out.raw("<br>"),
                Inline::PageNumber | Inline::PageCount => {}
                Inline::NoteReference(index) => match &mut self.waiting {
                    Some(waiting) => waiting.push(*index),
                    None => self.note_reference(*index),
                },
            }
        }
    }

    /// Squares in a drawing that readers of the screen pass over.
    fn scale(&mut self, filled: u8, of: u8) {
        let (of, side, step) = (u32::from(of.max(filled)), 10, 13);
        if of == 0 {
            return;
        }
        let size = format!("0 0 {} {}", of * step - step + side + 2, side + 2);
        self.out.open(&Tag::new("svg").class("scale").with("viewBox", size).with("aria-hidden", "true"));
        for at in 0..of {
            let square = Tag::new("rect").class_if(at < u32::from(filled), "on");
            self.out.open(&square.with("x", (at * step + 1).to_string()).with("y", "1").with("width", "10").with("height", "10"));
            self.out.close("rect");
        }
        self.out.close("svg");
    }

    fn marked(&mut self, tag: &Tag, content: &[Inline]) {
        if tag.is_bare() && tag.name() == "span" {
            return self.inlines(content);
        }
        self.out.open(tag);
        self.inlines(content);
        self.out.close(tag.name());
    }

    fn link(&mut self, target: &LinkTarget, content: &[Inline]) {
        let tag = match target {
            LinkTarget::External(address) => match links::external(address) {
                // `external` says what the link is; the page opens in the same window (WCAG 2.2, 3.2.5).
                Ok(href) if links::is_web(address) => Tag::new("a").with("href", href).with("rel", "external"),
                Ok(href) => Tag::new("a").with("href", href),
                Err(fault) => {
                    self.faults.push(fault);
                    return self.inlines(content);
                }
            },
            LinkTarget::Internal(id) => {
                self.anchors.want(id);
                Tag::new("a").with("href", links::internal(id))
            }
        };
        if self.waiting.is_some() {
            return self.inlines(content);
        }
        self.waiting = Some(Vec::new());
        self.marked(&tag, content);
        for index in self.waiting.take().unwrap_or_default() {
            self.note_reference(index);
        }
    }
}

/// The words of inline content, without white space at both ends.
pub(super) fn words(content: &[Inline]) -> String {
    plain(content).trim().to_owned()
}

/// Whether inline content shows or marks anything.
pub(super) fn has_content(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Text(text) => !text.trim().is_empty(),
        Inline::Strong(content) | Inline::Emphasis(content) | Inline::Link { content, .. } => has_content(content),
        Inline::Span { attributes, content } => attributes.id.is_some() || has_content(content),
        Inline::Image(_) | Inline::NoteReference(_) => true,
        Inline::Scale { .. } | Inline::LineBreak | Inline::PageNumber | Inline::PageCount => false,
    })
}
