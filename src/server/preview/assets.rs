//! What the pages are dressed in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;

use super::super::pack::malformed_path;
use super::super::payload::{Asked, Payload};
use super::super::problem::Problem;
use crate::project::Files;

/// Name, media type and bytes of what comes as it is.
const ASSETS: [(&str, &str, &str); 14] = [
    ("preview.css", "text/css; charset=utf-8", include_str!("preview.css")),
    ("edit.css", "text/css; charset=utf-8", include_str!("edit.css")),
    ("preview.js", SCRIPT, include_str!("preview.js")),
    ("changes.js", SCRIPT, include_str!("changes.js")),
    ("edit.js", SCRIPT, include_str!("edit.js")),
    ("brand.js", SCRIPT, include_str!("brand.js")),
    ("form.js", SCRIPT, include_str!("form.js")),
    ("fields.js", SCRIPT, include_str!("fields.js")),
    ("schema.js", SCRIPT, include_str!("schema.js")),
    ("text.js", SCRIPT, include_str!("text.js")),
    ("yaml.js", SCRIPT, include_str!("yaml.js")),
    ("panes.js", SCRIPT, include_str!("panes.js")),
    // CodeMirror and yaml: see `vendor/README.md`.
    ("editor.js", SCRIPT, include_str!("vendor/editor.js")),
    ("icon.svg", "image/svg+xml", include_str!("icon.svg")),
];

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The letters of the pages: a family that comes with the program.
const FONTS: [(&str, &str); 2] =
    [("text.ttf", "fonts/public-sans/PublicSans-Regular.ttf"), ("strong.ttf", "fonts/public-sans/PublicSans-Bold.ttf")];

/// All of them, compressed when first asked for.
static ALL: LazyLock<BTreeMap<&str, Payload>> = LazyLock::new(|| {
    let texts = ASSETS.into_iter().map(|(name, kind, text)| (name, Payload::asset(kind, text.as_bytes().to_vec())));
    let own = Files::new(None);
    let fonts = FONTS.into_iter().filter_map(|(name, path)| Some((name, Payload::asset("font/ttf", own.content(path).ok()?.to_vec()))));
    texts.chain(fonts).collect()
});

/// One of them.
pub(super) async fn get_asset(path: Result<Path<String>, PathRejection>, asked: Asked) -> Result<Response, Problem> {
    let Path(name) = path.map_err(malformed_path)?;
    let found = ALL.get(name.as_str()).ok_or_else(|| Problem::unknown("unknown-asset", "asset", &name, ALL.keys().copied()))?;
    Ok(found.answer(&asked))
}
