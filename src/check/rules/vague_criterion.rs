//! Criteria that nobody can score as they stand.

use crate::check::found::Found;
use crate::check::passage::{Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "vague-criterion",
    severity: Severity::Advice,
    finds: "words of praise and of character in criteria: excellent, hard-working, loyal, under pressure",
    why: "Everybody is hard-working on a form. What can be scored is what somebody has done or can do, at what, and how well.",
    sources: &["SOAS, guidance on person specifications: “good communication skills” is vague"],
    example: "Excellent communication skills",
    counter_example: "Explains a decision to a family in words that they can use",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in passages.all.iter().filter(|passage| passage.place == Place::Criterion) {
        for hit in sheet.hits(passage) {
            let message = format!("“{}” cannot be scored as it stands", &passage.words[hit.range.clone()]);
            let finding = found.term(passage, &hit, message);
            if finding.hints.is_empty() {
                finding.hints.push("say what the person does or has done, at what, and how well".to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words};

    const CODE: &str = "vague-criterion";

    #[test]
    fn praise_and_character_are_found() {
        for (text, words) in [
            ("Excellent communication and organisational skills", "Excellent communication and organisational skills"),
            ("Excellent personal, oral and written presentation skills", "Excellent"),
            ("Has strong interpersonal skills", "strong interpersonal skills"),
            ("Be hardworking", "hardworking"),
            ("Ability to demonstrate commitment and loyalty to the organisation", "loyalty"),
        ] {
            assert_eq!(in_criterion(CODE, text), [words], "{text}");
        }
        let both = "Ability to work hard under pressure while maintaining a positive attitude";
        assert_eq!(in_criterion(CODE, both), ["work hard under pressure", "positive attitude"]);
    }

    #[test]
    fn what_can_be_scored_is_left_alone() {
        for right in [
            "Holds an enhanced DBS check",
            "Enhanced communication aids for pupils",
            "First-class honours degree or equivalent",
            "Has led a school that Ofsted rated outstanding",
            "Compassion in work with families",
            "Knows how vessels under pressure are inspected",
            "Can explain what “excellent communication skills” means",
        ] {
            assert!(in_criterion(CODE, right).is_empty(), "{right}");
        }
        assert!(in_words(CODE, "Provide an excellent service").is_empty(), "a duty may praise");
    }
}
