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
    /// How many findings are mended.
    pub count: usize,
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
        let (mut text, mut shift, mut end, mut count) = (file.text.clone(), 0_isize, 0, 0);
        for (span, fix) in all.into_iter().filter(|(span, _)| span.file == file) {
            let moved = |at: usize| at.checked_add_signed(shift);
            let (Some(from), Some(to), true) = (moved(span.range.start), moved(span.range.end), span.range.start >= end) else { continue };
            let mut tried = text.clone();
            tried.replace_range(from..to, fix);
            if says_the_same(&text, &tried, &file.path) {
                (text, end, count) = (tried, span.range.end, count + 1);
                shift += fix.len().cast_signed() - span.range.len().cast_signed();
            }
        }
        (count > 0).then_some(Fixed { file, text, count })
    };
    files.into_values().filter_map(file).collect()
}

/// Whether two texts are the same values but for the words of one.
fn says_the_same(one: &str, other: &str, path: &str) -> bool {
    let read = |text: &str| source::read(&Arc::new(SourceText { path: path.to_owned(), text: text.to_owned() }), Layer::Profile).ok();
    matches!((read(one), read(other)), (Some(one), Some(other)) if differ(&one, &other) == Some(1))
}

/// How many texts of two trees differ; none if anything else does.
fn differ(one: &Node, other: &Node) -> Option<usize> {
    match (&one.value, &other.value) {
        (Value::Null, Value::Null) => Some(0),
        (Value::Scalar(one), Value::Scalar(other)) => Some(usize::from(one.text != other.text)),
        (Value::List(one), Value::List(other)) if one.len() == other.len() => one.iter().zip(other).map(|(one, other)| differ(one, other)).sum(),
        (Value::Map(one), Value::Map(other)) if one.keys().eq(other.keys()) => {
            one.entries.iter().zip(&other.entries).map(|(one, other)| differ(&one.node, &other.node)).sum()
        }
        _ => None,
    }
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
        assert_eq!(all[0].count, 2);
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
    fn what_would_be_no_yaml_is_left() {
        let mut found = findings("obsolete-vetting-term", "post_title: Officer\npurpose: [Pass a CRB check]");
        found[0].fix = Some("DBS: or [other".to_owned());
        assert!(fixed(found.iter()).is_empty());
    }
}
