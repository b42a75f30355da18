//! Tables, a row at a time: what names the row, then each cell behind the name of its column.
//!
//! A table of names with their values becomes "name: value". Lines drawn with signs would be noise to a screen reader, and would
//! not survive a proportional font.

use super::Writer;
use super::blocks::BLANK;
use super::inlines::words;
use crate::document::tree::{Attributes, Block, BlockKind, Cell, Row, Scope, Table};

/// Columns by which the cells of a row stand further in than what names it.
const INDENT: usize = 2;

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table, attributes: &Attributes) {
        let heads: Vec<&Row> = table.rows.iter().filter(|row| row.header).collect();
        let columns = |cell: &Cell| std::iter::repeat_n(plain(&cell.blocks), cell.column_span.max(1));
        let labels: Vec<String> = match heads.as_slice() {
            [head] => head.cells.iter().flat_map(columns).collect(),
            _ => Vec::new(),
        };
        let body: Vec<&Row> = table.rows.iter().filter(|row| !row.header).collect();
        let named = body.iter().all(|row| row.cells.first().is_some_and(|cell| cell.scope == Some(Scope::Row)));
        let pairs = named && (attributes.style.as_deref() == Some("facts") || heads.is_empty())
            && body.iter().all(|row| row.cells.len() <= 2);
        let caption = words(&table.caption);
        if !caption.is_empty() {
            self.out.gap();
            self.out.paragraph(&caption, 0);
        }
        // Several rows of headers name no column by themselves: they are read as they stand.
        for row in heads.iter().filter(|_| heads.len() > 1) {
            self.row(row, &[], false);
        }
        self.out.gap();
        for row in body {
            if pairs {
                self.pair(row);
            } else {
                self.out.gap();
                self.row(row, &labels, named);
            }
        }
    }

    /// "Name: value". A row without a value is one to write on.
    fn pair(&mut self, row: &Row) {
        let name = row.cells.first().map(|cell| plain(&cell.blocks)).unwrap_or_default();
        let value = row.cells.get(1).map(|cell| cell.blocks.as_slice()).unwrap_or_default();
        if lone_paragraphs(value).is_some_and(|lines| lines.is_empty()) {
            self.fact(&name, &"_".repeat(BLANK));
        } else {
            self.labelled(&name, value);
        }
    }

    /// A name and a value of a few words.
    pub(super) fn fact(&mut self, name: &str, value: &str) {
        self.out.paragraph(&format!("{}{value}", introduced(&name.replace('\n', " "))), INDENT);
    }

    fn row(&mut self, row: &Row, labels: &[String], named: bool) {
        let own_name = row.cells.first().is_some_and(|cell| named || cell.scope.is_some());
        let inward = if own_name { INDENT } else { 0 };
        let mut column = 0;
        for (at, cell) in row.cells.iter().enumerate() {
            let label = labels.get(column).map(String::as_str).unwrap_or_default();
            column += cell.column_span.max(1);
            if at == 0 && own_name {
                self.each(&cell.blocks);
                match cell.blocks.last().map(|block| &block.kind) {
                    Some(BlockKind::Paragraph(_)) | None => self.out.no_gap(),
                    Some(_) => self.out.gap(),
                }
            } else {
                let columns = self.out.indent(inward);
                self.labelled(label, &cell.blocks);
                self.out.outdent(columns);
            }
        }
    }

    /// A value behind its name: in the same line if it is one paragraph, below it otherwise. An empty one says nothing.
    fn labelled(&mut self, label: &str, value: &[Block]) {
        let name = introduced(label);
        let lines = lone_paragraphs(value);
        match lines.as_deref() {
            Some([]) => {}
            Some([line]) => self.fact(label, line),
            _ => {
                if !name.is_empty() {
                    self.out.paragraph(name.trim_end(), 0);
                }
                let columns = self.out.indent(INDENT);
                match lines {
                    Some(lines) => drop(self.out.paragraph(&lines.join("\n"), 0)),
                    None => {
                        self.out.no_gap();
                        self.each(value);
                        self.out.gap();
                    }
                }
                self.out.outdent(columns);
            }
        }
    }
}

/// Words of a cell in one line.
fn plain(blocks: &[Block]) -> String {
    lone_paragraphs(blocks).unwrap_or_default().join(" ").replace('\n', " ")
}

/// A name with what leads from it to its value.
fn introduced(label: &str) -> String {
    match label {
        "" => String::new(),
        label if label.ends_with([':', '?', '.', '!']) => format!("{label} "),
        label => format!("{label}: "),
    }
}

/// The lines of a cell that holds nothing but paragraphs.
fn lone_paragraphs(blocks: &[Block]) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(content) => lines.push(words(content)),
            BlockKind::Group(inner) => lines.extend(lone_paragraphs(inner)?),
            _ => return None,
        }
    }
    lines.retain(|line| !line.is_empty());
    Some(lines)
}
