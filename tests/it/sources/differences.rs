//! `<source>.differences`: one difference a line, with its line in the source and its reason.
//!
//! ```text
//! # organisation/pack: where the words of the pack are not those of the source.
//! changed 59 | Building & Managing => Building and Managing | why
//! missing 31 | 10. | why
//! moved 158 | Criteria | why
//! ```

use super::normal::{Word, words_of_paragraph};

/// The differences of one source.
pub struct Differences {
    /// `organisation/pack`, from the first line.
    pub pack: String,
    entries: Vec<Entry>,
}

struct Entry {
    line: usize,
    words: Vec<String>,
    becomes: Becomes,
}

enum Becomes {
    Nothing,
    Words(Vec<String>),
    /// The words stand elsewhere in the pack, as a paragraph of their own.
    Elsewhere,
}

impl Differences {
    /// Reads the file's text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let first = text.lines().next().unwrap_or_default();
        let pack = first.strip_prefix("# ").and_then(|rest| rest.split_once(':')).map(|(pack, _)| pack.to_owned());
        let entries = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        Ok(Self {
            pack: pack.ok_or("the first line does not name the pack")?,
            entries: entries.map(Entry::parse).collect::<Result<_, _>>()?,
        })
    }

    /// Changes the words of the source into what the pack should say; returns the phrases that moved.
    ///
    /// An entry whose words do not stand in its line is a fault.
    pub fn apply(&self, words: &mut Vec<Word>) -> Result<Vec<Vec<String>>, String> {
        let mut moved = Vec::new();
        for Entry { line, words: gone, becomes } in &self.entries {
            let at = (0..words.len()).find(|at| {
                let here = words.get(*at..at + gone.len()).unwrap_or_default();
                here.len() == gone.len() && here.iter().zip(gone).all(|(word, gone)| word.line == *line && word.text == *gone)
            });
            let at = at.ok_or_else(|| format!("line {line} of the source does not say {gone:?}"))?;
            let new = match becomes {
                Becomes::Words(new) => new.as_slice(),
                Becomes::Nothing => &[],
                Becomes::Elsewhere => {
                    moved.push(gone.clone());
                    &[]
                }
            };
            let new: Vec<Word> = new.iter().map(|text| Word { text: text.clone(), line: *line }).collect();
            words.splice(at..at + gone.len(), new);
        }
        Ok(moved)
    }
}

impl Entry {
    fn parse(text: &str) -> Result<Self, String> {
        let fault = || format!("{text:?} is not `<what> <line> | <words> | <reason>`");
        let fields: Vec<&str> = text.splitn(3, '|').map(str::trim).collect();
        let [head, words, reason] = fields.as_slice() else { return Err(fault()) };
        let (what, line) = head.split_once(' ').ok_or_else(fault)?;
        let line = line.trim().parse().map_err(|_| fault())?;
        if reason.is_empty() {
            return Err(format!("{text:?} gives no reason"));
        }
        let (words, becomes) = match (what, words.split_once("=>")) {
            ("changed", Some((from, to))) => (from, Becomes::Words(words_of_paragraph(to))),
            ("missing", None) => (*words, Becomes::Nothing),
            ("moved", None) => (*words, Becomes::Elsewhere),
            _ => return Err(fault()),
        };
        let words = words_of_paragraph(words);
        if words.is_empty() { Err(fault()) } else { Ok(Self { line, words, becomes }) }
    }
}

#[test]
fn an_entry_that_does_not_apply_is_a_fault() {
    let apply = |entry: &str| {
        let differences = Differences::parse(&format!("# o/p: differences\n{entry}\n"))?;
        let mut words = super::normal::words_of_lines("Building & Managing\n10.");
        differences.apply(&mut words)?;
        Ok::<_, String>(words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(apply("changed 1 | & => and | why").as_deref(), Ok("building and managing 10."));
    assert_eq!(apply("missing 2 | 10. | a number alone").as_deref(), Ok("building & managing"));
    for entry in ["missing 1 | 10. | wrong line", "missing 2 | 11. | wrong words", "missing 2 | 10. |", "lost 2 | 10. | why"] {
        assert!(apply(entry).is_err(), "{entry}");
    }
}
