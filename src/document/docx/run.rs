//! Runs (ISO/IEC 29500-1 clause 17.3.2): words with what they carry, links, fields and note references.
//!
//! Nothing here starts or ends a paragraph.

use crate::brand::EmphasisStyle;
use crate::diagnostic::{Diagnostic, nearest};
use crate::document::tree::{Attributes, Inline, LinkTarget};

use super::opc::relationship;
use super::story::{Place, Story};
use super::styles::{Kind, id};
use super::xml::Xml;

/// What the words of a run carry.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run<'a> {
    /// Character style of a span.
    pub(super) style: Option<&'a str>,
    /// Inside a hyperlink.
    pub(super) link: bool,
    /// Strong importance.
    pub(super) strong: bool,
    /// Stress emphasis.
    pub(super) emphasis: bool,
    /// Bold by structure (a row header that no table style reaches).
    pub(super) bold: bool,
    /// Italic by a span's style.
    pub(super) italic: bool,
    /// Language, where it is not the document's.
    pub(super) language: Option<&'a str>,
    /// Size in half-points, where the style's own is too large for the words.
    pub(super) size: Option<i32>,
    /// Text colour on a filled background, where the style's own would be hard to read.
    pub(super) color: Option<&'a str>,
}

impl Run<'_> {
    /// Writes `w:rPr`, in the order of the schema. Strong and emphasis are set as properties besides their styles:
    /// a toggle property of a character style inverts that of the paragraph style (clause 17.7.3), so that strong
    /// words in a bold heading would not be bold.
    pub(super) fn write(&self, xml: &mut Xml, family: Option<&str>) {
        let mut inner = Xml::default();
        let style = match self {
            Run { link: true, .. } => Some(id::HYPERLINK),
            Run { style: Some(style), .. } => Some(*style),
            Run { strong: true, .. } => Some(id::STRONG),
            Run { emphasis: true, .. } => Some(id::EMPHASIS),
            _ => None,
        };
        if let Some(style) = style {
            inner.val("w:rStyle", style);
        }
        if let Some(family) = family {
            let attributes: [super::xml::Attribute<'_>; 4] =
                [("w:ascii", &family), ("w:hAnsi", &family), ("w:eastAsia", &family), ("w:cs", &family)];
            inner.empty("w:rFonts", &attributes);
        }
        if self.strong || self.bold {
            inner.raw("<w:b/><w:bCs/>");
        }
        if self.emphasis || self.italic {
            inner.raw("<w:i/><w:iCs/>");
        }
        if let Some(color) = self.color {
            inner.val("w:color", color);
        }
        if let Some(size) = self.size {
            inner.val("w:sz", size);
            inner.val("w:szCs", size);
        }
        if let Some(language) = self.language {
            let slot = match script(language) {
                Script::RightToLeft => {
                    inner.empty("w:rtl", &[]);
                    "w:bidi"
                }
                Script::EastAsian => "w:eastAsia",
                Script::Other => "w:val",
            };
            inner.empty("w:lang", &[(slot, &language)]);
        }
        let (properties, _) = inner.finish();
        if !properties.is_empty() {
            xml.open("w:rPr", &[]);
            xml.raw(&properties);
            xml.close("w:rPr");
        }
    }
}

/// How Word files a language (clause 17.3.2.20).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Arabic, Hebrew and others written from right to left.
    RightToLeft,
    /// Chinese, Japanese, Korean.
    EastAsian,
    /// All others.
    Other,
}

/// How Word files the language of this tag.
pub(super) fn script(language: &str) -> Script {
    match language.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => Script::RightToLeft,
        "zh" | "ja" | "ko" | "yue" => Script::EastAsian,
        _ => Script::Other,
    }
}

impl<'a> Story<'_, 'a> {
    /// Writes inline content.
    pub(super) fn inlines(&mut self, content: &'a [Inline], run: Run<'a>) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.text(text, run),
                Inline::Strong(content) => self.inlines(content, Run { strong: true, ..run }),
                Inline::Emphasis(content) if self.document.job.parts.brand.settings.emphasis == EmphasisStyle::Bold => {
                    self.inlines(content, Run { strong: true, ..run });
                }
                Inline::Emphasis(content) => self.inlines(content, Run { emphasis: true, ..run }),
                Inline::Link { target, content } => self.link(target, content, run),
                Inline::Span { attributes, content } => self.span(attributes, content, run),
                Inline::Image(image) => self.picture(image, run),
                Inline::Scale { filled, of } => self.scale(*filled, *of),
                Inline::LineBreak => self.run(run, None, |xml| xml.empty("w:br", &[])),
                Inline::PageNumber => self.field(" PAGE ", "1", run),
                Inline::PageCount => {
                    let pages = self.document.job.page_count.unwrap_or(1).to_string();
                    self.field(" NUMPAGES ", &pages, run);
                }
                Inline::NoteReference(index) => self.note_reference(*index, run),
            }
        }
    }

    /// Words, cut where the font must change and where Word has an element instead of a character.
    pub(super) fn text(&mut self, text: &str, run: Run<'_>) {
        let symbols = self.document.job.parts.brand.symbols.as_str();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let symbol = self.document.faces.needs_symbols(first);
            let end = rest
                .char_indices()
                .find(|(_, c)| self.document.faces.needs_symbols(*c) != symbol)
                .map_or(rest.len(), |(at, _)| at);
            let (piece, after) = rest.split_at(end);
            self.run(run, symbol.then_some(symbols), |xml| pieces(xml, piece));
            rest = after;
        }
    }

    /// One run with whatever `content` writes.
    pub(super) fn run(&mut self, run: Run<'_>, family: Option<&str>, content: impl FnOnce(&mut Xml)) {
        self.xml.open("w:r", &[]);
        run.write(&mut self.xml, family);
        content(&mut self.xml);
        self.xml.close("w:r");
    }

    /// A complex field (clause 17.16.18) with the text that stands until Word works it out.
    pub(super) fn field(&mut self, instruction: &str, cached: &str, run: Run<'_>) {
        self.field_mark("begin", run);
        self.run(run, None, |xml| {
            xml.element("w:instrText", &[("xml:space", &"preserve")], instruction);
        });
        self.field_mark("separate", run);
        if !cached.is_empty() {
            self.run(run, None, |xml| pieces(xml, cached));
        }
        self.field_mark("end", run);
    }

    /// A mark of a complex field: `begin`, `separate` or `end`.
    pub(super) fn field_mark(&mut self, kind: &str, run: Run<'_>) {
        self.run(run, None, |xml| xml.empty("w:fldChar", &[("w:fldCharType", &kind)]));
    }

    fn link(&mut self, target: &'a LinkTarget, content: &'a [Inline], run: Run<'a>) {
        let inner = Run { link: true, ..run };
        // A hyperlink can't hold another.
        if run.link {
            return self.inlines(content, run);
        }
        match target {
            LinkTarget::External(address) => {
                let scheme = address.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
                if !matches!(scheme.as_deref(), Some("https" | "http" | "mailto" | "tel")) {
                    let message = format!("a link to `{address}`: only https, http, mailto and tel are allowed");
                    self.fault(Diagnostic::error("link-scheme", message));
                }
                let id = self.relationships.external(relationship::HYPERLINK, &uri(address));
                self.xml.open("w:hyperlink", &[("r:id", &id), ("w:history", &1)]);
            }
            LinkTarget::Internal(anchor) => {
                let Some(name) = self.document.anchors.get(anchor).map(|anchor| anchor.name.clone()) else {
                    let message = format!("a link to `{anchor}`, which is no anchor of the document");
                    return self.fault(Diagnostic::error("broken-link", message));
                };
                self.xml.open("w:hyperlink", &[("w:anchor", &name), ("w:history", &1)]);
            }
        }
        self.inlines(content, inner);
        self.xml.close("w:hyperlink");
    }

    fn span(&mut self, attributes: &'a Attributes, content: &'a [Inline], run: Run<'a>) {
        let mut inner = Run { language: attributes.language.as_deref().or(run.language), ..run };
        if let Some(name) = &attributes.style {
            let styles = self.document.styles();
            match styles.named(Kind::Character, name) {
                Some(style) => {
                    inner.style = Some(&style.id);
                    inner.bold |= style.bold;
                    inner.italic |= style.italic;
                }
                None => self.unknown_style(Kind::Character, name),
            }
        }
        let anchor = attributes.id.as_deref().and_then(|id| self.anchor(id));
        if let Some(anchor) = &anchor {
            self.xml.empty("w:bookmarkStart", &[("w:id", &anchor.id), ("w:name", &anchor.name)]);
        }
        self.inlines(content, inner);
        if let Some(anchor) = &anchor {
            self.xml.empty("w:bookmarkEnd", &[("w:id", &anchor.id)]);
        }
    }

    /// A footnote reference (clause 17.11.14). A note that is referred to again gets a cross-reference to the first
    /// mark, since two references to one note are two notes in Word.
    fn note_reference(&mut self, index: usize, run: Run<'a>) {
        if self.place != Place::Body {
            let message = "a footnote is referred to from a header, footer or another footnote";
            return self.fault(Diagnostic::error("misplaced-footnote", message));
        }
        if self.document.tree.footnotes.get(index).is_none() {
            let message = format!("footnote {} is referred to and does not exist", index + 1);
            return self.fault(Diagnostic::error("missing-footnote", message));
        }
        let run = Run { style: Some(id::FOOTNOTE_REFERENCE), strong: false, emphasis: false, link: false, ..run };
        let known = self.document.notes.iter().position(|note| *note == index);
        if let Some(position) = known {
            let instruction = format!(" NOTEREF _RefNote{} \\f \\h ", position + 1);
            return self.field(&instruction, &(position + 1).to_string(), run);
        }
        self.document.notes.push(index);
        let number = self.document.notes.len();
        let bookmark = self.document.anchors.spare_id(number);
        let name = format!("_RefNote{number}");
        self.xml.empty("w:bookmarkStart", &[("w:id", &bookmark), ("w:name", &name)]);
        self.run(run, None, |xml| xml.empty("w:footnoteReference", &[("w:id", &number)]));
        self.xml.empty("w:bookmarkEnd", &[("w:id", &bookmark)]);
    }

    /// Reports a style name that the style part does not define.
    pub(super) fn unknown_style(&mut self, kind: Kind, name: &str) {
        let styles = self.document.styles();
        let message = format!("the style part of Word files defines no {} style named `{name}`", kind.word());
        let fault = Diagnostic::error("unknown-word-style", message);
        let known: Vec<String> = styles.names(kind).map(str::to_lowercase).collect();
        self.fault(match nearest(&name.to_lowercase(), known.iter().map(String::as_str)) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint("define it in the layout's `word/styles.xml`, or use a style that is defined there"),
        });
    }
}

/// Text and the characters for which Word has elements.
fn pieces(xml: &mut Xml, text: &str) {
    for piece in text.split_inclusive(['\t', '\n', '\u{ad}']) {
        let words = piece.trim_end_matches(['\t', '\n', '\u{ad}']);
        if !words.is_empty() {
            xml.element("w:t", &[("xml:space", &"preserve")], words);
        }
        match piece.chars().next_back() {
            Some('\t') => xml.empty("w:tab", &[]),
            Some('\n') => xml.empty("w:br", &[]),
            Some('\u{ad}') => xml.empty("w:softHyphen", &[]),
            _ => {}
        }
    }
}

/// An address as a relationship target: what RFC 3986 does not allow is percent-encoded; Word refuses a file otherwise.
fn uri(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = String::with_capacity(address.len());
    let mut fragment = false;
    for (at, byte) in bytes.iter().enumerate() {
        let escape = bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        let allowed = match byte {
            b'%' => escape,
            b'#' => !std::mem::replace(&mut fragment, true),
            byte => byte.is_ascii_alphanumeric() || b"-._~:/?[]@!$&'()*+,;=".contains(byte),
        };
        if allowed {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
