//! What a document asks of its fonts: emphasised words, and characters.

use std::collections::BTreeSet;

use crate::document::tree::{Block, BlockKind, Inline, Tree, walk};

/// What a document shows.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Words in italics.
    pub(super) emphasis: bool,
    /// Words in bold italics.
    pub(super) strong_emphasis: bool,
    /// Every character.
    pub(super) characters: BTreeSet<char>,
}

impl Used {
    /// Reads the whole document.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut used = Self::default();
        let notes = tree.footnotes.iter().map(Vec::as_slice);
        for blocks in [tree.header.as_slice(), &tree.body, &tree.footer].into_iter().chain(notes) {
            walk(blocks, &mut |block| used.block(block));
        }
        used
    }

    fn block(&mut self, block: &Block) {
        let strong = matches!(block.kind, BlockKind::Title(_) | BlockKind::Heading { .. } | BlockKind::Table(_));
        self.inlines(block.kind.inlines(), strong);
        if let BlockKind::Table(table) = &block.kind {
            // Cells that name others are bold.
            let named = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.scope.is_some());
            named.for_each(|cell| walk(&cell.blocks, &mut |block| self.inlines(block.kind.inlines(), true)));
        }
    }

    fn inlines(&mut self, content: &[Inline], strong: bool) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.characters.extend(text.chars().filter(|c| !c.is_ascii() && !c.is_whitespace())),
                Inline::Strong(content) => self.inlines(content, true),
                Inline::Emphasis(content) => {
                    self.emphasis |= !strong;
                    self.strong_emphasis |= strong || content.iter().any(|inline| matches!(inline, Inline::Strong(_)));
                    self.inlines(content, strong);
                }
                Inline::Link { content, .. } | Inline::Span { content, .. } => self.inlines(content, strong),
                Inline::Image(_) | Inline::Scale { .. } | Inline::LineBreak | Inline::PageNumber | Inline::PageCount | Inline::NoteReference(_) => {}
            }
        }
    }
}
