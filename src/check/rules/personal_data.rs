//! People in words that anybody may read.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::pattern;
use crate::diagnostic::Severity;
use crate::profile::Kind;

pub(super) const RULE: Rule = Rule {
    code: "personal-data",
    severity: Severity::Warning,
    finds: "private e-mail addresses, mobile numbers, and people named in a profile",
    why: "A profile is public and is kept for years; it needs the post that somebody holds, not the person (data minimisation).",
    sources: &["UK General Data Protection Regulation, article 5(1)(c)"],
    example: "Ask Mrs Patel on 07700 900123.",
    counter_example: "Ask the Head of Service on 01632 960123.",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    static MOBILE: OnceLock<Regex> = OnceLock::new();
    static PERSON: OnceLock<Regex> = OnceLock::new();
    let mobile = pattern(&MOBILE, r"(?:\+44\s?(?:\(0\)\s?)?|\b0)7(?:[\s-]?\d){9}\b");
    let person = pattern(&PERSON, r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?\s+(?:[A-Z]\.?\s+)?\p{Lu}[\p{L}'’-]+");
    // Whoever answers for a vacancy is named there on purpose.
    let is_contact = |field: &str| passages.kind == Kind::Vacancy && (field.starts_with("contact.") || field.starts_with("apply."));
    for passage in passages.all.iter().filter(|passage| !is_contact(&passage.field)) {
        addresses(passage, sheet, found);
        for number in mobile.find_iter(&passage.words) {
            let finding = found.words(passage, number.range(), format!("“{}” is a mobile number", number.as_str()));
            finding.hints.push("give the number of the team, under `contact` of the vacancy".to_owned());
        }
        let people = person.find_iter(&passage.words).filter(|_| passages.kind == Kind::Profile);
        for name in people.filter(|name| !passage.is_quoted(&name.range()) && !sheet.is_excepted(&passage.words, &name.range())) {
            let finding = found.words(passage, name.range(), format!("“{}” is a person", name.as_str()));
            finding.hints.push("name the post that the person holds".to_owned());
        }
    }
}

/// Addresses of providers that private people use. A passage has blanks for addresses, its text has them.
fn addresses(passage: &Passage<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let Some(text) = passage.node.as_text().filter(|text| text.contains('@')) else { return };
    let written =
        Passage { node: passage.node, field: passage.field.clone(), place: passage.place, words: Cow::Borrowed(text), quoted: Vec::new() };
    for hit in sheet.hits(&written) {
        let range = whole(text, &hit.range);
        let message = format!("“{}” is a private address", &text[range.clone()]);
        found.words(&written, range, message).hints.push("give the address of the team, under `contact` of the vacancy".to_owned());
    }
}

/// All of an address of which some is found.
fn whole(text: &str, part: &Range<usize>) -> Range<usize> {
    let is_in = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '%' | '+' | '-');
    let before = text[..part.start].trim_end_matches(is_in).len();
    let after = &text[part.end..];
    let rest = after[..after.len() - after.trim_start_matches(is_in).len()].trim_end_matches('.').len();
    before..part.end + rest
}

#[cfg(test)]
mod tests {
    use crate::check::tests::in_words;

    const CODE: &str = "personal-data";

    #[test]
    fn people_and_their_private_addresses_are_found() {
        assert_eq!(in_words(CODE, "Write to lynn.d@gmail.com."), ["lynn.d@gmail.com"]);
        assert_eq!(in_words(CODE, "Write to (a_b@Hotmail.co.uk) or call 07700 900123"), ["a_b@Hotmail.co.uk", "07700 900123"]);
        assert_eq!(in_words(CODE, "Call +44 7700 900123"), ["+44 7700 900123"]);
        assert_eq!(in_words(CODE, "Reports to Mrs Patel and Dr. A. O’Neill-Smith"), ["Mrs Patel", "Dr. A. O’Neill-Smith"]);
    }

    #[test]
    fn posts_offices_and_programs_are_not() {
        for right in [
            "Write to jobs@bradford.example.org or call 01632 960142",
            "Order 0770090012 in 2007",
            "Uses Ms Word and Ms Excel; pupils who Miss School",
            "He wrote “Mr Men” there",
            "Reports to the Head of Service, a doctor",
        ] {
            assert!(in_words(CODE, right).is_empty(), "{right}");
        }
    }
}
