//! Writes a [`Tree`] as plain text (RFC 2046, section 4.1.3; UTF-8) for e-mail, job boards and whoever reads best without
//! any layout: lines of at most 72 characters (as RFC 5322, section 2.1.1, would have them at most 78), broken at white
//! space only, so that an address is never broken.
//!
//! The words are those of the other formats, in the same order; what a page says by its look is said by signs that a
//! screen reader can leave out (lines under headings) or by words that are there anyway (a column's name before each
//! cell). Notices come first, wherever the layout has put them in its opening: what is a draft must be known as one.
//!
//! Reading order: `blocks`, `table`, `inlines`, `lines` (wrapping). Nothing here reads a clock or a file.

mod blocks;
mod inlines;
mod lines;
mod table;
#[cfg(test)]
mod tests;

use super::tree::{Block, BlockKind, Inline, Tree};
use crate::diagnostic::Diagnostic;
use crate::document::illegal::{excerpt, illegal_character, is_illegal};
use lines::Lines;

/// Words that the writer adds.
#[derive(Debug, Clone, Copy)]
pub struct TextLabels<'a> {
    /// "Contents": heading of a contents list that has no heading of its own before it.
    pub contents: &'a str,
    /// "Footnotes": heading of the notes.
    pub footnotes: &'a str,
}

/// Writes a document; its last line is ended, as every other.
///
/// # Errors
/// `illegal-character` for a character that no text can carry.
pub fn write(tree: &Tree, labels: TextLabels<'_>) -> Result<String, Vec<Diagnostic>> {
    let mut writer = Writer { labels, out: Lines::default() };
    let opening = tree.body.iter().take_while(|block| opens(block)).count();
    let (notices, rest): (Vec<_>, Vec<_>) = tree.body.iter().enumerate().partition(|(at, block)| *at < opening && is_notice(block));
    for blocks in [notices, rest] {
        let blocks: Vec<Block> = blocks.into_iter().map(|(_, block)| block.clone()).collect();
        writer.each(&blocks);
    }
    writer.footnotes(&tree.footnotes);
    let text = writer.out.finish();
    let mut illegal: Vec<char> = text.chars().filter(|c| is_illegal(*c)).collect();
    illegal.sort_unstable();
    illegal.dedup();
    if illegal.is_empty() {
        return Ok(text);
    }
    let near = |c: char| text.lines().find(|line| line.contains(c)).map(excerpt).unwrap_or_default();
    Err(illegal.into_iter().map(|c| illegal_character(c, &near(c), "plain text")).collect())
}

/// Whether a block may stand before the first words of a document's own.
fn opens(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Title(_) | BlockKind::Heading { .. } | BlockKind::Image(_) => true,
        BlockKind::Paragraph(_) => block.attributes.style.is_some() || only_pictures(block),
        _ => false,
    }
}

fn only_pictures(block: &Block) -> bool {
    block.kind.inlines().iter().all(|inline| matches!(inline, Inline::Image(_)))
}

fn is_notice(block: &Block) -> bool {
    block.attributes.style.as_deref() == Some("notice")
}

/// One document under construction.
struct Writer<'a> {
    labels: TextLabels<'a>,
    out: Lines,
}
