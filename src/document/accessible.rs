//! What the standards ask of a document and Typst does not: header cells in every table (PDF/UA-1, ISO 14289-1, 7.5) and
//! links that say where they lead (WCAG 2.2, 2.4.4).

use super::tree::{BlockKind, Inline, Table, Tree, plain, walk};
use crate::diagnostic::Diagnostic;

/// Words of a link that tell nobody where it leads, in small letters.
const EMPTY_WORDS: [&str; 7] = ["here", "click here", "this", "link", "this link", "more", "read more"];

/// An error for each table without header cells, a warning for each link that says nothing.
pub fn check(tree: &Tree) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for blocks in std::iter::once(&tree.body).chain(&tree.footnotes) {
        walk(blocks, &mut |block| {
            if let BlockKind::Table(table) = &block.kind {
                found.extend(without_header(table));
            }
            links(block.kind.inlines(), &mut found);
        });
    }
    found
}

fn without_header(table: &Table) -> Option<Diagnostic> {
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    if cells.clone().any(|cell| cell.scope.is_some()) {
        return None;
    }
    let mut first = String::new();
    walk(cells.next().map_or(&[], |cell| &cell.blocks), &mut |block| first.push_str(&plain(block.kind.inlines())));
    let fault = Diagnostic::error("table-without-header", format!("the table that begins with `{first}` has no header cells"));
    Some(fault.hint("use `facts` or `simple-table` of `templates/base`, or give it a `table.header(...)`"))
}

fn links(all: &[Inline], found: &mut Vec<Diagnostic>) {
    for inline in all {
        match inline {
            Inline::Link { content, .. } => {
                let said = plain(content);
                if EMPTY_WORDS.contains(&said.trim().to_lowercase().as_str()) {
                    let message = format!("a link is called `{}`, which doesn't say where it leads", said.trim());
                    found.push(Diagnostic::warning("link-says-nothing", message).hint("name what it leads to"));
                }
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Span { content: inner, .. } => links(inner, found),
            _ => {}
        }
    }
}
