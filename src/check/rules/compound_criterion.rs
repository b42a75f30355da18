//! Criteria that ask for several things at once.

use crate::check::found::Found;
use crate::check::passage::{Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "compound-criterion",
    severity: Severity::Advice,
    finds: "criteria that join more requirements than can be scored as one",
    why: "Nobody can score fairly whoever has the first and the third of four things, and two shortlisters will not score it alike.",
    sources: &["Edinburgh, guidance on person specifications: criteria are clear, specific and measurable"],
    example: "Knowledge of policies and of procedures, including risks and promoting welfare and good behaviour",
    counter_example: "Knowledge of health and safety policies and procedures",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in passages.all.iter().filter(|passage| passage.place == Place::Criterion) {
        if sheet.hits(passage).len() as f64 > sheet.limit("joined") {
            let words = &passage.words;
            let start = words.len() - words.trim_start().len();
            let finding = found.words(passage, start..start + words.trim().len(), "this criterion asks for several things at once");
            finding.hints.push("make a criterion of each, so that each can be scored".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words};

    const CODE: &str = "compound-criterion";

    #[test]
    fn several_things_at_once_are_found() {
        let several = "Ability to assimilate and analyse data and produce key recommendations to a high standard, both written and in \
                       speech, including supporting organisations to make decisions.";
        assert_eq!(in_criterion(CODE, several), [several]);
    }

    #[test]
    fn one_thing_that_takes_several_words_is_not() {
        for right in [
            "Has knowledge of legislation and guidance in relation to working with, and the protection of, children and young people",
            "Understands health and safety, equality and diversity, and terms and conditions, and policies and procedures",
            "Effective oral and written communication skills",
            "Says “this and that and those and these” to a brand",
        ] {
            assert!(in_criterion(CODE, right).is_empty(), "{right}");
        }
        assert!(in_words(CODE, "Plan and run and check and mend and report on it").is_empty(), "a duty may be long");
    }
}
