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

/// Findings of one rule in one file of which the place is looked for: of more nobody reads, and each takes time.
const LOCATED: usize = 200;

/// Findings of one rule in one file that are kept: some of them may be waived, and those that are left count.
const MOST: usize = 10_000;

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
        let is_whole = passage.is_whole(&range);
        let at = self.placed((passage.node, &passage.field), range, (message, is_whole));
        &mut self.all[at].0
    }

    /// Some bytes of a text, which stands in this field.
    pub(super) fn part(&mut self, node: &Node, field: &str, range: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        let at = self.placed((node, field), range, (message, true));
        &mut self.all[at].0
    }

    /// - is_whole: whether other words could be put there; a tag that stands among them is not to be written over
    fn placed(&mut self, (node, field): (&Node, &str), range: Range<usize>, (message, is_whole): (impl Into<String>, bool)) -> usize {
        let words = node.as_text().and_then(|text| text.get(range.clone())).unwrap_or_default();
        let (span, exact) = if self.all.len() < LOCATED { node.located(range.clone()) } else { (node.span.clone(), false) };
        let exact = exact && is_whole && is_written(span.text(), words);
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
        let at = self.add(finding, false);
        &mut self.all[at].0
    }

    fn finding(&self, message: impl Into<String>) -> Diagnostic {
        let Rule { code, severity, .. } = *self.rule;
        match severity {
            Severity::Error => Diagnostic::error(code, message),
            Severity::Warning => Diagnostic::warning(code, message),
            Severity::Advice => Diagnostic::advice(code, message),
        }
    }

    fn add(&mut self, finding: Diagnostic, exact: bool) -> usize {
        // One more than are kept takes what is said of the rest.
        self.all.truncate(MOST);
        let at = self.all.len();
        self.all.push((finding, exact));
        at
    }
}

/// Whether a file has some words as they are, but for line breaks, or as one escape of that character.
fn is_written(written: &str, words: &str) -> bool {
    let escaped = |code: &str| u32::from_str_radix(code, 16).ok().and_then(char::from_u32).is_some_and(|character| words.chars().eq([character]));
    let code = ["\\x", "\\u", "\\U"].iter().find_map(|escape| written.strip_prefix(escape));
    written == words || written.split_whitespace().eq(words.split_whitespace()) && !written.trim().is_empty() || code.is_some_and(escaped)
}

/// A replacement that begins with a capital where the words that it stands for do.
fn in_case_of(words: &str, instead: &str) -> String {
    let mut characters = instead.chars();
    match (words.chars().next(), characters.next()) {
        (Some(old), Some(new)) if old.is_uppercase() && new.is_lowercase() => new.to_uppercase().chain(characters).collect(),
        _ => instead.to_owned(),
    }
}
