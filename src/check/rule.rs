//! What a rule is: what it looks for, how bad that is, why, and what right and wrong look like.

use super::estate::Wording;
use super::found::Found;
use super::passage::Passages;
use super::rules::OF_ANY_LANGUAGE;
use super::scene::Scene;
use super::sheet::Sheet;
use crate::diagnostic::Severity;

/// A rule about the words of a pack.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable name, in kebab case: the code of its findings.
    pub code: &'static str,
    /// How bad what it finds is. An error keeps what is published from being built; a draft is built all the same.
    pub severity: Severity,
    /// What it looks for, in a sentence.
    pub finds: &'static str,
    /// Why that matters, in a sentence or two.
    pub why: &'static str,
    /// Law, guidance or practice that it rests on.
    pub sources: &'static [&'static str],
    /// Words that it finds.
    pub example: &'static str,
    /// Words like these that it doesn't.
    pub counter_example: &'static str,
    /// How it looks.
    pub(super) look: Look,
}

/// How a rule looks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Look {
    /// Through the words of each file, once, wherever they are printed.
    Words(fn(&Passages<'_>, &Sheet, &mut Found<'_>)),
    /// Through the wordings of all profiles of an organisation.
    Estate(fn(&[Wording], &Sheet, &mut Found<'_>)),
    /// At what a pack as a whole says, and doesn't.
    Pack(fn(&Scene<'_>, &Sheet, &mut Found<'_>)),
}

impl Rule {
    /// Whether it looks at words of every language, and not at English alone.
    pub fn is_of_any_language(&self) -> bool {
        OF_ANY_LANGUAGE.contains(&self.code)
    }

    /// Whether it looks at packs as a whole, and not at the words of each file.
    pub fn looks_at_packs(&self) -> bool {
        matches!(self.look, Look::Pack(_))
    }
}
