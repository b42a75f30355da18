//! From a file to its text, or the reason why not.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, SourceText, Span};

/// Largest YAML, template or Markdown file that is read, in bytes (1 MiB). The longest of the real documents is 12 KB.
pub const MAX_FILE_BYTES: u64 = 1 << 20;

/// Reads a text file of at most [`MAX_FILE_BYTES`]; `name` is its path relative to the project.
///
/// # Errors
/// `file-missing`, `file-unreadable`, `file-too-large`, `not-utf8`.
pub fn load(path: &Path, name: &str) -> Result<Arc<SourceText>, Diagnostic> {
    decode(bytes(path, name)?, name)
}

/// The bytes of such a file, and of a larger one a few more than it may have, which [`decode`] refuses.
///
/// # Errors
/// `file-missing`, `file-unreadable`.
pub fn bytes(path: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let unreadable = |error: std::io::Error| {
        let code = if error.kind() == std::io::ErrorKind::NotFound { "file-missing" } else { "file-unreadable" };
        Diagnostic::error(code, format!("can't read `{name}`: {error}")).in_file(name)
    };
    // Asked before it is opened: opening a pipe would wait for somebody to write into it.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        let what = if metadata.is_dir() { "a folder" } else { "a pipe or device" };
        let fault = Diagnostic::error("file-unreadable", format!("`{name}` is {what}, not a file")).in_file(name);
        return Err(fault.hint("put a file in its place, or give it another name"));
    }
    let file = File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(MAX_FILE_BYTES)).unwrap_or_default());
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Makes text of bytes: at most [`MAX_FILE_BYTES`], UTF-8, with or without a byte order mark.
///
/// # Errors
/// `file-too-large`, `not-utf8` with line and column of the first bad byte.
pub fn decode(mut bytes: Vec<u8>, name: &str) -> Result<Arc<SourceText>, Diagnostic> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Diagnostic::error("file-too-large", format!("`{name}` is larger than 1 MiB"))
            .in_file(name)
            .hint("a profile is a few pages of words; pictures and long annexes belong in files of their own"));
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Arc::new(SourceText { path: name.to_owned(), text })),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            let file = Arc::new(SourceText { path: name.to_owned(), text });
            Err(Diagnostic::error("not-utf8", format!("`{name}` is not UTF-8 text"))
                .at(Span::new(&file, at..at + '\u{FFFD}'.len_utf8()))
                .hint("save the file as UTF-8; Word and old editors may save as Windows-1252"))
        }
    }
}
