//! What the style sheet's template sees.
//!
//! Sizes are in rem, so that they follow the size of text that a reader has chosen (WCAG 2.2, 1.4.4).

use serde::Serialize;

use super::base64;
use super::palette::Palette;
use crate::brand::Brand;
use crate::layout::HeadingRule;

/// The view of `page.css`.
#[derive(Debug, Serialize)]
pub(super) struct SheetView<'a> {
    /// The brand.
    brand: &'a Brand,
    /// Where the line of a section heading stands, if the brand draws one.
    heading_rule: HeadingRule,
    /// Colours on a light page.
    pub(super) light: Palette,
    /// Colours on a dark page.
    pub(super) dark: Palette,
    /// Body text in rem, at least 1.125.
    text_size: f64,
    /// Sizes of headings in rem: of the title, largest on a wide screen, then of the levels under it.
    title_size: f64,
    heading_sizes: [f64; 4],
    /// Size of body text on paper, in points.
    print_size: f64,
    /// Widest column of the page in rem, and the width in em of the reader's own text below which tables are stacked:
    /// both grow with the text.
    measure: f64,
    stacks_below: f64,
    /// Longest line in rem: about 75 characters (WCAG 2.2, 1.4.8 asks for at most 80).
    line_length: f64,
    /// Body line height, at least 1.5 (WCAG 2.2, 1.4.8).
    line_height: f64,
    /// Line height of headings.
    heading_line_height: f64,
    /// Widths of columns in per cent: classes `w-5` to `w-100`.
    widths: Vec<u8>,
    /// The motif of covers: an SVG in base64, if there is one.
    motif: Option<String>,
    /// Forms of list counters, by their CSS name.
    counters: [&'static str; 5],
}

impl<'a> SheetView<'a> {
    pub(super) fn new(brand: &'a Brand, heading_rule: HeadingRule, motif: Option<&[u8]>) -> Self {
        // A screen is read from farther away than paper: 12 points in print are 18 pixels here.
        let text_size = rounded((brand.base.size / 12.0 * 1.125).clamp(1.125, 4.0));
        // The steps of the scale are those of the pages (`templates/base/tokens.typ`).
        let top = (text_size * brand.headings.size / brand.base.size).clamp(text_size * 1.2, text_size * 2.0);
        let between = |share: f64| text_size + (top - text_size) * share;
        Self {
            brand,
            heading_rule,
            light: Palette::light(brand),
            dark: Palette::dark(brand),
            text_size,
            title_size: rounded(top * 1.7),
            heading_sizes: [1.15, 0.6, 0.25, 0.0].map(|share| rounded(if share > 1.0 { top * share } else { between(share) })),
            print_size: rounded(brand.base.size),
            measure: rounded(text_size / 1.125 * 60.0),
            stacks_below: rounded(text_size / 1.125 * 45.0),
            line_length: rounded(text_size * 37.0),
            line_height: rounded(brand.base.line_height.clamp(1.5, 2.5)),
            heading_line_height: rounded(brand.headings.line_height.clamp(1.1, 2.0)),
            widths: (1..=20).map(|step| step * 5).collect(),
            motif: motif.map(base64::encode),
            counters: ["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"],
        }
    }
}

/// To a thousandth: the same text on every machine.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
