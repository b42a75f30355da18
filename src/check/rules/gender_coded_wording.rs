//! More words that readers associate with men than with women.

use std::collections::BTreeSet;

use crate::check::found::Found;
use crate::check::passage::{Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::Kind;

pub(super) const RULE: Rule = Rule {
    code: "gender-coded-wording",
    severity: Severity::Advice,
    finds: "more words of the list that readers associate with men than of the list that they associate with women",
    why: "In experiments women found jobs less appealing that were worded like this, whatever they thought of their own skills. A word may well be right: the list is for looking at, and is no verdict.",
    sources: &["Gaucher, Friesen and Kay (2011), Evidence that gendered wording in job advertisements exists and sustains gender inequality, doi 10.1037/a0022530"],
    example: "a competitive, ambitious and decisive leader",
    counter_example: "leads a team, works together with partners and is committed to learning",
    look: Look::Words(look),
};

/// Which list of its sheet a word is on.
const MASCULINE: &str = "masculine";

/// Shared words, of an organisation or a framework, are nobody's choice for this post, and neither is its title.
fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    if !matches!(passages.kind, Kind::Profile | Kind::Vacancy) {
        return;
    }
    let (mut masculine, mut feminine, mut words) = (0_u32, 0_u32, BTreeSet::new());
    let own = |place: Place| matches!(place, Place::Purpose | Place::Duty | Place::Criterion | Place::Advert);
    for passage in passages.all.iter().filter(|passage| own(passage.place)) {
        for hit in sheet.hits(passage) {
            if hit.term.because.as_deref() == Some(MASCULINE) {
                masculine += 1;
                words.insert(passage.words[hit.range].to_lowercase());
            } else {
                feminine += 1;
            }
        }
    }
    if masculine > feminine && f64::from(masculine) >= sheet.limit("masculine") {
        let (field, node) = ["post_title", "advert"].into_iter().find_map(|field| Some((field, passages.root.get(field)?))).unwrap_or(("", passages.root));
        let words: Vec<String> = words.into_iter().map(|word| format!("“{word}”")).collect();
        let message = format!("{masculine} words that a study links with men, and {feminine} that it links with women: {}", words.join(", "));
        found.value(node, field, message).hints.push("look at each: keep those that the work needs, and say the others in another way".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{findings, in_words, in_yaml};

    const CODE: &str = "gender-coded-wording";

    #[test]
    fn words_of_one_list_are_told_once_at_the_title() {
        let yaml = "post_title: Officer\naccountabilities:\n  - Be ambitious, assertive, decisive and competitive, and challenge others.\n  - Share what you know in a warm way.";
        assert_eq!(in_yaml(CODE, yaml), ["Officer"]);
        let message = &findings(CODE, yaml)[0].message;
        assert!(message.ends_with("“ambitious”, “assertive”, “challenge”, “competitive”, “decisive”"), "{message}");
    }

    #[test]
    fn titles_usual_words_and_a_balance_are_left_alone() {
        let title = "post_title: Lead Analyst, Independent Challenge\npurpose: [Support children.]";
        assert!(in_yaml(CODE, title).is_empty());
        for right in [
            "Work with the leadership team and the safeguarding lead, keep confidential records and show the competence of a lead professional.",
            "Lead, decide and analyse, with commitment, trust and understanding.",
            "The advert said “decisive, ambitious, competitive”.",
            "Lead the team.",
        ] {
            assert!(in_words(CODE, right).is_empty(), "{right}");
        }
    }
}
