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
    let mut summed = Summed { file: BufWriter::new(&mut *file), sum: blake3::Hasher::new() };
    postcard::to_io(record, &mut summed).map_err(io::Error::other)?;
    summed.flush()?;
    let sum = summed.sum.finalize();
    drop(summed);
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&sum.as_bytes()[..SUM])
}

/// A file with the sum of what was written to it.
struct Summed<W: Write> {
    file: BufWriter<W>,
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
