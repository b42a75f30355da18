//! What a page refuses, all at once.

use std::sync::Arc;

use super::sample::*;
use super::{codes, document_of, written};
use crate::diagnostic::SourceText;
use crate::document::html::PageTemplate;
use crate::document::html::base64;
use crate::document::tree::*;

#[test]
fn characters_that_html_cannot_carry_are_refused_wherever_they_stand() {
    for bad in ['\0', '\u{1}', '\u{8}', '\u{b}', '\r', '\u{1f}', '\u{7f}', '\u{85}', '\u{9f}', '\u{fdd0}', '\u{fffe}', '\u{10ffff}'] {
        assert_eq!(codes(&document_of(vec![paragraph(&format!("a{bad}b"))])), ["illegal-character"], "{bad:?}");
    }
    let tree = Tree { title: "a\u{1}".into(), ..document_of(vec![paragraph("b\u{2}"), heading(1, "c", "d\u{3}")]) };
    assert_eq!(codes(&tree), ["illegal-character"; 3]);
    for good in ['\u{200f}', '\u{202e}', '\u{feff}', '\u{a0}', '\u{fffd}'] {
        assert!(written(&document_of(vec![paragraph(&format!("a{good}b"))])).expect("a page").contains(good));
    }
}

#[test]
fn only_four_schemes_become_links() {
    let of = |address: &str| codes(&document_of(vec![Block::new(BlockKind::Paragraph(vec![link(address, "x")]))]));
    for good in ["https://a.example/", "HTTP://a.example", "mailto:a@b.example", "tel:+4420"] {
        assert!(of(good).is_empty(), "{good}");
    }
    for bad in ["javascript:alert(1)", " https://a", "java\tscript:x", "data:text/html,x", "file:///x", "//a.example", "a.html", "", "#x"] {
        assert_eq!(of(bad), ["link-scheme"], "{bad}");
    }
}

#[test]
fn anchors_are_checked_both_ways() {
    let to = |id: &str| Inline::Link { target: LinkTarget::Internal(id.into()), content: vec![text("x")] };
    let link = |id| Block::new(BlockKind::Paragraph(vec![to(id)]));
    assert_eq!(codes(&document_of(vec![link("b"), heading(1, "A", "a")])), ["broken-link"]);
    assert_eq!(codes(&document_of(vec![heading(1, "A", "a"), heading(1, "B", "a")])), ["duplicate-anchor"]);
    assert_eq!(codes(&document_of(vec![heading(1, "A", "jp-main")])), ["duplicate-anchor"]);
    assert_eq!(codes(&document_of(vec![heading(1, "A", "a b")])), ["invalid-anchor"]);
    let empty = Attributes { id: Some("a".into()), ..Attributes::default() };
    let target = Cell { blocks: vec![Block { attributes: empty, ..paragraph("") }], ..cell("") };
    let holder = Block::new(BlockKind::Table(table(vec![], None, vec![vec![scoped(Scope::Row, "x"), target]])));
    assert_eq!(codes(&document_of(vec![link("a"), holder])), [""; 0], "an anchor in an empty cell is kept");
    assert_eq!(codes(&document_of(vec![link("später"), heading(1, "A", "später")])), [""; 0]);
}

#[test]
fn a_page_needs_title_language_and_the_notes_that_it_refers_to() {
    let note = Block::new(BlockKind::Paragraph(vec![Inline::NoteReference(0)]));
    let tree = Tree { title: String::new(), language: String::new(), ..document_of(vec![note]) };
    assert_eq!(codes(&tree), ["missing-language", "missing-title", "missing-footnote"]);
}

fn style_codes(css: &str) -> Vec<&'static str> {
    let source = Arc::new(SourceText { path: "templates/x/web/page.css".into(), text: css.into() });
    let made = PageTemplate::new(Some(source), crate::layout::HeadingRule::Below).and_then(|template| template.for_brand(&brand_of("havering"), Default::default(), std::sync::Arc::default()));
    made.err().unwrap_or_default().iter().map(|fault| fault.code).collect()
}

#[test]
fn a_layouts_own_style_sheet_stays_in_its_element_and_asks_nobody() {
    assert_eq!(style_codes("a { color: {{ light.link }}; }"), [""; 0]);
    assert_eq!(style_codes("a { background: url( 'data:image/png;base64,AA' ) }"), [""; 0]);
    for bad in ["{{ light.typo }}", "{% if %}", "</style>", "@import 'x';", "a { background: URL(//x) }", "<!-- -->"] {
        assert_eq!(style_codes(bad), ["page-style"], "{bad}");
    }
}

#[test]
fn a_brand_cannot_leave_a_string_of_the_style_sheet() {
    let mut brand = brand_of("havering");
    brand.base.family = "A\"; } </style><script>\\".to_owned();
    let style = PageTemplate::new(None, crate::layout::HeadingRule::Below).expect("a template").for_brand(&brand, Default::default(), std::sync::Arc::default()).expect("a style sheet");
    assert!(style.css().contains(r#"font-family: "A\22 \3B  \7D  \3C \2F style\3E \3C script\3E \5C ","#), "{}", style.css());
}

#[test]
fn bytes_become_base64_as_the_rfc_shows() {
    let vectors = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
    let expected = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
    assert_eq!(vectors.map(|text| base64::encode(text.as_bytes())), expected);
}
