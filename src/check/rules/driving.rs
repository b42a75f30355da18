//! A licence or a car asked for where there are other ways to get about.

use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::{pattern, sentence_of};
use crate::diagnostic::Severity;
use crate::profile::Kind;

pub(super) const RULE: Rule = Rule {
    code: "driving",
    severity: Severity::Warning,
    finds: "a driving licence or a car as a requirement, with no other way to travel; a licence that has to be clean",
    why: "Some disabled people can't hold a licence. To ask for one where the work needs only travel puts them at a disadvantage that may be unlawful.",
    sources: &["Equality Act 2010, sections 19 and 20"],
    example: "Full driving licence and own car",
    counter_example: "Able to travel across the borough, by car or by other means",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let drives = passages.all.iter().any(is_driving);
    for passage in passages.all.iter().filter(|passage| asks(passage.place, passages.kind)) {
        let wrong = sheet.hits(passage).into_iter().find(|hit| {
            let sentence = sentence_of(&passage.words, &hit.range).to_lowercase();
            !sheet.tells("known", &sentence) && (is_clean(&passage.words[hit.range.clone()]) || !drives && !sheet.tells("otherwise", &sentence))
        });
        if let Some(hit) = wrong {
            let words = &passage.words[hit.range.clone()];
            let (what, hint) = if is_clean(words) {
                ("asks for a licence without any points", "say which endorsements matter for the work, if any")
            } else {
                ("leaves no other way to travel", "say what journeys there are, and that other means will do")
            };
            found.term(passage, &hit, format!("“{words}” {what}")).hints.push(hint.to_owned());
        }
    }
}

/// Whether words of this place ask something of an applicant: the sections of a profile do, the clauses of an organisation may not.
fn asks(place: Place, kind: Kind) -> bool {
    matches!(place, Place::Criterion | Place::Advert) || place == Place::Words && kind == Kind::Profile
}

fn is_clean(words: &str) -> bool {
    words.to_lowercase().contains("clean")
}

/// Whether a title or a duty says that the work is to drive.
fn is_driving(passage: &Passage<'_>) -> bool {
    static DRIVE: OnceLock<Regex> = OnceLock::new();
    let drive = pattern(&DRIVE, r"(?i)\bdriv(?:e|es|ing)\s+(?:(?:a|an|the|our|council|school|community|adapted)\s+)*(?:ambulance|bus|car|coach|hgv|lorry|lorries|minibus|tractor|truck|van|vehicle)");
    match passage.place {
        Place::Title => passage.words.to_lowercase().contains("driver"),
        Place::Purpose | Place::Duty => drive.is_match(&passage.words),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words, in_yaml};

    #[test]
    fn a_licence_without_another_way_is_found() {
        assert_eq!(in_criterion("driving", "Full driving licence and own car"), ["Full driving licence"]);
        assert_eq!(in_criterion("driving", "Access to a car during the day"), ["Access to a car"]);
        assert_eq!(in_criterion("driving", "Clean driving licence, or able to travel by other means"), ["Clean driving licence"]);
    }

    #[test]
    fn other_ways_and_work_that_is_driving_are_left_alone() {
        for right in [
            "Driving licence, or able to travel across the borough by other means",
            "Confident use of Google drive and a software licence",
            "Knowledge of driving licence law",
            "Drives improvement",
            "Their advert said “own car”",
        ] {
            assert!(in_criterion("driving", right).is_empty(), "{right}");
        }
        assert!(in_words("driving", "Check the driving licence of each volunteer").is_empty());
        let driver = "post_title: Officer\naccountabilities: [Drive the school minibus]\nperson_specification:\n  groups:\n    - {id: a, criteria: [{text: Full driving licence}]}";
        assert!(in_yaml("driving", driver).is_empty());
    }
}
