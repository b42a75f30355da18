//! Bodies and lists of vetting that have ended.

use crate::check::found::Found;
use crate::check::passage::Passages;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "obsolete-vetting-term",
    severity: Severity::Error,
    finds: "names of bodies, lists and schemes of vetting that have ended: CRB, ISA, List 99",
    why: "The Criminal Records Bureau and the Independent Safeguarding Authority became the Disclosure and Barring Service on 1 December 2012: who is asked for a CRB check can't get one.",
    sources: &["Protection of Freedoms Act 2012, part 5, chapter 3"],
    example: "The post is subject to a CRB check.",
    counter_example: "The DBS replaced the CRB in 2012.",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        for (hit, words) in sheet.hits_of_today(passage) {
            found.term(passage, &hit, format!("“{words}” no longer exists"));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::in_words;

    #[test]
    fn what_has_ended_is_found_and_history_is_not() {
        assert_eq!(in_words("obsolete-vetting-term", "procedures in relation to CRB checks"), ["CRB"]);
        assert_eq!(in_words("obsolete-vetting-term", "details from the ISA [Independent Safeguarding Authority]"), ["ISA [Independent Safeguarding Authority]"]);
        for right in ["The DBS replaced the CRB in 2012.", "an acrbat", "a cash ISA", "He said “a CRB check” then.", "visas"] {
            assert!(in_words("obsolete-vetting-term", right).is_empty(), "{right}");
        }
    }
}
