//! Packs the tables of a font as WOFF (W3C Recommendation *WOFF File Format 1.0*): each table compressed with zlib.
//!
//! Not WOFF 2: its Brotli would take twenty times as long for a sixth less. Nothing here looks into a table, but for the
//! checksum of the whole in `head`.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Tables of a font by tag, which is the order in which they are written.
pub(super) type Tables = BTreeMap<[u8; 4], Vec<u8>>;

/// Size of the header and of an entry of the directory, in WOFF and in the font that it unpacks to.
const HEADER: usize = 44;
const ENTRY: usize = 20;
const SFNT_HEADER: usize = 12;
const SFNT_ENTRY: usize = 16;

/// What `checkSumAdjustment` is subtracted from (OpenType 1.9.1, `head`).
const MAGIC: u32 = 0xB1B0_AFBA;

/// The tables of a font file; nothing for a collection, or for what is no font.
pub(super) fn tables(file: &[u8]) -> Option<Tables> {
    let count = usize::from(u16_at(file, 4)?);
    let mut tables = Tables::new();
    for at in (0..count).map(|entry| SFNT_HEADER + entry * SFNT_ENTRY) {
        let tag: [u8; 4] = file.get(at..at + 4)?.try_into().ok()?;
        let (from, length) = (u32_at(file, at + 8)? as usize, u32_at(file, at + 12)? as usize);
        // A signature of the whole file would be wrong for what is left of it.
        if tag != *b"DSIG" {
            tables.insert(tag, file.get(from..from.checked_add(length)?)?.to_vec());
        }
    }
    tables.contains_key(b"head").then_some(tables)
}

/// The font as WOFF.
pub(super) fn pack(tables: &Tables) -> Vec<u8> {
    let mut tables = tables.clone();
    let flavour: u32 = if tables.contains_key(b"CFF ") { u32::from_be_bytes(*b"OTTO") } else { 0x0001_0000 };
    let directory = adjust(&mut tables, flavour);
    let mut entries = Vec::new();
    let mut data = Vec::new();
    let start = HEADER + tables.len() * ENTRY;
    for ((tag, table), sum) in tables.iter().zip(directory) {
        let squeezed = squeeze(table);
        let stored = if squeezed.len() < table.len() { &squeezed } else { table };
        entries.extend_from_slice(tag);
        for number in [start + data.len(), stored.len(), table.len(), sum as usize] {
            entries.extend_from_slice(&word(number));
        }
        data.extend_from_slice(stored);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let unpacked = unpacked_size(&tables);
    let mut out = b"wOFF".to_vec();
    out.extend_from_slice(&flavour.to_be_bytes());
    out.extend_from_slice(&word(start + data.len()));
    out.extend_from_slice(&half(tables.len()));
    out.extend_from_slice(&[0, 0]);
    out.extend_from_slice(&word(unpacked));
    out.extend_from_slice(&[0, 1, 0, 0]);
    // No metadata and no private data.
    out.resize(HEADER, 0);
    out.extend(entries);
    out.extend(data);
    out
}

/// Sets the checksum of the whole font and returns those of the tables.
fn adjust(tables: &mut Tables, flavour: u32) -> Vec<u32> {
    if let Some(field) = tables.get_mut(b"head").and_then(|head| head.get_mut(8..12)) {
        field.fill(0);
    }
    let sums: Vec<u32> = tables.values().map(|table| checksum(table)).collect();
    let count = tables.len();
    let power = count.checked_ilog2().unwrap_or_default();
    let range = (1_usize << power) * SFNT_ENTRY;
    let mut header = flavour.to_be_bytes().to_vec();
    for number in [count, range, power as usize, count * SFNT_ENTRY - range] {
        header.extend_from_slice(&half(number));
    }
    let mut offset = SFNT_HEADER + count * SFNT_ENTRY;
    for ((tag, table), sum) in tables.iter().zip(&sums) {
        header.extend_from_slice(tag);
        header.extend_from_slice(&sum.to_be_bytes());
        header.extend_from_slice(&word(offset));
        header.extend_from_slice(&word(table.len()));
        offset += table.len().next_multiple_of(4);
    }
    let whole = sums.iter().fold(checksum(&header), |sum, table| sum.wrapping_add(*table));
    if let Some(field) = tables.get_mut(b"head").and_then(|head| head.get_mut(8..12)) {
        field.copy_from_slice(&MAGIC.wrapping_sub(whole).to_be_bytes());
    }
    // That of `head` is kept as it is with the field at nothing (OpenType 1.9.1, "Calculating checksums").
    sums
}

fn unpacked_size(tables: &Tables) -> usize {
    let padded: usize = tables.values().map(|table| table.len().next_multiple_of(4)).sum();
    SFNT_HEADER + tables.len() * SFNT_ENTRY + padded
}

/// Sum of the 32-bit numbers of a table, as if it were filled up with zeros.
fn checksum(table: &[u8]) -> u32 {
    table.chunks(4).fold(0, |sum, chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        sum.wrapping_add(u32::from_be_bytes(word))
    })
}

fn squeeze(table: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail; if it did, the table would be stored as it is.
    match encoder.write_all(table).and_then(|()| encoder.finish()) {
        Ok(squeezed) => squeezed,
        Err(_) => table.to_vec(),
    }
}

/// A 16-bit number of a table.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// A 32-bit number of a table.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn word(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_be_bytes()
}

fn half(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_be_bytes()
}
