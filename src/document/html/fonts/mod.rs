//! The brand's fonts inside a page, as `data:` URLs in `@font-face` rules (CSS Fonts Level 4, section 4), so that the
//! page is one file and asks nobody for anything.
//!
//! `subset` leaves out the outlines that a page in a European language does not need, `woff` packs what remains. Both
//! are done once for a font file, when the first page asks for it. A page carries only the faces that it shows: no
//! italic where nothing is emphasised, no symbols where the text family has every sign. A font whose licence bits
//! forbid it is named and never embedded; nor is a font ever looked for on the machine.

mod subset;
mod used;
mod woff;

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use ttf_parser::{Face, Permissions};

use super::base64;
use super::style::escape;
use crate::brand::Brand;
use crate::document::tree::Tree;
use used::Used;

/// The font files of a brand, as web pages embed them.
#[derive(Debug, Default)]
pub struct WebFonts {
    faces: Vec<WebFace>,
}

/// One font file.
#[derive(Debug)]
struct WebFace {
    family: String,
    weight: u16,
    italic: bool,
    file: Arc<[u8]>,
    /// The `@font-face` rule, made when a page first needs it; empty where the licence forbids it.
    rule: OnceLock<String>,
}

/// Weight of strong words.
const BOLD: u16 = 700;

impl WebFonts {
    /// Font files with the names of their families, as the brand spells them. Nothing is packed yet.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Self {
        let faces = files.into_iter().filter_map(|(family, file)| {
            let face = Face::parse(file, 0).ok()?;
            Some(WebFace {
                family: family.to_owned(),
                weight: face.weight().to_number(),
                italic: face.is_italic(),
                file: file.into(),
                rule: OnceLock::new(),
            })
        });
        Self { faces: faces.collect() }
    }

    /// The rules of the faces that a page needs, in the order of the brand's files.
    pub(super) fn rules(&self, brand: &BrandFaces, tree: &Tree) -> String {
        let used = Used::of(tree);
        let (base, headings) = (brand.base.as_str(), brand.headings.as_str());
        let mut wanted: BTreeSet<usize> = BTreeSet::new();
        wanted.extend(self.nearest(base, brand.base_weight, false));
        wanted.extend(self.nearest(base, BOLD, false));
        wanted.extend(self.nearest(headings, brand.headings_weight, false));
        if used.emphasis {
            wanted.extend(self.nearest(base, brand.base_weight, true));
        }
        if used.strong_emphasis {
            wanted.extend(self.nearest(base, BOLD, true));
        }
        let text = self.nearest(base, brand.base_weight, false).and_then(|at| self.faces.get(at));
        if text.is_none_or(|text| text.lacks(&used.characters)) {
            wanted.extend(self.nearest(&brand.symbols, brand.base_weight, false));
        }
        wanted.into_iter().filter_map(|at| self.faces.get(at)).map(WebFace::rule).collect()
    }

    /// The face of a family that a browser would take for a weight (CSS Fonts Level 4, section 5.2): the nearest one.
    fn nearest(&self, family: &str, weight: u16, italic: bool) -> Option<usize> {
        let faces = self.faces.iter().enumerate();
        let of_family = faces.filter(|(_, face)| face.family == family && face.italic == italic);
        of_family.min_by_key(|(_, face)| face.weight.abs_diff(weight)).map(|(at, _)| at)
    }
}

/// What a brand asks of its fonts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BrandFaces {
    base: String,
    base_weight: u16,
    headings: String,
    headings_weight: u16,
    symbols: String,
}

impl BrandFaces {
    pub(super) fn of(brand: &Brand) -> Self {
        Self {
            base: brand.base.family.clone(),
            base_weight: brand.base.weight,
            headings: brand.headings.family.clone(),
            headings_weight: brand.headings.weight,
            symbols: brand.symbols.clone(),
        }
    }
}

impl WebFace {
    fn rule(&self) -> &str {
        self.rule.get_or_init(|| {
            let Some(data) = packed(&self.file) else { return String::new() };
            let style = if self.italic { "italic" } else { "normal" };
            format!(
                "@font-face {{ font-family: \"{}\"; font-style: {style}; font-weight: {}; font-display: swap; \
                 src: url(data:font/woff;base64,{}) format(\"woff\"); }}\n",
                escape(&self.family),
                self.weight,
                base64::encode(&data),
            )
        })
    }

    /// Whether one of the characters has no glyph.
    fn lacks(&self, characters: &BTreeSet<char>) -> bool {
        Face::parse(&self.file, 0).is_ok_and(|face| characters.iter().any(|c| face.glyph_index(*c).is_none()))
    }
}

/// The file as WOFF, unless its licence bits keep it out of what is published (OpenType 1.9.1, `OS/2`, `fsType`): a page
/// is passed on, so that "preview and print" is too little.
fn packed(file: &[u8]) -> Option<Vec<u8>> {
    let face = Face::parse(file, 0).ok()?;
    if !matches!(face.permissions(), Some(Permissions::Installable | Permissions::Editable)) {
        return None;
    }
    let tables = woff::tables(file)?;
    let smaller = if face.is_subsetting_allowed() { subset::subset(&face, &tables) } else { None };
    Some(woff::pack(&smaller.unwrap_or(tables)))
}

#[cfg(test)]
mod tests;
