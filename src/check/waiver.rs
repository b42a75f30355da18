//! Findings that somebody has answered for: waived in the file that they are about, with a reason, until a day.

use crate::diagnostic::Diagnostic;
use crate::profile::Waiver;
use crate::source::{self, Node};

const NEEDLESS: &str = "needless-waiver";
const EXPIRED: &str = "expired-waiver";

/// The findings of a file, or of a pack whose own file this is, without those that it waives. A waiver whose day is past waives
/// nothing, and that is a finding; so is one that nothing needs.
///
/// - file: and whether it is the pack's own: of another file only what stands in it is waived
/// - day: today, or the day that the pack is judged for: YYYY-MM-DD
pub fn waived(mut found: Vec<Diagnostic>, (file, is_own): (&Node, bool), day: &str) -> Vec<Diagnostic> {
    let waivers = file.get("waivers").and_then(Node::as_list).unwrap_or_default();
    for node in waivers {
        let Ok(waiver) = source::typed::<Waiver>(node) else { continue };
        let about = waiver.at.as_deref().map(|at| (at, file.at_path(at)));
        // What is wrong with words is answered for where they stand; what a pack lacks, in its own file.
        let of_pack = |finding: &Diagnostic| super::rule(finding.code).is_none_or(super::Rule::looks_at_packs);
        let is_here = |finding: &Diagnostic| finding.file() == Some(file.span.file.path.as_str()) || is_own && of_pack(finding);
        let fits = |finding: &Diagnostic| about.is_none_or(|(at, about)| about.is_some_and(|about| covers(about, finding)) || is_below(at, finding));
        let is_meant = |finding: &Diagnostic| finding.code == waiver.code && is_here(finding) && fits(finding);
        let is_past = waiver.until.as_str() < day;
        if !found.iter().any(is_meant) {
            let message = format!("nothing needs the waiver of `{}`", waiver.code);
            let warning = Diagnostic::warning(NEEDLESS, message).at(node.span.clone());
            let known = super::rule(&waiver.code).is_some();
            found.push(match (known, about) {
                (false, _) => super::unknown_rule(&waiver.code).hints.into_iter().fold(warning, |warning, hint| warning.hint(format!("no rule is called so; {hint}"))),
                (true, Some((at, None))) => warning.hint(format!("there is no field `{at}` in this file; a waiver is about findings in its own file")),
                (true, _) => warning.hint("take it out; a waiver is about findings in its own file, or in its pack"),
            });
        } else if is_past {
            let message = format!("the waiver of `{}` ended on {}", waiver.code, waiver.until);
            found.push(Diagnostic::warning(EXPIRED, message).at(node.span.clone()).hint("mend what it is about, or decide anew"));
        } else {
            found.retain(|finding| !is_meant(finding));
        }
    }
    found
}

/// Whether a finding is about a waiver, and not about words.
pub fn is_about_waivers(finding: &Diagnostic) -> bool {
    [NEEDLESS, EXPIRED].contains(&finding.code)
}

/// Whether a finding is about a field, or one below it, which may not be there.
fn is_below(at: &str, finding: &Diagnostic) -> bool {
    let rest = finding.field.as_deref().and_then(|field| field.strip_prefix(at));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Whether a finding is about a value, or about something in it.
fn covers(about: &Node, finding: &Diagnostic) -> bool {
    let span = finding.span.as_ref();
    span.is_some_and(|span| span.file == about.span.file && about.span.range.start <= span.range.start && span.range.end <= about.span.range.end)
}
