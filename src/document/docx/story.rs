//! A story: blocks of the tree to paragraphs and tables of one part.
//!
//! A block may ask for something that only a paragraph can carry (a list number, a page break, a bookmark): it is left
//! *pending* and the next paragraph takes it. Styles decide how things look; the story decides which style, and sets a
//! property directly only where the structure demands it.

use crate::diagnostic::Diagnostic;
use crate::document::tree::{Align, Attributes, Block, BlockKind, Inline};

use super::anchors::Anchor;
use super::document::{Document, Part};
use super::numbering;
use super::opc::Relationships;
use super::page::Page;
use super::paragraph::{Indent, ParagraphProperties};
use super::run::{Run, Script, script};
use super::styles::{Kind, Style, id};
use super::view::LIST_STEP;
use super::xml::Xml;

/// Where a story stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The main story.
    Body,
    /// A running header.
    Header,
    /// A running footer.
    Footer,
    /// The footnotes.
    Footnotes,
}

/// What blocks inherit from what surrounds them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// Width that a block may fill, in twips, list indent included.
    pub(super) width: i32,
    /// Style of paragraphs that name none.
    pub(super) default: &'a str,
    /// Style of the group around.
    pub(super) group: Option<&'a Style>,
    /// The block ends the group around it.
    pub(super) ends_group: bool,
    /// Lists around.
    pub(super) level: usize,
    /// The block ends the outermost list.
    pub(super) ends_list: bool,
    /// Tables inside lists around.
    pub(super) lane: usize,
    /// Inside a table cell.
    pub(super) cell: bool,
    /// At the top of the story, where a section may begin.
    pub(super) top: bool,
    /// Alignment of the cell.
    pub(super) align: Option<Align>,
    /// What words carry.
    pub(super) run: Run<'a>,
}

/// What the next paragraph has to carry.
#[derive(Debug, Default)]
struct Pending<'a> {
    numbering: Option<(usize, usize, &'a str)>,
    page_break: bool,
    bookmarks: Vec<Anchor>,
    note_mark: bool,
    /// A field that begins in the next paragraph: its instruction.
    field: Option<&'static str>,
}

/// What was written last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    /// Nothing yet, or something that is neither.
    Nothing,
    /// A paragraph; the place of its `</w:pPr>`.
    Paragraph(usize),
    /// A table.
    Table,
}

/// A story under construction.
#[derive(Debug)]
pub(super) struct Story<'d, 'a> {
    pub(super) document: &'d mut Document<'a>,
    pub(super) xml: Xml,
    pub(super) relationships: Relationships,
    pub(super) place: Place,
    pub(super) last: Last,
    /// Width for pictures in the current paragraph, in twips.
    pub(super) room: i32,
    page: Page,
    page_start: bool,
    pending: Pending<'a>,
}

impl<'d, 'a> Story<'d, 'a> {
    /// An empty story on pages of this layout.
    pub(super) fn new(document: &'d mut Document<'a>, place: Place, page: Page, relationships: Relationships) -> Self {
        Self {
            document,
            xml: Xml::part(),
            relationships,
            place,
            last: Last::Nothing,
            room: page.text_width,
            page,
            page_start: true,
            pending: Pending::default(),
        }
    }

    /// Ends the story; what could not be written is reported to the document.
    pub(super) fn finish(self) -> Part {
        let (part, faults) = Part::new(self.xml, self.relationships);
        self.document.faults.extend(faults);
        part
    }

    /// Reports a finding.
    pub(super) fn fault(&mut self, fault: Diagnostic) {
        self.document.faults.push(fault);
    }

    /// Blocks of one section of the body, and its section properties (clause 17.6.17): in the last paragraph, or, for
    /// the last section, at the end of the body.
    pub(super) fn section(&mut self, page: Page, blocks: &'a [Block], properties: &str, last: bool) {
        self.page = page;
        self.page_start = true;
        let context = self.context(id::BODY_TEXT);
        self.blocks(blocks, Context { top: true, ..context });
        if !matches!(self.last, Last::Paragraph(_)) {
            self.table_end();
        }
        match self.last {
            Last::Paragraph(at) if !last => self.xml.insert(at, properties),
            _ => self.xml.raw(properties),
        }
        self.last = Last::Nothing;
    }

    /// A footnote with its mark (clause 17.11.10).
    pub(super) fn footnote(&mut self, number: usize, blocks: &'a [Block]) {
        self.xml.open("w:footnote", &[("w:id", &number)]);
        self.pending.note_mark = true;
        self.last = Last::Nothing;
        let context = self.context(id::FOOTNOTE_TEXT);
        self.blocks(blocks, context);
        self.end_with_paragraph();
        self.xml.close("w:footnote");
    }

    /// The context at the top of this story.
    pub(super) fn context(&self, default: &'a str) -> Context<'a> {
        let language = self.document.tree.language.as_str();
        let own = language != self.document.job.parts.language || script(language) != Script::Other;
        let run = Run { language: (own && !language.is_empty()).then_some(language), ..Run::default() };
        Context {
            width: self.page.text_width,
            default,
            group: None,
            ends_group: false,
            level: 0,
            ends_list: false,
            lane: 0,
            cell: false,
            top: false,
            align: None,
            run,
        }
    }

    /// Writes blocks that share a context.
    pub(super) fn blocks(&mut self, blocks: &'a [Block], context: Context<'a>) {
        for block in blocks {
            self.block(block, context);
        }
    }

    /// Writes one block.
    pub(super) fn block(&mut self, block: &'a Block, context: Context<'a>) {
        let attributes = &block.attributes;
        if !context.top && attributes.landscape.is_some() {
            let message = "the page turns inside a list, table or group";
            self.fault(Diagnostic::error("nested-section", message));
        }
        if attributes.page_break_before && !context.cell && !self.page_start {
            self.pending.page_break = true;
        }
        let anchor = attributes.id.as_deref().and_then(|id| self.anchor(id));
        self.pending.bookmarks.extend(anchor);
        let run = Run { language: attributes.language.as_deref().or(context.run.language), ..context.run };
        let context = Context { run, top: false, ..context };
        match &block.kind {
            BlockKind::Title(content) => self.line(Some(id::TITLE), content, attributes, context),
            BlockKind::Heading { level, content } => {
                let style = id::HEADINGS.get(usize::from(level.saturating_sub(1))).or(id::HEADINGS.last()).copied();
                self.line(style, content, attributes, context);
            }
            BlockKind::Paragraph(content) => self.line(None, content, attributes, context),
            BlockKind::List(list) => self.list(list, attributes, context),
            BlockKind::Table(table) => self.table(table, attributes, context),
            BlockKind::Image(image) => {
                let properties = self.properties(Some(id::FIGURE), attributes, context);
                self.paragraph(&properties, context, |story| story.picture(image, context.run));
            }
            BlockKind::Group(blocks) => self.group(blocks, attributes, context),
            BlockKind::SignatureLine(content) => self.signature_line(content, attributes, context),
            BlockKind::Contents(entries) => self.contents(entries, context),
        }
    }

    /// A paragraph in its style.
    pub(super) fn line(
        &mut self,
        style: Option<&'a str>,
        content: &'a [Inline],
        attributes: &'a Attributes,
        context: Context<'a>,
    ) {
        let properties = self.properties(style, attributes, context);
        self.paragraph(&properties, context, |story| story.inlines(content, context.run));
    }

    /// Writes a paragraph: its properties, what was pending, its content.
    pub(super) fn paragraph(
        &mut self,
        properties: &ParagraphProperties<'a>,
        context: Context<'a>,
        content: impl FnOnce(&mut Self),
    ) {
        self.room = context.width - properties.indent.map_or(0, |indent| indent.left + indent.right);
        self.xml.open("w:p", &[]);
        let end = properties.write(&mut self.xml);
        let pending = std::mem::take(&mut self.pending);
        for anchor in &pending.bookmarks {
            self.xml.empty("w:bookmarkStart", &[("w:id", &anchor.id), ("w:name", &anchor.name)]);
        }
        if pending.note_mark {
            let mark = Run { style: Some(id::FOOTNOTE_REFERENCE), ..Run::default() };
            self.run(mark, None, |xml| xml.empty("w:footnoteRef", &[]));
            self.text(" ", Run::default());
        }
        if let Some(instruction) = pending.field {
            self.field_mark("begin", Run::default());
            self.run(Run::default(), None, |xml| {
                xml.element("w:instrText", &[("xml:space", &"preserve")], instruction);
            });
            self.field_mark("separate", Run::default());
        }
        content(self);
        for anchor in &pending.bookmarks {
            self.xml.empty("w:bookmarkEnd", &[("w:id", &anchor.id)]);
        }
        self.xml.close("w:p");
        self.last = Last::Paragraph(end);
        self.page_start = false;
    }

    /// Leaves a list number for the next paragraph, with the style of such paragraphs.
    pub(super) fn number_next(&mut self, num_id: usize, level: usize, style: &'a str) {
        self.flush_number(self.context(id::BODY_TEXT));
        self.pending.numbering = Some((num_id, level, style));
    }

    /// Writes a pending number as an item without words, before something that is no paragraph.
    pub(super) fn flush_number(&mut self, context: Context<'a>) {
        if self.pending.numbering.is_some() {
            let properties = self.properties(None, &EMPTY, context);
            self.paragraph(&properties, context, |_| {});
        }
    }

    /// Begins a field in the next paragraph.
    pub(super) fn field_next(&mut self, instruction: &'static str) {
        self.pending.field = Some(instruction);
    }

    /// The paragraph that must stand after a table where no other follows; it takes no room.
    pub(super) fn table_end(&mut self) {
        let properties = ParagraphProperties { style: Some(id::TABLE_END), ..ParagraphProperties::default() };
        let context = self.context(id::TABLE_END);
        self.paragraph(&properties, context, |_| {});
    }

    /// A cell, note, header or footer ends with a paragraph.
    pub(super) fn end_with_paragraph(&mut self) {
        if !matches!(self.last, Last::Paragraph(_)) {
            self.table_end();
        }
    }

    /// The bookmark of an anchor; running matter has none, since it is repeated.
    pub(super) fn anchor(&self, target: &str) -> Option<Anchor> {
        let running = matches!(self.place, Place::Header | Place::Footer);
        if running { None } else { self.document.anchors.get(target).cloned() }
    }

    /// Properties of a paragraph: the style that the block names, else the one its kind has, else that of what is
    /// around; and what structure adds.
    pub(super) fn properties(
        &mut self,
        structural: Option<&'a str>,
        attributes: &'a Attributes,
        context: Context<'a>,
    ) -> ParagraphProperties<'a> {
        let numbering = self.pending.numbering.take();
        let named = attributes.style.as_deref().and_then(|name| self.paragraph_style(name));
        let group = context.group.map(|style| style.id.as_str());
        let listed = match numbering {
            Some((_, _, style)) => Some(style),
            None => (context.level > 0 && !context.cell_default()).then_some(id::LIST_CONTINUE),
        };
        let style = named.or(structural).or(group).or(listed).unwrap_or(context.default);
        let own = style == context.default || Some(style) == listed;
        let indent = self.indent(style, numbering.is_some(), context);
        let body_space = self.document.styles().get(Kind::Paragraph, id::BODY_TEXT).and_then(|style| style.space_after);
        let page_break = std::mem::take(&mut self.pending.page_break);
        // Word keeps a heading's space above at the top of a page that was asked for.
        let page_top = page_break || (self.page_start && self.place == Place::Body && !context.cell);
        let before = match page_top && !own {
            true => Some(0),
            false => (self.last == Last::Table && own).then_some(body_space).flatten(),
        };
        let after = (context.ends_list && !context.cell && own && group.is_none()).then_some(body_space).flatten();
        let keep_next = context.group.filter(|group| group.keep_next).and_then(|group| match context.ends_group {
            true => Some(false),
            false => (style != group.id).then_some(true),
        });
        let outline = structural.and_then(|kind| id::HEADINGS.iter().position(|heading| *heading == kind));
        ParagraphProperties {
            style: Some(style),
            keep_next,
            page_break_before: page_break,
            numbering: numbering.map(|(id, level, _)| (id, level)),
            frame: context.group.filter(|group| group.id != style && !group.frame.is_empty()),
            tabs: Vec::new(),
            right_to_left: context.run.language.is_some_and(|language| script(language) == Script::RightToLeft),
            spacing: (before, after),
            indent,
            align: attributes.align.or(context.align),
            outline_level: outline.filter(|_| named.is_some()).and_then(|level| u8::try_from(level).ok()),
        }
    }

    /// The paragraph style of this name; an unknown one is a finding.
    pub(super) fn paragraph_style(&mut self, name: &str) -> Option<&'a str> {
        let found = self.document.styles().named(Kind::Paragraph, name);
        if found.is_none() {
            self.unknown_style(Kind::Paragraph, name);
        }
        found.map(|style| style.id.as_str())
    }

    /// The numbering part indents numbered paragraphs; continued ones, and all inside a framed group, say it themselves.
    fn indent(&self, style: &str, numbered: bool, context: Context<'a>) -> Option<Indent> {
        let list = if context.level > 0 { numbering::indent(context.level - 1) } else { 0 };
        let hanging = if numbered { LIST_STEP } else { 0 };
        match context.group.filter(|group| !group.frame.is_empty()) {
            Some(group) if context.level > 0 || group.id != style => {
                let (left, right) = group.indent;
                Some(Indent { left: left + list, right, hanging })
            }
            Some(_) => None,
            None if list > 0 && !numbered && (context.level > 1 || style != id::LIST_CONTINUE) => {
                Some(Indent { left: list, right: 0, hanging: 0 })
            }
            None => None,
        }
    }

}

impl Context<'_> {
    /// Whether paragraphs without a style have that of a cell: a list around the table does not reach into it.
    fn cell_default(&self) -> bool {
        self.cell && self.level == 0
    }
}

/// Attributes of a paragraph that stands for no block.
pub(super) static EMPTY: Attributes = Attributes {
    id: None,
    language: None,
    style: None,
    align: None,
    page_break_before: false,
    landscape: None,
};
