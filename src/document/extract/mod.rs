//! From Typst's `html` target to the semantic tree.
//!
//! What the markup alone doesn't say is joined from the elements that made it: which cells are headers, how wide
//! columns are, how a list is numbered. An element that the tree has no form for is an error at its line in the
//! layout: nothing is dropped in silence.

mod inlines;
mod tables;

use typst::foundations::StyleChain;
use typst::introspection::Tag;
use typst::model::{EnumElem, ListElem, ListMarker, Numbering, TableElem};
use typst::visualize::ImageElem;
use typst_html::{HtmlDocument, HtmlElement, HtmlNode};

use super::tree::{Align, Attributes, Block, BlockKind, Inline, List, Marker, NumberForm, Tree};
use crate::diagnostic::Diagnostic;
use crate::typeset::{World, locate};

/// Builds the tree of a document; `language` and `title` are its metadata.
///
/// # Errors
/// `unsupported-element` for what no format could show.
pub fn extract(world: &World<'_>, document: &HtmlDocument, language: &str, title: &str) -> Result<Tree, Vec<Diagnostic>> {
    let mut reader = Reader {
        world,
        tree: Tree { language: language.to_owned(), title: title.to_owned(), ..Tree::default() },
        table: None,
        list: None,
        image: None,
        next: Attributes::default(),
        faults: Vec::new(),
    };
    let mut body = Vec::new();
    for child in &document.root().children {
        if let HtmlNode::Element(element) = child
            && name(element) == "body"
        {
            body = reader.blocks(&element.children);
        }
    }
    reader.tree.body = body;
    if reader.faults.is_empty() { Ok(reader.tree) } else { Err(reader.faults) }
}

/// Walks the html tree and remembers the element that the next markup was made from.
pub(super) struct Reader<'a> {
    world: &'a World<'a>,
    tree: Tree,
    table: Option<typst::foundations::Packed<TableElem>>,
    list: Option<Marker>,
    image: Option<typst::foundations::Packed<ImageElem>>,
    /// Attributes for the next block: a page break or a turn of the page stands before it.
    next: Attributes,
    faults: Vec<Diagnostic>,
}

pub(super) fn name(element: &HtmlElement) -> String {
    element.tag.resolve().to_string()
}

pub(super) fn attribute(element: &HtmlElement, wanted: &str) -> Option<String> {
    element.attrs.0.iter().find(|(key, _)| &*key.resolve() == wanted).map(|(_, value)| value.to_string())
}

/// Elements that stand in a line of text.
fn is_inline(name: &str) -> bool {
    matches!(name, "a" | "strong" | "em" | "b" | "i" | "span" | "br" | "sup" | "sub" | "u" | "s" | "code" | "mark" | "small")
}

impl Reader<'_> {
    /// Notes what an element was made from.
    fn note(&mut self, tag: &Tag) {
        let Tag::Start(content, _) = tag else { return };
        if let Some(table) = content.to_packed::<TableElem>() {
            self.table = Some(table.clone());
        } else if let Some(list) = content.to_packed::<EnumElem>() {
            self.list = Some(numbered(&list.numbering.get_cloned(StyleChain::default())));
        } else if let Some(list) = content.to_packed::<ListElem>() {
            self.list = Some(bulleted(&list.marker.get_cloned(StyleChain::default())));
        } else if let Some(image) = content.to_packed::<ImageElem>() {
            self.image = Some(image.clone());
        }
    }

    /// The blocks of a run of nodes; text that stands on its own becomes a paragraph.
    pub(super) fn blocks<'n>(&mut self, nodes: impl IntoIterator<Item = &'n HtmlNode>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut loose: Vec<Inline> = Vec::new();
        for node in nodes {
            match node {
                HtmlNode::Tag(tag) => self.note(tag),
                HtmlNode::Text(text, _) => loose.push(Inline::Text(text.to_string())),
                HtmlNode::Element(element) if self.stands_in_line(element) => {
                    loose.extend(self.inline_element(element));
                }
                HtmlNode::Element(element) => {
                    self.close(&mut loose, &mut blocks);
                    blocks.extend(self.block(element));
                }
                HtmlNode::Frame(frame) => self.unsupported("a drawing", frame.span),
            }
        }
        self.close(&mut loose, &mut blocks);
        blocks
    }

    fn stands_in_line(&self, element: &HtmlElement) -> bool {
        is_inline(&name(element))
    }

    fn close(&mut self, loose: &mut Vec<Inline>, blocks: &mut Vec<Block>) {
        let content = inlines::tidy(std::mem::take(loose));
        if !content.is_empty() {
            blocks.push(self.made(BlockKind::Paragraph(content), Attributes::default()));
        }
    }

    /// A block with the break that was waiting for it.
    fn made(&mut self, kind: BlockKind, mut attributes: Attributes) -> Block {
        let waiting = std::mem::take(&mut self.next);
        attributes.page_break_before |= waiting.page_break_before;
        attributes.landscape = attributes.landscape.or(waiting.landscape);
        Block { kind, attributes }
    }

    fn block(&mut self, element: &HtmlElement) -> Vec<Block> {
        let attributes = self.attributes(element);
        let tag = name(element);
        let kind = match tag.as_str() {
            "p" => return self.paragraph(element, attributes),
            "h1" => BlockKind::Title(self.inlines(&element.children)),
            "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = tag.as_bytes()[1] - b'1';
                BlockKind::Heading { level, content: self.inlines(&element.children) }
            }
            "ul" | "ol" => BlockKind::List(self.list(element)),
            "table" => match self.table(element) {
                Some(table) => BlockKind::Table(table),
                None => return Vec::new(),
            },
            "figure" => return self.figure(element, attributes),
            "img" => match self.image(element) {
                Some(image) => BlockKind::Image(image),
                None => return Vec::new(),
            },
            "header" | "footer" => {
                // A turn of the page that no block came after is none of theirs.
                let waiting = std::mem::take(&mut self.next);
                let blocks = self.blocks(&element.children);
                self.next = waiting;
                if tag == "header" { self.tree.header = blocks } else { self.tree.footer = blocks }
                return Vec::new();
            }
            "section" if attribute(element, "role").as_deref() == Some("doc-endnotes") => {
                self.footnotes(element);
                return Vec::new();
            }
            "nav" => match super::contents::contents(element) {
                Some(entries) => BlockKind::Contents(entries),
                None => return self.wrapped(element, attributes),
            },
            "div" | "section" | "article" | "main" | "aside" | "blockquote" => return self.wrapped(element, attributes),
            "hr" => return Vec::new(),
            other => {
                self.unsupported(&format!("`{other}`"), element.span);
                return Vec::new();
            }
        };
        vec![self.made(kind, attributes)]
    }

    fn paragraph(&mut self, element: &HtmlElement, attributes: Attributes) -> Vec<Block> {
        if attribute(element, "data-kind").as_deref() == Some("signature") {
            let content = self.inlines(&element.children);
            return vec![self.made(BlockKind::SignatureLine(content), attributes)];
        }
        let content = self.inlines(&element.children);
        if let [Inline::Image(image)] = content.as_slice() {
            let image = image.clone();
            return vec![self.made(BlockKind::Image(image), attributes)];
        }
        if content.is_empty() { Vec::new() } else { vec![self.made(BlockKind::Paragraph(content), attributes)] }
    }

    /// A wrapper: a page break, an opening, a styled group, or nothing but its content.
    fn wrapped(&mut self, element: &HtmlElement, attributes: Attributes) -> Vec<Block> {
        match attribute(element, "data-break").as_deref() {
            Some("page") => self.next.page_break_before = true,
            Some("landscape") => self.next.landscape = Some(true),
            Some("portrait") => self.next.landscape = Some(false),
            _ => {}
        }
        let mut blocks = self.blocks(&element.children);
        if let Some(opening) = attribute(element, "data-opening") {
            blocks.iter_mut().for_each(|block| block.attributes.opening = Some(opening.clone()));
            return blocks;
        }
        let plain = attributes == Attributes::default();
        match blocks.as_mut_slice() {
            [] => {}
            [Block { kind: BlockKind::Paragraph(_) | BlockKind::Table(_), attributes: own }] => {
                own.style = own.style.take().or(attributes.style);
                own.language = own.language.take().or(attributes.language);
                own.align = own.align.or(attributes.align);
                own.id = own.id.take().or(attributes.id);
            }
            _ if plain => {}
            _ => return vec![self.made(BlockKind::Group(blocks), attributes)],
        }
        blocks
    }

    fn figure(&mut self, element: &HtmlElement, attributes: Attributes) -> Vec<Block> {
        let (mut caption, mut rest) = (Vec::new(), Vec::new());
        for child in &element.children {
            match child {
                HtmlNode::Element(inner) if name(inner) == "figcaption" => caption = self.inlines(&inner.children),
                other => rest.push(other),
            }
        }
        let mut blocks = self.blocks(rest);
        match blocks.iter_mut().find_map(|block| match &mut block.kind {
            BlockKind::Table(table) => Some(table),
            _ => None,
        }) {
            Some(table) => table.caption = caption,
            None if !caption.is_empty() => {
                let attributes = Attributes { style: Some("caption".to_owned()), ..attributes };
                blocks.push(Block { kind: BlockKind::Paragraph(caption), attributes });
            }
            None => {}
        }
        blocks
    }

    fn list(&mut self, element: &HtmlElement) -> List {
        let marker = self.list.take().unwrap_or(Marker::Bullet);
        let start = attribute(element, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
        let mut items = Vec::new();
        for child in &element.children {
            match child {
                HtmlNode::Element(item) if name(item) == "li" => items.push(self.blocks(&item.children)),
                HtmlNode::Tag(tag) => self.note(tag),
                _ => {}
            }
        }
        List { marker, start, items }
    }

    fn footnotes(&mut self, element: &HtmlElement) {
        // A turn of the page at the end of the body is not for the notes.
        self.next = Attributes::default();
        for child in &element.children {
            let HtmlNode::Element(inner) = child else { continue };
            if name(inner) == "li" {
                let mut blocks = self.blocks(inner.children.iter().filter(|node| !is_backlink(node)));
                if let Some(Block { kind: BlockKind::Paragraph(content), .. }) = blocks.first_mut() {
                    *content = inlines::tidy(std::mem::take(content));
                }
                self.tree.footnotes.push(blocks);
            } else {
                self.footnotes(inner);
            }
        }
    }

    pub(super) fn attributes(&mut self, element: &HtmlElement) -> Attributes {
        Attributes {
            id: attribute(element, "id"),
            language: attribute(element, "lang"),
            style: attribute(element, "data-style"),
            align: match attribute(element, "data-align").as_deref() {
                Some("center") => Some(Align::Center),
                Some("end") => Some(Align::End),
                Some("start") => Some(Align::Start),
                _ => None,
            },
            ..Attributes::default()
        }
    }

    pub(super) fn unsupported(&mut self, what: &str, span: typst::syntax::Span) {
        let mut fault = Diagnostic::error("unsupported-element", format!("{what} has no form in Word and web"))
            .hint("use a component of `templates/base`, or one of Typst's own semantic elements");
        fault.span = locate(self.world, span);
        self.faults.push(fault);
    }
}

fn is_backlink(node: &HtmlNode) -> bool {
    matches!(node, HtmlNode::Element(element) if attribute(element, "role").as_deref() == Some("doc-backlink"))
}

fn bulleted(marker: &ListMarker) -> Marker {
    match marker {
        ListMarker::Content(markers) => match markers.first().map(|marker| marker.plain_text().to_string()) {
            Some(text) if matches!(text.as_str(), "–" | "-" | "—") => Marker::Dash,
            _ => Marker::Bullet,
        },
        ListMarker::Func(_) => Marker::Bullet,
    }
}

fn numbered(numbering: &Numbering) -> Marker {
    let decimal = Marker::Number { form: NumberForm::Decimal, prefix: String::new(), suffix: ".".to_owned() };
    let Numbering::Pattern(pattern) = numbering else { return decimal };
    let Some((prefix, _)) = pattern.pieces.first() else { return decimal };
    let first = pattern.apply(None, &[1]).unwrap_or_default();
    let form = match first.strip_prefix(prefix.as_str()).and_then(|rest| rest.chars().next()) {
        Some('a') => NumberForm::LowerAlpha,
        Some('A') => NumberForm::UpperAlpha,
        Some('i') => NumberForm::LowerRoman,
        Some('I') => NumberForm::UpperRoman,
        _ => NumberForm::Decimal,
    };
    Marker::Number { form, prefix: prefix.to_string(), suffix: pattern.suffix.to_string() }
}
