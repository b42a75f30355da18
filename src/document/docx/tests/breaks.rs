//! Where a page may end in a table, and before one.

use super::*;

/// The rows of the first table: whether each stays with the next, whether it may be divided.
fn rows(document: &str) -> Vec<(bool, bool)> {
    let table = document.split("<w:tbl>").nth(1).and_then(|rest| rest.split("</w:tbl>").next()).expect("a table");
    let rows = table.split("<w:tr>").skip(1);
    rows.map(|row| {
        let kept = |paragraph: &str| paragraph.contains("<w:keepNext/>") || paragraph.contains("\"TableHeading\"");
        let all: Vec<bool> = row.split("<w:p>").skip(1).map(kept).collect();
        assert!(all.iter().all(|kept| *kept == all[0]), "the cells of a row agree: {row}");
        (all[0], !row.contains("<w:cantSplit/>"))
    })
    .collect()
}

/// A table with a header row and so many rows below.
fn table(count: usize, words: &str) -> Block {
    let body = (0..count).map(|_| row(false, vec![cell("Criterion", Some(Scope::Row)), cell(words, None)]));
    let head = row(true, vec![cell("Criterion", Some(Scope::Column)), cell("Words", Some(Scope::Column))]);
    Block::new(BlockKind::Table(Table { columns: Vec::new(), rows: [head].into_iter().chain(body).collect(), caption: Vec::new() }))
}

fn kept(count: usize, words: &str) -> Vec<bool> {
    let document = part(&written(&document_of(vec![table(count, words)])), "word/document.xml");
    rows(&document).into_iter().map(|(kept, _)| kept).collect()
}

#[test]
fn no_row_of_a_long_table_stands_alone_and_the_table_can_still_be_divided() {
    let kept = kept(30, "Some words");
    assert_eq!(kept[..2], [true, true], "the header stays with two rows");
    assert_eq!(kept[2..29], [false; 27]);
    assert_eq!(kept[29..], [true, false], "the last row has company, and lets go of what follows");
}

#[test]
fn a_short_table_is_kept_whole() {
    assert_eq!(kept(4, "Some words"), [true, true, true, true, false]);
    let lines = "Several lines of words in each row, so that four of them take more than a third of a page. ".repeat(3);
    assert_eq!(kept(4, &lines), [true, true, true, true, false]);
    assert_eq!(kept(5, &lines), [true, true, false, false, true, false]);
}

#[test]
fn a_row_that_may_be_higher_than_a_page_can_be_divided_and_keeps_nothing() {
    let document = part(&written(&document_of(vec![table(6, &"many words ".repeat(900))])), "word/document.xml");
    let rows = rows(&document);
    assert_eq!(rows[0], (true, false), "the header stays whole");
    assert!(rows[1..].iter().all(|row| *row == (false, true)), "{rows:?}");
}

#[test]
fn a_line_that_leads_in_stays_with_its_list_or_table() {
    let long = paragraph(&"A paragraph that says a good deal by itself. ".repeat(10));
    let blocks = vec![
        paragraph("We offer:"),
        list(Marker::Bullet, 1, items(&["one"])),
        paragraph("In figures:"),
        table(1, "x"),
        long,
        table(1, "x"),
        paragraph("Alone."),
        paragraph("After."),
    ];
    let document = part(&written(&document_of(blocks)), "word/document.xml");
    let keeps = |words: &str| paragraph_with(&document, words).contains("<w:keepNext/>");
    assert!(keeps("We offer:") && keeps("In figures:"));
    assert!(!keeps("A paragraph that says") && !keeps("Alone.") && !keeps(">one<"));
    let blocks = vec![paragraph("These tasks:"), heading(1, "Planning", "x"), paragraph("To plan.")];
    let document = part(&written(&document_of(blocks)), "word/document.xml");
    assert!(paragraph_with(&document, "These tasks:").contains("<w:keepNext/>"));
}

#[test]
fn no_item_of_a_list_stands_alone() {
    let items = items(&["first", "second", "third", "fourth", "fifth"]);
    let document = part(&written(&document_of(vec![list(Marker::Bullet, 1, items)])), "word/document.xml");
    let keeps = |words: &str| paragraph_with(&document, &format!(">{words}<")).contains("<w:keepNext/>");
    assert_eq!(["first", "second", "third", "fourth", "fifth"].map(keeps), [true, false, false, true, false]);
}

#[test]
fn lines_to_sign_on_stand_in_one_box_with_what_they_sign() {
    let line = |words: &str| Block::new(BlockKind::SignatureLine(text(words)));
    let group = styled("sign-off", BlockKind::Group(vec![line("Signed"), line("Date")]));
    let document = part(&written(&document_of(vec![paragraph("I agree."), group, paragraph("After.")])), "word/document.xml");
    assert!(paragraph_with(&document, "I agree.").contains("<w:keepNext/>"));
    for words in ["Signed", "Date"] {
        let line = paragraph_with(&document, words);
        assert!(line.contains("\"SignatureLine\"") && line.contains("<w:shd "), "{line}");
    }
    assert!(!paragraph_with(&document, "After.").contains("<w:shd "));
}

#[test]
fn the_first_page_has_a_footer_and_no_header_unless_it_is_a_field_of_colour() {
    for cover in [CoverStyle::Band, CoverStyle::Full] {
        let parts = parts(TableStyle::Rules, cover);
        let document = part(&write(&tree(), &job(&parts, &[])).expect("a document"), "word/document.xml");
        assert_eq!(count(&document, "<w:titlePg/>"), 1, "{cover:?}");
        assert_eq!(count(&document, "<w:footerReference w:type=\"first\""), 1, "{cover:?}");
        assert_eq!(count(&document, "<w:headerReference w:type=\"first\""), 0, "{cover:?}");
    }
}

#[test]
fn a_column_takes_room_for_its_longest_word_from_wider_ones() {
    let widths = |first: &str| -> Vec<i32> {
        let row = row(false, vec![cell(first, None), cell("yes", None), cell("no", None)]);
        let columns = vec![ColumnWidth::Fraction(1.0), ColumnWidth::Points(200.0), ColumnWidth::Points(220.0)];
        let table = Block::new(BlockKind::Table(Table { columns, rows: vec![row], caption: Vec::new() }));
        let document = part(&written(&document_of(vec![table])), "word/document.xml");
        document.split("<w:gridCol w:w=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
    };
    assert_eq!(widths("a")[1..], [4000, 4400], "what the layout asked for");
    let long = widths("Internationalisation");
    assert!(long[0] > widths("a")[0] + 500 && long[1] < 4000, "{long:?}");
    assert_eq!(long.iter().sum::<i32>(), widths("a").iter().sum::<i32>(), "the table is as wide");
}
