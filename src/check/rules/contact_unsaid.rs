//! Posts whose words speak of children or adults at risk, while nobody has said whom they work with.

use crate::check::found::Found;
use crate::check::passage::{Passage, Place};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::{Nation, Sector};

pub(super) const RULE: Rule = Rule {
    code: "contact-unsaid",
    severity: Severity::Warning,
    finds: "a post in a school, or one whose duties speak of children or adults at risk, for which nobody has said whom it works with",
    why: "Which checks a post needs, what its pack has to say of safeguarding and whether spent convictions may be asked for all hang on that.",
    sources: &["Keeping children safe in education, part three", "Safeguarding Vulnerable Groups Act 2006, schedule 4", "Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975"],
    example: "a learning mentor without `works_with`",
    counter_example: "`works_with: [children]`; `works_with: []` for a post at a desk",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let is_said = scene.profile().works_with.is_some() || scene.profile().disclosure.as_ref().is_some_and(|disclosure| disclosure.dbs.is_some());
    if is_said || !matches!(scene.organisation.nation, Nation::England | Nation::Wales) {
        return;
    }
    let hint = "write `works_with: [children]`, `[adults]` or, for a post without such contact, `[]`; then `disclosure.dbs` says which check it needs";
    let is_work = |passage: &&Passage<'_>| {
        matches!(passage.place, Place::Title | Place::Purpose | Place::Duty) && ["post_title", "purpose", "accountabilities"].iter().any(|field| passage.field.starts_with(field))
    };
    let all: Vec<_> = scene.passages().iter().filter(is_work).filter_map(|passage| Some((passage, sheet.hits(passage).into_iter().next()?))).collect();
    if scene.organisation.sector == Sector::School {
        found.value(scene.value("works_with"), "works_with", "nobody has said whether this post in a school works with children").hints.push(hint.to_owned());
    } else if let Some((passage, hit)) = all.first().filter(|_| all.len() as f64 >= sheet.limit("passages")) {
        let words = &passage.words[hit.range.clone()];
        found.term(passage, hit, format!("the duties speak of “{words}”, and nobody has said whom the post works with")).hints.push(hint.to_owned());
    }
}
