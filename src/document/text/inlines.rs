//! Runs of words. Marks are dropped, links keep their address.

use crate::document::tree::{Inline, LinkTarget};

/// The words of inline content; a forced line break is one.
pub(super) fn words(content: &[Inline]) -> String {
    let mut said = String::new();
    push(content, &mut said);
    let lines: Vec<&str> = said.split('\n').map(|line| line.trim_matches(' ')).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn push(content: &[Inline], said: &mut String) {
    for inline in content {
        match inline {
            // Signs that only say where a line may be broken.
            Inline::Text(text) => said.extend(text.chars().filter(|c| !matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}'))),
            Inline::Strong(content) | Inline::Emphasis(content) | Inline::Span { content, .. } => push(content, said),
            Inline::Link { target: LinkTarget::External(address), content } => {
                let words = words(content);
                said.push_str(&words);
                let bare = ["mailto:", "tel:"].iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
                if !same(&words, bare) {
                    said.push_str(&format!(" ({bare})"));
                }
            }
            Inline::Link { target: LinkTarget::Internal(_), content } => push(content, said),
            Inline::Image(image) => said.push_str(&image.alt),
            Inline::LineBreak => said.push('\n'),
            Inline::Scale { .. } | Inline::PageNumber | Inline::PageCount => {}
            Inline::NoteReference(index) => said.push_str(&format!(" [{}]", index + 1)),
        }
    }
}

/// Whether the words of a link are its address already, however its number or scheme is written.
fn same(words: &str, address: &str) -> bool {
    let bare = |text: &str| -> String {
        let text = text.trim().to_lowercase();
        let text = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(&text);
        text.trim_end_matches('/').chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
    };
    bare(words) == bare(address)
}
