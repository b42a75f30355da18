//! Who may see what: a bearer token (RFC 6750, section 2.1), compared in constant time.
//!
//! What is for the selection panel needs the token always. Where other machines can reach the server, by itself or through
//! a proxy, everything does but the two questions whether it lives.

use std::path::Path;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::problem::Problem;
use super::state::App;
use crate::diagnostic::Diagnostic;

/// Fewest characters of a token: 16 of base64 are 96 bits, which nobody guesses.
const SHORTEST: usize = 16;

/// Paths that tell whether the server lives, and nothing else.
const OPEN: [&str; 2] = ["/healthz", "/readyz"];

/// A token, kept as its digest.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

impl Token {
    /// The token in a file, white space at its ends left out.
    ///
    /// # Errors
    /// `token-file`: the file can't be read, or holds no token of 16 characters or more.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        let fault = |message: String| {
            let hint = "make one with `openssl rand -base64 32 > FILE`, readable by this program's user alone";
            Diagnostic::error("token-file", message).hint(hint)
        };
        let text = std::fs::read_to_string(path).map_err(|error| fault(format!("can't read `{}`: {error}", path.display())))?;
        Self::new(text.trim()).ok_or_else(|| {
            fault(format!("`{}` holds no token: one line of at least {SHORTEST} visible ASCII characters", path.display()))
        })
    }

    /// A token of visible ASCII characters, if it is long enough.
    pub fn new(text: &str) -> Option<Self> {
        let fits = text.len() >= SHORTEST && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(Sha256::digest(text).into()))
    }

    fn is(&self, given: &[u8]) -> bool {
        // Digests have one length, and tell nothing of the token while they are compared.
        self.0.ct_eq(&Sha256::digest(given)).into()
    }
}

/// What a request has shown to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Nothing.
    Anybody,
    /// The token.
    Trusted,
}

impl Access {
    /// Demands the token.
    ///
    /// # Errors
    /// 401.
    pub(super) fn panel(self) -> Result<(), Problem> {
        match self {
            Self::Trusted => Ok(()),
            Self::Anybody => Err(needed()),
        }
    }
}

/// 401 for what is for the panel.
pub(super) fn needed() -> Problem {
    unauthorised(Diagnostic::error("token-needed", "this is for the selection panel, and needs the token of this server"))
}

/// What every 401 says of how to ask (RFC 9110, section 11.6.1).
pub(super) const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"jobpack\"");

fn unauthorised(fault: Diagnostic) -> Problem {
    let fault = fault.hint("send `Authorization: Bearer TOKEN`, with the token that `jobpack serve --token-file` was given");
    Problem::new(StatusCode::UNAUTHORIZED, fault).with(WWW_AUTHENTICATE, CHALLENGE)
}

/// What the request shows; a token that is wrong is refused even where none is needed.
pub(super) async fn require(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    // Without a token there is nothing to compare: what is given is for a proxy.
    let access = match (given(request.headers()), &app.token) {
        (None, _) | (_, None) => Access::Anybody,
        (Some(given), Some(token)) if token.is(given) => Access::Trusted,
        (Some(_), Some(_)) => {
            let fault = Diagnostic::error("token-wrong", "that is not the token of this server");
            return unauthorised(fault).into_response();
        }
    };
    if app.guarded && access == Access::Anybody && !OPEN.contains(&request.uri().path()) {
        return unauthorised(Diagnostic::error("token-needed", "this server answers only who knows its token")).into_response();
    }
    if app.read_only && request.method() == Method::POST {
        let fault = Diagnostic::error("read-only", "nothing can be posted to this server");
        return Problem::new(StatusCode::FORBIDDEN, fault.hint("it was started with `--read-only`")).into_response();
    }
    request.extensions_mut().insert(access);
    next.run(request).await
}

/// The token that is given; another scheme is for a proxy.
fn given(headers: &HeaderMap) -> Option<&[u8]> {
    let value = headers.get(AUTHORIZATION)?.as_bytes();
    let (scheme, token) = value.split_at_checked(6)?;
    let bearer = scheme.eq_ignore_ascii_case(b"Bearer") && token.first().is_none_or(u8::is_ascii_whitespace);
    bearer.then(|| token.trim_ascii())
}

impl<S: Sync> FromRequestParts<S> for Access {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get().copied().unwrap_or(Self::Anybody))
    }
}
