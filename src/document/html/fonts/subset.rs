//! Leaves out of a TrueType font what a page in a European language does not need: outlines of other characters,
//! alternates and ligatures, and hinting, which screens of today make no use of.
//!
//! Glyphs keep their numbers, so that kerning (`GPOS`) holds as it is: an outline that is not needed is empty, and no
//! character leads to it, so that the next family of the style sheet shows it. Substitutions (`GSUB`) would lead there,
//! and go. A font with other outlines (CFF) is not touched.

use std::collections::{BTreeMap, BTreeSet};

use ttf_parser::Face;

use super::woff::{Tables, u16_at, u32_at};

/// The characters that are kept: Latin as in the languages of Europe (Welsh among them), punctuation, the signs of
/// currencies, arrows and a few of arithmetic. A page that has others shows them in a font of the reader's own.
const KEPT: [(u32, u32); 15] = [
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x218, 0x21B),
    (0x2C6, 0x2C7),
    (0x2D8, 0x2DD),
    (0x300, 0x304),
    (0x1E80, 0x1E85),
    (0x1EF2, 0x1EF3),
    (0x2010, 0x2027),
    (0x202F, 0x203A),
    (0x20AC, 0x20AC),
    (0x2122, 0x2122),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
    (0x2264, 0x2265),
];

/// Tables that a browser reads of a font with TrueType outlines, and that hold for fewer of them.
const TABLES: [&[u8; 4]; 11] =
    [b"GDEF", b"GPOS", b"OS/2", b"head", b"hhea", b"hmtx", b"kern", b"maxp", b"name", b"vhea", b"vmtx"];

// Flags of a part of a composite glyph (OpenType 1.9.1, `glyf`, "Composite glyph description").
const ARGUMENTS_ARE_WORDS: u16 = 0x0001;
const HAS_SCALE: u16 = 0x0008;
const MORE_PARTS: u16 = 0x0020;
const HAS_TWO_SCALES: u16 = 0x0040;
const HAS_MATRIX: u16 = 0x0080;
const HAS_INSTRUCTIONS: u16 = 0x0100;

/// The tables of a smaller font; nothing where the font is not one that this knows how to cut.
pub(super) fn subset(face: &Face<'_>, tables: &Tables) -> Option<Tables> {
    let (glyf, loca) = (tables.get(b"glyf")?, tables.get(b"loca")?);
    if tables.contains_key(b"fvar") {
        return None;
    }
    let long = u16_at(tables.get(b"head")?, 50)? == 1;
    let count = usize::from(face.number_of_glyphs());
    let outline = |glyph: u16| -> Option<&[u8]> {
        let at = usize::from(glyph);
        let offset = |at: usize| {
            if long { u32_at(loca, at * 4).map(|at| at as usize) } else { u16_at(loca, at * 2).map(|at| usize::from(at) * 2) }
        };
        glyf.get(offset(at)?..offset(at + 1)?)
    };
    let characters = characters(face)?;
    let mut glyphs: BTreeSet<u16> = characters.values().copied().chain([0]).collect();
    let mut open: Vec<u16> = glyphs.iter().copied().collect();
    while let Some(glyph) = open.pop() {
        let parts = parts(outline(glyph)?)?;
        open.extend(parts.into_iter().map(|part| part.glyph).filter(|part| glyphs.insert(*part)));
    }
    let (mut outlines, mut places) = (Vec::new(), vec![0_u32]);
    for glyph in 0..count {
        let glyph = u16::try_from(glyph).ok()?;
        if glyphs.contains(&glyph) {
            outlines.extend(unhinted(outline(glyph)?)?);
            outlines.resize(outlines.len().next_multiple_of(4), 0);
        }
        places.push(u32::try_from(outlines.len()).ok()?);
    }
    let mut smaller: Tables =
        TABLES.iter().filter_map(|tag| Some((**tag, tables.get(*tag)?.clone()))).collect();
    smaller.get_mut(b"head")?.get_mut(50..52)?.copy_from_slice(&[0, 1]);
    smaller.insert(*b"loca", places.iter().flat_map(|place| place.to_be_bytes()).collect());
    smaller.insert(*b"glyf", outlines);
    smaller.insert(*b"cmap", cmap(&characters)?);
    smaller.insert(*b"post", post(tables.get(b"post")?)?);
    Some(smaller)
}

/// The kept characters with their glyphs. A font that has no Latin letters (one of signs) is kept whole.
fn characters(face: &Face<'_>) -> Option<BTreeMap<u16, u16>> {
    let mut all = BTreeMap::new();
    for table in face.tables().cmap?.subtables.into_iter().filter(ttf_parser::cmap::Subtable::is_unicode) {
        table.codepoints(|code| {
            if let (Ok(code), Some(glyph)) = (u16::try_from(code), table.glyph_index(code))
                && glyph.0 != 0
            {
                all.insert(code, glyph.0);
            }
        });
    }
    if all.contains_key(&0x61) {
        all.retain(|code, _| KEPT.iter().any(|(from, to)| (*from..=*to).contains(&u32::from(*code))));
    }
    (!all.is_empty()).then_some(all)
}

/// A part of a composite glyph.
struct Part {
    glyph: u16,
    /// Where its flags stand, and where it ends.
    flags_at: usize,
    end: usize,
}

/// The parts of a composite glyph; none for a simple or an empty one.
fn parts(outline: &[u8]) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    if outline.is_empty() || u16_at(outline, 0)? < 0x8000 {
        return Some(parts);
    }
    let mut at = 10;
    loop {
        let (flags, glyph) = (u16_at(outline, at)?, u16_at(outline, at + 2)?);
        let scale = match flags {
            _ if flags & HAS_SCALE != 0 => 2,
            _ if flags & HAS_TWO_SCALES != 0 => 4,
            _ if flags & HAS_MATRIX != 0 => 8,
            _ => 0,
        };
        let end = at + 4 + if flags & ARGUMENTS_ARE_WORDS != 0 { 4 } else { 2 } + scale;
        parts.push(Part { glyph, flags_at: at, end });
        if flags & MORE_PARTS == 0 {
            return Some(parts);
        }
        at = end;
    }
}

/// An outline without its instructions.
fn unhinted(outline: &[u8]) -> Option<Vec<u8>> {
    if outline.is_empty() {
        return Some(Vec::new());
    }
    let parts = parts(outline)?;
    if let Some(last) = parts.last() {
        let mut bare = outline.get(..last.end)?.to_vec();
        for part in &parts {
            let flags = u16_at(outline, part.flags_at)? & !HAS_INSTRUCTIONS;
            bare.get_mut(part.flags_at..part.flags_at + 2)?.copy_from_slice(&flags.to_be_bytes());
        }
        return Some(bare);
    }
    let at = 10 + usize::from(u16_at(outline, 0)?) * 2;
    let instructions = usize::from(u16_at(outline, at)?);
    Some([outline.get(..at)?, &[0, 0], outline.get(at + 2 + instructions..)?].concat())
}

/// A table of characters for the first plane (OpenType 1.9.1, `cmap`, format 4): runs of characters whose glyphs follow
/// each other too.
fn cmap(characters: &BTreeMap<u16, u16>) -> Option<Vec<u8>> {
    let mut runs: Vec<(u16, u16, u16)> = Vec::new();
    for (code, glyph) in characters {
        match runs.last_mut() {
            Some((from, to, first)) if *to + 1 == *code && first.wrapping_add(*code - *from) == *glyph => *to = *code,
            _ => runs.push((*code, *code, *glyph)),
        }
    }
    if runs.last().is_none_or(|(_, to, _)| *to != 0xFFFF) {
        runs.push((0xFFFF, 0xFFFF, 0));
    }
    let count = u16::try_from(runs.len()).ok()?;
    let power = count.ilog2();
    let range = 2 * (1_u16 << power);
    let mut words: Vec<u16> = vec![0, 2, 0, 3, 0, 20, 3, 1, 0, 20];
    words.extend([4, 16 + 8 * count, 0, count * 2, range, u16::try_from(power).ok()?, count * 2 - range]);
    words.extend(runs.iter().map(|(_, to, _)| *to));
    words.push(0);
    words.extend(runs.iter().map(|(from, _, _)| *from));
    words.extend(runs.iter().map(|(from, _, glyph)| if *from == 0xFFFF { 1 } else { glyph.wrapping_sub(*from) }));
    words.extend(runs.iter().map(|_| 0));
    Some(words.into_iter().flat_map(u16::to_be_bytes).collect())
}

/// The table for printers without the names of glyphs (version 3).
fn post(table: &[u8]) -> Option<Vec<u8>> {
    let mut bare = table.get(..32)?.to_vec();
    bare.get_mut(..4)?.copy_from_slice(&[0, 3, 0, 0]);
    Some(bare)
}
