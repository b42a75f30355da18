//! What a rule goes by that is no code: words, figures, and where they come from. A file of `templates/base/checks/` for each
//! rule, to which an organisation adds under `checks` in its `organisation.yaml`.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use regex::Regex;
use serde::Deserialize;

use super::passage::Passage;
use super::spelling::Dictionary;
use super::text::{BOUNDARY, is_history, sentence_of};
use crate::profile::{CheckTopic, CheckWords};

pub(super) use crate::profile::Asking;

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
    /// Words, or beginnings of words, that change what a term around which they stand means, by what they tell; in small letters.
    pub context: BTreeMap<String, Vec<String>>,
    /// Figures by name.
    pub limits: BTreeMap<String, f64>,
    /// What one part of a pack asks for and another has to meet.
    pub topics: Vec<CheckTopic>,
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
    context: BTreeMap<String, Vec<String>>,
    limits: BTreeMap<String, f64>,
    dictionary: Option<Arc<Dictionary>>,
    topics: Vec<Topic>,
    /// Terms by the words that they were found as.
    known: Mutex<HashMap<String, usize>>,
}

/// Words of which the term is remembered.
const KNOWN: usize = 4096;

/// What one part of a pack asks for and the other has to meet.
#[derive(Debug)]
pub(super) struct Topic {
    about: String,
    asking: Asking,
    asks: Regex,
    met_by: Regex,
}

impl Topic {
    /// None of a topic without words.
    fn new(CheckTopic { about, asking, asks, met_by }: &CheckTopic) -> Result<Option<Self>, regex::Error> {
        let (Some(asks), Some(met_by)) = (any_of(asks)?, any_of(met_by)?) else { return Ok(None) };
        Ok(Some(Self { about: about.clone(), asking: *asking, asks, met_by }))
    }

    /// What it is about, as a sentence goes on after “about”.
    pub(super) fn about(&self) -> &str {
        &self.about
    }

    /// The part that asks.
    pub(super) fn asking(&self) -> Asking {
        self.asking
    }

    /// Where a passage asks in its own words.
    pub(super) fn asked_by(&self, passage: &Passage<'_>, sheet: &Sheet) -> Option<Range<usize>> {
        let asks = self.asks.find_iter(&passage.words).map(|found| found.range());
        asks.into_iter().find(|range| !passage.is_quoted(range) && !sheet.is_excepted(&passage.words, range))
    }

    /// Whether a passage meets it.
    pub(super) fn is_met_by(&self, passage: &Passage<'_>) -> bool {
        self.met_by.is_match(&passage.words)
    }
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
        let added = added.map(|term| Term { say: term.say.clone(), instead: term.instead.clone(), because: term.because.clone(), safe: term.safe });
        let terms: Vec<Term> = written.terms.iter().filter(|term| !without.contains(&term.say)).cloned().chain(added).filter(|term| !term.say.trim().is_empty()).collect();
        let any = any_of(terms.iter().map(|term| &term.say))?;
        let each = terms.iter().map(|term| Regex::new(&format!("^(?:{})", pattern(&term.say)))).collect::<Result<Vec<_>, _>>()?;
        let mut except: Vec<&String> = written.except.iter().chain(own.into_iter().flat_map(|own| &own.except)).collect();
        // Of two that begin alike the longer is looked for first.
        except.sort_by_key(|say| std::cmp::Reverse(say.chars().count()));
        let except = any_of(except)?;
        let mut limits = written.limits.clone();
        limits.extend(own.into_iter().flat_map(|own| own.limits.clone()));
        let mut context = written.context.clone();
        for (name, words) in own.into_iter().flat_map(|own| &own.context) {
            context.entry(name.clone()).or_default().extend(words.iter().map(|word| word.to_lowercase()));
        }
        let topics = written.topics.iter().filter(|topic| !without.contains(&topic.about)).chain(own.into_iter().flat_map(|own| &own.topics));
        let topics = topics.map(Topic::new).filter_map(Result::transpose).collect::<Result<_, _>>()?;
        Ok(Self { terms: each.into_iter().zip(terms).collect(), any, except, context, limits, dictionary: Some(Arc::clone(dictionary)), topics, known: Mutex::default() })
    }

    /// Whether a text in small letters has a word of those that tell this.
    pub(super) fn tells(&self, what: &str, text: &str) -> bool {
        self.context.get(what).is_some_and(|words| words.iter().any(|word| text.contains(word.as_str())))
    }

    /// What one part of a pack asks for and the other has to meet.
    pub(super) fn topics(&self) -> &[Topic] {
        &self.topics
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
        let all = all.filter(|range| passage.is_whole(range) && !passage.is_quoted(range) && !self.is_excepted(words, range));
        let hit = |range: Range<usize>| {
            let term = self.term(words, &range)?;
            Some(Hit { range, term })
        };
        all.filter_map(hit).take(MOST).collect()
    }

    /// The terms that a passage has of what is so today, each with its words: what a sentence tells of the past is left alone.
    pub(super) fn hits_of_today<'a, 'p>(&'a self, passage: &'p Passage<'_>) -> impl Iterator<Item = (Hit<'a>, &'p str)> {
        let is_past = |hit: &Hit<'_>| is_history(&sentence_of(&passage.words, &hit.range).to_lowercase());
        self.hits(passage).into_iter().filter(move |hit| !is_past(hit)).map(|hit| {
            let words = &passage.words[hit.range.clone()];
            (hit, words)
        })
    }

    /// The term that these bytes are. Of thousands of terms each is held against the same words once.
    fn term(&self, words: &str, range: &Range<usize>) -> Option<&Term> {
        let own = words.get(range.clone())?.to_owned();
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&own).copied();
        let at = match known {
            Some(at) => at,
            None => {
                let fits = |(each, _): &(Regex, Term)| each.find(&words[range.start..]).is_some_and(|found| found.end() == range.len());
                let at = self.terms.iter().position(fits)?;
                let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
                if known.len() < KNOWN {
                    known.insert(own, at);
                }
                at
            }
        };
        self.terms.get(at).map(|(_, term)| term)
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

/// A pattern of any of these words, the first that fits; none if there are none.
fn any_of<'a>(says: impl IntoIterator<Item = &'a String>) -> Result<Option<Regex>, regex::Error> {
    let patterns: Vec<String> = says.into_iter().filter(|say| !say.trim().is_empty()).map(|say| pattern(say)).collect();
    (!patterns.is_empty()).then(|| Regex::new(&patterns.join("|"))).transpose()
}

/// The pattern of some words. Of plain letters it is one of bytes: of all alphabets it would take ten times as long.
fn pattern(say: &str) -> String {
    let is_name = say.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase));
    // Apostrophes of both kinds are found for either.
    let is_plain = say.chars().all(|character| character.is_ascii() || character == '’');
    let mut text = String::from(match (is_name, is_plain) {
        (true, true) => "(?-u:",
        (true, false) => "(?:",
        (false, true) => "(?i-u:",
        (false, false) => "(?i:",
    });
    if say.starts_with(char::is_alphanumeric) {
        text.push_str(BOUNDARY);
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
        text.push_str(BOUNDARY);
    }
    text.push(')');
    text
}
