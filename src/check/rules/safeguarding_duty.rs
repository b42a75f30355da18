//! A post with children or adults at risk whose pack has no word of safeguarding.

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::{Kind, Sector};

pub(super) const RULE: Rule = Rule {
    code: "safeguarding-duty",
    severity: Severity::Error,
    finds: "a post in a school, or with children or adults at risk, that says nothing of safeguarding",
    why: "The job description should say what the post does to keep children safe, and the advert that the employer is committed to it: that is the first thing that deters those who shouldn't apply.",
    sources: &["Keeping children safe in education, part three"],
    example: "a school's job description without a word of safeguarding or child protection",
    counter_example: "Follow the school's child protection policy and pass on any concern straight away.",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let works_with = scene.profile().works_with.as_deref().unwrap_or_default();
    let needed = scene.organisation.sector == Sector::School || !works_with.is_empty();
    // The words are English: nothing can be said of another language.
    if !needed || !scene.pack.language.starts_with("en") {
        return;
    }
    let says = |passage: &Passage<'_>| !sheet.hits(passage).is_empty();
    let in_vacancy = || scene.vacancy.is_some_and(|(_, node)| Passages::of(node, Kind::Vacancy).all.iter().any(says));
    if !scene.passages().iter().any(says) && !in_vacancy() {
        let field = "accountabilities";
        found.value(scene.value(field), field, "nothing says what the post does for safeguarding")
            .hints.push("add a duty, or print a clause of the organisation, that speaks of safeguarding".to_owned());
    }
}
