//! Hours that differ between a vacancy and its profile.

use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::check::text::pattern;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "hours-conflict",
    severity: Severity::Warning,
    finds: "a number of hours in the vacancy that is not the one of the profile",
    why: "A pack that gives two answers on the hours leaves candidates, and payroll, to guess which one is meant.",
    sources: &["Employment Rights Act 1996, section 1(4)(c)"],
    example: "`hours: 32 hours a week` with `working_pattern: 35 hours per week`",
    counter_example: "`hours: 35 hours a week, term time` with `working_pattern: TTO, 35 hours per week`",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let (Some((vacancy, node)), Some(usual)) = (scene.vacancy, &scene.profile().working_pattern) else { return };
    let posted = hours(vacancy.hours.as_deref().unwrap_or_default());
    let usual = hours(&usual.0.join("\n"));
    let (Some(first), Some(other)) = (posted.first(), usual.first()) else { return };
    // More figures than one may be hours a day, or a choice: one that is in both is enough.
    if !posted.iter().any(|posted| usual.iter().any(|usual| (posted - usual).abs() < 0.01)) {
        let place = node.get("hours").unwrap_or(node);
        let finding = found.value(place, "hours", format!("the vacancy says {first} hours, the profile {other}"));
        finding.labels.push((scene.value("working_pattern").span.clone(), "the profile".to_owned()));
        finding.hints.push("if this posting differs, write its own `working_pattern` under `overrides`".to_owned());
    }
}

/// The numbers of hours that a text gives.
fn hours(text: &str) -> Vec<f64> {
    static HOURS: OnceLock<Regex> = OnceLock::new();
    let hours = pattern(&HOURS, r"(?i)\b(\d{1,3}(?:\.\d{1,2})?)(½)?\s*(?:hours|hrs)\b");
    let figure = |found: regex::Captures<'_>| {
        let whole: f64 = found.get(1)?.as_str().parse().ok()?;
        Some(if found.get(2).is_some() { whole + 0.5 } else { whole })
    };
    hours.captures_iter(text).filter_map(figure).collect()
}
