//! A pack's files as one thing: a manifest and a zip, or a folder.
//!
//! A bundle is plain data. Its bytes follow from its files alone: entries are sorted, times are fixed.

mod manifest;
mod output;
mod store;
mod zip;

pub use crate::project::sha256;
pub use self::zip::{Zips, zip};
pub use manifest::{InputEntry, FileEntry, Manifest};
pub use output::{LOCKED, Output};
pub(crate) use store::LikeFiles;
pub use store::{Staged, Written, not_writable, publish};

use crate::layout::Audience;

/// Name of the manifest within a bundle.
pub const MANIFEST: &str = "manifest.json";

/// One file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// Name within the bundle; no folders.
    pub name: String,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
    /// Pages, for formats that have them.
    pub pages: Option<usize>,
    /// Who reads it.
    pub audience: Audience,
}

impl BundleFile {
    /// The manifest as a file.
    pub fn manifest(manifest: &Manifest) -> Self {
        let (bytes, media_type) = (manifest.to_json(), "application/json");
        Self { name: MANIFEST.to_owned(), media_type, bytes, pages: None, audience: Audience::Candidate }
    }
}
