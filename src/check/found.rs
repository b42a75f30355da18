//! What a rule finds, as findings of that rule.

use std::ops::Range;

use super::passage::Passage;
use super::rule::Rule;
use super::sheet::Hit;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Node;

/// Gathers what one rule finds.
pub(super) struct Found<'a> {
    rule: &'a Rule,
    /// Each with whether it is known to the byte where it stands.
    all: Vec<(Diagnostic, bool)>,
}

/// Findings of one rule in one file that are kept: of more nobody reads, and each takes time.
const MOST: usize = 200;

impl<'a> Found<'a> {
    pub(super) fn of(rule: &'a Rule) -> Self {
        Self { rule, all: Vec::new() }
    }

    pub(super) fn finish(self) -> Vec<Diagnostic> {
        // Where a place is not known to the byte, nothing is put in it.
        let safe = |(finding, exact): (Diagnostic, bool)| Diagnostic { fix: finding.fix.filter(|_| exact), ..finding };
        self.all.into_iter().take(MOST).map(safe).collect()
    }

    /// Some words of a passage. The message says in one sentence what is wrong with them; the finding is returned so that hints can
    /// be added.
    pub(super) fn words(&mut self, passage: &Passage<'_>, range: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        self.part(passage.node, &passage.field, range, message)
    }

    /// Some bytes of a text, which stands in this field.
    pub(super) fn part(&mut self, node: &Node, field: &str, range: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let (span, exact) = if self.all.len() < MOST { node.located(range) } else { (node.span.clone(), false) };
        let finding = self.finding(message).at(span).field(field);
        self.add(finding, exact)
    }

    /// A term of the rule's sheet, with what to write in its place.
    pub(super) fn term(&mut self, passage: &Passage<'_>, hit: &Hit<'_>, message: impl Into<String>) -> &mut Diagnostic {
        let finding = self.words(passage, hit.range.clone(), message);
        if let Some(instead) = &hit.term.instead {
            finding.hints.push(format!("write “{instead}”"));
            if hit.term.safe {
                finding.fix = Some(in_case_of(&passage.words[hit.range.clone()], instead));
            }
        }
        finding.hints.extend(hit.term.because.clone());
        finding
    }

    /// A value, by its path in its file.
    pub(super) fn value(&mut self, node: &Node, field: impl Into<String>, message: impl Into<String>) -> &mut Diagnostic {
        let finding = self.finding(message).at(node.span.clone()).field(field);
        self.add(finding, false)
    }

    fn finding(&self, message: impl Into<String>) -> Diagnostic {
        let Rule { code, severity, .. } = *self.rule;
        match severity {
            Severity::Error => Diagnostic::error(code, message),
            Severity::Warning => Diagnostic::warning(code, message),
            Severity::Advice => Diagnostic::advice(code, message),
        }
    }

    fn add(&mut self, finding: Diagnostic, exact: bool) -> &mut Diagnostic {
        // One more than are kept takes what is said of the rest.
        self.all.truncate(MOST);
        let at = self.all.len();
        self.all.push((finding, exact));
        &mut self.all[at].0
    }
}

/// A replacement that begins with a capital where the words that it stands for do.
fn in_case_of(words: &str, instead: &str) -> String {
    let mut characters = instead.chars();
    match (words.chars().next(), characters.next()) {
        (Some(old), Some(new)) if old.is_uppercase() && new.is_lowercase() => new.to_uppercase().chain(characters).collect(),
        _ => instead.to_owned(),
    }
}
