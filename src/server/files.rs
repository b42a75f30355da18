//! `GET /api/v1/packs/{organisation}/{pack}/files/{file}`: one file of a pack.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use super::pack::malformed_path;
use super::problem::Problem;
use super::state::App;

/// A file by its name in the manifest. The name is compared, never looked up on disk.
pub(super) async fn get_file(
    State(app): State<Arc<App>>,
    path: Result<Path<(String, String, String)>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Path((organisation, name, file)) = path.map_err(malformed_path)?;
    let pack = app.pack(&organisation, &name).await?;
    let files = &pack.files.as_ref().map_err(Problem::clone)?.files;
    match files.get(&file) {
        Some(payload) => Ok(payload.answer(&headers)),
        None => Err(Problem::unknown("unknown-file", "file", &file, files.keys().map(String::as_str))),
    }
}
