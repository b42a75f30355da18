//! `Content-Disposition` (RFC 6266) with a file name that no client misreads.

use axum::http::HeaderValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What RFC 8187 lets stand as it is, of what file names have.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The header for a file called `name`, `shown` by a browser or saved.
pub(super) fn header(name: &str, shown: bool) -> HeaderValue {
    let kind = if shown { "inline" } else { "attachment" };
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let plain: String = name.chars().map(|c| if safe(c) { c } else { '_' }).collect();
    let value = if plain == name {
        format!("{kind}; filename=\"{plain}\"")
    } else {
        format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ENCODED))
    };
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

/// `name` as one part of a path.
pub(super) fn segment(name: &str) -> String {
    utf8_percent_encode(name, ENCODED).to_string()
}
