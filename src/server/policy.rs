//! The Content-Security-Policy of a pack's web page: its own style, its own pictures, nothing else.

use axum::http::HeaderValue;
use sha2::{Digest, Sha256};

use crate::document::html::base64;

/// The policy for a page: the style elements of its head by hash, pictures within the file.
///
/// Only the head is looked at, where the words of a profile stand as escaped text and as nothing else.
pub(super) fn for_page(page: &[u8]) -> HeaderValue {
    let page = String::from_utf8_lossy(page);
    let head = page.split_once("</head>").map_or("", |(head, _)| head);
    let hashes: String = head
        .split("<style>")
        .skip(1)
        .filter_map(|style| style.split_once("</style>"))
        .map(|(style, _)| format!(" 'sha256-{}'", base64::encode(&Sha256::digest(style.as_bytes()))))
        .collect();
    let style = if hashes.is_empty() { " 'none'" } else { hashes.as_str() };
    let policy = format!(
        "default-src 'none'; img-src data:; font-src data:; style-src{style}; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// The policy for an SVG of this program that is opened by itself: its own style attributes, nothing else.
pub(super) fn for_picture() -> HeaderValue {
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox")
}
