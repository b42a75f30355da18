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
    all: Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    pub(super) fn of(rule: &'a Rule) -> Self {
        Self { rule, all: Vec::new() }
    }

    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.all
    }

    /// Some words of a passage. The message says in one sentence what is wrong with them; the finding is returned so that hints can
    /// be added.
    pub(super) fn words(&mut self, passage: &Passage<'_>, range: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let span = passage.node.locate(range);
        let finding = self.finding(message).at(span).field(passage.field.as_str());
        self.add(finding)
    }

    /// A term of the rule's sheet, with what to write in its place.
    pub(super) fn term(&mut self, passage: &Passage<'_>, hit: &Hit<'_>, message: impl Into<String>) -> &mut Diagnostic {
        let finding = self.words(passage, hit.range.clone(), message);
        if let Some(because) = &hit.term.because {
            finding.hints.push(because.clone());
        }
        if let Some(instead) = &hit.term.instead {
            finding.hints.push(format!("write “{instead}”"));
            if hit.term.safe {
                finding.fix = Some(in_case_of(&passage.words[hit.range.clone()], instead));
            }
        }
        finding
    }

    /// A value, by its path in its file.
    pub(super) fn value(&mut self, node: &Node, field: impl Into<String>, message: impl Into<String>) -> &mut Diagnostic {
        let finding = self.finding(message).at(node.span.clone()).field(field);
        self.add(finding)
    }

    fn finding(&self, message: impl Into<String>) -> Diagnostic {
        let Rule { code, severity, .. } = *self.rule;
        match severity {
            Severity::Error => Diagnostic::error(code, message),
            Severity::Warning => Diagnostic::warning(code, message),
            Severity::Advice => Diagnostic::advice(code, message),
        }
    }

    fn add(&mut self, finding: Diagnostic) -> &mut Diagnostic {
        let at = self.all.len();
        self.all.push(finding);
        &mut self.all[at]
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
