//! Fonts: embedding them in the package, and what their tables say about text (coverage, widths, line distance).
//!
//! Embedding follows ISO/IEC 29500-1 clause 17.8.1: the first 32 bytes of the file are obfuscated with a key that is
//! also the part's GUID. A font whose OS/2 table forbids embedding is named but never embedded. No font is looked up
//! on the machine.

use std::sync::Arc;

use ttf_parser::{Face, Permissions};

use crate::brand::Brand;

/// A static TrueType or OpenType font file of the brand.
#[derive(Debug, Clone)]
pub struct FontFile {
    /// Family name, as the brand spells it.
    pub family: String,
    /// The bold cut.
    pub bold: bool,
    /// The italic cut.
    pub italic: bool,
    /// The file.
    pub data: Arc<[u8]>,
}

impl FontFile {
    /// Name of the element that embeds this cut (clauses 17.8.3.3 to 17.8.3.6).
    pub(super) fn slot(&self) -> &'static str {
        match (self.bold, self.italic) {
            (false, false) => "embedRegular",
            (true, false) => "embedBold",
            (false, true) => "embedItalic",
            (true, true) => "embedBoldItalic",
        }
    }

    /// Whether the font's own licence bits let it travel in a document that others edit.
    pub(super) fn may_embed(&self) -> bool {
        Face::parse(&self.data, 0).is_ok_and(|face| {
            matches!(face.permissions(), Some(Permissions::Installable | Permissions::Editable))
        })
    }
}

/// A font file as it goes into the package.
#[derive(Debug)]
pub(super) struct Obfuscated {
    /// The key, `{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}`.
    pub(super) key: String,
    /// The obfuscated file.
    pub(super) bytes: Vec<u8>,
}

/// Obfuscates a font file; the GUID comes from its content, so the same file always gives the same part.
pub(super) fn obfuscate(data: &[u8]) -> Obfuscated {
    let hash = blake3::hash(data);
    let guid: Vec<u8> = hash.as_bytes().iter().take(16).copied().collect();
    let hex: String = guid.iter().map(|byte| format!("{byte:02X}")).collect();
    let group = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    let key = format!("{{{}-{}-{}-{}-{}}}", group(0, 8), group(8, 12), group(12, 16), group(16, 20), group(20, 32));
    let mut bytes = data.to_vec();
    // The key is applied in reverse order of its written digits, twice over.
    for (byte, mask) in bytes.iter_mut().take(32).zip(guid.iter().rev().cycle()) {
        *byte ^= mask;
    }
    Obfuscated { key, bytes }
}

/// What the brand's fonts can show, and how wide.
#[derive(Debug)]
pub(super) struct Typefaces<'a> {
    text: Option<Face<'a>>,
    headings: Option<Face<'a>>,
    symbols: Option<Face<'a>>,
    regular: Widths,
    bold: Widths,
    base_family: &'a str,
    symbol_family: &'a str,
}

impl<'a> Typefaces<'a> {
    /// Reads the tables of the fonts that the brand names.
    pub(super) fn new(brand: &'a Brand, files: &'a [FontFile]) -> Self {
        let face = |family: &str, bold: bool| {
            files
                .iter()
                .find(|file| file.family == family && file.bold == bold && !file.italic)
                .and_then(|file| Face::parse(&file.data, 0).ok())
        };
        let text = face(&brand.base.family, false);
        let bold = face(&brand.base.family, true);
        Self {
            regular: Widths::of(text.as_ref(), 0.52),
            bold: Widths::of(bold.as_ref().or(text.as_ref()), 0.56),
            headings: face(&brand.headings.family, true).or_else(|| face(&brand.headings.family, false)),
            symbols: face(&brand.symbols, false),
            text,
            base_family: &brand.base.family,
            symbol_family: &brand.symbols,
        }
    }

    /// Natural distance of base lines of the text face, as a multiple of its size.
    pub(super) fn line_ratio(&self) -> f64 {
        self.text.as_ref().map_or(1.2, |face| {
            let lines = f64::from(face.ascender()) - f64::from(face.descender()) + f64::from(face.line_gap());
            lines / f64::from(face.units_per_em().max(1))
        })
    }

    /// Whether a character is set in the symbol family because a text family lacks it.
    pub(super) fn needs_symbols(&self, c: char) -> bool {
        if c < '\u{2000}' {
            return false;
        }
        let has = |face: &Face<'_>| face.glyph_index(c).is_some();
        let known = [self.text.as_ref(), self.headings.as_ref()];
        let covered = self.text.is_some() && known.iter().flatten().all(|face| has(face));
        !covered && self.symbols.as_ref().map_or(is_symbol(c), has)
    }

    /// Family to set a list marker in: one that has the glyph.
    pub(super) fn family_for(&self, marker: char) -> &'a str {
        if self.needs_symbols(marker) { self.symbol_family } else { self.base_family }
    }

    /// Width of one character in ems, in the face that it is set in.
    pub(super) fn advance(&self, c: char) -> f64 {
        let face = if self.needs_symbols(c) { self.symbols.as_ref() } else { self.text.as_ref() };
        let width = face.and_then(|face| {
            let advance = face.glyph_hor_advance(face.glyph_index(c)?)?;
            Some(f64::from(advance) / f64::from(face.units_per_em().max(1)))
        });
        width.unwrap_or_else(|| self.regular.get(c))
    }

    /// Width of text in ems.
    pub(super) fn width(&self, text: &str, bold: bool) -> f64 {
        let widths = if bold { &self.bold } else { &self.regular };
        text.chars().map(|c| widths.get(c)).sum()
    }
}

/// Arrows, geometric shapes, dingbats and the like, which text families usually lack.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2500}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}')
}

/// Advance widths in ems: exact for ASCII, one average for the rest.
#[derive(Debug)]
struct Widths {
    ascii: [f64; 128],
    other: f64,
}

impl Widths {
    fn of(face: Option<&Face<'_>>, average: f64) -> Self {
        let advance = |code: u8| {
            let face = face?;
            let glyph = face.glyph_index(char::from(code))?;
            Some(f64::from(face.glyph_hor_advance(glyph)?) / f64::from(face.units_per_em().max(1)))
        };
        let mut ascii = [average; 128];
        for (code, width) in (0_u8..).zip(ascii.iter_mut()) {
            *width = advance(code).unwrap_or(average);
        }
        Self { ascii, other: average + 0.1 }
    }

    fn get(&self, c: char) -> f64 {
        usize::try_from(u32::from(c)).ok().and_then(|at| self.ascii.get(at)).copied().unwrap_or(self.other)
    }
}
