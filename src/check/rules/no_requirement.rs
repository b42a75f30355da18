//! Criteria that are neither essential nor desirable.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::{Criterion, Requirement};

pub(super) const RULE: Rule = Rule {
    code: "no-requirement",
    severity: Severity::Error,
    finds: "criteria that are neither essential nor desirable where others are, or of which that is not known",
    why: "Whoever meets what is essential is shortlisted, and a Disability Confident employer offers a disabled applicant who does an interview: both must know.",
    sources: &["Disability Confident scheme: an interview for disabled applicants who meet the minimum criteria"],
    example: "a criterion with `requirement: unknown`, or one without among others that are marked",
    counter_example: "a criterion with `requirement: desirable`",
    look: Look::Pack(look),
};

const HINT: &str = "ask the recruiting manager, and write `requirement: essential` or `requirement: desirable`; do not guess";

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let all = scene.criteria();
    // A form without such a column asks for all that it names: `unmarked-criteria` tells of that.
    if all.iter().all(|(criterion, ..)| criterion.requirement.is_none()) {
        return;
    }
    if all.len() > 1 && all.iter().all(|(criterion, ..)| is_open(criterion)) {
        let message = format!("none of the {} criteria is marked essential or desirable", all.len());
        found.value(scene.value("person_specification"), "person_specification", message).hints.push(HINT.to_owned());
        return;
    }
    for group in all.chunk_by(|(.., one), (.., other)| group_of(one) == group_of(other)) {
        if group.len() > 1 && group.iter().all(|(criterion, ..)| is_open(criterion)) {
            let field = group_of(&group[0].2);
            let heading = scene.tree().at_path(&format!("{field}.heading")).filter(|heading| !heading.is_null());
            let message = format!("none of the {} criteria of this group is marked essential or desirable", group.len());
            found.value(heading.unwrap_or_else(|| scene.value(field)), field, message).hints.push(HINT.to_owned());
            continue;
        }
        for (_, node, field) in group.iter().filter(|(criterion, ..)| is_open(criterion)) {
            found.value(node, field.as_str(), "this criterion is marked neither essential nor desirable").hints.push(HINT.to_owned());
        }
    }
}

fn is_open(criterion: &Criterion) -> bool {
    matches!(criterion.requirement, None | Some(Requirement::Unknown))
}

/// The path of the group of a criterion.
fn group_of(field: &str) -> &str {
    field.rsplit_once(".criteria").map_or(field, |(group, _)| group)
}
