//! The normal form in which the words of a source and of its pack are compared. Nothing else is overlooked.
//!
//! 1. Unicode NFKC, so that ligatures, non-breaking spaces and full-width forms are their plain selves.
//! 2. Quotation marks and apostrophes are straight.
//! 3. Two or more full stops in a row, and `…`, are one `…`.
//! 4. Dashes of any length, and the minus sign, are `-`.
//! 5. Letters are lower case.
//! 6. A list label at the start of a line of the source or of a paragraph of the pack is dropped (bullets, `1.`, `2)`,
//!    `a)`, `iv.`), if words follow it.
//! 7. `**` and `*` that mark emphasis in the source are dropped.
//! 8. A `:` at the end of a word, or alone, is dropped: layouts set labels with and without.
//! 9. White space divides words and says nothing else.

use unicode_normalization::UnicodeNormalization;

/// A word of a source with its line, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word in its normal form.
    pub text: String,
    /// Line of the source.
    pub line: usize,
}

/// The words of a source document.
pub fn words_of_lines(text: &str) -> Vec<Word> {
    let lines = text.lines().zip(1..);
    lines.flat_map(|(line, number)| words_of_paragraph(line).into_iter().map(move |text| Word { text, line: number })).collect()
}

/// The words of a line or paragraph.
pub fn words_of_paragraph(text: &str) -> Vec<String> {
    let folded = folded(text);
    let mut words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() > 1 && is_label(words[0]) {
        words.remove(0);
    }
    let words = words.into_iter().map(|word| word.trim_end_matches(':').to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

fn folded(text: &str) -> String {
    let mut out = String::new();
    let mut stops = 0;
    for c in text.nfkc() {
        let c = match c {
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '*' => continue,
            '‘' | '’' | '‚' | '‛' | '′' | '`' | '´' => '\'',
            '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
            c => c,
        };
        if c == '.' {
            stops += 1;
            continue;
        }
        end_of_stops(&mut out, &mut stops);
        out.extend(c.to_lowercase());
    }
    end_of_stops(&mut out, &mut stops);
    out
}

fn end_of_stops(out: &mut String, stops: &mut usize) {
    match std::mem::take(stops) {
        0 => {}
        1 => out.push('.'),
        _ => out.push('…'),
    }
}

fn is_label(word: &str) -> bool {
    if matches!(word, "•" | "◦" | "▪" | "‣" | "●" | "○" | "■" | "□" | "·" | "-" | "o" | "\u{F0B7}" | "\u{F0A7}") {
        return true;
    }
    let Some(count) = word.strip_suffix(['.', ')']) else { return false };
    let count = count.strip_prefix('(').unwrap_or(count);
    let all = |allowed: fn(char) -> bool| !count.is_empty() && count.chars().all(allowed);
    all(|c| c.is_ascii_digit()) && count.len() <= 3 || all(|c| matches!(c, 'i' | 'v' | 'x')) || all(|c| c.is_ascii_lowercase()) && count.len() == 1
}

#[test]
fn the_normal_form_overlooks_what_it_says_and_no_more() {
    let same = |left: &str, right: &str| assert_eq!(words_of_paragraph(left), words_of_paragraph(right));
    let differ = |left: &str, right: &str| assert_ne!(words_of_paragraph(left), words_of_paragraph(right));
    same("\u{FB01}t", "fit");
    same("the post’s “title”", "the post's \"title\"");
    same("and so on....", "and so on…");
    same("2019 – 20", "2019 - 20");
    same("**BAND** 6", "Band 6");
    same("1. One", "One");
    same("· One", "One");
    same("b) two", "two");
    same("Grade:\t8", "Grade : 8");
    differ("10.", "");
    differ("1.5 days", "days");
    differ("one two", "onetwo");
    differ("practice", "practise");
    differ("work.", "work");
}
