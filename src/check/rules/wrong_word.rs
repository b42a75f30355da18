//! Words that are spelt right and are the wrong ones.

use std::sync::OnceLock;

use regex::Regex;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::pattern;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "wrong-word",
    severity: Severity::Warning,
    finds: "words that are in every dictionary and wrong where they stand: recording keeping, best practise, 2 years experience",
    why: "No spelling check sees them, and a candidate for a post that asks for accuracy does.",
    sources: &["Practice of this project: each was found in a published profile or is a fault that editors list"],
    example: "no part of it may be so constructed; a minimum of 2 years experience",
    counter_example: "no part of it may be so construed; a minimum of 2 years’ experience",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        for hit in sheet.hits(passage) {
            let message = format!("“{}” is not what is meant", &passage.words[hit.range.clone()]);
            found.term(passage, &hit, message);
        }
        time(passage, found);
    }
}

/// Years of experience: the apostrophe says whose.
fn time(passage: &Passage<'_>, found: &mut Found<'_>) {
    static TIME: OnceLock<Regex> = OnceLock::new();
    let time = r"(?xi)\b((?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|several|many)\s+(?:year|month|week)s)
        (\s+(?:(?:minimum|relevant|recent|previous|proven|practical|professional|teaching|management|work|working|continuous|written)\s+){0,2}
        (?:experience|notice))\b";
    for part in pattern(&TIME, time).captures_iter(&passage.words) {
        let (Some(whole), Some(time), Some(rest)) = (part.get(0), part.get(1), part.get(2)) else { continue };
        if time.as_str().starts_with("1 ") || passage.is_quoted(&whole.range()) || !passage.is_whole(&whole.range()) {
            continue;
        }
        let right = format!("{}’{}", time.as_str(), rest.as_str());
        let finding = found.words(passage, whole.range(), format!("“{}” lacks an apostrophe", whole.as_str()));
        finding.hints.push(format!("write “{right}”"));
        finding.fix = Some(right);
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{findings, in_words};

    const CODE: &str = "wrong-word";

    #[test]
    fn wrong_words_are_found() {
        for (text, words) in [
            ("no part of it may be so constructed.", "so constructed"),
            ("a minimum of at least 10%", "minimum of at least"),
            ("Contribute to recording keeping", "recording keeping"),
            ("Manage resources in allocated to the job", "in allocated to"),
            ("Experience of using of strategies", "using of strategies"),
            ("not used for short listing purposes", "short listing"),
            ("Knowledge off the curriculum", "Knowledge off"),
            ("shares best practise", "best practise"),
            ("policies and Code of Ethics and Standard.", "Code of Ethics and Standard"),
            ("A minimum of 2 years experience", "2 years experience"),
            ("2 years minimum experience", "2 years minimum experience"),
            ("three months notice", "three months notice"),
        ] {
            assert_eq!(in_words(CODE, text), [words], "{text}");
        }
    }

    #[test]
    fn what_is_put_in_their_place_keeps_the_number_and_the_capital() {
        let fix = |text: &str| findings(CODE, &format!("post_title: A\npurpose: [{text}]")).into_iter().find_map(|finding| finding.fix);
        assert_eq!(fix("over 12 years relevant experience").as_deref(), Some("12 years’ relevant experience"));
        assert_eq!(fix("Recording keeping").as_deref(), Some("Record keeping"));
    }

    #[test]
    fn right_words_are_not() {
        for right in [
            "2 years’ experience", "2 year's experience", "2 years of experience", "in practice", "to practise as a social worker",
            "a short list", "a bridge so constructed that it holds", "Code of Ethics and Standards", "They wrote “so constructed”",
            "knowledge off-site", "Commitment to practice development", "minimum of 10%",
        ] {
            assert!(in_words(CODE, right).is_empty(), "{right}");
        }
    }
}
