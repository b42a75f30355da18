//! Schemes for disabled applicants by names that have ended.

use crate::check::found::Found;
use crate::check::passage::Passages;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::{is_history, sentence_of};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "disability-scheme",
    severity: Severity::Warning,
    finds: "the Two Ticks symbol and the guaranteed interview scheme that came with it",
    why: "Disability Confident replaced the Two Ticks symbol in 2016. Who looks for the old name finds nothing about it, and the new scheme promises something else.",
    sources: &["Department for Work and Pensions, Disability Confident scheme (2016)"],
    example: "We are a Two Ticks employer with a guaranteed interview scheme.",
    counter_example: "We are a Disability Confident employer.",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        for hit in sheet.hits(passage) {
            let sentence = sentence_of(&passage.words, &hit.range).to_lowercase();
            if !is_history(&sentence) && !sheet.tells("others", &sentence) {
                let words = &passage.words[hit.range.clone()];
                found.term(passage, &hit, format!("“{words}” is the name of a scheme that has ended"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::in_words;

    #[test]
    fn old_names_are_found_and_history_is_not() {
        assert_eq!(in_words("disability-scheme", "We hold the Two Ticks symbol."), ["Two Ticks symbol"]);
        assert_eq!(in_words("disability-scheme", "a ‘two ticks’ employer"), ["‘two ticks’ employer"]);
        assert_eq!(in_words("disability-scheme", "Our Guaranteed Interview Scheme applies."), ["Guaranteed Interview Scheme"]);
        for right in [
            "Disability Confident replaced two ticks in 2016.",
            "Veterans of the armed forces have a guaranteed interview scheme.",
            "Put two ticks in each box",
            "We are Disability Confident.",
            "The old form says “guaranteed interview scheme”.",
        ] {
            assert!(in_words("disability-scheme", right).is_empty(), "{right}");
        }
    }
}
