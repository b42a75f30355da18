//! What the pages are dressed in.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// Style of the pages.
pub(super) async fn get_style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "no-cache")], include_str!("preview.css")).into_response()
}

/// Script of the pages.
pub(super) async fn get_script() -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")], include_str!("preview.js")).into_response()
}

/// What a browser shows beside the title.
pub(super) async fn get_icon() -> Response {
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-cache")], include_str!("icon.svg")).into_response()
}
