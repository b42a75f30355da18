//! Bytes with what HTTP says about them.

use axum::body::{Body, Bytes};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::{disposition, policy};
use crate::bundle::sha256;

/// Bytes with their headers, made once and sent often.
#[derive(Debug, Clone)]
pub(super) struct Payload {
    bytes: Bytes,
    headers: HeaderMap,
    tag: String,
}

impl Payload {
    /// A file under its name.
    pub(super) fn file(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Self {
        let mut headers = HeaderMap::new();
        let (content_type, shown) = match media_type {
            "text/html" => ("text/html; charset=utf-8", true),
            "text/plain" => ("text/plain; charset=utf-8", true),
            "application/pdf" | "application/json" => (media_type, true),
            _ => (media_type, false),
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(CONTENT_DISPOSITION, disposition::header(name, shown));
        if media_type == "text/html" {
            headers.insert(CONTENT_SECURITY_POLICY, policy::for_page(&bytes));
        }
        Self::tagged(bytes, headers)
    }

    /// JSON of this program.
    pub(super) fn json(value: &serde_json::Value) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Self::tagged(value.to_string().into_bytes(), headers)
    }

    fn tagged(bytes: Vec<u8>, mut headers: HeaderMap) -> Self {
        let tag = format!("\"{}\"", sha256(&bytes));
        if let Ok(value) = HeaderValue::from_str(&tag) {
            headers.insert(ETAG, value);
        }
        // May be kept, but is asked for again each time: a profile may be mended at any moment.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        Self { bytes: Bytes::from(bytes), headers, tag }
    }

    /// Size in bytes.
    pub(super) fn size(&self) -> usize {
        self.bytes.len()
    }

    /// The answer to a `GET`: the bytes, or 304 if the client says that it has them (RFC 9110, section 13.1.2).
    pub(super) fn answer(&self, request: &HeaderMap) -> Response {
        let known = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        if known.flat_map(|value| value.split(',')).any(|tag| self.is_tagged(tag.trim())) {
            let mut headers = self.headers.clone();
            headers.remove(CONTENT_TYPE);
            headers.remove(CONTENT_DISPOSITION);
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        (self.headers.clone(), Body::from(self.bytes.clone())).into_response()
    }

    fn is_tagged(&self, tag: &str) -> bool {
        tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == self.tag
    }

    /// The answer to a `POST`: made for this request alone and kept by nobody.
    pub(super) fn once(mut self) -> Response {
        self.headers.remove(ETAG);
        self.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        (self.headers, Body::from(self.bytes)).into_response()
    }
}
