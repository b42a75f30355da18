//! Bytes with what HTTP says about them.

use std::convert::Infallible;
use std::io::Write;
use std::sync::{Arc, OnceLock};

use axum::body::{Body, Bytes};
use axum::extract::FromRequestParts;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HOST, IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE, VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use http_range_header::{RangeUnsatisfiableError, parse_range_header};

use super::problem::Problem;
use super::{disposition, policy};
use crate::bundle::sha256;
use crate::diagnostic::Diagnostic;

/// Bytes from which on compressing pays.
const WORTH: usize = 1024;

/// What a request says that decides how bytes are sent.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// Whether it is a `GET`: ranges mean nothing else (RFC 9110, section 14.2).
    get: bool,
    headers: HeaderMap,
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self { get: parts.method == Method::GET, headers: parts.headers.clone() })
    }
}

/// Bytes with their headers, made once and sent often.
#[derive(Debug, Clone)]
pub(super) struct Payload {
    plain: Coded,
    /// The same compressed, where that makes it smaller; made when the first who takes it asks. Not there for what is no text.
    gzip: Option<Arc<OnceLock<Option<Coded>>>>,
    headers: HeaderMap,
}

/// Bytes as they are sent, and the tag that is their digest.
#[derive(Debug, Clone)]
struct Coded {
    bytes: Bytes,
    tag: HeaderValue,
}

impl Coded {
    fn new(bytes: Vec<u8>) -> Self {
        let tag = format!("\"{}\"", sha256(&bytes));
        let tag = HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\""));
        Self { bytes: bytes.into(), tag }
    }
}

impl Payload {
    /// A file under its name.
    pub(super) fn file(name: &str, media_type: &'static str, bytes: Vec<u8>) -> Self {
        let mut headers = HeaderMap::new();
        let (content_type, shown) = match media_type {
            "text/html" => ("text/html; charset=utf-8", true),
            "text/plain" => ("text/plain; charset=utf-8", true),
            "application/pdf" | "application/json" | "image/svg+xml" | "image/png" => (media_type, true),
            _ => (media_type, false),
        };
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        headers.insert(CONTENT_DISPOSITION, disposition::header(name, shown));
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        match media_type {
            "text/html" => headers.insert(CONTENT_SECURITY_POLICY, policy::for_page(&bytes)),
            "image/svg+xml" => headers.insert(CONTENT_SECURITY_POLICY, policy::for_picture()),
            _ => None,
        };
        Self::new(bytes, headers)
    }

    /// Something of this program that a page is dressed in.
    pub(super) fn asset(media_type: &'static str, bytes: Vec<u8>) -> Self {
        Self::new(bytes, HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(media_type))]))
    }

    /// JSON of this program.
    pub(super) fn json(value: &impl serde::Serialize) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Self::new(serde_json::to_vec(value).unwrap_or_default(), headers)
    }

    fn new(bytes: Vec<u8>, mut headers: HeaderMap) -> Self {
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let text = kind.starts_with("text/") || kind == "application/json" || kind == "image/svg+xml";
        let gzip = (text && bytes.len() >= WORTH).then(Arc::default);
        if gzip.is_some() {
            headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        // May be kept, but is asked for again each time: a profile may be mended at any moment.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        Self { plain: Coded::new(bytes), gzip, headers }
    }

    /// Size in bytes.
    pub(super) fn size(&self) -> usize {
        let gzip = self.gzip.as_ref().and_then(|gzip| gzip.get()?.as_ref());
        self.plain.bytes.len() + gzip.map_or(0, |gzip| gzip.bytes.len())
    }

    fn is_svg(&self) -> bool {
        self.headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "image/svg+xml")
    }

    /// The bytes compressed, if that is of use.
    fn gzip(&self) -> Option<&Coded> {
        // Who looks at a page waits for it; a file is made once and sent often.
        let level = if self.is_svg() { 1 } else { 6 };
        let plain = &self.plain.bytes;
        let make = || compressed(plain, level).filter(|gzip| gzip.len() < plain.len()).map(Coded::new);
        self.gzip.as_ref()?.get_or_init(make).as_ref()
    }

    /// Compressed at once, where nobody waits for it.
    pub(super) fn ready(self) -> Self {
        self.gzip();
        self
    }

    /// For one reader only: what lies between may not keep it.
    pub(super) fn private(mut self) -> Self {
        self.headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        self
    }

    /// The answer to a `GET`: the bytes, a part of them, or 304 if the client says that it has them (RFC 9110, sections
    /// 13.1.2 and 14.2). A part is never compressed.
    pub(super) fn answer(&self, asked: &Asked) -> Response {
        let range = asked.headers.get(RANGE).filter(|_| asked.get && self.headers.contains_key(ACCEPT_RANGES));
        let pays = || takes_gzip(&asked.headers) && !(self.is_svg() && is_here(&asked.headers));
        let gzip = (range.is_none() && pays()).then(|| self.gzip()).flatten();
        let coded = gzip.unwrap_or(&self.plain);
        let mut headers = self.headers.clone();
        headers.insert(ETAG, coded.tag.clone());
        if !matches(&asked.headers, [&self.plain, coded].map(|coded| &coded.tag)) {
            let fault = Diagnostic::error("changed", "the client has another version than the one that there is now");
            return Problem::new(StatusCode::PRECONDITION_FAILED, fault).into_response();
        }
        if known(&asked.headers, &coded.tag) {
            headers.remove(CONTENT_TYPE);
            headers.remove(CONTENT_DISPOSITION);
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        // A range of a version that the client no longer has is of no use: it gets all (RFC 9110, section 13.1.5).
        let same = asked.headers.get(IF_RANGE).is_none_or(|tag| *tag == coded.tag);
        let length = coded.bytes.len();
        match range.filter(|_| same).and_then(|range| part(range, length)) {
            Some(Ok((start, end))) => {
                headers.insert(CONTENT_RANGE, number(&format!("bytes {start}-{}/{length}", end - 1)));
                (StatusCode::PARTIAL_CONTENT, headers, Body::from(coded.bytes.slice(start..end))).into_response()
            }
            Some(Err(())) => {
                let fault = Diagnostic::error("range-not-satisfiable", format!("there is nothing in that range of {length} bytes"));
                let problem = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, fault);
                problem.with(CONTENT_RANGE, number(&format!("bytes */{length}"))).into_response()
            }
            None => {
                if gzip.is_some() {
                    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                }
                (headers, Body::from(coded.bytes.clone())).into_response()
            }
        }
    }

    /// The answer to a `POST`: made for this request alone and kept by nobody.
    pub(super) fn once(mut self) -> Response {
        self.headers.remove(ACCEPT_RANGES);
        self.headers.remove(VARY);
        self.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        (self.headers, Body::from(self.plain.bytes)).into_response()
    }
}

/// Whether who asks is on this machine: who looks at a page there waits longer for it to be compressed than to come.
fn is_here(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

fn compressed(bytes: &[u8], level: u32) -> Option<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

fn number(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static(""))
}

/// Whether the client asks for one of these versions, or for any (RFC 9110, section 13.1.1).
fn matches(headers: &HeaderMap, tags: [&HeaderValue; 2]) -> bool {
    let given: Vec<&str> = headers.get_all(IF_MATCH).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    given.is_empty() || given.iter().map(|tag| tag.trim()).any(|given| given == "*" || tags.iter().any(|tag| given.as_bytes() == tag.as_bytes()))
}

/// Whether the client names this tag among those that it has, or says that any will do; weakly compared.
fn known(headers: &HeaderMap, tag: &HeaderValue) -> bool {
    let tags = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    tags.map(str::trim).any(|given| given == "*" || given.strip_prefix("W/").unwrap_or(given).as_bytes() == tag.as_bytes())
}

/// Whether `Accept-Encoding` takes gzip (RFC 9110, section 12.5.3).
fn takes_gzip(headers: &HeaderMap) -> bool {
    let lines: Vec<&str> = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok()).collect();
    let weight = |name: &str| {
        lines.iter().flat_map(|line| line.split(',')).find_map(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let named = parts.next().is_some_and(|own| own.eq_ignore_ascii_case(name) || own.eq_ignore_ascii_case(&format!("x-{name}")));
            let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q="))).map_or(Some(1.0), |weight| weight.parse::<f32>().ok());
            named.then_some(weight.unwrap_or(0.0))
        })
    };
    weight("gzip").or_else(|| weight("*")).is_some_and(|weight| weight > 0.0)
}

/// Start and end of the part that is asked for, of so many bytes. A header that is no range, and one of several ranges, is
/// passed over, as RFC 9110, section 14.2 allows; a range that lies outside is an error.
fn part(range: &HeaderValue, length: usize) -> Option<Result<(usize, usize), ()>> {
    let ranges = parse_range_header(range.to_str().ok()?).ok()?;
    match ranges.validate(length as u64) {
        Ok(ranges) => match ranges.as_slice() {
            [only] => Some(Ok((usize::try_from(*only.start()).ok()?, usize::try_from(*only.end()).ok()? + 1))),
            _ => None,
        },
        Err(RangeUnsatisfiableError::Unsatisfiable) => Some(Err(())),
        Err(_) => None,
    }
}
