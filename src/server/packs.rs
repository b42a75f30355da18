//! `GET /api/v1/packs`: the packs of the project, those with faults included.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::live::Loaded;
use super::pack::{Links, kind, links};
use super::payload::{Asked, Payload};
use super::problem::Problem;
use super::query;
use super::state::App;
use crate::build::Options;
use crate::check;
use crate::diagnostic::{Diagnostic, Severity, emit};
use crate::document::posting;
use crate::project::PackId;

/// Most packs of one answer, and how many there are if nothing is said.
const MOST: usize = 1000;

const HINT: &str = "`organisation`, `layout`, `kind`, `status`, `state`, `q`, `limit` (1 to 1000) and `offset`";

/// Which packs.
#[derive(Debug, Clone, Default, Deserialize, Serialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PacksQuery {
    /// Of this organisation only.
    pub(super) organisation: Option<String>,
    /// In this layout only.
    layout: Option<String>,
    /// Made from a profile or from a vacancy only.
    #[param(example = "vacancy")]
    kind: Option<String>,
    /// With this status of the profile only.
    #[param(example = "published")]
    status: Option<String>,
    /// Without faults (`ready`) or with (`faulty`) only.
    #[param(example = "ready")]
    state: Option<String>,
    /// With these letters in their name or title only.
    pub(super) q: Option<String>,
    /// At most so many.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// Without the first so many.
    #[param(minimum = 0)]
    offset: Option<usize>,
}

/// A part of the packs.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Packs {
    packs: Vec<PackEntry>,
    /// How many fit what was asked for, on all pages.
    total: usize,
    limit: usize,
    offset: usize,
}

/// A pack in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct PackEntry {
    pub(super) organisation: String,
    pub(super) name: String,
    /// `profile` or `vacancy`.
    #[schema(value_type = String, example = "vacancy")]
    pub(super) kind: &'static str,
    /// `ready` or `faulty`.
    #[schema(value_type = String, example = "ready")]
    pub(super) state: &'static str,
    /// Title of the post.
    #[schema(required)]
    pub(super) title: Option<String>,
    /// `draft`, `approved`, `published` or `withdrawn`.
    #[schema(required, value_type = Option<String>, example = "draft")]
    pub(super) status: Option<&'static str>,
    /// Whether the documents say that they are a draft.
    #[schema(required)]
    draft: Option<bool>,
    /// Whether the documents say that they are an example.
    #[schema(required)]
    example: Option<bool>,
    #[schema(required)]
    layout: Option<String>,
    /// When applications close (RFC 3339), if the pack is that of a vacancy that says so.
    #[schema(required, example = "2027-01-29T17:00:00+00:00")]
    pub(super) closes: Option<String>,
    /// The first error, with its place; none if there is none.
    #[schema(required, example = "profiles/havering/faulty.yaml:5:1: there is no field `grad` here")]
    pub(super) error: Option<String>,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// What the rules find in its words, and in the words that it shares with other packs of its organisation.
    words: WordsFound,
    pub(super) links: Links,
}

/// How many findings there are in words. An error keeps the pack from being built once it is published.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub(super) struct WordsFound {
    errors: usize,
    warnings: usize,
    advice: usize,
}

/// The packs of the project
///
/// Sorted by organisation and name. None is typeset for it.
#[utoipa::path(get, path = "/api/v1/packs", operation_id = "list_packs", tag = "packs", params(PacksQuery),
    responses((status = 200, description = "Packs, those with faults included", body = Packs)))]
pub(super) async fn list_packs(
    State(app): State<Arc<App>>,
    query: query::Asked<PacksQuery>,
    asked: Asked,
) -> Result<Response, Problem> {
    let query = query::read(query, HINT)?;
    let limit = query.limit.unwrap_or(MOST);
    if !(1..=MOST).contains(&limit) {
        return Err(query::malformed(&format!("`limit` is {limit}"), HINT));
    }
    let all = all(&app).await?;
    let fitting: Vec<&PackEntry> = all.iter().filter(|pack| query.fits(pack)).collect();
    let (total, offset) = (fitting.len(), query.offset.unwrap_or(0));
    let packs = fitting.into_iter().skip(offset).take(limit).cloned().collect();
    Ok(Payload::json(&Packs { packs, total, limit, offset }).answer(&asked))
}

/// All packs, looked through once for each reading of the project.
pub(super) async fn all(app: &App) -> Result<Arc<[PackEntry]>, Problem> {
    if let Some(all) = app.project().await.listing.get() {
        return Ok(Arc::clone(all));
    }
    let options = app.options.clone();
    app.work(move |loaded| Arc::clone(loaded.listing.get_or_init(|| listing(loaded, &options).into()))).await
}

impl PacksQuery {
    /// Packs of an organisation with letters in their name or title; all where nothing is said.
    pub(super) fn of(organisation: Option<String>, q: Option<String>) -> Self {
        Self { organisation, q, ..Self::default() }
    }

    /// Whether a pack is among those that are asked for.
    pub(super) fn fits(&self, pack: &PackEntry) -> bool {
        let is = |wanted: &Option<String>, has: Option<&str>| wanted.as_deref().is_none_or(|wanted| Some(wanted) == has);
        let holds = |text: &str, words: &str| text.to_lowercase().contains(&words.to_lowercase());
        let searched = |words: &str| holds(&pack.name, words) || pack.title.as_ref().is_some_and(|title| holds(title, words));
        is(&self.organisation, Some(&pack.organisation))
            && is(&self.layout, pack.layout.as_deref())
            && is(&self.kind, Some(pack.kind))
            && is(&self.status, pack.status)
            && is(&self.state, Some(pack.state))
            && self.q.as_deref().is_none_or(searched)
    }
}

fn listing(loaded: &Loaded, options: &Options) -> Vec<PackEntry> {
    let packs = loaded.builder.project().packs();
    let found = loaded.builder.look_over(&packs, &check::today(), false);
    let words = |id: &PackId| {
        let own = found.packs.get(id).map(|pack| &pack.words);
        let found: Vec<&Diagnostic> = found.shared.get(&id.organisation).into_iter().chain(own).flatten().collect();
        let count = |severity| found.iter().filter(|finding| finding.severity == severity).count();
        WordsFound { errors: count(Severity::Error), warnings: count(Severity::Warning), advice: count(Severity::Advice) }
    };
    packs.iter().map(|id| entry(loaded, id, options, words(id))).collect()
}

fn entry(loaded: &Loaded, id: &PackId, options: &Options, words: WordsFound) -> PackEntry {
    let organisation = loaded.builder.project().organisation(&id.organisation);
    let organisation = organisation.and_then(|files| files.organisation.value.as_ref());
    let (pack, found) = match loaded.builder.assemble(id, options) {
        Ok((pack, warnings)) => (Some(pack), warnings),
        Err(faults) => (None, faults),
    };
    let pack = pack.as_ref();
    loaded.kept.outline(id, pack.map(|pack| (pack.words.profile.post_title.clone(), Vec::new())));
    PackEntry {
        organisation: id.organisation.clone(),
        name: id.name.clone(),
        kind: kind(id),
        state: if pack.is_some() { "ready" } else { "faulty" },
        title: pack.map(|pack| pack.words.profile.post_title.clone()),
        status: pack.map(|pack| pack.profile.status.name()),
        draft: pack.map(|pack| pack.draft),
        example: pack.map(|pack| pack.example),
        layout: options.layout.clone().or(organisation.map(|organisation| organisation.layout.clone())),
        closes: pack.and_then(|pack| pack.words.vacancy.as_ref()?.closing.as_ref()).map(posting::closes),
        error: found.iter().find(|found| found.severity == Severity::Error).map(said),
        errors: count(&found, Severity::Error),
        warnings: count(&found, Severity::Warning),
        words,
        links: links(id),
    }
}

/// A finding in a line.
fn said(found: &Diagnostic) -> String {
    let place = emit::place(found).map(|place| format!("{place}: ")).unwrap_or_default();
    format!("{place}{}", found.message)
}

fn count(found: &[Diagnostic], severity: Severity) -> usize {
    found.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}
