//! `GET /api/v1/packs/{organisation}/{pack}/bundle.zip`: all files of a pack in one.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::access::Access;
use super::findings::Binary;
use super::pack::named;
use super::payload::Asked;
use super::problem::Problem;
use super::query;
use super::state::App;
use crate::diagnostic::Diagnostic;

/// Which zip.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct BundleQuery {
    /// `candidate`, or `panel`, which needs the token.
    #[param(example = "candidate", pattern = "^(candidate|panel)?$")]
    audience: Option<String>,
}

/// All files of a pack as a zip
///
/// That of the selection panel needs the token.
#[utoipa::path(get, path = "/api/v1/packs/{organisation}/{pack}/bundle.zip", operation_id = "get_bundle", tag = "packs",
    params(("organisation" = String, Path), ("pack" = String, Path), BundleQuery),
    responses((status = 200, description = "The zip", body = Binary, content_type = "application/zip"),
        (status = 206, description = "A part of the zip", body = Binary, content_type = "application/zip"),
        (status = 304, description = "The client has it"),
        (status = 416, description = "There is nothing in that range", body = super::findings::ProblemDetails, content_type = "application/problem+json")))]
pub(super) async fn get_bundle(
    State(app): State<Arc<App>>,
    path: Result<Path<(String, String)>, PathRejection>,
    query: query::Asked<BundleQuery>,
    access: Access,
    asked: Asked,
) -> Result<Response, Problem> {
    let hint = "`audience` is `candidate` or `panel`";
    let query = query::read(query, hint)?;
    let panel = match query.audience.as_deref() {
        None | Some("" | "candidate") => false,
        Some("panel") => true,
        Some(other) => return Err(query::malformed(&format!("there is no audience `{other}`"), hint)),
    };
    if panel {
        access.panel()?;
    }
    let pack = named(&app, path).await?;
    let files = pack.files.as_ref().map_err(Problem::clone)?;
    if !panel {
        return Ok(files.bundle.answer(&asked));
    }
    let zip = files.panel.as_ref().ok_or_else(|| {
        let fault = Diagnostic::error("nothing-for-panel", "this pack has no documents for the panel");
        Problem::new(StatusCode::NOT_FOUND, fault.hint("those of a vacancy have"))
    })?;
    Ok(zip.answer(&asked))
}
