//! `/`: all packs with a picture of their first page and their state.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::super::packs::{PackEntry, PacksQuery, all};
use super::super::problem::Problem;
use super::super::query;
use super::super::state::App;
use super::page;

/// The gallery, as its template sees it.
#[derive(Serialize)]
struct Gallery<'a> {
    title: &'static str,
    query: &'a PacksQuery,
    /// Names for the choice of an organisation: folder and name.
    organisations: Vec<(&'a str, &'a str)>,
    groups: Vec<Group<'a>>,
    total: usize,
}

/// The packs of one organisation.
#[derive(Serialize)]
struct Group<'a> {
    name: &'a str,
    packs: Vec<Card<'a>>,
}

/// A pack.
#[derive(Serialize)]
struct Card<'a> {
    #[serde(flatten)]
    pack: &'a PackEntry,
    /// What its state is called, and how it looks: `ok`, `warn` or `bad`.
    said: String,
    look: &'static str,
}

/// The gallery.
pub(super) async fn get_gallery(
    State(app): State<Arc<App>>,
    query: query::Asked<PacksQuery>,
) -> Result<Response, Problem> {
    let mut query = query::read(query, "`organisation`, `state` and `q`")?;
    query.fill();
    let all = all(&app).await?;
    let loaded = app.project().await;
    let files = &loaded.builder.project().organisations;
    let named = |id: &'_ str| files.get(id).and_then(|files| files.organisation.value.as_ref()).map(|organisation| organisation.name.as_str());
    let organisations = files.keys().map(|id| (id.as_str(), named(id).unwrap_or(id))).collect();
    let shown: Vec<&PackEntry> = all.iter().filter(|pack| query.fits(pack)).collect();
    let total = shown.len();
    // The packs come sorted by organisation.
    let groups = shown.chunk_by(|one, other| one.organisation == other.organisation).filter_map(|packs| {
        let id = &packs.first()?.organisation;
        Some(Group { name: named(id).unwrap_or(id), packs: packs.iter().map(|pack| card(pack)).collect() })
    });
    let groups = groups.collect();
    page("gallery.html", &Gallery { title: "Job packs", query: &query, organisations, groups, total })
}

fn card(pack: &PackEntry) -> Card<'_> {
    let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (said, look) = match (pack.errors, pack.warnings) {
        (0, 0) => ("No findings".to_owned(), "ok"),
        (0, count) => (many(count, "warning"), "warn"),
        (count, _) => (many(count, "error"), "bad"),
    };
    Card { pack, said, look }
}
