//! What the style sheet's template sees.
//!
//! Sizes are in rem, so that they follow the size of text that a reader has chosen (WCAG 2.2, 1.4.4).

use serde::Serialize;

use super::palette::Palette;
use crate::brand::Brand;

/// The view of `page.css`.
#[derive(Debug, Serialize)]
pub(super) struct SheetView<'a> {
    /// The brand.
    brand: &'a Brand,
    /// Colours on a light page.
    pub(super) light: Palette,
    /// Colours on a dark page.
    dark: Palette,
    /// Body text in rem, at least 1.125.
    text_size: f64,
    /// Size of root text on paper, in points.
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
    /// Forms of list counters, by their CSS name.
    counters: [&'static str; 5],
}

impl<'a> SheetView<'a> {
    pub(super) fn new(brand: &'a Brand) -> Self {
        // A screen is read from farther away than paper: 12 points in print are 18 pixels here.
        let text_size = rounded((brand.base.size / 12.0 * 1.125).clamp(1.125, 4.0));
        Self {
            brand,
            light: Palette::light(brand),
            dark: Palette::dark(brand),
            text_size,
            // On paper body text is as large as the PDF's, but for those who find that large on their own printer.
            print_size: if brand.base.size > 12.0 { rounded(brand.base.size) } else { 10.5 },
            measure: rounded(text_size / 1.125 * 60.0),
            stacks_below: rounded(text_size / 1.125 * 45.0),
            line_length: rounded(text_size * 37.0),
            line_height: rounded(brand.base.line_height.clamp(1.5, 2.5)),
            heading_line_height: rounded(brand.headings.line_height.clamp(1.1, 2.0)),
            widths: (1..=20).map(|step| step * 5).collect(),
            counters: ["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"],
        }
    }
}

/// To a thousandth: the same text on every machine.
fn rounded(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
