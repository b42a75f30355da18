//! The fonts of a page: what stays of a file, and which of them a page carries.

use std::collections::BTreeMap;
use std::io::Read;

use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::subset::subset;
use super::woff::{Tables, pack, tables, u16_at, u32_at};
use super::*;
use crate::document::tree::{Block, BlockKind, Inline, Tree};

fn file(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(name);
    std::fs::read(path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn regular() -> Vec<u8> {
    file("public-sans/PublicSans-Regular.ttf")
}

/// The font file in a WOFF file, put together again as its directory says, every checksum checked.
fn unpacked(woff: &[u8]) -> Vec<u8> {
    assert_eq!(&woff[..4], b"wOFF");
    let number = |at| u32_at(woff, at).expect("a number") as usize;
    assert_eq!(number(8), woff.len(), "the length of the file");
    let count = usize::from(u16_at(woff, 12).expect("a count"));
    let mut font = [&woff[4..8], &woff[12..14], &[0; 6]].concat();
    let (mut directory, mut data) = (Vec::new(), Vec::new());
    for at in (0..count).map(|entry| 44 + entry * 20) {
        let (offset, stored, length, sum) = (number(at + 4), number(at + 8), number(at + 12), number(at + 16));
        let mut table = Vec::new();
        if stored < length {
            flate2::read::ZlibDecoder::new(&woff[offset..offset + stored]).read_to_end(&mut table).expect("zlib");
        } else {
            table.extend(&woff[offset..offset + stored]);
        }
        assert_eq!(table.len(), length);
        let mut summed = table.clone();
        if &woff[at..at + 4] == b"head" {
            summed[8..12].fill(0);
        }
        summed.resize(length.next_multiple_of(4), 0);
        let words = summed.chunks(4).map(|word| u32::from_be_bytes(word.try_into().expect("four bytes")));
        assert_eq!(words.fold(0, u32::wrapping_add) as usize, sum, "the checksum of a table");
        directory.extend(&woff[at..at + 4]);
        for number in [sum, 12 + count * 16 + data.len(), length] {
            directory.extend(u32::try_from(number).expect("32 bits").to_be_bytes());
        }
        data.extend(table);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    font.extend(directory);
    font.extend(data);
    assert_eq!(font.len(), number(16), "the size of the font");
    font
}

#[derive(Default, PartialEq, Debug)]
struct Outline(Vec<String>);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(format!("M{x} {y}"));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(format!("L{x} {y}"));
    }
    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        self.0.push(format!("Q{a} {b} {x} {y}"));
    }
    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        self.0.push(format!("C{a} {b} {c} {d} {x} {y}"));
    }
    fn close(&mut self) {
        self.0.push("Z".to_owned());
    }
}

fn drawn(face: &Face<'_>, glyph: GlyphId) -> Outline {
    let mut outline = Outline::default();
    face.outline_glyph(glyph, &mut outline);
    outline
}

#[test]
fn letters_that_a_page_needs_are_drawn_as_before_and_others_are_left_to_the_next_family() {
    let whole = regular();
    let before = Face::parse(&whole, 0).expect("a font");
    let packed = unpacked(&packed(&whole).expect("a font that may travel"));
    let after = Face::parse(&packed, 0).expect("a smaller font");
    for c in "AgŵŷÔé£€–’…fi1".chars() {
        let glyph = before.glyph_index(c).expect("a glyph");
        assert_eq!(after.glyph_index(c), Some(glyph), "{c} keeps its number");
        assert_eq!(drawn(&after, glyph), drawn(&before, glyph), "{c} keeps its shape");
        assert_eq!(after.glyph_hor_advance(glyph), before.glyph_hor_advance(glyph));
    }
    let lost = before.glyph_index('ạ').expect("a letter of Vietnamese");
    assert_eq!(after.glyph_index('ạ'), None);
    assert!(drawn(&after, lost).0.is_empty());
    assert!(after.tables().gpos.is_some(), "kerning stays");
    assert!(packed.len() < whole.len() * 3 / 4, "{} of {}", packed.len(), whole.len());
}

#[test]
fn every_font_that_ships_is_packed_small_and_the_same_each_time() {
    let mut sizes = BTreeMap::new();
    for folder in ["atkinson-hyperlegible-next", "figtree", "jobpack-symbols", "public-sans", "schibsted-grotesk"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(folder);
        for entry in std::fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").file_name()) {
            let name = format!("{folder}/{}", entry.to_string_lossy());
            if name.ends_with(".ttf") {
                let woff = packed(&file(&name)).unwrap_or_else(|| panic!("{name} can't be packed"));
                assert_eq!(woff, packed(&file(&name)).expect("again"), "{name}: same bytes");
                Face::parse(&unpacked(&woff), 0).unwrap_or_else(|error| panic!("{name}: {error}"));
                sizes.insert(name, woff.len());
            }
        }
    }
    assert_eq!(sizes.len(), 17);
    assert!(sizes.values().all(|size| *size < 48_000), "{sizes:#?}");
}

#[test]
fn a_font_of_signs_is_kept_whole() {
    let signs = file("jobpack-symbols/JobpackSymbols-Regular.ttf");
    let woff = unpacked(&packed(&signs).expect("a font"));
    let face = Face::parse(&woff, 0).expect("a font");
    assert!("✓☐→■".chars().all(|c| face.glyph_index(c).is_some()));
}

#[test]
fn a_font_whose_licence_bits_forbid_it_is_not_in_the_page() {
    for (bits, may) in [(0, true), (8, true), (2, false), (4, false)] {
        let mut own: Tables = tables(&regular()).expect("tables");
        own.get_mut(b"OS/2").expect("a table")[8..10].copy_from_slice(&u16::to_be_bytes(bits));
        let font = unpacked(&pack(&own));
        assert_eq!(packed(&font).is_some(), may, "fsType {bits}");
        let fonts = WebFonts::new([("Public Sans", font.as_slice())]);
        let faces = BrandFaces { base: "Public Sans".into(), base_weight: 400, headings: "Public Sans".into(), headings_weight: 700, symbols: "-".into() };
        assert_eq!(fonts.rules(&faces, &Tree::default()).contains("@font-face"), may);
    }
}

#[test]
fn a_font_that_can_t_be_cut_travels_whole_and_what_is_no_font_not_at_all() {
    let whole = regular();
    let mut bits = tables(&whole).expect("tables");
    bits.get_mut(b"OS/2").expect("a table")[8..10].copy_from_slice(&0x0100_u16.to_be_bytes());
    let font = unpacked(&pack(&bits));
    let face_count = |font: &[u8]| Face::parse(font, 0).expect("a font").glyph_index('ạ');
    assert!(face_count(&unpacked(&packed(&font).expect("no subsetting"))).is_some());
    assert_eq!(packed(b"not a font"), None);
    assert_eq!(packed(&whole[..4000]), None);
    let mut spoiled = tables(&whole).expect("tables");
    spoiled.get_mut(b"glyf").expect("outlines").truncate(100);
    let spoiled = unpacked(&pack(&spoiled));
    let face = Face::parse(&spoiled, 0).expect("a font");
    assert!(subset(&face, &tables(&spoiled).expect("tables")).is_none(), "broken outlines are nobody's to cut");
}

fn rules(inlines: Vec<Inline>) -> Vec<String> {
    let files = ["Regular", "Italic", "Bold", "BoldItalic"].map(|style| file(&format!("public-sans/PublicSans-{style}.ttf")));
    let signs = file("jobpack-symbols/JobpackSymbols-Regular.ttf");
    let named = files.iter().map(|file| ("Public Sans", file.as_slice())).chain([("Jobpack Symbols", signs.as_slice())]);
    let fonts = WebFonts::new(named);
    let faces = BrandFaces {
        base: "Public Sans".into(),
        base_weight: 400,
        headings: "Public Sans".into(),
        headings_weight: 700,
        symbols: "Jobpack Symbols".into(),
    };
    let tree = Tree { body: vec![Block::new(BlockKind::Paragraph(inlines))], ..Tree::default() };
    let rules = fonts.rules(&faces, &tree);
    rules.lines().map(|rule| rule.split(" font-display").next().unwrap_or_default().replace("@font-face { font-family: ", "")).collect()
}

#[test]
fn a_page_carries_the_faces_that_it_shows_and_no_others() {
    let text = |words: &str| Inline::Text(words.to_owned());
    let normal = "\"Public Sans\"; font-style: normal; font-weight: 400;";
    let bold = "\"Public Sans\"; font-style: normal; font-weight: 700;";
    let italic = "\"Public Sans\"; font-style: italic; font-weight: 400;";
    let bold_italic = "\"Public Sans\"; font-style: italic; font-weight: 700;";
    let signs = "\"Jobpack Symbols\"; font-style: normal; font-weight: 400;";
    assert_eq!(rules(vec![text("Words – £5")]), [normal, bold]);
    assert_eq!(rules(vec![text("✓")]), [normal, bold, signs]);
    assert_eq!(rules(vec![Inline::Emphasis(vec![text("so")])]), [normal, italic, bold]);
    assert_eq!(rules(vec![Inline::Strong(vec![Inline::Emphasis(vec![text("so")])])]), [normal, bold, bold_italic]);
}
