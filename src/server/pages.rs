//! `GET /api/v1/packs/{organisation}/{pack}/pages/{n}`: a page of a document as a picture.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::IntoParams;

use super::access::Access;
use super::cache::ThumbsCache;
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

/// Most dots to the inch of a picture that is small enough to be kept.
const SMALL: u32 = 48;

/// The `print` of whatever a small picture showed last.
const LAST: &str = "last";

const HINT: &str = "`document`, `variant`, `language`, `layout`, `format`: `svg` or `png`, and `dots`: 24 to 300";

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
    /// Layout to use in place of the organisation's own.
    layout: Option<String>,
    /// `svg` or `png`; `svg` if left out.
    #[param(pattern = "^(svg|png)?$")]
    format: Option<String>,
    /// Dots to the inch of a PNG, 24 to 300; 144 if left out.
    #[param(minimum = 24, maximum = 300)]
    dots: Option<u32>,
    /// What the page looks like, as the pages for people name it: another asks for it anew, whatever lies between has kept, and
    /// a page that looked so is given while the pack has faults; `last` is what a small picture showed last.
    print: Option<String>,
}

/// One document of a pack in one way to read it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SheetsKey {
    pub(super) pack: PackId,
    pub(super) document: String,
    pub(super) variant: String,
    pub(super) language: Option<String>,
    pub(super) layout: Option<String>,
}

impl SheetsKey {
    /// The main document of a pack, in its own layout, language and the usual way to read it.
    pub(super) fn main(pack: &PackId) -> Self {
        Self { pack: pack.clone(), document: MAIN_DOCUMENT.to_owned(), variant: STANDARD.to_owned(), language: None, layout: None }
    }

    /// The options that make it.
    pub(super) fn options(&self, options: &Options) -> Options {
        Options {
            layout: self.layout.clone().or(options.layout.clone()),
            variants: vec![self.variant.clone()],
            languages: self.language.iter().cloned().collect(),
            ..options.clone()
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
    query::filled(&mut [&mut query.document, &mut query.variant, &mut query.language, &mut query.layout, &mut query.format]);
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
    let options = app.options.clone();
    let picture = app.work(move |loaded| {
        let pack = loaded.find(&organisation, &name)?;
        let PageQuery { document, variant, language, layout, .. } = query.clone();
        let usual = SheetsKey { language, layout, ..SheetsKey::main(&pack) };
        let key = SheetsKey { document: document.unwrap_or(usual.document), variant: variant.unwrap_or(usual.variant), ..usual };
        let title = format!("{name}-{}-{number}", key.document);
        let thumb = (png && dots <= SMALL).then(|| (key.clone(), number, dots));
        let known = |thumbs: &ThumbsCache| thumb.as_ref().and_then(|thumb| thumbs.get(thumb));
        if let Some(known) = known(&loaded.thumbs) {
            return Ok(known);
        }
        let sheets = match sheets(loaded, key.clone(), &options, access)? {
            Ok(sheets) => sheets,
            // Who looks at the last good pages while there is a fault can turn them.
            Err(faults) => match (shown(loaded, &key, number, query.print.as_deref()), known(&loaded.kept.thumbs)) {
                (Some(sheets), _) => sheets,
                (None, Some(last)) if query.print.as_deref() == Some(LAST) => return Ok(last),
                _ => return Err(Problem::faults(&format!("the pack `{pack}`"), &faults)),
            },
        };
        let picture = picture(&sheets, number, &title, png.then_some(dots))?;
        if sheets.audience == Audience::Panel {
            return Ok(picture.private());
        }
        Ok(match thumb {
            Some(thumb) => loaded.thumbs.keep(thumb.clone(), loaded.kept.thumbs.keep(thumb, picture)),
            None => picture,
        })
    });
    Ok(picture.await??.answer(&asked))
}

/// The pages of a document, typeset if they aren't there yet, or every fault that keeps them from being made.
///
/// # Errors
/// 404 for what isn't there; 401 for what is for the panel, before anything of it is made.
pub(super) fn sheets(loaded: &Loaded, key: SheetsKey, options: &Options, access: Access) -> Result<Found, Problem> {
    let (options, _) = allowed(loaded, &key, options, access)?;
    if let Some(sheets) = loaded.sheets.get(&key) {
        return Ok(Ok(sheets));
    }
    job::known_variant(&loaded.builder, &key.variant)?;
    match loaded.builder.sheets(&key.pack, &options, &key.document) {
        Ok(sheets) => {
            let sheets = loaded.kept.sheets.keep(key.clone(), Arc::new(sheets));
            Ok(Ok(loaded.sheets.keep(key, sheets)))
        }
        Err(faults) => there(faults).map(Err),
    }
}

/// The options that make a document, and who reads it, if whoever asks may see it.
///
/// # Errors
/// 404 for a layout that there is not; 401 for what is for the panel.
pub(super) fn allowed(loaded: &Loaded, key: &SheetsKey, options: &Options, access: Access) -> Result<(Options, Option<Audience>), Problem> {
    job::known_layout(&loaded.builder, key.layout.as_deref())?;
    let options = key.options(options);
    let audience = loaded.builder.audience(&key.pack, &options, &key.document);
    if audience == Some(Audience::Panel) {
        access.panel()?;
    }
    Ok((options, audience))
}

/// The faults that keep a document from being made.
///
/// # Errors
/// 404 if it isn't there at all.
pub(super) fn there(faults: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, Problem> {
    match faults.as_slice() {
        [only] if only.code == "unknown-document" => Err(Problem::new(StatusCode::NOT_FOUND, only.clone())),
        _ => Ok(faults),
    }
}

/// The document as it was when a page of it looked so.
fn shown(loaded: &Loaded, key: &SheetsKey, number: usize, print: Option<&str>) -> Option<Arc<Sheets>> {
    let sheets = loaded.kept.sheets.get(key)?;
    let (own, _) = sheets.prints().nth(number.checked_sub(1)?)?;
    (Some(format!("{own:032x}").as_str()) == print).then_some(sheets)
}

/// A page as SVG, or as PNG with so many dots to the inch.
///
/// # Errors
/// 404 for a page that isn't there.
pub(super) fn picture(sheets: &Sheets, number: usize, title: &str, png: Option<u32>) -> Result<Payload, Problem> {
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
