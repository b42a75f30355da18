//! A council's post for which nobody has said whether it is politically restricted.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::{Nation, Sector};

pub(super) const RULE: Rule = Rule {
    code: "political-restriction",
    severity: Severity::Warning,
    finds: "a post of a council or of the GLA that leaves open whether it is politically restricted",
    why: "Who holds a restricted post may not stand for election or speak for a party. People have to know that before they apply.",
    sources: &["Local Government and Housing Act 1989, sections 1 to 3"],
    example: "a council's profile without `politically_restricted`",
    counter_example: "`politically_restricted: false`",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    // The Act is one of Great Britain.
    let bound = matches!(scene.organisation.sector, Sector::Council | Sector::Gla) && scene.organisation.nation != Nation::NorthernIreland;
    if bound && scene.profile().politically_restricted.is_none() {
        let field = "politically_restricted";
        found.value(scene.value(field), field, "nobody has said whether the post is politically restricted")
            .hints.push("write `politically_restricted: true` if the holder is a chief or deputy chief officer, regularly advises members or committees, or regularly speaks for the authority to journalists; `false` if not".to_owned());
    }
}
