//! How hard words are to read, as the Flesch-Kincaid grade has it: the school year of the United States in which they can be read.
//!
//! Kincaid, Fishburne, Rogers and Chissom, Derivation of new readability formulas for Navy enlisted personnel, 1975. Syllables are
//! counted by the letters, which is right for nine words of ten.

use super::text;

/// Sentences, words and syllables of some text.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Measure {
    pub sentences: usize,
    pub words: usize,
    pub syllables: usize,
}

impl Measure {
    /// Adds a sentence.
    pub(super) fn add(&mut self, sentence: &str) {
        let before = self.words;
        for (_, word) in text::words(sentence) {
            self.words += 1;
            self.syllables += syllables(word);
        }
        self.sentences += usize::from(self.words > before);
    }

    /// The grade; 0 of no words.
    pub(super) fn grade(&self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let words = self.words as f64;
        0.39 * words / self.sentences as f64 + 11.8 * self.syllables as f64 / words - 15.59
    }
}

/// The syllables of a word; letters and figures of an abbreviation are read one by one.
fn syllables(word: &str) -> usize {
    word.split('-').map(of_part).sum::<usize>().max(1)
}

fn of_part(part: &str) -> usize {
    let letters: Vec<char> = part.chars().filter(|character| character.is_alphabetic()).collect();
    let spelt = letters.len() > 1 && letters.iter().all(|letter| letter.is_uppercase());
    if letters.is_empty() || spelt {
        return part.chars().filter(|character| character.is_alphanumeric()).count();
    }
    let word: String = letters.iter().flat_map(|letter| letter.to_lowercase()).collect();
    let letters: Vec<char> = word.chars().collect();
    let at = |place: usize| letters.get(place).copied().unwrap_or(' ');
    let is_open = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'é' | 'è' | 'ê' | 'ï' | 'ö');
    let is_vowel = |place: usize| is_open(at(place)) || at(place) == 'y' && place > 0;
    let mut count = 0;
    for place in 0..letters.len() {
        let follows = place > 0 && is_vowel(place - 1);
        count += usize::from(is_vowel(place) && (!follows || parts(&letters, place - 1)));
    }
    count.saturating_sub(silent(&letters, &word, count)).max(1)
}

/// Whether the vowel at `first` and the next are read apart: appropri-ate, criteri-on, experi-ence, evalu-ate.
fn parts(letters: &[char], first: usize) -> bool {
    let at = |place: usize| letters.get(place).copied().unwrap_or(' ');
    let before = first.checked_sub(1).map_or(' ', at);
    match (at(first), at(first + 1)) {
        ('i', 'a') => !matches!(before, 'c' | 't' | 's' | 'x'),
        ('i', 'o') => !matches!(before, 'c' | 't' | 's' | 'g') && at(first + 2) != 'u',
        ('i', 'e') => !matches!(before, 'c' | 't') && at(first + 2) == 'n',
        ('u', 'a') => !matches!(before, 'q' | 'g' | 's'),
        _ => false,
    }
}

/// How many vowels of a word are written and not read: manag(e)d, manag(e)ment, saf(e)ly, nam(e).
fn silent(letters: &[char], word: &str, count: usize) -> usize {
    let is_vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let from_end = |place: usize| letters.len().checked_sub(place).map_or(' ', |at| letters[at]);
    // A consonant before an `l` makes a syllable of it: ta-ble, ta-bles, ena-bled.
    let at_end = |length: usize| {
        let (before, earlier) = (from_end(length + 1), from_end(length + 2));
        !(is_vowel(before) || before == 'l' && !is_vowel(earlier) && earlier != ' ')
    };
    let hisses = matches!(from_end(3), 's' | 'x' | 'z' | 'c' | 'g') || from_end(3) == 'h' && matches!(from_end(4), 's' | 'c');
    let ends = word.ends_with('e') && at_end(1)
        || word.ends_with("es") && at_end(2) && !hisses
        || word.ends_with("ed") && at_end(2) && !matches!(from_end(3), 't' | 'd');
    let within = ["ely", "eful", "eless", "eness", "ement"].into_iter().any(|ending| {
        let before = word.strip_suffix(ending).and_then(|rest| rest.chars().next_back());
        count > 2 && before.is_some_and(|before| !(is_vowel(before) || ending == "ement" && before == 'l'))
    });
    usize::from(ends && count > 1) + usize::from(within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_those_that_are_read() {
        for (word, count) in [
            ("the", 1), ("cat", 1), ("names", 1), ("school", 1), ("year", 1), ("table", 2), ("people", 2), ("managed", 2), ("children", 2),
            ("careful", 2), ("rely", 2), ("enabled", 3), ("supported", 3), ("resources", 3), ("policies", 3), ("management", 3),
            ("achievement", 3), ("development", 4), ("effectively", 4), ("appropriate", 4), ("criterion", 4), ("evaluate", 4),
            ("education", 4), ("experience", 4), ("individual", 5), ("multi-agency", 5), ("responsibility", 6), ("ESOL", 4), ("16", 2),
            ("school’s", 1),
        ] {
            assert_eq!(syllables(word), count, "{word}");
        }
    }

    #[test]
    fn the_grade_is_that_of_the_formula() {
        let mut measure = Measure::default();
        assert!(measure.grade().abs() < f64::EPSILON);
        measure.add("The cat sat on the mat.");
        measure.add("  ");
        assert_eq!((measure.sentences, measure.words, measure.syllables), (1, 6, 6));
        assert!((measure.grade() - (0.39 * 6.0 + 11.8 - 15.59)).abs() < 1e-9);
    }
}
