//! Bodies, laws and programmes that have ended.

use crate::check::found::Found;
use crate::check::passage::Passages;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "ended-name",
    severity: Severity::Warning,
    finds: "bodies, laws and programmes that have ended or are called something else",
    why: "A candidate looks for them in vain, and an old name says how long nobody has read the words.",
    sources: &["Acts and orders by which they ended, named with each in `templates/base/checks/ended-name.yaml`"],
    example: "“Registered with the HCPC as a social worker”, “Comply with the Data Protection Act 1998”",
    counter_example: "“Registered with Social Work England”, “Comply with data protection law”",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        for (hit, words) in sheet.hits_of_today(passage) {
            found.term(passage, &hit, format!("“{words}” has ended, or has another name"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::in_words;

    #[test]
    fn what_has_ended_is_found_and_what_is_told_of_the_past_is_not() {
        let of = |text: &str| in_words("ended-name", text);
        assert_eq!(of("Comply with the Data Protection Act 1998 and Every Child Matters"), ["Data Protection Act 1998", "Every Child Matters"]);
        assert_eq!(of("Keep a social work registration with the HCPC"), ["social work registration with the HCPC"]);
        assert!(of("Social Work England replaced the GSCC and the HCPC").is_empty());
        assert!(of("Comply with the Data Protection Act 2018; a dietitian registered with the HCPC").is_empty());
    }
}
