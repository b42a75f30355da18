//! The Rehabilitation of Offenders Act under a wrong name, and demands to disclose what it protects.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::{pattern, sentence_of};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "roa-citation",
    severity: Severity::Error,
    finds: "the Rehabilitation of Offenders Act or its Exceptions Order under a wrong year or name, and demands to disclose every conviction",
    why: "For nearly every post, protected convictions and cautions need not be disclosed: who asks for all of them asks for what the law keeps private, and who cites an Act that there isn't can't rely on it.",
    sources: &[
        "Rehabilitation of Offenders Act 1974, section 4",
        "Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975, as amended in 2013 and 2020",
    ],
    example: "by virtue of the Rehabilitation of Offenders Act 1964 [Exemptions] Order 1975",
    counter_example: "by virtue of the Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975, except protected convictions",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        act(passage, sheet, found);
        order(passage, sheet, found);
        demand(passage, passages, sheet, found);
    }
}

/// The year of the Act.
fn act(passage: &Passage<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    static ACT: OnceLock<Regex> = OnceLock::new();
    let act = pattern(&ACT, r"(?i)\brehabilitation\s+of\s+offenders\s+act,?\s+(?:(\d{4})\b|\((\d{4})\))");
    let right = sheet.limit("act_year");
    if !right.is_finite() {
        return;
    }
    let right = right.to_string();
    for year in act.captures_iter(&passage.words).filter_map(|cited| cited.get(1).or_else(|| cited.get(2))) {
        if year.as_str() != right && !passage.is_quoted(&year.range()) {
            let finding = found.words(passage, year.range(), format!("the Rehabilitation of Offenders Act dates from {right}"));
            finding.hints.push(format!("write “{right}”"));
            finding.fix = Some(right.clone());
        }
    }
}

/// The name and the year of the Order. Later years may be those of orders that amend it.
fn order(passage: &Passage<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    static ORDER: OnceLock<Regex> = OnceLock::new();
    let order = pattern(&ORDER, r"(?i)[(\[]?\b(ex(?:em|ce)ptions?)\b[)\]]?\s+order\b(?:\s+(\d{4})\b)?");
    let (right, amended) = (sheet.limit("order_year"), sheet.limit("order_first_amended"));
    if !passage.words.to_lowercase().contains("rehabilitation of offenders") {
        return;
    }
    for cited in order.captures_iter(&passage.words) {
        let (Some(whole), Some(name)) = (cited.get(0), cited.get(1)) else { continue };
        let year = cited.get(2).and_then(|year| year.as_str().parse::<f64>().ok());
        let is_wrong = name.as_str().to_lowercase().starts_with("exem") || year.is_some_and(|year| year < amended && year != right);
        if is_wrong && !passage.is_quoted(&whole.range()) {
            let message = format!("there is no “{}” under the Rehabilitation of Offenders Act", whole.as_str());
            found.words(passage, whole.range(), message).hints.push(format!("write “(Exceptions) Order {right}”"));
        }
    }
}

/// A demand for every conviction, once for each passage, unless what stands beside it speaks of protected ones.
fn demand(passage: &Passage<'_>, passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let is_all = |range: &Range<usize>| {
        let sentence = sentence_of(&passage.words, range).to_lowercase();
        !sheet.tells("narrower", &sentence) && (sheet.tells("spent_too", &sentence) || !sheet.tells("unspent", &sentence))
    };
    let Some(hit) = sheet.hits(passage).into_iter().find(|hit| is_all(&hit.range)) else { return };
    if !passages.all.iter().any(|other| home(&other.field) == home(&passage.field) && says_protected(&other.words)) {
        let words = &passage.words[hit.range.clone()];
        found.term(passage, &hit, format!("“{words}” asks for convictions that are protected too"))
            .hints.push("say that protected convictions and cautions need not be disclosed, and ask shortlisted candidates only".to_owned());
    }
}

/// Whether words speak of what is protected; the Equality Act's protected characteristics are something else.
fn says_protected(words: &str) -> bool {
    let words = words.to_lowercase();
    words.matches("protected").count() > words.matches("protected characteristic").count() || words.contains("filter")
}

/// The field, or the clause, that a passage stands in.
fn home(field: &str) -> &str {
    let steps = usize::from(field.starts_with("clauses."));
    field.match_indices(['.', '[']).nth(steps).map_or(field, |(end, _)| &field[..end])
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{findings, in_words, in_yaml};

    #[test]
    fn a_wrong_year_and_a_wrong_order_are_found() {
        let text = "by virtue of the Rehabilitation of Offenders Act 1964 [Exemptions] Order 1975, as amended";
        assert_eq!(in_words("roa-citation", text), ["1964", "[Exemptions] Order 1975"]);
        assert_eq!(in_words("roa-citation", "the Rehabilitation of Offenders Act (1976)"), ["1976"]);
        assert_eq!(in_words("roa-citation", "Rehabilitation of Offenders Act 1974 (Exceptions) Order 1974"), ["(Exceptions) Order 1974"]);
        let fixes = findings("roa-citation", "post_title: The Rehabilitation of Offenders Act 1984");
        assert_eq!(fixes[0].fix.as_deref(), Some("1974"));
    }

    #[test]
    fn right_citations_and_quotations_are_left_alone() {
        for right in [
            "The Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975 applies.",
            "the Rehabilitation of Offenders Act 1974 (Exclusions and Exceptions) (Scotland) Order 2013",
            "the Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975 (Amendment) (England and Wales) Order 2020",
            "The form said “the Rehabilitation of Offenders Act 1964”.",
            "a planning Exemption Order",
        ] {
            assert!(in_words("roa-citation", right).is_empty(), "{right}");
        }
    }

    #[test]
    fn a_demand_for_everything_is_found_where_nothing_is_said_to_be_protected() {
        assert_eq!(in_words("roa-citation", "Candidates must give details of any convictions on the form."), ["details of any convictions"]);
        assert_eq!(in_words("roa-citation", "You must declare all convictions, spent or unspent."), ["declare all convictions"]);
        for right in ["Disclose all convictions that are unspent.", "You need not disclose all convictions.", "Help people to disclose debts"] {
            assert!(in_words("roa-citation", right).is_empty(), "{right}");
        }
        let beside = "post_title: Officer\npurpose:\n  - You must disclose all convictions.\n  - Those that are protected are not asked for.";
        assert!(in_yaml("roa-citation", beside).is_empty());
        let equality = "post_title: Officer\npurpose:\n  - You must disclose all convictions.\n  - Respect all protected characteristics.";
        assert_eq!(in_yaml("roa-citation", equality), ["disclose all convictions"]);
    }
}
