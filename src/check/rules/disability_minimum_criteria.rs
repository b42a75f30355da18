//! An interview promised to disabled people who meet criteria that nobody has marked.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::Requirement;

pub(super) const RULE: Rule = Rule {
    code: "disability-minimum-criteria",
    severity: Severity::Warning,
    finds: "an employer that offers disabled people an interview, and a person specification in which nothing is essential",
    why: "Disability Confident offers an interview to disabled people who meet the minimum criteria. Where none are marked nobody can tell who that is.",
    sources: &["Department for Work and Pensions, Disability Confident: guidance for employers"],
    example: "`disability_confident: leader`, and criteria without `requirement`",
    counter_example: "six criteria marked `requirement: essential`",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let criteria = scene.criteria();
    let promised = scene.organisation.disability_confident.is_some() || criteria.iter().any(|(criterion, ..)| criterion.disability_core == Some(true));
    let essential = criteria.iter().any(|(criterion, ..)| criterion.requirement == Some(Requirement::Essential));
    if promised && !essential && !criteria.is_empty() {
        let field = "person_specification";
        found.value(scene.value(field), field, "an interview is offered to disabled people who meet the essential criteria, and none is marked")
            .hints.push("mark with `requirement: essential` what is needed from the first day".to_owned());
    }
}
