//! What is known while one page is written: what has been said so far, and what was wrong with it.

use std::collections::BTreeMap;

use super::HtmlPage;
use super::anchors::Anchors;
use super::markup::{Markup, Tag};
use super::picture::Ground;
use crate::diagnostic::Diagnostic;
use crate::document::tree::{Align, Attributes, Tree};

/// One page under construction.
pub(super) struct Writer<'a> {
    pub(super) tree: &'a Tree,
    pub(super) page: &'a HtmlPage<'a>,
    pub(super) out: Markup,
    pub(super) anchors: Anchors,
    pub(super) faults: Vec<Diagnostic>,
    /// How often each footnote has been referred to.
    pub(super) references: Vec<usize>,
    /// Footnote references that wait for the end of the link that they stand in.
    pub(super) waiting: Option<Vec<usize>>,
    /// Words of the last heading: they name what follows.
    pub(super) heading: String,
    /// Whether that heading stands directly before this block.
    pub(super) under_heading: bool,
    /// Whether the page has its `h1`.
    pub(super) titled: bool,
    /// What a picture stands on that is the logo.
    pub(super) logo: Option<Ground>,
    /// Names of scroll regions so far, and how often each was given.
    pub(super) regions: BTreeMap<String, usize>,
}

impl<'a> Writer<'a> {
    /// Starts a page.
    pub(super) fn new(tree: &'a Tree, page: &'a HtmlPage<'a>) -> Self {
        Self {
            tree,
            page,
            out: Markup::default(),
            anchors: Anchors::default(),
            faults: Vec::new(),
            references: vec![0; tree.footnotes.len()],
            waiting: None,
            heading: String::new(),
            under_heading: false,
            titled: false,
            logo: None,
            regions: BTreeMap::new(),
        }
    }

    /// Adds what a block or span carries to its tag. Turning the page is the shell's affair.
    pub(super) fn dress(&mut self, mut tag: Tag, attributes: &Attributes) -> Tag {
        if let Some(style) = &attributes.style {
            tag = tag.class(&format!("s-{style}"));
        }
        tag = tag.class_if(attributes.page_break_before, "break");
        tag = aligned(tag, attributes.align);
        if let Some(id) = &attributes.id {
            self.anchors.add(id);
            tag = tag.with("id", id);
        }
        if let Some(language) = &attributes.language {
            tag = in_language(tag, language);
        }
        tag
    }

    /// An anchor of the writer's own.
    pub(super) fn own_anchor(&mut self, tag: Tag, id: &str) -> Tag {
        self.anchors.add(id);
        tag.with("id", id)
    }
}

/// Alignment as a class: a policy against inline styles must hold.
pub(super) fn aligned(tag: Tag, align: Option<Align>) -> Tag {
    match align {
        Some(Align::Start) => tag.class("a-start"),
        Some(Align::Center) => tag.class("a-center"),
        Some(Align::End) => tag.class("a-end"),
        None => tag,
    }
}

/// Language and, where it is read from right to left, direction (WCAG 2.2, 3.1.1 and 3.1.2).
pub(super) fn in_language(tag: Tag, language: &str) -> Tag {
    let tag = tag.with("lang", language);
    let main = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    match main.as_str() {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => tag.with("dir", "rtl"),
        _ => tag,
    }
}
