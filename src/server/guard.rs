//! What every request passes: the check of its host, the time limit, and headers that keep an answer what it is.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::problem::Problem;
use super::state::App;
use crate::diagnostic::Diagnostic;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The values of `Host` that mean a server on `address` that others call by `names`.
pub(super) fn hosts(address: SocketAddr, names_of_others: &[String]) -> Vec<String> {
    let own = match address {
        SocketAddr::V4(own) => own.ip().to_string(),
        SocketAddr::V6(own) => format!("[{}]", own.ip()),
    };
    let names = ["localhost", "127.0.0.1", "[::1]", own.as_str()];
    let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{}", address.port())).collect();
    if address.port() == 80 {
        hosts.extend(names.map(str::to_owned));
    }
    // A proxy listens on a port of its own, and says the name alone where that is the usual one.
    hosts.extend(names_of_others.iter().cloned());
    hosts
}

/// Refuses a request for another host.
///
/// A web page elsewhere can have its own name point to this machine ("DNS rebinding") and so read, as its own, what
/// listens on loopback; only the name in the request tells.
pub(super) async fn check_host(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut given = request.headers().get_all(HOST).iter().map(|host| host.to_str().unwrap_or_default());
    let known = |host: &str| app.hosts.iter().any(|known| known.eq_ignore_ascii_case(host));
    let header = given.next().is_some_and(known) && given.next().is_none();
    let target = request.uri().authority().is_none_or(|authority| known(authority.as_str()));
    if header && target {
        return next.run(request).await;
    }
    let fault = Diagnostic::error("unknown-host", "the request is for another host than this server")
        .hint(format!("use one of: {}", app.hosts.join(", ")));
    Problem::new(StatusCode::MISDIRECTED_REQUEST, fault).into_response()
}

/// Refuses what a page of another site has a browser send ("cross-site request forgery"): browsers say where a request comes
/// from (Fetch Metadata, section 2.4; `Origin`, Fetch, section 3.1). What is no browser says nothing, and has no cookie to
/// abuse.
///
/// # Errors
/// 403.
pub(super) fn own_page(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name: &HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let own = match (text(&FETCH_SITE), text(&ORIGIN), text(&HOST)) {
        (Some(site), _, _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, origin)| origin.eq_ignore_ascii_case(host)),
        (None, None, _) => true,
        (None, Some(_), None) => false,
    };
    if own {
        return Ok(());
    }
    let fault = Diagnostic::error("other-site", "a page of another site sent this");
    Err(Problem::new(StatusCode::FORBIDDEN, fault.hint("use the pages of this server")))
}

/// Answers in time, even if only to say that there is no answer. What a build has begun goes on and keeps its place.
pub(super) async fn limit_time(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let time = app.limits.time;
    let answer = tokio::time::timeout(time, next.run(request)).await;
    answer.unwrap_or_else(|_| Problem::late(time.as_secs()).into_response())
}

/// Adds what keeps a browser from taking an answer for something else or showing it in another site's page.
pub(super) async fn harden(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    if !headers.contains_key(CONTENT_SECURITY_POLICY) && !is_pdf(headers) {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    }
    response
}

/// A browser's own PDF viewer is a page with scripts and styles, which a policy would stop.
fn is_pdf(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/pdf")
}
