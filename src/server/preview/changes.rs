//! `/changes`: what has become of all packs since they were approved, and the button that approves them.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use super::super::access::Access;
use super::super::guard::own_page;
use super::super::problem::Problem;
use super::super::query;
use super::super::state::App;
use super::page;
use super::run::{PackChange, still};
use crate::diagnostic::Diagnostic;

/// The screen, as its template sees it.
#[derive(Serialize)]
struct Changes<'a> {
    title: &'static str,
    approved_at: Option<String>,
    /// Version of the program that approved, where it is another.
    other_version: Option<&'a str>,
    files: &'a [String],
    packs: Vec<PackChange>,
    total: usize,
    ended: bool,
    summary: String,
    /// Whether nothing has changed.
    same: bool,
    failed: usize,
    unchanged: usize,
    digest: Option<&'a str>,
    /// What can't be read, so that nothing can be approved.
    unreadable: Option<&'a str>,
    /// Whether what was approved is not as it was recorded.
    damaged: bool,
    writable: bool,
}

/// All packs against what was approved.
pub(super) async fn get_changes(State(app): State<Arc<App>>, access: Access) -> Result<Response, Problem> {
    app.staff(access)?;
    let loaded = app.project().await;
    let also = Arc::clone(&app);
    let run = tokio::task::spawn_blocking(move || also.run(loaded)).await.map_err(|_| Problem::broken())?;
    let mut packs = run.packs();
    for pack in &mut packs {
        pack.documents.retain(|document| !document.panel || access == Access::Trusted);
    }
    let approval = run.approved.as_ref().map(|approved| &approved.approval);
    let (ended, total) = (run.has_ended(), run.total);
    page("changes.html", &Changes {
        title: "Changes since the last approval",
        approved_at: run.approved.as_ref().map(|approved| approved.when()),
        other_version: approval.map(|approval| approval.version.as_str()).filter(|version| *version != env!("CARGO_PKG_VERSION")),
        files: run.files.as_deref().unwrap_or_default(),
        summary: summary(&packs, total),
        same: approval.is_some() && run.files.as_ref().is_some_and(Vec::is_empty) && packs.iter().all(|pack| pack.state == "same"),
        failed: run.failed(),
        unchanged: packs.iter().filter(|pack| pack.state == "same").count(),
        packs,
        total,
        ended,
        digest: run.digest().and_then(Result::ok).map(String::as_str),
        unreadable: run.digest().and_then(Result::err).map(|fault| fault.message.as_str()),
        damaged: run.approved.as_ref().is_some_and(|approved| approved.state.is_none()),
        writable: app.may_write(access),
    })
}

/// What has become of all packs, in a sentence.
fn summary(packs: &[PackChange], total: usize) -> String {
    let count = |is: &dyn Fn(&&PackChange) -> bool| packs.iter().filter(is).count();
    let state = |name: &'static str| count(&move |pack| pack.state == name);
    let (changed, failed) = (state("changed"), state("failed"));
    let verb = |count: usize, one: &str, many: &str| if count == 1 { one.to_owned() } else { many.to_owned() };
    let mut parts = vec![match changed {
        0 => format!("None of {total} packs changes"),
        _ => format!("{changed} of {total} packs {}", verb(changed, "changes", "change")),
    }];
    let mut more = |count: usize, one: &str, many: &str| {
        if count > 0 {
            parts.push(format!("{count} {}", verb(count, one, many)));
        }
    };
    more(count(&|pack| pack.longer > 0), "of them gets longer", "of them get longer");
    more(count(&|pack| pack.longer < 0), "of them gets shorter", "of them get shorter");
    more(state("new"), "is new", "are new");
    more(state("gone"), "is gone", "are gone");
    more(state("mended"), "can be made again", "can be made again");
    more(failed, "can’t be made", "can’t be made");
    format!("{}.", parts.join("; "))
}

/// What the button sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Approve {
    /// Digest of what was looked at.
    digest: String,
}

/// Records what was looked at as approved.
pub(super) async fn post_approval(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    form: Result<Form<Approve>, FormRejection>,
) -> Result<Response, Problem> {
    own_page(&headers)?;
    app.writer(access)?;
    let Form(Approve { digest }) = form.map_err(|rejection| query::malformed(&rejection.body_text(), "send `digest`"))?;
    // The clock is read for the record alone: it goes into no document.
    let now = DateTime::<Utc>::from(std::time::SystemTime::now()).to_rfc3339_opts(SecondsFormat::Secs, true);
    let root = app.root().to_path_buf();
    let seen = digest.clone();
    let state = app.work(move |loaded| still(loaded, &seen)).await??;
    let (also, loaded) = (Arc::clone(&app), app.project().await);
    let run = tokio::task::spawn_blocking(move || also.run(loaded)).await.map_err(|_| Problem::broken())?;
    if !run.has_ended() || run.failed() > 0 || run.digest().and_then(Result::ok) != Some(&digest) {
        let fault = Diagnostic::error("not-compared", "not all packs are compared yet, or some can’t be made");
        return Err(Problem::new(StatusCode::CONFLICT, fault.hint("look at the changes again, then approve them")));
    }
    let written = tokio::task::spawn_blocking(move || state.approve(&root, &now)).await.map_err(|_| Problem::broken())?;
    written.map_err(|fault| Problem::new(StatusCode::INSUFFICIENT_STORAGE, fault))?;
    Ok(Redirect::to("/changes").into_response())
}
