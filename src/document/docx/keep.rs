//! What stays on the page of what follows it (`w:keepNext`, ISO/IEC 29500-1 clause 17.3.1.15), as the paged layouts keep
//! it (`stays` in `templates/base/components.typ`). What styles keep by themselves is not said here.

use crate::document::tree::{Block, BlockKind, plain};

/// Letters of a paragraph that is kept with the next: as many as the paged layouts keep (`stays` in
/// `templates/base/components.typ`).
pub(super) const SHORT: usize = 300;

/// Letters of a last section that is short, and of one before it that goes along.
const LAST: usize = 480;
const GOES_ALONG: usize = 1500;

/// From which block on all stay on the page of the last one, so that no document ends with a page of a few lines; the
/// number of blocks, where nothing has to.
pub(super) fn closing(blocks: &[Block]) -> usize {
    let begins = |block: &Block| matches!(block.kind, BlockKind::Heading { .. }) && block.attributes.opening.is_none();
    let mut headings = blocks.iter().enumerate().rev().filter(|(_, block)| begins(block)).map(|(at, _)| at);
    let (Some(last), Some(before)) = (headings.next(), headings.next()) else { return blocks.len() };
    let letters = |blocks: &[Block]| blocks.iter().map(letters).sum::<usize>();
    let between = blocks.get(before..last).unwrap_or_default();
    let turns = blocks.get(before + 1..).unwrap_or_default().iter().any(|block| block.attributes.page_break_before);
    let short = letters(blocks.get(last..).unwrap_or_default()) < LAST && letters(between) < GOES_ALONG;
    if short && !turns && !between.iter().any(|block| block.attributes.opening.is_some()) { before } else { blocks.len() }
}

/// Letters of a block; a table is too high to be counted by them.
fn letters(block: &Block) -> usize {
    match &block.kind {
        BlockKind::Title(content) | BlockKind::Heading { content, .. } | BlockKind::Paragraph(content) => plain(content).len(),
        BlockKind::SignatureLine(content) => plain(content).len() + 80,
        BlockKind::List(list) => list.items.iter().flatten().map(letters).sum(),
        BlockKind::Group(blocks) => blocks.iter().map(letters).sum(),
        BlockKind::Table(_) | BlockKind::Image(_) | BlockKind::Contents(_) => GOES_ALONG,
    }
}

/// Whether a paragraph belongs on the page of what follows: a line before a list or table, or before lines to sign on; one
/// that ends with a colon, whatever follows; and a line to sign on, on that of the next such line.
pub(super) fn leads_in(block: &Block, next: &Block) -> bool {
    let signs = |block: &Block| matches!(block.kind, BlockKind::SignatureLine(_));
    if signs(block) {
        return signs(next);
    }
    let BlockKind::Paragraph(content) = &block.kind else { return false };
    let words = plain(content);
    let followed = match &next.kind {
        BlockKind::List(_) | BlockKind::Table(_) => true,
        BlockKind::Group(blocks) => blocks.first().is_some_and(signs),
        _ => signs(next) || words.trim_end().ends_with(':'),
    };
    followed && !next.attributes.page_break_before && words.len() < SHORT
}

/// Whether a paragraph stands between a heading and the first heading below that, and so belongs to both.
pub(super) fn between(before: Option<&Block>, block: &Block, next: &Block) -> bool {
    let level = |block: &Block| match block.kind {
        BlockKind::Heading { level, .. } => Some(level),
        _ => None,
    };
    let BlockKind::Paragraph(content) = &block.kind else { return false };
    let below = before.and_then(level).zip(level(next)).is_some_and(|(before, next)| next > before);
    below && plain(content).len() < SHORT
}
