//! Records as bytes, with a sum that tells whether they are whole.

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

/// The record that some bytes are, if they are whole.
pub fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (sum, record) = bytes.split_at_checked(SUM)?;
    if blake3::hash(record).as_bytes()[..SUM] != *sum {
        return None;
    }
    postcard::from_bytes(record).ok()
}
