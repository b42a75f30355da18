//! Records as bytes, with a sum that tells whether they are whole.

use std::io::{self, BufWriter, Seek, SeekFrom, Write};

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Bytes of the sum.
const SUM: usize = 16;

/// A record as bytes; none if it can't be written as such.
pub fn encoded(record: &impl Serialize) -> Option<Vec<u8>> {
    let mut bytes = postcard::to_extend(record, vec![0; SUM]).ok()?;
    let sum = blake3::hash(&bytes[SUM..]);
    bytes[..SUM].copy_from_slice(&sum.as_bytes()[..SUM]);
    Some(bytes)
}

/// Writes the bytes of a record as they come: of thousands of packs they are many.
///
/// # Errors
/// As the file's; and if the record can't be written as such.
pub fn encode_into(record: &impl Serialize, file: &mut (impl Write + Seek)) -> io::Result<()> {
    file.write_all(&[0; SUM])?;
    // A record is written in pieces of some bytes each, and to sum those up one by one takes long.
    let mut pieces = BufWriter::with_capacity(PIECE, Summed { file: &mut *file, sum: blake3::Hasher::new() });
    postcard::to_io(record, &mut pieces).map_err(io::Error::other)?;
    let sum = pieces.into_inner().map_err(io::IntoInnerError::into_error)?.sum.finalize();
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&sum.as_bytes()[..SUM])
}

/// Bytes that are summed up at once.
const PIECE: usize = 1 << 16;

/// A file with the sum of what was written to it.
struct Summed<W> {
    file: W,
    sum: blake3::Hasher,
}

impl<W: Write> Write for Summed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// The record that some bytes are, if they are whole.
pub fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (sum, record) = bytes.split_at_checked(SUM)?;
    if blake3::hash(record).as_bytes()[..SUM] != *sum {
        return None;
    }
    postcard::from_bytes(record).ok()
}
