//! The words of the paged result against the words of the semantic tree, on every build.
//!
//! Compared without white space, in reading order. Headers, footers, list labels, footnotes and the contents list are
//! made by each format in its own way and are left out on both sides.

use crate::diagnostic::Diagnostic;
use crate::document::tree::{Inline, Tree, walk};
use crate::source::Node;
use crate::typeset::{PagedDocument, off_sheet};

/// Holds the characters of the pages against those of the tree.
pub(super) fn compare(pages: &[(usize, String)], tree: &Tree) -> Option<Diagnostic> {
    let mut said = String::new();
    walk(&tree.body, &mut |block| inlines(block.kind.inlines(), &mut said));
    let paged: String = pages.iter().flat_map(|(_, text)| text.chars()).filter(|c| is_drawn(*c)).collect();
    if paged == said || same_letters(&paged, &said) {
        return None;
    }
    let at = paged.chars().zip(said.chars()).take_while(|(one, other)| one == other).count();
    let mut before = 0;
    let page = pages.iter().find(|(_, text)| {
        before += text.chars().filter(|c| is_drawn(*c)).count();
        before > at
    });
    let shown = |text: &str| text.chars().skip(at.saturating_sub(12)).take(40).collect::<String>();
    let page = page.or(pages.last()).map_or(1, |(page, _)| *page);
    Some(
        Diagnostic::error("formats-differ", "the PDF and the Word and web versions do not say the same")
            .hint(format!("page {page} of the PDF has `{}`, Word and web have `{}`", shown(&paged), shown(&said)))
            .hint("use a component of `templates/base`, which has a form for every format"),
    )
}

/// That every word of the pages stands on its sheet: one that is below it is still read, and seen by nobody.
///
/// - words of `pack`: where the fault is, if they can be found there; else in the layout's code at `path`
pub(super) fn on_sheets(document: &PagedDocument, pack: &Node, path: &str) -> Option<Diagnostic> {
    let (page, words) = off_sheet(document)?;
    let message = format!("`{words}` stands outside the sheet on page {page} of the PDF");
    let fault = Diagnostic::error("words-off-sheet", message);
    let fault = match pack.find_text(|text| text.contains(words.trim())) {
        Some(node) => fault.at(node.span.clone()),
        None => fault.in_file(path),
    };
    let hint = if words.trim().contains(' ') {
        "something that may not break over pages is higher than a page: let it break, or make it shorter"
    } else {
        "a word without a break is wider than its line, or what may not break over pages is higher than a page"
    };
    Some(fault.hint(hint))
}

/// White space, soft hyphens and direction marks are not drawn, and a typesetter may leave them out.
fn is_drawn(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}')
}

/// Text with right-to-left letters is drawn in visual order: there the letters are compared, not their order.
fn same_letters(one: &str, other: &str) -> bool {
    let right_to_left = |c: char| matches!(u32::from(c), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF);
    if !one.chars().any(right_to_left) {
        return false;
    }
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

fn inlines(all: &[Inline], to: &mut String) {
    for inline in all {
        match inline {
            Inline::Text(text) => to.extend(text.chars().filter(|c| is_drawn(*c))),
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Link { content: inner, .. }
            | Inline::Span { content: inner, .. } => inlines(inner, to),
            Inline::Image(_) | Inline::Scale { .. } | Inline::LineBreak => {}
            Inline::PageNumber | Inline::PageCount | Inline::NoteReference(_) => {}
        }
    }
}
