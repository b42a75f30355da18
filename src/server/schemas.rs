//! `GET /api/v1/schema/{kind}` and `/api/v1/openapi.json`: how files are written, and how this is asked.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::extract::rejection::PathRejection;
use axum::response::Response;

use super::api;
use super::pack::malformed_path;
use super::payload::{Asked, Payload};
use super::problem::Problem;
use super::state::App;
use crate::layout;
use crate::profile::{Kind, schema_of, translatable};

/// What there are schemas of.
const KINDS: [&str; 5] = ["profile", "organisation", "vacancy", "framework", "layout"];

/// JSON Schema of a kind of file
#[utoipa::path(get, path = "/api/v1/schema/{kind}", operation_id = "get_schema", tag = "service",
    params(("kind" = String, Path, description = "`profile`, `organisation`, `vacancy`, `framework` or `layout`", example = "profile")),
    responses((status = 200, description = "JSON Schema, draft 2020-12", body = serde_json::Value)))]
pub(super) async fn get_schema(path: Result<Path<String>, PathRejection>, asked: Asked) -> Result<Response, Problem> {
    let Path(kind) = path.map_err(malformed_path)?;
    let payload = match kind.as_str() {
        "profile" => Payload::json(&translatable(schema_of(Kind::Profile))),
        "organisation" => Payload::json(&translatable(schema_of(Kind::Organisation))),
        "vacancy" => Payload::json(&translatable(schema_of(Kind::Vacancy))),
        "framework" => Payload::json(&translatable(schema_of(Kind::Framework))),
        "layout" => Payload::json(&translatable(&layout::schema())),
        _ => return Err(Problem::unknown("unknown-schema", "schema", &kind, KINDS)),
    };
    Ok(payload.answer(&asked))
}

/// This description
#[utoipa::path(get, path = "/api/v1/openapi.json", operation_id = "get_description", tag = "service",
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
pub(super) async fn get_description(State(app): State<Arc<App>>, asked: Asked) -> Response {
    let packs = app.project().await.builder.project().packs();
    Payload::json(&api::with_examples(packs.first())).answer(&asked)
}
