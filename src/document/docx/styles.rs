//! An index of the rendered style part (ISO/IEC 29500-1 clause 17.7): which styles there are, and the few properties
//! of theirs that the writer must repeat or counter in a paragraph.
//!
//! It reads; it never changes or invents a style.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Styles that the writer itself refers to; a style part must define them.
pub(super) mod id {
    pub(in super::super) const BODY_TEXT: &str = "BodyText";
    pub(in super::super) const TITLE: &str = "Title";
    pub(in super::super) const TITLE_DISPLAY: &str = "TitleDisplay";
    pub(in super::super) const COVER_FULL: &str = "CoverFull";
    pub(in super::super) const LOGO_TAB: &str = "LogoTab";
    pub(in super::super) const HEADINGS: [&str; 6] =
        ["Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6"];
    pub(in super::super) const LIST_BULLET: &str = "ListBullet";
    pub(in super::super) const LIST_NUMBER: &str = "ListNumber";
    pub(in super::super) const LIST_CONTINUE: &str = "ListContinue";
    pub(in super::super) const CAPTION: &str = "Caption";
    pub(in super::super) const FIGURE: &str = "Figure";
    pub(in super::super) const HEADER: &str = "Header";
    pub(in super::super) const FOOTER: &str = "Footer";
    pub(in super::super) const FOOTNOTE_TEXT: &str = "FootnoteText";
    pub(in super::super) const FOOTNOTE_REFERENCE: &str = "FootnoteReference";
    pub(in super::super) const TOC_HEADING: &str = "TOCHeading";
    pub(in super::super) const TOC: [&str; 3] = ["TOC1", "TOC2", "TOC3"];
    pub(in super::super) const SIGNATURE_LINE: &str = "SignatureLine";
    pub(in super::super) const TABLE_TEXT: &str = "TableText";
    pub(in super::super) const TABLE_HEADING: &str = "TableHeading";
    pub(in super::super) const TABLE_END: &str = "TableEnd";
    pub(in super::super) const TABLE: &str = "JobpackTable";
    pub(in super::super) const STRONG: &str = "Strong";
    pub(in super::super) const EMPHASIS: &str = "Emphasis";
    pub(in super::super) const HYPERLINK: &str = "Hyperlink";
}

/// Paragraph styles that must be there.
const PARAGRAPH: [&str; 16] = [
    id::BODY_TEXT,
    id::TITLE,
    id::LIST_BULLET,
    id::LIST_NUMBER,
    id::LIST_CONTINUE,
    id::CAPTION,
    id::FIGURE,
    id::HEADER,
    id::FOOTER,
    id::FOOTNOTE_TEXT,
    id::TOC_HEADING,
    id::SIGNATURE_LINE,
    id::TABLE_TEXT,
    id::TABLE_HEADING,
    id::TABLE_END,
    "Normal",
];

/// Character styles that must be there.
const CHARACTER: [&str; 5] = [id::TITLE_DISPLAY, id::STRONG, id::EMPHASIS, id::HYPERLINK, id::FOOTNOTE_REFERENCE];

/// The kinds of style that text and tables refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// `w:type="paragraph"`.
    Paragraph,
    /// `w:type="character"`.
    Character,
    /// `w:type="table"`.
    Table,
}

/// A style of the part.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    /// `w:styleId`.
    pub(super) id: String,
    /// `w:name`.
    pub(super) name: String,
    /// Paragraph borders and shading as XML, to be repeated on paragraphs of other styles inside a group.
    pub(super) frame: String,
    /// Fill of the shading, `RRGGBB`.
    pub(super) fill: Option<String>,
    /// Text colour, `RRGGBB`.
    pub(super) color: Option<String>,
    /// Left and right indent in twips.
    pub(super) indent: (i32, i32),
    /// Space before, in twips.
    pub(super) space_before: Option<i32>,
    /// Space after, in twips.
    pub(super) space_after: Option<i32>,
    /// Whether paragraphs stay on the page of the next one.
    pub(super) keep_next: bool,
    /// Whether words are bold.
    pub(super) bold: bool,
    /// Whether words are italic.
    pub(super) italic: bool,
    based_on: Option<String>,
    linked: Vec<String>,
}

/// All styles of the part.
#[derive(Debug, Clone, Default)]
pub(super) struct Styles {
    by_key: BTreeMap<(Kind, String), String>,
    by_id: BTreeMap<(Kind, String), Style>,
    ids: BTreeSet<String>,
}

impl Styles {
    /// Reads a style part that is known to be well-formed.
    pub(super) fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut reader = Reader::from_str(xml);
        let mut current: Option<(Option<Kind>, Style)> = None;
        // Conditional formats of a table style repeat the same elements; they do not describe the style as a whole.
        let mut conditional = false;
        loop {
            let before = reader.buffer_position();
            let Ok(event) = reader.read_event() else { return styles };
            match event {
                Event::Eof => return styles,
                Event::Start(tag) if tag.name().as_ref() == "w:style" => {
                    let id = attribute(&tag, "w:styleId").unwrap_or_default();
                    current = Some((kind(&tag), Style { id, ..Style::default() }));
                }
                Event::End(tag) if tag.name().as_ref() == "w:style" => {
                    if let Some((kind, style)) = current.take() {
                        styles.add(kind, style);
                    }
                }
                Event::Start(tag) if tag.name().as_ref() == "w:tblStylePr" => conditional = true,
                Event::End(tag) if tag.name().as_ref() == "w:tblStylePr" => conditional = false,
                Event::Start(tag) if tag.name().as_ref() == "w:pBdr" && !conditional => {
                    let _ = reader.read_to_end(tag.name());
                    if let (Some((_, style)), Some(borders)) =
                        (current.as_mut(), slice(xml, before, reader.buffer_position()))
                    {
                        style.frame.insert_str(0, borders);
                    }
                }
                Event::Start(tag) | Event::Empty(tag) if !conditional => {
                    if let Some((_, style)) = current.as_mut() {
                        style.take(&tag, slice(xml, before, reader.buffer_position()));
                    }
                }
                _ => {}
            }
        }
    }

    /// The style that a tree's style name means in a place of this kind.
    pub(super) fn named(&self, kind: Kind, name: &str) -> Option<&Style> {
        let key = key(name);
        let id = self.by_key.get(&(kind, key.clone())).or_else(|| {
            // A linked style has one name in Word and two entries in the file, the second for words: `Lead Char`.
            (kind == Kind::Character).then(|| self.by_key.get(&(kind, key + "char"))).flatten()
        })?;
        self.by_id.get(&(kind, id.clone()))
    }

    /// The style with this id.
    pub(super) fn get(&self, kind: Kind, id: &str) -> Option<&Style> {
        self.by_id.get(&(kind, id.to_owned()))
    }

    /// Names of all styles of a kind.
    pub(super) fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.by_id.iter().filter(move |((of, _), _)| *of == kind).map(|(_, style)| style.name.as_str())
    }

    /// What is wrong with the part: styles that must be there and aren't, references to styles that don't exist.
    pub(super) fn faults(&self) -> Vec<String> {
        let required = PARAGRAPH.iter().chain(&id::HEADINGS).chain(&id::TOC).map(|id| (Kind::Paragraph, *id));
        let required = required.chain(CHARACTER.iter().map(|id| (Kind::Character, *id)));
        let missing = required
            .chain([(Kind::Table, id::TABLE)])
            .filter(|(kind, id)| self.get(*kind, id).is_none())
            .map(|(kind, id)| format!("the style part has no {} style with the id `{id}`", kind.word()));
        let dangling = self.by_id.values().flat_map(|style| {
            let references = style.based_on.iter().chain(&style.linked);
            references.filter(|id| !self.ids.contains(*id)).map(|id| {
                format!("the style `{}` refers to the style `{id}`, which does not exist", style.name)
            })
        });
        missing.chain(dangling).collect()
    }

    fn add(&mut self, kind: Option<Kind>, mut style: Style) {
        self.ids.insert(style.id.clone());
        let Some(kind) = kind else { return };
        // A style inherits what it does not set; the part defines parents first.
        let parent = style.based_on.as_ref().and_then(|parent| self.by_id.get(&(kind, parent.clone())));
        if let Some(parent) = parent {
            if style.frame.is_empty() {
                style.frame.clone_from(&parent.frame);
                style.fill.clone_from(&parent.fill);
            }
            if style.indent == (0, 0) {
                style.indent = parent.indent;
            }
            style.color = style.color.take().or_else(|| parent.color.clone());
            style.space_before = style.space_before.or(parent.space_before);
            style.space_after = style.space_after.or(parent.space_after);
            style.keep_next |= parent.keep_next;
            style.bold |= parent.bold;
            style.italic |= parent.italic;
        }
        self.by_key.entry((kind, key(&style.name))).or_insert_with(|| style.id.clone());
        self.by_id.insert((kind, style.id.clone()), style);
    }
}

impl Kind {
    /// The word for messages.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Character => "character",
            Self::Table => "table",
        }
    }
}

impl Style {
    fn take(&mut self, tag: &BytesStart<'_>, raw: Option<&str>) {
        let val = || attribute(tag, "w:val");
        let number = |name| attribute(tag, name).and_then(|value| value.parse::<i32>().ok());
        let on = || !matches!(val().as_deref(), Some("0" | "false" | "off"));
        match tag.name().as_ref() {
            "w:name" => self.name = val().unwrap_or_default(),
            "w:basedOn" => self.based_on = val(),
            "w:next" | "w:link" => self.linked.extend(val()),
            "w:keepNext" => self.keep_next = on(),
            "w:b" => self.bold = on(),
            "w:i" => self.italic = on(),
            "w:ind" => {
                let side = |old, new| number(old).or_else(|| number(new)).unwrap_or(0);
                self.indent = (side("w:left", "w:start"), side("w:right", "w:end"));
            }
            "w:spacing" => {
                self.space_before = number("w:before").or(self.space_before);
                self.space_after = number("w:after").or(self.space_after);
            }
            "w:color" => self.color = val().filter(|color| color != "auto"),
            "w:shd" => {
                self.fill = attribute(tag, "w:fill").filter(|fill| fill != "auto");
                self.frame.push_str(raw.unwrap_or_default());
            }
            _ => {}
        }
    }
}

/// How names are compared: letters and digits alone, in lower case.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn kind(tag: &BytesStart<'_>) -> Option<Kind> {
    match attribute(tag, "w:type").as_deref() {
        Some("paragraph") => Some(Kind::Paragraph),
        Some("character") => Some(Kind::Character),
        Some("table") => Some(Kind::Table),
        _ => None,
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

fn slice(xml: &str, from: u64, to: u64) -> Option<&str> {
    xml.get(usize::try_from(from).ok()?..usize::try_from(to).ok()?)
}
