//! A PDF made smaller: its objects in compressed object streams (ISO 32000-1, 7.5.7), found through a cross-reference
//! stream (7.5.8).
//!
//! The tag tree of an accessible file is thousands of small objects, half of its size. Nothing of what a reader sees or
//! hears changes, and PDF/A-3 (ISO 19005-3) allows both.

use lopdf::{Document, SaveOptions};

use crate::diagnostic::Diagnostic;

/// Objects in one stream. Readers unpack a stream whole to get at one object of it.
const OBJECTS: usize = 200;

/// Writes the same document anew, with its objects in streams.
///
/// # Errors
/// `pdf` if the file can't be read back, which would be a fault of this program.
pub(super) fn compact(pdf: &[u8]) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let failed = |error: &dyn std::fmt::Display| vec![Diagnostic::error("pdf", format!("can't write the PDF: {error}"))];
    let mut document = Document::load_mem(pdf).map_err(|error| failed(&error))?;
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(OBJECTS)
        .compression_level(9)
        .build();
    let mut small = Vec::with_capacity(pdf.len() / 2);
    document.save_with_options(&mut small, options).map_err(|error| failed(&error))?;
    Ok(small)
}
