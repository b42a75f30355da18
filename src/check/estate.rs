//! What the profiles of an organisation say together: every wording of a statement once, however many files have it.

use std::collections::HashMap;
use std::ops::Range;

use super::passage::{Passages, Place};
use super::statement::Statement;
use crate::profile::Kind;
use crate::source::Node;

/// Names and facts are repeated on purpose.
const PLACES: [Place; 4] = [Place::Purpose, Place::Duty, Place::Criterion, Place::Words];

/// A statement of a file.
#[derive(Debug)]
pub struct Told {
    plain: String,
    /// The text that it is in.
    node: Node,
    field: String,
    /// Its bytes in that text.
    range: Range<usize>,
}

/// A way to word a statement.
#[derive(Debug)]
pub(super) struct Wording {
    /// Its words, as [`super::text::plain`] has them.
    pub plain: String,
    /// How many files have it.
    pub files: usize,
    /// The last of these.
    last: usize,
    /// Where it stands first: the text, the path of its field, its bytes in the text.
    pub first: (Node, String, Range<usize>),
}

/// The wordings of many files, in the order of their first places.
#[derive(Debug, Default)]
pub struct Estate {
    pub(super) wordings: Vec<Wording>,
    known: HashMap<String, usize>,
    files: usize,
}

/// The statements of a profile that have at least so many words.
pub(super) fn told(file: &Node, least: usize) -> Vec<Told> {
    let passages = Passages::of(file, Kind::Profile);
    let own = passages.all.iter().filter(|passage| PLACES.contains(&passage.place));
    let statements = own.flat_map(|passage| Statement::of(passage, least));
    let told = statements.map(|Statement { passage, range, plain, .. }| Told { plain, node: passage.node.clone(), field: passage.field.clone(), range });
    told.collect()
}

impl Estate {
    /// Adds what the next file says.
    pub fn add(&mut self, told: Vec<Told>) {
        let Self { wordings, known, files } = self;
        for Told { plain, node, field, range } in told {
            match known.get(&plain).and_then(|at| wordings.get_mut(*at)) {
                Some(wording) => {
                    wording.files += usize::from(wording.last != *files);
                    wording.last = *files;
                }
                None => {
                    known.insert(plain.clone(), wordings.len());
                    wordings.push(Wording { plain, files: 1, last: *files, first: (node, field, range) });
                }
            }
        }
        *files += 1;
    }
}
