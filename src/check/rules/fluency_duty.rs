//! A post of a public authority for which nobody has said whether the fluency duty applies.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::{Nation, Sector};

pub(super) const RULE: Rule = Rule {
    code: "fluency-duty",
    severity: Severity::Warning,
    finds: "a post of a public authority that leaves open whether its holder speaks with the public as a regular part of the work",
    why: "Whoever works for a public authority in a customer-facing role must speak fluent English, or Welsh in Wales; the advert should say so, and the panel has to know what to assess.",
    sources: &["Immigration Act 2016, section 77", "Code of practice on the English language requirement for public sector workers"],
    example: "a council's profile without `fluency_duty`",
    counter_example: "`fluency_duty: false` for a post that doesn't speak with the public",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    // What is devolved to Scotland and Northern Ireland is outside the duty.
    let bound = matches!(scene.organisation.nation, Nation::England | Nation::Wales) && scene.organisation.sector != Sector::Charity;
    if bound && scene.profile().fluency_duty.is_none() {
        let field = "fluency_duty";
        let speaks = scene.says(|text| sheet.tells("fluent", text));
        let message = if speaks { "the words ask for fluent English, and `fluency_duty` doesn't say so" } else { "nobody has said whether the fluency duty applies" };
        found.value(scene.value(field), field, message)
            .hints.push("write `fluency_duty: true` if the holder speaks with the public as a regular part of the work, `false` if not".to_owned());
    }
}
