//! Words put in the place of those that findings are about. Nothing else of a file changes, not a comment and not a blank.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceText, Span};
use crate::source::{self, Layer, Node, Value};

/// A file with other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The file as it was read.
    pub file: Arc<SourceText>,
    /// Its new text.
    pub text: String,
    /// The places that are mended, in the file as it was.
    pub mended: Vec<Span>,
}

/// The files of these findings with the words that they offer. Of two that overlap the first is taken; one that would make something
/// else of the file than the same file with other words is left.
pub fn fixed<'a>(found: impl Iterator<Item = &'a Diagnostic>) -> Vec<Fixed> {
    let mut files: BTreeMap<&str, Vec<(&Span, &str)>> = BTreeMap::new();
    for finding in found {
        if let (Some(span), Some(fix)) = (&finding.span, &finding.fix) {
            files.entry(&span.file.path).or_default().push((span, fix));
        }
    }
    let file = |mut all: Vec<(&Span, &str)>| {
        all.sort_by_key(|(span, _)| (span.range.start, span.range.end));
        let file = Arc::clone(&all.first()?.0.file);
        let (mut text, mut shift, mut end, mut mended) = (file.text.clone(), 0_isize, 0, Vec::new());
        for (span, fix) in all.into_iter().filter(|(span, _)| span.file == file) {
            let moved = |at: usize| at.checked_add_signed(shift);
            let (Some(from), Some(to), true) = (moved(span.range.start), moved(span.range.end), span.range.start >= end) else { continue };
            let mut tried = text.clone();
            tried.replace_range(from..to, fix);
            if says_the_same((&text, &tried), (span.text(), fix), &file.path) {
                (text, end) = (tried, span.range.end);
                mended.push(span.clone());
                shift += fix.len().cast_signed() - span.range.len().cast_signed();
            }
        }
        (!mended.is_empty()).then_some(Fixed { file, text, mended })
    };
    files.into_values().filter_map(file).collect()
}

/// Whether two texts are the same values, but for one in which some words stand in the place of others.
///
/// - words: those that went, as the file has them, and those that came
fn says_the_same((one, other): (&str, &str), words: (&str, &str), path: &str) -> bool {
    let read = |text: &str| source::read(&Arc::new(SourceText { path: path.to_owned(), text: text.to_owned() }), Layer::Profile).ok();
    let (Some(one), Some(other)) = (read(one), read(other)) else { return false };
    let Some(differing) = differ(&one, &other) else { return false };
    matches!(differing.as_slice(), [(one, other)] if is_replaced(one, other, words))
}

/// The texts of two trees that differ; none if anything else does.
fn differ<'a>(one: &'a Node, other: &'a Node) -> Option<Vec<(&'a str, &'a str)>> {
    match (&one.value, &other.value) {
        (Value::Null, Value::Null) => Some(Vec::new()),
        (Value::Scalar(one), Value::Scalar(other)) if one.text == other.text => Some(Vec::new()),
        (Value::Scalar(one), Value::Scalar(other)) => Some(vec![(&one.text, &other.text)]),
        (Value::List(one), Value::List(other)) if one.len() == other.len() => {
            one.iter().zip(other).map(|(one, other)| differ(one, other)).collect::<Option<Vec<_>>>().map(|all| all.concat())
        }
        (Value::Map(one), Value::Map(other)) if one.keys().eq(other.keys()) => {
            let all = one.entries.iter().zip(&other.entries).map(|(one, other)| differ(&one.node, &other.node));
            all.collect::<Option<Vec<_>>>().map(|all| all.concat())
        }
        _ => None,
    }
}

/// Whether a text has become another one by these words and nothing else: a blank and `#` begin a comment in YAML, and what is cut
/// off by one is lost.
///
/// - gone: the words that went, as the file has them: with line breaks, or as an escape
fn is_replaced(one: &str, other: &str, (gone, new): (&str, &str)) -> bool {
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = spaced(gone);
    let Some(length) = (one.len() + new.len()).checked_sub(other.len()) else { return false };
    one.char_indices().map(|(at, _)| at).any(|at| {
        let (Some(removed), Some(added)) = (one.get(at..at + length), other.get(at..at + new.len())) else { return false };
        let is_gone = removed == gone || spaced(removed) == words || gone.starts_with('\\') && removed.chars().count() == 1;
        is_gone && added == new && one.get(..at) == other.get(..at) && one.get(at + length..) == other.get(at + new.len()..)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::findings;

    #[test]
    fn words_change_and_nothing_else() {
        let yaml = "post_title: Officer   # a comment\npurpose:\n  - >-\n    Comply with CRB\n    checks, and with\n    the Criminal Records   Bureau.\n  - 'A \"CRB\" check'";
        let found = findings("obsolete-vetting-term", yaml);
        let all = fixed(found.iter());
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].mended.len(), 2);
        let before = &all[0].file.text;
        assert_eq!(all[0].text, before.replacen("CRB", "DBS", 1).replace("Criminal Records   Bureau", "Disclosure and Barring Service"));
    }

    #[test]
    fn where_words_are_not_known_to_the_byte_nothing_is_put() {
        // A line break that is escaped, and a blank behind it that is too: as some programs write long texts.
        let found = findings("obsolete-vetting-term", "post_title: Officer\npurpose: [\"Pass a CRB check,\\\n  \\ and keep \\u2019s\"]");
        assert_eq!(found.len(), 1);
        let text = fixed(found.iter()).into_iter().next().map(|fixed| fixed.text);
        assert!(text.is_none_or(|text| text.contains("Pass a DBS check,")), "{found:#?}");
        // A sign with a line break beside it: the break is not the sign's.
        let yaml = "post_title: Officer\npurpose:\n  - |\n    one\u{a0}\n    two and\u{a0}three\n";
        let all = fixed(findings("import-artefact", yaml).iter());
        assert!(all.iter().all(|fixed| fixed.text.contains("one\u{a0}\n    two and three")), "{all:#?}");
    }

    #[test]
    fn nothing_else_goes_with_what_is_taken_out() {
        // A blank and `#` would begin a comment.
        let yaml = "post_title: Officer\npurpose:\n  - Take part in the \u{200b}#OneBorough work of the whole council\n";
        assert!(fixed(findings("import-artefact", yaml).iter()).is_empty());
        // A blank that is escaped is not the sign behind it.
        let yaml = "post_title: Officer\npurpose: [\"Take part in the work \\t\\u00ad\"]\n";
        let all = fixed(findings("import-artefact", yaml).iter());
        assert!(all.iter().all(|fixed| fixed.text.contains("\\t")), "{all:#?}");
    }

    #[test]
    fn what_would_be_no_yaml_is_left() {
        let mut found = findings("obsolete-vetting-term", "post_title: Officer\npurpose: [Pass a CRB check]");
        found[0].fix = Some("DBS: or [other".to_owned());
        assert!(fixed(found.iter()).is_empty());
    }
}
