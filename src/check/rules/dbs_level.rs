//! The level of the DBS check, where the post needs one.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::{Client, DbsLevel, Nation};

pub(super) const RULE: Rule = Rule {
    code: "dbs-level",
    severity: Severity::Error,
    finds: "a post with children or adults at risk for which nobody has said the level of the DBS check, and regulated activity without barred lists",
    why: "It is an offence knowingly to let somebody who is barred do regulated activity, and barred lists are only checked for that. Applicants must know which check they face.",
    sources: &[
        "Safeguarding Vulnerable Groups Act 2006, section 9 and schedule 4",
        "Keeping children safe in education, part three",
        "Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975",
    ],
    example: "`works_with: [children]` without `disclosure.dbs`; `regulated_activity: true` with `dbs: enhanced`",
    counter_example: "`works_with: [children]`, `dbs: enhanced_barred`, `regulated_activity: true`",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    // The DBS checks for England and Wales; Scotland and Northern Ireland have their own bodies.
    if !matches!(scene.organisation.nation, Nation::England | Nation::Wales) {
        return;
    }
    let works_with = scene.profile().works_with.as_deref().unwrap_or_default();
    let disclosure = scene.profile().disclosure.clone().unwrap_or_default();
    let regulated = disclosure.regulated_activity == Some(true);
    let lists = disclosure.barred_lists.as_ref().is_some_and(|lists| !lists.is_empty());
    let lists_unsaid = disclosure.barred_lists.is_none() && disclosure.regulated_activity.is_none();
    let (level, unsaid) = ("disclosure.dbs", "disclosure.barred_lists");
    match disclosure.dbs {
        None if regulated || !works_with.is_empty() => {
            let why = if regulated { "is regulated activity".to_owned() } else { format!("works with {}", names(works_with)) };
            found.value(scene.value(level), level, format!("the post {why}, and nobody has said which DBS check it needs"))
                .hints.push("write the level under `disclosure.dbs`; `none` where the post needs no check".to_owned());
        }
        Some(given) if regulated && !(given == DbsLevel::EnhancedBarred || given == DbsLevel::Enhanced && lists) => {
            found.value(scene.value(level), level, "regulated activity needs an enhanced DBS check with barred lists")
                .hints.push("write `dbs: enhanced_barred`, or `regulated_activity: false` if it isn't".to_owned());
        }
        Some(DbsLevel::Enhanced) if lists_unsaid => {
            found.value(scene.value(unsaid), unsaid, "nobody has said whether barred lists are checked")
                .hints.push("write `dbs: enhanced_barred` for regulated activity, which in a school nearly every post with children is; otherwise `barred_lists: []`".to_owned());
        }
        Some(DbsLevel::EnhancedBarred) if disclosure.regulated_activity == Some(false) => {
            found.value(scene.value(level), level, "barred lists are checked for regulated activity only, and this is none")
                .hints.push("write `dbs: enhanced`, or `regulated_activity: true` if it is".to_owned());
        }
        Some(DbsLevel::None | DbsLevel::Basic | DbsLevel::Standard) if works_with.contains(&Client::Children) => {
            found.value(scene.value(level), level, "a post with children needs an enhanced DBS check")
                .hints.push("write `dbs: enhanced_barred` for regulated activity, which in a school nearly every post is, otherwise `dbs: enhanced`".to_owned());
        }
        _ => {}
    }
}

fn names(works_with: &[Client]) -> String {
    let name = |client: &Client| match client {
        Client::Children => "children",
        Client::Adults => "adults at risk",
    };
    works_with.iter().map(name).collect::<Vec<_>>().join(" and ")
}
