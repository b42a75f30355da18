//! `GET /api/v1/packs/{organisation}/{pack}`: one pack with its manifest, findings and links; and how a pack is built.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::access::Access;
use super::disposition::segment;
use super::findings::Finding;
use super::live::Loaded;
use super::payload::{Asked, Payload};
use super::problem::Problem;
use super::state::App;
use crate::build::{BuiltPack, Options};
use crate::bundle::{MANIFEST, Manifest};
use crate::check;
use crate::diagnostic::{Diagnostic, emit};
use crate::layout::Audience;
use crate::project::{PackId, PackKind};

/// Size of what is kept of a pack beside its files, roughly, in bytes.
const OVERHEAD: usize = 4096;

/// What is answered about a pack that was built, or could not be.
#[derive(Debug)]
pub(super) struct BuiltAnswers {
    /// Manifest, findings and links; the second one with what is for the panel.
    descriptions: [Payload; 2],
    /// The files, or every reason why there are none.
    pub(super) files: Result<PackFiles, Problem>,
}

/// The files of a pack.
#[derive(Debug)]
pub(super) struct PackFiles {
    /// By name, with who reads them.
    files: BTreeMap<String, (Audience, Payload)>,
    /// The manifest that names the panel's files too.
    whole_manifest: Payload,
    /// The zip for candidates.
    pub(super) bundle: Payload,
    /// The zip for the panel, if there is anything for it.
    pub(super) panel: Option<Payload>,
}

impl PackFiles {
    /// A file by its name.
    ///
    /// # Errors
    /// 404, and 401 for what is for the panel.
    pub(super) fn file(&self, name: &str, access: Access) -> Result<&Payload, Problem> {
        let Some((audience, payload)) = self.files.get(name) else {
            let known = self.files.iter().filter(|(_, (audience, _))| *audience == Audience::Candidate || access == Access::Trusted);
            return Err(Problem::unknown("unknown-file", "file", name, known.map(|(name, _)| name.as_str())));
        };
        match audience {
            Audience::Candidate if name == MANIFEST && access == Access::Trusted => Ok(&self.whole_manifest),
            Audience::Candidate => Ok(payload),
            Audience::Panel => access.panel().map(|()| payload),
        }
    }

    fn size(&self) -> usize {
        let files = self.files.values().map(|(_, payload)| payload.size()).sum::<usize>();
        files + self.whole_manifest.size() + self.bundle.size() + self.panel.as_ref().map_or(0, Payload::size)
    }
}

impl BuiltAnswers {
    /// Size in bytes.
    pub(super) fn size(&self) -> usize {
        let described: usize = self.descriptions.iter().map(Payload::size).sum();
        OVERHEAD + described + self.files.as_ref().map_or(0, PackFiles::size)
    }
}

/// A pack.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PackDescription<'a> {
    organisation: &'a str,
    name: &'a str,
    /// `profile` or `vacancy`.
    kind: &'a str,
    /// `ready` or `faulty`.
    state: &'a str,
    /// What the pack holds and was made from; none if it has faults.
    #[schema(required, value_type = Option<Object>)]
    manifest: Option<Manifest>,
    #[schema(value_type = Vec<Finding>)]
    diagnostics: Vec<Value>,
    links: PackLinks,
}

/// Where everything of a pack is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct PackLinks {
    #[serde(flatten)]
    own: Links,
    files: Vec<FileLink>,
}

/// Where a pack and its zip are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct Links {
    #[serde(rename = "self")]
    own: String,
    bundle: String,
    /// The first page of its job pack as a picture.
    page: String,
}

/// Where a file is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct FileLink {
    name: String,
    href: String,
}

/// One pack with its manifest, findings and links
///
/// The files for the selection panel are named only to who sends the token.
#[utoipa::path(get, path = "/api/v1/packs/{organisation}/{pack}", operation_id = "get_pack", tag = "packs",
    params(("organisation" = String, Path), ("pack" = String, Path)),
    responses((status = 200, description = "The pack, or what is wrong with it", body = inline(PackDescription<'static>))))]
pub(super) async fn get_pack(
    State(app): State<Arc<App>>,
    path: Result<Path<(String, String)>, PathRejection>,
    access: Access,
    asked: Asked,
) -> Result<Response, Problem> {
    let pack = named(&app, path).await?;
    let [candidates, whole] = &pack.descriptions;
    Ok(if access == Access::Trusted { whole } else { candidates }.answer(&asked))
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
    let words = loaded.builder.look_over(std::slice::from_ref(id), &check::today(), false).into_words();
    let with_words = |found: &[Diagnostic]| {
        // What keeps a published pack from being built has been said.
        let new = words.iter().filter(|finding| !found.iter().any(|other| (other.code, &other.span) == (finding.code, &finding.span)));
        found.iter().chain(new).cloned().collect::<Vec<_>>()
    };
    match loaded.builder.build(id, options) {
        Ok((built, warnings)) => {
            let manifest = built.files.iter().find(|file| file.name == MANIFEST);
            let manifest = manifest.and_then(|file| serde_json::from_slice::<Manifest>(&file.bytes).ok());
            let candidates = manifest.as_ref().map(|manifest| manifest.of(Audience::Candidate));
            let [open, whole] = [candidates.clone(), manifest].map(|manifest| describe(id, manifest, &with_words(&warnings)));
            let descriptions = [open, whole.private()];
            BuiltAnswers { descriptions: descriptions.map(Payload::ready), files: Ok(pack_files(built, candidates)) }
        }
        Err(faults) => {
            let problem = Problem::faults(&format!("the pack `{id}`"), &faults);
            let description = describe(id, None, &with_words(&faults));
            BuiltAnswers { descriptions: [description.clone(), description], files: Err(problem) }
        }
    }
}

fn pack_files(built: BuiltPack, candidates: Option<Manifest>) -> PackFiles {
    let zip = |audience, bytes| {
        let name = Manifest::archive(&built.id, audience);
        Payload::file(name.rsplit('/').next().unwrap_or(&name), "application/zip", bytes)
    };
    let bundle = zip(Audience::Candidate, built.zips.candidate);
    let panel = built.zips.panel.map(|bytes| zip(Audience::Panel, bytes).private());
    let mut whole_manifest = Payload::file(MANIFEST, "application/json", Vec::new());
    let mut files = BTreeMap::new();
    for mut file in built.files {
        if file.name == MANIFEST {
            whole_manifest = Payload::file(MANIFEST, file.media_type, file.bytes.clone()).private();
            file.bytes = candidates.as_ref().map(Manifest::to_json).unwrap_or_default();
        }
        let payload = Payload::file(&file.name, file.media_type, file.bytes);
        let payload = if file.audience == Audience::Panel { payload.private() } else { payload }.ready();
        files.insert(file.name, (file.audience, payload));
    }
    PackFiles { files, whole_manifest, bundle, panel }
}

fn describe(id: &PackId, manifest: Option<Manifest>, found: &[Diagnostic]) -> Payload {
    let base = address(id);
    let files = manifest.iter().flat_map(|manifest| &manifest.files).map(|file| file.path.as_str());
    let files = files.chain(manifest.is_some().then_some(MANIFEST));
    let files = files.map(|name| FileLink { name: name.to_owned(), href: format!("{base}/files/{}", segment(name)) });
    Payload::json(&PackDescription {
        organisation: &id.organisation,
        name: &id.name,
        kind: kind(id),
        state: if manifest.is_some() { "ready" } else { "faulty" },
        diagnostics: found.iter().map(emit::to_json).collect(),
        links: PackLinks { own: links(id), files: files.collect() },
        manifest,
    })
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

/// Where a pack, its bundle and its first page are.
pub(super) fn links(id: &PackId) -> Links {
    let base = address(id);
    Links { bundle: format!("{base}/bundle.zip"), page: format!("{base}/pages/1"), own: base }
}
