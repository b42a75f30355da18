//! Statements that say what another one says.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::found::Found;
use crate::check::passage::{Passage, Place};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::check::text::{likeness, plain, sentences};
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "duplicate-statement",
    severity: Severity::Warning,
    finds: "statements that nearly say what another one in the pack says, standard words included",
    why: "Whoever reads the same twice looks for the difference, and of two copies only one is kept up to date.",
    sources: &["Department for Education, advice on job adverts for teachers: is there duplicate information"],
    example: "Keep appropriate records of all students’ work. ... Keep appropriate records of all the students’ work.",
    counter_example: "Teach the pupils of Year 7. ... Teach the pupils of Year 8.",
    look: Look::Pack(look),
};

/// Names and facts are repeated on purpose.
const PLACES: [Place; 4] = [Place::Purpose, Place::Duty, Place::Criterion, Place::Words];

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let (limit, least) = (sheet.limit("likeness"), sheet.limit("least_words") as usize);
    let mut seen: Vec<Statement<'_, '_>> = Vec::new();
    for passage in scene.passages().iter().filter(|passage| PLACES.contains(&passage.place)) {
        let own: Vec<_> = Statement::of(passage, least).collect();
        let twin = own.iter().find_map(|statement| {
            seen.iter().find_map(|earlier| Some((statement, earlier, statement.likeness(earlier, limit)?)))
        });
        if let Some((statement, earlier, likeness)) = twin {
            let nearly = if likeness < 1.0 { "nearly " } else { "" };
            let message = format!("this says {nearly}the same as `{}`", earlier.passage.field);
            let finding = found.words(passage, statement.range.clone(), message);
            finding.labels.push((earlier.passage.node.locate(earlier.range.clone()), "said here too".to_owned()));
            finding.hints.push("keep one of the two, or say in each what is different".to_owned());
        }
        seen.extend(own);
    }
}

/// A sentence, ready to be held against many others.
pub(super) struct Statement<'p, 'a> {
    pub(super) passage: &'p Passage<'a>,
    /// Its bytes in the words of the passage.
    pub(super) range: Range<usize>,
    plain: String,
    words: BTreeSet<String>,
}

impl<'p, 'a> Statement<'p, 'a> {
    /// The sentences of a passage that have at least so many words.
    pub(super) fn of(passage: &'p Passage<'a>, least: usize) -> impl Iterator<Item = Self> {
        sentences(&passage.words).into_iter().filter_map(move |range| {
            let plain = plain(&passage.words[range.clone()]);
            let words: Vec<&str> = plain.split(' ').collect();
            let enough = words.len() >= least;
            let words = words.into_iter().map(str::to_owned).collect();
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
        let shared = self.words.intersection(&other.words).count();
        if shared * 10 < self.words.len().min(other.words.len()) * 6 || !self.numbers().eq(other.numbers()) {
            return None;
        }
        Some(likeness(&self.plain, &other.plain)).filter(|likeness| *likeness > limit)
    }

    fn numbers(&self) -> impl Iterator<Item = &str> {
        self.plain.split(' ').filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
    }
}
