//! `/`: all packs with a picture of their first page and their state.

use std::sync::Arc;
use std::time::SystemTime;

use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

use super::super::access::Access;
use super::super::live::Loaded;
use super::super::packs::{PackEntry, PacksQuery, all};
use super::super::problem::Problem;
use super::super::query;
use super::super::state::App;
use super::page;
use super::view::link;
use crate::document::posting;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GalleryQuery {
    q: Option<String>,
    organisation: Option<String>,
    show: Option<String>,
}

/// What packs can be chosen by, and what that is called.
const STATES: [(&str, &str); 6] = [
    ("errors", "With errors"),
    ("warnings", "With warnings"),
    ("fine", "Without findings"),
    ("draft", "Drafts"),
    ("open", "Open for applications"),
    ("closed", "Closed"),
];

/// The gallery, as its template sees it.
#[derive(Serialize)]
struct Gallery<'a> {
    title: &'static str,
    query: &'a PacksQuery,
    show: &'a str,
    states: [(&'static str, &'static str); 6],
    /// Names for the choice of an organisation: folder and name.
    organisations: Vec<(&'a str, &'a str)>,
    groups: Vec<Group<'a>>,
    total: usize,
    /// What keeps several packs from being made: the error, where it can be read, and how many.
    causes: Vec<Cause<'a>>,
    /// Whether there is a token that was not shown, or that was.
    locked: bool,
    signed_in: bool,
}

/// An error that several packs share.
#[derive(Serialize)]
struct Cause<'a> {
    error: &'a str,
    link: Option<String>,
    packs: usize,
}

/// The packs of one organisation.
#[derive(Serialize)]
struct Group<'a> {
    id: &'a str,
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
    /// Whether the time for applications is over.
    closed: bool,
    /// When it is over, for people.
    closing: Option<String>,
    /// Its title, or the one that it had before its errors.
    called: String,
}

/// The gallery.
pub(super) async fn get_gallery(
    State(app): State<Arc<App>>,
    query: query::Asked<GalleryQuery>,
    access: Access,
) -> Result<Response, Problem> {
    let mut query = query::read(query, "`organisation`, `show` and `q`")?;
    query::filled(&mut [&mut query.q, &mut query.organisation, &mut query.show]);
    let show = query.show.unwrap_or_default();
    if !show.is_empty() && !STATES.iter().any(|(name, _)| *name == show) {
        return Err(query::malformed(&format!("packs can't be chosen by `{show}`"), "`show` is `errors`, `warnings`, `fine`, `draft`, `open` or `closed`"));
    }
    let query = PacksQuery::of(query.organisation, query.q);
    let all = all(&app).await?;
    let loaded = app.project().await;
    let files = &loaded.builder.project().organisations;
    let organisations = files.iter().map(|(id, files)| (id.as_str(), files.name())).collect();
    let now = DateTime::<Utc>::from(SystemTime::now()).fixed_offset();
    let card = |pack| card(pack, now, loaded.title(pack));
    let shown: Vec<Card<'_>> = all.iter().filter(|pack| query.fits(pack)).map(card).filter(|card| card.is_shown(&show)).collect();
    let causes = causes(&shown);
    let total = shown.len();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for card in shown {
        let id = card.pack.organisation.as_str();
        // The packs come sorted by organisation.
        match groups.last_mut().filter(|group| group.id == id) {
            Some(group) => group.packs.push(card),
            None => groups.push(Group { id, name: files.get(id).map_or(id, |files| files.name()), packs: vec![card] }),
        }
    }
    let [locked, signed_in] = [Access::Anybody, Access::Trusted].map(|shown| app.token.is_some() && access == shown);
    page("gallery.html", &Gallery { title: "Job packs", query: &query, show: &show, states: STATES, organisations, groups, total, causes, locked, signed_in })
}

impl Card<'_> {
    fn is_shown(&self, show: &str) -> bool {
        match show {
            "errors" => self.pack.errors > 0,
            "warnings" => self.pack.warnings > 0,
            "fine" => self.pack.errors + self.pack.warnings == 0,
            "draft" => self.pack.status == Some("draft"),
            "open" => self.pack.closes.is_some() && !self.closed,
            "closed" => self.closed,
            _ => true,
        }
    }
}

/// Errors that more than one pack has, the most frequent first.
fn causes<'a>(cards: &[Card<'a>]) -> Vec<Cause<'a>> {
    let mut all: Vec<Cause<'a>> = Vec::new();
    for error in cards.iter().filter_map(|card| card.pack.error.as_deref()) {
        match all.iter_mut().find(|cause| cause.error == error) {
            Some(cause) => cause.packs += 1,
            None => all.push(Cause { error, link: place(error), packs: 1 }),
        }
    }
    all.retain(|cause| cause.packs > 1);
    all.sort_by_key(|cause| std::cmp::Reverse(cause.packs));
    all
}

/// Where the line that an error begins with can be read.
fn place(error: &str) -> Option<String> {
    let mut parts = error.splitn(3, ':');
    let (path, line) = (parts.next()?, parts.next()?);
    Some(link(path, Some(line.parse().ok()?)))
}

impl Loaded {
    /// What a pack is called, or was before its errors; its name, if nobody knows.
    fn title(&self, pack: &PackEntry) -> String {
        let last = || self.kept.outline(&self.find(&pack.organisation, &pack.name).ok()?, None).map(|(title, _)| title);
        pack.title.clone().or_else(last).unwrap_or_else(|| pack.name.clone())
    }
}

fn card(pack: &PackEntry, now: DateTime<FixedOffset>, called: String) -> Card<'_> {
    let many = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let (said, look) = match (pack.errors, pack.warnings) {
        (0, 0) => ("No findings".to_owned(), "ok"),
        (0, count) => (many(count, "warning"), "warn"),
        (count, _) => (many(count, "error"), "bad"),
    };
    let closes = pack.closes.as_deref();
    let day = |closes: &str| DateTime::parse_from_rfc3339(closes).ok().map(|closes| closes.format("%-d %B %Y").to_string());
    let closed = closes.is_some_and(|closes| posting::is_over(closes, now));
    Card { pack, said, look, closed, closing: closes.and_then(day), called }
}
