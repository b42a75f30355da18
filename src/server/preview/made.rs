//! `/packs/{organisation}/{pack}/file`: one document in any format, variant, language and layout; and
//! `/source/{path}`: a file of the project with its lines, where a finding points.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;

use super::super::access::Access;
use super::super::negotiate::Answer;
use super::super::job::known_variant;
use super::super::pack::malformed_path;
use super::super::pages::{allowed, there};
use super::super::payload::{Asked, Payload};
use super::super::problem::Problem;
use super::super::query;
use super::super::state::App;
use super::page;
use super::view::{Named, ViewQuery, editor, names};
use crate::diagnostic::Diagnostic;
use crate::layout::Audience;
use crate::project::FOLDERS;

/// One document as a file.
pub(super) async fn get_made(
    State(app): State<Arc<App>>,
    path: Named,
    query: query::Asked<ViewQuery>,
    access: Access,
    asked: Asked,
) -> Result<Response, Problem> {
    let (organisation, name) = names(path)?;
    let query = ViewQuery::of(query)?;
    let format = query.format.as_deref().unwrap_or("pdf");
    let Some(Answer::Document(format)) = Answer::named(format) else {
        return Err(query::malformed(&format!("there is no format `{format}`"), "`format` is `pdf`, `docx`, `html` or `txt`"));
    };
    let options = app.options.clone();
    let made = app.work(move |loaded| {
        let id = loaded.find(&organisation, &name)?;
        let key = query.key(&id);
        let (options, audience) = allowed(loaded, &key, &options, access)?;
        known_variant(&loaded.builder, &key.variant)?;
        match loaded.builder.file(&id, &options, &key.document, format) {
            Ok(file) => {
                let payload = Payload::file(&file.name, file.media_type, file.bytes);
                Ok(if audience == Some(Audience::Panel) { payload.private() } else { payload })
            }
            Err(faults) => Err(Problem::faults(&format!("the pack `{id}`"), &there(faults)?)),
        }
    });
    Ok(made.await??.answer(&asked))
}

/// A file with its lines.
#[derive(Serialize)]
struct Source {
    title: String,
    path: String,
    lines: Vec<String>,
    /// Where it can be changed, if it is that of a pack.
    edit: Option<String>,
}

/// A text of the project, or of the program behind it.
pub(super) async fn get_source(
    State(app): State<Arc<App>>,
    path: Result<Path<String>, PathRejection>,
    access: Access,
) -> Result<Response, Problem> {
    let Path(path) = path.map_err(malformed_path)?;
    app.staff(access)?;
    let shown = app.work(move |loaded| {
        let is_input = FOLDERS.iter().any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
        let hidden = path.split('/').any(|part| part.starts_with('.'));
        let text = Some(&loaded.builder.project().files).filter(|_| is_input && !hidden).and_then(|files| files.text(&path).ok());
        let text = text.ok_or_else(|| {
            let fault = Diagnostic::error("unknown-file", format!("there is no text `{path}` in this project"));
            Problem::new(StatusCode::NOT_FOUND, fault.hint("texts are under `profiles/` and `templates/`"))
        })?;
        page("source.html", &Source { title: path.clone(), lines: text.text.lines().map(str::to_owned).collect(), edit: editor(&path), path: path.clone() })
    });
    shown.await?
}
