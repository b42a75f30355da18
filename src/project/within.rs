//! That what is written stays in the project, whatever links there are.

use std::io;
use std::path::Path;

/// Refuses a folder that links lead out of `root`.
///
/// # Errors
/// That, and when one of the two can't be looked at.
pub fn within(root: &Path, folder: &Path) -> io::Result<()> {
    if folder.canonicalize()?.starts_with(root.canonicalize()?) {
        return Ok(());
    }
    Err(io::Error::other("it is a link out of the project"))
}
