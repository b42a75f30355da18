//! `GET /api/v1/layouts`: in which ways packs can look.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::live::Loaded;
use super::payload::{Asked, Payload};
use super::problem::Problem;
use super::state::App;
use crate::build::variant;
use crate::layout;
use crate::source::LANGUAGES;

/// All layouts, and what can be asked of each.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Layouts {
    layouts: Vec<LayoutEntry>,
    /// Ways to read a document.
    variants: Vec<String>,
    /// Languages that layouts have words for.
    languages: Vec<String>,
}

/// A layout.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct LayoutEntry {
    /// Name of its folder.
    id: String,
    /// Its name; none if it has faults.
    #[schema(required)]
    name: Option<String>,
    /// What it is for.
    #[schema(required)]
    description: Option<String>,
    documents: Vec<DocumentEntry>,
}

/// A document of a layout.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DocumentEntry {
    id: String,
    /// What it is called in its title.
    title: String,
    /// Who reads it: `candidate` or `panel`.
    #[schema(value_type = String, example = "candidate")]
    audience: layout::Audience,
}

/// The layouts of the project
#[utoipa::path(get, path = "/api/v1/layouts", operation_id = "list_layouts", tag = "packs",
    responses((status = 200, description = "All layouts with their documents, sorted", body = Layouts)))]
pub(super) async fn list_layouts(State(app): State<Arc<App>>, asked: Asked) -> Result<Response, Problem> {
    let layouts = app.work(|loaded| Payload::json(&layouts(loaded))).await?;
    Ok(layouts.answer(&asked))
}

fn layouts(loaded: &Loaded) -> Layouts {
    let files = &loaded.builder.project().files;
    let entry = |id: String| {
        let layout = loaded.builder.layout(&id, "en").ok();
        let manifest = layout.as_ref().map(|layout| &layout.manifest);
        let documents = manifest.into_iter().flat_map(|manifest| &manifest.documents);
        let document = |(id, spec): (&String, &layout::DocumentSpec)| DocumentEntry { id: id.clone(), title: spec.title.clone(), audience: spec.audience };
        LayoutEntry {
            name: manifest.map(|manifest| manifest.name.clone()),
            description: manifest.and_then(|manifest| manifest.description.clone()),
            documents: documents.map(document).collect(),
            id,
        }
    };
    let languages = LANGUAGES.map(str::to_owned).to_vec();
    Layouts { layouts: layout::names(files).into_iter().map(entry).collect(), variants: variant::names(files), languages }
}
