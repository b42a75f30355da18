//! Words that tell applicants how old they should be.

use crate::check::found::Found;
use crate::check::passage::{Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "age-coded-word",
    severity: Severity::Warning,
    finds: "words that say how old an applicant should be: recent graduate, mature, energetic, digital native",
    why: "Readers take such words as an age that is wanted and don't apply. They may discriminate because of age.",
    sources: &["Equality Act 2010, sections 5, 13 and 19", "Acas, guidance on age discrimination"],
    example: "An energetic recent graduate",
    counter_example: "Somebody who learns quickly, to work with young people",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    // Duties speak of those whom a post serves, and a framework of how somebody works.
    let of_people = |place: Place| matches!(place, Place::Title | Place::Purpose | Place::Criterion | Place::Advert | Place::Words);
    for passage in passages.all.iter().filter(|passage| of_people(passage.place)) {
        for hit in sheet.hits(passage) {
            let words = &passage.words[hit.range.clone()];
            found.term(passage, &hit, format!("“{words}” can be read as an age that is wanted"))
                .hints.push("say what the person must know or be able to do".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_criterion, in_words};

    #[test]
    fn an_age_that_is_wanted_is_found() {
        let of = |text: &str| in_criterion("age-coded-word", text);
        assert_eq!(of("Recent graduates with an energetic manner"), ["Recent graduates", "energetic"]);
        assert_eq!(of("A mature and reliable person, highly experienced"), ["mature", "highly experienced"]);
        assert_eq!(of("Digital native in a young and dynamic team"), ["Digital native", "young and dynamic"]);
    }

    #[test]
    fn the_ages_of_others_are_left_alone() {
        for right in [
            "Relates well to young people and their families",
            "Shows maturity of judgement",
            "Experience with an age range of children appropriate to the role",
            "Care of mature trees, and of mature students’ records",
            "Plans energetic play",
            "Works beside highly experienced colleagues",
            "An advert said “recent graduate”",
        ] {
            assert!(in_criterion("age-coded-word", right).is_empty(), "{right}");
        }
        assert!(in_words("age-coded-word", "Lead energetic sessions for recent graduates").is_empty());
    }
}
