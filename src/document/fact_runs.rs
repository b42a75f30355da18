//! Facts that a layout prints without a table: a label (style `label`), its value below, and so on.
//!
//! They are paragraphs, and stay so in Word. Web page and plain text can say more: that each label names a value.

use super::tree::{Block, BlockKind, Inline};

/// Fewest facts that make a run; a single label above a paragraph is a small heading.
const FEWEST: usize = 2;

/// A label and its value.
pub(super) type Fact<'a> = (&'a [Inline], &'a [Inline]);

/// What a writer meets on its way down: facts in a row, or a block by itself.
pub(super) enum Run<'a> {
    /// Labels with their values.
    Facts(Vec<Fact<'a>>),
    /// Any other block.
    Block(&'a Block),
}

/// The runs of blocks, in their order.
pub(super) fn runs(blocks: &[Block]) -> impl Iterator<Item = Run<'_>> {
    let mut rest = blocks;
    std::iter::from_fn(move || {
        let (first, after) = rest.split_first()?;
        let facts = facts(rest);
        if facts.is_empty() {
            rest = after;
            return Some(Run::Block(first));
        }
        rest = &rest[facts.len() * 2..];
        Some(Run::Facts(facts))
    })
}

/// The facts that blocks begin with; each is two blocks. Empty where they don't begin with some.
fn facts(blocks: &[Block]) -> Vec<Fact<'_>> {
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
