//! Blocks: headings, paragraphs, groups, places to sign.
//!
//! A block without words leaves no empty element behind, unless something points to it.

use super::inlines::{has_content, words};
use super::markup::Tag;
use super::writer::Writer;
use crate::document::fact_runs::{Fact, Run, runs};
use crate::document::page_numbers::without_page_numbers;
use crate::document::tree::{Attributes, Block, BlockKind, Inline};

impl Writer<'_> {
    /// Writes blocks, one below the other.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for run in runs(blocks) {
            match run {
                Run::Facts(facts) => self.facts(&facts),
                Run::Block(block) => self.block(block),
            }
        }
    }

    /// Names with their values (HTML Standard, section 4.4.9), each pair a box of the strip.
    fn facts(&mut self, facts: &[Fact<'_>]) {
        self.out.open(&Tag::new("dl").class("strip"));
        self.out.line();
        for (name, value) in facts {
            self.out.raw("<div><dt>");
            self.inlines(name);
            self.out.raw("</dt><dd>");
            self.inlines(value);
            self.out.raw("</dd>");
            self.end("div");
        }
        self.end("dl");
        self.under_heading = false;
    }

    fn block(&mut self, block: &Block) {
        let attributes = &block.attributes;
        match &block.kind {
            BlockKind::Title(content) => self.title(content, attributes),
            BlockKind::Heading { level, content } => return self.heading(*level, content, attributes),
            BlockKind::Paragraph(content) => self.paragraph(content, attributes),
            BlockKind::List(list) => self.list(list, attributes),
            BlockKind::Table(table) => self.table(table, attributes),
            BlockKind::Image(image) => {
                let tag = self.dress(Tag::new("div").class("picture"), attributes);
                self.out.open(&tag);
                self.picture(image);
                self.end("div");
            }
            BlockKind::Group(blocks) => self.group(blocks, attributes),
            BlockKind::SignatureLine(content) => {
                let tag = self.dress(Tag::new("p").class("signature"), attributes);
                self.out.open(&tag);
                self.out.raw("<span>");
                self.inlines(content);
                self.out.raw("</span>");
                self.end("p");
            }
            BlockKind::Contents(entries) => self.contents(entries, attributes),
        }
        self.under_heading = false;
    }

    /// End tag and line end of a block.
    pub(super) fn end(&mut self, name: &str) {
        self.out.close(name);
        self.out.line();
    }

    fn title(&mut self, content: &[Inline], attributes: &Attributes) {
        let name = if self.titled { "h2" } else { "h1" };
        self.titled = true;
        self.heading = words(content);
        let tag = self.dress(Tag::new(name), attributes);
        self.filled(&tag, &dashes_stay(content));
    }

    /// A heading one level below its own, since the title is the `h1`. HTML ends at `h6`, ARIA does not.
    fn heading(&mut self, level: u8, content: &[Inline], attributes: &Attributes) {
        self.heading = words(content);
        self.under_heading = true;
        let tag = match level {
            0 | 1 => Tag::new("h2"),
            2 => Tag::new("h3"),
            3 => Tag::new("h4"),
            4 => Tag::new("h5"),
            5 => Tag::new("h6"),
            deeper => Tag::new("h6").with("aria-level", (u16::from(deeper) + 1).to_string()),
        };
        let tag = self.dress(tag, attributes);
        self.filled(&tag, content);
    }

    fn paragraph(&mut self, content: &[Inline], attributes: &Attributes) {
        let content = without_page_numbers(content);
        let tag = self.dress(Tag::new("p"), attributes);
        if has_content(&content) || attributes.id.is_some() {
            self.filled(&tag, &content);
        }
    }

    fn filled(&mut self, tag: &Tag, content: &[Inline]) {
        self.out.open(tag);
        self.inlines(content);
        self.end(tag.name());
    }

    /// A group has a box of its own where it has a style; otherwise it only carries language, anchor or alignment.
    fn group(&mut self, blocks: &[Block], attributes: &Attributes) {
        let tag = self.dress(Tag::new("div").class_if(attributes.style.is_some(), "group"), attributes);
        self.out.open(&tag);
        self.out.line();
        self.blocks(blocks);
        self.end("div");
    }
}

/// The words of a title in which no line starts with a dash.
fn dashes_stay(content: &[Inline]) -> Vec<Inline> {
    let joined = |inline: &Inline| match inline {
        Inline::Text(text) => Inline::Text(text.replace(" – ", "\u{a0}– ")),
        other => other.clone(),
    };
    content.iter().map(joined).collect()
}

/// Whether a block shows nothing, and nothing can point to it.
pub(super) fn is_empty(block: &Block) -> bool {
    if block.attributes.id.is_some() {
        return false;
    }
    match &block.kind {
        BlockKind::Paragraph(content) => !has_content(&without_page_numbers(content)),
        BlockKind::Group(blocks) => blocks.iter().all(is_empty),
        _ => false,
    }
}

/// Whether a block is nothing but pictures.
pub(super) fn only_pictures(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Image(_) => true,
        BlockKind::Paragraph(content) => {
            !content.is_empty() && content.iter().all(|inline| matches!(inline, Inline::Image(_)))
        }
        _ => false,
    }
}
