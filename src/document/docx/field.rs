//! The field of colour behind a cover: rectangles and the motif, which stand in the header of the first page, behind the
//! text, to the edges of the sheet (DrawingML, ISO/IEC 29500-1 clause 20.4.2.3; shapes: MS-ODRAWXML 2.28).
//!
//! They are decoration and say nothing. Words never depend on them: what stands on a field has a shading of its own. Only
//! a logo for dark grounds stands on the field itself.

use std::sync::Arc;

use crate::document::cover::CoverPictures;
use crate::document::tree::{Block, BlockKind, Image, ImageFormat, Inline, plain};

use super::page::{EMU, Page, twips};
use super::paragraph::{Indent, ParagraphProperties};
use super::picture::{Place, behind, decorative};
use super::story::{Context, Story};
use super::styles::{Kind, Style, id};
use super::xml::Xml;

/// Share of the sheet, in hundredths, that the field of a cover with a band takes; as `band-sheet` in
/// `templates/base/cover.typ` has it.
const BAND: i32 = 55;

/// Height of the edge in the brand's second colour, in twips.
const EDGE: i32 = 120;

/// How far the motif reaches down, in hundredths of the sheet: to the title, whose shading would cut it.
const MOTIF: i32 = 29;

/// What the edge of the sheet cuts off the motif, in hundredths of its width; as `motif` in `templates/base/cover.typ` does.
const CUT: i32 = 18;

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

    /// Whether anything stands behind the text.
    pub(super) fn drawn(self, covers: &CoverPictures) -> bool {
        self.colored() || (self == Self::White && covers.motif_on_paper.is_some())
    }

    /// Whether the title stands on a field of colour.
    pub(super) fn colored(self) -> bool {
        matches!(self, Self::Full | Self::Band { .. })
    }

    /// Rectangles over the width of the sheet: colour of the theme, top and height in twips.
    fn bars(self, page: Page) -> Vec<(&'static str, i32, i32)> {
        let share = |hundredths| page.height / 100 * hundredths;
        match self {
            Self::None | Self::White => Vec::new(),
            Self::Full => vec![("accent1", 0, page.height)],
            Self::Band { edge: false } => vec![("accent1", 0, share(BAND))],
            Self::Band { edge: true } => vec![("accent1", 0, share(BAND)), ("accent2", share(BAND), EDGE)],
        }
    }
}

impl<'a> Story<'_, 'a> {
    /// The paragraph that holds the field.
    pub(super) fn cover_field(&mut self, field: Field) {
        let page = self.page;
        let base = twips(self.document.job.parts.brand.base.size);
        let properties = ParagraphProperties { style: Some(id::TABLE_END), ..ParagraphProperties::default() };
        self.paragraph(&properties, self.context(id::TABLE_END), |story| {
            let over_title = field.colored().then(|| story.bar_over_title(base)).flatten();
            let bars = field.bars(page).into_iter().map(|(color, top, height)| (color, [0, top, page.width, height]));
            for (color, sides) in bars.chain(over_title) {
                let id = story.document.drawing_id();
                rectangle(&mut story.xml, id, color, sides);
            }
            let covers = &story.document.job.parts.covers;
            if field.colored() {
                story.motif(covers.motif.clone(), page.top - base, page.height / 100 * MOTIF);
            } else {
                story.motif(covers.motif_on_paper.clone(), -base, base * 23);
            }
        });
    }

    /// Size of the title of a cover in half-points, where it is to be smaller than the style says: a title of many words,
    /// and one with a word that is wider than the line. As `head-words` in `templates/base/cover.typ` has it.
    pub(super) fn title_size(&self, title: &[Inline]) -> Option<i32> {
        let (words, brand) = (plain(title), &self.document.job.parts.brand);
        let usual = brand.headings.size.max(brand.base.size) * 2.75;
        #[expect(clippy::cast_precision_loss, reason = "titles are far shorter than 2^52 letters")]
        let count = |text: &str| text.chars().count() as f64;
        // In large print a line more would hang below the field: other readers break lines a little earlier.
        let large = if brand.settings.single_column { 0.84 } else { 1.0 };
        let of_length = usual * (1.18 - count(&words) / 180.0).clamp(0.66, 1.0) * large;
        let longest = words.split(' ').map(count).fold(1.0, f64::max);
        let room = f64::from(self.page.text_width) / 20.0 - 3.0 * brand.base.size;
        let size = of_length.min(room / (longest * 0.62));
        #[expect(clippy::cast_possible_truncation, reason = "a few hundred at the most")]
        (size < usual - 0.5).then_some((size * 2.0).round() as i32)
    }

    /// The motif at the right edge of the sheet, which cuts it; from `top` to `bottom`, in twips.
    fn motif(&mut self, motif: Option<Arc<[u8]>>, top: i32, bottom: i32) {
        let Some(data) = motif else { return };
        let side = bottom - top;
        let place = Place { left: self.page.width - side / 100 * (100 - CUT), top, cut: CUT };
        let height = Some(f64::from(side) / 20.0);
        self.room = self.page.width;
        self.placed_picture(&Image { data, format: ImageFormat::Svg, alt: String::new(), width: None, height }, place);
    }

    /// A short bar in the second colour above the title, whose place follows from the logo and the styles before it.
    fn bar_over_title(&self, base: i32) -> Option<(&'static str, [i32; 4])> {
        let body = &self.document.tree.body;
        let style = |name: &str| self.document.styles().named(Kind::Paragraph, name);
        let before = style(body.iter().find_map(|block| block.attributes.opening.as_deref())?)?.space_before?;
        let logo = match &body.first()?.kind {
            BlockKind::Image(image) => twips(image.height?) + style(id::FIGURE)?.space_after.unwrap_or(0),
            _ => 0,
        };
        let height = base / 2;
        Some(("accent2", [self.page.left, self.page.top + logo + before - base - height, base * 5, height]))
    }

    /// The logo that opens a document with a field of colour: in its form for dark grounds, if the brand has one, else
    /// on a tab of paper.
    pub(super) fn logo(&mut self, image: &'a Image, starts: bool, context: Context<'a>) -> bool {
        if !(starts && Field::of(&self.document.tree.body).colored()) {
            return false;
        }
        let on_dark = self.document.job.parts.covers.logo_on_dark.clone();
        if let Some((data, format)) = on_dark.and_then(|data: Arc<[u8]>| ImageFormat::of(&data).map(|format| (data, format))) {
            let image = Image { data, format, width: None, ..image.clone() };
            let properties = ParagraphProperties { style: Some(id::FIGURE), ..ParagraphProperties::default() };
            self.paragraph(&properties, context, |story| story.picture(&image, context.run));
            return true;
        }
        let Some(tab) = self.document.styles().get(Kind::Paragraph, id::LOGO_TAB) else { return false };
        let properties = self.tab_properties(tab, image, context);
        self.paragraph(&properties, context, |story| story.picture(image, context.run));
        true
    }

    /// The paragraph of a logo on a tab: as wide as the picture.
    fn tab_properties(&mut self, tab: &'a Style, image: &Image, context: Context<'a>) -> ParagraphProperties<'a> {
        let (left, right) = tab.indent;
        let room = context.width - left - right;
        // A few twips more, so that rounding takes nothing from the picture.
        let free = self.picture_width(image, room).map_or(right, |width| room + right - width - 20);
        let indent = Indent { left, right: free.max(right), hanging: 0 };
        ParagraphProperties { style: Some(&tab.id), indent: Some(indent), ..ParagraphProperties::default() }
    }
}

/// A rectangle in a colour of the theme; left, top, width and height in twips.
fn rectangle(xml: &mut Xml, id: usize, color: &str, sides: [i32; 4]) {
    let [left, top, width, height] = sides.map(|twips| i64::from(twips) * EMU);
    xml.raw("<w:r><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
        xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><mc:Choice Requires=\"wps\"><w:drawing>");
    xml.raw(&behind(id));
    xml.raw(&format!("<wp:positionH relativeFrom=\"page\"><wp:posOffset>{left}</wp:posOffset></wp:positionH>"));
    xml.raw(&format!("<wp:positionV relativeFrom=\"page\"><wp:posOffset>{top}</wp:posOffset></wp:positionV>"));
    xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
    xml.raw("<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/>");
    decorative(xml, id, "Field");
    xml.raw("<a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">");
    xml.raw("<wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>");
    xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
    xml.raw("</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
    xml.raw(&format!("<a:solidFill><a:schemeClr val=\"{color}\"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr>"));
    xml.raw("<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>");
}
