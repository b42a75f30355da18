//! A bundle as a zip file: sorted entries, fixed times, the same bytes every time.

use std::io::{Cursor, Write};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter};

use super::{BundleFile, Manifest};
use crate::layout::Audience;

/// The zips of a pack, one for each audience.
#[derive(Debug, Clone)]
pub struct Zips {
    /// For candidates.
    pub candidate: Vec<u8>,
    /// For the panel, if the pack has documents for it.
    pub panel: Option<Vec<u8>>,
}

impl Zips {
    /// The zips of a pack's files, each with a manifest that names only its own.
    ///
    /// # Errors
    /// As [`zip`].
    pub fn new(files: &[BundleFile], manifest: &Manifest) -> Result<Self, ::zip::result::ZipError> {
        let of = |audience: Audience| {
            let own = BundleFile::manifest(&manifest.of(audience));
            let files = files.iter().filter(|file| file.audience == audience && file.name != own.name);
            zip(&files.chain([&own]).collect::<Vec<_>>())
        };
        let panel = files.iter().any(|file| file.audience == Audience::Panel);
        Ok(Self { candidate: of(Audience::Candidate)?, panel: panel.then(|| of(Audience::Panel)).transpose()? })
    }
}

/// Writes a zip. What is compressed already (Word files, PDF) is stored as it is, and so is a web page, which is mostly its fonts: to
/// make a zip an eighth smaller took more than half of the time of making it.
///
/// # Errors
/// When an entry can't be written; in memory that means a name that a zip can't hold.
pub fn zip(files: &[&BundleFile]) -> Result<Vec<u8>, ::zip::result::ZipError> {
    // An entry has a name in two places, each with some fields.
    let room = files.iter().map(|file| file.bytes.len() + 2 * file.name.len() + 256).sum();
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
    let mut sorted: Vec<_> = files.to_vec();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    for file in sorted {
        let packed = matches!(file.media_type, "text/plain" | "application/json");
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level(packed.then_some(1))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        writer.start_file(file.name.as_str(), options)?;
        writer.write_all(&file.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
