//! Qualifications asked for in a way that shuts people out, or that have ended.

use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::{is_history, pattern, sentence_of};
use crate::diagnostic::Severity;
use crate::profile::Nation;

pub(super) const RULE: Rule = Rule {
    code: "qualification",
    severity: Severity::Warning,
    finds: "a qualification named without one that counts as equal, and qualifications, grades and documents that have been replaced",
    why: "A named certificate shuts out who learnt the same elsewhere or abroad, and nobody under a certain age has one that has ended.",
    sources: &[
        "CBI and Ofqual, GCSE grades 9 to 1",
        "Early career teachers have taken the place of newly qualified teachers since September 2021",
        "School Teachers’ Pay and Conditions Document, each September",
    ],
    example: "GCSE grade C or above in English",
    counter_example: "GCSE English at grade 4 (C) or above, or an equivalent qualification",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        let mut named = None;
        for hit in sheet.hits(passage) {
            let words = &passage.words[hit.range.clone()];
            if hit.term.because.is_none() {
                // A name of a qualification; the others are of what has ended.
                named.get_or_insert(hit.range);
            } else if !is_history(&sentence_of(&passage.words, &hit.range).to_lowercase()) {
                found.term(passage, &hit, format!("“{words}” is out of date"));
            }
        }
        old_document(passage, sheet, found);
        if passage.place == Place::Criterion {
            if !matches!(passages.nation, Some(Nation::Wales | Nation::NorthernIreland)) {
                old_grade(passage, found);
            }
            class_of_degree(passage, found);
            if let Some(range) = named.filter(|_| !has_equal(&passage.words)) {
                let words = &passage.words[range.clone()];
                let message = format!("“{words}” is asked for, and nothing that is equivalent to it");
                found.words(passage, range, message).hints.push("add “or equivalent”, or say what the person has to know".to_owned());
            }
        }
    }
}

/// Whether a statement takes something else too, or is about what others learn.
fn has_equal(words: &str) -> bool {
    static EQUAL: OnceLock<Regex> = OnceLock::new();
    static TAUGHT: OnceLock<Regex> = OnceLock::new();
    let equal = r"(?i)\bequivalen|\bequal\b|\bcomparable|\bsimilar\s(?:qualification|level)|\bor\b[^.;]*\bexperience|\bby\sexperience|\bwilling\b|\bworking\s+towards\b|\bfunctional\s+skills\b|\bdegree[\s-]level\b";
    let taught = r"(?i)\b(?:teach|taught|deliver|pupil|student|learner|candidate|curriculum|mark|examin|assess|tutor)";
    pattern(&EQUAL, equal).is_match(words) || pattern(&TAUGHT, taught).is_match(words)
}

/// Letters of GCSEs without the numbers that took their place.
fn old_grade(passage: &Passage<'_>, found: &mut Found<'_>) {
    static LETTER: OnceLock<Regex> = OnceLock::new();
    static NUMBER: OnceLock<Regex> = OnceLock::new();
    let letter = r#"(?x) \bA\\?\*?\s*(?:-|–|—|to)\s*C\b
        | \b[Gg]rades?\s+['‘’"“]?(?:A\\?\*?\s*(?:-|–|—|to)\s*['‘’"“]?)?C\b['‘’"”]?"#;
    let number = r"(?xi) \b9\s*(?:-|–|—|to)\s*[145]\b | \b[1-5]\s*(?:-|–|—|to)\s*9\b | \bgrades?\s+['‘]?[4-9]\b
        | \b[45]\s*/\s*C\b | \bC\s*/\s*[45]\b | [(\[]\s*[45]\b | \b[45]\s*[)\]] | \bor\s+[45]\b | \b[45]\s+or\s+above\b";
    let words = &passage.words;
    let found_letter = pattern(&LETTER, letter).find(words).filter(|found| !passage.is_quoted(&found.range()));
    if let Some(old) = found_letter.filter(|_| words.contains("GCSE") && !pattern(&NUMBER, number).is_match(words)) {
        let finding = found.words(passage, old.range(), format!("“{}” is a grade of GCSEs in England from before 2017", old.as_str()));
        finding.hints.push("name the number too: grade 4 stands where grade C stood".to_owned());
    }
}

fn class_of_degree(passage: &Passage<'_>, found: &mut Found<'_>) {
    static CLASS: OnceLock<Regex> = OnceLock::new();
    static DEGREE: OnceLock<Regex> = OnceLock::new();
    let class = pattern(&CLASS, r"(?i)\b2\s?[.:]\s?2\b|\blower second(?:[ -]class)?\b").find(&passage.words);
    let degree = pattern(&DEGREE, r"(?i)\b(?:degree|honours|hons|classification)\b");
    if let Some(class) = class.filter(|_| degree.is_match(&passage.words)) {
        let finding = found.words(passage, class.range(), format!("“{}” asks for a class of degree", class.as_str()));
        finding.hints.push("ask for the degree or equivalent experience; other countries have no such classes".to_owned());
    }
}

fn old_document(passage: &Passage<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    static DOCUMENT: OnceLock<Regex> = OnceLock::new();
    let document = r"\b(?:STPCD|School\s+Teachers['’]?\s+Pay\s+and\s+Conditions(?:\s+Document)?),?\s*\(?((?:19|20)\d\d)\b";
    let oldest = sheet.limit("pay_document_since");
    for edition in pattern(&DOCUMENT, document).captures_iter(&passage.words) {
        let (Some(whole), Some(year)) = (edition.get(0), edition.get(1)) else { continue };
        let is_old = oldest.is_finite() && year.as_str().parse::<f64>().is_ok_and(|year| year < oldest);
        if is_old && !passage.is_quoted(&whole.range()) {
            let message = format!("the edition of {} has been replaced", year.as_str());
            let hint = "write “the current School Teachers’ Pay and Conditions Document”";
            found.words(passage, whole.range(), message).hints.push(hint.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words};

    const CODE: &str = "qualification";

    #[test]
    fn a_qualification_needs_an_equivalent() {
        assert_eq!(in_criterion(CODE, "NVQ 3 or above in a relevant qualification eg learning support, NNEB"), ["NNEB", "NVQ"]);
        assert_eq!(in_criterion(CODE, "A degree in planning"), ["degree"]);
        for right in [
            "Educated to degree level or equivalent", "Qualified Teacher Status", "A degree or substantial experience in planning",
            "A high degree of accuracy", "Experience of teaching GCSE and A-level", "A social work degree", "Works with a level of care",
        ] {
            assert!(in_criterion(CODE, right).is_empty(), "{right}");
        }
        assert!(in_words(CODE, "Teach GCSE mathematics; arrange the degree show").is_empty());
    }

    #[test]
    fn what_has_been_replaced_is_found() {
        assert_eq!(in_criterion(CODE, r"English and Mathematics GCSE A\* - C or equivalent"), [r"A\\* - C"]);
        assert_eq!(in_criterion(CODE, "GCSE grade 'C' (or equivalent) or above in English"), ["grade 'C'"]);
        assert_eq!(in_criterion(CODE, "An honours degree (2:2 minimum) or equivalent"), ["2:2"]);
        assert_eq!(in_words(CODE, "Mentor NQTs under the STPCD 2019"), ["NQTs", "STPCD 2019"]);
        let right = "GCSE grades 9-4 (A*-C) or equivalent; see section 2.2; the ECT (formerly NQT) year; \
                     the School Teachers’ Pay and Conditions Document 2026";
        assert!(in_criterion(CODE, right).is_empty());
    }
}
