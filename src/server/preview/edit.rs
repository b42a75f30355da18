//! `/packs/{organisation}/{pack}/edit` and `/organisations/{organisation}/brand`: a profile, a vacancy or a brand is changed,
//! looked at while one types, and saved if that is allowed.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};

use super::super::access::Access;
use super::super::disposition::segment;
use super::super::guard::own_page;
use super::super::job::{self, Job, Reply};
use super::super::live::Loaded;
use super::super::look::Look;
use super::super::pack::malformed_path;
use super::super::posted::{self, Notation};
use super::super::problem::Problem;
use super::super::query;
use super::super::render::job_of;
use super::super::state::App;
use super::page;
use super::view::base;
use super::viewer::{Outlined, layouts, outline, profile};
use crate::bundle::sha256;
use crate::diagnostic::Diagnostic;
use crate::project::{PackKind, Saved, save};
use crate::source;

/// Which file: organisation, and the pack, or nothing for the brand.
type Which = (String, Option<String>);

/// Names of a path with a pack in it, or without.
#[derive(Debug, Deserialize)]
pub(super) struct Names {
    organisation: String,
    pack: Option<String>,
}

pub(super) type Named = Result<Path<Names>, axum::extract::rejection::PathRejection>;

fn which(path: Named) -> Result<Which, Problem> {
    path.map(|Path(Names { organisation, pack })| (organisation, pack)).map_err(malformed_path)
}

/// A file as it is on disk.
struct OnDisk {
    /// Path in the project.
    path: String,
    place: PathBuf,
    text: String,
    digest: String,
}

/// The file that is meant, as it is now.
///
/// # Errors
/// 404 for what isn't there, 422 for what is no text.
fn on_disk(loaded: &Loaded, (organisation, pack): &Which) -> Result<OnDisk, Problem> {
    let project = loaded.builder.project();
    let path = match pack {
        Some(name) => {
            let id = loaded.find(organisation, name)?;
            let files = project.organisation(organisation);
            let path = files.and_then(|files| match id.kind {
                PackKind::Profile => files.profiles.get(name).map(|file| file.path().to_owned()),
                PackKind::Vacancy => files.vacancies.get(name).map(|file| file.path().to_owned()),
            });
            path.ok_or_else(Problem::broken)?
        }
        None => {
            job::known_organisation(&loaded.builder, organisation)?;
            format!("profiles/{organisation}/_brand.yml")
        }
    };
    let refused = |fault: Diagnostic| Problem::faults(&format!("`{path}`"), &[fault]);
    let missing = || Diagnostic::error("file-unreadable", format!("there is no file `{path}`")).in_file(&path);
    let place = project.files.place(&path).map_err(refused)?.ok_or_else(|| refused(missing()))?;
    let bytes = source::bytes(&place, &path).map_err(refused)?;
    // What is too large or no text is refused as everywhere; what is shown is every byte of the rest.
    source::decode(bytes.clone(), &path).map_err(refused)?;
    let (digest, text) = (sha256(&bytes), String::from_utf8_lossy(&bytes).into_owned());
    Ok(OnDisk { path, place, text, digest })
}

/// The editor, as its template sees it.
#[derive(Serialize)]
struct Editor {
    title: String,
    organisation: String,
    name: String,
    /// Address of the pack's screens.
    base: String,
    /// Where the profile of a vacancy is edited; empty for a profile.
    profile_edit: String,
    kind: &'static str,
    path: String,
    text: String,
    digest: String,
    writable: bool,
    line: usize,
    documents: Vec<(String, String)>,
    saved: &'static str,
}

/// What an address of the editor says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EditQuery {
    line: Option<usize>,
    saved: Option<String>,
    #[expect(dead_code, reason = "the script hands it on")]
    variant: Option<String>,
    #[expect(dead_code, reason = "the script hands it on")]
    language: Option<String>,
}

/// The editor of a pack's file.
pub(super) async fn get_editor(
    State(app): State<Arc<App>>,
    path: Named,
    query: query::Asked<EditQuery>,
    access: Access,
) -> Result<Response, Problem> {
    let which = which(path)?;
    let query = query::read(query, "`line`, `saved`, `variant` and `language`")?;
    app.staff(access)?;
    let (writable, options) = (app.may_write(access), app.options.clone());
    let shown = app.work(move |loaded| {
        let OnDisk { path, text, digest, .. } = on_disk(loaded, &which)?;
        let (organisation, name) = (which.0.clone(), which.1.clone().unwrap_or_default());
        let id = loaded.find(&organisation, &name)?;
        let Outlined { title, documents, .. } = outline(loaded, &id, &options, access);
        page("edit.html", &Editor {
            title: format!("Edit {title}"),
            base: base(&organisation, &name),
            profile_edit: profile(loaded, &id).map(|profile| base(&organisation, profile) + "/edit").unwrap_or_default(),
            organisation,
            name,
            kind: super::super::pack::kind(&id),
            path,
            text,
            digest,
            writable,
            line: query.line.unwrap_or(0),
            documents,
            saved: said(&query),
        })
    });
    shown.await?
}

/// What is said after a form was sent.
fn said(query: &EditQuery) -> &'static str {
    if query.saved.is_some() { "Saved." } else { "" }
}

/// The text of a file, as it is now.
pub(super) async fn get_text(State(app): State<Arc<App>>, path: Named, access: Access) -> Result<Response, Problem> {
    let which = which(path)?;
    app.staff(access)?;
    let file = app.work(move |loaded| on_disk(loaded, &which)).await??;
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("text/yaml; charset=utf-8")), (CACHE_CONTROL, HeaderValue::from_static("no-store")), (ETAG, tag(&file.digest))];
    Ok((headers, file.text).into_response())
}

/// A text with line ends of one kind as it goes into a file with line ends of another: browsers know one kind only.
fn with_line_ends_of(file: &str, text: String) -> String {
    let plain = text.replace("\r\n", "\n");
    let all = file.matches("\r\n").count();
    if all > 0 && all == file.matches('\n').count() { plain.replace('\n', "\r\n") } else { plain }
}

fn tag(digest: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{digest}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Saves a text in place of the one that `If-Match` names (RFC 9110, section 13.1.1).
pub(super) async fn put_text(State(app): State<Arc<App>>, path: Named, access: Access, request: Request) -> Result<Response, Problem> {
    let which = which(path)?;
    own_page(request.headers())?;
    app.writer(access)?;
    Notation::of(request.headers())?;
    let seen = request.headers().get(IF_MATCH).and_then(|tag| tag.to_str().ok()).map(|tag| tag.trim_matches('"').to_owned());
    let seen = seen.ok_or_else(|| {
        let fault = Diagnostic::error("precondition-needed", "say with `If-Match` which text this is to replace");
        Problem::new(StatusCode::PRECONDITION_REQUIRED, fault.hint("send the `ETag` of the text that was read"))
    })?;
    let bytes = posted::body(request, &app.limits).await?;
    let text = posted::text(&bytes, Notation::Yaml).map_err(|faults| Problem::faults("the text", &faults))?;
    let digest = saved(&app, which, seen, text).await?;
    Ok((StatusCode::NO_CONTENT, [(ETAG, tag(&digest))]).into_response())
}

/// What the form sends where there are no scripts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    text: String,
    digest: String,
}

/// As [`put_text`], from a form.
pub(super) async fn post_text(
    State(app): State<Arc<App>>,
    path: Named,
    access: Access,
    headers: HeaderMap,
    form: Result<Form<Sent>, FormRejection>,
) -> Result<Response, Problem> {
    let which = which(path)?;
    own_page(&headers)?;
    app.writer(access)?;
    let Form(Sent { text, digest }) = form.map_err(|rejection| query::malformed(&rejection.body_text(), "send `text` and `digest`"))?;
    let to = match &which {
        (organisation, Some(pack)) => base(organisation, pack) + "/edit?saved=1",
        (organisation, None) => format!("/organisations/{}/brand?saved=1", segment(organisation)),
    };
    saved(&app, which, digest, text).await?;
    Ok(Redirect::to(&to).into_response())
}

/// Saves a text, and gives its digest.
async fn saved(app: &Arc<App>, which: Which, seen: String, text: String) -> Result<String, Problem> {
    let loaded = app.project().await;
    let written = tokio::task::spawn_blocking(move || {
        let file = on_disk(&loaded, &which)?;
        let text = with_line_ends_of(&file.text, text);
        match save(&file.place, &seen, text.as_bytes()) {
            Ok(Saved::Written) => Ok(sha256(text.as_bytes())),
            Ok(Saved::ChangedMeanwhile) => {
                let fault = Diagnostic::error("changed-meanwhile", format!("`{}` has changed since it was opened; nothing was saved", file.path));
                Err(Problem::new(StatusCode::PRECONDITION_FAILED, fault.hint("go back: your text is still there; open the file in another window, and look at both")))
            }
            Err(error) => {
                // Without the place of a temporary file, which would only confuse.
                let fault = Diagnostic::error("not-writable", format!("can't save `{}`: {}", file.path, std::io::Error::from(error.kind())));
                Err(Problem::new(StatusCode::INSUFFICIENT_STORAGE, fault.hint("the file is as it was; download your text so that it isn't lost")))
            }
        }
    });
    let digest = written.await.map_err(|_| Problem::broken())??;
    app.look_again();
    Ok(digest)
}

/// What of a text is looked at.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TryQuery {
    document: Option<String>,
    variant: Option<String>,
    language: Option<String>,
    layout: Option<String>,
    /// Numbers of pages, with commas.
    want: Option<String>,
    /// The pack that shows a brand.
    pack: Option<String>,
}

/// A text as it would look.
pub(super) async fn post_try(
    State(app): State<Arc<App>>,
    path: Named,
    query: query::Asked<TryQuery>,
    access: Access,
    request: Request,
) -> Result<Response, Problem> {
    let which = which(path)?;
    app.staff(access)?;
    Notation::of(request.headers())?;
    let TryQuery { mut document, mut variant, mut language, mut layout, want, pack } =
        query::read(query, "`document`, `variant`, `language`, `layout`, `want` and `pack`")?;
    query::filled(&mut [&mut document, &mut variant, &mut language, &mut layout]);
    query::language(&mut language)?;
    let bytes = posted::body(request, &app.limits).await?;
    let text = posted::text(&bytes, Notation::Yaml).map_err(|faults| Problem::faults("the text", &faults))?;
    let loaded = app.project().await;
    let file = tokio::task::spawn_blocking(move || on_disk(&loaded, &which).map(|file| (file, which))).await.map_err(|_| Problem::broken())?;
    let (OnDisk { path: name, .. }, (organisation, of_pack)) = file?;
    let look = match of_pack {
        Some(_) => Look::Pages(want.unwrap_or_default().split(',').filter_map(|number| number.parse().ok()).collect()),
        None => Look::Brand(pack.unwrap_or_default()),
    };
    let asked = job::Asked { organisation, layout, document, variant, language };
    let job = Job { look: Some(look), name, ..job_of(&app, asked, (None, access), text) };
    let Reply::File(_, shown) = app.posted(job).await? else { return Err(Problem::broken()) };
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
    Ok((headers, shown).into_response())
}

/// The page that tries a brand, as its template sees it.
#[derive(Serialize)]
struct BrandPage {
    title: String,
    organisation: String,
    name: String,
    path: String,
    text: String,
    digest: String,
    writable: bool,
    /// Families that there are fonts of: name, and for each file its path from the brand's, weight and style.
    families: Vec<Family>,
    layouts: Vec<(String, String)>,
    packs: Vec<(String, String)>,
    saved: &'static str,
}

type Family = (String, Vec<(String, u16, &'static str)>);

/// The page that tries a brand.
pub(super) async fn get_brand(
    State(app): State<Arc<App>>,
    path: Named,
    query: query::Asked<EditQuery>,
    access: Access,
) -> Result<Response, Problem> {
    let which = which(path)?;
    let query = query::read(query, "`saved`")?;
    app.staff(access)?;
    let (writable, options) = (app.may_write(access), app.options.clone());
    let shown = app.work(move |loaded| {
        let OnDisk { path, text, digest, .. } = on_disk(loaded, &which)?;
        let organisation = which.0.clone();
        let project = loaded.builder.project();
        let files = project.organisation(&organisation);
        let name = files.map_or(organisation.as_str(), |files| files.name()).to_owned();
        let language = files.map_or("en-GB", |files| files.language.as_str());
        let packs = files.map(|files| files.packs(&organisation)).unwrap_or_default();
        let packs = packs.into_iter().map(|id| {
            let title = loaded.builder.assemble(&id, &options).ok().map(|(pack, _)| pack.words.profile.post_title);
            (id.name.clone(), title.unwrap_or(id.name))
        });
        page("brand.html", &BrandPage {
            title: format!("Brand of {name}"),
            families: families(loaded),
            layouts: layouts(loaded, language),
            packs: packs.collect(),
            organisation,
            name,
            path,
            text,
            digest,
            writable,
            saved: said(&query),
        })
    });
    shown.await?
}

/// The families under `fonts/`.
fn families(loaded: &Loaded) -> Vec<Family> {
    let files = &loaded.builder.project().files;
    let paths = files.paths().into_iter().filter(|path| path.starts_with("fonts/") && (path.ends_with(".ttf") || path.ends_with(".otf")));
    let mut all: Vec<Family> = Vec::new();
    for path in paths {
        let Some((family, weight, italic)) = files.content(&path).ok().and_then(crate::typeset::face) else { continue };
        let file = (format!("../../{path}"), weight, if italic { "italic" } else { "normal" });
        match all.iter_mut().find(|(known, _)| *known == family) {
            Some((_, files)) => files.push(file),
            None => all.push((family, vec![file])),
        }
    }
    all
}
