//! A line of log for each request, and its number, which is echoed. No line holds what a request says: neither its words
//! nor its path, only which route it took.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::state::App;

/// The header with the number of a request.
const ID: HeaderName = HeaderName::from_static("x-request-id");

/// The methods that are counted by name.
const METHODS: [Method; 4] = [Method::GET, Method::HEAD, Method::POST, Method::OPTIONS];

/// Numbers of requests: when the server began, and a count.
#[derive(Debug)]
pub(super) struct Ids {
    began: u128,
    next: AtomicU64,
}

impl Ids {
    pub(super) fn new() -> Self {
        let began = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
        Self { began, next: AtomicU64::new(1) }
    }

    fn next(&self) -> HeaderValue {
        let id = format!("{:x}-{:x}", self.began, self.next.fetch_add(1, Ordering::Relaxed));
        HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("-"))
    }
}

/// Whether a number that a client or proxy gave may be echoed and logged.
fn is_safe(id: &HeaderValue) -> bool {
    let bytes = id.as_bytes();
    (1..=64).contains(&bytes.len()) && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

/// Answers, counts and logs.
pub(super) async fn record(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let given = request.headers().get(ID).filter(|id| is_safe(id)).cloned();
    let id = given.unwrap_or_else(|| app.ids.next());
    let method = METHODS.iter().find(|method| *method == request.method()).map_or("other", Method::as_str);
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    let (status, time) = (response.status().as_u16(), began.elapsed());
    app.metrics.answered(method, &route, status, time);
    let request_id = id.to_str().unwrap_or_default();
    let milliseconds = time.as_secs_f64() * 1000.0;
    if status >= 500 && status != 503 {
        tracing::error!(request_id, method, route, status, milliseconds, "answered");
    } else {
        tracing::info!(request_id, method, route, status, milliseconds, "answered");
    }
    response.headers_mut().insert(ID, id);
    response
}
