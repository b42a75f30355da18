//! Each construct, to the character.

use std::sync::Arc;

use super::sample::*;
use super::{body, document_of, written};
use crate::document::tree::*;

#[test]
fn headings_stand_one_level_below_the_title_and_go_on_past_h6() {
    let headings = (1..=6).map(|level| Block::new(BlockKind::Heading { level, content: vec![text("A")] })).collect();
    assert_eq!(
        body(headings),
        "<h2>A</h2>\n<h3>A</h3>\n<h4>A</h4>\n<h5>A</h5>\n<h6>A</h6>\n<h6 aria-level=\"7\">A</h6>\n"
    );
}

#[test]
fn a_document_without_a_title_block_lends_its_own() {
    let page = written(&document_of(vec![paragraph("A")])).expect("a page");
    assert!(page.contains("<div class=\"cover band\"><div class=\"measure\">\n<h1>A title</h1>\n</div>\n</div>\n"));
}

#[test]
fn a_title_after_other_blocks_stays_where_it_is() {
    let title = Block::new(BlockKind::Title(vec![text("T")]));
    assert_eq!(body(vec![list(Marker::Bullet, &["a"]), title]), "<ul>\n<li>a</li>\n</ul>\n<h1>T</h1>\n");
}

#[test]
fn lists_keep_their_form_start_and_brackets() {
    let of = |form, prefix, suffix| body(vec![list(number(form, prefix, suffix), &["x"])]);
    assert_eq!(of(NumberForm::Decimal, "", "."), "<ol>\n<li>x</li>\n</ol>\n");
    assert_eq!(of(NumberForm::LowerAlpha, "", "."), "<ol type=\"a\">\n<li>x</li>\n</ol>\n");
    assert_eq!(
        of(NumberForm::LowerAlpha, "(", ")"),
        "<ol class=\"m-both-lower-alpha\" type=\"a\">\n<li>x</li>\n</ol>\n"
    );
    assert_eq!(of(NumberForm::UpperRoman, "", ")"), "<ol class=\"m-after-upper-roman\" type=\"I\">\n<li>x</li>\n</ol>\n");
    assert_eq!(of(NumberForm::Decimal, "", ""), "<ol class=\"m-bare-decimal\">\n<li>x</li>\n</ol>\n");
    assert_eq!(
        of(NumberForm::Decimal, "\"", ":"),
        "<ol class=\"m-own-decimal\">\n<li data-before=\"&quot;\" data-after=\":\">x</li>\n</ol>\n"
    );
    assert_eq!(body(vec![list(Marker::Dash, &["x"])]), "<ul class=\"dash\">\n<li>x</li>\n</ul>\n");
    let started = List { marker: number(NumberForm::Decimal, "", "."), start: 3, items: vec![vec![paragraph("x")]] };
    assert_eq!(body(vec![Block::new(BlockKind::List(started))]), "<ol start=\"3\">\n<li>x</li>\n</ol>\n");
}

#[test]
fn items_nest_and_hold_paragraphs() {
    let inner = list(Marker::Bullet, &["b"]);
    let items = vec![vec![paragraph("a"), inner], vec![paragraph("c"), paragraph("d")]];
    let outer = List { marker: Marker::Bullet, start: 1, items };
    assert_eq!(
        body(vec![Block::new(BlockKind::List(outer))]),
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li><p>c</p>\n<p>d</p>\n</li>\n</ul>\n"
    );
}

#[test]
fn facts_are_named_by_their_rows() {
    assert_eq!(
        body(vec![styled("facts", BlockKind::Table(facts(&[("Grade", "Grade 3")])))]),
        "<table class=\"stacks pairs s-facts\">\n<colgroup><col class=\"w-35\"><col class=\"w-65\"></colgroup>\n<thead>\n\
         <tr><th scope=\"col\"><p>Detail</p>\n</th><th scope=\"col\"><p>Information</p>\n</th></tr>\n</thead>\n<tbody>\n\
         <tr><th scope=\"row\"><p><strong>Grade</strong></p>\n</th><td><p>Grade 3</p>\n</td></tr>\n</tbody>\n</table>\n"
    );
}

#[test]
fn criteria_carry_their_column_names_and_empty_cells_stay_empty() {
    assert_eq!(
        body(vec![Block::new(BlockKind::Table(criteria(&[("Mentoring", "✓", "", "Interview")])))]),
        "<table class=\"stacks\">\n<colgroup><col class=\"w-50\"><col class=\"w-15\"><col class=\"w-15\">\
         <col class=\"w-20\"></colgroup>\n<thead>\n<tr>\
         <th class=\"\" scope=\"col\"><p><strong>Criterion</strong></p>\n</th>\
         <th class=\"a-center\" scope=\"col\"><p><strong>Essential</strong></p>\n</th>\
         <th class=\"a-center\" scope=\"col\"><p><strong>Desirable</strong></p>\n</th>\
         <th class=\"a-center\" scope=\"col\"><p><strong>Assessed by</strong></p>\n</th></tr>\n</thead>\n<tbody>\n\
         <tr><th scope=\"row\"><p>Mentoring</p>\n</th>\
         <td class=\"a-center\" data-label=\"Essential\"><p>✓</p>\n</td>\
         <td class=\"a-center\" data-label=\"Desirable\"></td>\
         <td data-label=\"Assessed by\"><p>Interview</p>\n</td></tr>\n</tbody>\n</table>\n"
            .replace(" class=\"\"", "")
    );
}

#[test]
fn a_table_that_cannot_stack_scrolls_in_a_named_region_that_the_keyboard_reaches() {
    let spanning = || {
        let wide = Cell { column_span: 2, ..scoped(Scope::Column, "Both") };
        let tall = Cell { row_span: 2, ..cell("c") };
        Block::new(BlockKind::Table(table(vec![ColumnWidth::Auto; 3], Some(vec![cell(""), wide]), vec![
            vec![cell("a"), cell("b"), tall],
            vec![cell("d"), cell("e")],
        ])))
    };
    let html = body(vec![heading(1, "Hours", "h"), spanning(), spanning()]);
    assert!(html.contains(
        "<section class=\"scroll\" aria-label=\"Hours\" tabindex=\"0\">\n<table>\n<thead>\n\
         <tr><td></td><th scope=\"colgroup\" colspan=\"2\"><p>Both</p>\n</th></tr>\n</thead>\n<tbody>\n\
         <tr><td><p>a</p>\n</td><td><p>b</p>\n</td><td rowspan=\"2\"><p>c</p>\n</td></tr>\n"
    ), "{html}");
    assert!(html.contains("aria-label=\"Hours 2\""), "names of landmarks differ");
}

#[test]
fn a_caption_names_its_table() {
    let mut table = table(vec![], Some(vec![scoped(Scope::Column, "A"), scoped(Scope::Column, "B")]), vec![]);
    table.caption = vec![text("Hours")];
    assert_eq!(
        body(vec![Block::new(BlockKind::Table(table))]),
        "<table class=\"stacks\">\n<caption>Hours</caption>\n<thead>\n<tr><th scope=\"col\"><p>A</p>\n</th>\
         <th scope=\"col\"><p>B</p>\n</th></tr>\n</thead>\n</table>\n"
    );
}

#[test]
fn pictures_are_inside_the_page() {
    let image = |alt: &str| Image {
        data: Arc::from(&b"<svg/>"[..]),
        format: ImageFormat::Svg,
        alt: alt.to_owned(),
        width: Some(75.0),
        height: None,
    };
    assert_eq!(
        body(vec![list(Marker::Bullet, &["x"]), Block::new(BlockKind::Image(image("A \"sign\"")))]),
        "<ul>\n<li>x</li>\n</ul>\n<div class=\"picture\"><img src=\"data:image/svg+xml;base64,PHN2Zy8+\" \
         alt=\"A &quot;sign&quot;\" width=\"100\"></div>\n"
    );
    assert!(body(vec![Block::new(BlockKind::Image(image("")))]).contains("alt=\"\""));
}

#[test]
fn blocks_and_spans_carry_language_style_anchor_and_alignment_as_attributes() {
    let attributes = Attributes {
        id: Some("a".into()),
        language: Some("ur".into()),
        style: Some("odd name".into()),
        opening: None,
        align: Some(Align::Center),
        page_break_before: true,
        landscape: None,
    };
    let span = Inline::Span { attributes: Attributes { language: Some("cy".into()), ..Attributes::default() }, content: vec![text("b")] };
    assert_eq!(
        body(vec![Block { kind: BlockKind::Paragraph(vec![span, Inline::LineBreak, strong("c")]), attributes }]),
        "<p class=\"s-odd-name break a-center\" id=\"a\" lang=\"ur\" dir=\"rtl\">\
         <span lang=\"cy\">b</span><br><strong>c</strong></p>\n"
    );
}

#[test]
fn groups_and_places_to_sign() {
    let plain = Block {
        kind: BlockKind::Group(vec![paragraph("b")]),
        attributes: Attributes { language: Some("cy".into()), ..Attributes::default() },
    };
    assert_eq!(
        body(vec![
            styled("notice", BlockKind::Group(vec![paragraph("a")])),
            plain,
            Block::new(BlockKind::SignatureLine(vec![text("Signed "), strong("here")])),
        ]),
        "<div class=\"group s-notice\">\n<p>a</p>\n</div>\n<div lang=\"cy\">\n<p>b</p>\n</div>\n\
         <p class=\"signature\"><span>Signed <strong>here</strong></span></p>\n"
    );
}

#[test]
fn contents_are_nested_navigation_under_their_own_or_the_layouts_heading() {
    let entry = |level, target: &str| ContentsEntry { level, text: target.to_uppercase(), target: target.into(), page: None };
    let contents = || Block::new(BlockKind::Contents(vec![entry(1, "a"), entry(3, "b"), entry(1, "c")]));
    let ends = || [heading(1, "A", "a"), heading(3, "B", "b"), heading(1, "C", "c")];
    let links = "<ul>\n<li><a href=\"#a\">A</a>\n<ul>\n<li><a href=\"#b\">B</a></li>\n</ul>\n</li>\n\
                 <li><a href=\"#c\">C</a></li>\n</ul>\n</nav>\n";
    let alone = body([contents()].into_iter().chain(ends()).collect());
    let start = "<nav class=\"contents\" aria-labelledby=\"jp-contents\"><h2 id=\"jp-contents\">Contents</h2>\n";
    assert!(alone.starts_with(&format!("{start}{links}")), "{alone}");
    let under = body([heading(1, "In this pack", "x"), contents()].into_iter().chain(ends()).collect());
    assert!(under.contains(&format!("<nav class=\"contents\" aria-label=\"In this pack\">\n{links}")), "{under}");
}

#[test]
fn a_line_loses_its_page_number_and_keeps_what_is_set_apart_from_it() {
    let line = |before: &str, after: &str| {
        let content = vec![text(before), Inline::PageNumber, text(" of "), Inline::PageCount, text(after)];
        body(vec![Block::new(BlockKind::Paragraph(content))])
    };
    assert_eq!(line("Page ", ""), "");
    assert_eq!(line("Havering · Page ", ""), "<p>Havering</p>\n");
    assert_eq!(line("Tudalen ", " | Havering · 2026"), "<p> Havering · 2026</p>\n");
}

#[test]
fn a_link_in_a_link_and_a_note_in_a_link_stay_well_formed() {
    let inner = link("https://b.example/", "b");
    let outer = Inline::Link {
        target: LinkTarget::External("tel:+44 20".into()),
        content: vec![text("a "), inner, Inline::NoteReference(0), text(" c")],
    };
    let mut tree = document_of(vec![Block::new(BlockKind::Paragraph(vec![outer]))]);
    tree.footnotes.push(vec![paragraph("n")]);
    let page = written(&tree).expect("a page");
    assert!(page.contains("<p><a href=\"tel:+44%2020\">a b c</a><sup><a href=\"#jp-note-1\""), "{page}");
}

