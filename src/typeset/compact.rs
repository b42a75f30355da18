//! A PDF made smaller: its objects in compressed object streams (ISO 32000-1, 7.5.7), found through a cross-reference
//! stream (7.5.8).
//!
//! The tag tree of an accessible file is thousands of small objects, half of its size. Nothing of what a reader sees or
//! hears changes, and PDF/A-3 (ISO 19005-3) allows both.
//!
//! Objects are taken over as they are, byte for byte. So this is no reader of PDF: it knows a file as Typst writes it, of one
//! revision, with a cross-reference table, unencrypted, no length of a stream an object of its own, and refuses what isn't so.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

use crate::diagnostic::Diagnostic;

/// Objects in one stream. Readers unpack a stream whole to get at one object of it.
const OBJECTS: usize = 200;

/// Level of compression: two thirds of the time of the usual 6, for files that are a hundredth larger.
const LEVEL: u32 = 3;

/// Length of an entry of the cross-reference table (7.5.4).
const ENTRY: usize = 20;

/// Writes the same document anew, with its objects in streams.
///
/// # Errors
/// `pdf` if the file isn't as Typst writes it, which would be a fault of this program.
pub fn compact(pdf: &[u8]) -> Result<Vec<u8>, Vec<Diagnostic>> {
    packed(pdf).ok_or_else(|| vec![Diagnostic::error("pdf", "can't make the PDF small: it isn't written as expected")])
}

/// Where an object is found, as its entry in the cross-reference stream says it (table 18): type, and two fields.
#[derive(Clone, Copy)]
struct Entry(u8, usize, u16);

/// Nowhere: a number that no object has, and none will.
const FREE: Entry = Entry(0, 0, u16::MAX);

fn packed(pdf: &[u8]) -> Option<Vec<u8>> {
    let Parts { objects, trailer } = parts(pdf)?;
    let mut entries = vec![FREE; objects.last().map_or(1, |(number, _)| number + 1)];
    let (streams, plain): (Vec<_>, Vec<_>) = objects.into_iter().partition(|(_, body)| body.ends_with(b"endstream"));
    let mut small = Vec::with_capacity(pdf.len());
    // The version, and bytes that tell that the file is no text (7.5.2).
    small.extend(pdf.split_inclusive(|byte| *byte == b'\n').take(2).flatten());
    for (number, body) in streams {
        entries[number] = Entry(1, small.len(), 0);
        object(&mut small, number, body);
    }
    for part in plain.chunks(OBJECTS) {
        let holder = entries.len();
        let (mut index, mut bodies) = (String::new(), Vec::new());
        for (at, (number, body)) in (0..).zip(part) {
            index += &format!("{number} {} ", bodies.len());
            bodies.extend_from_slice(body);
            bodies.push(b'\n');
            entries[*number] = Entry(2, holder, at);
        }
        entries.push(Entry(1, small.len(), 0));
        let terms = format!("/Type/ObjStm/N {}/First {}", part.len(), index.len());
        object(&mut small, holder, &stream(terms.as_bytes(), &[index.as_bytes(), &bodies].concat())?);
    }
    let (own, start) = (entries.len(), small.len());
    entries.push(Entry(1, start, 0));
    let (rows, width) = rows(&entries);
    let terms = format!("/Type/XRef/W[1 {width} 2]/DecodeParms<</Predictor 12/Columns {}>>/Size {}", width + 3, entries.len());
    object(&mut small, own, &stream(&[terms.as_bytes(), trailer].concat(), &rows)?);
    small.extend(format!("startxref\n{start}\n%%EOF").as_bytes());
    Some(small)
}

/// What is taken over of a file.
struct Parts<'a> {
    /// The objects by number, each with what stands between `obj` and `endobj`.
    objects: Vec<(usize, &'a [u8])>,
    /// What the trailer (7.5.5) says besides the size.
    trailer: &'a [u8],
}

/// Reads a file from its end (7.5.4, 7.5.5).
fn parts(pdf: &[u8]) -> Option<Parts<'_>> {
    let rest = pdf.strip_suffix(b"\n%%EOF")?;
    let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (rest, digits) = rest.split_at(rest.len() - digits);
    let (table, _) = number(digits)?;
    let (count, rest) = number(rest.get(table..)?.strip_prefix(b"xref\n0 ")?)?;
    let (rows, rest) = rest.strip_prefix(b"\n")?.split_at_checked(count.checked_mul(ENTRY)?)?;
    let (_, trailer) = number(rest.strip_prefix(b"trailer\n<</Size ")?)?;
    let trailer = trailer.strip_suffix(b"startxref\n")?.trim_ascii_end().strip_suffix(b">>")?;
    let mut places = Vec::with_capacity(count);
    for (at, row) in rows.chunks_exact(ENTRY).enumerate() {
        match row {
            [.., b'n', b'\r', b'\n'] => places.push((number(row)?.0, at)),
            [.., b'f', b'\r', b'\n'] => {}
            _ => return None,
        }
    }
    places.sort_unstable();
    let ends = places.iter().skip(1).map(|(offset, _)| *offset).chain([table]);
    let object = |(&(begin, at), end): (&(usize, usize), usize)| {
        let body = pdf.get(begin..end)?.strip_prefix(format!("{at} 0 obj\n").as_bytes())?;
        Some((at, body.trim_ascii_end().strip_suffix(b"endobj")?.trim_ascii()))
    };
    let mut objects = places.iter().zip(ends).map(object).collect::<Option<Vec<_>>>()?;
    objects.sort_unstable_by_key(|(at, _)| *at);
    Some(Parts { objects, trailer })
}

/// The number that something begins with, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (digits, rest) = bytes.split_at(bytes.iter().take_while(|byte| byte.is_ascii_digit()).count());
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, rest))
}

/// Rows of a cross-reference stream, each as the difference to the row above ("up" of the PNG filters, 7.4.4.4), and the width of
/// the field for places in the file.
fn rows(entries: &[Entry]) -> (Vec<u8>, usize) {
    const UP: u8 = 2;
    let most = entries.iter().map(|Entry(_, place, _)| *place).max().unwrap_or_default();
    let width = (usize::BITS - most.leading_zeros()).div_ceil(8).max(1) as usize;
    let mut above = vec![0; width + 3];
    let mut rows = Vec::with_capacity(entries.len() * (width + 4));
    for Entry(kind, place, at) in entries {
        let place = place.to_be_bytes();
        let row = [&[*kind][..], &place[place.len() - width..], &at.to_be_bytes()].concat();
        rows.push(UP);
        rows.extend(row.iter().zip(&above).map(|(byte, above)| byte.wrapping_sub(*above)));
        above = row;
    }
    (rows, width)
}

/// A stream object (7.3.8), compressed; none if that fails.
///
/// - terms: of its dictionary
fn stream(terms: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::new(LEVEL));
    encoder.write_all(bytes).ok()?;
    let packed = encoder.finish().ok()?;
    let length = format!("/Filter/FlateDecode/Length {}>>\nstream\n", packed.len());
    Some([b"<<", terms, length.as_bytes(), &packed, b"\nendstream"].concat())
}

fn object(file: &mut Vec<u8>, number: usize, body: &[u8]) {
    file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    file.extend_from_slice(body);
    file.extend_from_slice(b"\nendobj\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with these objects, numbered from 1; none is a number that no object has.
    fn file(objects: &[Option<&[u8]>]) -> Vec<u8> {
        let mut pdf = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n".to_vec();
        let mut rows = format!("xref\n0 {}\n0000000000 65535 f\r\n", objects.len() + 1);
        for (at, body) in objects.iter().enumerate() {
            let row = if body.is_some() { format!("{:010} 00000 n\r\n", pdf.len()) } else { "0000000000 65535 f\r\n".to_owned() };
            rows += &row;
            if let Some(body) = body {
                object(&mut pdf, at + 1, body);
                pdf.push(b'\n');
            }
        }
        let table = pdf.len();
        pdf.extend_from_slice(rows.as_bytes());
        pdf.extend(format!("trailer\n<</Size {}/Root 1 0 R/ID[(a/Size 9)(b)]>>\nstartxref\n{table}\n%%EOF", objects.len() + 1).as_bytes());
        pdf
    }

    const OBJECTS: [Option<&[u8]>; 5] = [
        Some(b"<</Type/Catalog/Pages 2 0 R>>"),
        Some(b"<</Type/Pages/Count 1/Kids[5 0 R]>>"),
        None,
        Some(b"<</Length 19>>\nstream\nBT endobj 7 0 obj ET\nendstream"),
        Some(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"),
    ];

    #[test]
    fn a_reader_finds_every_object_where_it_was() {
        let small = compact(&file(&OBJECTS)).expect("it is as Typst writes it");
        let read = hayro_syntax::Pdf::new(small.clone()).expect("a PDF");
        assert_eq!(read.pages().len(), 1);
        let bytes = |word: &[u8]| small.windows(word.len()).filter(|window| *window == word).count();
        assert_eq!((bytes(b"/Type/ObjStm/N 3/"), bytes(b"/Type/Page"), bytes(b"BT endobj 7 0 obj ET")), (1, 0, 1));
        assert_eq!(bytes(b"/Size 8/Root 1 0 R/ID[(a/Size 9)(b)]"), 1);
    }

    #[test]
    fn what_typst_would_not_write_is_refused() {
        let pdf = file(&OBJECTS);
        for end in 0..pdf.len() {
            assert!(compact(&pdf[..end]).is_err(), "cut after {end} bytes");
        }
        // Wherever a byte is another, there is a file or a refusal.
        for at in 0..pdf.len() {
            let mut other = pdf.clone();
            other[at] ^= 0x11;
            let _ = compact(&other);
        }
        let huge = String::from_utf8_lossy(&pdf).replace("xref\n0 6", "xref\n0 18446744073709551615");
        assert!(compact(huge.as_bytes()).is_err());
    }
}
