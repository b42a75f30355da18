//! A person specification without a word of what is essential.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "unmarked-criteria",
    severity: Severity::Warning,
    finds: "a person specification in which no criterion is marked essential or desirable",
    why: "Candidates and the panel have to guess which criteria shut somebody out. A form without such a column asks for everything that it names.",
    sources: &["Practice of recruitment"],
    example: "criteria without `requirement`",
    counter_example: "criteria of which some are essential and some desirable",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let all = scene.criteria();
    // Where an interview is promised for them, `disability-minimum-criteria` says so.
    let promised = scene.organisation.disability_confident.is_some();
    if !promised && !all.is_empty() && all.iter().all(|(criterion, ..)| criterion.requirement.is_none()) {
        let field = "person_specification";
        found.value(scene.value(field), field, format!("none of the {} criteria is marked essential or desirable", all.len()))
            .hints.push("write `requirement: essential` for what is needed from the first day, `desirable` for the rest".to_owned());
    }
}
