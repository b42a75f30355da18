//! A criminal record as a bar, with no word of whether it matters.

use crate::check::found::Found;
use crate::check::passage::Passages;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "blanket-bar",
    severity: Severity::Warning,
    finds: "a criminal record that bars from a post whatever it is about, with no word of how it is assessed",
    why: "Those who ask for DBS checks have to treat applicants with a record fairly: what is on it counts only as far as it is relevant, and most of it doesn't bar from a post.",
    sources: &["DBS code of practice for registered persons", "GOV.UK, guidance on the recruitment of ex-offenders (January 2025)"],
    example: "No criminal record",
    counter_example: "A criminal record is not necessarily a bar: we look at what is relevant to the post.",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        let text = passage.words.to_lowercase();
        let weighed = sheet.tells("weighed", &text);
        if let Some(hit) = sheet.hits(passage).into_iter().next().filter(|_| !weighed) {
            let words = &passage.words[hit.range.clone()];
            found.term(passage, &hit, format!("“{words}” does not say how a record is assessed"))
                .hints.push("say that only what is relevant to the post counts".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words};

    #[test]
    fn a_bar_is_found_once_for_each_passage() {
        let text = "No contra-indications in personal background or criminal record indicating unsuitability to work with children";
        assert_eq!(in_criterion("blanket-bar", text), ["No contra-indications in personal background"]);
        assert_eq!(in_criterion("blanket-bar", "Clear DBS and no criminal record"), ["Clear DBS"]);
    }

    #[test]
    fn a_record_that_is_weighed_is_left_alone() {
        for right in [
            "A criminal record is not necessarily a bar to this post.",
            "No criminal record check is needed.",
            "No convictions are needed to be told unless they are relevant.",
            "An enhanced DBS check",
            "They wrote “no criminal record”.",
            "A clear DBS policy",
        ] {
            assert!(in_words("blanket-bar", right).is_empty(), "{right}");
        }
    }
}
