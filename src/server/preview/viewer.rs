//! `/packs/{organisation}/{pack}`: one document of a pack, page by page or as a web page, with what there is to say of it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;

use super::super::access::Access;
use super::super::live::Loaded;
use super::super::problem::Problem;
use super::super::query;
use super::super::state::App;
use super::page;
use super::view::{Moment, Named, ViewQuery, address, base, moment, names};
use crate::build::variant;
use crate::build::Options;
use crate::layout::{self, Audience};
use crate::project::{PackId, PackKind};
use crate::source::{LANGUAGES, primary};

/// The viewer, as its template sees it.
#[derive(Serialize)]
struct Viewer {
    #[serde(flatten)]
    pack: Shown,
    /// Which of the pack's screens it is: `pages` or `web`.
    tab: &'static str,
    /// Whether it is the web page that is shown.
    web: bool,
    moment: Moment,
}

/// What all screens of a pack have: its name and what can be chosen of it.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    title: String,
    pub(super) organisation: String,
    pub(super) name: String,
    /// Name of the organisation.
    employer: String,
    /// `profile` or `vacancy`, and where it stands.
    kind: &'static str,
    status: Option<&'static str>,
    example: bool,
    /// Packs that belong to it: what it is called, and its address.
    related: Vec<(String, String)>,
    /// Address of its screens.
    base: String,
    pub(super) document: String,
    pub(super) variant: String,
    pub(super) language: String,
    pub(super) layout: String,
    /// What is chosen, as the query of an address.
    query: String,
    pub(super) documents: Vec<(String, String)>,
    /// Ways to read: name, and what that is called.
    pub(super) variants: Vec<(String, String)>,
    languages: Vec<(&'static str, &'static str)>,
    /// Layouts: name of the folder, and name.
    pub(super) layouts: Vec<(String, String)>,
    /// Whether there is a token that was not shown.
    locked: bool,
    /// Whether the zip for the panel can be had.
    panel: bool,
}

/// One pack.
pub(super) async fn get_viewer(
    State(app): State<Arc<App>>,
    path: Named,
    query: query::Asked<ViewQuery>,
    access: Access,
) -> Result<Response, Problem> {
    let (organisation, name) = names(path)?;
    let query = ViewQuery::of(query)?;
    let web = match query.view.as_deref() {
        None | Some("pages") => false,
        Some("web") => true,
        Some(other) => return Err(query::malformed(&format!("there is no view `{other}`"), "`view` is `pages` or `web`")),
    };
    let (options, locked) = (app.options.clone(), app.token.is_some() && access == Access::Anybody);
    let shown = app.work(move |loaded| {
        let id = loaded.find(&organisation, &name)?;
        let moment = moment(loaded, &id, &query, &options, access)?;
        let pack = Shown { locked, ..shown(loaded, &id, &query, &options, access) };
        page("viewer.html", &Viewer { pack, tab: if web { "web" } else { "pages" }, web, moment })
    });
    shown.await?
}

/// What can be chosen of a pack, and what is.
pub(super) fn shown(loaded: &Loaded, id: &PackId, query: &ViewQuery, options: &Options, access: Access) -> Shown {
    let project = loaded.builder.project();
    let files = project.organisation(&id.organisation);
    let own = files.map_or("en", |files| primary(&files.language)).to_owned();
    let own_layout = files.and_then(|files| files.organisation.value.as_ref()).map(|value| value.layout.clone());
    let key = query.key(id);
    let outline = outline(loaded, id, &key.options(options), access);
    let pack = loaded.builder.assemble(id, options).ok().map(|(pack, _)| pack);
    // Another language only where there are words in it, or somebody has asked for it.
    let spoken = |tag: &&'static str| *tag == own || key.language.as_deref() == Some(*tag) || loaded.builder.speaks(id, options, tag);
    let languages = LANGUAGES.into_iter().filter(spoken).map(|tag| (tag, if tag == "cy" { "Cymraeg" } else { "English" })).collect();
    let (language, layout) = (key.language.clone().unwrap_or_else(|| own.clone()), key.layout.or(own_layout.clone()).unwrap_or_default());
    // What is usual stands in no address.
    let other = |given: &str, usual: &str| Some(given.to_owned()).filter(|given| given != usual);
    let other_language = other(&language, &own);
    let other_layout = other(&layout, own_layout.as_deref().unwrap_or_default());
    Shown {
        title: outline.title,
        organisation: id.organisation.clone(),
        name: id.name.clone(),
        employer: files.map_or(id.organisation.as_str(), |files| files.name()).to_owned(),
        kind: super::super::pack::kind(id),
        status: pack.as_ref().map(|pack| pack.profile.status.name()),
        example: pack.as_ref().is_some_and(|pack| pack.example),
        related: related(loaded, id),
        base: base(&id.organisation, &id.name),
        query: address(Some(&key.document), Some(&key.variant), other_language.as_deref(), other_layout.as_deref()),
        document: key.document,
        variant: key.variant,
        language,
        layout,
        documents: outline.documents,
        variants: variant::labelled(&project.files),
        languages,
        layouts: layouts(loaded, &own),
        locked: false,
        panel: outline.panel,
    }
}

/// What a pack is called, and the documents of it that somebody may see.
pub(super) struct Outlined {
    pub(super) title: String,
    /// Name and title; the one that holds the whole first.
    pub(super) documents: Vec<(String, String)>,
    /// Whether there are any for the panel that may be seen.
    pub(super) panel: bool,
}

/// What a pack is called, and what it has: now, or before its errors.
pub(super) fn outline(loaded: &Loaded, id: &PackId, options: &Options, access: Access) -> Outlined {
    let now = loaded.builder.outline(id, options).ok();
    let (title, mut documents) = loaded.kept.outline(id, now).unwrap_or_else(|| (id.name.clone(), Vec::new()));
    documents.retain(|(_, _, audience)| *audience == Audience::Candidate || access == Access::Trusted);
    documents.sort_by_key(|(name, ..)| name != layout::MAIN_DOCUMENT);
    let panel = documents.iter().any(|(_, _, audience)| *audience == Audience::Panel);
    Outlined { title, documents: documents.into_iter().map(|(name, title, _)| (name, title)).collect(), panel }
}

/// All layouts: name of the folder, and name in a language.
pub(super) fn layouts(loaded: &Loaded, language: &str) -> Vec<(String, String)> {
    let named = |id: String| {
        let name = loaded.builder.layout(&id, language).ok().map(|layout| layout.manifest.name.clone());
        (id.clone(), name.unwrap_or(id))
    };
    layout::names(&loaded.builder.project().files).into_iter().map(named).collect()
}

/// The profile of a vacancy, if it is there.
pub(super) fn profile<'a>(loaded: &'a Loaded, id: &PackId) -> Option<&'a str> {
    let files = loaded.builder.project().organisation(&id.organisation)?;
    let vacancy = files.vacancy(id)?.get();
    let profile = &vacancy.value.as_ref()?.profile;
    files.profiles.get_key_value(profile).map(|(name, _)| name.as_str())
}

/// The profile of a vacancy, or the vacancies of a profile: what it is called, and its address.
fn related(loaded: &Loaded, id: &PackId) -> Vec<(String, String)> {
    let address = |name: &str| base(&id.organisation, name);
    if id.kind == PackKind::Vacancy {
        return profile(loaded, id).map(|profile| ("Its profile".to_owned(), address(profile))).into_iter().collect();
    }
    let vacancies = loaded.builder.project().organisation(&id.organisation).into_iter().flat_map(|files| &files.vacancies);
    let own = vacancies.filter(|(_, file)| file.get().value.as_ref().is_some_and(|vacancy| vacancy.profile == id.name));
    own.map(|(name, _)| (format!("Vacancy {name}"), address(name))).collect()
}
