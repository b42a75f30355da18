//! The colours of a page, light and dark, worked out from the brand.
//!
//! Text never stands on a colour that it has less contrast with than the brand asks for, 4.5:1 or more (WCAG 2.2,
//! 1.4.3): a colour that is too close is moved towards black or white until it can be read, and no further.

use serde::Serialize;

use crate::brand::{Brand, contrast, mixed, pole};

/// Contrast at which body text is comfortable (WCAG 2.2, 1.4.6).
const EASY: f64 = 7.0;

const WHITE: &str = "#FFFFFF";
const BLACK: &str = "#000000";

/// The colours of one scheme, as `#RRGGBB`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Palette {
    /// The page.
    pub(super) page: String,
    /// Table heads, notices.
    pub(super) tint: String,
    /// Every second row, quiet areas.
    pub(super) band: String,
    /// Text on `page`, `tint` and `band`, as are the next four.
    pub(super) text: String,
    /// Headings.
    pub(super) heading: String,
    /// Links.
    pub(super) link: String,
    /// Muted text.
    pub(super) muted: String,
    /// Accents: the edge of a notice, labels.
    pub(super) accent: String,
    /// Decorative lines; no text.
    pub(super) rule: String,
    /// The cover.
    pub(super) primary: String,
    /// Text on `primary`.
    pub(super) on_primary: String,
    /// The bar with the running header.
    pub(super) bar: String,
    /// Text on `bar`.
    pub(super) on_bar: String,
}

impl Palette {
    /// On the brand's own page.
    pub(super) fn light(brand: &Brand) -> Self {
        let color = &brand.color;
        Self::new(brand, color.background.clone(), &color.tertiary, &color.light, &color.foreground)
    }

    /// On a page that is dark, with a breath of the brand's strong colour.
    pub(super) fn dark(brand: &Brand) -> Self {
        let page = apart(&mixed(&brand.color.primary, "#101214", 0.1), "#E8EAEA", BLACK, 13.0);
        let tint = mixed(&brand.color.primary, &mixed(WHITE, &page, 0.12), 0.25);
        let band = mixed(WHITE, &page, 0.05);
        let mut glowing = brand.clone();
        for color in [&mut glowing.headings.color, &mut glowing.link.color, &mut glowing.color.secondary] {
            *color = mixed(&bright(color), "#E8EAEA", 0.7);
        }
        let heavy = (0.25 * brand.settings.rule_weight).min(0.8);
        Self { rule: mixed(WHITE, &page, heavy), ..Self::new(&glowing, page, &tint, &band, "#E8EAEA") }
    }

    fn new(brand: &Brand, page: String, tint: &str, band: &str, text: &str) -> Self {
        let (color, least) = (&brand.color, brand.settings.minimum_contrast);
        let text = apart(text, &page, pole(&page), EASY.min(contrast(pole(&page), &page)));
        // A tint that text can't be read on is moved towards the page, where it can.
        let tint = apart(tint, &text, &page, EASY.min(contrast(&text, &page)));
        let band = apart(band, &text, &page, EASY.min(contrast(&text, &page)));
        let legible = |wanted: &str| {
            let surfaces = [&page, &tint, &band];
            let mut found = wanted.to_owned();
            for share in STEPS {
                found = mixed(&text, wanted, share);
                if surfaces.iter().all(|surface| contrast(&found, surface) >= least) {
                    break;
                }
            }
            found
        };
        let bar = color.dark.clone();
        Self {
            heading: legible(&brand.headings.color),
            link: legible(&brand.link.color),
            muted: legible(&mixed(&text, &page, 0.72)),
            accent: legible(&color.secondary),
            rule: color.rule.clone(),
            on_primary: apart(&color.on_primary, &color.primary, pole(&color.primary), least),
            primary: color.primary.clone(),
            on_bar: pole(&bar).to_owned(),
            bar,
            page,
            tint,
            band,
            text,
        }
    }

    /// Every pair of a text colour and what it stands on.
    #[cfg(test)]
    pub(super) fn pairs(&self) -> Vec<(&str, &str)> {
        let texts = [&self.text, &self.heading, &self.link, &self.muted, &self.accent];
        let surfaces = [&self.page, &self.tint, &self.band];
        let mut pairs = vec![(self.on_primary.as_str(), self.primary.as_str()), (&self.on_bar, &self.bar)];
        pairs.extend(texts.iter().flat_map(|text| surfaces.iter().map(|surface| (text.as_str(), surface.as_str()))));
        pairs
    }
}

/// Shares from none to all.
const STEPS: [f64; 21] = [
    0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0,
];

/// `color`, moved towards `pole` until it has the contrast with `other`.
fn apart(color: &str, other: &str, pole: &str, least: f64) -> String {
    let moved = STEPS.iter().map(|share| mixed(pole, color, *share));
    moved.into_iter().find(|moved| contrast(moved, other) >= least).unwrap_or_else(|| pole.to_owned())
}

/// The hue of `color` with a strong light: mixing a deep colour with white alone would leave it grey.
fn bright(color: &str) -> String {
    let two = |at: usize| color.get(at..at + 2);
    let channel = |at| two(at).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or_default();
    match channel(1).max(channel(3)).max(channel(5)) {
        strongest @ 1..200 => mixed(color, BLACK, 200.0 / f64::from(strongest)),
        _ => color.to_owned(),
    }
}

