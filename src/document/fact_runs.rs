//! Facts that a layout prints without a table: a label (style `label`), its value below, and so on.
//!
//! They are paragraphs, and stay so in Word. Web page and plain text can say more: that each label names a value.

use super::tree::{Block, BlockKind, Inline};

/// Fewest facts that make a run; a single label above a paragraph is a small heading.
const FEWEST: usize = 2;

/// A label and its value.
pub(super) type Fact<'a> = (&'a [Inline], &'a [Inline]);

/// The facts that blocks begin with, and how many blocks they are: two each. Empty where they don't begin with some.
pub(super) fn facts(blocks: &[Block]) -> Vec<Fact<'_>> {
    let facts: Vec<Fact<'_>> = blocks.chunks_exact(2).map_while(fact).collect();
    if facts.len() < FEWEST { Vec::new() } else { facts }
}

fn fact(pair: &[Block]) -> Option<Fact<'_>> {
    let [label, value] = pair else { return None };
    let (BlockKind::Paragraph(name), BlockKind::Paragraph(words)) = (&label.kind, &value.kind) else { return None };
    let bare = |block: &Block| block.attributes.id.is_none() && !block.attributes.page_break_before;
    let is_label = label.attributes.style.as_deref() == Some("label") && bare(label);
    let is_value = value.attributes.style.is_none() && value.attributes.language.is_none() && bare(value);
    (is_label && is_value).then_some((name.as_slice(), words.as_slice()))
}
