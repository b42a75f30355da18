//! Where markers and text of a list stand: as the paged layouts put them.

use super::*;

/// A level of the list that this paragraph belongs to: place of the marker and of the text, in twips, and `w:lvlJc`.
fn level_of(bytes: &[u8], words: &str) -> (i32, i32, String) {
    let (document, numbering) = (part(bytes, "word/document.xml"), part(bytes, "word/numbering.xml"));
    let between = |text: &str, from: &str, to: &str| {
        let rest = text.split(from).nth(1).unwrap_or_else(|| panic!("no {from} in {text}"));
        rest.split(to).next().expect("an end").to_owned()
    };
    let paragraph = paragraph_with(&document, words);
    let (level, num) = (between(paragraph, "<w:ilvl w:val=\"", "\""), between(paragraph, "<w:numId w:val=\"", "\""));
    let num = between(&numbering, &format!("<w:num w:numId=\"{num}\">"), "</w:num>");
    let design = between(&num, "<w:abstractNumId w:val=\"", "\"");
    let design = between(&numbering, &format!("<w:abstractNum w:abstractNumId=\"{design}\">"), "</w:abstractNum>");
    let level = between(&design, &format!("<w:lvl w:ilvl=\"{level}\">"), "</w:lvl>");
    let number = |from: &str| between(&level, from, "\"").parse::<i32>().expect("a number");
    let (left, hanging) = (number("w:left=\""), number("w:hanging=\""));
    (left - hanging, left, between(&level, "<w:lvlJc w:val=\"", "\""))
}

/// The gap between a marker and its text: 0.6 of the size of text, in twips.
fn gap() -> i32 {
    super::super::page::twips(brand(TableStyle::Rules, CoverStyle::Plain).base.size * 0.6)
}

#[test]
fn numbers_end_at_one_line_and_leave_room_for_the_longest() {
    let decimal = || number(NumberForm::Decimal, "", ".");
    let many: Vec<String> = (1..=12).map(|count| format!("of twelve {count}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let bytes = written(&document_of(vec![list(decimal(), 1, items(&["of two", "last"])), list(decimal(), 1, items(&many))]));
    let (two, twelve) = (level_of(&bytes, "of two"), level_of(&bytes, "of twelve 12"));
    assert_eq!(two.2, "right");
    assert_eq!(two.1 - two.0, gap());
    assert!((120..260).contains(&two.0), "a digit and a full stop: {two:?}");
    assert!(twelve.0 > two.0 + 90 && twelve.1 - twelve.0 == gap(), "one digit more: {two:?} {twelve:?}");
    assert_eq!(level_of(&bytes, "of twelve 1<"), twelve, "one list has one indent");
}

#[test]
fn bullets_begin_where_the_text_around_them_does() {
    let inner = list(Marker::Bullet, 1, items(&["inner"]));
    let numbered = list(number(NumberForm::Decimal, "", "."), 1, vec![vec![paragraph("outer"), inner]]);
    let bytes = written(&document_of(vec![list(Marker::Bullet, 1, items(&["alone"])), numbered]));
    let (alone, outer, inner) = (level_of(&bytes, ">alone<"), level_of(&bytes, ">outer<"), level_of(&bytes, ">inner<"));
    assert_eq!((alone.0, alone.2.as_str()), (0, "left"));
    assert!(alone.1 > gap() + 60 && alone.1 < gap() + 200, "a bullet and the gap: {alone:?}");
    assert_eq!(inner.0, outer.1, "the inner list begins where the text of the outer stands");
    assert_eq!(inner.1 - inner.0, alone.1);
}

#[test]
fn further_paragraphs_of_an_item_stand_under_its_first() {
    let item = vec![paragraph("first"), paragraph("second")];
    let bytes = written(&document_of(vec![list(number(NumberForm::Decimal, "", "."), 1, vec![item])]));
    let document = part(&bytes, "word/document.xml");
    let second = paragraph_with(&document, "second");
    assert!(second.contains(&format!("<w:ind w:left=\"{}\"", level_of(&bytes, "first").1)), "{second}");
}
