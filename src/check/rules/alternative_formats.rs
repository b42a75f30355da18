//! A vacancy that doesn't say how to get its pack in another format.

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::Kind;

pub(super) const RULE: Rule = Rule {
    code: "alternative-formats",
    severity: Severity::Warning,
    finds: "a vacancy without a word of large print, braille, audio or another format",
    why: "Information in an accessible format is a reasonable adjustment. Who can't read the pack has to learn from it whom to ask.",
    sources: &["Equality Act 2010, section 20(6)"],
    example: "a vacancy without `contact.alternative_formats`",
    counter_example: "Ask jobs@example.org for this pack in large print, in braille or as audio.",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let Some((vacancy, node)) = scene.vacancy else { return };
    let offered = vacancy.contact.as_ref().and_then(|contact| contact.alternative_formats.as_deref()).is_some_and(|words| !words.trim().is_empty());
    // The words are English: nothing can be said of another language.
    if offered || !scene.pack.language.starts_with("en") {
        return;
    }
    let says = |passage: &Passage<'_>| !sheet.hits(passage).is_empty();
    if !scene.passages().iter().any(says) && !Passages::of(node, Kind::Vacancy).all.iter().any(says) {
        let place = ["contact", "profile"].into_iter().find_map(|field| node.get(field)).unwrap_or(node);
        found.value(place, "contact.alternative_formats", "nothing says how to get the pack in another format")
            .hints.push("write under `contact.alternative_formats` whom to ask for large print, braille or audio".to_owned());
    }
}
