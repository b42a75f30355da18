//! A contract that ends, with no word of when and why.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::ContractType;

pub(super) const RULE: Rule = Rule {
    code: "fixed-term-reason",
    severity: Severity::Error,
    finds: "a fixed term or a secondment without a note of its end and its reason",
    why: "An employee has to be told how long such work is expected to last, or when it ends; candidates weigh that before they apply.",
    sources: &["Employment Rights Act 1996, section 1(4)(g)"],
    example: "`contract: fixed_term` without `contract_note`",
    counter_example: "`contract: fixed_term` with `contract_note: until 31 August 2028, to cover maternity leave`",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let Some((vacancy, node)) = scene.vacancy else { return };
    let ends = matches!(vacancy.contract, Some(ContractType::FixedTerm | ContractType::Secondment));
    if ends && vacancy.contract_note.as_deref().unwrap_or_default().trim().is_empty() {
        let place = ["contract_note", "contract"].into_iter().find_map(|field| node.get(field)).unwrap_or(node);
        found.value(place, "contract_note", "nothing says when the contract ends and why")
            .hints.push("write the end and the reason under `contract_note`".to_owned());
    }
}
