//! `GET /api/v1/packs/{organisation}/{pack}`: one pack with its manifest, findings and links; and how a pack is built.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use super::disposition::segment;
use super::live::Loaded;
use super::payload::Payload;
use super::problem::Problem;
use super::state::App;
use crate::build::{BuiltPack, Options};
use crate::diagnostic::{Diagnostic, emit};
use crate::project::{PackId, PackKind};

/// Size of what is kept of a pack beside its files, roughly, in bytes.
const OVERHEAD: usize = 4096;

/// What is answered about a pack that was built, or could not be.
#[derive(Debug)]
pub(super) struct BuiltAnswers {
    /// Manifest, findings and links.
    pub(super) description: Payload,
    /// The files, or every reason why there are none.
    pub(super) files: Result<PackFiles, Problem>,
}

/// The files of a pack.
#[derive(Debug)]
pub(super) struct PackFiles {
    /// By name.
    pub(super) files: BTreeMap<String, Payload>,
    /// The zip.
    pub(super) bundle: Payload,
}

impl BuiltAnswers {
    /// Size in bytes.
    pub(super) fn size(&self) -> usize {
        let files = self.files.as_ref().map_or(0, |files| {
            files.files.values().map(Payload::size).sum::<usize>() + files.bundle.size()
        });
        OVERHEAD + self.description.size() + files
    }
}

/// A pack by its manifest, or with every fault that keeps it from being built.
pub(super) async fn get_pack(
    State(app): State<Arc<App>>,
    path: Result<Path<(String, String)>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    Ok(named(&app, path).await?.description.answer(&headers))
}

/// The pack that a path names.
pub(super) async fn named(
    app: &App,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Arc<BuiltAnswers>, Problem> {
    let Path((organisation, name)) = path.map_err(malformed_path)?;
    app.pack(&organisation, &name).await
}

/// A path that is no text.
pub(super) fn malformed_path(rejection: PathRejection) -> Problem {
    Problem::malformed(Diagnostic::error("malformed-path", rejection.body_text().to_lowercase()))
}

/// Builds every document of a pack and makes the answers about it.
pub(super) fn build(loaded: &Loaded, id: &PackId, options: &Options) -> BuiltAnswers {
    match loaded.builder.build(id, options) {
        Ok((built, warnings)) => {
            let manifest = built.files.iter().find(|file| file.name == "manifest.json");
            let manifest = manifest.and_then(|file| serde_json::from_slice(&file.bytes).ok());
            let names: Vec<&str> = built.files.iter().map(|file| file.name.as_str()).collect();
            let description = describe(id, manifest, &warnings, &names);
            BuiltAnswers { description, files: Ok(pack_files(built)) }
        }
        Err(faults) => {
            let problem = Problem::faults(&format!("the pack `{id}`"), &faults);
            BuiltAnswers { description: describe(id, None, &faults, &[]), files: Err(problem) }
        }
    }
}

fn pack_files(built: BuiltPack) -> PackFiles {
    let bundle = Payload::file(&format!("{}.zip", built.id.name), "application/zip", built.zips.candidate);
    let files = built.files.into_iter().map(|file| {
        let payload = Payload::file(&file.name, file.media_type, file.bytes);
        (file.name, payload)
    });
    PackFiles { files: files.collect(), bundle }
}

fn describe(id: &PackId, manifest: Option<Value>, found: &[Diagnostic], files: &[&str]) -> Payload {
    let base = address(id);
    let mut links = links(id);
    let files = files.iter().map(|name| json!({"name": name, "href": format!("{base}/files/{}", segment(name))}));
    links["files"] = files.collect();
    Payload::json(&json!({
        "organisation": id.organisation,
        "name": id.name,
        "kind": kind(id),
        "state": if manifest.is_some() { "ready" } else { "faulty" },
        "manifest": manifest,
        "diagnostics": found.iter().map(emit::to_json).collect::<Vec<_>>(),
        "links": links,
    }))
}

/// The word for what a pack is made from.
pub(super) fn kind(id: &PackId) -> &'static str {
    match id.kind {
        PackKind::Profile => "profile",
        PackKind::Vacancy => "vacancy",
    }
}

fn address(id: &PackId) -> String {
    format!("/api/v1/packs/{}/{}", segment(&id.organisation), segment(&id.name))
}

/// Where a pack and its bundle are.
pub(super) fn links(id: &PackId) -> Value {
    let base = address(id);
    json!({"self": base, "bundle": format!("{base}/bundle.zip")})
}
