//! The line of a section heading.

use super::*;

/// The borders of a heading's style: at the top, at the bottom.
fn rules(heading_rule: HeadingRule, level: usize) -> (bool, bool) {
    let parts = ruled_parts(TableStyle::Rules, CoverStyle::Plain, heading_rule);
    let bytes = write(&tree(), &job(&parts, &[])).expect("a document");
    let styles = part(&bytes, "word/styles.xml");
    let style = styles.split(&format!("w:styleId=\"Heading{level}\"")).nth(1).and_then(|rest| rest.split("</w:style>").next());
    let style = style.expect("a heading style");
    (style.contains("<w:pBdr><w:top "), style.contains("<w:pBdr><w:bottom "))
}

#[test]
fn section_headings_carry_the_line_where_the_layout_puts_it() {
    assert_eq!(rules(HeadingRule::Below, 2), (false, true));
    assert_eq!(rules(HeadingRule::Above, 2), (true, false));
    for level in [1, 3, 4, 5, 6] {
        assert_eq!(rules(HeadingRule::Below, level), (false, false), "level {level}");
    }
}
