//! The pages for people: a gallery of packs, and one pack with its pages, which follow the project's files as they change.
//!
//! They are made on the server (Tera) and work without scripts; a script adds what only it can: pages that are replaced while
//! one looks. `gallery` and `viewer` (with `view`, what is shown at a
//! moment) are the pages that one looks at, `compare` and `changes` (with `approvals` and `run`) tell what has become of them, and
//! `edit` changes them. `events` is what the script listens to, `watch` sees that files change, `made` hands out files, `sign_in`
//! takes the token, and `assets` is what the pages are dressed in.

mod approvals;
mod assets;
mod changes;
mod compare;
mod edit;
mod events;
mod gallery;
mod made;
mod run;
mod sign_in;
mod view;
mod viewer;
mod watch;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use serde::Serialize;
use tera::{Context, Tera};

use super::access::SIGN_IN;
use super::disposition;
use super::problem::Problem;
use super::state::App;

pub(super) use approvals::Approvals;
pub(super) use view::{Moment, fault};
pub(super) use watch::Changes;

/// The pages and what they need.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(gallery::get_gallery))
        .route("/packs/{organisation}/{pack}", get(viewer::get_viewer))
        .route("/packs/{organisation}/{pack}/events", get(events::get_events))
        .route("/packs/{organisation}/{pack}/file", get(made::get_made))
        .route("/packs/{organisation}/{pack}/compare", get(compare::get_compared))
        .route("/packs/{organisation}/{pack}/approved/{n}", get(compare::get_approved_page))
        .route("/packs/{organisation}/{pack}/edit", get(edit::get_editor))
        .route("/packs/{organisation}/{pack}/text", get(edit::get_text).put(edit::put_text).post(edit::post_text))
        .route("/packs/{organisation}/{pack}/try", post(edit::post_try))
        .route("/organisations/{organisation}/brand", get(edit::get_brand))
        .route("/organisations/{organisation}/brand/text", get(edit::get_text).put(edit::put_text).post(edit::post_text))
        .route("/organisations/{organisation}/brand/try", post(edit::post_try))
        .route("/source/{*path}", get(made::get_source))
        .route("/changes", get(changes::get_changes))
        .route("/changes/approve", post(changes::post_approval))
        .route(SIGN_IN, get(sign_in::get_sign_in).post(sign_in::post_sign_in))
        .route("/sign-out", post(sign_in::post_sign_out))
        .route("/assets/{file}", get(assets::get_asset))
}

/// What a page for people may do: its own style, script and pictures, packs in a frame, and nothing of others.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; frame-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The templates of the pages.
static TEMPLATES: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    let all = [
        ("base.html", include_str!("base.html")),
        ("head.html", include_str!("head.html")),
        ("choice.html", include_str!("choice.html")),
        ("finding.html", include_str!("finding.html")),
        ("gallery.html", include_str!("gallery.html")),
        ("viewer.html", include_str!("viewer.html")),
        ("source.html", include_str!("source.html")),
        ("compare.html", include_str!("compare.html")),
        ("changes.html", include_str!("changes.html")),
        ("edit.html", include_str!("edit.html")),
        ("brand.html", include_str!("brand.html")),
        ("sign-in.html", include_str!("sign-in.html")),
        ("problem.html", include_str!("problem.html")),
    ];
    // They are part of the program, and a test draws each.
    let _ = tera.add_raw_templates(all);
    tera
});

/// A problem, as its template sees it.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    problem: serde_json::Value,
    /// Where it was met.
    to: String,
}

/// Tells who uses a browser of a problem in a page; programs, and the scripts of the pages, get it as it is.
pub(super) async fn tell(request: Request, next: Next) -> Response {
    let accepts = request.headers().get(ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    let is_visit = accepts.contains("text/html") && !request.uri().path().starts_with("/api/");
    let to = request.uri().path_and_query().map_or_else(|| "/".to_owned(), |to| disposition::segment(to.as_str()));
    let response = next.run(request).await;
    if !is_visit || response.headers().get(CONTENT_TYPE).is_none_or(|kind| kind != "application/problem+json") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let problem = to_bytes(body, MOST_OF_A_PROBLEM).await.ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    match page("problem.html", &Told { problem: problem.unwrap_or_default(), to }) {
        Ok(page) => {
            let (told, body) = page.into_parts();
            parts.headers.remove(CONTENT_LENGTH);
            parts.headers.extend(told.headers);
            Response::from_parts(parts, body)
        }
        Err(problem) => problem.into_response(),
    }
}

/// Most bytes of a problem: its findings are counted, and their texts are cut.
const MOST_OF_A_PROBLEM: usize = 4 << 20;

/// A page from its template and its view.
fn page(name: &str, view: &impl Serialize) -> Result<Response, Problem> {
    let context = Context::from_serialize(view).map_err(|_| Problem::broken())?;
    let text = TEMPLATES.render(name, &context).map_err(|error| {
        tracing::error!(%error, name, "a page can't be drawn");
        Problem::broken()
    })?;
    Ok(([(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store")], Html(text)).into_response())
}
