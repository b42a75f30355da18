//! A pack that has no word of reasonable adjustments.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "reasonable-adjustment",
    severity: Severity::Warning,
    finds: "a pack that doesn't say that adjustments are made for disabled people",
    why: "The duty to make reasonable adjustments begins with the application. Who isn't told that they can ask may not apply.",
    sources: &["Equality Act 2010, sections 20 and 39"],
    example: "a profile and clauses without a word of adjustments",
    counter_example: "Tell us if you need an adjustment to apply, at interview or in the job.",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    // With a vacancy, the layouts' page about Disability Confident says it.
    let on_page = scene.vacancy.is_some() && scene.organisation.disability_confident.is_some();
    // The word is English: nothing can be said of another language.
    if !on_page && scene.pack.language.starts_with("en") && !scene.says(|text| text.contains("adjustment")) {
        let field = "post_title";
        found.value(scene.value(field), field, "nothing says that reasonable adjustments are made")
            .hints.push("print a clause that says how to ask for adjustments".to_owned());
    }
}
