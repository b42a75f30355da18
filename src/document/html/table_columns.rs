//! Which columns a table has: their widths, their names, and whether its rows can be stacked on a phone.

use super::inlines::words;
use crate::document::tree::{Block, BlockKind, ColumnWidth, Row, Scope, Table};

/// Width of the text of an A4 page between usual margins, in points: what fixed widths are a share of.
const MEASURE: f64 = 481.0;

/// Most columns that stack well and fit a tablet.
const MOST: usize = 6;

/// What a table's columns are.
#[derive(Debug, PartialEq)]
pub(super) struct Columns {
    /// Per cent of the width in steps of five, where the layout gave one.
    pub(super) widths: Vec<Option<u8>>,
    /// Words of each column header, where there is one row of them.
    pub(super) labels: Vec<String>,
    /// Whether a row is a name and its value, which need no words between them.
    pub(super) pairs: bool,
    /// Whether each row can become a card with labelled lines, so that the table reflows at 320 px without scrolling
    /// in two directions (WCAG 2.2, 1.4.10).
    pub(super) stacks: bool,
}

impl Columns {
    /// `facts`: whether the layout says that the table is one of facts.
    pub(super) fn new(table: &Table, facts: bool) -> Self {
        let count = table.columns.len().max(table.rows.first().map_or(0, |row| row.cells.len()));
        let spans = table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.column_span > 1 || cell.row_span > 1);
        let heads: Vec<&Row> = table.rows.iter().filter(|row| row.header).collect();
        let labels: Vec<String> = match heads.as_slice() {
            [head] if !spans => head.cells.iter().map(|cell| words_of(&cell.blocks)).collect(),
            _ => Vec::new(),
        };
        let named_rows = table.rows.iter().filter(|row| !row.header).all(|row| {
            row.cells.first().is_some_and(|cell| cell.scope == Some(Scope::Row))
        });
        let pairs = count == 2 && named_rows && (facts || heads.is_empty());
        let labelled = match heads.len() {
            0 => pairs,
            1 => labels.len() == count && labels.iter().skip(usize::from(named_rows)).all(|label| !label.is_empty()),
            _ => false,
        };
        let stacks = !spans && labelled && (2..=MOST).contains(&count);
        Self { widths: widths(&table.columns), labels, pairs, stacks }
    }
}

/// Fixed widths are measured against the width of a page's text; fractions share what is left.
fn widths(columns: &[ColumnWidth]) -> Vec<Option<u8>> {
    let fixed = |column: &ColumnWidth| match column {
        ColumnWidth::Points(points) => Some(points / MEASURE),
        ColumnWidth::Ratio(ratio) => Some(*ratio),
        ColumnWidth::Auto | ColumnWidth::Fraction(_) => None,
    };
    let taken: f64 = columns.iter().filter_map(fixed).sum();
    let fractions = |column: &ColumnWidth| if let ColumnWidth::Fraction(share) = column { *share } else { 0.0 };
    let all: f64 = columns.iter().map(fractions).sum();
    let open = columns.contains(&ColumnWidth::Auto);
    let share = |column: &ColumnWidth| match column {
        ColumnWidth::Auto => None,
        // Beside a column as wide as its content, a fraction is whatever is left.
        ColumnWidth::Fraction(_) if open || all <= 0.0 => None,
        ColumnWidth::Fraction(share) => Some((1.0 - taken).max(0.0) * share / all),
        other => fixed(other),
    };
    let mut widths: Vec<Option<u8>> = columns.iter().map(|column| share(column).map(step)).collect();
    // Rounded up together, they may be more than there is, and a browser would take that from the last.
    let over = widths.iter().flatten().map(|width| u32::from(*width)).sum::<u32>().saturating_sub(100);
    if let (Some(widest), Ok(over)) = (widths.iter_mut().flatten().max(), u8::try_from(over)) {
        *widest = widest.saturating_sub(over).max(5);
    }
    widths
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 5..=100")]
fn step(share: f64) -> u8 {
    ((share * 20.0).round() * 5.0).clamp(5.0, 100.0) as u8
}

/// The words of a cell.
pub(super) fn words_of(blocks: &[Block]) -> String {
    let mut said = Vec::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(content) => said.push(words(content)),
            BlockKind::Group(blocks) => said.push(words_of(blocks)),
            _ => {}
        }
    }
    said.join(" ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{ColumnWidth, widths};

    #[test]
    fn widths_are_never_more_than_there_is() {
        let points = ColumnWidth::Points;
        let criteria = [ColumnWidth::Fraction(1.0), points(66.0), points(66.0), points(95.0)];
        assert_eq!(widths(&criteria), [Some(50), Some(15), Some(15), Some(20)]);
        assert_eq!(widths(&[ColumnWidth::Ratio(0.33), ColumnWidth::Fraction(1.0)]), [Some(35), Some(65)]);
        assert_eq!(widths(&[ColumnWidth::Auto, points(48.0)]), [None, Some(10)]);
    }
}
