//! Criteria of which nobody says how they are assessed.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "no-assessment-method",
    severity: Severity::Error,
    finds: "criteria that name no way to assess them, in groups that no stage of selection uses",
    why: "A candidate has to know what to show on the form and what at the interview, and a panel may score only what it said it would.",
    sources: &["Practice of public employers: person specifications of Hull City Council (AF/I) and of Schelwood Trust"],
    example: "a criterion without `assessed_by` in a group without `used_for`",
    counter_example: "a criterion with `assessed_by: [application, interview]`",
    look: Look::Pack(look),
};

const HINT: &str = "write `assessed_by: [application, interview]` or whatever it is, or `used_for` of its group";

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let groups = scene.profile().person_specification.iter().flat_map(|specification| specification.groups.iter().flatten());
    let used = groups.enumerate().filter(|(_, group)| !group.used_for.is_empty());
    let used: Vec<String> = used.map(|(at, _)| format!("person_specification.groups[{at}].")).collect();
    let all = scene.criteria();
    let bare = all.iter().filter(|(criterion, _, field)| {
        criterion.assessed_by.as_ref().is_none_or(Vec::is_empty) && !used.iter().any(|group| field.starts_with(group.as_str()))
    });
    let bare: Vec<_> = bare.collect();
    if bare.len() == all.len() && all.len() > 1 {
        let message = format!("none of the {} criteria says how it is assessed", all.len());
        found.value(scene.value("person_specification"), "person_specification", message).hints.push(HINT.to_owned());
        return;
    }
    for (_, node, field) in bare {
        found.value(node, field.as_str(), "this criterion does not say how it is assessed").hints.push(HINT.to_owned());
    }
}
