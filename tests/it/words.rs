//! Words as the tests compare them between formats: what a reader would hear, free of how a format stores it.

use unicode_normalization::UnicodeNormalization;

/// White space folded, ligatures and other compatibility forms opened (NFKC), invisible characters gone.
pub fn plain(text: &str) -> String {
    let visible: String = text
        .nfkc()
        .filter(|c| !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The paragraphs that say something, each as [`plain`] text.
pub fn spoken(paragraphs: impl IntoIterator<Item = String>) -> Vec<String> {
    paragraphs.into_iter().map(|text| plain(&text)).filter(|text| !text.is_empty()).collect()
}

/// Where two lists of paragraphs first part, for a message; `None` where they are the same.
pub fn first_difference(left: (&str, &[String]), right: (&str, &[String])) -> Option<String> {
    let (left_name, left) = left;
    let (right_name, right) = right;
    let at = (0..left.len().max(right.len())).find(|at| left.get(*at) != right.get(*at))?;
    let show = |list: &[String]| list.get(at).map_or("(the end)".to_owned(), |text| format!("{text:?}"));
    let before = at.checked_sub(1).and_then(|before| left.get(before)).map_or(String::new(), |text| format!(" after {text:?}"));
    Some(format!("paragraph {}{before}: {left_name} has {}, {right_name} has {}", at + 1, show(left), show(right)))
}

#[test]
fn the_first_difference_is_named() {
    let list = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (a, b) = (list(&["one", "two"]), list(&["one", "2"]));
    assert_eq!(first_difference(("a", &a), ("b", &a)), None);
    let said = first_difference(("a", &a), ("b", &b)).expect("they differ");
    assert_eq!(said, r#"paragraph 2 after "one": a has "two", b has "2""#);
    assert!(first_difference(("a", &a), ("b", &a[..1])).expect("one is shorter").contains("b has (the end)"));
}
