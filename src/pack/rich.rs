//! Words in Markdown as a tree that a layout can draw: data in, never code.
//!
//! Taken: paragraphs, bold, italic, links, lists. Everything else of Markdown, raw HTML first of all, is plain text.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::profile::{MAX_LIST_START, Marker};

/// A run of words: plain text, or something more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(untagged)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Marked text.
    Marked(Marked),
}

/// Marked text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Marked {
    /// Strong importance.
    Strong {
        /// The words.
        content: Vec<Inline>,
    },
    /// Stress emphasis.
    Emphasis {
        /// The words.
        content: Vec<Inline>,
    },
    /// A link.
    Link {
        /// Its address: `https`, `http`, `mailto` or `tel`.
        url: String,
        /// The words.
        content: Vec<Inline>,
    },
    /// A value that a model leaves open.
    Variable {
        /// Its name.
        name: String,
        /// Its value.
        text: String,
        /// Whether the profile has filled it in.
        filled: bool,
    },
    /// A forced line break.
    Break,
}

/// A block of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RichBlock {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// What stands before an item.
        marker: Marker,
        /// Number of the first item.
        start: u64,
        /// The items.
        items: Vec<Vec<RichBlock>>,
    },
    /// A heading; only in prose pages.
    Heading {
        /// Depth, from 1.
        level: u8,
        /// The words.
        content: Vec<Inline>,
    },
    /// A table; only in prose pages.
    Table {
        /// Column headings; all empty for a table of labels and values.
        columns: Vec<Vec<Inline>>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
}

/// Values for `{{name}}` in a text.
pub type Values = BTreeMap<String, (String, bool)>;

/// Parses Markdown blocks.
pub fn blocks(text: &str, values: &Values) -> (Vec<RichBlock>, Vec<Diagnostic>) {
    let mut builder = Builder::new(values);
    for event in Parser::new_ext(&plain_blocks(text), Options::empty()) {
        builder.event(event);
    }
    builder.finish()
}

/// Parses a prose page of a layout, which may also have headings and tables.
pub fn prose(text: &str, values: &Values) -> (Vec<RichBlock>, Vec<Diagnostic>) {
    let mut builder = Builder { headings: true, ..Builder::new(values) };
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        builder.event(event);
    }
    builder.finish()
}

/// Parses one line of Markdown: bold, italic and links only.
pub fn inline(text: &str, values: &Values) -> (Vec<Inline>, Vec<Diagnostic>) {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut found, faults) = blocks(&guarded(&folded, true), values);
    match (found.len(), found.pop()) {
        (1, Some(RichBlock::Paragraph(content))) => (content, faults),
        (0, _) => (Vec::new(), faults),
        _ => (substituted(&folded, values), faults),
    }
}

/// Plain words with values filled in, no Markdown.
pub fn plain(text: &str, values: &Values) -> String {
    substituted(text, values)
        .into_iter()
        .map(|inline| match inline {
            Inline::Text(text) | Inline::Marked(Marked::Variable { text, .. }) => text,
            Inline::Marked(_) => String::new(),
        })
        .collect()
}

/// Escapes what starts a Markdown block that jobpack doesn't take, line by line, so that it stays plain text.
fn plain_blocks(text: &str) -> String {
    text.lines().map(|line| guarded(line, false)).collect::<Vec<_>>().join("\n")
}

/// Puts a backslash before what would start a block: headings, quotes, fences, rules, HTML, indented code; with
/// `lists`, also list items.
fn guarded(line: &str, lists: bool) -> String {
    let trimmed = line.trim_start_matches([' ', '\t']);
    let indent = line.len() - trimmed.len();
    let Some(first) = trimmed.chars().next() else { return String::new() };
    let rule = |c: char| trimmed.len() >= 3 && trimmed.chars().all(|other| other == c || other == ' ');
    let list = lists && (matches!(first, '-' | '+' | '*') && trimmed[1..].starts_with(' ') || trimmed.len() == 1);
    // Alone on its line, a hyphen would make a heading of the line above.
    let underline = trimmed.trim_end() == "-";
    let escape = underline || matches!(first, '#' | '>' | '<' | '=' | '~' | '`' | '|')
        || ((matches!(first, '-' | '*' | '_')) && rule(first))
        || (list && first.is_ascii_punctuation());
    let indent = if lists { "" } else { &line[..indent] };
    if escape {
        return format!("{indent}\\{trimmed}");
    }
    let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if lists && digits > 0 && trimmed[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &trimmed[..digits], &trimmed[digits..]);
    }
    format!("{indent}{trimmed}")
}

/// Splits `{{name}}` of declared names out of a text; the values are literal and never looked into again.
fn substituted(text: &str, values: &Values) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut plain = String::new();
    while let Some(start) = rest.find("{{") {
        let Some(length) = rest[start..].find("}}") else { break };
        let name = rest[start + 2..start + length].trim();
        plain.push_str(&rest[..start]);
        match values.get(name) {
            Some((value, filled)) => {
                if !plain.is_empty() {
                    found.push(Inline::Text(std::mem::take(&mut plain)));
                }
                let (name, text) = (name.to_owned(), value.clone());
                found.push(Inline::Marked(Marked::Variable { name, text, filled: *filled }));
            }
            None => plain.push_str(&rest[start..start + length + 2]),
        }
        rest = &rest[start + length + 2..];
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        found.push(Inline::Text(plain));
    }
    found
}

/// Names in `{{...}}` of a text.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|after| after.split_once("}}").map(|(name, _)| name.trim()))
}

enum Frame {
    Blocks(Vec<RichBlock>),
    Inlines(Vec<Inline>),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Link(String, Vec<Inline>),
    List(Marker, u64, Vec<Vec<RichBlock>>),
    Item(Vec<RichBlock>, Vec<Inline>),
    Heading(u8, Vec<Inline>),
    Table(Vec<Vec<Vec<Inline>>>),
    Row(Vec<Vec<Inline>>),
    Cell(Vec<Inline>),
}

struct Builder<'a> {
    values: &'a Values,
    frames: Vec<Frame>,
    text: String,
    /// Whether headings are taken, or printed as they are written.
    headings: bool,
    /// How many of bold, italic and links are open, those that are too deep for a frame counted.
    markup: usize,
    faults: Vec<Diagnostic>,
}

/// Deepest nesting of bold, italic and links.
const MAX_MARKUP_DEPTH: usize = 8;

/// Longest address of a link, in characters; a reader, and Word, can't follow a longer one.
const MAX_ADDRESS: usize = 2000;

impl<'a> Builder<'a> {
    fn new(values: &'a Values) -> Self {
        Self { values, frames: vec![Frame::Blocks(Vec::new())], text: String::new(), headings: false, markup: 0, faults: Vec::new() }
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text.push_str(&text),
            Event::Code(text) => {
                self.text.push('`');
                self.text.push_str(&text);
                self.text.push('`');
            }
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.inline(Inline::Marked(Marked::Break)),
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            _ => {}
        }
    }

    /// Closes the text gathered so far.
    fn flush(&mut self) {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            for inline in substituted(&text, self.values) {
                self.push(inline);
            }
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.flush();
        self.push(inline);
    }

    fn push(&mut self, inline: Inline) {
        match self.frames.last_mut() {
            Some(
                Frame::Inlines(to)
                | Frame::Strong(to)
                | Frame::Emphasis(to)
                | Frame::Link(_, to)
                | Frame::Item(_, to)
                | Frame::Heading(_, to)
                | Frame::Cell(to),
            ) => to.push(inline),
            Some(Frame::Blocks(blocks)) => blocks.push(RichBlock::Paragraph(vec![inline])),
            Some(Frame::List(..) | Frame::Table(_) | Frame::Row(_)) | None => {}
        }
    }

    fn block(&mut self, block: RichBlock) {
        match self.frames.last_mut() {
            Some(Frame::Blocks(blocks)) => blocks.push(block),
            Some(Frame::Item(blocks, loose)) => {
                if !loose.is_empty() {
                    blocks.push(RichBlock::Paragraph(std::mem::take(loose)));
                }
                blocks.push(block);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        self.flush();
        if matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. }) {
            self.markup += 1;
            if self.markup > MAX_MARKUP_DEPTH {
                if self.faults.iter().all(|fault| fault.code != "markup-too-deep") {
                    let message = format!("bold, italic and links are nested more than {MAX_MARKUP_DEPTH} deep");
                    self.faults.push(Diagnostic::error("markup-too-deep", message).hint("close each `*` and `_` where its words end"));
                }
                return;
            }
        }
        self.frames.push(match tag {
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => Frame::Inlines(Vec::new()),
            Tag::Heading { level, .. } if self.headings => Frame::Heading(*level as u8, Vec::new()),
            Tag::Heading { level, .. } => {
                self.frames.push(Frame::Inlines(Vec::new()));
                self.text.push_str(&"#".repeat(*level as usize));
                self.text.push(' ');
                return;
            }
            Tag::Table(_) => Frame::Table(Vec::new()),
            Tag::TableHead | Tag::TableRow => Frame::Row(Vec::new()),
            Tag::TableCell => Frame::Cell(Vec::new()),
            Tag::Strong => Frame::Strong(Vec::new()),
            Tag::Emphasis => Frame::Emphasis(Vec::new()),
            Tag::Link { link_type: LinkType::Email, dest_url, .. } => Frame::Link(format!("mailto:{dest_url}"), Vec::new()),
            Tag::Link { dest_url, .. } => Frame::Link(dest_url.to_string(), Vec::new()),
            Tag::List(None) => Frame::List(Marker::Bullet, 1, Vec::new()),
            Tag::List(Some(start)) => {
                if *start > MAX_LIST_START {
                    let fault = Diagnostic::error("list-start", format!("a list begins at {start}; {MAX_LIST_START} is the most"));
                    self.faults.push(fault.hint(format!("if this is no list, write `{start}\\.` with a backslash")));
                }
                Frame::List(Marker::Decimal, *start, Vec::new())
            }
            Tag::Item => Frame::Item(Vec::new(), Vec::new()),
            Tag::Image { .. } => Frame::Emphasis(Vec::new()),
            _ => return,
        });
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::BlockQuote(_)) {
            return;
        }
        self.flush();
        if matches!(tag, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link | TagEnd::Image) {
            self.markup -= 1;
            if self.markup >= MAX_MARKUP_DEPTH {
                return;
            }
        }
        match self.frames.pop() {
            Some(Frame::Inlines(content)) if !content.is_empty() => self.block(RichBlock::Paragraph(content)),
            Some(Frame::Strong(content)) => self.push(Inline::Marked(Marked::Strong { content })),
            Some(Frame::Emphasis(content)) if tag == TagEnd::Image => content.into_iter().for_each(|inline| self.push(inline)),
            Some(Frame::Emphasis(content)) => self.push(Inline::Marked(Marked::Emphasis { content })),
            Some(Frame::Link(url, content)) => self.link(url, content),
            Some(Frame::Item(mut blocks, loose)) => {
                if !loose.is_empty() {
                    blocks.push(RichBlock::Paragraph(loose));
                }
                if let Some(Frame::List(_, _, items)) = self.frames.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Frame::Heading(level, content)) => self.block(RichBlock::Heading { level, content }),
            Some(Frame::Cell(content)) => {
                if let Some(Frame::Row(cells)) = self.frames.last_mut() {
                    cells.push(content);
                }
            }
            Some(Frame::Row(cells)) => {
                if let Some(Frame::Table(rows)) = self.frames.last_mut() {
                    rows.push(cells);
                }
            }
            Some(Frame::Table(mut rows)) if !rows.is_empty() => {
                let columns = rows.remove(0);
                self.block(RichBlock::Table { columns, rows });
            }
            Some(Frame::List(marker, start, items)) => self.block(RichBlock::List { marker, start, items }),
            _ => {}
        }
    }

    fn link(&mut self, url: String, content: Vec<Inline>) {
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        let known = ["https", "http", "mailto", "tel"].contains(&scheme.as_str());
        if known && url.chars().count() <= MAX_ADDRESS {
            self.push(Inline::Marked(Marked::Link { url, content }));
            return;
        }
        self.faults.push(if known {
            Diagnostic::error("link-too-long", format!("the address of a link has more than {MAX_ADDRESS} characters"))
                .hint("link to a page with a shorter address")
        } else {
            let shown: String = url.chars().take(60).collect();
            Diagnostic::error("link-scheme", format!("a link to `{shown}` is not possible in a document"))
                .hint("a link starts with https:, http:, mailto: or tel:")
        });
        content.into_iter().for_each(|inline| self.push(inline));
    }

    fn finish(mut self) -> (Vec<RichBlock>, Vec<Diagnostic>) {
        self.flush();
        match self.frames.into_iter().next() {
            Some(Frame::Blocks(blocks)) => (blocks, self.faults),
            _ => (Vec::new(), self.faults),
        }
    }
}
