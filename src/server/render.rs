//! `POST /api/v1/render`: a posted profile or vacancy, answered as a document or a zip; and `POST /api/v1/check`: what
//! there is to say of it.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::VARY;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::access::Access;
use super::findings::{Binary, Finding, ProblemDetails};
use super::job::{self, Job, Reply};
use super::negotiate::{Answer, negotiate};
use super::payload::Payload;
use super::posted::{self, NAME, Notation};
use super::problem::Problem;
use super::query;
use super::state::App;

const HINT: &str = "`?organisation=NAME`, and if need be `document`, `format`, `layout`, `variant` and `language`";

/// What a client asks for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct RenderQuery {
    /// The organisation whose profile or vacancy it is.
    organisation: String,
    /// Document of the layout; `job-pack` if left out, all of them for a zip. One for the panel needs the token.
    document: Option<String>,
    /// `pdf`, `docx`, `html`, `txt` or `zip`; what `Accept` prefers if left out.
    #[param(example = "pdf", pattern = "^(pdf|docx|html|txt|zip)?$")]
    format: Option<String>,
    /// Layout to use in place of the organisation's own.
    layout: Option<String>,
    /// Way to read it; `standard` if left out.
    variant: Option<String>,
    /// Language (BCP 47: `en` or `cy`, whatever the region); the organisation's own if left out.
    #[param(pattern = "^((en|cy)(-[A-Za-z0-9-]+)?)?$")]
    language: Option<String>,
}

/// What a client asks of a text that is only looked through.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct CheckQuery {
    /// The organisation whose profile or vacancy it is.
    organisation: String,
    /// Layout to use in place of the organisation's own.
    layout: Option<String>,
    /// Way to read it; `standard` if left out.
    variant: Option<String>,
    /// Language (BCP 47: `en` or `cy`, whatever the region); the organisation's own if left out.
    #[param(pattern = "^((en|cy)(-[A-Za-z0-9-]+)?)?$")]
    language: Option<String>,
}

/// What there is to say of a text.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Findings {
    #[schema(value_type = Vec<Finding>)]
    diagnostics: Vec<Value>,
}

/// A profile or vacancy as a document or a zip
///
/// The body is the profile or vacancy, as YAML or JSON. Its text is data: no part of it is run, and it can name no file. It
/// is made in a process of its own, which may take so much time and memory, and no more.
#[utoipa::path(post, path = "/api/v1/render", operation_id = "render_profile", tag = "render", params(RenderQuery),
    request_body(description = "A profile or vacancy, by its `kind`", content((Value = "application/json"), (Value = "application/yaml"), (Value = "text/yaml"))),
    responses((status = 200, description = "The document", content((Binary = "application/pdf"),
        (Binary = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (String = "text/html"), (String = "text/plain"), (Binary = "application/zip"))),
        (status = 406, description = "`Accept` names no format that there is", body = ProblemDetails, content_type = "application/problem+json")))]
pub(super) async fn render_profile(
    State(app): State<Arc<App>>,
    query: query::Asked<RenderQuery>,
    access: Access,
    request: Request,
) -> Result<Response, Problem> {
    let RenderQuery { organisation, mut document, mut format, layout, variant, language } = query::read(query, HINT)?;
    query::filled(&mut [&mut document, &mut format]);
    let answer = negotiate(format.as_deref(), request.headers())?;
    let asked = checked(job::Asked { organisation, layout, document, variant, language })?;
    let job = job(&app, asked, (Some(answer), access), request).await?;
    let Reply::File(name, bytes) = app.posted(job).await? else { return Err(Problem::broken()) };
    let mut response = Payload::file(&name, answer.media_type(), bytes).once();
    if format.is_none() {
        response.headers_mut().insert(VARY, HeaderValue::from_static("accept"));
    }
    Ok(response)
}

/// What there is to say of a profile or vacancy
///
/// The body is as that of `render`. Nothing is typeset.
#[utoipa::path(post, path = "/api/v1/check", operation_id = "check_profile", tag = "render", params(CheckQuery),
    request_body(description = "A profile or vacancy, by its `kind`", content((Value = "application/json"), (Value = "application/yaml"), (Value = "text/yaml"))),
    responses((status = 200, description = "All findings; none if there is nothing to say", body = Findings)))]
pub(super) async fn check_profile(
    State(app): State<Arc<App>>,
    query: query::Asked<CheckQuery>,
    access: Access,
    request: Request,
) -> Result<Response, Problem> {
    let CheckQuery { organisation, layout, variant, language } = query::read(query, HINT)?;
    let asked = checked(job::Asked { organisation, layout, document: None, variant, language })?;
    let notation = Notation::of(request.headers())?;
    let bytes = posted::body(request, &app.limits).await?;
    let diagnostics = match posted::text(&bytes, notation) {
        Ok(text) => match app.posted(job_of(&app, asked, (None, access), text)).await? {
            Reply::Findings(findings) => findings,
            Reply::File(..) => return Err(Problem::broken()),
        },
        // A text that can't be read is a finding too.
        Err(faults) => faults.iter().map(crate::diagnostic::emit::to_json).collect(),
    };
    Ok(Payload::json(&Findings { diagnostics }).once())
}

/// A name that is left empty is left out, but that of the organisation.
fn checked(mut asked: job::Asked) -> Result<job::Asked, Problem> {
    query::filled(&mut [&mut asked.layout, &mut asked.document, &mut asked.variant, &mut asked.language]);
    query::language(&mut asked.language)?;
    if asked.organisation.is_empty() {
        return Err(query::malformed("`organisation` is empty", HINT));
    }
    Ok(asked)
}

async fn job(app: &App, asked: job::Asked, wanted: (Option<Answer>, Access), request: Request) -> Result<Job, Problem> {
    let headers: &HeaderMap = request.headers();
    let notation = Notation::of(headers)?;
    let bytes = posted::body(request, &app.limits).await?;
    let text = posted::text(&bytes, notation).map_err(|faults| Problem::faults("the text", &faults))?;
    Ok(job_of(app, asked, wanted, text))
}

/// What is wanted of a text, with the limits of the server.
pub(super) fn job_of(app: &App, asked: job::Asked, (answer, access): (Option<Answer>, Access), text: String) -> Job {
    Job {
        asked,
        answer: answer.map(|answer| answer.name().to_owned()),
        look: None,
        panel: access == Access::Trusted,
        date: app.options.date.clone(),
        most_pages: app.limits.pages,
        most_nesting: app.limits.nesting,
        name: NAME.to_owned(),
        text,
    }
}
