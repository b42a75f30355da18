//! `GET /api/v1/packs`: every pack of the project, those with faults included.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use super::live::Loaded;
use super::pack::{kind, links};
use super::payload::Payload;
use super::problem::Problem;
use super::state::App;
use crate::build::Options;
use crate::diagnostic::{Diagnostic, Severity};
use crate::project::PackId;

/// All packs, sorted; none is typeset for it.
pub(super) async fn list_packs(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(listing) = app.project().await.listing.get() {
        return Ok(listing.answer(&headers));
    }
    let options = app.options.clone();
    let listing = app.work(move |loaded| loaded.listing.get_or_init(|| listing(loaded, &options)).clone()).await?;
    Ok(listing.answer(&headers))
}

fn listing(loaded: &Loaded, options: &Options) -> Payload {
    let packs = loaded.builder.project().packs();
    let packs: Vec<Value> = packs.iter().map(|id| entry(loaded, id, options)).collect();
    Payload::json(&json!({ "packs": packs }))
}

fn entry(loaded: &Loaded, id: &PackId, options: &Options) -> Value {
    let organisation = loaded.builder.project().organisation(&id.organisation);
    let organisation = organisation.and_then(|files| files.organisation.value.as_ref());
    let (pack, found) = match loaded.builder.assemble(id, options) {
        Ok((pack, warnings)) => (Some(pack), warnings),
        Err(faults) => (None, faults),
    };
    let pack = pack.as_ref();
    json!({
        "organisation": id.organisation,
        "name": id.name,
        "kind": kind(id),
        "state": if pack.is_some() { "ready" } else { "faulty" },
        "title": pack.map(|pack| &pack.words.profile.post_title),
        "status": pack.map(|pack| pack.profile.status.name()),
        "draft": pack.map(|pack| pack.draft),
        "example": pack.map(|pack| pack.example),
        "layout": options.layout.as_ref().or(organisation.map(|organisation| &organisation.layout)),
        "errors": count(&found, Severity::Error),
        "warnings": count(&found, Severity::Warning),
        "links": links(id),
    })
}

fn count(found: &[Diagnostic], severity: Severity) -> usize {
    found.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}
