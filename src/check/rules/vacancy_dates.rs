//! Days of a vacancy that can't all be right.

use std::sync::OnceLock;

use chrono::{Datelike, Month, NaiveDate, Weekday};
use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::check::text::pattern;
use crate::diagnostic::Severity;
use crate::profile::{Kind, Status};

pub(super) const RULE: Rule = Rule {
    code: "vacancy-dates",
    severity: Severity::Error,
    finds: "applications that close before the advert is out or are closed already, interviews before that, and weekdays that don't fit their date",
    why: "A candidate who comes on the wrong day is lost, and an advert that has closed can't be answered.",
    sources: &["Gregorian calendar; practice of recruitment"],
    example: "closing on 2027-01-29, interviews on 2027-01-20; “Friday 13 March 2027”",
    counter_example: "closing on 2027-01-29, interviews on 2027-02-10; “Saturday 13 March 2027”",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let Some((vacancy, node)) = scene.vacancy else { return };
    let mut told = |field: &str, message: String, hint: &str| {
        found.value(node.at_path(field).unwrap_or(node), field, message).hints.push(hint.to_owned());
    };
    let again = "look at the dates of the vacancy again";
    let invited = vacancy.shortlisting_on.as_deref();
    let closes = vacancy.closing.as_ref().map(|closing| closing.date.as_str());
    // Dates of ISO 8601 sort as text.
    if let Some(closes) = closes {
        if let Some(published) = vacancy.published_on.as_deref().filter(|published| closes < *published) {
            told("closing.date", format!("applications close on {closes}, before the advert is published on {published}"), again);
        }
        if vacancy.status == Some(Status::Published) && closes < scene.day {
            let hint = "take the vacancy out of the project, write `status: withdrawn`, or give it a new date";
            told("closing.date", format!("applications closed on {closes}, and the vacancy is published"), hint);
        }
        if let Some(invited) = invited.filter(|invited| *invited < closes) {
            told("shortlisting_on", format!("candidates hear on {invited}, before applications close on {closes}"), again);
        }
    }
    for (at, day) in vacancy.interviews.iter().map(|interview| interview.date.as_str()).enumerate() {
        let field = format!("interviews[{at}].date");
        match (closes, invited) {
            (Some(closes), _) if day < closes => told(&field, format!("interviews are on {day}, before applications close on {closes}"), again),
            (_, Some(invited)) if day < invited => told(&field, format!("interviews are on {day}, before candidates hear on {invited}"), again),
            _ => {}
        }
    }
    Passages::of(node, Kind::Vacancy).all.iter().for_each(|passage| weekdays(passage, found));
}

/// Weekdays in words that a calendar doesn't have on that date.
fn weekdays(passage: &Passage<'_>, found: &mut Found<'_>) {
    static DATED: OnceLock<Regex> = OnceLock::new();
    let dated = pattern(
        &DATED,
        r"(?i)\b((?:mon|tues|wednes|thurs|fri|satur|sun)day),?\s+(?:the\s+)?((\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(january|february|march|april|may|june|july|august|september|october|november|december),?\s+(\d{4}))\b",
    );
    for written in dated.captures_iter(&passage.words) {
        let part = |at: usize| written.get(at).map_or("", |part| part.as_str());
        let (Some(whole), Ok(weekday), Ok(month)) = (written.get(0), part(1).parse::<Weekday>(), part(4).parse::<Month>()) else { continue };
        let (Ok(day), Ok(year)) = (part(3).parse::<u32>(), part(5).parse::<i32>()) else { continue };
        let message = match NaiveDate::from_ymd_opt(year, month.number_from_month(), day) {
            None => format!("there is no {}", part(2)),
            Some(date) if date.weekday() != weekday => format!("{} is a {}", part(2), date.format("%A")),
            Some(_) => continue,
        };
        if !passage.is_quoted(&whole.range()) {
            found.words(passage, whole.range(), message).hints.push("find out which of the two is right".to_owned());
        }
    }
}
