//! From the codes of a font to characters, by its `ToUnicode` map.

use std::collections::BTreeMap;

use hayro_syntax::object::{Dict, Name, Stream};

/// What is needed of a font to read words.
#[derive(Debug, Clone)]
pub struct Font {
    /// Bold, by its name.
    pub bold: bool,
    /// Italic, by its name.
    pub italic: bool,
    /// Size at which it is set, in points.
    pub size: f64,
    /// Bytes in a code.
    width: usize,
    characters: BTreeMap<u32, String>,
}

impl Font {
    /// Reads a font dictionary.
    pub fn read(dict: &Dict<'_>) -> Result<Self, String> {
        let name = dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
        let map: Stream<'_> = dict.get("ToUnicode").ok_or_else(|| format!("font {name} has no ToUnicode map"))?;
        let map = map.decoded().map_err(|_| format!("the ToUnicode map of font {name} can't be read"))?;
        let map = String::from_utf8_lossy(&map);
        let composite = dict.get::<Name<'_>>("Subtype").is_some_and(|kind| kind.as_str() == "Type0");
        Ok(Self {
            bold: name.contains("Bold"),
            italic: name.contains("Italic") || name.contains("Oblique"),
            size: 0.0,
            width: if composite { 2 } else { 1 },
            characters: characters(&map),
        })
    }

    /// The characters of some codes; a code that the map lacks is a fault, since no reader could say it.
    pub fn text(&self, codes: &[u8]) -> Result<String, String> {
        let code = |bytes: &[u8]| bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
        let of = |code| self.characters.get(&code).cloned().ok_or_else(|| format!("glyph {code} stands for no character"));
        codes.chunks(self.width).map(|bytes| of(code(bytes))).collect()
    }
}

/// `bfchar` and `bfrange` of a character map.
fn characters(map: &str) -> BTreeMap<u32, String> {
    let mut found = BTreeMap::new();
    let mut section = "";
    let mut pending: Vec<&str> = Vec::new();
    for token in map.split_inclusive('>').flat_map(|piece| piece.split_inclusive(char::is_whitespace)).flat_map(pieces) {
        match token {
            "beginbfchar" | "beginbfrange" => section = token,
            "endbfchar" | "endbfrange" => section = "",
            _ if section.is_empty() || !token.starts_with('<') => continue,
            _ => pending.push(token.trim_matches(['<', '>'])),
        }
        let code = |text: &str| u32::from_str_radix(text, 16).unwrap_or_default();
        match (section, pending.as_slice()) {
            ("beginbfchar", [from, to]) => {
                found.insert(code(from), unicode(to));
            }
            ("beginbfrange", [first, last, to]) => {
                let start = unicode(to);
                for (step, at) in (code(first)..=code(last)).enumerate() {
                    found.insert(at, stepped(&start, step));
                }
            }
            _ => continue,
        }
        pending.clear();
    }
    found
}

/// A piece of a map, split before each `<`.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let at = text.find('<').unwrap_or(0);
    [&text[..at], &text[at..]].into_iter().map(str::trim).filter(|piece| !piece.is_empty())
}

fn unicode(hex: &str) -> String {
    let bytes: Vec<u8> = (0..hex.len() / 2).filter_map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()).collect();
    super::utf16(&bytes)
}

/// `text` with its last character moved on by `step`.
fn stepped(text: &str, step: usize) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    if let Some(last) = characters.last_mut() {
        *last = u32::try_from(step).ok().and_then(|step| char::from_u32(*last as u32 + step)).unwrap_or(*last);
    }
    characters.into_iter().collect()
}

#[test]
fn character_maps_are_read() {
    let map = "1 beginbfchar\n<0001> <004C>\n<0002><00660069>\nendbfchar 1 beginbfrange <0003> <0005> <0061> endbfrange";
    let found = characters(map);
    let of = |code: u32| found.get(&code).map(String::as_str);
    assert_eq!((of(1), of(2), of(3), of(5), of(6)), (Some("L"), Some("fi"), Some("a"), Some("c"), None));
}
