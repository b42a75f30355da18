//! `GET /api/v1/organisations`: who has packs.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::disposition::segment;
use super::payload::{Asked, Payload};
use super::state::App;

/// All organisations.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Organisations {
    organisations: Vec<OrganisationEntry>,
}

/// An organisation.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OrganisationEntry {
    /// Name of its folder.
    id: String,
    /// Its name; none if its file can't be read.
    #[schema(required)]
    name: Option<String>,
    /// Layout of its packs.
    #[schema(required)]
    layout: Option<String>,
    /// Language of its words (BCP 47).
    language: String,
    /// How many packs it has.
    packs: usize,
    /// Where they are listed.
    href: String,
}

/// The organisations of the project
#[utoipa::path(get, path = "/api/v1/organisations", operation_id = "list_organisations", tag = "packs",
    responses((status = 200, description = "All organisations, sorted", body = Organisations)))]
pub(super) async fn list_organisations(State(app): State<Arc<App>>, asked: Asked) -> Response {
    let loaded = app.project().await;
    let all = loaded.builder.project().organisations.iter().map(|(id, files)| {
        let value = files.organisation.value.as_ref();
        OrganisationEntry {
            id: id.clone(),
            name: value.map(|organisation| organisation.name.clone()),
            layout: value.map(|organisation| organisation.layout.clone()),
            language: files.language.clone(),
            packs: files.packs(id).len(),
            href: format!("/api/v1/packs?organisation={}", segment(id)),
        }
    });
    Payload::json(&Organisations { organisations: all.collect() }).answer(&asked)
}
