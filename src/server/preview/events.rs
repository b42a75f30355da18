//! `/packs/{organisation}/{pack}/events`: what is shown of a document, now and whenever that changes (server-sent events, WHATWG
//! HTML, section 9.2).

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::super::access::Access;
use super::super::problem::Problem;
use super::super::query;
use super::super::state::App;
use super::view::{Moment, Named, ViewQuery, moment, names};
use crate::diagnostic::Diagnostic;

/// Time for a program that saves to be done with all its files.
const SETTLE: Duration = Duration::from_millis(3);

/// Time before a page is asked for again when the server has enough to do.
const AGAIN: Duration = Duration::from_millis(150);

/// Time after which a browser that has lost the connection asks again.
const RETRY: Duration = Duration::from_millis(500);

/// Time between signs of life, so that a proxy doesn't take the connection for dead.
const ALIVE: Duration = Duration::from_secs(15);

/// What is shown of a document, now and from now on.
pub(super) async fn get_events(
    State(app): State<Arc<App>>,
    path: Named,
    query: query::Asked<ViewQuery>,
    access: Access,
) -> Result<Response, Problem> {
    let (organisation, name) = names(path)?;
    let query = ViewQuery::of(query)?;
    let place = app.changes.place().ok_or_else(Problem::busy)?;
    let (mut changes, mut ending) = (app.changes.listen(app.root()), app.ending());
    let first = now(&app, &organisation, &name, &query, access).await?;
    // Who doesn't read gets the next state when it does, and none in between.
    let (to, from) = tokio::sync::mpsc::channel::<Moment>(1);
    tokio::spawn(async move {
        let _place = place;
        let mut last = first.clone();
        if to.send(first).await.is_err() {
            return;
        }
        loop {
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return },
                _ = ending.wait_for(|ending| *ending) => return,
                () = to.closed() => return,
            }
            tokio::time::sleep(SETTLE).await;
            changes.borrow_and_update();
            app.changes.mend(app.root());
            app.look_again();
            let moment = loop {
                match now(&app, &organisation, &name, &query, access).await {
                    Ok(moment) => break moment,
                    Err(problem) if problem.is("unknown-pack") || problem.is("unknown-organisation") || problem.is("unknown-document") => {
                        break Moment::without_pages(&[Diagnostic::error("gone", "this is no longer in the project")]);
                    }
                    // As much is being made as may be: this is asked for again.
                    Err(_) if !to.is_closed() && !*ending.borrow() => tokio::time::sleep(AGAIN).await,
                    Err(_) => return,
                }
            };
            if moment != last {
                last = moment.clone();
                if to.send(moment).await.is_err() {
                    return;
                }
            }
        }
    });
    let events = ReceiverStream::new(from).map(|moment| Ok::<_, Infallible>(Event::default().retry(RETRY).json_data(&moment).unwrap_or_default()));
    // A proxy that gathers an answer would keep the events to itself (nginx).
    let unbuffered = [("x-accel-buffering", "no")];
    Ok((unbuffered, Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE))).into_response())
}

async fn now(app: &App, organisation: &str, name: &str, query: &ViewQuery, access: Access) -> Result<Moment, Problem> {
    let (organisation, name, query, options) = (organisation.to_owned(), name.to_owned(), query.clone(), app.options.clone());
    app.work(move |loaded| {
        let id = loaded.find(&organisation, &name)?;
        moment(loaded, &id, &query, &options, access)
    })
    .await?
}
