//! Who may see what: a bearer token (RFC 6750, section 2.1), compared in constant time.
//!
//! What is for the selection panel needs the token always. Where other machines can reach the server, by itself or through
//! a proxy, everything does but the two questions whether it lives.

use std::path::Path;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{ACCEPT, AUTHORIZATION, COOKIE as COOKIES, WWW_AUTHENTICATE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::disposition;
use super::problem::Problem;
use super::state::App;
use crate::diagnostic::Diagnostic;
use crate::project::hexadecimal;

/// Fewest characters of a token: 16 of base64 are 96 bits, which nobody guesses.
const SHORTEST: usize = 16;

/// Paths that tell whether the server lives, and what one needs to show the token; nothing else.
const OPEN: [&str; 6] = ["/healthz", "/readyz", SIGN_IN, "/assets/preview.css", "/assets/icon.svg", "/assets/text.ttf"];

/// Where who uses a browser shows the token: a browser sends no header of its own.
pub(super) const SIGN_IN: &str = "/sign-in";

/// The cookie that stands for the token once it was shown.
const COOKIE: &str = "jobpack";

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

    pub(super) fn is(&self, given: &[u8]) -> bool {
        // Digests have one length, and tell nothing of the token while they are compared.
        self.0.ct_eq(&Sha256::digest(given)).into()
    }

    /// What stands for the token in a cookie (RFC 6265bis): no token, and good for nothing but this.
    pub(super) fn pass(&self) -> String {
        hexadecimal(&Sha256::new().chain_update(b"jobpack pass\n").chain_update(self.0).finalize())
    }

    /// The header that gives a browser the pass, or takes it away. Only this server gets it, from no page of another.
    pub(super) fn cookie(&self, signed_in: bool, secure: bool) -> HeaderValue {
        let (pass, age) = if signed_in { (self.pass(), "") } else { (String::new(), "; Max-Age=0") };
        let secure = if secure { "; Secure" } else { "" };
        let cookie = format!("{COOKIE}={pass}; Path=/; HttpOnly; SameSite=Strict{secure}{age}");
        HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""))
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

impl App {
    /// Demands to be one of those who work on the packs: with a token, who has shown it; without one, whoever reaches this
    /// machine.
    ///
    /// # Errors
    /// 401.
    pub(super) fn staff(&self, access: Access) -> Result<(), Problem> {
        if access == Access::Trusted || self.token.is_none() {
            return Ok(());
        }
        Err(unauthorised(Diagnostic::error("token-needed", "this is for who works on the packs, and needs the token of this server")))
    }

    /// Whether who asks may change files.
    pub(super) fn may_write(&self, access: Access) -> bool {
        self.allow_write && !self.read_only && access == Access::Trusted
    }

    /// Demands that who asks may change files.
    ///
    /// # Errors
    /// 401, and 403 if nobody may.
    pub(super) fn writer(&self, access: Access) -> Result<(), Problem> {
        if !self.allow_write || self.read_only {
            let fault = Diagnostic::error("no-writing", "this server changes no files");
            return Err(Problem::new(StatusCode::FORBIDDEN, fault.hint("start it with `--allow-write`, or download the file")));
        }
        self.staff(access)
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
    let access = match (given(request.headers()), &app.token) {
        // Without a token there is nothing to compare: what is given is for a proxy. Who may write files may read them all.
        (_, None) if app.allow_write => Access::Trusted,
        (_, None) => Access::Anybody,
        (None, Some(token)) if passes(request.headers(), token) => Access::Trusted,
        (None, _) => Access::Anybody,
        (Some(given), Some(token)) if token.is(given) => Access::Trusted,
        (Some(_), Some(_)) => {
            let fault = Diagnostic::error("token-wrong", "that is not the token of this server");
            return unauthorised(fault).into_response();
        }
    };
    if app.guarded && access == Access::Anybody && !OPEN.contains(&request.uri().path()) {
        if is_visit(&request) {
            let to = request.uri().path_and_query().map_or("/", |to| to.as_str());
            return Redirect::to(&format!("{SIGN_IN}?to={}", disposition::segment(to))).into_response();
        }
        return unauthorised(Diagnostic::error("token-needed", "this server answers only who knows its token")).into_response();
    }
    if app.read_only && !request.method().is_safe() && request.uri().path() != SIGN_IN {
        let fault = Diagnostic::error("read-only", "nothing can be posted to this server");
        return Problem::new(StatusCode::FORBIDDEN, fault.hint("it was started with `--read-only`")).into_response();
    }
    request.extensions_mut().insert(access);
    next.run(request).await
}

/// Whether somebody looks at a page with a browser.
fn is_visit(request: &Request) -> bool {
    let accepts = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    request.method() == Method::GET && accepts.contains("text/html")
}

/// Whether the request has the cookie that stands for the token.
fn passes(headers: &HeaderMap, token: &Token) -> bool {
    let lines = headers.get_all(COOKIES).iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.trim().split_once('='));
    cookies.any(|(name, pass)| name == COOKIE && bool::from(pass.as_bytes().ct_eq(token.pass().as_bytes())))
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
