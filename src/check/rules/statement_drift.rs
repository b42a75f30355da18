//! Statements that profiles of one organisation word in different ways.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::statement::{Statement, hashed, numbers};
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

/// Names and facts are repeated on purpose.
const PLACES: [Place; 4] = [Place::Purpose, Place::Duty, Place::Criterion, Place::Words];

/// Words that two wordings have in a row where they may be one statement.
const ROW: usize = 4;

/// Wordings that have the same words in a row, at most: of what more have, nothing follows.
const MOST: usize = 64;

/// A way to word a statement, with the places where it stands: file, passage, bytes.
struct Wording<'p, 'a> {
    plain: String,
    places: Vec<(usize, &'p Passage<'a>, Range<usize>)>,
}

fn look(files: &[Passages<'_>], sheet: &Sheet, found: &mut Found<'_>) {
    let wordings = wordings(files, sheet.limit("least_words") as usize);
    for group in alike(&wordings, sheet.limit("likeness")) {
        let in_files = |at: usize| wordings[at].places.iter().map(|(file, ..)| file).collect::<BTreeSet<_>>().len();
        // That of most profiles, and of two with as many the one that stands first.
        let Some(usual) = group.iter().copied().max_by_key(|at| (in_files(*at), std::cmp::Reverse(*at))) else { continue };
        let (_, first, range) = &wordings[usual].places[0];
        for at in group.into_iter().filter(|at| *at != usual) {
            let (_, passage, own) = &wordings[at].places[0];
            let message = match in_files(usual) {
                1 => "another profile says this in nearly the same words".to_owned(),
                count => format!("{count} profiles say this in nearly the same words, which are not these"),
            };
            let finding = found.words(passage, own.clone(), message);
            finding.labels.push((first.node.locate(range.clone()), "said like this there".to_owned()));
            finding.hints.push("word it once, as a clause of the organisation, and `include` it in both; or say what is different".to_owned());
        }
    }
}

/// Every wording once, in the order of its first place.
fn wordings<'p, 'a>(files: &'p [Passages<'a>], least: usize) -> Vec<Wording<'p, 'a>> {
    let (mut all, mut known): (Vec<Wording<'_, '_>>, HashMap<String, usize>) = Default::default();
    for (file, passages) in files.iter().enumerate() {
        let own = passages.all.iter().filter(|passage| PLACES.contains(&passage.place));
        for Statement { passage, range, plain, .. } in own.flat_map(|passage| Statement::of(passage, least)) {
            let at = *known.entry(plain.clone()).or_insert_with(|| {
                all.push(Wording { plain, places: Vec::new() });
                all.len() - 1
            });
            all[at].places.push((file, passage, range));
        }
    }
    all
}

/// Groups of wordings that are alike, by their places in the list. Only those are held against each other that have some words in a
/// row in common.
fn alike(wordings: &[Wording<'_, '_>], limit: f64) -> Vec<Vec<usize>> {
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
