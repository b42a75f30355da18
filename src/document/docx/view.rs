//! What the templates of the style parts see.
//!
//! Plain values, in the units of the file format, so that a template needs no arithmetic. The numbering part sees
//! [`NumberingView`], all others [`PartsView`].

use serde::Serialize;

use crate::brand::Brand;
use crate::layout::HeadingRule;

use super::page::Page;

/// The view of `styles.xml`, `theme.xml`, `settings.xml`, `webSettings.xml` and `fontTable.xml`.
#[derive(Debug, Serialize)]
pub(super) struct PartsView<'a> {
    /// The brand, as the layout sees it.
    pub(super) brand: &'a Brand,
    /// BCP 47 tag of the document's language.
    pub(super) language: &'a str,
    /// The portrait page, in twips.
    pub(super) page: Page,
    /// Colour of fine lines: the brand's strong colour, lightened as the layouts do.
    pub(super) rule: String,
    /// How heavy lines are.
    pub(super) rules: Rules,
    /// Where the line of a section heading stands, if the brand draws one.
    pub(super) heading_rule: HeadingRule,
    /// Sizes of type.
    pub(super) size: Sizes,
    /// Indent of the text of a list of bullets, in twips.
    pub(super) list_step: i32,
    /// Fonts to declare, with the files that are embedded.
    pub(super) fonts: &'a [FontView],
}

/// How heavy lines are, in eighths of a point (`ST_EighthPointMeasure`, clause 17.18.22: at most 96).
#[derive(Debug, Serialize)]
pub(super) struct Rules {
    /// Under the running header, around boxes.
    pub(super) fine: i32,
    /// Between rows, under headings.
    pub(super) thin: i32,
    /// Under the head of a table.
    pub(super) head: i32,
    /// Above headings, around notices.
    pub(super) strong: i32,
}

impl Rules {
    /// Lines from the brand.
    pub(super) fn new(brand: &Brand) -> Self {
        let eighths = |usual: f64| rounded(usual * brand.settings.rule_weight).clamp(2, 96);
        Self { fine: eighths(4.0), thin: eighths(6.0), head: eighths(10.0), strong: eighths(12.0) }
    }
}

/// Sizes of type.
#[derive(Debug, Serialize)]
pub(super) struct Sizes {
    /// Body text, in half-points.
    pub(super) body: i32,
    /// Notes, captions, running headers, in half-points.
    pub(super) small: i32,
    /// Lead paragraph, in half-points.
    pub(super) lead: i32,
    /// Title, in half-points.
    pub(super) title: i32,
    /// Title of a cover that is a page of its own, in half-points.
    pub(super) display: i32,
    /// Headings by level from 1, in half-points.
    pub(super) headings: [i32; 6],
    /// Line distance of body text, in 240ths of the font's own.
    pub(super) line: i32,
    /// Line distance of text in tables, likewise.
    pub(super) table_line: i32,
    /// Line distance of headings, likewise.
    pub(super) heading_line: i32,
    /// Space after an item of a list, in twips.
    pub(super) item: i32,
    /// Space after a body paragraph, in twips.
    pub(super) paragraph: i32,
    /// Space above and below headings by level from 1, in twips.
    pub(super) above: [i32; 6],
    pub(super) below: [i32; 6],
    /// Space around boxes and titles, in twips.
    pub(super) space: i32,
    /// Space between letters, in twips.
    pub(super) letter: i32,
    /// Whether headings are bold.
    pub(super) bold_headings: bool,
    /// Whether body text is bold.
    pub(super) bold_body: bool,
}

/// How much space there is between words that don't belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Density {
    /// As the layouts set most documents.
    Usual,
    /// As they set those whose sheets are counted (`compact` in `templates/base/context.typ`).
    Compact,
}

impl Sizes {
    /// Sizes from the brand; `line_ratio` is the text face's natural line distance as a multiple of its size.
    pub(super) fn new(brand: &Brand, line_ratio: f64, density: Density) -> Self {
        let base = brand.base.size;
        let top = brand.headings.size.max(base);
        let heading = |share: f64| half_points(base + (top - base) * share);
        let usual = density == Density::Usual;
        let or = |open: f64, close: f64| if usual { open } else { close };
        let leading = (brand.base.line_height - 1.0) * or(1.0, 0.7);
        let paragraph = base * or(0.55, 0.42);
        // Between two paragraphs Word takes the larger space of both (without `doNotUseHTMLParagraphAutoSpacing`, clause
        // 17.15.3.21), as Typst does; but its lines hold the leading that Typst puts between them.
        let above = |space: f64| rounded((base * or(space, space * 0.75) - leading * base).max(paragraph) * 20.0);
        let below = |space: f64| rounded((base * or(space, space * 0.7) - leading * base * 0.5).max(0.0) * 20.0);
        let line = |height: f64| rounded(240.0 * height / line_ratio.max(0.5)).clamp(200, 600);
        Self {
            body: half_points(base),
            // In large print nothing is smaller than 16 points.
            small: half_points((base * 0.84).max(if base >= 16.0 { 16.0 } else { base.min(8.0) })),
            // As `tokens.typ` has them.
            lead: half_points(base * or(1.2, 1.08)),
            title: half_points(top * or(1.75, 1.4)),
            display: half_points(top * 2.75),
            headings: [
                if usual { half_points(top * 1.3) } else { heading(0.72) },
                heading(if usual { 0.72 } else { 0.5 }),
                heading(0.3),
                heading(0.08),
                heading(0.0),
                heading(0.0),
            ],
            line: line(1.0 + leading),
            // As the paged layouts set tables and items.
            table_line: line(1.0 + leading.max(0.15) * 0.7),
            item: rounded(base * 20.0 * or(0.26, 0.1)),
            paragraph: rounded(paragraph * 20.0),
            above: [2.2, 1.75, 1.3, 1.1, 1.1, 1.1].map(above),
            below: [1.1, 0.7, 0.5, 0.45, 0.45, 0.45].map(below),
            heading_line: line(brand.headings.line_height.max(1.08)),
            space: rounded(base * 20.0 * or(0.7, 0.45)),
            letter: rounded(base * 20.0 * brand.settings.letter_spacing),
            bold_headings: brand.headings.weight >= 600,
            bold_body: brand.base.weight >= 600,
        }
    }
}

/// A font of the font table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FontView {
    /// Family name.
    pub(super) family: String,
    /// Whether it is the symbol family.
    pub(super) symbols: bool,
    /// Embedded files, in the order of the schema: regular, bold, italic, bold italic.
    pub(super) files: Vec<EmbeddedView>,
}

/// An embedded font file.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EmbeddedView {
    /// Element name: `embedRegular` ...
    pub(super) slot: &'static str,
    /// Relationship id.
    pub(super) id: String,
    /// GUID of the obfuscation.
    pub(super) key: String,
}

/// The view of `numbering.xml` (clause 17.9).
#[derive(Debug, Serialize)]
pub(super) struct NumberingView {
    /// Colour of bullets and numbers: the brand's second colour.
    pub(super) marker: String,
    /// List designs, one for each marker form.
    pub(super) abstract_nums: Vec<AbstractNumView>,
    /// Lists of the document.
    pub(super) nums: Vec<NumView>,
}

/// A list design.
#[derive(Debug, Serialize)]
pub(super) struct AbstractNumView {
    /// Its id.
    pub(super) id: usize,
    /// Eight hex digits that tell designs apart when documents are merged.
    pub(super) nsid: String,
    /// Nine levels.
    pub(super) levels: Vec<LevelView>,
}

/// A level of a list design.
#[derive(Debug, Serialize)]
pub(super) struct LevelView {
    /// From 0.
    pub(super) ilvl: usize,
    /// `ST_NumberFormat`: `decimal`, `lowerLetter` ... `bullet`.
    pub(super) format: &'static str,
    /// Marker text, `%n` for the number.
    pub(super) text: String,
    /// Font of the marker, where it is not the text's own.
    pub(super) font: Option<String>,
    /// Which edge of the marker stands at its place (`ST_Jc`): `left`, or `right` for numbers.
    pub(super) align: &'static str,
    /// Indent of the text, in twips.
    pub(super) left: i32,
    /// How far the marker's place hangs left of it, in twips.
    pub(super) hanging: i32,
    /// Paragraph style that is tied to the level.
    pub(super) style: Option<&'static str>,
}

/// A list of the document.
#[derive(Debug, Serialize)]
pub(super) struct NumView {
    /// Its id, from 1.
    pub(super) id: usize,
    /// Its design.
    pub(super) abstract_id: usize,
    /// Level and first number, where the list counts afresh.
    pub(super) start: Option<(usize, u64)>,
}

fn half_points(points: f64) -> i32 {
    rounded(points * 2.0).clamp(2, 3276)
}

fn rounded(value: f64) -> i32 {
    // Saturates; sizes are far below the limits of an i32.
    #[allow(clippy::cast_possible_truncation)]
    let rounded = value.round() as i32;
    rounded
}
