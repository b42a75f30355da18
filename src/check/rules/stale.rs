//! Words that were true once: a post that was new, a date of years ago, a clause that nobody has looked at since.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Captures, Regex};

use crate::check::found::Found;
use crate::check::passage::Passages;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::pattern;
use crate::diagnostic::Severity;
use crate::profile::Kind;
use crate::source::Node;

pub(super) const RULE: Rule = Rule {
    code: "stale",
    severity: Severity::Warning,
    finds: "“this is a new post”, dates of long before the words were revised, clauses that have not been reviewed for long",
    why: "A profile outlives its first year. What was new or planned then misleads a candidate now, and shows that nobody reads it.",
    sources: &["Brookes, guidance on job descriptions: the job as it is now"],
    example: "This is a new job description for a new post.",
    counter_example: "the Equality Act 2010; since September 2021 early career teachers have two years",
    look: Look::Words(look),
};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    // An advert is new when it is published, and dated.
    let timeless = passages.all.iter().filter(|_| passages.kind != Kind::Vacancy);
    for (passage, hit) in timeless.filter_map(|passage| Some((passage, sheet.hits(passage).into_iter().next()?))) {
        let message = format!("“{}” was true when it was written", &passage.words[hit.range.clone()]);
        found.term(passage, &hit, message).hints.push("leave it out, or say when that was".to_owned());
    }
    let now = passages.root.get("revised_on").and_then(Node::as_text).and_then(month_of).unwrap_or_else(|| looked_at(sheet));
    let is_old = |month: f64| now.is_finite() && now - month > sheet.limit("months");
    for passage in &passages.all {
        for (range, month) in dates(&passage.words) {
            if is_old(month) && !passage.is_quoted(&range) && !sheet.is_excepted(&passage.words, &range) {
                let message = format!("“{}” was long before these words were revised", &passage.words[range.clone()]);
                found.words(passage, range, message).hints.push("say what is so now".to_owned());
            }
        }
    }
    if let Some(clauses) = passages.root.get("clauses") {
        clauses.walk("clauses", &mut |path, node| {
            let reviewed = node.as_text().filter(|_| path.ends_with(".reviewed_on"));
            if let Some(day) = reviewed.filter(|day| month_of(day).is_some_and(is_old)) {
                let finding = found.value(node, path, format!("this clause was last reviewed on {day}"));
                finding.hints.push("hold it against the law of today, and write the day on which you did".to_owned());
            }
        });
    }
}

/// The month in which the figures of the rule were looked at: an organisation's file has no day of its own.
fn looked_at(sheet: &Sheet) -> f64 {
    sheet.limit("as_of_year") * 12.0 + sheet.limit("as_of_month")
}

/// Months since the year 0 of a day: YYYY-MM-DD.
fn month_of(day: &str) -> Option<f64> {
    let (year, month) = (day.get(..4)?.parse::<f64>().ok()?, day.get(5..7)?.parse::<f64>().ok()?);
    Some(year * 12.0 + month)
}

/// Dates with a month in words; a year alone may be that of a law.
fn dates(words: &str) -> Vec<(Range<usize>, f64)> {
    static DATE: OnceLock<Regex> = OnceLock::new();
    let date = r"(?x)\b(?:\d{1,2}(?:st|nd|rd|th)?\s+)?
        (Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)
        \.?\s+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?((?:19|20)\d{2})\b";
    let read = |found: Captures<'_>| {
        let (whole, month, year) = (found.get(0)?, found.get(1)?.as_str(), found.get(2)?.as_str());
        let month = MONTHS.iter().position(|name| month.starts_with(name))?;
        Some((whole.range(), year.parse::<f64>().ok()? * 12.0 + month as f64 + 1.0))
    };
    pattern(&DATE, date).captures_iter(words).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::in_words;

    const CODE: &str = "stale";

    #[test]
    fn what_was_true_once_is_found() {
        assert_eq!(in_words(CODE, "This is a new job description for a new post."), ["This is a new job description"]);
        assert_eq!(in_words(CODE, "As this is a newly created post, it may change"), ["newly created post"]);
        assert_eq!(in_words(CODE, "requirements from September 1st 2005"), ["September 1st 2005"]);
        assert_eq!(in_words(CODE, "The grade was assessed in October 2024"), ["October 2024"]);
    }

    #[test]
    fn laws_quotations_and_what_is_yet_to_come_are_not() {
        for right in [
            "The Equality Act 2010, the Regulations 2018 and the Order 1975",
            "It says “from 1 December 2012” there",
            "Since September 2021 they are early career teachers",
            "in force from 1 December 2012 in England",
            "Starts in September 2027; assessed in January 2025",
            "Welcomes each new post-holder and opens new posts",
            "You may 2019 times a day",
        ] {
            assert!(in_words(CODE, right).is_empty(), "{right}");
        }
    }
}
