//! Characters that a format can't carry or no font of the brand has, found before anything is typeset.
//!
//! The verdict is the same for every format: a character that only the PDF would refuse is refused.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Span};
use crate::source::{Node, control_character};

/// Longest word, in characters: longer than any link that a reader can follow, and what a PDF takes in one string.
const MAX_WORD: usize = 4000;

/// Looks through every scalar below `node`, which stands at `path` of its file; `printable` says whether some font of the
/// brand has a character.
pub(super) fn check(path: &str, node: &Node, printable: &dyn Fn(char) -> bool, faults: &mut Vec<Diagnostic>) {
    node.walk(path, &mut |path, node| {
        let Some(text) = node.as_text() else { return };
        if text.len() > MAX_WORD && text.split(breaks).any(|word| word.chars().nth(MAX_WORD).is_some()) {
            let fault = Diagnostic::error("word-too-long", format!("a word has more than {MAX_WORD} characters"));
            faults.push(fault.at(node.span.clone()).field(path).hint("put spaces between words; is this the content of a file?"));
        }
        if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control() && byte != b'\n') {
            return;
        }
        if ["source.", "variables.", "acronyms."].iter().any(|hidden| path.starts_with(hidden)) {
            return;
        }
        let mut seen = BTreeSet::new();
        let mut lacking: Vec<char> = Vec::new();
        for character in text.chars().filter(|character| seen.insert(*character)) {
            match verdict(character, printable) {
                Some(fault) if fault.code == "missing-glyph" => lacking.push(character),
                Some(fault) => faults.push(fault.at(place(node, character)).field(path)),
                None => {}
            }
        }
        if let Some(first) = lacking.first() {
            faults.push(missing(&lacking).at(place(node, *first)).field(path));
        }
    });
}

/// Whether a line may end at a character: at a space, and anywhere in scripts that have none (CJK begins at U+2E80).
fn breaks(character: char) -> bool {
    character.is_whitespace() || character >= '\u{2E80}'
}

/// The place of the character in the file, or the whole value where it was written as an escape.
fn place(node: &Node, character: char) -> Span {
    match node.span.text().find(character) {
        Some(at) => {
            let start = node.span.range.start + at;
            Span::new(&node.span.file, start..start + character.len_utf8())
        }
        None => node.span.clone(),
    }
}

fn verdict(character: char, printable: &dyn Fn(char) -> bool) -> Option<Diagnostic> {
    let code = u32::from(character);
    let name = format!("U+{code:04X}");
    match character {
        '\n' | '\t' | ' ' => None,
        // Direction and joining marks that fonts need not draw, and the soft hyphen.
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' => None,
        _ if control_character(character).is_some() => control_character(character),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => Some(
            Diagnostic::error("invisible-character", format!("{name} is invisible and changes how text is read"))
                .hint("delete it; for a passage in another language use a block with `language`"),
        ),
        '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. => Some(
            Diagnostic::error("private-use-character", format!("{name} means something only in one font, such as a bullet of Word's Symbol font"))
                .hint("delete it; write bullets as items of a `list`"),
        ),
        _ if printable(character) => None,
        _ => Some(missing(&[character])),
    }
}

/// One finding for all characters of a value that no font has.
fn missing(characters: &[char]) -> Diagnostic {
    let names: Vec<_> = characters.iter().take(5).map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect();
    let more = if characters.len() > 5 { format!(" and {} more", characters.len() - 5) } else { String::new() };
    Diagnostic::error("missing-glyph", format!("no font of the brand has {}{more}", names.join(", ")))
        .hint("use words or another sign, or add a font that has it to `_brand.yml`")
}
