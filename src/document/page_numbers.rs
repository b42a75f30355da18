//! Takes numbers of pages out of a line: web page and plain text have none.
//!
//! The words around a number ("Page 1 of 2") go with it, in any language; what a separator or line break sets apart
//! from it ("Havering · Page 1 of 2") stays.

use std::borrow::Cow;

use crate::document::tree::Inline;

/// What sets one part of a running line apart from the next.
const SEPARATORS: [char; 5] = ['·', '|', '•', '—', '\u{2003}'];

/// The content without its page numbers and what belongs to them.
pub(super) fn without_page_numbers(content: &[Inline]) -> Cow<'_, [Inline]> {
    if !content.iter().any(has_number) {
        return Cow::Borrowed(content);
    }
    let mut parts: Vec<(Inline, Vec<Inline>)> = vec![(Inline::Text(String::new()), Vec::new())];
    for inline in content {
        match inline {
            Inline::Text(text) => split(text, &mut parts),
            Inline::LineBreak => parts.push((Inline::LineBreak, Vec::new())),
            other => push(&mut parts, other.clone()),
        }
    }
    let mut kept = Vec::new();
    for (separator, part) in parts {
        if part.is_empty() || part.iter().any(has_number) {
            continue;
        }
        if !kept.is_empty() {
            kept.push(separator);
        }
        kept.extend(part);
    }
    Cow::Owned(kept)
}

/// Divides a text at its separators; each new part keeps the one before it.
fn split(text: &str, parts: &mut Vec<(Inline, Vec<Inline>)>) {
    let mut rest = text;
    while let Some((at, separator)) = rest.char_indices().find(|(_, c)| SEPARATORS.contains(c)) {
        push(parts, Inline::Text(rest[..at].trim_end().to_owned()));
        parts.push((Inline::Text(format!(" {separator}")), Vec::new()));
        rest = &rest[at + separator.len_utf8()..];
    }
    push(parts, Inline::Text(rest.to_owned()));
}

fn push(parts: &mut [(Inline, Vec<Inline>)], inline: Inline) {
    if let Some((_, part)) = parts.last_mut()
        && inline != Inline::Text(String::new())
    {
        part.push(inline);
    }
}

fn has_number(inline: &Inline) -> bool {
    match inline {
        Inline::PageNumber | Inline::PageCount => true,
        Inline::Strong(content) | Inline::Emphasis(content) => content.iter().any(has_number),
        Inline::Link { content, .. } | Inline::Span { content, .. } => content.iter().any(has_number),
        Inline::Text(_) | Inline::Image(_) | Inline::Scale { .. } | Inline::LineBreak | Inline::NoteReference(_) => false,
    }
}
