//! Spoken English asked for at a standard that few posts need.

use crate::check::found::Found;
use crate::check::passage::Passages;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::sentence_of;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "fluency-standard",
    severity: Severity::Warning,
    finds: "a standard of spoken English above what a post is likely to need: native speaker, perfect English, almost effortlessly",
    why: "The duty asks for fluency that the post needs, not for an accent or an origin. A standard above that can discriminate against people because of their race.",
    sources: &[
        "Immigration Act 2016, section 77",
        "Code of practice on the English language requirement for public sector workers",
        "Equality Act 2010, section 19",
    ],
    example: "Native English speaker",
    counter_example: "Speaks English well enough to explain a decision to a member of the public",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        for hit in sheet.hits(passage) {
            let sentence = sentence_of(&passage.words, &hit.range).to_lowercase();
            if !sheet.tells("served", &sentence) {
                let words = &passage.words[hit.range.clone()];
                found.term(passage, &hit, format!("“{words}” is more than most posts need"))
                    .hints.push("say what the holder must be able to do in English, and at what level the post needs it".to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words};

    #[test]
    fn a_standard_above_the_post_is_found() {
        assert_eq!(in_criterion("fluency-standard", "Can express themselves fluently and spontaneously , almost effortlessly"), ["almost effortlessly"]);
        assert_eq!(in_criterion("fluency-standard", "Native English speaker, perfect English"), ["Native English speaker", "perfect English"]);
        assert_eq!(in_criterion("fluency-standard", "English as mother tongue"), ["mother tongue"]);
    }

    #[test]
    fn the_languages_of_others_are_left_alone() {
        for right in [
            "Support pupils in their mother tongue",
            "Teach English to non-native speakers",
            "Speaks fluent English at the level that the post needs",
            "The advert said “native speaker”.",
        ] {
            assert!(in_words("fluency-standard", right).is_empty(), "{right}");
        }
    }
}
