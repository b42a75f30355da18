//! Text as markup, and characters that no document can hold, found by whichever writer meets them.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;

/// Whether a character can't stand in any of our formats: what XML 1.0 excludes (section 2.2), what the HTML Standard
/// calls a parse error (section 13.2.3.5), the C1 controls and the noncharacters.
pub(super) fn is_illegal(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Writes a text with entities for what would be markup. A character that can't stand there is left out and remembered, with words
/// around it.
///
/// - more: entities beside the usual four
pub(super) fn escape(text: &str, (out, illegal): (&mut String, &mut BTreeMap<char, String>), more: impl Fn(char) -> Option<&'static str>) {
    let mut plain = 0;
    for (at, c) in text.char_indices() {
        let written = match c {
            // By far the most, as in pictures.
            _ if c.is_ascii_alphanumeric() => continue,
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            c if is_illegal(c) => {
                illegal.entry(c).or_insert_with(|| excerpt(text));
                ""
            }
            c => match more(c) {
                Some(entity) => entity,
                None => continue,
            },
        };
        out.push_str(&text[plain..at]);
        out.push_str(written);
        plain = at + c.len_utf8();
    }
    out.push_str(&text[plain..]);
}

/// The finding for such a character; `kind` says what was being written: "a Word file".
pub(super) fn illegal_character(c: char, near: &str, kind: &str) -> Diagnostic {
    Diagnostic::error(
        "illegal-character",
        format!("the character U+{:04X} in `{near}` can't be written to {kind}", u32::from(c)),
    )
    .hint("remove it from the text; it is a control code that was probably pasted in by accident")
}

/// Words around an illegal character, without it.
pub(super) fn excerpt(text: &str) -> String {
    text.chars().filter(|c| !is_illegal(*c)).take(40).collect()
}
