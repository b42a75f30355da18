//! Words that stand for words that somebody still has to write.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::pattern;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "placeholder",
    severity: Severity::Error,
    finds: "words that stand for others: “[insert grade]”, “XXXX”, “TBC”, a line to write on",
    why: "It shows that the pack went out unread, and the candidate lacks what should stand there.",
    sources: &["Practice of this project"],
    example: "The post is based at [insert school].",
    counter_example: "the Independent Safeguarding Authority [now the DBS]",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    static BLANK: OnceLock<Regex> = OnceLock::new();
    let blank = pattern(&BLANK, r"\bX{3,}\b|\bx{4,}\b|\b20[Xx]{2}\b|£\s?[Xx]{2,}|\b[Xx]{2}/[Xx]{2}\b|_{4,}");
    for passage in &passages.all {
        let words = &passage.words;
        let hits = sheet.hits(passage).into_iter().filter_map(|hit| whole(passage, hit.range));
        let blanks = blank.find_iter(words).map(|found| found.range()).filter(|range| !passage.is_quoted(range));
        let mut all: Vec<Range<usize>> = hits.chain(blanks).collect();
        all.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        for range in all {
            if range.start >= end {
                end = range.end;
                let message = format!("“{}” stands for words that are still to be written", &words[range.clone()]);
                found.words(passage, range, message).hints.push("write them, or take the line out".to_owned());
            }
        }
    }
}

/// All of what stands in a bracket, up to its end; a link has an address after it, and a bracket that isn't closed is none.
fn whole(passage: &Passage<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let words = &passage.words;
    let close = match words[range.clone()].chars().next() {
        Some('[') => ']',
        Some('<') => '>',
        _ => return Some(range),
    };
    let rest = &words[range.end..];
    let end = range.end + rest.find([close, '\n']).filter(|at| rest[*at..].starts_with(close))? + 1;
    (!words[end..].starts_with('(')).then_some(range.start..end)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_words, in_yaml};

    const CODE: &str = "placeholder";

    #[test]
    fn what_stands_for_other_words_is_found() {
        for (text, words) in [
            ("Based at [insert name of school], Bradford", "[insert name of school]"),
            ("Reports to [name]", "[name]"),
            ("Grade XXXX", "XXXX"),
            ("Starts on XX/XX/20XX", "XX/XX"),
            ("Hours: TBC", "TBC"),
            ("Signed ______", "______"),
            ("Lorem ipsum dolor", "Lorem ipsum"),
            ("Full-time / part-time (delete as appropriate)", "delete as appropriate"),
        ] {
            assert_eq!(in_words(CODE, text).first().map(String::as_str), Some(words), "{text}");
        }
        assert_eq!(in_yaml(CODE, "post_title: Officer\ngrade: TBC"), ["TBC"]);
    }

    #[test]
    fn bracketed_words_that_are_meant_are_not() {
        for right in [
            "Rehabilitation of Offenders Act 1974 [Exemptions] Order 1975",
            "details from the ISA [Independent Safeguarding Authority]",
            "See [name of the policy](https://example.org/policy) first",
            "The appointment has to be confirmed by the governors",
            "They wrote “TBC” on it",
            "Keeps todo lists; size XL",
            "[Additional] hours",
        ] {
            assert!(in_words(CODE, right).is_empty(), "{right}");
        }
    }
}
