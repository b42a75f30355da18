//! Words that no dictionary has.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::{sentences, words};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "spelling",
    severity: Severity::Warning,
    finds: "words that are neither in a dictionary of British English nor among the words of the sector",
    why: "A candidate who reads a misspelt word in the pack takes less care with the form, and a search doesn't find it.",
    sources: &["British English dictionary made from SCOWL (wordlist.aspell.net); words of the sector are this project's"],
    example: "to be vigilant and knowledgable about safeguarding",
    counter_example: "to be vigilant and knowledgeable about safeguarding",
    look: Look::Words(look),
};

/// Words that are told for a file: one with more is in another language.
const MOST: usize = 100;

/// Words of a file for which others are looked for, and the longest of them: it takes long, and of what is no word at all nothing follows.
const SUGGESTED: usize = 25;
const LONGEST: usize = 20;

/// A word is told once for each file: with its first place.
fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for passage in &passages.all {
        let starts: BTreeSet<usize> = sentences(&passage.words).into_iter().map(|range| range.start).collect();
        for (range, word) in words(&passage.words) {
            if seen.len() >= MOST {
                return;
            }
            let is_left = || sheet.knows(word) || sheet.is_excepted(&passage.words, &range);
            if is_checked(word, &range, &starts, passage) && !is_left() && seen.insert(word.to_lowercase()) {
                let near = if seen.len() <= SUGGESTED && word.chars().count() <= LONGEST { sheet.near(word) } else { Vec::new() };
                let finding = found.words(passage, range, format!("“{word}” is in no dictionary"));
                finding.hints.push(match near.as_slice() {
                    [] => "if it is right, add it under `checks.spelling.except` of the organisation".to_owned(),
                    near => format!("is it {}?", near.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(" or ")),
                });
            }
        }
    }
}

/// Names and abbreviations are not in dictionaries: capitals are left alone, but for the first letter of a sentence.
fn is_checked(word: &str, range: &Range<usize>, starts: &BTreeSet<usize>, passage: &Passage<'_>) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    let capital = first.is_some_and(char::is_uppercase);
    let plain = first.is_some_and(char::is_alphabetic) && letters.all(|letter| letter.is_lowercase() || matches!(letter, '\'' | '’' | '-'));
    let named = matches!(passage.place, Place::Title | Place::Heading | Place::Fact);
    plain && word.chars().count() > 2 && (!capital || !named && starts.contains(&range.start)) && !passage.is_quoted(range)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::in_words;

    #[test]
    fn what_no_dictionary_has_is_told_once() {
        let text = "Be knowledgable about Hounslow, including compulsosry training. Knowledgable staff organise e-mail and SENCOs’ pupils.";
        assert_eq!(in_words("spelling", text), ["knowledgable", "compulsosry"]);
        assert!(in_words("spelling", "The school’s postholder coordinates safeguarding and organises 1:1 mentoring for carers").is_empty());
        assert!(in_words("spelling", "The headteacher’s pay, pro rata, from 4pm; multi-agency accountabilities").is_empty());
    }
}
