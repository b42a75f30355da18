//! Which packs have to be made, and why.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;

use super::index::{Index, Key, OutputTrace, Trace};
use super::present::Present;
use crate::project::{Digest, Listing, Mark, PackId, file_of};

/// Why a pack has to be made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// It was never made into this folder, as far as is known.
    New,
    /// It was made by another version of the program.
    Program,
    /// It was made with other options.
    Options,
    /// It could not be made the last time.
    Failed,
    /// What it is called keeps it from being made.
    Name,
    /// An input is another.
    Input {
        /// The file, or the clause.
        name: String,
        /// What has become of it.
        change: Change,
    },
    /// A file that was written is gone or another.
    Output {
        /// Its path in the output folder.
        path: String,
        /// What has become of it.
        change: Change,
    },
    /// A file that packs share has a fault.
    Shared,
    /// Nothing is to be taken over.
    Asked,
}

/// What has become of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is there now.
    Came,
    /// It is another.
    Changed,
    /// It is gone.
    Went,
}

impl Cause {
    /// The kind of cause, for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Program => "program",
            Self::Options => "options",
            Self::Failed => "failed-before",
            Self::Name => "name",
            Self::Input { .. } => "input",
            Self::Output { .. } => "output",
            Self::Shared => "shared",
            Self::Asked => "asked",
        }
    }

    /// The input or output that it is about.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Input { name: path, .. } | Self::Output { path, .. } => Some(path),
            _ => None,
        }
    }
}

/// Reasons in words; many files of the output that are gone are one reason.
pub fn reasons(causes: &[Cause]) -> Vec<String> {
    let is_output = |cause: &&Cause| matches!(cause, Cause::Output { .. });
    let outputs = causes.iter().filter(is_output).count();
    let told = causes.iter().filter(|cause| outputs <= 2 || !is_output(cause)).map(ToString::to_string);
    told.chain((outputs > 2).then(|| format!("{outputs} of its files are gone or were changed"))).collect()
}

impl Change {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Came => "is new",
            Self::Changed => "changed",
            Self::Went => "is gone",
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => write!(f, "nothing is known of an earlier build of it"),
            Self::Program => write!(f, "jobpack itself changed"),
            Self::Options => write!(f, "it was built with other options before"),
            Self::Failed => write!(f, "it could not be built the last time"),
            Self::Name => write!(f, "two packs have this name"),
            Self::Input { name, change } => match name.strip_prefix(file_of(name)).and_then(|rest| rest.strip_prefix("#clauses.")) {
                Some(clause) => write!(f, "clause {clause} of {} {}", file_of(name), change.name()),
                None => write!(f, "{name} {}", change.name()),
            },
            Self::Output { path, change } => write!(f, "{path} {}", change.name()),
            Self::Shared => write!(f, "a file that packs share has a fault"),
            Self::Asked => write!(f, "nothing was to be taken over"),
        }
    }
}

/// How a pack stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// It is as it would be made; marks of its files, where they are to be known from now on.
    Fresh(Option<Vec<Option<Mark>>>),
    /// It has to be made.
    Stale(Vec<Cause>),
}

/// What decides besides the inputs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms<'a> {
    pub program: Digest,
    pub options: Digest,
    /// The output folder.
    pub out: &'a Path,
}

/// How each of these packs stands.
pub(super) fn plan(index: &Index, present: &Present, listing: &Listing, packs: &[PackId], terms: Terms<'_>) -> Vec<Standing> {
    let same = present.same(&index.keys);
    let sets: Vec<bool> = index.sets.iter().map(|set| set.iter().all(|place| same[*place as usize])).collect();
    let (now, clashes) = (SystemTime::now(), listing.clashes());
    let one = |id: &PackId| {
        if clashes && listing.clash(id) {
            return Standing::Stale(vec![Cause::Name]);
        }
        let Some(trace) = index.packs.get(&id.to_string()).filter(|trace| trace.id.kind == id.kind) else {
            return Standing::Stale(vec![Cause::New]);
        };
        let mut causes = Vec::new();
        if clashes && trace.own.iter().any(|place| listing.clash_of(&index.keys[*place as usize].0)) {
            causes.push(Cause::Name);
        }
        if !index.is_by(trace, terms.program) {
            causes.push(Cause::Program);
        }
        if trace.options != terms.options {
            causes.push(Cause::Options);
        }
        if !trace.good {
            causes.push(Cause::Failed);
        }
        let as_it_was = trace.own.iter().all(|place| same[*place as usize])
            && trace.documents.iter().all(|document| sets[document.set as usize]);
        if !as_it_was {
            causes.extend(inputs(index, trace, &same, present));
        }
        let (marks, more) = outputs(trace, terms.out, now);
        causes.extend(more);
        if causes.is_empty() { Standing::Fresh(marks) } else { Standing::Stale(causes) }
    };
    packs.par_iter().map(one).collect()
}

/// The inputs of a pack that are not as they were.
fn inputs(index: &Index, trace: &Trace, same: &[bool], present: &Present) -> BTreeSet<Cause> {
    let sets = trace.documents.iter().flat_map(|document| &index.sets[document.set as usize]);
    let differ = trace.own.iter().chain(sets).filter(|place| !same[**place as usize]);
    let cause = |place: &u32| {
        let (name, before): &Key = &index.keys[*place as usize];
        let change = match (before, present.digest(name)) {
            (None, _) => Change::Came,
            (_, None) => Change::Went,
            _ => Change::Changed,
        };
        Cause::Input { name: name.clone(), change }
    };
    differ.map(cause).collect()
}

/// Marks of the files of a pack, if one has another than was known; and which files are not as they were.
fn outputs(trace: &Trace, out: &Path, now: SystemTime) -> (Option<Vec<Option<Mark>>>, Vec<Cause>) {
    let (mut causes, mut marks): (Vec<Cause>, Option<Vec<Option<Mark>>>) = Default::default();
    for (at, output) in trace.outputs.iter().enumerate() {
        let place = out.join(&output.path);
        let mark = fs::metadata(&place).ok().filter(std::fs::Metadata::is_file).map(|metadata| Mark::of(&metadata));
        if mark.is_some() && mark == output.mark {
            continue;
        }
        let changed = |change| Cause::Output { path: output.path.clone(), change };
        match mark {
            None => causes.push(changed(Change::Went)),
            Some(mark) if mark.size() == output.size && is_intact(&place, output) => {
                let sure = Some(mark).filter(|mark| mark.is_settled(now));
                let all = marks.get_or_insert_with(|| trace.outputs.iter().map(|output| output.mark).collect());
                all[at] = sure;
            }
            Some(_) => causes.push(changed(Change::Changed)),
        }
    }
    (marks, causes)
}

fn is_intact(place: &Path, output: &OutputTrace) -> bool {
    fs::read(place).is_ok_and(|bytes| Digest::of(&bytes) == output.digest)
}

