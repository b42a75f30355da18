//! Pay that nobody can work out from the advert.

use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::{Hit, Sheet};
use crate::check::text::pattern;
use crate::diagnostic::Severity;
use crate::profile::{EmploymentType, Kind, Vacancy};
use crate::source::Node;

pub(super) const RULE: Rule = Rule {
    code: "pay-unclear",
    severity: Severity::Warning,
    finds: "a vacancy without pay in pounds, and part-time or term-time work without what is actually paid",
    why: "A grade says nothing to those outside, and full-time pay little about a post of 39 weeks. Who can't tell what they would earn may not apply.",
    sources: &["Department for Education, guidance on teacher job adverts", "Practice of recruitment"],
    example: "Competitive salary, depending on experience",
    counter_example: "£26,780 to £29,000; £21,785 to £23,591 for 35 hours and 39 weeks",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let Some((vacancy, node)) = scene.vacancy else { return };
    let salary = vacancy.salary.clone().unwrap_or_default();
    let place = |field: &str| [field, "salary", "profile"].into_iter().find_map(|field| node.at_path(field)).unwrap_or(node);
    if vacancy.employment_type.contains(&EmploymentType::Volunteer) {
        return;
    }
    if salary.minimum.is_none() {
        let field = "salary.minimum";
        if !vague(node, sheet, found) {
            found.value(place(field), field, "the vacancy says no pay in pounds")
                .hints.push("write `salary.minimum` and `salary.maximum` in pounds a year".to_owned());
        }
    } else if salary.actual_minimum.is_none() && is_part(scene, vacancy, sheet) {
        let field = "salary.actual_minimum";
        found.value(place(field), field, "the post is not full-time, and nothing says what is actually paid")
            .hints.push("write what the hours and weeks come to under `salary.actual_minimum`".to_owned());
    }
}

/// Words that stand in the place of pay; whether there are any.
fn vague(node: &Node, sheet: &Sheet, found: &mut Found<'_>) -> bool {
    let passages = Passages::of(node, Kind::Vacancy);
    let mut any = false;
    for passage in &passages.all {
        for hit in sheet.hits(passage).into_iter().filter(|hit| is_of_pay(passage, hit, sheet)) {
            let words = &passage.words[hit.range.clone()];
            found.term(passage, &hit, format!("“{words}” says no pay in pounds")).hints.push("write the lowest and the highest pay in pounds a year".to_owned());
            any = true;
        }
    }
    any
}

/// Elsewhere than under `salary` a tender may be competitive, and hours may be negotiable.
fn is_of_pay(passage: &Passage<'_>, hit: &Hit<'_>, sheet: &Sheet) -> bool {
    let words = passage.words[hit.range.clone()].to_lowercase();
    passage.field.starts_with("salary") || sheet.tells("pay", &words)
}

/// Whether the post has fewer hours or weeks than a full-time one, as its fields or their words say.
fn is_part(scene: &Scene<'_>, vacancy: &Vacancy, sheet: &Sheet) -> bool {
    static PART: OnceLock<Regex> = OnceLock::new();
    let part = pattern(&PART, r"\bTTO\b|(?i:\bterm[\s\-]time\b)|\b(\d{1,2})\s*weeks\b");
    let is_fewer = |weeks: &str| weeks.parse::<f64>().is_ok_and(|weeks| weeks < sheet.limit("weeks"));
    let says = |text: &String| part.captures_iter(text).any(|found| found.get(1).is_none_or(|weeks| is_fewer(weeks.as_str())));
    let types = &vacancy.employment_type;
    let usual = scene.profile().working_pattern.iter().flat_map(|words| &words.0);
    types.contains(&EmploymentType::PartTime) && !types.contains(&EmploymentType::FullTime) || vacancy.hours.iter().chain(usual).any(says)
}
