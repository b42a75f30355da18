//! A CV taken for a post with children.

use crate::check::found::Found;
use crate::check::passage::Passages;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::check::text::sentence_of;
use crate::diagnostic::Severity;
use crate::profile::{Client, Kind, Nation, Sector};

pub(super) const RULE: Rule = Rule {
    code: "cv-for-school",
    severity: Severity::Error,
    finds: "a vacancy of a school, or of a post with children, for which a CV is enough",
    why: "A CV says only what its writer wants to say. An application form asks for every gap and for a declaration; a CV may come with it and not in its place.",
    sources: &["Keeping children safe in education, part three"],
    example: "Send your CV and a covering letter to the headteacher.",
    counter_example: "CVs are not accepted.",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let Some((vacancy, node)) = scene.vacancy else { return };
    let with_children = scene.profile().works_with.iter().flatten().any(|client| *client == Client::Children);
    // The guidance is England's.
    if scene.organisation.nation != Nation::England || !(with_children || scene.organisation.sector == Sector::School) {
        return;
    }
    let hint = "ask for the application form";
    if vacancy.apply.as_ref().and_then(|apply| apply.cv_accepted) == Some(true) {
        let field = "apply.cv_accepted";
        found.value(node.at_path(field).unwrap_or(node), field, "a CV on its own is not enough for a post with children").hints.push(hint.to_owned());
    }
    for passage in &Passages::of(node, Kind::Vacancy).all {
        for hit in sheet.hits(passage) {
            let sentence = sentence_of(&passage.words, &hit.range).to_lowercase();
            if !sheet.tells("form", &sentence) {
                let words = &passage.words[hit.range.clone()];
                found.term(passage, &hit, format!("“{words}” takes a CV for a post with children")).hints.push(hint.to_owned());
            }
        }
    }
}
