//! Words and sentences of a text, by their bytes.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

/// Where a word of plain letters begins or ends.
pub(super) const BOUNDARY: &str = r"(?-u:\b)";

/// A pattern that is made once. Words begin and end by ASCII: by all alphabets a search takes many times as long, and each word that
/// is looked for is of plain letters.
#[expect(clippy::expect_used, reason = "patterns are written in rules, and each is tested")]
pub(super) fn pattern(cell: &'static OnceLock<Regex>, text: &str) -> &'static Regex {
    cell.get_or_init(|| Regex::new(&text.replace(r"\b", BOUNDARY)).expect("a pattern"))
}

/// The words of a text: letters and digits, with apostrophes and hyphens between them.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    static WORD: OnceLock<Regex> = OnceLock::new();
    pattern(&WORD, r"[\p{L}\p{N}]+(?:['’\-][\p{L}\p{N}]+)*").find_iter(text).map(|found| (found.range(), found.as_str()))
}

/// The sentences of a text. A stop ends one where white space and no small letter follows; a blank line always does.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    static END: OnceLock<Regex> = OnceLock::new();
    let end = pattern(&END, r"[.!?][)”’\]]*\s+|\n\s*\n|;\s*\n");
    let (mut all, mut from) = (Vec::new(), 0);
    for found in end.find_iter(text) {
        let ends_line = found.as_str().contains('\n');
        let next = text[found.end()..].chars().next();
        if ends_line || next.is_none_or(|next| !next.is_lowercase()) && !is_abbreviation(&text[from..=found.start()]) {
            all.push(trimmed(text, from..found.end()));
            from = found.end();
        }
    }
    all.push(trimmed(text, from..text.len()));
    all.retain(|range| !range.is_empty());
    all
}

/// Whether a stop belongs to an abbreviation: `e.g.`, `Dr.`, `No.`
fn is_abbreviation(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or(text);
    matches!(last.trim_start_matches(['(', '[', '‘', '“']), "e.g." | "i.e." | "etc." | "eg." | "ie." | "Dr." | "Mr." | "Mrs." | "Ms." | "St." | "No." | "no." | "approx.")
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + part.len() - part.trim_start().len();
    start..(start + part.trim().len())
}

/// The sentence of a text that holds these bytes.
pub(super) fn sentence_of<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    let holds = |sentence: &Range<usize>| sentence.start <= range.start && range.start < sentence.end;
    sentences(text).into_iter().find(holds).map_or(text, |sentence| &text[sentence])
}

/// Whether a sentence tells how something was, in small letters.
pub(super) fn is_history(sentence: &str) -> bool {
    ["replaced", "formerly", "former ", "previously", "used to be"].iter().any(|past| sentence.contains(past))
}

/// Letters and digits of a text in small letters, words parted by one blank: two texts that differ in nothing but signs and spaces
/// have the same.
pub(super) fn plain(text: &str) -> String {
    words(text).map(|(_, word)| word.to_lowercase().replace('’', "'")).collect::<Vec<_>>().join(" ")
}

/// Longest texts that are held against each other letter by letter, in bytes.
const LONGEST: usize = 2000;

/// How alike two texts are, as [`plain`] has them: 1 if they are the same, 0 if they have nothing in common (normalised
/// Levenshtein distance; texts that have few words in common are not looked at so closely, and count as 0).
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    // The time grows with the square of the length, and no sentence is so long.
    if one.len().max(other.len()) > LONGEST {
        return 0.0;
    }
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if short.len() * 10 < long.len() * 7 {
        return 0.0;
    }
    let words: std::collections::HashSet<&str> = long.split(' ').collect();
    let (shared, count) = short.split(' ').fold((0, 0), |(shared, count), word| (shared + usize::from(words.contains(word)), count + 1));
    if shared * 10 < count * 6 { 0.0 } else { strsim::normalized_levenshtein(one, other) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_at_stops_and_not_at_abbreviations() {
        let of = |text: &str| sentences(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(of("One. Two! (Three.) Four"), ["One.", "Two!", "(Three.)", "Four"]);
        assert_eq!(of("Aims e.g. Parents’ Evenings. grade 3.5 of it"), ["Aims e.g. Parents’ Evenings. grade 3.5 of it"]);
        assert_eq!(of("One\n\ntwo"), ["One", "two"]);
        assert!(of(" \n ").is_empty());
    }

    #[test]
    fn likeness_is_of_words_and_not_of_signs() {
        let like = |one: &str, other: &str| likeness(&plain(one), &plain(other));
        assert!((like("Plan, and organise.", "plan and organise") - 1.0).abs() < f64::EPSILON);
        assert!(like("Keep appropriate records of students’ work", "Keep accurate records of students' work") > 0.7);
        assert!(like("Keep records", "Attend open evenings of the school") < 0.1);
    }
}
