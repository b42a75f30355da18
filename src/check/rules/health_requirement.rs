//! Health asked for before an offer.

use crate::check::found::Found;
use crate::check::passage::{Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::{sentence_of, words};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "health-requirement",
    severity: Severity::Error,
    finds: "good health, fitness or a record of little sickness as a requirement, and medical questions with an application",
    why: "An employer may not ask about health before an offer, but for a few reasons; a requirement of good health asks every applicant, and shuts disabled people out.",
    sources: &["Equality Act 2010, section 60", "Equality Act 2010, sections 15 and 19"],
    example: "Good health and a good sickness record",
    counter_example: "Able to carry boxes of up to 10 kg, with reasonable adjustments",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        for hit in sheet.hits(passage) {
            let sentence = sentence_of(&passage.words, &hit.range);
            let lower = sentence.to_lowercase();
            // Health by itself may be what the work is about, but for a statement that says little else.
            let is_bare = hit.term.say.ends_with(" health") && words(&hit.term.say).count() == 2;
            let own = &passage.words[hit.range.clone()];
            let is_all = sentence.starts_with(own) && words(sentence).count() as f64 <= sheet.limit("words");
            // What the work is about is no requirement, where it doesn't say that somebody must be so.
            let is_asked = !matches!(passage.place, Place::Duty | Place::Purpose) || sheet.tells("must", &lower);
            if is_asked && !sheet.tells("served", &lower) && !sheet.tells("later", &lower) && (!is_bare || is_all) {
                found.term(passage, &hit, format!("“{own}” asks about health before an offer"))
                    .hints.push("say what the work asks a person to do, and that reasonable adjustments are made".to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words};

    #[test]
    fn health_as_a_requirement_is_found() {
        assert_eq!(in_criterion("health-requirement", "Good health"), ["Good health"]);
        assert_eq!(in_criterion("health-requirement", "Good health and stamina."), ["Good health"]);
        assert_eq!(in_criterion("health-requirement", "Physically fit, with a good sickness record"), ["Physically fit", "good sickness record"]);
        assert_eq!(in_words("health-requirement", "The post holder must be in good health."), ["be in good health"]);
        assert_eq!(in_words("health-requirement", "Send a medical questionnaire with your application."), ["medical questionnaire with your application"]);
    }

    #[test]
    fn health_that_the_work_is_about_is_left_alone() {
        for right in [
            "Promote good health",
            "Good health and safety practice",
            "Good health and social care knowledge",
            "Help residents to be in good health",
            "Encourage pupils to become physically fit",
            "Keep the sickness records of the team and manage sickness absence",
            "Medical questions come only after an offer.",
            "An offer depends on two references, proof of identity and health clearance.",
            "The old form asked for “good health”.",
        ] {
            assert!(in_criterion("health-requirement", right).is_empty(), "{right}");
        }
    }
}
