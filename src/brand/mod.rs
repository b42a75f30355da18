//! The brand that a layout sees: `_brand.yml` with every alias followed and every default filled in.
//!
//! One value of [`Brand`] dresses PDF, Word and the web page. Nothing here reads a file: the project hands in the
//! bytes of logo and fonts. What may stand on what is one table, [`PAIRS`].

mod color;
mod contrast;
mod fonts;
mod logo;
mod motif;
mod normal;
mod read;
mod settings;
#[cfg(test)]
mod tests;
mod units;

use schemars::JsonSchema;
use serde::Serialize;

pub use color::{contrast, mixed, nearest_shade, pole};
pub use contrast::{Kind, PAIRS, Pair, Role};
pub use motif::{Motif, dressed};
pub use normal::normal;
pub use read::{BrandFile, contrasts, read, tried};

/// A resolved brand. Colours are `#RRGGBB`, sizes are points (1/72 inch).
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Brand {
    /// Full name of the organisation, as its brand writes it.
    pub name: String,
    /// Its short name, if it has one.
    pub short_name: Option<String>,
    /// Address of its website, if the brand gives one.
    pub website: Option<String>,
    /// Colours by role.
    pub color: Colors,
    /// Body text.
    pub base: Typeface,
    /// Headings.
    pub headings: Typeface,
    /// Links.
    pub link: LinkStyle,
    /// The logo, if the brand has one.
    pub logo: Option<Logo>,
    /// The logo for dark fields, if the brand has one.
    pub logo_dark: Option<Logo>,
    /// Shapes on the field of a cover: those of the brand (`defaults.jobpack.motif`), else those of the layout.
    pub motif: Option<Motif>,
    /// Family that has ticks, crosses and boxes, used where the text family lacks them.
    pub symbols: String,
    /// Settings of jobpack (`defaults.jobpack`).
    pub settings: Settings,
}

/// Colours by role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Colors {
    /// Text.
    pub foreground: String,
    /// Page.
    pub background: String,
    /// Strong field colour: cover, rules, headings.
    pub primary: String,
    /// Text on `primary`: black or white, whichever contrasts more (WCAG 2.2, 1.4.3).
    pub on_primary: String,
    /// Accent.
    pub secondary: String,
    /// Pale tint: table heads, callouts.
    pub tertiary: String,
    /// Lightest neutral.
    pub light: String,
    /// Darkest neutral.
    pub dark: String,
    /// Muted text, at least 4.5:1 on `background`.
    pub muted: String,
    /// Fine lines: `primary`, paled; the heavier the rules, the less. They carry no meaning of their own.
    pub rule: String,
    /// Shapes on a field of `primary`: a little apart from it, and as far from `on_primary` as words need.
    pub shade: String,
}

/// A typeface in one use.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Typeface {
    /// Family name, as the font files spell it.
    pub family: String,
    /// Size in points; for headings, of the first level.
    pub size: f64,
    /// Weight, 100 to 900.
    pub weight: u16,
    /// Distance of base lines as a multiple of the size.
    pub line_height: f64,
    /// Colour.
    pub color: String,
}

/// How links look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LinkStyle {
    /// Colour.
    pub color: String,
    /// Whether they are underlined.
    pub underline: bool,
}

/// The logo.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Logo {
    /// Path inside the typesetting world, such as `/brand/logo.svg` or `/brand/logo-dark.png`.
    pub path: String,
    /// Words for readers who don't see it.
    pub alt: String,
}

/// Settings under `defaults.jobpack` of a brand file.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Settings {
    /// Paper, as Typst names it: `a4`.
    pub paper: String,
    /// Page margins in points: top, right, bottom, left.
    pub margin: [f64; 4],
    /// How tables are ruled.
    pub table: TableStyle,
    /// Whether section headings carry a rule.
    pub heading_rule: bool,
    /// How the first page opens.
    pub cover: CoverStyle,
    /// Whether pages after the first have a running header.
    pub header: bool,
    /// Words in the running footer, beside the page number.
    pub footer: Option<String>,
    /// Least contrast of words on what they stand on; 4.5 or more (WCAG 2.2, 1.4.3).
    pub minimum_contrast: f64,
    /// What emphasis looks like.
    pub emphasis: EmphasisStyle,
    /// Space between letters, as a share of the size.
    pub letter_spacing: f64,
    /// Space between words on top of that of the typeface, as a share of the size. Word files have no such setting.
    pub word_spacing: f64,
    /// How heavy rules are, as a multiple of the usual.
    pub rule_weight: f64,
    /// Whether everything stands in one column: labels above their values, marks below their criteria.
    pub single_column: bool,
}

/// How tables are ruled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TableStyle {
    /// Lines between rows only.
    Rules,
    /// Lines around every cell.
    Grid,
    /// Tinted alternate rows.
    Banded,
}

/// What emphasis looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EmphasisStyle {
    /// Italic, as usual.
    Italic,
    /// Upright and bold: the British Dyslexia Association and the RNIB advise against italics.
    Bold,
}

/// How the first page opens, the quietest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CoverStyle {
    /// Logo and title on the first page of text.
    Plain,
    /// A colour band across the head of the first page of text.
    Band,
    /// A page of its own in the brand's strong colour.
    Full,
}
