//! Sentences that are too long, and words that are too hard.

use crate::check::found::Found;
use crate::check::passage::{Passages, Place};
use crate::check::readability::Measure;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::{sentences, words};
use crate::diagnostic::Severity;
use crate::profile::Kind;

pub(super) const RULE: Rule = Rule {
    code: "readability",
    severity: Severity::Advice,
    finds: "sentences of more than 25 words, and profiles and adverts that read harder than their grade",
    why: "A reader loses a long sentence before its end, on a phone and with a screen reader first.",
    sources: &[
        "Government Digital Service, guidance on accessible documents: sentences of at most 25 words, a reading age of 9",
        "Kincaid and others, Derivation of new readability formulas, 1975",
    ],
    example: "a sentence of 64 words",
    counter_example: "Keep records of students’ work.",
    look: Look::Words(look),
};

/// Words of a file that are sentences.
const PLACES: [Place; 5] = [Place::Purpose, Place::Duty, Place::Criterion, Place::Words, Place::Advert];

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let most = sheet.limit("sentence_words");
    let mut all = Measure::default();
    for passage in passages.all.iter().filter(|passage| PLACES.contains(&passage.place)) {
        for range in sentences(&passage.words) {
            let sentence = &passage.words[range.clone()];
            all.add(sentence);
            let count = words(sentence).count();
            if count as f64 > most && !passage.is_quoted(&range) {
                let finding = found.words(passage, range, format!("this sentence has {count} words"));
                finding.hints.push(format!("make two of it, or a list: aim for {most} words or fewer"));
            }
        }
    }
    let (field, limit) = match passages.kind {
        Kind::Profile => ("post_title", sheet.limit("grade")),
        Kind::Vacancy => ("advert", sheet.limit("advert_grade")),
        // What they hold is printed in packs of many kinds.
        Kind::Organisation | Kind::Framework => return,
    };
    let least = sheet.limit("least_words");
    let grade = all.grade();
    // A few words say nothing.
    if let Some(node) = passages.root.get(field).filter(|_| all.words as f64 >= least && grade > limit) {
        let finding = found.value(node, field, format!("the text is hard to read: Flesch-Kincaid score {grade:.1}, and {limit} is the most"));
        finding.hints.push("shorten the longest sentences and words".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_words, in_yaml};

    const CODE: &str = "readability";

    #[test]
    fn long_sentences_are_found() {
        let long = ["word"; 26].join(" ");
        assert_eq!(in_words(CODE, &format!("{long}. Keep it short.")), [format!("{long}.")]);
        assert!(in_words(CODE, &["word"; 25].join(" ")).is_empty());
        assert!(in_words(CODE, &format!("“{long}”")).is_empty(), "a quotation is somebody else’s");
        assert!(in_yaml(CODE, &format!("post_title: {long}")).is_empty(), "a title is no sentence");
    }

    #[test]
    fn hard_words_are_told_once_for_a_file() {
        assert_eq!(in_words(CODE, &"Organisational accountability necessitates comprehensive understanding. ".repeat(30)), ["Officer"]);
        assert!(in_words(CODE, &"We help the team and they help us. ".repeat(30)).is_empty());
        assert!(in_words(CODE, "Organisational accountability necessitates comprehensive understanding.").is_empty(), "too few to tell");
    }
}
