//! Whether the file of a font is whole, asked before anything is typeset: a file that a copy cut short still names its
//! family, and its words would be missing from documents.

use ttf_parser::{Face, FaceParsingError, GlyphId, OutlineBuilder, RawFace, Tag};

use crate::diagnostic::Diagnostic;

/// Tables that no font does without (OpenType 1.9, "Required tables"), beside those that hold its outlines.
const NEEDED: [&[u8; 4]; 6] = [b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name"];

/// Least length of the description of a glyph with contours that shows something: shorter ones are anchors of marks.
const SHOWS: usize = 18;

/// Checks the bytes of the font at `path`.
pub(super) fn check(path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    whole(bytes).map_err(|why| {
        let fault = Diagnostic::error("not-a-font", format!("`{path}` is not a font that can be used: {why}"));
        fault.hint("use TTF or OTF files as their maker gives them; web fonts (WOFF) are not for documents")
    })
}

/// The reason where a font is not whole.
fn whole(bytes: &[u8]) -> Result<(), String> {
    if bytes.starts_with(b"ttcf") {
        return Err("it is a collection; each font needs a file of its own".to_owned());
    }
    let unreadable = |error: FaceParsingError| error.to_string();
    let raw = RawFace::parse(bytes, 0).map_err(unreadable)?;
    for record in raw.table_records {
        let end = u64::from(record.offset) + u64::from(record.length);
        if end > bytes.len() as u64 {
            return Err(format!("its table `{}` ends after the file, which is cut short", record.tag));
        }
    }
    let lacks = |tag: &[u8; 4]| raw.table(Tag::from_bytes(tag)).is_none_or(<[u8]>::is_empty);
    if let Some(tag) = NEEDED.iter().find(|tag| lacks(tag)) {
        return Err(format!("it has no table `{}`", Tag::from_bytes(tag)));
    }
    let face = Face::parse(bytes, 0).map_err(unreadable)?;
    let tables = face.tables();
    for (tag, read) in [("cmap", tables.cmap.is_some()), ("hmtx", tables.hmtx.is_some()), ("name", tables.name.is_some())] {
        if !read {
            return Err(format!("its table `{tag}` can't be read"));
        }
    }
    prints(&face)?;
    match (raw.table(Tag::from_bytes(b"glyf")), raw.table(Tag::from_bytes(b"loca"))) {
        (Some(glyf), Some(loca)) => quadratic(&face, glyf, loca),
        _ if tables.cff.is_some() => cubic(&face),
        _ if !lacks(b"CFF2") => Ok(()),
        _ => Err("it has no outlines (`glyf` and `loca`, or `CFF `)".to_owned()),
    }
}

/// Asks for one character that shows something and takes some room.
fn prints(face: &Face<'_>) -> Result<(), String> {
    let glyphs = || (1..face.number_of_glyphs()).map(GlyphId);
    let maps = |table: ttf_parser::cmap::Subtable<'_>| {
        let mut any = false;
        if table.is_unicode() {
            table.codepoints(|point| any |= table.glyph_index(point).is_some_and(|glyph| glyph.0 > 0));
        }
        any
    };
    let why = if !face.tables().cmap.is_some_and(|cmap| cmap.subtables.into_iter().any(maps)) {
        "it has a glyph for no character"
    } else if !glyphs().any(|glyph| face.glyph_hor_advance(glyph).is_some_and(|advance| advance > 0)) {
        "its glyphs have no width"
    } else if !glyphs().any(|glyph| face.outline_glyph(glyph, &mut Nothing).is_some()) {
        "its glyphs have no outlines"
    } else {
        return Ok(());
    };
    Err(why.to_owned())
}

/// Holds the outlines of a TrueType font against their index, and reads each.
fn quadratic(face: &Face<'_>, glyf: &[u8], loca: &[u8]) -> Result<(), String> {
    let short = face.tables().head.index_to_location_format == ttf_parser::head::IndexToLocationFormat::Short;
    let number = |four: &[u8]| four.iter().fold(0_usize, |all, byte| all << 8 | usize::from(*byte));
    let places: Vec<usize> = if short { loca.chunks_exact(2).map(|two| 2 * number(two)).collect() } else { loca.chunks_exact(4).map(number).collect() };
    if places.len() <= usize::from(face.number_of_glyphs()) {
        return Err("its table `loca` is too short for its glyphs".to_owned());
    }
    for (id, place) in (0..face.number_of_glyphs()).zip(places.windows(2)) {
        let [start, end] = *place else { continue };
        let Some(glyph) = glyf.get(start..end) else {
            return Err(format!("the outline of its glyph {id} is not within the table `glyf`"));
        };
        let contours = glyph.first_chunk::<2>().map_or(0, |two| i16::from_be_bytes(*two));
        // A composite may be made of spaces.
        let shows = contours > 0 && glyph.len() >= SHOWS;
        if (!glyph.is_empty() && glyph.len() < 10) || (face.outline_glyph(GlyphId(id), &mut Nothing).is_none() && shows) {
            return Err(format!("the outline of its glyph {id} can't be read"));
        }
    }
    Ok(())
}

/// Reads each outline of a font with PostScript outlines.
fn cubic(face: &Face<'_>) -> Result<(), String> {
    let Some(outlines) = face.tables().cff else { return Ok(()) };
    let read = |id: &u16| outlines.outline(GlyphId(*id), &mut Nothing);
    let blank = ttf_parser::CFFError::ZeroBBox;
    match (0..face.number_of_glyphs()).find(|id| read(id).is_err_and(|error| error != blank)) {
        Some(id) => Err(format!("the outline of its glyph {id} can't be read")),
        None => Ok(()),
    }
}

/// Draws nothing: an outline is only read.
struct Nothing;

impl OutlineBuilder for Nothing {
    fn move_to(&mut self, _: f32, _: f32) {}
    fn line_to(&mut self, _: f32, _: f32) {}
    fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {}
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {}
    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn font() -> Vec<u8> {
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fonts/figtree/Figtree-Regular.ttf")).unwrap()
    }

    /// Where a table's record is in the directory, and where the table begins.
    fn table(font: &[u8], tag: &[u8; 4]) -> (usize, usize) {
        let at = (12..).step_by(16).find(|at| &font[*at..at + 4] == tag).unwrap();
        let place = u32::from_be_bytes(font[at + 8..at + 12].try_into().unwrap());
        (at, usize::try_from(place).unwrap())
    }

    #[track_caller]
    fn refused(bytes: &[u8], words: &str) {
        let fault = check("a.ttf", bytes).unwrap_err();
        assert_eq!(fault.code, "not-a-font");
        assert!(fault.message.contains(words) && !fault.hints.is_empty(), "{fault:?}");
    }

    #[test]
    fn a_font_that_is_whole_passes() {
        check("a.ttf", &font()).unwrap();
    }

    #[test]
    fn a_font_that_is_cut_short_is_refused() {
        let font = font();
        for length in [font.len() - 8, font.len() / 2, 2000] {
            refused(&font[..length], "cut short");
        }
        refused(&font[..20], "");
        refused(b"wOF2", "");
        refused(b"ttcf\0\x01\0\0\0\0\0\0", "collection");
    }

    #[test]
    fn a_font_without_a_table_that_it_needs_is_refused() {
        for tag in [b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"glyf", b"loca"] {
            let mut font = font();
            let (record, _) = table(&font, tag);
            font[record + 12..record + 16].fill(0);
            refused(&font, "");
        }
    }

    #[test]
    fn a_font_that_prints_nothing_is_refused() {
        for tag in [b"cmap", b"hmtx", b"loca", b"glyf"] {
            let mut font = font();
            let (record, at) = table(&font, tag);
            let length = u32::from_be_bytes(font[record + 12..record + 16].try_into().unwrap());
            font[at..at + usize::try_from(length).unwrap()].fill(0);
            refused(&font, if tag == b"cmap" { "no character" } else if tag == b"hmtx" { "width" } else { "outlines" });
        }
    }

    #[test]
    fn a_font_with_damaged_outlines_is_refused() {
        let mut bent = font();
        let (_, loca) = table(&bent, b"loca");
        bent[loca + 40..loca + 44].fill(0xFF);
        refused(&bent, "not within");
        let mut spoilt = font();
        let (_, glyf) = table(&spoilt, b"glyf");
        spoilt[glyf..glyf + 8000].fill(0x7F);
        refused(&spoilt, "can't be read");
    }
}
