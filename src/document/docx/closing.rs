//! The end of a document: a few lines don't stand alone on its last page.
//!
//! As the paged layouts do it (`stays` in `templates/base/components.typ`): a short last section stays on the page of the
//! section before it, unless that is long.

use crate::document::tree::{Block, BlockKind, plain};

/// Letters of a last section that is short, and of one before it that goes along.
const SHORT: usize = 480;
const GOES_ALONG: usize = 1500;

/// From which block on all stay on the page of the last one; the number of blocks, where nothing has to.
pub(super) fn closing(blocks: &[Block]) -> usize {
    let begins = |block: &Block| matches!(block.kind, BlockKind::Heading { .. }) && block.attributes.opening.is_none();
    let mut headings = blocks.iter().enumerate().rev().filter(|(_, block)| begins(block)).map(|(at, _)| at);
    let (Some(last), Some(before)) = (headings.next(), headings.next()) else { return blocks.len() };
    let letters = |blocks: &[Block]| blocks.iter().map(letters).sum::<usize>();
    let between = blocks.get(before..last).unwrap_or_default();
    let turns = blocks.get(before + 1..).unwrap_or_default().iter().any(|block| block.attributes.page_break_before);
    let short = letters(blocks.get(last..).unwrap_or_default()) < SHORT && letters(between) < GOES_ALONG;
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
