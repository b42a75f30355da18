//! `/packs/{organisation}/{pack}`: one document of a pack, page by page, with what there is to say of it.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::super::access::Access;
use super::super::live::Loaded;
use super::super::pack::malformed_path;
use super::super::pages::{SheetsKey, sheets};
use super::super::problem::Problem;
use super::super::query;
use super::super::state::App;
use super::page;
use crate::build::variant::{self, STANDARD};
use crate::build::{Options, Sheets, file_stem};
use crate::diagnostic::{Diagnostic, Severity, capped, emit};
use crate::layout::{Audience, MAIN_DOCUMENT};
use crate::project::PackId;
use crate::source::{LANGUAGES, primary};

/// Which document.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ViewQuery {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) document: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) variant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
}

/// What is shown of a document at a moment: its pages, or why there are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Moment {
    pub(super) pages: Vec<Sheet>,
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Fault>,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Sheet {
    /// What is drawn on it, in short: another means that it looks different.
    print: String,
    /// In points.
    width: u32,
    height: u32,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Fault {
    code: String,
    message: String,
    /// File, line and column.
    place: String,
    /// The line with a caret under it, and what to do.
    text: String,
}

/// The viewer, as its template sees it.
#[derive(Serialize)]
struct Viewer<'a> {
    title: String,
    organisation: &'a str,
    name: &'a str,
    document: &'a str,
    variant: &'a str,
    language: &'a str,
    documents: Vec<(String, String)>,
    variants: Vec<String>,
    languages: Vec<(&'static str, &'static str)>,
    /// Name of the files of the document, without their endings.
    stem: String,
    /// Whether these files are among those of the pack.
    filed: bool,
    moment: Moment,
}

/// One pack.
pub(super) async fn get_viewer(
    State(app): State<Arc<App>>,
    path: Result<Path<(String, String)>, PathRejection>,
    query: query::Asked<ViewQuery>,
    access: Access,
) -> Result<Response, Problem> {
    let Path((organisation, name)) = path.map_err(malformed_path)?;
    let query = checked(query)?;
    let options = app.options.clone();
    let shown = app.work(move |loaded| {
        let id = loaded.find(&organisation, &name)?;
        let moment = moment(loaded, &id, &query, &options, access)?;
        let own = loaded.builder.project().organisation(&organisation).map_or("en", |files| primary(&files.language)).to_owned();
        let document = query.document.as_deref().unwrap_or(MAIN_DOCUMENT);
        let variant = query.variant.as_deref().unwrap_or(STANDARD);
        let language = query.language.as_deref().unwrap_or(&own);
        // A pack that can't be made has no more than its name.
        let (title, documents) = loaded.builder.outline(&id, &options).unwrap_or_else(|_| (name.clone(), Vec::new()));
        let for_reader = |audience| audience == Audience::Candidate || access == Access::Trusted;
        let documents = documents.into_iter().filter(|(_, _, audience)| for_reader(*audience));
        let viewer = Viewer {
            title,
            organisation: &organisation,
            name: &name,
            document,
            variant,
            language,
            documents: documents.map(|(name, title, _)| (name, title)).collect(),
            variants: variant::names(&loaded.builder.project().files),
            languages: LANGUAGES.map(|tag| (tag, if tag == "cy" { "Cymraeg" } else { "English" })).to_vec(),
            stem: file_stem(&name, document, variant, None),
            filed: variant == STANDARD && language == own,
            moment,
        };
        page("viewer.html", &viewer)
    });
    shown.await?
}

/// The query; what is left empty is left out.
pub(super) fn checked(query: query::Asked<ViewQuery>) -> Result<ViewQuery, Problem> {
    let mut query = query::read(query, "`document`, `variant` and `language`")?;
    query::filled(&mut [&mut query.document, &mut query.variant, &mut query.language]);
    query::language(&mut query.language)?;
    Ok(query)
}

/// What is shown of a document now.
///
/// # Errors
/// 404 for what isn't there, 401 for what is for the panel. Faults of the files are no error: they are shown.
pub(super) fn moment(loaded: &Loaded, id: &PackId, query: &ViewQuery, options: &Options, access: Access) -> Result<Moment, Problem> {
    let key = SheetsKey::new(id, query.document.as_deref(), query.variant.as_deref(), query.language.as_deref());
    let shown = |found: &[Diagnostic], errors: bool| {
        capped(found.to_vec()).iter().filter(|found| (found.severity == Severity::Error) == errors).map(fault).collect()
    };
    Ok(match sheets(loaded, key, options, access)? {
        Ok(made) => Moment { pages: pages(&made), faults: Vec::new(), warnings: shown(&made.warnings, false) },
        Err(faults) => Moment { pages: Vec::new(), faults: shown(&faults, true), warnings: Vec::new() },
    })
}

fn pages(sheets: &Sheets) -> Vec<Sheet> {
    sheets.prints().map(|(print, [width, height])| Sheet { print: format!("{print:032x}"), width, height }).collect()
}

fn fault(found: &Diagnostic) -> Fault {
    let place = emit::place(found).unwrap_or_default();
    Fault { code: found.code.to_owned(), message: found.message.clone(), place, text: emit::to_text(found, false) }
}
