//! The pages for people: a gallery of packs, and one pack with its pages, which follow the project's files as they change.
//!
//! They are made on the server (Tera) and work without scripts; a script adds what only it can: pages that are replaced while
//! one looks. `gallery` and `viewer` are the pages, `events` is what the script listens to, `watch` sees that files change,
//! and `assets` is what the pages are dressed in.

mod assets;
mod events;
mod gallery;
mod viewer;
mod watch;

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde::Serialize;
use tera::{Context, Tera};

use super::problem::Problem;
use super::state::App;

pub(super) use watch::Changes;

/// The pages and what they need.
pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(gallery::get_gallery))
        .route("/packs/{organisation}/{pack}", get(viewer::get_viewer))
        .route("/packs/{organisation}/{pack}/events", get(events::get_events))
        .route("/assets/preview.css", get(assets::get_style))
        .route("/assets/icon.svg", get(assets::get_icon))
        .route("/assets/preview.js", get(assets::get_script))
}

/// What a page for people may do: its own style, script and pictures, packs in a frame, and nothing of others.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The templates of the pages.
static TEMPLATES: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    let all = [
        ("base.html", include_str!("base.html")),
        ("gallery.html", include_str!("gallery.html")),
        ("viewer.html", include_str!("viewer.html")),
    ];
    // They are part of the program, and a test draws each.
    let _ = tera.add_raw_templates(all);
    tera
});

/// A page from its template and its view.
fn page(name: &str, view: &impl Serialize) -> Result<Response, Problem> {
    let context = Context::from_serialize(view).map_err(|_| Problem::broken())?;
    let text = TEMPLATES.render(name, &context).map_err(|error| {
        tracing::error!(%error, name, "a page can't be drawn");
        Problem::broken()
    })?;
    Ok(([(CONTENT_SECURITY_POLICY, POLICY), (CACHE_CONTROL, "no-store")], Html(text)).into_response())
}
