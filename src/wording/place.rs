//! From an offset in a template to a place in the file that it was read from.
//!
//! A page is the whole of its file. A clause is a YAML scalar: YAML took away indentation, line breaks, quotes and
//! escapes, so both texts are walked side by side and only what differs by these is skipped.

use std::ops::Range;

use crate::diagnostic::Span;

/// The text of a template and the place of it.
#[derive(Debug)]
pub(super) struct Places {
    text: String,
    origin: Span,
}

impl Places {
    pub(super) fn new(text: String, origin: Span) -> Self {
        Self { text, origin }
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A part of the text.
    pub(super) fn part(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// Where a part of the template stands in the file; the whole template's place if that can't be told.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        let source = self.origin.text();
        let base = self.origin.range.start;
        let within =
            |range: Range<usize>| Span::new(&self.origin.file, base + range.start..base + range.end.max(range.start));
        if source == self.text {
            return within(range.start.min(source.len())..range.end.min(source.len()));
        }
        let walked = walk(&self.text, source);
        let start = walked.iter().find(|step| step.text.contains(&range.start));
        let last = range.end.max(range.start + 1) - 1;
        let end = walked.iter().rev().find(|step| step.text.contains(&last));
        match (start, end) {
            (Some(start), Some(end)) if range.is_empty() => {
                within(start.source.start..start.source.start.min(end.source.end))
            }
            (Some(start), Some(end)) => within(start.source.start..end.source.end),
            (Some(start), None) => within(start.source.clone()),
            _ => self.origin.clone(),
        }
    }
}

/// A piece of the template's text and the piece of the file that it was read from.
struct Step {
    text: Range<usize>,
    source: Range<usize>,
}

/// Walks both texts as far as they agree.
fn walk(text: &str, source: &str) -> Vec<Step> {
    let quote = source.chars().next().filter(|first| matches!(first, '"' | '\''));
    let quoted = quote.map(|_| walk_from(text, source, 1, quote));
    let indicated = source.starts_with(['|', '>']).then(|| {
        // the line with the indicator of a block scalar: `>-`, `|`
        walk_from(text, source, source.find('\n').unwrap_or(source.len()), None)
    });
    // words may start with such a character too
    let plain = walk_from(text, source, 0, None);
    [Some(plain), quoted, indicated].into_iter().flatten().max_by_key(Vec::len).unwrap_or_default()
}

fn walk_from(text: &str, source: &str, mut at: usize, quote: Option<char>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut from = 0;
    let blank = |text: &str| text.len() - text.trim_start().len();
    while let Some(char) = text.get(from..).and_then(|rest| rest.chars().next()) {
        let start = at;
        let rest = source.get(at..).unwrap_or_default();
        let white = blank(rest);
        let length = if char.is_whitespace() {
            let length = blank(text.get(from..).unwrap_or_default());
            let mut taken = white;
            // white space may be written as an escape
            while let Some((found, escape)) = escaped(rest.get(taken..).unwrap_or_default(), quote)
                && found.is_none_or(char::is_whitespace)
            {
                taken += escape;
                taken += blank(rest.get(taken..).unwrap_or_default());
            }
            // lines that a block scalar leaves blank before its first words stand before its place
            if taken == 0 && !steps.is_empty() {
                return steps;
            }
            at += taken;
            length
        } else {
            at += white;
            let mut rest = rest.get(white..).unwrap_or_default();
            while let Some((None, escape)) = escaped(rest, quote) {
                at += escape;
                rest = rest.get(escape..).unwrap_or_default();
                at += blank(rest);
                rest = rest.trim_start();
            }
            let begin = at;
            at += match escaped(rest, quote) {
                Some((Some(found), length)) if found == char => length,
                None if rest.starts_with(char) => char.len_utf8(),
                _ => return steps,
            };
            steps.push(Step { text: from..from + char.len_utf8(), source: begin..at });
            from += char.len_utf8();
            continue;
        };
        steps.push(Step { text: from..from + length, source: start..at });
        from += length;
    }
    steps
}

/// An escape of a quoted scalar: the character that it stands for (none for a folded line break) and its length.
fn escaped(source: &str, quote: Option<char>) -> Option<(Option<char>, usize)> {
    let code = |digits: usize| {
        let code = source.get(2..2 + digits).and_then(|code| u32::from_str_radix(code, 16).ok())?;
        Some((Some(char::from_u32(code)?), 2 + digits))
    };
    match (quote, source.as_bytes()) {
        (Some('\''), [b'\'', b'\'', ..]) => Some((Some('\''), 2)),
        (Some('"'), [b'\\', second, ..]) => match second {
            b'\n' => Some((None, 2)),
            b'\r' => Some((None, 2)),
            b'n' => Some((Some('\n'), 2)),
            b't' | b'\t' => Some((Some('\t'), 2)),
            b'r' => Some((Some('\r'), 2)),
            b'_' => Some((Some('\u{a0}'), 2)),
            b'N' => Some((Some('\u{85}'), 2)),
            b'L' => Some((Some('\u{2028}'), 2)),
            b'P' => Some((Some('\u{2029}'), 2)),
            b'x' => code(2),
            b'u' => code(4),
            b'U' => code(8),
            b'"' | b'\\' | b'/' | b' ' => Some((Some(char::from(*second)), 2)),
            _ => None,
        },
        _ => None,
    }
}
