//! What a rule goes by that is no code: words, figures, and where they come from. A file of `templates/base/checks/` for each
//! rule, to which an organisation adds under `checks` in its `organisation.yaml`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use regex::Regex;
use serde::Deserialize;

use super::passage::Passage;
use super::spelling::Dictionary;
use crate::profile::CheckWords;

/// Words and figures of a rule, as its file has them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Written {
    /// Where they come from.
    pub source: Vec<String>,
    /// The day on which somebody looked whether that is still so: YYYY-MM-DD.
    pub as_of: String,
    /// Words to look for.
    pub terms: Vec<Term>,
    /// Words that are left alone wherever they stand: of several words, whatever is found within them.
    pub except: Vec<String>,
    /// Figures by name.
    pub limits: BTreeMap<String, f64>,
}

/// Words to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Term {
    /// The words. `*` stands for the rest of a word; capitals count where there are two of them in a row.
    pub say: String,
    /// What to write in their place.
    pub instead: Option<String>,
    /// Why, where that differs from word to word.
    pub because: Option<String>,
    /// Whether a program may put that in their place.
    pub safe: bool,
}

/// Terms that are found in a passage, at most.
const MOST: usize = 100;

/// Bytes on each side of something in which words that are left alone may stand around it.
const NEAR: usize = 200;

/// The words and figures of a rule, ready to be used.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    terms: Vec<(Regex, Term)>,
    /// All terms at once.
    any: Option<Regex>,
    except: Option<Regex>,
    limits: BTreeMap<String, f64>,
    dictionary: Option<Arc<Dictionary>>,
}

/// A term that was found.
pub(super) struct Hit<'a> {
    pub range: Range<usize>,
    pub term: &'a Term,
}

impl Sheet {
    /// What a file says, with what an organisation adds.
    ///
    /// # Errors
    /// Words of which no pattern can be made: there are far too many.
    pub(super) fn new(written: &Written, own: Option<&CheckWords>, dictionary: &Arc<Dictionary>) -> Result<Self, regex::Error> {
        let without = own.map(|own| own.without.as_slice()).unwrap_or_default();
        let added = own.into_iter().flat_map(|own| &own.terms);
        let added = added.map(|term| Term { say: term.say.clone(), instead: term.instead.clone(), because: term.because.clone(), safe: false });
        let terms: Vec<Term> = written.terms.iter().filter(|term| !without.contains(&term.say)).cloned().chain(added).filter(|term| !term.say.trim().is_empty()).collect();
        let patterns: Vec<String> = terms.iter().map(|term| pattern(&term.say)).collect();
        let any = (!patterns.is_empty()).then(|| Regex::new(&patterns.join("|"))).transpose()?;
        let each = patterns.iter().map(|text| Regex::new(&format!("^(?:{text})"))).collect::<Result<Vec<_>, _>>()?;
        let except: Vec<String> = written.except.iter().chain(own.into_iter().flat_map(|own| &own.except)).map(|say| pattern(say)).collect();
        let except = (!except.is_empty()).then(|| Regex::new(&except.join("|"))).transpose()?;
        let mut limits = written.limits.clone();
        limits.extend(own.into_iter().flat_map(|own| own.limits.clone()));
        Ok(Self { terms: each.into_iter().zip(terms).collect(), any, except, limits, dictionary: Some(Arc::clone(dictionary)) })
    }

    /// A figure; one that is not given forbids nothing.
    pub(super) fn limit(&self, name: &str) -> f64 {
        self.limits.get(name).copied().unwrap_or(f64::INFINITY)
    }

    /// The terms that a passage has in its own words.
    pub(super) fn hits<'a>(&'a self, passage: &Passage<'_>) -> Vec<Hit<'a>> {
        let words = &*passage.words;
        // Of what a text has a hundred times, a hundred are enough.
        let all = self.any.iter().flat_map(|any| any.find_iter(words)).map(|found| found.range());
        let all = all.filter(|range| !passage.is_quoted(range) && !self.is_excepted(words, range));
        let hit = |range: Range<usize>| {
            let fits = |(each, _): &&(Regex, Term)| each.find(&words[range.start..]).is_some_and(|found| found.end() == range.len());
            let term = self.terms.iter().find(fits).map(|(_, term)| term)?;
            Some(Hit { range, term })
        };
        all.filter_map(hit).take(MOST).collect()
    }

    /// Whether a word is right: a dictionary has it, or it is among those that are left alone.
    pub(super) fn knows(&self, word: &str) -> bool {
        let known = |word: &str| self.dictionary.as_ref().is_none_or(|dictionary| dictionary.has(word)) || self.is_excepted(word, &(0..word.len()));
        let straight = word.replace('’', "'");
        let own = straight.strip_suffix("'s").or_else(|| straight.strip_suffix('\'')).unwrap_or(&straight);
        // Of a compound each part has to be right.
        known(&straight) || known(own) || own.contains('-') && own.split('-').all(|part| part.len() < 2 || known(part))
    }

    /// Words that may have been meant.
    pub(super) fn near(&self, word: &str) -> Vec<String> {
        self.dictionary.as_ref().map(|dictionary| dictionary.near(word)).unwrap_or_default()
    }

    /// Whether these bytes are within words that are left alone.
    pub(super) fn is_excepted(&self, words: &str, range: &Range<usize>) -> bool {
        let Some(except) = &self.except else { return false };
        // What is left alone is some words long.
        let mut from = range.start.saturating_sub(NEAR);
        let mut to = words.len().min(range.end + NEAR);
        while !words.is_char_boundary(from) {
            from -= 1;
        }
        while !words.is_char_boundary(to) {
            to += 1;
        }
        except.find_iter(&words[from..to]).any(|left| from + left.start() <= range.start && range.end <= from + left.end())
    }
}

/// The pattern of some words. Of plain letters it is one of bytes: of all alphabets it would take ten times as long.
fn pattern(say: &str) -> String {
    let is_name = say.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase));
    let mut text = String::from(match (is_name, say.is_ascii()) {
        (true, true) => "(?-u:",
        (true, false) => "(?:",
        (false, true) => "(?i-u:",
        (false, false) => "(?i:",
    });
    if say.starts_with(char::is_alphanumeric) {
        text.push_str(r"\b");
    }
    let mut last = ' ';
    for character in say.trim().chars() {
        match character {
            '*' => text.push_str(r"\w*"),
            '\'' | '’' => text.push_str("(?u:['’])"),
            c if c.is_whitespace() => text.push_str(r"(?u:\s+)"),
            c => text.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
        last = character;
    }
    if last.is_alphanumeric() || last == '*' {
        text.push_str(r"\b");
    }
    text.push(')');
    text
}
