//! The body of a request as the text of a profile or vacancy.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};

use super::config::Limits;
use super::problem::Problem;
use crate::diagnostic::{Diagnostic, SourceText, Span};
use crate::source;

/// What diagnostics call the body of a request.
pub(super) const NAME: &str = "request";

/// How a profile is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    Yaml,
    Json,
}

impl Notation {
    /// What `Content-Type` says.
    ///
    /// # Errors
    /// 415 for anything but YAML and JSON in UTF-8: what a page of another site can't send without asking first.
    pub(super) fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        let given = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut parts = given.split(';').map(|part| part.trim().to_ascii_lowercase());
        let kind = parts.next().unwrap_or_default();
        let charset = parts.find_map(|part| Some(part.strip_prefix("charset=")?.trim_matches('"').to_owned()));
        match (kind.as_str(), charset.as_deref()) {
            ("application/yaml" | "text/yaml", None | Some("utf-8" | "utf8")) => Ok(Self::Yaml),
            ("application/json", None | Some("utf-8" | "utf8")) => Ok(Self::Json),
            _ => {
                let message = match given {
                    "" => "the body has no `Content-Type`".to_owned(),
                    given => format!("a profile can't be read from `{given}`"),
                };
                let fault = Diagnostic::error("unsupported-media-type", message);
                let fault = fault.hint("use `application/yaml`, `text/yaml` or `application/json`, in UTF-8");
                Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, fault))
            }
        }
    }
}

/// Waits for the body.
///
/// # Errors
/// 413 if it is too large, 408 if it is too slow, 400 if it breaks off.
pub(super) async fn body(request: Request, limits: &Limits) -> Result<Bytes, Problem> {
    let too_large = || {
        let message = format!("the body is larger than {} bytes", limits.body_bytes);
        let fault = Diagnostic::error("body-too-large", message).hint("a profile is a few pages of words");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, fault)
    };
    // One that says how long it is need not be sent to be refused.
    let said = request.headers().get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|length| length > limits.body_bytes as u64) {
        return Err(too_large());
    }
    let arrived = tokio::time::timeout(limits.body_time, Bytes::from_request(request, &())).await;
    match arrived {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(rejection)) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(too_large()),
        Ok(Err(_)) => Err(Problem::malformed(Diagnostic::error("malformed-body", "the body broke off"))),
        Err(_) => {
            let fault = Diagnostic::error("body-too-slow", "the body did not arrive in time");
            Err(Problem::new(StatusCode::REQUEST_TIMEOUT, fault))
        }
    }
}

/// The text, as YAML.
///
/// # Errors
/// `not-utf8`, `json-syntax`.
pub(super) fn text(bytes: &Bytes, notation: Notation) -> Result<String, Vec<Diagnostic>> {
    let text = source::decode(bytes.to_vec(), NAME).map_err(|fault| vec![fault])?;
    match notation {
        Notation::Yaml => Ok(text.text.clone()),
        Notation::Json => from_json(&text).map_err(|fault| vec![fault]),
    }
}

/// JSON as YAML of the same lines: JSON is YAML but for tabs between values and characters that are written as two
/// escapes (RFC 8259, section 7). Only behind one of the latter are columns not those of the request.
fn from_json(source: &Arc<SourceText>) -> Result<String, Diagnostic> {
    if let Err(error) = serde_json::from_str::<serde_json::Value>(&source.text) {
        let before: usize = source.text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = source.text.floor_char_boundary(before + error.column().saturating_sub(1));
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        let fault = Diagnostic::error("json-syntax", format!("this is not JSON: {reason}"));
        return Err(fault.at(Span::new(source, at..at)));
    }
    let mut text = String::with_capacity(source.text.len());
    let (mut rest, mut quoted) = (source.text.as_str(), false);
    while let Some(character) = rest.chars().next() {
        let (length, instead) = match character {
            '"' => {
                quoted = !quoted;
                (1, None)
            }
            '\t' if !quoted => (1, Some(' ')),
            // What is escaped goes with its backslash, so that an escaped quote ends nothing.
            '\\' => pair(rest).map_or((2, None), |character| (12, Some(character))),
            other => (other.len_utf8(), None),
        };
        match instead {
            Some(character) => text.push(character),
            None => text.push_str(rest.get(..length).unwrap_or(rest)),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(text)
}

/// The character that two escapes at the start of `text` stand for: `\ud83d\ude00`.
fn pair(text: &str) -> Option<char> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let units = [unit(0)?, unit(6)?];
    if !(0xD800..0xDC00).contains(&units[0]) {
        return None;
    }
    char::decode_utf16(units).next()?.ok()
}
