//! What is answered, in one table.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use super::problem::Problem;
use super::state::App;
use super::{access, bundle, files, guard, health, layouts, log, organisations, pack, packs, pages, preview, render, schemas};
use crate::diagnostic::Diagnostic;

/// Routes and what stands in front of them, outermost last.
pub(super) fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/healthz", get(health::get_health))
        .route("/readyz", get(health::get_readiness))
        .route("/metrics", get(health::get_metrics))
        .route("/api/v1/openapi.json", get(schemas::get_description))
        .route("/api/v1/schema/{kind}", get(schemas::get_schema))
        .route("/api/v1/organisations", get(organisations::list_organisations))
        .route("/api/v1/layouts", get(layouts::list_layouts))
        .route("/api/v1/packs", get(packs::list_packs))
        .route("/api/v1/packs/{organisation}/{pack}", get(pack::get_pack))
        .route("/api/v1/packs/{organisation}/{pack}/files/{file}", get(files::get_file))
        .route("/api/v1/packs/{organisation}/{pack}/bundle.zip", get(bundle::get_bundle))
        .route("/api/v1/packs/{organisation}/{pack}/pages/{n}", get(pages::get_page))
        .route("/api/v1/check", post(render::check_profile))
        .route("/api/v1/render", post(render::render_profile))
        .merge(preview::routes())
        .fallback(refuse_path)
        .method_not_allowed_fallback(refuse_method)
        .layer(DefaultBodyLimit::max(app.limits.body_bytes))
        .layer(from_fn_with_state(Arc::clone(&app), guard::limit_time))
        .layer(from_fn_with_state(Arc::clone(&app), access::require))
        .layer(from_fn_with_state(Arc::clone(&app), guard::check_host))
        .layer(from_fn(preview::tell))
        .layer(from_fn(guard::harden))
        .layer(from_fn_with_state(Arc::clone(&app), log::record))
        .with_state(app)
}

async fn refuse_path(uri: Uri) -> Problem {
    let fault = Diagnostic::error("unknown-path", format!("there is nothing at `{}`", uri.path()));
    Problem::new(StatusCode::NOT_FOUND, fault.hint("`/api/v1/packs` lists what there is"))
}

/// The header `Allow` is added by the router, which knows what is allowed.
async fn refuse_method(method: Method, uri: Uri) -> Problem {
    let message = format!("`{method}` is not something that `{}` does", uri.path());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, Diagnostic::error("method-not-allowed", message))
}
