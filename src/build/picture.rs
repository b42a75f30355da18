//! Whether the file of a logo is a picture that every format can show, asked before anything is typeset, so that the
//! fault is where the brand names the file.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use resvg::{tiny_skia, usvg};

use crate::diagnostic::Diagnostic;

/// Longest side of a PNG, in pixels: two sheets of A4 at 300 dots per inch.
const MAX_SIDE: u32 = 5000;

/// Checks the bytes of the picture at `path`.
pub(super) fn check(path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    match path.to_ascii_lowercase().rsplit_once('.') {
        Some((_, "svg")) => svg(path, bytes),
        Some((_, "png")) => png(path, bytes),
        _ => Err(not_a_picture(path, "its name ends neither in `.svg` nor in `.png`")),
    }
}

fn not_a_picture(path: &str, why: &str) -> Diagnostic {
    let fault = Diagnostic::error("not-a-picture", format!("`{path}` is not a picture that can be used: {why}"));
    fault.hint("use an SVG or PNG file, as the program that drew the logo exports it")
}

fn svg(path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    let reaches_out = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&reaches_out);
    let mut options = usvg::Options::default();
    options.image_href_resolver.resolve_string = Box::new(move |_, _| {
        seen.store(true, Ordering::Relaxed);
        None
    });
    usvg::Tree::from_data(bytes, &options).map_err(|error| not_a_picture(path, &error.to_string()))?;
    if reaches_out.load(Ordering::Relaxed) {
        return Err(not_a_picture(path, "it refers to another file, and nothing is fetched"));
    }
    Ok(())
}

fn png(path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    // The header chunk comes first and begins with width and height (ISO/IEC 15948, 11.2.2).
    let side = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    if let (Some(width), Some(height)) = (side(16), side(20))
        && bytes.starts_with(b"\x89PNG")
        && width.max(height) > MAX_SIDE
    {
        let fault = Diagnostic::error("picture-too-large", format!("`{path}` is {width} by {height} pixels"));
        return Err(fault.hint(format!("{MAX_SIDE} pixels on a side are the most, and 1000 are enough for print")));
    }
    tiny_skia::Pixmap::decode_png(bytes).map(drop).map_err(|error| not_a_picture(path, &error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[track_caller]
    fn refused(path: &str, bytes: &[u8], code: &str, words: &str) {
        let fault = check(path, bytes).unwrap_err();
        assert_eq!(fault.code, code, "{fault:?}");
        assert!(fault.message.contains(words) && !fault.hints.is_empty(), "{fault:?}");
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">";
        let of = |inner: &str| format!("{SVG}{inner}</svg>").into_bytes();
        check("a.SVG", &of("<rect width=\"9\" height=\"9\"/>")).unwrap();
        refused("a.svg", b"", "not-a-picture", "");
        refused("a.svg", SVG.as_bytes(), "not-a-picture", "");
        refused("a.svg", &of("<image width=\"9\" height=\"9\" href=\"/etc/hostname\"/>"), "not-a-picture", "refers to another");
        refused("a.jpg", b"\xFF\xD8\xFF", "not-a-picture", "neither");
        refused("a.png", &of(""), "not-a-picture", "");
        let mut header = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
        header.extend([0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0]);
        refused("a.png", &header, "picture-too-large", "30000 by 30000");
        header[18] = 0;
        header[22] = 0;
        refused("a.png", &header, "not-a-picture", "");
    }
}
