//! What each part of a document becomes in plain text.

use super::*;
use crate::document::tree::{Attributes, Cell, Inline, LinkTarget, List, Marker, NumberForm, Row, Scope, Table};

const LABELS: TextLabels<'static> = TextLabels { contents: "Contents", footnotes: "Footnotes" };

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

fn paragraph(words: &str) -> Block {
    Block::new(BlockKind::Paragraph(vec![text(words)]))
}

fn styled(style: &str, words: &str) -> Block {
    Block { attributes: Attributes { style: Some(style.to_owned()), ..Attributes::default() }, ..paragraph(words) }
}

fn heading(level: u8, words: &str) -> Block {
    Block::new(BlockKind::Heading { level, content: vec![text(words)] })
}

fn link(address: &str, words: &str) -> Inline {
    Inline::Link { target: LinkTarget::External(address.to_owned()), content: vec![text(words)] }
}

fn list(marker: Marker, items: Vec<Vec<Block>>) -> Block {
    Block::new(BlockKind::List(List { marker, start: 1, items }))
}

fn cell(scope: Option<Scope>, words: &str) -> Cell {
    let blocks = if words.is_empty() { Vec::new() } else { vec![paragraph(words)] };
    Cell { scope, column_span: 1, row_span: 1, align: None, fill: None, blocks }
}

fn table(head: &[&str], rows: &[&[&str]]) -> Table {
    let mut all = Vec::new();
    if !head.is_empty() {
        all.push(Row { header: true, cells: head.iter().map(|words| cell(Some(Scope::Column), words)).collect() });
    }
    all.extend(rows.iter().map(|row| Row {
        header: false,
        cells: row.iter().enumerate().map(|(at, words)| cell((at == 0).then_some(Scope::Row), words)).collect(),
    }));
    Table { columns: Vec::new(), rows: all, caption: Vec::new() }
}

#[track_caller]
fn check(body: Vec<Block>, expected: &str) {
    let tree = Tree { body, ..Tree::default() };
    assert_eq!(write(&tree, LABELS).unwrap_or_else(|faults| panic!("{faults:#?}")), expected);
}

#[test]
fn headings_stand_over_lines_and_notices_come_first() {
    check(
        vec![
            Block::new(BlockKind::Title(vec![text("Learning mentor")])),
            styled("masthead", "Havering"),
            styled("notice", "Draft: not approved"),
            heading(1, "The job"),
            paragraph("Words."),
            heading(2, "More"),
            heading(3, "Deeper"),
            styled("notice", "Stays here"),
        ],
        "*** Draft: not approved ***\n\n===============\nLearning mentor\n===============\n\nHavering\n\nThe job\n=======\n\n\
         Words.\n\nMore\n----\n\nDeeper\n\n*** Stays here ***\n",
    );
}

#[test]
fn lines_end_at_72_columns_and_an_address_is_never_broken() {
    let address = format!("https://example.org/{}", "long/".repeat(20));
    let body = vec![paragraph(&format!("{} {address} {}", "word ".repeat(20), "more ".repeat(20)))];
    let tree = Tree { body, ..Tree::default() };
    let said = write(&tree, LABELS).expect("text");
    assert!(said.lines().any(|line| line == address));
    assert!(said.lines().filter(|line| *line != address).all(|line| line.chars().count() <= 72 && !line.ends_with(' ')));
    assert_eq!(said.split_whitespace().count(), 41);
}

#[test]
fn a_link_is_followed_by_its_address_unless_that_is_what_it_says() {
    check(
        vec![Block::new(BlockKind::Paragraph(vec![
            link("https://example.org/form", "Our form"),
            text(", "),
            link("https://www.example.org/", "www.example.org"),
            text(", "),
            link("mailto:jobs@example.org", "jobs@example.org"),
            text(", "),
            link("mailto:jobs@example.org", "write to us"),
            text(", "),
            link("tel:01632960142", "01632 960142"),
            Inline::LineBreak,
            Inline::Link { target: LinkTarget::Internal("a".to_owned()), content: vec![text("above")] },
            Inline::NoteReference(0),
        ]))],
        "Our form (https://example.org/form), www.example.org, jobs@example.org,\nwrite to us (jobs@example.org), 01632 960142\nabove [1]\n",
    );
}

#[test]
fn lists_keep_their_numbers_and_their_depth() {
    let number = |form| Marker::Number { form, prefix: "(".to_owned(), suffix: ")".to_owned() };
    let inner = list(number(NumberForm::LowerRoman), vec![vec![paragraph("Inner one")], vec![paragraph("Inner two")]]);
    check(
        vec![
            list(Marker::Bullet, vec![vec![paragraph("Short")], vec![paragraph(&"long ".repeat(16))]]),
            list(number(NumberForm::LowerAlpha), vec![vec![paragraph("First"), inner], vec![paragraph("Second"), paragraph("With more")]]),
        ],
        &format!(
            "* Short\n* {}\n  long long\n\n(a) First\n\n    (i) Inner one\n    (ii) Inner two\n\n(b) Second\n\n    With more\n",
            "long ".repeat(14).trim_end()
        ),
    );
}

#[test]
fn an_item_that_begins_with_a_list_loses_neither_marker() {
    let inner = list(Marker::Dash, vec![vec![paragraph("Inner")]]);
    check(vec![list(Marker::Bullet, vec![vec![inner], Vec::new()])], "*\n  - Inner\n\n*\n");
}

#[test]
fn facts_are_names_with_values_and_an_empty_one_can_be_filled_in() {
    let facts = BlockKind::Table(table(&["Detail", "Information"], &[&["Grade", "3"], &["Date:", ""]]));
    let attributes = Attributes { style: Some("facts".to_owned()), ..Attributes::default() };
    check(vec![Block { kind: facts, attributes }], &format!("Grade: 3\nDate: {}\n", "_".repeat(30)));
    check(
        vec![styled("label", "Salary"), paragraph("£26,000"), styled("label", "Hours"), paragraph("35")],
        "Salary: £26,000\nHours: 35\n",
    );
}

#[test]
fn each_cell_of_a_wider_table_says_which_column_it_is_of() {
    let rows: [&[&str]; 2] = [&["Works well with others", "X", ""], &["Drives", "", "X"]];
    check(
        vec![Block::new(BlockKind::Table(table(&["Criterion", "Essential", "Desirable"], &rows))), paragraph("After")],
        "Works well with others\n  Essential: X\n\nDrives\n  Desirable: X\n\nAfter\n",
    );
}

#[test]
fn footnotes_and_places_to_sign_are_there() {
    let tree = Tree {
        body: vec![Block::new(BlockKind::SignatureLine(vec![text("Signed")]))],
        footnotes: vec![vec![paragraph("See above.")]],
        ..Tree::default()
    };
    let said = write(&tree, LABELS).expect("text");
    assert_eq!(said, format!("Signed {}\n\nFootnotes\n=========\n\n[1] See above.\n", "_".repeat(30)));
}

#[test]
fn a_character_that_no_text_carries_is_a_fault() {
    let tree = Tree { body: vec![paragraph("a\u{1}b")], ..Tree::default() };
    let faults = write(&tree, LABELS).expect_err("a control character");
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["illegal-character"]);
}

#[test]
fn counters_count_as_browsers_do() {
    use super::blocks::counted;
    let said = |form, numbers: &[u64]| numbers.iter().map(|number| counted(form, *number)).collect::<Vec<_>>().join(" ");
    assert_eq!(said(NumberForm::LowerAlpha, &[1, 26, 27, 52, 53, 703]), "a z aa az ba aaa");
    assert_eq!(said(NumberForm::UpperRoman, &[1, 4, 9, 14, 40, 90, 1999, 4000]), "I IV IX XIV XL XC MCMXCIX 4000");
}
