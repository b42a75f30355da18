//! `GET /api/v1/packs/{organisation}/{pack}/bundle.zip`: all files of a pack in one.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::pack::named;
use super::problem::Problem;
use super::state::App;

/// The zip for candidates.
pub(super) async fn get_bundle(
    State(app): State<Arc<App>>,
    path: Result<Path<(String, String)>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let pack = named(&app, path).await?;
    let files = pack.files.as_ref().map_err(Problem::clone)?;
    Ok(files.bundle.answer(&headers))
}
