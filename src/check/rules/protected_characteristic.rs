//! Requirements that leave people out for what they are.

use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::{pattern, sentence_of};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "protected-characteristic",
    severity: Severity::Error,
    finds: "an age, a sex, a nationality, pregnancy, family or disability that an applicant must or must not have",
    why: "Turning people away for what they are is direct discrimination, whatever the reason, but for the few posts whose work itself requires it.",
    sources: &["Equality Act 2010, sections 5, 9, 13, 18 and 39, and schedule 9, paragraph 1 (occupational requirements)", "Immigration, Asylum and Nationality Act 2006 (the test is the right to work, not nationality)"],
    example: "“Female applicants only”, “Aged between 18 and 25”, “UK nationals only”",
    counter_example: "“An occupational requirement under schedule 9 of the Equality Act 2010: female applicants only”, “The right to work in the UK”",
    look: Look::Words(look),
};

/// An age that is asked of the holder: those of people who are served stand elsewhere in a sentence.
const AGE: &str = r"(?i)(?:^|\b(?:must\s+be|should\s+be|applicants?|candidates?)\s+)(?:aged?\s+(?:between\s+)?(?:1[6-9]|[2-7]\d)\s*(?:and|to|-|–)\s*[2-7]\d\b|(?:under|over|below)\s+(?:the\s+age\s+of\s+)?[2-7]\d\b(?:\s+years)?(?:\s+(?:of\s+age|old))?)";

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    static AGES: OnceLock<Regex> = OnceLock::new();
    let asks = |place: Place| matches!(place, Place::Title | Place::Criterion | Place::Advert | Place::Words);
    let hint = "leave it out; if the work itself requires it, say so with the words of schedule 9 of the Equality Act 2010";
    for passage in passages.all.iter().filter(|passage| asks(passage.place)) {
        let is_lawful = |range: &std::ops::Range<usize>| sheet.tells("lawful", &sentence_of(&passage.words, range).to_lowercase());
        for hit in sheet.hits(passage).into_iter().filter(|hit| !is_lawful(&hit.range)) {
            let words = &passage.words[hit.range.clone()];
            found.term(passage, &hit, format!("“{words}” leaves people out for what they are")).hints.push(hint.to_owned());
        }
        if passage.place == Place::Words {
            continue;
        }
        for age in pattern(&AGES, AGE).find_iter(&passage.words).map(|age| age.range()) {
            if !passage.is_quoted(&age) && !is_lawful(&age) && !sheet.is_excepted(&passage.words, &age) {
                let words = &passage.words[age.clone()];
                found.words(passage, age, format!("“{words}” leaves people out for their age")).hints.push(hint.to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words, in_yaml};

    const CODE: &str = "protected-characteristic";

    #[test]
    fn what_applicants_must_be_is_found() {
        for (text, words) in [
            ("Female applicants only", "Female applicants only"),
            ("Applicants aged between 18 and 25", "Applicants aged between 18 and 25"),
            ("Under 30 years of age preferred", "Under 30 years of age"),
            ("UK nationals only", "UK nationals only"),
            ("Must be a British citizen", "Must be a British citizen"),
            ("No childcare commitments", "No childcare commitments"),
            ("Must not be pregnant", "not be pregnant"),
            ("No disabilities", "No disabilities"),
        ] {
            assert_eq!(in_criterion(CODE, text).first().map(String::as_str), Some(words), "{text}");
        }
        assert_eq!(in_yaml(CODE, "post_title: Care Worker (female)"), ["(female)"]);
    }

    #[test]
    fn whom_the_work_is_with_and_what_the_law_allows_is_not() {
        for right in [
            "Experience of young people aged 16 to 25",
            "Knows the needs of female applicants for housing",
            "Female applicants only: an occupational requirement under schedule 9 of the Equality Act 2010",
            "The right to work in the UK",
            "Knowledge of services for people over 65",
            "Aged 18 or over, as the Licensing Act 2003 requires",
            "Understands what British citizens abroad may claim",
        ] {
            assert!(in_criterion(CODE, right).is_empty(), "{right}: {:?}", in_criterion(CODE, right));
        }
        assert!(in_words(CODE, "Write to applicants under 30 for the fund").is_empty());
    }
}
