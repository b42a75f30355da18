//! Lists, numbered as the author numbered them.
//!
//! The number of an item is never typed into its words: the element carries it, so that it is announced as a list.

use super::markup::Tag;
use super::writer::Writer;
use crate::document::tree::{Attributes, Block, BlockKind, List, Marker, NumberForm};

impl Writer<'_> {
    pub(super) fn list(&mut self, list: &List, attributes: &Attributes) {
        let (tag, item) = markers(list);
        let tag = self.dress(tag, attributes);
        self.out.open(&tag);
        self.out.line();
        for blocks in &list.items {
            self.out.open(&item);
            self.item(blocks);
            self.end("li");
        }
        self.end(tag.name());
    }

    /// An item begins with its words; a bare first paragraph needs no element of its own.
    fn item(&mut self, blocks: &[Block]) {
        match blocks {
            [first, rest @ ..] if first.attributes == Attributes::default() => {
                let BlockKind::Paragraph(content) = &first.kind else { return self.blocks(blocks) };
                if rest.iter().any(|block| matches!(block.kind, BlockKind::Paragraph(_))) {
                    return self.blocks(blocks);
                }
                self.inlines(content);
                if !rest.is_empty() {
                    self.out.line();
                    self.blocks(rest);
                }
            }
            _ => self.blocks(blocks),
        }
    }
}

/// The tags of a list and of its items. `type` is content, not look (HTML Standard, section 4.4.5): it tells which form
/// the number has. What stands around it is a counter style of the style sheet, `m-<around>-<form>`; anything unusual
/// travels as data.
fn markers(list: &List) -> (Tag, Tag) {
    let item = Tag::new("li");
    let (form, prefix, suffix) = match &list.marker {
        Marker::Bullet => return (Tag::new("ul"), item),
        Marker::Dash => return (Tag::new("ul").class("dash"), item),
        Marker::Number { form, prefix, suffix } => (*form, prefix.as_str(), suffix.as_str()),
    };
    let (html, css) = match form {
        NumberForm::Decimal => (None, "decimal"),
        NumberForm::LowerAlpha => (Some("a"), "lower-alpha"),
        NumberForm::UpperAlpha => (Some("A"), "upper-alpha"),
        NumberForm::LowerRoman => (Some("i"), "lower-roman"),
        NumberForm::UpperRoman => (Some("I"), "upper-roman"),
    };
    let mut tag = Tag::new("ol");
    if let Some(html) = html {
        tag = tag.with("type", html);
    }
    if list.start != 1 {
        tag = tag.with("start", list.start.to_string());
    }
    match (prefix, suffix) {
        ("", ".") => (tag, item),
        ("(", ")") => (tag.class(&format!("m-both-{css}")), item),
        ("", ")") => (tag.class(&format!("m-after-{css}")), item),
        ("", "") => (tag.class(&format!("m-bare-{css}")), item),
        _ => (tag.class(&format!("m-own-{css}")), item.with("data-before", prefix).with("data-after", suffix)),
    }
}
