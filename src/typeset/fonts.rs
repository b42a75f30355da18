//! The fonts of a brand, and which characters they have.

use std::sync::Arc;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The fonts of a brand: text family first, symbols last.
#[derive(Debug)]
pub struct BrandFonts {
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    files: Vec<Arc<[u8]>>,
}

/// Family, weight and whether it is italic of the first font in a file, if it is one that has letters.
pub fn face(file: Arc<[u8]>) -> Option<(String, u16, bool)> {
    let font = Font::iter(Bytes::new(file)).next()?;
    let info = Some(font.info()).filter(|info| info.coverage.contains(u32::from('a')))?;
    Some((info.family.as_str().to_owned(), info.variant.weight.to_number(), info.variant.style != typst::text::FontStyle::Normal))
}

impl BrandFonts {
    /// Reads font files; those that are not fonts come back by position.
    pub fn new(files: Vec<Arc<[u8]>>) -> (Self, Vec<usize>) {
        let mut fonts = Vec::new();
        let mut broken = Vec::new();
        for (at, file) in files.iter().enumerate() {
            let before = fonts.len();
            fonts.extend(Font::iter(Bytes::new(Arc::clone(file))));
            if fonts.len() == before {
                broken.push(at);
            }
        }
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        (Self { book, fonts, files }, broken)
    }

    /// Whether some font of the brand has a glyph for `character`.
    pub fn has(&self, character: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(character)))
    }

    /// Family, bold, italic and bytes of each font, as a Word file embeds them.
    pub fn faces(&self) -> impl Iterator<Item = (&str, bool, bool, &[u8])> {
        self.fonts.iter().zip(&self.files).map(|(font, file)| {
            let info = font.info();
            let bold = info.variant.weight.to_number() >= 600;
            let italic = info.variant.style != typst::text::FontStyle::Normal;
            (info.family.as_str(), bold, italic, file.as_ref())
        })
    }
}
