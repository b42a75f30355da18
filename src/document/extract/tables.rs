//! Tables, joined with the grid that they were made from: header cells, widths, alignment.

use typst::foundations::{Smart, StyleChain};
use typst::layout::{HAlignment, Sizing};
use typst::layout::grid::resolve::Entry;
use typst::model::TableCell;
use typst::pdf::{TableCellKind, TableHeaderScope};
use typst::visualize::Paint;
use typst_html::{HtmlElement, HtmlNode};

use super::{Reader, name};
use crate::document::tree::{Align, Cell, ColumnWidth, Row, Scope, Table};

impl Reader<'_> {
    pub(super) fn table(&mut self, element: &HtmlElement) -> Option<Table> {
        let Some(elem) = self.table.take() else {
            self.unsupported("a table that is not Typst's own", element.span);
            return None;
        };
        let grid = elem.grid.as_ref()?;
        let count = grid.non_gutter_column_count();
        let columns = grid.cols.iter().step_by(if grid.has_gutter { 2 } else { 1 }).map(width).collect();
        let mut entries = grid.entries.chunks(count.max(1));
        let mut table = Table { columns, rows: Vec::new(), caption: Vec::new() };
        let mut rows = Vec::new();
        gather(element, false, &mut rows);
        for (head, row) in rows {
            let mut cells = entries.next().unwrap_or_default().iter().filter_map(Entry::as_cell);
            let mut made = Row { header: head, cells: Vec::new() };
            for child in &row.children {
                match child {
                    HtmlNode::Tag(tag) => self.note(tag),
                    HtmlNode::Element(cell) if matches!(name(cell).as_str(), "td" | "th") => {
                        let source = cells.next();
                        let known = source.and_then(|source| source.body.to_packed::<TableCell>());
                        let kind = known.and_then(|cell| cell.kind.get(StyleChain::default()).custom());
                        let scope = match kind {
                            Some(TableCellKind::Header(_, TableHeaderScope::Row)) => Some(Scope::Row),
                            Some(TableCellKind::Header(..)) => Some(Scope::Column),
                            _ if head => Some(Scope::Column),
                            _ => None,
                        };
                        let align = known.and_then(|cell| match cell.align.get(StyleChain::default()) {
                            Smart::Custom(align) => align.x().and_then(horizontal),
                            Smart::Auto => None,
                        });
                        made.cells.push(Cell {
                            scope,
                            column_span: source.map_or(1, |source| source.colspan.get()),
                            row_span: source.map_or(1, |source| source.rowspan.get()),
                            align,
                            fill: source.and_then(|source| source.fill.as_ref()).and_then(hex),
                            blocks: self.blocks(&cell.children),
                        });
                    }
                    _ => {}
                }
            }
            table.rows.push(made);
        }
        Some(table)
    }
}

/// The rows of a table in order, each with whether it is of the head.
fn gather<'e>(element: &'e HtmlElement, head: bool, rows: &mut Vec<(bool, &'e HtmlElement)>) {
    for child in &element.children {
        if let HtmlNode::Element(inner) = child {
            match name(inner).as_str() {
                "tr" => rows.push((head, inner)),
                "thead" => gather(inner, true, rows),
                _ => gather(inner, head, rows),
            }
        }
    }
}

fn width(column: &Sizing) -> ColumnWidth {
    match column {
        Sizing::Auto => ColumnWidth::Auto,
        Sizing::Fr(share) => ColumnWidth::Fraction(share.get()),
        Sizing::Rel(length) if length.rel.is_zero() => ColumnWidth::Points(length.abs.abs.to_pt()),
        Sizing::Rel(length) => ColumnWidth::Ratio(length.rel.get()),
    }
}

fn horizontal(align: HAlignment) -> Option<Align> {
    match align {
        HAlignment::Start | HAlignment::Left => Some(Align::Start),
        HAlignment::Center => Some(Align::Center),
        HAlignment::End | HAlignment::Right => Some(Align::End),
    }
}

fn hex(paint: &Paint) -> Option<String> {
    match paint {
        Paint::Solid(color) => Some(color.to_hex().trim_start_matches('#').to_ascii_uppercase()),
        _ => None,
    }
}
