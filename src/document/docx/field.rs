//! The field of colour behind a cover: rectangles that stand in the header of the first page, behind the text, to the
//! edges of the sheet (DrawingML, ISO/IEC 29500-1 clause 20.4.2.3; shapes: MS-ODRAWXML 2.28).
//!
//! They are decoration and say nothing. Words never depend on them: what stands on a field has a shading of its own.

use crate::document::tree::{Block, Image};

use super::page::Page;
use super::paragraph::{Indent, ParagraphProperties};
use super::story::{Context, Story};
use super::styles::{Kind, Style, id};
use super::xml::Xml;

/// English Metric Units in a twip.
const EMU: i64 = 635;

/// Share of the sheet, in hundredths, that the field of a cover with a band takes; as `band-sheet` in
/// `templates/base/cover.typ` has it.
const BAND: i32 = 55;

/// Height of the edge in the brand's second colour, in twips.
const EDGE: i32 = 120;

/// How the first sheet is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Not at all, and the page is like others.
    None,
    /// Not at all, but the cover is a page of its own, without running lines.
    White,
    /// The upper part; with an edge or without.
    Band { edge: bool },
    /// All of it.
    Full,
}

impl Field {
    /// The field of what the document opens with, by the name of its style.
    pub(super) fn of(body: &[Block]) -> Self {
        match body.iter().find_map(|block| block.attributes.opening.as_deref()) {
            Some("cover-full") => Self::Full,
            Some("sheet-band") => Self::Band { edge: false },
            Some("sheet-band-edge") => Self::Band { edge: true },
            Some("sheet-plain") => Self::White,
            _ => Self::None,
        }
    }

    /// Whether the page has neither header nor footer.
    pub(super) fn silent(self) -> bool {
        self != Self::None
    }

    /// Rectangles over the width of the sheet: colour of the theme, top and height in twips.
    fn bars(self, page: Page) -> Vec<(&'static str, i32, i32)> {
        let band = page.height / 100 * BAND;
        match self {
            Self::None | Self::White => Vec::new(),
            Self::Full => vec![("accent1", 0, page.height)],
            Self::Band { edge: false } => vec![("accent1", 0, band)],
            Self::Band { edge: true } => vec![("accent1", 0, band), ("accent2", band, EDGE)],
        }
    }

    /// The paragraph that holds the rectangles; nothing where there are none.
    pub(super) fn paragraph(self, page: Page, style: &str, mut id: impl FnMut() -> usize) -> Option<String> {
        let bars = self.bars(page);
        if bars.is_empty() {
            return None;
        }
        let mut xml = Xml::default();
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.val("w:pStyle", style);
        xml.close("w:pPr");
        for (color, top, height) in bars {
            bar(&mut xml, id(), color, (page.width, top, height));
        }
        xml.close("w:p");
        Some(xml.finish().0)
    }
}

impl<'a> Story<'_, 'a> {
    /// The style of a logo that stands on a field of colour: the first picture of the document.
    pub(super) fn logo_tab(&self, starts: bool) -> Option<&'a Style> {
        let field = starts.then(|| Field::of(&self.document.tree.body));
        let colored = matches!(field, Some(Field::Full | Field::Band { .. }));
        colored.then(|| self.document.styles().get(Kind::Paragraph, id::LOGO_TAB)).flatten()
    }

    /// The paragraph of that logo: as wide as the picture.
    pub(super) fn tab_properties(
        &mut self,
        tab: &'a Style,
        image: &Image,
        context: Context<'a>,
    ) -> ParagraphProperties<'a> {
        let (left, right) = tab.indent;
        let room = context.width - left - right;
        // A few twips more, so that rounding takes nothing from the picture.
        let free = self.picture_width(image, room).map_or(right, |width| room + right - width - 20);
        let indent = Indent { left, right: free.max(right), hanging: 0 };
        ParagraphProperties { style: Some(&tab.id), indent: Some(indent), ..ParagraphProperties::default() }
    }
}

fn bar(xml: &mut Xml, id: usize, color: &str, (width, top, height): (i32, i32, i32)) {
    let emu = |twips: i32| i64::from(twips) * EMU;
    let (width, top, height) = (emu(width), emu(top), emu(height));
    xml.raw("<w:r><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
        xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><mc:Choice Requires=\"wps\"><w:drawing>");
    xml.raw("<wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" relativeHeight=\"1\" behindDoc=\"1\" \
        locked=\"1\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/>");
    xml.raw("<wp:positionH relativeFrom=\"page\"><wp:posOffset>0</wp:posOffset></wp:positionH>");
    xml.raw(&format!("<wp:positionV relativeFrom=\"page\"><wp:posOffset>{top}</wp:posOffset></wp:positionV>"));
    xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
    xml.raw("<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/>");
    xml.open("wp:docPr", &[("id", &id), ("name", &format!("Field {id}")), ("descr", &"")]);
    xml.raw(super::picture::DECORATIVE);
    xml.close("wp:docPr");
    xml.raw("<wp:cNvGraphicFramePr/><a:graphic>");
    xml.raw("<a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">");
    xml.raw("<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>");
    xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
    xml.raw("</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
    xml.raw(&format!("<a:solidFill><a:schemeClr val=\"{color}\"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr>"));
    xml.raw("<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>");
}
