//! Tables (ISO/IEC 29500-1 clause 17.4): grid, rows, cells, spans, header rows.
//!
//! Ruling, padding and the dress of header row and first column are the table style's; `tblLook` says which of its
//! parts apply. Never a table for layout.

use crate::diagnostic::Diagnostic;
use crate::document::tree::{Align, Attributes, Block, BlockKind, Cell, Row, Scope, Table, plain};

use super::contrast::readable_on;
use super::run::Run;
use super::story::{Context, EMPTY, Last, Story};
use super::styles::{Kind, id};
use super::table_rows::{Break, Heights};
use super::table_widths::{self, CELL_PADDING, Measure};

/// Grid columns of a table in WordprocessingML.
const MOST_COLUMNS: usize = 63;

/// How a table is set.
struct Layout<'a> {
    widths: Vec<i32>,
    /// Rows at the top that repeat.
    header_rows: usize,
    /// The table style dresses the first column.
    first_column: bool,
    /// Of the row that is being written.
    context: Context<'a>,
}

/// A cell of an earlier row that reaches into this one.
#[derive(Clone, Copy)]
struct Merged {
    rows: usize,
    columns: usize,
}

impl<'a> Story<'_, 'a> {
    /// Writes a caption and a table.
    pub(super) fn table(&mut self, table: &'a Table, attributes: &'a Attributes, context: Context<'a>) {
        self.flush_number(context);
        let columns = column_count(table);
        if columns == 0 || columns > MOST_COLUMNS {
            let message = format!("a table has {columns} columns; Word takes 1 to {MOST_COLUMNS}");
            return self.fault(Diagnostic::error("table-columns", message));
        }
        let (table_style, text_style) = self.table_styles(attributes);
        if !table.caption.is_empty() {
            self.line(Some(id::CAPTION), &table.caption, &EMPTY, Context { align: None, ..context });
        } else if self.last == Last::Table {
            // Word runs neighbouring tables into one.
            self.table_end();
        }
        let indent = context.list_indent;
        let mut layout = Layout {
            widths: table_widths::widths(table, columns, context.width - indent, &self.document.faces, self.body_size()),
            header_rows: table.rows.iter().take_while(|row| row.header).count(),
            first_column: names_rows(table),
            context: Context {
                default: text_style.unwrap_or(id::TABLE_TEXT),
                group: None,
                ends_group: false,
                level: 0,
                list_indent: 0,
                ends_list: false,
                lane: context.lane + usize::from(context.level > 0),
                cell: true,
                align: None,
                keep_next: false,
                ..context
            },
        };
        self.xml.open("w:tbl", &[]);
        self.table_properties(table, table_style, indent, &layout);
        self.xml.open("w:tblGrid", &[]);
        for width in &layout.widths {
            self.xml.empty("w:gridCol", &[("w:w", width)]);
        }
        self.xml.close("w:tblGrid");
        let mut merged: Vec<Option<Merged>> = vec![None; columns];
        let breaks = self.row_breaks(table, &layout);
        for (index, (row, at)) in table.rows.iter().zip(breaks).enumerate() {
            layout.context.keep_next = at.keep_next;
            self.row(index, row, (&layout, at.inside), &mut merged);
        }
        self.xml.close("w:tbl");
        self.last = Last::Table;
    }

    /// A table may be named in a table style; a paragraph style dresses its text instead.
    fn table_styles(&mut self, attributes: &'a Attributes) -> (&'a str, Option<&'a str>) {
        let Some(name) = attributes.style.as_deref() else { return (id::TABLE, None) };
        let styles = self.document.styles();
        if let Some(style) = styles.named(Kind::Table, name) {
            return (&style.id, None);
        }
        if let Some(style) = styles.named(Kind::Paragraph, name) {
            return (id::TABLE, Some(&style.id));
        }
        self.unknown_style(Kind::Table, name);
        (id::TABLE, None)
    }

    fn table_properties(&mut self, table: &Table, style: &str, indent: i32, layout: &Layout<'a>) {
        let banded = self.document.job.parts.brand.settings.table == crate::brand::TableStyle::Banded;
        let on = |yes: bool| if yes { "1" } else { "0" };
        let first_row = layout.header_rows > 0;
        // The bits say the same once more, for readers from before 2010.
        let bits = 0x0400
            | if first_row { 0x0020 } else { 0 }
            | if layout.first_column { 0x0080 } else { 0 }
            | if banded { 0 } else { 0x0200 };
        self.xml.open("w:tblPr", &[]);
        self.xml.val("w:tblStyle", style);
        if layout.context.run.language.is_some_and(|tag| super::run::script(tag) == super::run::Script::RightToLeft) {
            self.xml.empty("w:bidiVisual", &[]);
        }
        let total: i32 = layout.widths.iter().sum();
        self.xml.empty("w:tblW", &[("w:w", &total), ("w:type", &"dxa")]);
        if indent > 0 {
            self.xml.empty("w:tblInd", &[("w:w", &indent), ("w:type", &"dxa")]);
        }
        self.xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
        self.xml.empty(
            "w:tblLook",
            &[
                ("w:val", &format!("{bits:04X}")),
                ("w:firstRow", &on(first_row)),
                ("w:lastRow", &"0"),
                ("w:firstColumn", &on(layout.first_column)),
                ("w:lastColumn", &"0"),
                ("w:noHBand", &on(!banded)),
                ("w:noVBand", &"1"),
            ],
        );
        let caption = plain(&table.caption);
        if !caption.is_empty() {
            self.xml.val("w:tblCaption", &caption);
        }
        let headings: Vec<String> = table
            .rows
            .iter()
            .take(layout.header_rows)
            .flat_map(|row| &row.cells)
            .map(|cell| plain_blocks(&cell.blocks))
            .filter(|words| !words.is_empty())
            .collect();
        if !headings.is_empty() {
            self.xml.val("w:tblDescription", headings.join(", "));
        }
        self.xml.close("w:tblPr");
    }

    fn row_breaks(&self, table: &Table, layout: &Layout<'a>) -> Vec<Break> {
        let (size, brand) = (self.body_size(), &self.document.job.parts.brand);
        let measure = Measure { faces: &self.document.faces, size, bold: false };
        let heights = Heights {
            measure: &measure,
            widths: &layout.widths,
            line: size * brand.base.line_height,
            page: f64::from(self.page.height - self.page.top - self.page.bottom) / 20.0,
        };
        heights.breaks(table, layout.header_rows)
    }

    fn row(
        &mut self,
        index: usize,
        row: &'a Row,
        (layout, may_split): (&Layout<'a>, bool),
        merged: &mut [Option<Merged>],
    ) {
        let header = index < layout.header_rows;
        self.xml.open("w:tr", &[]);
        if header || !may_split {
            self.xml.open("w:trPr", &[]);
            if !may_split {
                self.xml.empty("w:cantSplit", &[]);
            }
            if header {
                self.xml.empty("w:tblHeader", &[]);
            }
            self.xml.close("w:trPr");
        }
        let mut cells = row.cells.iter();
        let mut column = 0;
        while let Some(above) = merged.get(column).copied() {
            if let Some(Merged { rows, columns }) = above {
                self.continued_cell(column, columns, layout);
                if let Some(slot) = merged.get_mut(column) {
                    *slot = (rows > 1).then_some(Merged { rows: rows - 1, columns });
                }
                column += columns;
                continue;
            }
            let Some(cell) = cells.next() else {
                self.xml.open("w:tc", &[]);
                self.cell_properties(column, 1, None, None, layout);
                self.last = Last::Nothing;
                self.empty_cell(layout);
                self.xml.close("w:tc");
                column += 1;
                continue;
            };
            // A span may not run into a cell that reaches down from above, nor out of the grid.
            let room = merged.iter().skip(column).take_while(|above| above.is_none()).count();
            let columns = cell.column_span.clamp(1, room.max(1));
            if columns < cell.column_span {
                self.misfit(index);
            }
            self.cell(cell, column, columns, (header, index), layout);
            if let (2.., Some(slot)) = (cell.row_span, merged.get_mut(column)) {
                *slot = Some(Merged { rows: cell.row_span - 1, columns });
            }
            column += columns;
        }
        if cells.next().is_some() {
            self.misfit(index);
        }
        self.xml.close("w:tr");
    }

    fn misfit(&mut self, row: usize) {
        let message = format!("row {} of a table has more cells than the table has columns", row + 1);
        self.fault(Diagnostic::error("table-grid", message));
    }

    fn cell(
        &mut self,
        cell: &'a Cell,
        column: usize,
        columns: usize,
        (header, row): (bool, usize),
        layout: &Layout<'a>,
    ) {
        let merge = (cell.row_span > 1).then_some("restart");
        self.xml.open("w:tc", &[]);
        let width = self.cell_properties(column, columns, merge, cell.fill.as_deref(), layout);
        // The table style makes the first row and, where it names rows, the first column bold.
        let styled = (header && row == 0) || (column == 0 && layout.first_column && !header);
        let bold = (header || (cell.scope.is_some() && column == 0)) && !styled;
        let text = &self.document.job.parts.brand.base.color;
        let color = cell.fill.as_deref().and_then(|fill| readable_on(fill, text));
        let around = layout.context;
        let run = Run { bold: around.run.bold || bold, color: color.or(around.run.color), ..around.run };
        let context = Context {
            width: width - CELL_PADDING,
            default: if header && around.default == id::TABLE_TEXT { id::TABLE_HEADING } else { around.default },
            align: cell.align.filter(|align| *align != Align::Start),
            run,
            ..around
        };
        self.last = Last::Nothing;
        self.blocks(&cell.blocks, context);
        match self.last {
            Last::Paragraph(_) => {}
            Last::Table => self.table_end(),
            Last::Nothing => self.line(None, &[], &EMPTY, context),
        }
        self.xml.close("w:tc");
    }

    fn continued_cell(&mut self, column: usize, columns: usize, layout: &Layout<'a>) {
        self.xml.open("w:tc", &[]);
        self.cell_properties(column, columns, Some("continue"), None, layout);
        self.last = Last::Nothing;
        self.empty_cell(layout);
        self.xml.close("w:tc");
    }

    fn empty_cell(&mut self, layout: &Layout<'a>) {
        self.line(None, &[], &EMPTY, layout.context);
    }

    /// Writes `w:tcPr`; the width of the cell.
    fn cell_properties(
        &mut self,
        column: usize,
        columns: usize,
        merge: Option<&str>,
        fill: Option<&str>,
        layout: &Layout<'a>,
    ) -> i32 {
        let width: i32 = layout.widths.iter().skip(column).take(columns).sum();
        self.xml.open("w:tcPr", &[]);
        self.xml.empty("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
        if columns > 1 {
            self.xml.val("w:gridSpan", columns);
        }
        if let Some(merge) = merge {
            self.xml.val("w:vMerge", merge);
        }
        if let Some(fill) = fill {
            let fill = fill.trim_start_matches('#').to_ascii_uppercase();
            self.xml.empty("w:shd", &[("w:val", &"clear"), ("w:color", &"auto"), ("w:fill", &fill)]);
        }
        self.xml.close("w:tcPr");
        width
    }

    fn body_size(&self) -> f64 {
        f64::from(self.document.job.parts.body_size) / 2.0
    }
}

/// Grid columns: as the layout gave them, or more where a row needs them.
fn column_count(table: &Table) -> usize {
    let widest = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.column_span.max(1)).sum()).max();
    table.columns.len().max(widest.unwrap_or(0))
}

/// Whether the first cell of every row under the header names its row.
fn names_rows(table: &Table) -> bool {
    let mut covered = 0_usize;
    let mut any = false;
    for row in table.rows.iter().skip_while(|row| row.header) {
        if covered > 0 {
            covered -= 1;
            continue;
        }
        match row.cells.first() {
            Some(cell) if cell.scope == Some(Scope::Row) => covered = cell.row_span.saturating_sub(1),
            _ => return false,
        }
        any = true;
    }
    any
}

fn plain_blocks(blocks: &[Block]) -> String {
    let words: Vec<String> = blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => Some(plain(content)),
            _ => None,
        })
        .collect();
    words.join(" ")
}
