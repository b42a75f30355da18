//! Words that speak of a post as held by a man or a woman.

use crate::check::found::Found;
use crate::check::passage::Passages;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "gendered-reference",
    severity: Severity::Warning,
    finds: "words that name a sex where none is meant: s/he, his/her, chairman, manned",
    why: "Such words leave out those who are neither, and titles that end in -man suggest who is wanted. Pairs with a stroke are hard to read aloud.",
    sources: &[
        "Office of the Parliamentary Counsel, drafting guidance: gender-neutral drafting",
        "Equality Act 2010, section 13",
    ],
    example: "S/he will report to the chairman",
    counter_example: "They will report to the chair",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        for hit in sheet.hits(passage) {
            let words = &passage.words[hit.range.clone()];
            found.term(passage, &hit, format!("“{words}” names a sex where none is meant"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{findings, in_words};

    #[test]
    fn a_sex_that_is_not_meant_is_found() {
        assert_eq!(in_words("gendered-reference", "S/he will be a Line Manager and do his/her best"), ["S/he", "his/her"]);
        assert_eq!(in_words("gendered-reference", "The holder clears his or her own desk by himself/herself"), ["his or her", "himself/herself"]);
        assert_eq!(in_words("gendered-reference", "Report to the Chairman of a desk that is manned at night"), ["Chairman", "manned"]);
        assert_eq!(in_words("gendered-reference", "(S)he answers him / her"), ["(S)he", "him / her"]);
    }

    #[test]
    fn only_what_fits_every_sentence_is_put_right() {
        let fix = |text: &str| findings("gendered-reference", &format!("post_title: {text}")).remove(0).fix;
        assert_eq!(fix("Manned desk").as_deref(), Some("Staffed"));
        assert_eq!(fix("s/he").as_deref(), None);
        assert_eq!(fix("Chairman").as_deref(), None);
    }

    #[test]
    fn quotations_and_other_words_are_left_alone() {
        for right in ["The policy says “he/she”.", "Manage the human resources of Mansfield", "Herself a teacher", "unmanned aircraft", "woman", "a demanding post"] {
            assert!(in_words("gendered-reference", right).is_empty(), "{right}");
        }
    }
}
