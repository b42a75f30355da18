//! A bundle as a zip file: sorted entries, fixed times, the same bytes every time.

use std::io::{Cursor, Write};

use ::zip::write::SimpleFileOptions;
use ::zip::{CompressionMethod, DateTime, ZipWriter};

use super::BundleFile;

/// Writes a zip. What is compressed already (Word files, PDF) is stored as it is.
///
/// # Errors
/// When an entry can't be written; in memory that means a name that a zip can't hold.
pub fn zip(files: &[&BundleFile]) -> Result<Vec<u8>, ::zip::result::ZipError> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut sorted: Vec<_> = files.to_vec();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    for file in sorted {
        let packed = file.media_type == "text/html" || file.media_type == "application/json";
        let method = if packed { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        writer.start_file(file.name.as_str(), options)?;
        writer.write_all(&file.bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}
