//! More criteria than anybody can be scored on.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::Requirement;

pub(super) const RULE: Rule = Rule {
    code: "too-many-criteria",
    severity: Severity::Advice,
    finds: "more essential criteria, or more criteria in all, than a panel can score",
    why: "Each essential criterion shuts somebody out. Only what is needed from the first day is essential; the rest can be learnt.",
    sources: &["Practice of recruitment; the figures are ours, and an organisation may set its own"],
    example: "a person specification with 32 criteria",
    counter_example: "twelve essential criteria and four desirable ones",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let criteria = scene.criteria();
    let essential = criteria.iter().filter(|(criterion, ..)| criterion.requirement == Some(Requirement::Essential)).count();
    let (all, place) = (criteria.len(), scene.value("person_specification"));
    if essential as f64 > sheet.limit("essential") {
        found.value(place, "person_specification", format!("{essential} criteria are essential"))
            .hints.push(format!("keep those that are needed from the first day, {} at most", sheet.limit("essential")));
    } else if all as f64 > sheet.limit("all") {
        found.value(place, "person_specification", format!("there are {all} criteria"))
            .hints.push(format!("put together what says the same; {} are as many as a panel can score", sheet.limit("all")));
    }
}
