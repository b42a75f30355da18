//! What copying from another program has left in the words.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::{Hit, Sheet};
use crate::check::text::pattern;
use crate::diagnostic::Severity;
use crate::profile::Kind;

pub(super) const RULE: Rule = Rule {
    code: "import-artefact",
    severity: Severity::Error,
    finds: "bookmarks, invisible signs, no-break spaces, runs of dots, numbers and bullets in items, two labels on a line",
    why: "A screen reader reads them out or stumbles over them, a search misses the word they are in, and an item gets two numbers.",
    sources: &["Unicode Standard Annex 14: soft hyphen, zero width space, no-break space"],
    example: "Grade: 5 Post number: Directorate: Communities",
    counter_example: "35 hours, with a no-break space after the number",
    look: Look::Words(look),
};

/// No-break spaces, which are right at a number: between it and its unit.
const NO_BREAK: &str = r"[\u{A0}\u{202F}]+";

/// What is never meant: the pattern, what it is, and what a program may put in its place.
const SIGNS: [(&str, &str, Option<&str>); 6] = [
    (r"\[bookmark:[^\]\n]*\]?", "is a bookmark of a word processor", Some("")),
    (r"[\u{200B}\u{2060}\u{FEFF}\u{AD}]", "holds a sign that nobody sees", Some("")),
    (NO_BREAK, "has a no-break space where no number is", Some(" ")),
    (r"[\u{F020}-\u{F0FF}]", "is a sign of a font for symbols", None),
    (r"\u{FFFD}|â€|Â£|Ã©", "was read in the wrong encoding", None),
    (r"\.{5,}|…{2,}", "is a run of dots", None),
];

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        signs(passage, found);
        if let Some(range) = marker(passage, is_item(passage, passages.kind)) {
            let message = format!("“{}” is part of the words, and the layout prints its own", passage.words[range.clone()].trim());
            let finding = found.words(passage, range, message);
            finding.hints.push("take it out; `marker` of the list says what stands before an item".to_owned());
        }
        labels(passage, sheet, found);
    }
}

fn signs(passage: &Passage<'_>, found: &mut Found<'_>) {
    static PATTERNS: [OnceLock<Regex>; 6] = [const { OnceLock::new() }; 6];
    for ((text, what, fix), cell) in SIGNS.iter().zip(&PATTERNS) {
        for sign in pattern(cell, text).find_iter(&passage.words) {
            if !(*text == NO_BREAK && is_at_number(&passage.words, &sign.range())) {
                let word = around(&passage.words, &sign.range());
                let finding = found.words(passage, sign.range(), format!("“{word}” {what}"));
                finding.fix = fix.map(str::to_owned);
                finding.hints.push("type it anew".to_owned());
            }
        }
    }
}

fn is_at_number(words: &str, range: &Range<usize>) -> bool {
    let (before, after) = (words[..range.start].chars().next_back(), words[range.end..].chars().next());
    // Good typesetters put one behind a title, and before a dash.
    let title = ["Mr", "Mrs", "Ms", "Miss", "Dr", "St", "p.", "No."].iter().any(|title| words[..range.start].ends_with(title));
    if title || matches!(after, Some('–' | '—')) {
        return true;
    }
    before.into_iter().chain(after).any(|character| character.is_numeric() || matches!(character, '£' | '€' | '%'))
}

/// Letters on each side of a sign that are told.
const AROUND: usize = 30;

/// The words that a sign stands in or between, for who can't see it.
fn around<'a>(words: &'a str, range: &Range<usize>) -> &'a str {
    let near = |character: &char| !character.is_whitespace();
    let before: usize = words[..range.start].chars().rev().take(AROUND).take_while(near).map(char::len_utf8).sum();
    let after: usize = words[range.end..].chars().take(AROUND).take_while(near).map(char::len_utf8).sum();
    &words[range.start - before..range.end + after]
}

fn is_item(passage: &Passage<'_>, kind: Kind) -> bool {
    let field = passage.field.strip_suffix(".text").unwrap_or(&passage.field);
    let list = field.strip_suffix(']').and_then(|field| field.rsplit_once('[')).map(|(list, _)| list);
    list.is_some_and(|list| kind == Kind::Framework || list.ends_with(".items") || list.ends_with(".criteria"))
}

/// The number or bullet that an item begins with, or the bullet of any line: Markdown knows no such bullets.
fn marker(passage: &Passage<'_>, is_item: bool) -> Option<Range<usize>> {
    static ITEM: OnceLock<Regex> = OnceLock::new();
    static LINE: OnceLock<Regex> = OnceLock::new();
    let item = r"^\s*(?:[•▪◦‣●○■·]\s*|[-–—*]\s+|\(?[0-9]{1,2}[.)]\s+|\(?[a-z][.)]\s+|\(?[ivx]{2,4}[.)]\s+)";
    let of_item = pattern(&ITEM, item).find(&passage.words).filter(|_| is_item);
    of_item.or_else(|| pattern(&LINE, r"(?m)^[ \t]*[•▪◦‣●○■·]\s*").find(&passage.words)).map(|found| found.range())
}

/// Two labels with nothing but a value between them.
fn labels(passage: &Passage<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let (labels, others): (Vec<_>, Vec<_>) = sheet.hits(passage).into_iter().partition(|hit| hit.term.say.ends_with(':'));
    for hit in others {
        found.term(passage, &hit, format!("“{}” is left from a word processor", &passage.words[hit.range.clone()]));
    }
    let runs_on = |pair: &&[Hit<'_>]| !passage.words[pair[0].range.end..pair[1].range.start].contains(['.', ';', ',', '|', '\n']);
    if let Some(pair) = labels.windows(2).find(runs_on) {
        let range = pair[0].range.start..pair[1].range.end;
        let finding = found.words(passage, range, "two labels stand on one line");
        finding.hints.push("put each value into a field of its own".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_words, in_yaml};

    const CODE: &str = "import-artefact";

    #[test]
    fn what_copying_leaves_is_found() {
        assert_eq!(in_words(CODE, "[bookmark: _GoBack]The post"), ["[bookmark: _GoBack]"]);
        assert_eq!(in_words(CODE, "pro\u{ad}gress and pro\u{200b}vision"), ["\u{ad}", "\u{200b}"]);
        assert_eq!(in_words(CODE, "the\u{a0}school").len(), 1);
        assert_eq!(in_words(CODE, "...... is planning"), ["......"]);
        assert_eq!(in_words(CODE, "Grade: 5 Post number: Directorate: Communities"), ["Grade: 5 Post number:"]);
        assert_eq!(in_words(CODE, "• Plan the work"), ["•"]);
        let items = "post_title: Officer\naccountabilities:\n  - list:\n      \
                     items: [1. Plan, 'a) Run', '1:1 support', 3.5 hours, 2 years, e.g. this, i.e. that]";
        assert_eq!(in_yaml(CODE, items), ["1.", "a)"]);
    }

    #[test]
    fn what_is_meant_is_not() {
        for right in [
            "35\u{a0}hours at £\u{a0}12", "And so on ... is planning", "…is planning", "- one\n- two", "1. One\n2. Two",
            "Grade: 5. Hours: 36", "Salary: £20,000 a year, hours: 36", "Contact: the office", "See [the bookmark]",
        ] {
            assert!(in_words(CODE, right).is_empty(), "{right}");
        }
    }
}
