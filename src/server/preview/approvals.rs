//! What was approved last, read once for as long as it counts.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::DateTime;

use super::super::live::Loaded;
use super::super::state::App;
use super::run::Run;
use crate::project::snapshot::{self, Approval, State};

/// What was approved, and what is being compared with it.
#[derive(Debug, Default)]
pub(in super::super) struct Approvals {
    last: Mutex<Option<Arc<Approved>>>,
    /// The comparison of all packs that was begun last.
    pub(super) run: Mutex<Option<Arc<Run>>>,
}

/// The project as it was approved.
#[derive(Debug)]
pub(super) struct Approved {
    pub(super) loaded: Loaded,
    pub(super) approval: Approval,
    /// All of its files; none if they are not those that were recorded.
    pub(super) state: Option<State>,
    pub(super) folder: PathBuf,
}

impl Approved {
    /// When it was approved, for people: `26 November 2026, 10:15 UTC`.
    pub(super) fn when(&self) -> String {
        let at = DateTime::parse_from_rfc3339(&self.approval.approved_at);
        at.map_or_else(|_| self.approval.approved_at.clone(), |at| at.format("%-d %B %Y, %H:%M UTC").to_string())
    }
}

impl App {
    /// What was approved last; none if nothing was. Reads files.
    pub(super) fn approved(&self) -> Option<Arc<Approved>> {
        let mut last = self.approvals.last.lock().unwrap_or_else(PoisonError::into_inner);
        let (folder, approval) = snapshot::approved(self.root())?;
        if last.as_ref().is_none_or(|last| last.folder != folder || last.approval != approval) {
            let loaded = Loaded::settled(&folder, self.limits.cache_bytes);
            let state = snapshot::whole(&folder, &approval);
            *last = Some(Arc::new(Approved { loaded, approval, state, folder }));
        }
        last.clone()
    }
}
