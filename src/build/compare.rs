//! Two typeset versions of a document held against each other: which pages belong together, and what on them differs.

use std::ops::Range;

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::sheets::Sheets;
use crate::typeset::{Area, Drawn};

/// How far a thing may be from where it was, in points, and still be where it was.
const STILL: f64 = 0.5;

/// How near to each other two marks are, in points, to be one.
const NEAR: f64 = 9.0;

/// Time for one comparison: after it, what is left is told as gone and new, and nobody waits any longer.
const PATIENCE: Duration = Duration::from_millis(500);

/// Most marks on a page: of more, one around all of them says as much.
const MARKS: usize = 200;

/// A page of one version beside the page of the other that it has become.
#[derive(Debug, Clone, PartialEq)]
pub struct PagePair {
    /// Its number in the first version, from 0; none if it has come.
    pub before: Option<usize>,
    /// Its number in the second version, from 0; none if it has gone.
    pub after: Option<usize>,
    /// What of the first is different in the second, or gone.
    pub gone: Vec<Area>,
    /// What of the second is different from the first, or new.
    pub new: Vec<Area>,
    /// What of the second is as it was, elsewhere.
    pub moved: Vec<Area>,
    /// Whether they look the same.
    pub same: bool,
}

impl PagePair {
    /// Whether the two look different.
    pub fn differs(&self) -> bool {
        !self.same
    }
}

/// The pages of two versions side by side, in order.
pub fn pages(before: &Sheets, after: &Sheets) -> Vec<PagePair> {
    let [first, second] = [before, after].map(|sheets| sheets.prints().map(|(print, _)| print).collect::<Vec<_>>());
    let mut pairs = Vec::new();
    for op in capture_diff_slices_deadline(Algorithm::Patience, &first, &second, Some(Instant::now() + PATIENCE)) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => pairs.extend((0..len).map(|at| same(old_index + at, new_index + at))),
            DiffOp::Delete { old_index, old_len, .. } => pairs.extend(matched((before, old_index..old_index + old_len), (after, 0..0))),
            DiffOp::Insert { new_index, new_len, .. } => pairs.extend(matched((before, 0..0), (after, new_index..new_index + new_len))),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                pairs.extend(matched((before, old_index..old_index + old_len), (after, new_index..new_index + new_len)));
            }
        }
    }
    pairs
}

fn same(before: usize, after: usize) -> PagePair {
    PagePair { before: Some(before), after: Some(after), gone: Vec::new(), new: Vec::new(), moved: Vec::new(), same: true }
}

/// Pages that are different, one beside the other as far as there are as many.
fn matched<'a>((before, old): (&'a Sheets, Range<usize>), (after, new): (&'a Sheets, Range<usize>)) -> impl Iterator<Item = PagePair> + 'a {
    let count = old.len().max(new.len());
    (0..count).map(move |at| {
        let [one, other] = [&old, &new].map(|range| Some(range.start + at).filter(|page| range.contains(page)));
        match (one, other) {
            (Some(one), Some(other)) => {
                let [gone, mut new, moved] = differences(&before.drawn(one), &after.drawn(other));
                let (print, size) = after.prints().nth(other).unwrap_or_default();
                let same = before.prints().nth(one).is_some_and(|(was, _)| was == print);
                if !same && gone.is_empty() && new.is_empty() && moved.is_empty() {
                    // It looks different in a way that no piece tells of: the colour of the page, a clip.
                    new.push(Area { left: 0.0, top: 0.0, right: f64::from(size[0]), bottom: f64::from(size[1]) });
                }
                PagePair { before: Some(one), after: Some(other), gone, new, moved, same }
            }
            _ => PagePair { before: one, after: other, gone: Vec::new(), new: Vec::new(), moved: Vec::new(), same: false },
        }
    })
}

/// What has gone from a page, what is new on it, and what of it has moved.
fn differences(before: &[Drawn], after: &[Drawn]) -> [Vec<Area>; 3] {
    let [first, second] = [before, after].map(|drawn| drawn.iter().map(|drawn| drawn.print).collect::<Vec<_>>());
    let (mut gone, mut new, mut moved) = (Vec::new(), Vec::new(), Vec::new());
    for op in capture_diff_slices_deadline(Algorithm::Myers, &first, &second, Some(Instant::now() + PATIENCE)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            let pairs = before[old_index..old_index + len].iter().zip(&after[new_index..new_index + len]);
            moved.extend(pairs.filter(|(one, other)| !stands(one.area, other.area)).map(|(_, other)| other.area));
        } else {
            gone.extend(before[op.old_range()].iter().map(|drawn| drawn.area));
            new.extend(after[op.new_range()].iter().map(|drawn| drawn.area));
        }
    }
    [gone, new, moved].map(joined)
}

fn stands(one: Area, other: Area) -> bool {
    [one.left - other.left, one.top - other.top, one.right - other.right, one.bottom - other.bottom].iter().all(|by| by.abs() < STILL)
}

/// Areas that touch or nearly do, as one.
fn joined(mut areas: Vec<Area>) -> Vec<Area> {
    let around = |one: Area, other: Area| Area {
        left: one.left.min(other.left),
        top: one.top.min(other.top),
        right: one.right.max(other.right),
        bottom: one.bottom.max(other.bottom),
    };
    if areas.len() > MARKS {
        return areas.into_iter().reduce(around).into_iter().collect();
    }
    let mut all: Vec<Area> = Vec::new();
    while let Some(mut area) = areas.pop() {
        // Each that is taken in makes it larger, so that those before are looked at again.
        while let Some(at) = all.iter().position(|other| near(area, *other)) {
            area = around(area, all.swap_remove(at));
        }
        all.push(area);
    }
    all.sort_by(|one, other| one.top.total_cmp(&other.top).then(one.left.total_cmp(&other.left)));
    all
}

fn near(one: Area, other: Area) -> bool {
    let apart = |low: f64, high: f64, from: f64, to: f64| from - high > NEAR || low - to > NEAR;
    !apart(one.left, one.right, other.left, other.right) && !apart(one.top, one.bottom, other.top, other.bottom)
}

/// A stretch of words in a comparison of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// In both.
    Same,
    /// In the first only.
    Gone,
    /// In the second only.
    New,
    /// So many words of both are left out here.
    Skipped,
}

/// Words of both texts on each side of a difference, at most.
const AROUND: usize = 8;

/// Two texts word by word: what differs, with some words around it. Empty if nothing does; lines may be broken elsewhere.
pub fn words(before: &str, after: &str) -> Vec<(Change, String)> {
    // Lines under headings are no words.
    let is_rule = |line: &&str| line.len() >= 3 && line.chars().all(|c| matches!(c, '=' | '-' | '*'));
    let words = |text: &'_ str| text.lines().filter(|line| !is_rule(line)).flat_map(str::split_whitespace).map(str::to_owned).collect::<Vec<_>>();
    let [first, second] = [before, after].map(words);
    let ops = capture_diff_slices_deadline(Algorithm::Patience, &first, &second, Some(Instant::now() + PATIENCE));
    if ops.iter().all(|op| matches!(op, DiffOp::Equal { .. })) {
        return Vec::new();
    }
    let (mut all, last) = (Vec::new(), ops.len() - 1);
    for (at, op) in ops.iter().enumerate() {
        if let DiffOp::Equal { .. } = op {
            let words = &first[op.old_range()];
            let (head, tail) = (if at == 0 { 0 } else { AROUND }, if at == last { 0 } else { AROUND });
            if words.len() <= head + tail + AROUND {
                all.push((Change::Same, words.join(" ")));
                continue;
            }
            all.push((Change::Same, words[..head].join(" ")));
            all.push((Change::Skipped, (words.len() - head - tail).to_string()));
            all.push((Change::Same, words[words.len() - tail..].join(" ")));
        } else {
            all.push((Change::Gone, first[op.old_range()].join(" ")));
            all.push((Change::New, second[op.new_range()].join(" ")));
        }
    }
    all.retain(|(_, words)| !words.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(words: &str, top: f64) -> Drawn {
        let print = words.bytes().fold(7, |hash: u128, byte| hash * 31 + u128::from(byte));
        Drawn { print, words: words.to_owned(), area: Area { left: 50.0, top, right: 200.0, bottom: top + 12.0 } }
    }

    #[test]
    fn a_changed_line_is_marked_on_both_sides_and_what_it_moves_on_one() {
        let before = [run("Head", 10.0), run("old words", 100.0), run("Foot", 200.0)];
        let after = [run("Head", 10.0), run("new words", 100.0), run("and more", 114.0), run("Foot", 214.0)];
        let [gone, new, moved] = differences(&before, &after);
        assert_eq!(gone, [Area { left: 50.0, top: 100.0, right: 200.0, bottom: 112.0 }]);
        // Two lines below each other are one mark.
        assert_eq!(new, [Area { left: 50.0, top: 100.0, right: 200.0, bottom: 126.0 }]);
        assert_eq!(moved, [Area { left: 50.0, top: 214.0, right: 200.0, bottom: 226.0 }]);
        assert_eq!(differences(&before, &before), [vec![], vec![], vec![]]);
    }

    #[test]
    fn words_show_what_differs_with_what_stands_around_it() {
        assert_eq!(words("the same\n--------\nwords", "the  same words"), []);
        let long = "one two three four five six seven eight nine ten ".repeat(4);
        let compared = words(&format!("{long} grade 3 pay"), &format!("{long} grade 4 pay and more"));
        let kinds: Vec<Change> = compared.iter().map(|(change, _)| *change).collect();
        assert_eq!(kinds, [Change::Skipped, Change::Same, Change::Gone, Change::New, Change::Same, Change::New]);
        assert_eq!(compared[0].1, "33");
        assert_eq!((compared[2].1.as_str(), compared[3].1.as_str(), compared[5].1.as_str()), ("3", "4", "and more"));
        assert_eq!(words("", "all new"), [(Change::New, "all new".to_owned())]);
        assert_eq!(words("eight nine", "--- nine"), [(Change::Gone, "eight".to_owned()), (Change::New, "---".to_owned()), (Change::Same, "nine".to_owned())]);
        // Words without end are told roughly, and soon.
        let many = |step: usize| (0..60_000).map(|at| format!("w{} ", (at * step) % 97)).collect::<String>();
        assert!(!words(&many(7), &many(11)).is_empty());
    }
}
