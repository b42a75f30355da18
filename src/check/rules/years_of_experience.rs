//! Experience counted in years.

use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::pattern;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "years-of-experience",
    severity: Severity::Warning,
    finds: "a number of years of experience as a criterion, or in an advert",
    why: "Years say how long somebody did a thing and not how well. They keep younger people out, and people who were away from work for a time, and so may discriminate because of age or sex.",
    sources: &["Equality Act 2010, sections 5 and 19", "Acas, guidance on age discrimination"],
    example: "A minimum of 2 years experience of working with pupils with SEND",
    counter_example: "Experience of planning lessons with pupils of different needs",
    look: Look::Words(look),
};

/// A figure, with the lower one of a range before it.
const YEARS: &str = r"(?:(\d{1,2})\s*(?:-|–|to)\s*)?(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|several|many)(?:\s*\(\d{1,2}\))?\s*(?:\+|plus)?\s*(?:years?|yrs|months)\b(?:\+|\s+plus)?['’]?";

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    static COUNTED: OnceLock<Regex> = OnceLock::new();
    let counted = pattern(
        &COUNTED,
        &format!(
            r"(?i)\b{YEARS}((?:[\s\-]+[\w\-]+){{0,3}}?)[\s\-]+experience\b|\bexperience\s+(?:of|for)\s+(?:at\s+least|a\s+minimum\s+of|over|more\s+than)\s+{YEARS}|\b(?:at\s+least|minimum(?:\s+of)?)\s+{YEARS}[\s\-]+(?:in\s+(?:a|an|the|similar)|as\s+an?|post[\s\-]qualif\w+)\b|\b\d{{1,2}}\s*\+\s*(?:years|yrs)\b|\b(?:\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten)(?:\s*\(\d{{1,2}}\))?\s*(?:years|yrs)\s+in\s+(?:a|an)\s+similar\b"
        ),
    );
    for passage in passages.all.iter().filter(|passage| matches!(passage.place, Place::Criterion | Place::Advert)) {
        for years in counted.captures_iter(&passage.words) {
            let Some(whole) = years.get(0) else { continue };
            let from_birth = [1, 3, 4].into_iter().any(|low| years.get(low).is_some_and(|low| low.as_str() == "0"));
            let between = years.get(2).map_or("", |between| between.as_str());
            let before = &passage.words[..whole.start()];
            if !from_birth && !parts(between) && !speaks_of_age(before) && !passage.is_quoted(&whole.range()) && !sheet.is_excepted(&passage.words, &whole.range()) {
                let message = format!("“{}” counts time, not what somebody can do", whole.as_str());
                found.words(passage, whole.range(), message).hints.push("ask for the kind of experience, or for what it must have taught".to_owned());
            }
        }
    }
}

/// Whether the years and the experience belong to different things: pupils of 5 years with experience of loss.
fn parts(between: &str) -> bool {
    between.split_whitespace().any(|word| matches!(word.to_lowercase().as_str(), "with" | "who" | "whose" | "and" | "old" | "in" | "from" | "where"))
}

/// Whether the words before are about an age.
fn speaks_of_age(before: &str) -> bool {
    before.split_whitespace().rev().take(3).any(|word| word.to_lowercase().starts_with("age"))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words};

    #[test]
    fn years_as_a_criterion_are_found() {
        let of = |text: &str| in_criterion("years-of-experience", text);
        assert_eq!(of("2 years minimum experience working with children"), ["2 years minimum experience"]);
        assert_eq!(of("A minimum of 2 years experience of working within an educational setting"), ["2 years experience"]);
        assert_eq!(of("Five years’ post-qualification experience"), ["Five years’ post-qualification experience"]);
        assert_eq!(of("3–5 years of relevant experience"), ["3–5 years of relevant experience"]);
        assert_eq!(of("Experience of at least three years"), ["Experience of at least three years"]);
        assert_eq!(of("At least 3 years in a similar role"), ["At least 3 years in a"]);
    }

    #[test]
    fn ages_recent_years_and_duties_are_left_alone() {
        for right in [
            "Experience with an age range of children of 5 to 11 years",
            "Work with children aged 2 to 5 years, experience of outdoor play",
            "0 to 25 years SEND experience",
            "Supports pupils of 5 years with experience of loss",
            "Experience of improving outcomes in the last three years",
            "Early years experience",
            "Experience in Year 2",
            "The model says “2 years experience”",
        ] {
            assert!(in_criterion("years-of-experience", right).is_empty(), "{right}");
        }
        assert!(in_words("years-of-experience", "Mentor staff with 2 years experience").is_empty());
    }
}
