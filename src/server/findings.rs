//! The shape of a finding and of a problem, for the description of the API. What is written is
//! [`crate::diagnostic::emit::to_json`], which a test holds against this.

use serde::Serialize;
use utoipa::ToSchema;

/// Something that is wrong, and where.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Finding {
    /// `error`, `warning` or `advice`.
    #[schema(pattern = "^(error|warning|advice)$")]
    severity: String,
    /// What kind of fault it is.
    #[schema(example = "unknown-field")]
    code: String,
    /// What is wrong, in a sentence.
    message: String,
    /// The file, relative to the project; `request` is what was posted.
    #[schema(required)]
    path: Option<String>,
    /// From 1.
    #[schema(required)]
    line: Option<usize>,
    /// In characters, from 1.
    #[schema(required)]
    column: Option<usize>,
    /// The field, as a path.
    #[schema(required)]
    field: Option<String>,
    /// The text that it is about, shortened.
    #[schema(required)]
    text: Option<String>,
    /// What to do.
    hints: Vec<String>,
}

/// A problem (RFC 9457). `type` is `about:blank`: what is wrong is told by the codes of `errors`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProblemDetails {
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: String,
    status: u16,
    /// What is wrong, in a sentence.
    detail: String,
    errors: Vec<Finding>,
}

/// A file as it is.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "it only describes")]
pub(super) struct Binary(Vec<u8>);
