//! Staff who are managed in the duties and nowhere else, or the other way round.

use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Place};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::check::text::pattern;
use crate::diagnostic::Severity;
use crate::profile::Words;

pub(super) const RULE: Rule = Rule {
    code: "staff-duty",
    severity: Severity::Advice,
    finds: "a duty to manage staff in a post that names none, and staff who are named in a post without such a duty",
    why: "Who manages whom decides the grade, and it is the first thing that a candidate for a lead post asks.",
    sources: &["Essex and SOAS, guidance on person specifications: duties and criteria belong together"],
    example: "“Manage staff in accordance with policies”, and staff managed: None",
    counter_example: "“Manage staff in accordance with policies”, and staff managed: two Project Officers",
    look: Look::Pack(look),
};

/// Words for people who are managed.
const STAFF: &str = r"(?xi) \b(?:staff|officers?|assistants?|managers?|employees?|apprentices?|technicians?|tutors?|teachers?|workers?|heads?|headteachers?|deput(?:y|ies)|cooks?|nurses?
    |supervisors?|trainees?|volunteers?|colleagues?|team\s+of|team\s+members?|team\s+leaders?|direct\s+reports?|FTE)\b
    | ^\W*(?:\w+\W+){0,4}teams?\b";
/// Words for managing them.
const MANAGE: &str = r"(?i)\b(?:manag|supervis|lead|led\b|apprais|mentor|coach|overs|direct|deploy|allocat)";

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    static NAMES: OnceLock<Regex> = OnceLock::new();
    static MANAGES: OnceLock<Regex> = OnceLock::new();
    let (staff, manage) = (pattern(&NAMES, STAFF), pattern(&MANAGES, MANAGE));
    let profile = scene.profile();
    let managed = said(profile.staff_managed.as_ref());
    let accountable = said(profile.accountable_for.as_ref()).filter(|text| staff.is_match(text));
    if managed.is_none() && accountable.is_none() && !has_section(scene, sheet) {
        for passage in scene.passages().iter().filter(|passage| passage.place == Place::Duty) {
            if let Some(hit) = sheet.hits(passage).into_iter().find(|hit| !is_help(&passage.words[..hit.range.start], sheet)) {
                let finding = found.term(passage, &hit, "the duties include managing staff, and the post names none");
                finding.hints.push("name them under `staff_managed` or `accountable_for`, or change the duty".to_owned());
            }
        }
    } else if let Some(managed) = managed {
        let is_duty = |passage: &Passage<'_>| {
            let is_own = matches!(passage.place, Place::Duty | Place::Purpose | Place::Words);
            is_own && manage.is_match(&passage.words) && staff.is_match(&passage.words)
        };
        let duties = scene.profile().accountabilities.as_ref().is_some_and(|duties| !duties.is_empty());
        if duties && !scene.passages().iter().any(is_duty) {
            let message = format!("staff managed is “{managed}”, and no duty says so");
            let finding = found.value(scene.value("staff_managed"), "staff_managed", message);
            finding.hints.push("say in the duties what the post does for them: line management, supervision, appraisal".to_owned());
        }
    }
}

/// What a field says; nothing if it says that there is nobody.
fn said(words: Option<&Words>) -> Option<String> {
    let text = words?.0.join(", ");
    let plain = text.trim().trim_end_matches('.').to_lowercase();
    let nobody = ["", "none", "no", "nil", "0", "n/a", "not applicable", "no staff", "no direct reports", "nobody", "-"];
    (!nobody.contains(&plain.as_str())).then_some(text)
}

/// Whether a section of the profile's own says who is managed.
fn has_section(scene: &Scene<'_>, sheet: &Sheet) -> bool {
    let is_heading = |passage: &&Passage<'_>| passage.place == Place::Heading && passage.field.starts_with("sections[");
    scene.passages().iter().filter(is_heading).any(|passage| {
        let heading = passage.words.to_lowercase();
        let section = passage.field.split('.').next().unwrap_or_default();
        let is_within = |other: &Passage<'_>| other.place != Place::Heading && other.field.starts_with(&format!("{section}."));
        sheet.tells("section", &heading) && scene.passages().iter().any(is_within)
    })
}

/// Whether the words before it say that somebody else manages, and the post helps.
fn is_help(before: &str, sheet: &Sheet) -> bool {
    let sentence = before.rsplit(['.', ';', '\n']).next().unwrap_or(before).to_lowercase();
    sheet.tells("help", &sentence)
}
