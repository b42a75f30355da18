//! What a document or part opens with: title, heading and masthead lines as one box.

use super::*;

/// Paragraph properties without the style and what keeps lines together: what must be the same for Word to join them.
fn frame(paragraph: &str) -> String {
    let borders = paragraph.split("<w:pBdr>").nth(1).and_then(|rest| rest.split("</w:pBdr>").next()).unwrap_or_default();
    let tag = |name: &str| paragraph.split(name).nth(1).and_then(|rest| rest.split("/>").next()).unwrap_or_default();
    format!("{borders}|{}|{}", tag("<w:shd "), tag("<w:ind "))
}

#[test]
fn a_title_stands_in_the_band_of_its_masthead() {
    let parts = parts(TableStyle::Rules, CoverStyle::Band);
    let bytes = write(&tree(), &job(&parts, &[])).expect("a document");
    let document = part(&bytes, "word/document.xml");
    let (masthead, title) = (paragraph_with(&document, "Children &amp; Families"), paragraph_with(&document, ">Learning Mentor<"));
    assert!(masthead.contains("<w:pStyle w:val=\"Masthead\"/>") && title.contains("<w:pStyle w:val=\"Title\"/>"));
    assert!(frame(title).contains("w:fill=\"0B4F6C\""), "{title}");
    assert_eq!(frame(masthead), frame(title));
    assert!(title.contains("<w:color w:val=\"FFFFFF\"/>"), "light words on the strong colour: {title}");
    assert!(title.contains("<w:spacing w:before=\"0\"/>"), "no gap in the band: {title}");
    let after = paragraph_with(&document, ">The job<");
    assert!(!after.contains("<w:pBdr>"), "the band ends: {after}");
}

#[test]
fn a_heading_in_a_panel_is_still_a_heading() {
    let [masthead, title] = opening(
        "part-panel",
        [styled("masthead", BlockKind::Paragraph(text("Westmoor"))), heading(1, "Person specification", "p")],
    );
    let document = part(&written(&document_of(vec![masthead, title, paragraph("Words")])), "word/document.xml");
    let title = paragraph_with(&document, "Person specification");
    assert!(title.contains("<w:pStyle w:val=\"Heading1\"/>") && title.contains("w:fill=\"0B4F6C\""), "{title}");
    assert!(!title.contains("keepNext"), "the style keeps it with what follows: {title}");
    assert_eq!(frame(title), frame(paragraph_with(&document, "Westmoor")));
}

#[test]
fn a_part_that_opens_plainly_has_no_band() {
    let [masthead, title] = opening(
        "part-plain",
        [styled("masthead", BlockKind::Paragraph(text("Westmoor"))), heading(1, "Person specification", "p")],
    );
    let document = part(&written(&document_of(vec![masthead, title])), "word/document.xml");
    assert_eq!(frame(paragraph_with(&document, "Person specification")), "||");
    assert_eq!(frame(paragraph_with(&document, "Westmoor")), "||");
}
