//! Which program this is: another one may make other files of the same inputs.

use std::fs;
use std::sync::OnceLock;

use super::index::Program;
use crate::project::{Digest, Mark};

/// The program that runs, with the templates and fonts in it; none if its file can't be read.
///
/// - known: what was found out before, which holds for as long as the file has the same mark
pub(super) fn running(known: Option<Program>) -> Option<Program> {
    static FOUND: OnceLock<Option<Program>> = OnceLock::new();
    *FOUND.get_or_init(|| {
        let path = std::env::current_exe().ok()?;
        let mark = Mark::of(&fs::metadata(&path).ok()?);
        if let Some(known) = known.filter(|known| known.mark == mark) {
            return Some(known);
        }
        Some(Program { mark, digest: Digest::of_reader(fs::File::open(path).ok()?).ok()? })
    })
}
