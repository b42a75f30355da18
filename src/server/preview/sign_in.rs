//! `/sign-in`: where who uses a browser shows the token.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::header::SET_COOKIE;
use axum::http::HeaderMap;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};

use super::super::access::SIGN_IN;
use super::super::guard::own_page;
use super::super::problem::Problem;
use super::super::query;
use super::super::state::App;
use super::page;

/// Where to go once signed in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInQuery {
    to: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shown {
    #[serde(default)]
    token: String,
    #[serde(default)]
    to: String,
}

#[derive(Serialize)]
struct SignIn<'a> {
    title: &'static str,
    to: &'a str,
    /// Whether there is a token at all.
    asked: bool,
    wrong: bool,
}

/// The form.
pub(super) async fn get_sign_in(State(app): State<Arc<App>>, query: query::Asked<SignInQuery>) -> Result<Response, Problem> {
    let query = query::read(query, "`to`")?;
    let to = own_path(query.to.as_deref().unwrap_or("/"));
    page("sign-in.html", &SignIn { title: "Sign in", to, asked: app.token.is_some(), wrong: false })
}

/// Takes the token, and gives the browser what stands for it.
pub(super) async fn post_sign_in(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    form: Result<Form<Shown>, FormRejection>,
) -> Result<Response, Problem> {
    own_page(&headers)?;
    let Form(Shown { token, to }) = form.map_err(|rejection| query::malformed(&rejection.body_text(), "send `token` and `to`"))?;
    let to = own_path(&to);
    let Some(own) = app.token.as_ref() else { return Ok(Redirect::to(to).into_response()) };
    if !own.is(token.trim().as_bytes()) {
        return page("sign-in.html", &SignIn { title: "Sign in", to, asked: true, wrong: true });
    }
    // A proxy says how it was reached; without one nothing is secured, and a browser would not send the cookie back.
    let secure = headers.get("x-forwarded-proto").is_some_and(|proto| proto == "https");
    Ok((AppendHeaders([(SET_COOKIE, own.cookie(true, secure))]), Redirect::to(to)).into_response())
}

/// Takes it back.
pub(super) async fn post_sign_out(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    own_page(&headers)?;
    let Some(own) = app.token.as_ref() else { return Ok(Redirect::to("/").into_response()) };
    Ok((AppendHeaders([(SET_COOKIE, own.cookie(false, false))]), Redirect::to(SIGN_IN)).into_response())
}

/// A path of this server: never an address of another.
fn own_path(to: &str) -> &str {
    let own = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && !to.contains(char::is_control);
    if own { to } else { "/" }
}
