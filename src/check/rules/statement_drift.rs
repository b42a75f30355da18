//! Statements that profiles of one organisation word in different ways.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::check::estate::Wording;
use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::statement::{hashed, numbers};
use crate::check::text::likeness;
use crate::diagnostic::Severity;

pub(super) const RULE: Rule = Rule {
    code: "statement-drift",
    severity: Severity::Advice,
    finds: "statements that several profiles of an organisation have in common, but for a few words",
    why: "Words that are copied from profile to profile drift apart: one copy is mended, and the others are not. A clause is worded once.",
    sources: &["Practice of this project: standard words are clauses of the organisation"],
    example: "“Comply with the data protection policy of the council.” in nine profiles, “Comply with data protection policies of the council.” in one",
    counter_example: "the same clause included in ten profiles",
    look: Look::Estate(look),
};

/// Words that two wordings have in a row where they may be one statement.
const ROW: usize = 4;

/// Wordings that have the same words in a row, at most: of what more have, nothing follows.
const MOST: usize = 64;

fn look(wordings: &[Wording], sheet: &Sheet, found: &mut Found<'_>) {
    for group in alike(wordings, sheet.limit("likeness")) {
        // That of most profiles, and of two with as many the one that stands first.
        let Some(usual) = group.iter().copied().max_by_key(|at| (wordings[*at].files, std::cmp::Reverse(*at))) else { continue };
        let (first, _, range) = &wordings[usual].first;
        for at in group.into_iter().filter(|at| *at != usual) {
            let (node, field, own) = &wordings[at].first;
            let message = match wordings[usual].files {
                1 => "another profile says this in nearly the same words".to_owned(),
                count => format!("{count} profiles say this in nearly the same words, which are not these"),
            };
            let finding = found.part(node, field, own.clone(), message);
            finding.labels.push((first.locate(range.clone()), "said like this there".to_owned()));
            finding.hints.push("word it once, as a clause of the organisation, and `include` it in both; or say what is different".to_owned());
        }
    }
}

/// Groups of wordings that are alike, by their places in the list. Only those are held against each other that have some words in a
/// row in common.
fn alike(wordings: &[Wording], limit: f64) -> Vec<Vec<usize>> {
    let mut with: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut group: Vec<usize> = (0..wordings.len()).collect();
    for (at, wording) in wordings.iter().enumerate() {
        let rows: BTreeSet<u64> = rows(&wording.plain).into_iter().collect();
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for others in rows.iter().filter_map(|row| with.get(row)).filter(|others| others.len() < MOST) {
            others.iter().for_each(|other| *shared.entry(*other).or_default() += 1);
        }
        for (other, count) in shared {
            let enough = count * 3 >= rows.len();
            if enough && numbers(&wording.plain).eq(numbers(&wordings[other].plain)) && likeness(&wording.plain, &wordings[other].plain) >= limit {
                let (one, two) = (root(&group, at), root(&group, other));
                group[one.max(two)] = one.min(two);
            }
        }
        rows.into_iter().for_each(|row| with.entry(row).or_default().push(at));
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..wordings.len() {
        groups.entry(root(&group, at)).or_default().push(at);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}

/// The first of the group that a wording is in.
fn root(group: &[usize], mut at: usize) -> usize {
    while group[at] != at {
        at = group[at];
    }
    at
}

/// The words in a row that a text has, as numbers.
fn rows(plain: &str) -> Vec<u64> {
    let words: Vec<&str> = plain.split(' ').collect();
    words.windows(ROW).map(hashed).collect()
}
