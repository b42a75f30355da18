//! References to what is not there.

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "dangling-reference",
    severity: Severity::Error,
    finds: "references to a place that no document of a pack has, and to a list that its file has not",
    why: "The words come from a form with other columns or pages; a candidate looks for what they speak of and doubts the rest.",
    sources: &["Practice of this project: documents are laid out anew in each format, without overleaf and end columns"],
    example: "the requirements shown by a cross in the end column",
    counter_example: "the above responsibilities; grade C or above; as set out in the policy",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        for hit in sheet.hits(passage) {
            let words = &passage.words[hit.range.clone()];
            if is_there(words, &passage.words, passages) {
                continue;
            }
            if thing(words).is_none_or(|thing| is_missing(&thing, passage, passages)) {
                let finding = found.term(passage, &hit, format!("“{words}” refers to something that is not there"));
                finding.hints.push("name what is meant, or take the reference out".to_owned());
            }
        }
    }
}

/// Whether criteria are marked with a sign in a column of their own, and the words are not about another place.
fn is_there(words: &str, text: &str, passages: &Passages<'_>) -> bool {
    let mark = ["labels.mark_essential", "defaults.labels.mark_essential"].into_iter().find_map(|field| passages.root.at_path(field)?.as_text());
    let is_sign = mark.is_some_and(|mark| mark.chars().count() == 1);
    is_sign && (words.contains("cross") || words.contains("column")) && !text.contains("of this section")
}

/// What is said to be outlined somewhere; nothing where the words name a place.
fn thing(words: &str) -> Option<String> {
    let words = words.to_lowercase();
    let (named, _) = words.split_once(" outlined")?;
    named.split(" or ").next().map(str::to_owned)
}

/// Whether nothing else in the file speaks of it. What a framework holds is not in the file, and not known here.
fn is_missing(thing: &str, passage: &Passage<'_>, passages: &Passages<'_>) -> bool {
    let chosen = passages.root.at_path("competencies.framework").is_some();
    !chosen && !passages.all.iter().any(|other| !std::ptr::eq(other, passage) && other.words.to_lowercase().contains(thing))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_words, in_yaml};

    const CODE: &str = "dangling-reference";

    #[test]
    fn what_no_document_has_is_found() {
        for (text, words) in [
            ("the essential requirements shown by a cross in the end column.", "shown by a cross in the end column"),
            ("See the last column", "last column"),
            ("Please see overleaf", "see overleaf"),
            ("Fill in the attached sheet", "attached sheet"),
            ("the management competencies outlined are those relevant", "management competencies outlined"),
            ("meet the Lower threshold or Advanced threshold level outlined above", "Lower threshold or Advanced threshold level outlined"),
        ] {
            assert_eq!(in_words(CODE, text), [words], "{text}");
        }
    }

    #[test]
    fn what_is_there_and_what_refers_to_nothing_is_not() {
        for right in [
            "The above responsibilities are subject to the contract",
            "GCSE grade 4 or above, and above average attendance",
            "duties and responsibilities specified above",
            "as outlined in the policy; as described below",
            "They call it the “end column”",
            "Works in a team attached to the school; keeps shaded areas clear; has used Overleaf",
        ] {
            assert!(in_words(CODE, right).is_empty(), "{right}");
        }
        let list = "post_title: Officer\npurpose: [the management competencies outlined are those relevant]\n\
                    sections:\n  - {id: a, heading: Management competencies, blocks: [Leads]}";
        assert!(in_yaml(CODE, list).is_empty());
    }
}
