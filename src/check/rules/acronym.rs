//! Abbreviations that nothing explains.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::{pattern, words};
use crate::diagnostic::Severity;
use crate::profile::Kind;

pub(super) const RULE: Rule = Rule {
    code: "acronym",
    severity: Severity::Warning,
    finds: "abbreviations of capitals that are explained neither where they first stand nor under `acronyms`",
    why: "Who comes from another employer or another trade does not know them, and does not apply.",
    sources: &["GOV.UK style guide: abbreviations and acronyms", "Woking, guidance on plain words"],
    example: "to meet the primary needs of SEMH",
    counter_example: "social, emotional and mental health (SEMH)",
    look: Look::Words(look),
};

/// One finding for each abbreviation, where it first stands.
fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    // A framework is printed with the pack that chooses from it, and has nowhere to explain.
    if passages.kind == Kind::Framework {
        return;
    }
    let below = ["defaults.acronyms", "overrides.acronyms"].into_iter().filter_map(|path| passages.root.at_path(path)?.as_map());
    let mut known: BTreeSet<&str> = below.flat_map(|map| map.keys()).collect();
    known.extend(passages.acronyms.keys());
    let mut uses: Vec<(usize, &Passage<'_>, Range<usize>)> = Vec::new();
    for (at, passage) in passages.all.iter().enumerate() {
        uses.extend(capitals(passage).into_iter().map(|range| (at, passage, range)));
    }
    let mut explained: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, passage, range) in uses.iter().filter(|(_, passage, range)| is_explained(&passage.words, range)) {
        explained.entry(short(passage, range)).or_insert(*at);
    }
    let mut told = BTreeSet::new();
    for (at, passage, range) in &uses {
        let short = short(passage, range);
        // A title has no room to explain.
        let is_name = matches!(passage.place, Place::Title | Place::Heading | Place::Fact);
        let clear = explained.get(short).is_some_and(|first| is_name || first <= at);
        let left = known.contains(short) || passage.is_quoted(range) || sheet.is_excepted(&passage.words, range);
        if !clear && !left && told.insert(short) {
            let when = if explained.contains_key(short) { "is explained only after this" } else { "is not explained" };
            let finding = found.words(passage, range.clone(), format!("“{short}” {when}"));
            let hint = "write it out where it first stands, with the short form in brackets";
            finding.hints.push(hint.to_owned());
        }
    }
}

/// The abbreviation without the `s` of several.
fn short<'p>(passage: &'p Passage<'_>, range: &Range<usize>) -> &'p str {
    passage.words[range.clone()].trim_end_matches('s')
}

/// Two to six capitals, unless they are those of a whole text or of a run of words.
fn capitals(passage: &Passage<'_>) -> Vec<Range<usize>> {
    static CAPITALS: OnceLock<Regex> = OnceLock::new();
    let text = &*passage.words;
    if !text.contains(char::is_lowercase) {
        return Vec::new();
    }
    let tokens = words(text).map(|(range, word)| (range, !word.contains(char::is_lowercase)));
    let tokens: Vec<(Range<usize>, bool)> = tokens.collect();
    let runs = tokens.chunk_by(|(_, one), (_, other)| one == other).filter(|run| run[0].1 && run.len() > 2);
    let runs: Vec<Range<usize>> = runs.map(|run| run[0].0.start..run[run.len() - 1].0.end).collect();
    let is_code = |range: &Range<usize>| {
        let (mut before, mut after) = (text[..range.start].chars().rev(), text[range.end..].chars());
        let number = |one: Option<char>, two: Option<char>| one == Some('-') && two.is_some_and(|two| two.is_ascii_digit());
        number(before.next(), before.next()) || number(after.next(), after.next())
    };
    let all = pattern(&CAPITALS, r"\b[A-Z]{2,6}s?\b").find_iter(text).map(|found| found.range());
    all.filter(|range| !is_code(range) && !runs.iter().any(|run| run.start <= range.start && range.end <= run.end)).collect()
}

/// Whether it stands in brackets after its words, or its words in brackets after it.
fn is_explained(text: &str, range: &Range<usize>) -> bool {
    let (before, after) = (text[..range.start].trim_end(), text[range.end..].trim_start());
    let bracketed = before.ends_with('(') && before.len() > 1 && after.starts_with([')', ',', ';', '/']);
    let first = |text: &str| text.chars().next().map(|letter| letter.to_ascii_uppercase());
    let opened = after.strip_prefix(['(', '[']).is_some_and(|words| first(words) == first(&text[range.start..]) && words.contains(' '));
    bracketed || opened
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_words, in_yaml};

    const CODE: &str = "acronym";

    #[test]
    fn what_nothing_explains_is_told_once() {
        assert_eq!(in_words(CODE, "Work with the LA on SEMH, and on SEMH again, and on EHCPs"), ["LA", "SEMH", "EHCPs"]);
        let late = "post_title: VCRS Officer\npurpose: [Run VPRS pilots, a Scheme (VPRS), a Scheme (VCRS)]";
        assert_eq!(in_yaml(CODE, late), ["VPRS"]);
    }

    #[test]
    fn what_is_explained_or_known_or_no_abbreviation_is_not() {
        for right in [
            "the Vulnerable Persons Resettlement Scheme (VPRS), and VPRS pilots",
            "Teach ESOL (English for Speakers of Other Languages)",
            "details from the ISA [Independent Safeguarding Authority]",
            "IT for HR in the UK; GCSEs; COVID-19; code EX-27 at BD1 1HY",
            "You MUST NOT; PLEASE READ THIS FIRST, then write",
            "They say “SEMH” there",
            "JOB PURPOSE",
        ] {
            assert!(in_words(CODE, right).is_empty(), "{right}");
        }
        let known = "post_title: SEND Officer\nacronyms: {SEND: special needs}\nsections:\n  - {id: a, heading: MAIN DUTIES}";
        assert!(in_yaml(CODE, known).is_empty());
    }
}
