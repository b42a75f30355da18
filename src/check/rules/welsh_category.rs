//! A vacancy in Wales that doesn't say what Welsh the post asks for.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::{Nation, Sector};

pub(super) const RULE: Rule = Rule {
    code: "welsh-category",
    severity: Severity::Error,
    finds: "a vacancy of a public body in Wales that is in none of the four categories of Welsh language skills",
    why: "A body under the Welsh Language Standards assesses the need for Welsh for each new or vacant post and puts it in a category: essential, to be learnt, desirable or not necessary.",
    sources: &[
        "The Welsh Language Standards (No. 1) Regulations 2015, standard 136",
        "The Welsh Language Standards (No. 8) Regulations 2022, standard 57",
    ],
    example: "a vacancy of a Welsh council without `welsh`",
    counter_example: "`welsh: desirable`",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let Some((vacancy, node)) = scene.vacancy else { return };
    let bound = scene.organisation.nation == Nation::Wales && !matches!(scene.organisation.sector, Sector::School | Sector::Charity);
    if bound && vacancy.welsh.is_none() {
        let place = ["welsh", "profile"].into_iter().find_map(|field| node.get(field)).unwrap_or(node);
        found.value(place, "welsh", "nobody has said which Welsh language skills the post asks for")
            .hints.push("write `welsh: essential`, `to_be_learnt`, `desirable` or `not_necessary`".to_owned());
    }
}
