//! Column widths of a table in twips (ISO/IEC 29500-1 clause 17.4.48), from what the layout asked for.
//!
//! Word is given fixed widths, so that every reader shows the table alike. Columns that are as wide as their content
//! are measured with the brand's own font: no word is broken while there is room, and no column starves another.

use crate::document::tree::{Block, BlockKind, ColumnWidth, Inline, Table};

use super::fonts::Typefaces;
use super::numbering;
use super::page::twips;

/// Padding of a cell, left and right together, as the table style sets it.
pub(super) const CELL_PADDING: i32 = 226;

/// What a column needs, in points.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Need {
    /// Its longest word.
    least: f64,
    /// Its longest paragraph on one line.
    pub(super) most: f64,
}

/// Widths of `columns` columns that together fill at most `room` twips.
pub(super) fn widths(table: &Table, columns: usize, room: i32, faces: &Typefaces<'_>, size: f64) -> Vec<i32> {
    let room_points = f64::from(room.max(columns_floor(columns))) / 20.0;
    let asked = table.columns.iter().copied().chain(std::iter::repeat(ColumnWidth::Auto)).take(columns);
    let asked: Vec<ColumnWidth> = asked.collect();
    let needs = needs(table, columns, faces, size);
    let mut points = vec![0.0; columns];
    let mut left = room_points;
    for ((width, asked), _) in points.iter_mut().zip(&asked).zip(&needs) {
        match asked {
            ColumnWidth::Points(fixed) => *width = fixed.max(0.0),
            ColumnWidth::Ratio(share) => *width = share.clamp(0.0, 1.0) * room_points,
            ColumnWidth::Auto | ColumnWidth::Fraction(_) => {}
        }
        left -= *width;
    }
    let fraction = |asked: &ColumnWidth| match asked {
        ColumnWidth::Fraction(share) => share.max(0.0),
        _ => 0.0,
    };
    // Fractions keep room for their longest words, whatever the automatic columns would like.
    let shares: f64 = asked.iter().map(fraction).sum();
    let kept: f64 =
        asked.iter().zip(&needs).filter(|(asked, _)| fraction(asked) > 0.0).map(|(_, need)| need.least).sum();
    let automatic: Vec<(usize, Need)> = asked
        .iter()
        .zip(&needs)
        .enumerate()
        .filter(|(_, (asked, _))| matches!(asked, ColumnWidth::Auto))
        .map(|(index, (_, need))| (index, *need))
        .collect();
    for (index, width) in share_out(&automatic, (left - kept).max(left * 0.25)) {
        left -= width;
        if let Some(slot) = points.get_mut(index) {
            *slot = width;
        }
    }
    if shares > 0.0 {
        for (width, asked) in points.iter_mut().zip(&asked) {
            *width += fraction(asked) / shares * left.max(0.0);
        }
    }
    make_room(&mut points, &needs);
    fit(&points, room)
}

/// Columns that are narrower than their longest word take what others don't need: in large print, widths that the layout
/// gives in sizes of text would leave the rest too little, and Word would break words.
fn make_room(points: &mut [f64], needs: &[Need]) {
    let lack: f64 = points.iter().zip(needs).map(|(width, need)| (need.least - width).max(0.0)).sum();
    let spare: f64 = points.iter().zip(needs).map(|(width, need)| (width - need.least).max(0.0)).sum();
    let moved = lack.min(spare);
    if moved <= 0.0 {
        return;
    }
    for (width, need) in points.iter_mut().zip(needs) {
        let over = *width - need.least;
        *width -= if over > 0.0 { over / spare * moved } else { over / lack * moved };
    }
}

/// Automatic columns get what they want where there is room, else their longest word and a share of the rest by how
/// much more they want.
fn share_out(columns: &[(usize, Need)], room: f64) -> Vec<(usize, f64)> {
    let least: f64 = columns.iter().map(|(_, need)| need.least).sum();
    let most: f64 = columns.iter().map(|(_, need)| need.most).sum();
    let width = |need: &Need| {
        if most <= room {
            need.most
        } else if least >= room || most <= least {
            need.least * room / least.max(1.0)
        } else {
            need.least + (room - least) * (need.most - need.least) / (most - least)
        }
    };
    columns.iter().map(|(index, need)| (*index, width(need))).collect()
}

/// Whole twips, at least a quarter of an inch each, together no more than `room`.
fn fit(points: &[f64], room: i32) -> Vec<i32> {
    let total: f64 = points.iter().sum::<f64>() * 20.0;
    let scale = if total > f64::from(room) { f64::from(room) / total } else { 1.0 };
    let mut widths: Vec<i32> = points.iter().map(|width| twips(width * scale).max(MINIMUM)).collect();
    let over = widths.iter().sum::<i32>() - room;
    // Rounding may differ from the room by a few twips; the widest column takes it up.
    let close = over.abs() <= i32::try_from(points.len()).unwrap_or(1) * 2;
    let adjusted = over > 0 || (close && scale < 1.0);
    if let Some(widest) = widths.iter_mut().max().filter(|_| adjusted) {
        *widest = (*widest - over).max(MINIMUM);
    }
    widths
}

const MINIMUM: i32 = 360;

fn columns_floor(columns: usize) -> i32 {
    i32::try_from(columns).unwrap_or(1).saturating_mul(MINIMUM)
}

/// What each column needs, from the cells that stand in it alone.
fn needs(table: &Table, columns: usize, faces: &Typefaces<'_>, size: f64) -> Vec<Need> {
    let padding = f64::from(CELL_PADDING) / 20.0 + 2.0;
    let mut needs = vec![Need { least: padding + size, most: padding + size }; columns];
    let mut reaching = vec![0_usize; columns];
    for row in &table.rows {
        let mut column = 0;
        let mut cells = row.cells.iter();
        while let Some(rows) = reaching.get_mut(column) {
            if *rows > 0 {
                *rows -= 1;
                column += 1;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            let span = cell.column_span.max(1);
            for slot in reaching.iter_mut().skip(column).take(span) {
                *slot = cell.row_span.saturating_sub(1);
            }
            if let (1, Some(need)) = (span, needs.get_mut(column)) {
                let bold = row.header || cell.scope.is_some();
                let measured = Measure { faces, size, bold }.blocks(&cell.blocks);
                need.least = need.least.max(measured.least + padding);
                need.most = need.most.max(measured.most + padding);
            }
            column += span;
        }
    }
    needs
}

/// Measures text in the brand's own font.
pub(super) struct Measure<'f, 'a> {
    /// The faces.
    pub(super) faces: &'f Typefaces<'a>,
    /// Size of text in points.
    pub(super) size: f64,
    /// Whether it is bold.
    pub(super) bold: bool,
}

impl Measure<'_, '_> {
    fn blocks(&self, blocks: &[Block]) -> Need {
        blocks.iter().map(|block| self.block(block)).fold(Need::default(), Need::widest)
    }

    fn block(&self, block: &Block) -> Need {
        match &block.kind {
            BlockKind::Title(content)
            | BlockKind::Heading { content, .. }
            | BlockKind::Paragraph(content)
            | BlockKind::SignatureLine(content) => self.line(content),
            BlockKind::List(list) => {
                let step = f64::from(numbering::Measure { faces: self.faces, size: self.size }.bullet_indent()) / 20.0;
                let items = list.items.iter().map(|item| self.blocks(item)).fold(Need::default(), Need::widest);
                Need { least: items.least + step, most: items.most + step }
            }
            BlockKind::Group(blocks) => self.blocks(blocks),
            BlockKind::Image(image) => {
                let width = image.width.unwrap_or(72.0);
                Need { least: width, most: width }
            }
            BlockKind::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                let widest = cells.map(|cell| self.blocks(&cell.blocks)).fold(Need::default(), Need::widest);
                Need { least: widest.least * 2.0, most: widest.most * 2.0 }
            }
            BlockKind::Contents(_) => Need::default(),
        }
    }

    /// A paragraph: its words one by one, and all of them in a row.
    pub(super) fn line(&self, content: &[Inline]) -> Need {
        let mut words = Words::default();
        self.gather(content, self.bold, &mut words);
        words.end();
        // A margin for the kerning and hinting of other readers.
        Need { least: words.longest * self.size * 1.04, most: words.widest * self.size * 1.04 }
    }

    fn gather(&self, content: &[Inline], bold: bool, words: &mut Words) {
        for inline in content {
            match inline {
                Inline::Text(text) => {
                    for piece in text.split_inclusive([' ', '-', '\u{2013}', '\u{2014}']) {
                        let breaks = piece.ends_with([' ', '-', '\u{2013}', '\u{2014}']);
                        words.add(self.faces.width(piece.trim_end(), bold), self.faces.width(piece, bold), breaks);
                    }
                }
                Inline::Strong(content) => self.gather(content, true, words),
                Inline::Emphasis(content) | Inline::Link { content, .. } | Inline::Span { content, .. } => {
                    self.gather(content, bold, words);
                }
                Inline::Image(image) => {
                    let width = image.width.unwrap_or(36.0) / self.size.max(1.0);
                    words.add(width, width, true);
                }
                Inline::Scale { filled, of } => {
                    let width = f64::from(*of.max(filled)) * 0.85 + 0.35;
                    words.add(width, width, false);
                }
                Inline::LineBreak => words.end(),
                Inline::PageNumber | Inline::PageCount => words.add(1.2, 1.2, false),
                Inline::NoteReference(_) => words.add(0.4, 0.4, false),
            }
        }
    }
}

/// Widths in ems as words go by.
#[derive(Debug, Default)]
struct Words {
    word: f64,
    line: f64,
    longest: f64,
    widest: f64,
}

impl Words {
    fn add(&mut self, word: f64, with_space: f64, breaks: bool) {
        self.word += word;
        self.line += with_space;
        self.longest = self.longest.max(self.word);
        self.widest = self.widest.max(self.line);
        if breaks {
            self.word = 0.0;
        }
    }

    fn end(&mut self) {
        self.word = 0.0;
        self.line = 0.0;
    }
}

impl Need {
    fn widest(self, other: Self) -> Self {
        Self { least: self.least.max(other.least), most: self.most.max(other.most) }
    }
}
