//! Checks of criminal records for which a post may not be eligible.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::{DbsLevel, Nation};

pub(super) const RULE: Rule = Rule {
    code: "dbs-eligibility",
    severity: Severity::Warning,
    finds: "a standard or enhanced DBS check for a post that works with nobody for whom the law allows one",
    why: "Asking for a higher check than a post is eligible for is unlawful, and so is asking about the spent convictions that it would show.",
    sources: &["Police Act 1997, sections 113A and 113B", "Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975", "GOV.UK, DBS eligibility guidance"],
    example: "`works_with: []`, `dbs: enhanced`",
    counter_example: "`works_with: []`, `dbs: basic`; `works_with: [adults]`, `dbs: enhanced`",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let nobody = scene.profile().works_with.as_ref().is_some_and(Vec::is_empty);
    let disclosure = scene.profile().disclosure.clone().unwrap_or_default();
    let level = match disclosure.dbs {
        Some(DbsLevel::Standard) => "a standard",
        Some(DbsLevel::Enhanced | DbsLevel::EnhancedBarred) => "an enhanced",
        _ => return,
    };
    if nobody && matches!(scene.organisation.nation, Nation::England | Nation::Wales) {
        let field = "disclosure.dbs";
        found.value(scene.value(field), field, format!("the post works with neither children nor adults at risk, and asks for {level} check"))
            .hints.push("look in the eligibility guidance of the DBS whether the post is listed; if it isn't, `basic` is the most that may be asked".to_owned());
    }
}
