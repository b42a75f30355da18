//! All packs held against what was approved: one after the other, in the background, while a page tells how far it is.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde::Serialize;

use super::super::live::Loaded;
use super::super::pages::SheetsKey;
use super::super::problem::Problem;
use super::super::state::App;
use super::approvals::Approved;
use crate::build::{Builder, Options, compare};
use crate::diagnostic::Diagnostic;
use crate::layout::Audience;
use crate::project::{PackId, is_of_pack};
use crate::project::snapshot::State;

/// Time before a pack is tried again when the server has enough to do.
const AGAIN: Duration = Duration::from_millis(200);

/// How often it is tried: a pack that makes the program fail is not tried for ever.
const TRIES: usize = 100;

/// A comparison of all packs.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) loaded: Arc<Loaded>,
    pub(super) approved: Option<Arc<Approved>>,
    /// Digest of the files as they are now: what would be approved. Known once all packs are made, and all their files are
    /// read; or why they can't be.
    digest: OnceLock<Result<String, Diagnostic>>,
    /// Paths of the files that differ; none if that can't be told.
    pub(super) files: Option<Vec<String>>,
    pub(super) total: usize,
    packs: Mutex<Vec<PackChange>>,
    ended: AtomicBool,
}

/// What has become of a pack.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PackChange {
    pub(super) organisation: String,
    pub(super) name: String,
    pub(super) title: String,
    /// `same`, `changed`, `new`, `gone`, `failed` or `mended`.
    pub(super) state: &'static str,
    pub(super) documents: Vec<DocumentChange>,
    /// Why it can't be made now.
    pub(super) fault: Option<String>,
    /// How many pages more it has, all documents together.
    pub(super) longer: i64,
}

/// What has become of a document.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DocumentChange {
    pub(super) name: String,
    title: String,
    pub(super) panel: bool,
    /// Pages before and now.
    counts: [usize; 2],
    /// Pages that look different.
    differing: usize,
}

impl App {
    /// The comparison of all packs as they are now with what was approved: begun, if it wasn't. Reads files.
    pub(super) fn run(self: &Arc<Self>, loaded: Arc<Loaded>) -> Arc<Run> {
        let approved = self.approved();
        let mut last = self.approvals.run.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |run: &&Arc<Run>| {
            let counts = match (&run.approved, &approved) {
                (Some(one), Some(other)) => Arc::ptr_eq(one, other),
                (one, other) => one.is_none() && other.is_none(),
            };
            counts && Arc::ptr_eq(&run.loaded, &loaded)
        };
        if let Some(run) = last.as_ref().filter(same) {
            return Arc::clone(run);
        }
        let now = State::read(&loaded.builder.project().files).ok();
        let then = approved.as_ref().and_then(|approved| approved.state.as_ref());
        let files = now.as_ref().zip(then).map(|(now, then)| now.differing(then));
        let mut ids: BTreeSet<PackId> = loaded.builder.project().packs().into_iter().collect();
        ids.extend(approved.iter().flat_map(|approved| approved.loaded.builder.project().packs()));
        let run = Arc::new(Run {
            approved,
            digest: OnceLock::new(),
            files,
            total: ids.len(),
            packs: Mutex::default(),
            ended: AtomicBool::new(false),
            loaded,
        });
        *last = Some(Arc::clone(&run));
        tokio::spawn(all(Arc::clone(self), Arc::clone(&run), ids));
        run
    }
}

/// Compares one pack after the other, for as long as the project is as it was and the server lives.
async fn all(app: Arc<App>, run: Arc<Run>, ids: BTreeSet<PackId>) {
    for id in ids {
        let mut tries = 0..TRIES;
        let change = loop {
            if tries.next().is_none() {
                break PackChange::new(&id, &id.name, "failed", Some("this pack makes the program fail".to_owned()));
            }
            let (also, id, options) = (Arc::clone(&run), id.clone(), app.options.clone());
            if app.is_ending() {
                return;
            }
            match app.work(move |loaded| std::ptr::eq(loaded, &*also.loaded).then(|| also.compared(&id, &options))).await {
                Ok(Some(change)) => break change,
                // Another reading of the project: another run.
                Ok(None) => return,
                Err(_) => tokio::time::sleep(AGAIN).await,
            }
        };
        run.packs.lock().unwrap_or_else(PoisonError::into_inner).push(change);
    }
    let also = Arc::clone(&run);
    let read = tokio::task::spawn_blocking(move || State::read(&also.loaded.builder.project().files).map(|state| state.digest()));
    if let Ok(digest) = read.await {
        let _ = run.digest.set(digest);
    }
    run.ended.store(true, Ordering::Release);
}

impl Run {
    /// Digest of what would be approved, or why nothing can be; none before all packs are done.
    pub(super) fn digest(&self) -> Option<Result<&String, &Diagnostic>> {
        self.digest.get().map(Result::as_ref)
    }

    /// Whether all packs are done.
    pub(super) fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// Packs that can't be made as they are.
    pub(super) fn failed(&self) -> usize {
        self.packs.lock().unwrap_or_else(PoisonError::into_inner).iter().filter(|pack| pack.state == "failed").count()
    }

    /// The packs that are done.
    pub(super) fn packs(&self) -> Vec<PackChange> {
        self.packs.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn compared(&self, id: &PackId, options: &Options) -> PackChange {
        let then = self.approved.as_ref().map(|approved| &approved.loaded.builder);
        let now = &self.loaded.builder;
        let before = then.filter(|then| then.project().packs().contains(id)).map(|then| then.outline(id, options));
        let after = now.project().packs().contains(id).then(|| now.outline(id, options));
        let title = [&after, &before].into_iter().find_map(|side| side.as_ref()?.as_ref().ok()).map_or(&id.name, |(title, _)| title);
        let pack = |state, faults: Option<&Vec<Diagnostic>>| {
            let fault = faults.and_then(|faults| faults.first()).map(|fault| fault.message.clone());
            PackChange::new(id, title, state, fault)
        };
        match (&before, &after) {
            (_, None) => pack("gone", None),
            (_, Some(Err(faults))) => pack("failed", Some(faults)),
            (None, Some(Ok(_))) => pack("new", None),
            (Some(Err(_)), Some(Ok(_))) => pack("mended", None),
            (Some(Ok((_, old))), Some(Ok((_, new)))) => {
                let Some(then) = then.filter(|then| self.may_differ([*then, now], id, options)) else { return pack("same", None) };
                let mut names: Vec<&(String, String, Audience)> = new.iter().collect();
                names.extend(old.iter().filter(|(name, ..)| !new.iter().any(|(known, ..)| known == name)));
                let documents = names.into_iter().map(|(name, title, audience)| document([then, now], id, options, (name, title, *audience)));
                match documents.collect::<Result<Vec<_>, _>>() {
                    Err(faults) => pack("failed", Some(&faults)),
                    Ok(documents) => {
                        let documents: Vec<_> = documents.into_iter().flatten().collect();
                        let pages = |at: usize| documents.iter().map(|document| i64::try_from(document.counts[at]).unwrap_or(0)).sum::<i64>();
                        let longer = pages(1) - pages(0);
                        PackChange { longer, ..PackChange { documents, ..pack("changed", None) } }.settled()
                    }
                }
            }
        }
    }

    /// Whether a pack can look different: what it alone is made from has changed, or anything that packs share.
    fn may_differ(&self, builders: [&Builder; 2], id: &PackId, options: &Options) -> bool {
        let own: BTreeSet<String> = builders
            .into_iter()
            .filter_map(|builder| builder.assemble(id, options).ok())
            .flat_map(|(pack, _)| pack.sources.iter().map(|source| source.path.clone()).collect::<Vec<_>>())
            .collect();
        // Where it can't be told what differs, everything is looked at.
        self.files.as_ref().is_none_or(|files| files.iter().any(|path| !is_of_pack(path) || own.contains(path)))
    }
}

impl PackChange {
    fn new(id: &PackId, title: &str, state: &'static str, fault: Option<String>) -> Self {
        let (organisation, name, title) = (id.organisation.clone(), id.name.clone(), title.to_owned());
        Self { organisation, name, title, state, documents: Vec::new(), fault, longer: 0 }
    }

    /// A pack of which no page looks different is the same.
    fn settled(self) -> Self {
        let state = if self.documents.is_empty() { "same" } else { self.state };
        Self { state, ..self }
    }
}

/// What has become of a document; none if nothing has.
fn document(
    [then, now]: [&Builder; 2],
    id: &PackId,
    options: &Options,
    (name, title, audience): (&str, &str, Audience),
) -> Result<Option<DocumentChange>, Vec<Diagnostic>> {
    let options = SheetsKey::main(id).options(options);
    let side = |builder: &Builder| match builder.sheets(id, &options, name) {
        Err(faults) if faults.iter().all(|fault| fault.code == "unknown-document") => Ok(None),
        made => made.map(Some),
    };
    // What was approved and can't be made by this program has no pages to compare.
    let (before, after) = (side(then).unwrap_or(None), side(now)?);
    let count = |side: &Option<_>| side.as_ref().map_or(0, crate::build::Sheets::count);
    let counts = [count(&before), count(&after)];
    let differing = match (&before, &after) {
        (Some(before), Some(after)) => compare::pages(before, after).iter().filter(|pair| pair.differs()).count(),
        _ => counts[0].max(counts[1]),
    };
    let change = DocumentChange { name: name.to_owned(), title: title.to_owned(), panel: audience == Audience::Panel, counts, differing };
    Ok((differing > 0).then_some(change))
}

/// The state of the files as they are now, if it is the one of this digest.
///
/// # Errors
/// 409 if it is another.
pub(super) fn still(loaded: &Loaded, digest: &str) -> Result<State, Problem> {
    let state = State::read(&loaded.builder.project().files).map_err(|fault| Problem::faults("the project", &[fault]))?;
    if state.digest() == digest {
        return Ok(state);
    }
    let fault = Diagnostic::error("project-changed", "files have changed since this comparison was made");
    Err(Problem::new(axum::http::StatusCode::CONFLICT, fault.hint("look at the changes again, then approve them")))
}
