//! Sentences, ready to be held against many others.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::passage::Passage;
use super::text::{likeness, plain, sentences};

/// A sentence of a passage.
pub(super) struct Statement<'p, 'a> {
    pub passage: &'p Passage<'a>,
    /// Its bytes in the words of the passage.
    pub range: Range<usize>,
    /// Its words, as [`plain`] has them.
    pub plain: String,
    /// The same as numbers, sorted, each once.
    words: Vec<u64>,
}

impl<'p, 'a> Statement<'p, 'a> {
    /// The sentences of a passage that have at least so many words.
    pub(super) fn of(passage: &'p Passage<'a>, least: usize) -> impl Iterator<Item = Self> {
        sentences(&passage.words).into_iter().filter_map(move |range| {
            let plain = plain(&passage.words[range.clone()]);
            let mut words: Vec<u64> = plain.split(' ').map(hashed).collect();
            let enough = words.len() >= least;
            words.sort_unstable();
            words.dedup();
            enough.then_some(Self { passage, range, plain, words })
        })
    }

    /// Number of its words.
    pub(super) fn count(&self) -> usize {
        self.plain.split(' ').count()
    }

    /// How alike the two are, if that is more than `limit`, of 1. Two that differ in a number are about different things.
    pub(super) fn likeness(&self, other: &Self, limit: f64) -> Option<f64> {
        let (one, two) = (self.plain.len(), other.plain.len());
        // What takes long comes last.
        if (one.min(two) as f64) < limit * one.max(two) as f64 {
            return None;
        }
        if self.shared(other) * 10 < self.words.len().min(other.words.len()) * 6 || !numbers(&self.plain).eq(numbers(&other.plain)) {
            return None;
        }
        Some(likeness(&self.plain, &other.plain)).filter(|likeness| *likeness > limit)
    }

    /// How many words the two have in common.
    fn shared(&self, other: &Self) -> usize {
        let (mut one, mut two, mut shared) = (self.words.as_slice(), other.words.as_slice(), 0);
        while let ([first, rest @ ..], [second, others @ ..]) = (one, two) {
            shared += usize::from(first == second);
            (one, two) = (if first <= second { rest } else { one }, if second <= first { others } else { two });
        }
        shared
    }
}

/// A word, or words in a row, as a number: the same in each run.
pub(super) fn hashed<T: Hash + ?Sized>(words: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// The words of a text that hold a digit.
pub(super) fn numbers(plain: &str) -> impl Iterator<Item = &str> {
    plain.split(' ').filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
}
