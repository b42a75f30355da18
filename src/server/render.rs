//! `POST /api/v1/render`: a posted profile, answered as a document or a zip.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::HeaderValue;
use axum::http::header::VARY;
use axum::response::Response;
use serde::Deserialize;

use super::live::Loaded;
use super::negotiate::{Answer, negotiate};
use super::payload::Payload;
use super::posted::{self, Notation};
use super::problem::Problem;
use super::state::App;
use crate::build::variant::{self, STANDARD};
use crate::build::{BuiltPack, Options, POSTED, Posted, file_stem};
use crate::diagnostic::Diagnostic;
use crate::layout::{Layout, MAIN_DOCUMENT, names};

/// What a client asks for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RenderQuery {
    /// The organisation whose profile it is.
    organisation: String,
    /// Document of the layout; `job-pack` if left out, all of them for a zip.
    document: Option<String>,
    /// `pdf`, `docx`, `html` or `zip`; what `Accept` prefers if left out.
    format: Option<String>,
    /// Layout to use in place of the organisation's own.
    layout: Option<String>,
    /// Way to read it; `standard` if left out.
    variant: Option<String>,
}

/// A posted profile as a file. Its text is data: no part of it is run.
pub(super) async fn render_profile(
    State(app): State<Arc<App>>,
    query: Result<Query<RenderQuery>, QueryRejection>,
    request: Request,
) -> Result<Response, Problem> {
    let query = checked(query)?;
    let answer = negotiate(query.format.as_deref(), request.headers())?;
    let notation = Notation::of(request.headers())?;
    let bytes = posted::body(request, &app.limits).await?;
    let variant = query.variant.clone().unwrap_or_else(|| STANDARD.to_owned());
    let (formats, variants) = (answer.formats(), vec![variant.clone()]);
    let options = Options { layout: query.layout.clone(), formats, variants, ..app.options.clone() };
    let asked = query.format.is_some();
    let made = app.work(move |loaded| {
        let layout = layout(loaded, &query)?;
        known_variant(loaded, &variant)?;
        let document = document(layout.as_deref(), &query, answer)?;
        let text = posted::profile(&bytes, notation).map_err(|faults| Problem::faults("the profile", &faults))?;
        let posted = Posted { organisation: query.organisation.clone(), document: document.clone(), text };
        let built = loaded.builder.build_posted(&posted, &options);
        let (built, _) = built.map_err(|faults| Problem::faults("the profile", &faults))?;
        file(built, document.as_deref(), &variant, answer)
    });
    let mut response = made.await??.once();
    if !asked {
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept"));
    }
    Ok(response)
}

/// The query; a name that is left empty is left out.
fn checked(query: Result<Query<RenderQuery>, QueryRejection>) -> Result<RenderQuery, Problem> {
    let malformed = |message: String| {
        let fault = Diagnostic::error("malformed-query", message);
        Problem::malformed(fault.hint("`?organisation=NAME`, and if need be `document`, `format`, `layout` and `variant`"))
    };
    let Query(mut query) = query.map_err(|rejection| {
        let text = rejection.body_text();
        malformed(text.rsplit_once("query string: ").map_or(text.as_str(), |(_, reason)| reason).to_owned())
    })?;
    for name in [&mut query.document, &mut query.format, &mut query.layout, &mut query.variant] {
        name.take_if(|name| name.is_empty());
    }
    if query.organisation.is_empty() {
        return Err(malformed("`organisation` is empty".to_owned()));
    }
    Ok(query)
}

/// The layout, if it can be loaded: its own faults are among those of the build.
fn layout(loaded: &Loaded, query: &RenderQuery) -> Result<Option<Arc<Layout>>, Problem> {
    let project = loaded.builder.project();
    let organisation = project.organisation(&query.organisation).ok_or_else(|| {
        let known = project.organisations.keys().map(String::as_str);
        Problem::unknown("unknown-organisation", "organisation", &query.organisation, known)
    })?;
    if let Some(given) = &query.layout {
        let known = names(&project.files);
        if !known.contains(given) {
            return Err(Problem::unknown("unknown-layout", "layout", given, known.iter().map(String::as_str)));
        }
    }
    let own = organisation.organisation.value.as_ref().map(|organisation| &organisation.layout);
    Ok(query.layout.as_ref().or(own).and_then(|name| loaded.builder.layout(name, &organisation.language).ok()))
}

fn known_variant(loaded: &Loaded, given: &str) -> Result<(), Problem> {
    let known = variant::names(&loaded.builder.project().files);
    if known.iter().any(|name| name == given) {
        return Ok(());
    }
    Err(Problem::unknown("unknown-variant", "variant", given, known.iter().map(String::as_str)))
}

/// The document to make: the one that was asked for, else all for a zip and the main one for anything else.
fn document(layout: Option<&Layout>, query: &RenderQuery, answer: Answer) -> Result<Option<String>, Problem> {
    let Some(given) = &query.document else {
        return Ok((answer != Answer::Zip).then(|| MAIN_DOCUMENT.to_owned()));
    };
    let documents = layout.map(|layout| &layout.manifest.documents);
    match documents {
        Some(documents) if !documents.contains_key(given) => {
            Err(Problem::unknown("unknown-document", "document", given, documents.keys().map(String::as_str)))
        }
        _ => Ok(Some(given.clone())),
    }
}

fn file(built: BuiltPack, document: Option<&str>, variant: &str, answer: Answer) -> Result<Payload, Problem> {
    let Answer::Document(format) = answer else {
        return Ok(Payload::file(&format!("{POSTED}.zip"), "application/zip", built.zips.candidate));
    };
    let stem = file_stem(POSTED, document.unwrap_or(MAIN_DOCUMENT), variant, None);
    let name = format!("{stem}.{}", format.extension());
    let file = built.files.into_iter().find(|file| file.name == name).ok_or_else(Problem::broken)?;
    Ok(Payload::file(&file.name, file.media_type, file.bytes))
}
