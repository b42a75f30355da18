//! `GET /api/v1/packs/{organisation}/{pack}/files/{file}`: one file of a pack.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;

use super::access::Access;
use super::findings::Binary;
use super::pack::malformed_path;
use super::payload::Asked;
use super::problem::Problem;
use super::state::App;

/// One file of a pack
///
/// The name is that of the manifest; it is compared, never looked up on disk. A file for the selection panel needs the
/// token.
#[utoipa::path(get, path = "/api/v1/packs/{organisation}/{pack}/files/{file}", operation_id = "get_file", tag = "packs",
    params(("organisation" = String, Path), ("pack" = String, Path),
        ("file" = String, Path, example = "manifest.json")),
    responses((status = 200, description = "The file", content(
            (Binary = "application/pdf"),
            (Binary = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (String = "text/html"), (String = "text/plain"), (serde_json::Value = "application/json"))),
        (status = 206, description = "A part of the file", content((Binary = "application/pdf"),
            (Binary = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (String = "text/html"), (String = "text/plain"), (String = "application/json"))),
        (status = 304, description = "The client has it"),
        (status = 416, description = "There is nothing in that range", body = super::findings::ProblemDetails, content_type = "application/problem+json")))]
pub(super) async fn get_file(
    State(app): State<Arc<App>>,
    path: Result<Path<(String, String, String)>, PathRejection>,
    access: Access,
    asked: Asked,
) -> Result<Response, Problem> {
    let Path((organisation, name, file)) = path.map_err(malformed_path)?;
    let pack = app.pack(&organisation, &name).await?;
    let files = pack.files.as_ref().map_err(Problem::clone)?;
    Ok(files.file(&file, access)?.answer(&asked))
}
