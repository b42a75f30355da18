//! Which rows of a table stay on one page together, and which may be divided.
//!
//! Word keeps a row with the next one where its paragraphs say so (ISO/IEC 29500-1 clause 17.3.1.15). Heights are
//! estimates from the brand's own font; they only have to tell a few lines from a page.

use crate::document::tree::{Block, BlockKind, Cell, Row, Table};

use super::numbering;
use super::table_widths::{CELL_PADDING, Measure};

/// Rows of a table that is kept whole.
const SHORT: usize = 4;

/// Lines of a row that may stand alone: it is no crumb.
const HIGH: f64 = 5.0;

/// Space above and below the text of a cell, in points.
const ROW_PADDING: f64 = 8.0;

/// Where a page may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    /// Not below this row.
    pub(super) keep_next: bool,
    /// Inside it, because it may be higher than a page.
    pub(super) inside: bool,
}

/// What heights are worked out from.
pub(super) struct Heights<'m, 'f, 'a> {
    /// Widths of words.
    pub(super) measure: &'m Measure<'f, 'a>,
    /// Widths of the columns, in twips.
    pub(super) widths: &'m [i32],
    /// Distance of base lines, in points.
    pub(super) line: f64,
    /// Height of the text area of a page, in points.
    pub(super) page: f64,
}

impl Heights<'_, '_, '_> {
    /// The breaks of a table, row by row. A table of a few rows, or of a third of a page, is kept whole; of a longer one,
    /// the header with the first two rows and the last two: none stands alone. Nothing higher than half a page is kept.
    pub(super) fn breaks(&self, table: &Table, header_rows: usize) -> Vec<Break> {
        let rows: Vec<f64> = table.rows.iter().map(|row| self.row(row)).collect();
        let (count, room) = (rows.len(), self.page - rows.iter().take(header_rows).sum::<f64>());
        let whole: f64 = rows.iter().sum();
        let last = count.saturating_sub(1);
        let short = whole <= self.page / 3.0 || (count - header_rows.min(count) <= SHORT && whole <= self.page / 2.0);
        let fits = |from: usize, to: usize| {
            rows.get(from..to).is_some_and(|rows| rows.iter().sum::<f64>() <= self.page / 2.0)
        };
        let keep = |row: usize| {
            let high = rows.get(row).is_some_and(|height| *height > HIGH * self.line);
            let opens = row <= header_rows && (row < header_rows || !high) && fits(0, (row + 2).min(count));
            let closes = row + 2 == count && row >= header_rows && fits(row, count);
            row < last && (row < header_rows || short || opens || closes)
        };
        let rows = rows.iter().enumerate();
        rows.map(|(row, height)| Break { keep_next: keep(row), inside: row >= header_rows && *height > room * 0.8 }).collect()
    }

    fn row(&self, row: &Row) -> f64 {
        let mut column = 0;
        let mut highest = self.line;
        for cell in &row.cells {
            let span = cell.column_span.max(1);
            let width: i32 = self.widths.iter().skip(column).take(span).sum();
            column += span;
            // A cell that reaches down shares its height with the rows below.
            let shared = f64::from(u32::try_from(cell.row_span.max(1)).unwrap_or(1));
            highest = highest.max(self.cell(cell, f64::from(width - CELL_PADDING) / 20.0) / shared);
        }
        highest + ROW_PADDING
    }

    fn cell(&self, cell: &Cell, width: f64) -> f64 {
        self.blocks(&cell.blocks, width)
    }

    fn blocks(&self, blocks: &[Block], width: f64) -> f64 {
        blocks.iter().map(|block| self.block(block, width.max(self.line))).sum()
    }

    fn block(&self, block: &Block, width: f64) -> f64 {
        match &block.kind {
            BlockKind::Title(content)
            | BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::SignatureLine(content) => {
                // Lines don't end exactly at the edge.
                (self.measure.line(content).most / (width * 0.94)).ceil().max(1.0) * self.line
            }
            BlockKind::List(list) => {
                let markers = numbering::Measure { faces: self.measure.faces, size: self.measure.size };
                let width = width - f64::from(markers.bullet_indent()) / 20.0;
                list.items.iter().map(|item| self.blocks(item, width) + self.line * 0.25).sum()
            }
            BlockKind::Group(blocks) => self.blocks(blocks, width) + self.line,
            BlockKind::Image(image) => image.height.unwrap_or(self.line * 4.0),
            BlockKind::Table(table) => {
                let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(1).max(1);
                let share = width / f64::from(u32::try_from(columns).unwrap_or(1));
                let row = |row: &Row| row.cells.iter().map(|cell| self.cell(cell, share)).fold(self.line, f64::max);
                table.rows.iter().map(|one| row(one) + ROW_PADDING).sum()
            }
            BlockKind::Contents(entries) => f64::from(u32::try_from(entries.len()).unwrap_or(1)) * self.line,
        }
    }
}
