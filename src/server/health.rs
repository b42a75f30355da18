//! `GET /healthz`, `/readyz` and `/metrics`: for what watches over the server.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::findings::ProblemDetails;
use super::problem::Problem;
use super::state::App;
use crate::diagnostic::Diagnostic;

/// OpenMetrics 1.0, which Prometheus asks for.
const METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Whether the server lives
#[utoipa::path(get, path = "/healthz", operation_id = "get_health", tag = "service",
    responses((status = 200, description = "It answers", body = String, content_type = "text/plain")))]
pub(super) async fn get_health() -> Response {
    ([(CACHE_CONTROL, "no-store")], "ok").into_response()
}

/// Whether the server takes requests
///
/// 503 once it was told to end, so that no more are sent to it.
#[utoipa::path(get, path = "/readyz", operation_id = "get_readiness", tag = "service",
    responses((status = 200, description = "It takes requests", body = String, content_type = "text/plain"),
        (status = 503, description = "It is about to end", body = ProblemDetails, content_type = "application/problem+json")))]
pub(super) async fn get_readiness(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    if app.is_ending() {
        let fault = Diagnostic::error("ending", "the server is about to end");
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, fault).again_after(5));
    }
    Ok(([(CACHE_CONTROL, "no-store")], "ready").into_response())
}

/// Figures for Prometheus
#[utoipa::path(get, path = "/metrics", operation_id = "get_metrics", tag = "service",
    responses((status = 200, description = "OpenMetrics 1.0", body = String, content_type = "application/openmetrics-text")))]
pub(super) async fn get_metrics(State(app): State<Arc<App>>) -> Response {
    ([(CONTENT_TYPE, METRICS), (CACHE_CONTROL, "no-store")], app.metrics.text(app.load())).into_response()
}
