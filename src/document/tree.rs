//! The semantic tree: what a document says and how its parts relate, free of any page.
//!
//! It is made once per document from Typst's `html` target ([`super::extract`]) and written three times: as an HTML page
//! ([`super::html`]), as WordprocessingML ([`super::docx`]) and as plain text ([`super::text`]). Nothing in here knows a colour value, a font name or
//! a position: a *style* names a role that the brand and the layout dress.

use std::sync::Arc;

/// One whole document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    /// BCP 47 tag of the document's main language.
    pub language: String,
    /// The document's title as metadata; the visible title is a [`BlockKind::Title`] in the body.
    pub title: String,
    /// Running header, repeated on every page in Word and shown once in HTML.
    pub header: Vec<Block>,
    /// Running footer; its inline content may hold [`Inline::PageNumber`] and [`Inline::PageCount`].
    pub footer: Vec<Block>,
    /// The body, in reading order.
    pub body: Vec<Block>,
    /// Footnotes in order of their number; [`Inline::NoteReference`] holds an index into this list.
    pub footnotes: Vec<Vec<Block>>,
}

/// A block with what every block may carry.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Anchor, language and role.
    pub attributes: Attributes,
}

/// What any block or span may carry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Anchor that links may point to; unique in the document.
    pub id: Option<String>,
    /// BCP 47 tag where it differs from what surrounds it.
    pub language: Option<String>,
    /// Named style: `facts` or `criteria` of a table, `masthead`, `subtitle`, `notice`, `lead`, `label`, `muted`, `clause` ... A Word style of this
    /// name exists in the layout's style part, and an HTML class `s-<name>` in its style sheet.
    pub style: Option<String>,
    /// Style of the box that the block shares with its neighbours of the same value: a title with the lines around it
    /// (`cover-band`, `part-panel` ...). Word draws the box; the web page has an opening of its own.
    pub opening: Option<String>,
    /// Horizontal alignment, where the layout sets one.
    pub align: Option<Align>,
    /// The block starts a new page.
    pub page_break_before: bool,
    /// Pages from this block to the next such attribute are landscape (`Some(true)`) or portrait (`Some(false)`).
    pub landscape: Option<bool>,
}

/// Horizontal alignment of a block or cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Start edge of the line (left in English).
    Start,
    /// Centred.
    Center,
    /// End edge of the line.
    End,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// The visible title of the document; at most one.
    Title(Vec<Inline>),
    /// A heading. `level` is 1 for a section under the title, at most 6.
    Heading {
        /// Depth, from 1.
        level: u8,
        /// The words.
        content: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A numbered or bulleted list.
    List(List),
    /// A table.
    Table(Table),
    /// A picture that stands alone.
    Image(Image),
    /// A set-off group of blocks (callout, notice, signature block); `attributes.style` names its role.
    Group(Vec<Block>),
    /// A place to sign or fill in: the label, then a ruled line.
    SignatureLine(Vec<Inline>),
    /// A contents list of this document's headings, with cached entries.
    Contents(Vec<ContentsEntry>),
}

/// A line of the contents list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentsEntry {
    /// Heading level, from 1.
    pub level: u8,
    /// Words of the heading.
    pub text: String,
    /// `attributes.id` of the heading.
    pub target: String,
    /// Printed page number in the paged result, from 1, where known.
    pub page: Option<usize>,
}

/// A list; items hold blocks, so that lists nest.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// What stands before an item.
    pub marker: Marker,
    /// Number of the first item (1 unless the author said otherwise); no meaning for bullets.
    pub start: u64,
    /// The items, each at least one block.
    pub items: Vec<Vec<Block>>,
}

/// What stands before a list item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A dash.
    Dash,
    /// Counted: the counter's form and the text around it, as in `(a)`: prefix `(`, suffix `)`.
    Number {
        /// How the counter is written.
        form: NumberForm,
        /// Before the number.
        prefix: String,
        /// After the number.
        suffix: String,
    },
}

/// How a list counter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    /// 1, 2, 3
    Decimal,
    /// a, b, c
    LowerAlpha,
    /// A, B, C
    UpperAlpha,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
}

/// A table. Rows have the same number of grid columns once spans are counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Column widths as the layout gave them.
    pub columns: Vec<ColumnWidth>,
    /// Rows, header rows first.
    pub rows: Vec<Row>,
    /// Caption above the table; also its accessible name.
    pub caption: Vec<Inline>,
}

/// Width of a table column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ColumnWidth {
    /// As wide as its content needs.
    Auto,
    /// Share of what the others leave.
    Fraction(f64),
    /// Fixed width in points (1/72 inch).
    Points(f64),
    /// Share of the text width, 0 to 1.
    Ratio(f64),
}

/// A table row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Repeated at the top of every page that the table runs over.
    pub header: bool,
    /// The cells that start in this row, left to right.
    pub cells: Vec<Cell>,
}

/// A table cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Whether the cell names its row or column.
    pub scope: Option<Scope>,
    /// Grid columns covered, from 1.
    pub column_span: usize,
    /// Grid rows covered, from 1.
    pub row_span: usize,
    /// Horizontal alignment, where the layout sets one.
    pub align: Option<Align>,
    /// Background as `RRGGBB`, where the layout sets one.
    pub fill: Option<String>,
    /// Content.
    pub blocks: Vec<Block>,
}

/// What a header cell names (HTML `scope`, PDF `Scope`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The cells of its column.
    Column,
    /// The cells of its row.
    Row,
}

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The file's bytes, as the layout read them.
    pub data: Arc<[u8]>,
    /// What the bytes are.
    pub format: ImageFormat,
    /// What a reader who can't see it is told; empty for pure decoration.
    pub alt: String,
    /// Width in points as drawn; the height follows.
    pub width: Option<f64>,
    /// Height in points as drawn.
    pub height: Option<f64>,
}

/// The picture formats that all targets take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFormat {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
}

impl ImageFormat {
    /// What the bytes of a file are, if they are a picture.
    pub fn of(data: &[u8]) -> Option<Self> {
        match data {
            [0x89, b'P', b'N', b'G', ..] => Some(Self::Png),
            [0xFF, 0xD8, ..] => Some(Self::Jpeg),
            _ => data.iter().take(512).any(|byte| *byte == b'<').then_some(Self::Svg),
        }
    }
}

/// A run of text or something that stands in one.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain words. No line breaks; white space is significant and already normalised.
    Text(String),
    /// Strong importance (bold).
    Strong(Vec<Inline>),
    /// Stress emphasis (italic).
    Emphasis(Vec<Inline>),
    /// A link.
    Link {
        /// Where to.
        target: LinkTarget,
        /// Its words.
        content: Vec<Inline>,
    },
    /// Words with a language, style or anchor of their own.
    Span {
        /// What they carry.
        attributes: Attributes,
        /// The words.
        content: Vec<Inline>,
    },
    /// A picture in the line.
    Image(Image),
    /// A level as squares before the words that say it: decoration, which nobody hears.
    Scale {
        /// How many are filled, from the first.
        filled: u8,
        /// How many there are.
        of: u8,
    },
    /// A forced line break within a paragraph.
    LineBreak,
    /// Number of the current page (a field in Word, left out of HTML).
    PageNumber,
    /// Number of pages (a field in Word, left out of HTML).
    PageCount,
    /// Reference to a footnote: index into [`Tree::footnotes`].
    NoteReference(usize),
}

/// Where a link goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// An address: `https`, `http`, `mailto` or `tel`.
    External(String),
    /// An anchor of this document.
    Internal(String),
}

impl Block {
    /// A block without attributes.
    pub fn new(kind: BlockKind) -> Self {
        Self { kind, attributes: Attributes::default() }
    }
}

impl BlockKind {
    /// The words of the block itself, without those of the blocks within it; a table's are its caption.
    pub fn inlines(&self) -> &[Inline] {
        match self {
            Self::Title(content)
            | Self::Heading { content, .. }
            | Self::Paragraph(content)
            | Self::SignatureLine(content) => content,
            Self::Table(table) => &table.caption,
            Self::List(_) | Self::Group(_) | Self::Image(_) | Self::Contents(_) => &[],
        }
    }
}

/// Shows `visit` each block and those within it, in reading order.
pub fn walk<'a>(blocks: &'a [Block], visit: &mut impl FnMut(&'a Block)) {
    for block in blocks {
        visit(block);
        match &block.kind {
            BlockKind::List(list) => list.items.iter().for_each(|item| walk(item, visit)),
            BlockKind::Group(inner) => walk(inner, visit),
            BlockKind::Table(table) => {
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| walk(&cell.blocks, visit));
            }
            _ => {}
        }
    }
}

/// The words of inline content, as they are heard: a picture by its alternative text.
pub fn plain(content: &[Inline]) -> String {
    let mut words = String::new();
    for inline in content {
        match inline {
            Inline::Text(text) => words.push_str(text),
            Inline::Strong(content)
            | Inline::Emphasis(content)
            | Inline::Link { content, .. }
            | Inline::Span { content, .. } => words.push_str(&plain(content)),
            Inline::Image(image) => words.push_str(&image.alt),
            Inline::LineBreak => words.push(' '),
            Inline::Scale { .. } | Inline::PageNumber | Inline::PageCount | Inline::NoteReference(_) => {}
        }
    }
    words
}
