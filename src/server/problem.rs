//! Errors as `application/problem+json` (RFC 9457), each with its diagnostics as `errors[]`.
//!
//! 422 means that the words or the look have faults, whether in the request or in the project's files; 5xx means that
//! the program or the machine could not. What is wrong is told by the `code` of each error, so `type` stays
//! `about:blank` and `title` is the status in words, as the RFC asks for that type.
//!
//! An answer stays small whatever was posted: so many errors, and so much of the text that each is about. An error is
//! written where it is made, on the thread of the build, because finding the lines of a thousand places takes time.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::access::CHALLENGE;
use crate::diagnostic::{Diagnostic, Severity, TOO_MANY, capped, emit, nearest};

/// An error that a client gets.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    status: StatusCode,
    detail: String,
    errors: Vec<Value>,
    /// Headers beside those of every problem.
    headers: HeaderMap,
}

impl Problem {
    /// One thing is wrong.
    pub(super) fn new(status: StatusCode, error: Diagnostic) -> Self {
        Self { status, detail: error.message.clone(), errors: vec![emit::to_json(&error)], headers: HeaderMap::new() }
    }

    /// With a header beside those of every problem.
    pub(super) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The same request may work after so many seconds.
    pub(super) fn again_after(self, seconds: u64) -> Self {
        self.with(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// The request does not make sense.
    pub(super) fn malformed(error: Diagnostic) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error)
    }

    /// There is no `what` called `given`; `known` are those that there are.
    pub(super) fn unknown<'a>(
        code: &'static str,
        what: &str,
        given: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let fault = Diagnostic::error(code, format!("there is no {what} `{given}`"));
        Self::new(StatusCode::NOT_FOUND, match nearest(given, known) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint("`/api/v1/packs` lists what there is"),
        })
    }

    /// Something can't be built, for all of these reasons.
    pub(super) fn faults(what: &str, errors: &[Diagnostic]) -> Self {
        let errors = capped(errors.to_vec());
        let count = errors.iter().filter(|error| error.severity == Severity::Error).count();
        let detail = match count {
            1 => format!("{what} has 1 fault"),
            _ if errors.iter().any(|error| error.code == TOO_MANY) => format!("{what} has many faults; the first are here"),
            _ => format!("{what} has {count} faults"),
        };
        let errors = errors.iter().map(emit::to_json).collect();
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, detail, errors, headers: HeaderMap::new() }
    }

    /// As many builds run and wait as may.
    pub(super) fn busy() -> Self {
        let fault = Diagnostic::error("busy", "as many documents are being made as this server makes at once");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, fault).again_after(1)
    }

    /// No process can be begun: the machine has no more of something.
    pub(super) fn exhausted() -> Self {
        let fault = Diagnostic::error("exhausted", "this machine can't begin another process now");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, fault).again_after(5)
    }

    /// The project's files changed during each of several tries.
    pub(super) fn changing() -> Self {
        let fault = Diagnostic::error("project-changing", "the project's files keep changing");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, fault).again_after(1)
    }

    /// The answer took too long.
    pub(super) fn late(seconds: u64) -> Self {
        let fault = Diagnostic::error("time-limit", format!("there was no answer within {seconds} s"));
        let fault = fault.hint("the server may be busy; a profile that is always too slow needs to be shorter");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, fault).again_after(5)
    }

    /// A posted document took more time than one may.
    pub(super) fn overrun(seconds: u64) -> Self {
        let fault = Diagnostic::error("render-time", format!("this took longer than {seconds} s, and was ended"));
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, fault.hint("make the text shorter: a job pack takes a fraction of a second"))
    }

    /// The process that made a posted document ended before it had: for want of memory, most likely.
    pub(super) fn ended() -> Self {
        let fault = Diagnostic::error("render-ended", "this needed more memory than it may have, or made the program fail");
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, fault.hint("make the text shorter or simpler"))
    }

    /// Whether it is about one thing of this code.
    pub(super) fn is(&self, code: &str) -> bool {
        matches!(self.errors.as_slice(), [only] if only["code"] == code)
    }

    /// What a worker process says.
    pub(super) fn parts(self) -> (u16, String, Vec<Value>) {
        (self.status.as_u16(), self.detail, self.errors)
    }

    /// What [`Problem::parts`] gave.
    pub(super) fn of_parts((status, detail, errors): (u16, String, Vec<Value>)) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let problem = Self { status, detail, errors, headers: HeaderMap::new() };
        match status {
            StatusCode::UNAUTHORIZED => problem.with(WWW_AUTHENTICATE, CHALLENGE),
            StatusCode::SERVICE_UNAVAILABLE => problem.again_after(1),
            _ => problem,
        }
    }

    /// The program has a fault.
    pub(super) fn broken() -> Self {
        let fault = Diagnostic::error("internal", "the program failed while it made this answer");
        let fault = fault.hint("this is a fault in jobpack, not in your text; please report it");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, fault)
    }

    fn to_json(&self) -> Value {
        json!({
            "type": "about:blank",
            "title": self.status.canonical_reason(),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "errors": self.errors,
        })
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = self.to_json().to_string();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.extend(self.headers);
        response
    }
}
