//! Duties that no criterion supports, and criteria that no duty needs.

use crate::check::found::Found;
use crate::check::passage::{Passage, Place};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::{Asking, Sheet};
use crate::check::text::sentence_of;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "duty-and-criterion",
    severity: Severity::Advice,
    finds: "a duty that no criterion supports, and a criterion that no duty needs: budgets, minutes, driving and the like",
    why: "Who is chosen by criteria that leave out a duty may not be able to do it; a criterion that nothing in the post needs keeps people out for nothing.",
    sources: &["Essex and SOAS, guidance on person specifications", "Equality Act 2010, section 19 (what keeps people out has to be needed)"],
    example: "“Manage the budget of the unit” among the duties, and no criterion about money",
    counter_example: "“Manage the budget of the unit”, and “Experience of financial monitoring” among the criteria",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    // Labels, headings and clauses are the same for all posts; but a qualification may be meant by the name of a group.
    let own = |passage: &&Passage<'_>| {
        let field = passage.field.as_str();
        matches!(passage.place, Place::Purpose | Place::Duty | Place::Criterion | Place::Competency)
            || ["person_specification", "competencies", "sections", "staff_managed", "accountable_for", "working_pattern"].iter().any(|own| field.starts_with(own))
            || field == "post_title"
    };
    let is_of_criteria = |passage: &&Passage<'_>| {
        matches!(passage.place, Place::Criterion | Place::Competency) || ["person_specification", "competencies"].iter().any(|field| passage.field.starts_with(field))
    };
    let framework = scene.framework();
    let criteria: Vec<&Passage<'_>> = scene.passages().iter().filter(own).filter(is_of_criteria).chain(framework.iter().flat_map(|framework| &framework.all)).collect();
    let duties: Vec<&Passage<'_>> = scene.passages().iter().filter(own).filter(|passage| !is_of_criteria(passage)).collect();
    if !criteria.iter().any(|passage| passage.place == Place::Criterion) || !duties.iter().any(|passage| passage.place == Place::Duty) {
        return;
    }
    let is_help = |passage: &Passage<'_>, range: &std::ops::Range<usize>| sheet.tells("help", &sentence_of(&passage.words, range).to_lowercase());
    for topic in sheet.topics() {
        let (asking, place, meeting) = match topic.asking() {
            Asking::Duties => (&duties, Place::Duty, &criteria),
            Asking::Criteria => (&criteria, Place::Criterion, &duties),
        };
        let mut asking = asking.iter().filter(|passage| passage.place == place);
        let Some((passage, range)) = asking.find_map(|passage| Some((passage, topic.asked_by(passage, sheet).filter(|range| !is_help(passage, range))?))) else { continue };
        if meeting.iter().any(|passage| topic.is_met_by(passage)) {
            continue;
        }
        let (about, words) = (topic.about(), &passage.words[range.clone()]);
        match topic.asking() {
            Asking::Duties => found
                .words(passage, range.clone(), format!("“{words}” is a duty, and no criterion is about {about}"))
                .hints
                .push("add a criterion for it, or take the duty out".to_owned()),
            Asking::Criteria => found
                .words(passage, range.clone(), format!("“{words}” is asked for, and no duty is about {about}"))
                .hints
                .push("say in the duties what it is needed for, or take the criterion out".to_owned()),
        }
    }
}
