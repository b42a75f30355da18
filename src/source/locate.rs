//! Where words of a value stand in its file: YAML folds lines and resolves escapes, so that a place in the text is no place in
//! the file.

use std::ops::Range;

use super::node::Node;
use crate::diagnostic::Span;

impl Node {
    /// The place in the file of some bytes of this text; the whole value, if they can't be told apart.
    pub fn locate(&self, range: Range<usize>) -> Span {
        self.located(range).0
    }

    /// The same, and whether these bytes are all that stands there: then other words can be put in their place.
    pub fn located(&self, range: Range<usize>) -> (Span, bool) {
        let places = self.as_text().and_then(|text| places(text, self.span.text()));
        let found = places.and_then(|places| {
            let first = places.iter().find(|place| place.text.start <= range.start && range.start < place.text.end)?;
            let last = places.iter().rev().find(|place| place.text.start < range.end && range.end <= place.text.end)?;
            let begin = self.span.range.start;
            let exact = first.text.start == range.start && last.text.end == range.end;
            (first.raw.start < last.raw.end).then(|| (Span::new(&self.span.file, begin + first.raw.start..begin + last.raw.end), exact))
        });
        found.unwrap_or_else(|| (self.span.clone(), false))
    }
}

/// A character, or a run of white space, in the text and in the file.
struct Place {
    text: Range<usize>,
    raw: Range<usize>,
}

/// Holds a text against the way it is written (YAML 1.2.2, chapters 7 and 8): the same characters stand in the same order, white
/// space may be any other, and quoted text has escapes.
fn places(text: &str, raw: &str) -> Option<Vec<Place>> {
    let quote = raw.chars().next().filter(|first| matches!(first, '"' | '\''));
    let mut at = match raw.chars().next() {
        Some('"' | '\'') => 1,
        // The header of a block scalar.
        Some('>' | '|') => raw.find('\n')? + 1,
        _ => 0,
    };
    let blank = |from: usize| from + raw[from..].len() - raw[from..].trim_start().len();
    at = blank(at);
    let mut places = Vec::with_capacity(text.len());
    let mut characters = text.char_indices().peekable();
    while let Some((begin, character)) = characters.next() {
        let mut end = begin + character.len_utf8();
        let from = at;
        if quote == Some('"') && raw[at..].starts_with('\\') {
            let (written, length) = escape(&raw[at..])?;
            at += length;
            if written.is_none() {
                // A break of the line that is no part of the text.
                at = blank(at);
                if !raw[at..].starts_with(character) {
                    return None;
                }
                at += character.len_utf8();
            }
        } else if character.is_whitespace() {
            at = blank(at);
            // A blank that is written as an escape is a place of its own.
            let is_escaped = |next: char| quote == Some('"') && is_escape_of(&raw[at..], next);
            while let Some((next, _)) = characters.next_if(|(_, next)| next.is_whitespace() && !is_escaped(*next)) {
                end = next + text[next..].chars().next().map_or(0, char::len_utf8);
            }
        } else if quote == Some('\'') && character == '\'' {
            at += raw[at..].starts_with("''").then_some(2)?;
        } else {
            at += raw[at..].starts_with(character).then_some(character.len_utf8())?;
        }
        places.push(Place { text: begin..end, raw: from..at });
    }
    Some(places)
}

/// The character that an escape stands for, unless it only breaks the line, and the length of the escape (section 5.7).
fn escape(raw: &str) -> Option<(Option<()>, usize)> {
    let kind = raw.chars().nth(1)?;
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    let length = 1 + kind.len_utf8() + digits;
    raw.get(..length)?;
    Some(((!matches!(kind, '\n' | '\r')).then_some(()), length))
}

/// Whether an escape stands for a blank character (section 5.7).
fn is_escape_of(raw: &str, blank: char) -> bool {
    let Some(rest) = raw.strip_prefix('\\') else { return false };
    let code = |digits: usize| rest.get(1..=digits).and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
    let written = match rest.chars().next() {
        Some('t' | '\t') => Some('\t'),
        Some('n') => Some('\n'),
        Some('v') => Some('\u{b}'),
        Some('f') => Some('\u{c}'),
        Some('r') => Some('\r'),
        Some(' ') => Some(' '),
        Some('N') => Some('\u{85}'),
        Some('_') => Some('\u{a0}'),
        Some('L') => Some('\u{2028}'),
        Some('P') => Some('\u{2029}'),
        Some('x') => code(2),
        Some('u') => code(4),
        Some('U') => code(8),
        _ => None,
    };
    written == Some(blank)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::diagnostic::SourceText;
    use crate::source::{Layer, read};

    #[track_caller]
    fn located(yaml: &str, words: &str) -> String {
        let file = Arc::new(SourceText { path: "a.yaml".to_owned(), text: yaml.to_owned() });
        let node = read(&file, Layer::Profile).expect("YAML");
        let text = node.get("a").expect("a");
        let at = text.as_text().expect("text").find(words).expect("the words are there");
        text.locate(at..at + words.len()).text().to_owned()
    }

    #[test]
    fn words_are_found_however_they_are_written() {
        assert_eq!(located("a: one two three\n", "two"), "two");
        assert_eq!(located("a: >-\n  one\n  two   three\n\n  four\n", "two   three"), "two   three");
        assert_eq!(located("a: >-\n  one\n  two\n  three\n", "one two"), "one\n  two");
        assert_eq!(located("a: |\n    one\n      two\n    three\n", "two"), "two");
        assert_eq!(located("a: 'the school''s two'\n", "'s two"), "''s two");
        assert_eq!(located("a: \"one \\\"two\\\" \\u00e9 three\"\n", "\"two\""), "\\\"two\\\"");
        assert_eq!(located("a: \"one \\\"two\\\" \\u00e9 three\"\n", "é three"), "\\u00e9 three");
        assert_eq!(located("a: \"one\n  two\"\n", "two"), "two");
        assert_eq!(located("a: \"one \\t\\u00adtwo\"\n", "\u{ad}"), "\\u00ad");
        assert_eq!(located("a: \"one\n\n\n  \\u00adtwo\"\n", "\u{ad}"), "\\u00ad");
        assert_eq!(located("a: one\n  two\n", "one two"), "one\n  two");
        assert_eq!(located("a: dreißig – zwei\n", "– zwei"), "– zwei");
    }
}
