//! Tables that say which cell names which (WCAG 2.2, 1.3.1) and can be read on a phone (1.4.10).
//!
//! A table with a name for every column is stacked by the style sheet on a narrow screen: each row a card, each cell
//! with its column's name before it. Any other scrolls sideways in a region that the keyboard can reach (2.1.1). One
//! that stacks has no region: it would be one more stop and one more landmark without a use.
//!
//! The fill of a cell is left to the style sheet: an inline style would break a strict policy, and a colour of the
//! light page would be wrong in the dark one.

use super::blocks::is_empty;
use super::inlines::{has_content, words};
use super::markup::Tag;
use super::table_columns::Columns;
use super::writer::{Writer, aligned};
use crate::document::tree::{Attributes, Cell, Row, Scope, Table};

impl Writer<'_> {
    pub(super) fn table(&mut self, table: &Table, attributes: &Attributes) {
        if table.rows.is_empty() {
            return;
        }
        let columns = Columns::new(table, attributes.style.as_deref() == Some("facts"));
        if !columns.stacks {
            let name = self.region(table);
            let region = Tag::new("section").class("scroll").with("aria-label", name);
            self.out.open(&region.with("tabindex", "0"));
            self.out.line();
        }
        let heads = table.rows.iter().take_while(|row| row.header).count();
        let tag = Tag::new("table").class_if(columns.stacks, "stacks").class_if(columns.pairs, "pairs");
        let tag = self.dress(tag, attributes);
        self.out.open(&tag);
        self.out.line();
        if has_content(&table.caption) {
            self.out.raw("<caption>");
            self.inlines(&table.caption);
            self.end("caption");
        }
        self.column_group(&columns);
        let (head, body) = table.rows.split_at(heads);
        for (name, rows) in [("thead", head), ("tbody", body)] {
            if !rows.is_empty() {
                self.out.open(&Tag::new(name));
                self.out.line();
                rows.iter().for_each(|row| self.row(row, &columns));
                self.end(name);
            }
        }
        self.end("table");
        if !columns.stacks {
            self.end("section");
        }
    }

    /// Name of a scroll region: the caption, else the heading above; each only once on a page.
    fn region(&mut self, table: &Table) -> String {
        let names = [words(&table.caption), self.heading.clone(), self.page.labels.table.to_owned()];
        let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        let count = self.regions.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name} {count}") }
    }

    fn column_group(&mut self, columns: &Columns) {
        if columns.widths.iter().all(Option::is_none) {
            return;
        }
        self.out.raw("<colgroup>");
        for width in &columns.widths {
            let tag = Tag::new("col");
            self.out.open(&match width {
                Some(width) => tag.class(&format!("w-{width}")),
                None => tag,
            });
        }
        self.end("colgroup");
    }

    fn row(&mut self, row: &Row, columns: &Columns) {
        self.out.raw("<tr>");
        for (at, cell) in row.cells.iter().enumerate() {
            let label = columns.labels.get(at).filter(|_| columns.stacks && !columns.pairs && !row.header);
            self.cell(cell, row.header, label.map(String::as_str));
        }
        self.end("tr");
    }

    /// An empty header names nothing, so it is a plain cell; an empty cell holds nothing at all, not even white space.
    fn cell(&mut self, cell: &Cell, head: bool, label: Option<&str>) {
        let empty = cell.blocks.iter().all(is_empty);
        let scope = match (cell.scope, head) {
            _ if empty => None,
            (Some(Scope::Row), _) => Some("row"),
            (Some(Scope::Column), _) | (None, true) => Some(if cell.column_span > 1 { "colgroup" } else { "col" }),
            (None, false) => None,
        };
        let mut tag = match scope {
            Some(scope) => Tag::new("th").with("scope", scope),
            None => Tag::new("td"),
        };
        tag = aligned(tag, cell.align);
        for (name, span) in [("colspan", cell.column_span), ("rowspan", cell.row_span)] {
            if span > 1 {
                tag = tag.with(name, span.to_string());
            }
        }
        if let Some(label) = label
            && scope.is_none()
            && !label.is_empty()
        {
            tag = tag.with("data-label", label);
        }
        self.out.open(&tag);
        if !empty {
            self.blocks(&cell.blocks);
        }
        self.out.close(tag.name());
    }
}
