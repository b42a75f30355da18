//! `GET /api/v1/packs/{organisation}/{pack}/pages/{n}`: a page of a document as a picture.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::access::Access;
use super::findings::Binary;
use super::job;
use super::live::Loaded;
use super::pack::malformed_path;
use super::payload::{Asked, Payload};
use super::problem::Problem;
use super::query;
use super::state::App;
use crate::build::variant::STANDARD;
use crate::build::{Options, Sheets};
use crate::diagnostic::Diagnostic;
use crate::layout::{Audience, MAIN_DOCUMENT};
use crate::project::PackId;

/// Dots to the inch of a PNG.
const DOTS: u32 = 144;

const HINT: &str = "`document`, `variant`, `language`, `format`: `svg` or `png`, and `dots`: 24 to 300";

/// The pages of a document, or every fault that keeps them from being made.
pub(super) type Found = Result<Arc<Sheets>, Vec<Diagnostic>>;

/// Which document, and as what.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// Document of the layout; `job-pack` if left out. One for the panel needs the token.
    document: Option<String>,
    /// Way to read it; `standard` if left out.
    variant: Option<String>,
    /// Language (BCP 47: `en` or `cy`, whatever the region); the organisation's own if left out.
    #[param(pattern = "^((en|cy)(-[A-Za-z0-9-]+)?)?$")]
    language: Option<String>,
    /// `svg` or `png`; `svg` if left out.
    #[param(pattern = "^(svg|png)?$")]
    format: Option<String>,
    /// Dots to the inch of a PNG, 24 to 300; 144 if left out.
    #[param(minimum = 24, maximum = 300)]
    dots: Option<u32>,
    /// Any text: another asks for the page anew, whatever lies between has kept.
    #[expect(dead_code, reason = "it only tells addresses apart")]
    print: Option<String>,
}

/// A page of a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SheetsKey {
    pack: PackId,
    document: String,
    variant: String,
    language: Option<String>,
}

impl SheetsKey {
    /// The document of a pack, in the usual way to read it where nothing is said.
    pub(super) fn new(pack: &PackId, document: Option<&str>, variant: Option<&str>, language: Option<&str>) -> Self {
        Self {
            pack: pack.clone(),
            document: document.unwrap_or(MAIN_DOCUMENT).to_owned(),
            variant: variant.unwrap_or(STANDARD).to_owned(),
            language: language.map(str::to_owned),
        }
    }
}

/// A page of a document as a picture
#[utoipa::path(get, path = "/api/v1/packs/{organisation}/{pack}/pages/{n}", operation_id = "get_page", tag = "packs",
    params(("organisation" = String, Path), ("pack" = String, Path),
        ("n" = usize, Path, description = "Number of the page, from 1", example = 1, minimum = 1), PageQuery),
    responses((status = 200, description = "The picture", content((String = "image/svg+xml"), (Binary = "image/png"))),
        (status = 206, description = "A part of the picture", content((String = "image/svg+xml"), (Binary = "image/png"))),
        (status = 304, description = "The client has it"),
        (status = 416, description = "There is nothing in that range", body = super::findings::ProblemDetails, content_type = "application/problem+json")))]
pub(super) async fn get_page(
    State(app): State<Arc<App>>,
    path: Result<Path<(String, String, usize)>, PathRejection>,
    query: query::Asked<PageQuery>,
    access: Access,
    asked: Asked,
) -> Result<Response, Problem> {
    let Path((organisation, name, number)) = path.map_err(malformed_path)?;
    let mut query = query::read(query, HINT)?;
    query::filled(&mut [&mut query.document, &mut query.variant, &mut query.language, &mut query.format]);
    query::language(&mut query.language)?;
    let png = match query.format.as_deref() {
        None | Some("svg") => false,
        Some("png") => true,
        Some(other) => return Err(query::malformed(&format!("there is no format `{other}`"), HINT)),
    };
    let dots = query.dots.unwrap_or(DOTS);
    if !(24..=300).contains(&dots) {
        return Err(query::malformed(&format!("`dots` is {dots}"), HINT));
    }
    let document = query.document.unwrap_or_else(|| MAIN_DOCUMENT.to_owned());
    let (variant, language) = (query.variant, query.language);
    let options = app.options.clone();
    let picture = app.work(move |loaded| {
        let pack = loaded.find(&organisation, &name)?;
        let key = SheetsKey::new(&pack, Some(&document), variant.as_deref(), language.as_deref());
        let sheets = sheets(loaded, key, &options, access)?.map_err(|faults| Problem::faults(&format!("the pack `{pack}`"), &faults))?;
        let title = format!("{name}-{document}-{number}");
        let picture = picture(&sheets, number, &title, png.then_some(dots))?;
        Ok(if sheets.audience == Audience::Panel { picture.private() } else { picture })
    });
    Ok(picture.await??.answer(&asked))
}

/// The pages of a document, typeset if they aren't there yet, or every fault that keeps them from being made.
///
/// # Errors
/// 404 for what isn't there; 401 for what is for the panel, before anything of it is made.
pub(super) fn sheets(loaded: &Loaded, key: SheetsKey, options: &Options, access: Access) -> Result<Found, Problem> {
    if loaded.builder.audience(&key.pack, options, &key.document) == Some(Audience::Panel) {
        access.panel()?;
    }
    if let Some(sheets) = loaded.sheets.get(&key) {
        return Ok(Ok(sheets));
    }
    job::known_variant(&loaded.builder, &key.variant)?;
    let options = Options { variants: vec![key.variant.clone()], languages: key.language.iter().cloned().collect(), ..options.clone() };
    match loaded.builder.sheets(&key.pack, &options, &key.document) {
        Ok(sheets) => Ok(Ok(loaded.sheets.keep(key, sheets))),
        Err(faults) => match faults.as_slice() {
            [only] if only.code == "unknown-document" => Err(Problem::new(StatusCode::NOT_FOUND, only.clone())),
            _ => Ok(Err(faults)),
        },
    }
}

fn picture(sheets: &Sheets, number: usize, title: &str, png: Option<u32>) -> Result<Payload, Problem> {
    let page = number.wrapping_sub(1);
    let made = if let Some(dots) = png {
        sheets.png(page, f64::from(dots) / 72.0).map(|bytes| Payload::file(&format!("{title}.png"), "image/png", bytes))
    } else {
        sheets.svg(page).map(|svg| Payload::file(&format!("{title}.svg"), "image/svg+xml", svg.into_bytes()))
    };
    made.ok_or_else(|| {
        let fault = Diagnostic::error("unknown-page", format!("there is no page {number}"));
        Problem::new(StatusCode::NOT_FOUND, fault.hint(format!("the document has {} pages, from 1", sheets.count())))
    })
}
