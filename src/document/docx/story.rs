//! A story: blocks of the tree to paragraphs and tables of one part.
//!
//! A block may ask for something that only a paragraph can carry (a list number, a page break, a bookmark): it is left
//! *pending* and the next paragraph takes it. Styles decide how things look; the story decides which style, and sets a
//! property directly only where the structure demands it.

use crate::diagnostic::Diagnostic;
use crate::document::tree::{Align, Attributes, Block, BlockKind, Inline};

use super::anchors::Anchor;
use super::document::{Document, Part};
use super::keep::{between, closing, leads_in};
use super::numbering::Listed;
use super::opc::Relationships;
use super::page::Page;
use super::paragraph::ParagraphProperties;
use super::run::{Run, Script, script};
use super::styles::{Style, id};
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
    /// The group is the opening of a document or part, and where in it the block stands.
    pub(super) opening: Option<Opening>,
    /// Paragraphs stay on the page of the next one.
    pub(super) keep_next: bool,
    /// Lists around.
    pub(super) level: usize,
    /// Indent of the text of the innermost of them, in twips.
    pub(super) list_indent: i32,
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

/// A list number for a paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number<'a> {
    /// The list.
    pub(super) list: Listed,
    /// Its level.
    pub(super) level: usize,
    /// Style of its paragraphs.
    pub(super) style: &'a str,
}

/// What the next paragraph has to carry.
#[derive(Debug, Default)]
pub(super) struct Pending<'a> {
    pub(super) numbering: Option<Number<'a>>,
    /// It starts a page.
    pub(super) page_break: bool,
    bookmarks: Vec<Anchor>,
    note_mark: bool,
    /// A field that begins in the next paragraph: its instruction.
    field: Option<&'static str>,
}

/// Where a block stands in an opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opening {
    /// It is the first.
    pub(super) first: bool,
    /// It is the last.
    pub(super) last: bool,
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
    pub(super) page: Page,
    pub(super) page_start: bool,
    pub(super) pending: Pending<'a>,
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
        let context = Context { top: true, ..self.context(id::BODY_TEXT) };
        let (rest, end) = blocks.split_at(if last { closing(blocks) } else { blocks.len() });
        self.blocks(rest, context);
        if let [kept @ .., last] = end {
            self.blocks(kept, Context { keep_next: true, ..context });
            self.blocks(std::slice::from_ref(last), context);
        }
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
            opening: None,
            keep_next: false,
            level: 0,
            list_indent: 0,
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
        for run in blocks.chunk_by(share_opening) {
            match run.first().and_then(|block| block.attributes.opening.as_deref()) {
                Some(opening) => self.opening(opening, run, context),
                None => {
                    for (index, block) in run.iter().enumerate() {
                        let before = index.checked_sub(1).and_then(|index| run.get(index));
                        let leads_in = run.get(index + 1).is_some_and(|next| leads_in(block, next) || between(before, block, next));
                        self.block(block, Context { keep_next: context.keep_next || leads_in, ..context });
                    }
                }
            }
        }
    }

    /// Writes one block.
    pub(super) fn block(&mut self, block: &'a Block, context: Context<'a>) {
        let attributes = &block.attributes;
        let starts = context.top && self.page_start && self.place == Place::Body;
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
            BlockKind::Title(content) => {
                let sheet = context.group.is_some_and(|style| style.id == id::COVER_FULL || style.id.starts_with("Sheet"));
                let size = sheet.then(|| self.title_size(content)).flatten();
                let run = Run { style: sheet.then_some(id::TITLE_DISPLAY).or(context.run.style), size, ..context.run };
                self.line(Some(id::TITLE), content, attributes, Context { run, ..context });
            }
            BlockKind::Heading { level, content } => {
                let style = id::HEADINGS.get(usize::from(level.saturating_sub(1))).or(id::HEADINGS.last()).copied();
                self.line(style, content, attributes, context);
            }
            BlockKind::Paragraph(content) => self.line(None, content, attributes, context),
            BlockKind::List(list) => self.list(list, attributes, context),
            BlockKind::Table(table) => self.table(table, attributes, context),
            BlockKind::Image(image) => {
                if !self.logo(image, starts, context) {
                    let properties = self.properties(Some(id::FIGURE), attributes, context);
                    self.paragraph(&properties, context, |story| story.picture(image, context.run));
                }
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

    /// Leaves a list number for the next paragraph.
    pub(super) fn number_next(&mut self, number: Number<'a>) {
        self.flush_number(self.context(id::BODY_TEXT));
        self.pending.numbering = Some(number);
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
}

impl Context<'_> {
    /// Whether paragraphs without a style have that of a cell: a list around the table does not reach into it.
    pub(super) fn cell_default(&self) -> bool {
        self.cell && self.level == 0
    }
}

/// Whether two neighbours belong to one opening; blocks without one stay together too.
fn share_opening(one: &Block, next: &Block) -> bool {
    one.attributes.opening == next.attributes.opening && !(next.attributes.opening.is_some() && next.attributes.page_break_before)
}

/// Attributes of a paragraph that stands for no block.
pub(super) static EMPTY: Attributes = Attributes {
    id: None,
    language: None,
    style: None,
    opening: None,
    align: None,
    page_break_before: false,
    landscape: None,
};
