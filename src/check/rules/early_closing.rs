//! A vacancy that may close early, with no day on which that is decided.

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::check::text::sentence_of;
use crate::diagnostic::Severity;
use crate::profile::Kind;

pub(super) const RULE: Rule = Rule {
    code: "early-closing",
    severity: Severity::Warning,
    finds: "words by which a vacancy may close early, where they don't say when applications are reviewed",
    why: "Who needs longer to apply, or needs the pack in another format first, is shut out without notice. A day of review gives everyone a date to work to.",
    sources: &["Practice of recruitment", "Equality Act 2010, section 20"],
    example: "We reserve the right to close this vacancy early.",
    counter_example: "We review applications on 15 January and may close the vacancy early then.",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    let Some((vacancy, node)) = scene.vacancy else { return };
    let field = "closing.may_close_early";
    let early = node.at_path(field).filter(|_| vacancy.closing.as_ref().is_some_and(|closing| closing.may_close_early));
    if let Some(early) = early {
        found.value(early, field, "the vacancy may close early, and nothing says when that is decided")
            .hints.push("keep to the closing date, or say in the advert on which day applications are reviewed".to_owned());
    }
    scene.passages().iter().chain(&Passages::of(node, Kind::Vacancy).all).for_each(|passage| closing(passage, sheet, found));
}

fn closing(passage: &Passage<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for hit in sheet.hits(passage) {
        let sentence = sentence_of(&passage.words, &hit.range).to_lowercase();
        if sheet.tells("posted", &sentence) && !sheet.tells("decided", &sentence) {
            let words = &passage.words[hit.range.clone()];
            found.term(passage, &hit, format!("“{words}” doesn't say when that is decided"))
                .hints.push("keep to the closing date, or say on which day applications are reviewed".to_owned());
        }
    }
}
