//! Vacancies that are published while their profile is a draft.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::Status;

pub(super) const RULE: Rule = Rule {
    code: "draft-profile",
    severity: Severity::Warning,
    finds: "a vacancy whose status is published, with a profile whose status is draft",
    why: "Its pack is a draft and says so on every page: what isn't approved doesn't become so by being advertised.",
    sources: &["Practice of this project: the lower status counts"],
    example: "`status: published` in the vacancy, `status: draft` in its profile",
    counter_example: "`status: published` in both",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let Some((vacancy, node)) = scene.vacancy else { return };
    if vacancy.status == Some(Status::Published) && scene.pack.draft {
        found.value(node.get("status").unwrap_or(node), "status", "the vacancy is published, and its pack is a draft, since its profile is one")
            .hints.push("write `status: published` in the profile when it is approved".to_owned());
    }
}
