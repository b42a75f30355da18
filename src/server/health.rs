//! `GET /healthz`: whether the server answers.

/// 200 `ok`. The server takes no connection before the project has been read, so an answer means that it is ready.
pub(super) async fn get_health() -> &'static str {
    "ok"
}
