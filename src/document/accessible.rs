//! What the standards ask of a document and Typst does not: header cells in every table (PDF/UA-1, ISO 14289-1, 7.5) and
//! links that say where they lead (WCAG 2.2, 2.4.4).

use super::tree::{Block, BlockKind, Inline, Tree};
use crate::diagnostic::Diagnostic;

/// Words of a link that tell nobody where it leads, in small letters.
const EMPTY_WORDS: [&str; 7] = ["here", "click here", "this", "link", "this link", "more", "read more"];

/// An error for each table without header cells, a warning for each link that says nothing.
pub fn check(tree: &Tree) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    blocks(&tree.body, &mut found);
    tree.footnotes.iter().for_each(|note| blocks(note, &mut found));
    found
}

fn blocks(all: &[Block], found: &mut Vec<Diagnostic>) {
    for block in all {
        match &block.kind {
            BlockKind::Title(content)
            | BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::SignatureLine(content) => inlines(content, found),
            BlockKind::List(list) => list.items.iter().for_each(|item| blocks(item, found)),
            BlockKind::Group(inner) => blocks(inner, found),
            BlockKind::Table(table) => {
                let mut cells = table.rows.iter().flat_map(|row| &row.cells);
                if !cells.clone().any(|cell| cell.scope.is_some()) {
                    let first = cells.next().map(|cell| words_of(&cell.blocks)).unwrap_or_default();
                    found.push(
                        Diagnostic::error("table-without-header", format!("the table that begins with `{first}` has no header cells"))
                            .hint("use `facts` or `simple-table` of `templates/base`, or give it a `table.header(...)`"),
                    );
                }
                inlines(&table.caption, found);
                table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| blocks(&cell.blocks, found));
            }
            BlockKind::Image(_) | BlockKind::Contents(_) => {}
        }
    }
}

fn inlines(all: &[Inline], found: &mut Vec<Diagnostic>) {
    for inline in all {
        match inline {
            Inline::Link { content, .. } => {
                let said = text(content);
                if EMPTY_WORDS.contains(&said.trim().to_lowercase().as_str()) {
                    let message = format!("a link is called `{}`, which doesn't say where it leads", said.trim());
                    found.push(Diagnostic::warning("link-says-nothing", message).hint("name what it leads to"));
                }
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Span { content: inner, .. } => inlines(inner, found),
            _ => {}
        }
    }
}

fn words_of(all: &[Block]) -> String {
    all.iter()
        .map(|block| match &block.kind {
            BlockKind::Paragraph(content) => text(content),
            _ => String::new(),
        })
        .collect()
}

fn text(all: &[Inline]) -> String {
    all.iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Link { content: inner, .. }
            | Inline::Span { content: inner, .. } => text(inner),
            _ => String::new(),
        })
        .collect()
}
