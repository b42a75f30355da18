//! Criteria that their way of assessment can't show.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::{AssessmentMethod, Requirement, Use};

pub(super) const RULE: Rule = Rule {
    code: "method-cannot-show",
    severity: Severity::Warning,
    finds: "spoken English, communication or teamwork assessed by an application alone; nothing essential to be judged at shortlisting",
    why: "Nobody hears on a form how somebody speaks. Without an essential criterion that it can show, shortlisting goes by something else.",
    sources: &["Code of practice on the English language requirement for public sector workers (Immigration Act 2016, Part 7)"],
    example: "“Effective oral communication skills”, assessed by application",
    counter_example: "“Effective oral communication skills”, assessed by application and interview",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let (mut essential, mut on_paper) = (0, 0);
    let groups = scene.profile().person_specification.iter().flat_map(|specification| specification.groups.iter().flatten());
    for (group_at, group) in groups.enumerate() {
        let (shortlisting, interview) = (group.used_for.contains(&Use::Shortlisting), group.used_for.contains(&Use::Interview));
        for (at, criterion) in group.criteria.iter().flatten().enumerate() {
            let methods = criterion.assessed_by.as_deref().unwrap_or_default();
            if methods.is_empty() && !shortlisting && !interview {
                continue;
            }
            let is_written = |method: &AssessmentMethod| matches!(method, AssessmentMethod::Application | AssessmentMethod::Certificate);
            if criterion.requirement == Some(Requirement::Essential) {
                essential += 1;
                on_paper += usize::from(shortlisting || methods.iter().any(is_written));
            }
            if !interview && methods.iter().all(|method| *method == AssessmentMethod::Application) {
                by_application_alone(scene, sheet, &format!("person_specification.groups[{group_at}].criteria[{at}]."), found);
            }
        }
    }
    if essential > 0 && on_paper == 0 {
        let message = "no essential criterion can be judged at shortlisting";
        let finding = found.value(scene.value("person_specification"), "person_specification", message);
        finding.hints.push("add `application` or `certificate` to `assessed_by` of what an application can show".to_owned());
    }
}

/// One finding for a criterion that says what a form can't show.
fn by_application_alone(scene: &Scene<'_>, sheet: &Sheet, criterion: &str, found: &mut Found<'_>) {
    let own: Vec<_> = scene.passages().iter().filter(|passage| passage.field.starts_with(criterion)).collect();
    // The words themselves say when it is shown.
    if own.iter().any(|passage| passage.words.to_lowercase().contains("interview")) {
        return;
    }
    let first = own.into_iter().find_map(|passage| Some((passage, sheet.hits(passage).into_iter().next()?)));
    if let Some((passage, hit)) = first {
        let message = format!("an application alone cannot show “{}”", &passage.words[hit.range.clone()]);
        let finding = found.term(passage, &hit, message);
        finding.hints.push("add `interview`, `presentation`, `test` or `observation` to `assessed_by`".to_owned());
    }
}
