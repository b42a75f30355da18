//! Built packs of one reading of the project, each built once however many ask, and forgotten when there are too many.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use super::pack::BuiltAnswers;
use super::pages::SheetsKey;
use super::payload::Payload;
use crate::build::{Outline, Sheets};
use crate::project::PackId;

/// What became of a pack, with its answers.
pub(super) type PackOutcome = Arc<BuiltAnswers>;
type News = Option<PackOutcome>;

/// Built packs.
#[derive(Debug)]
pub(super) struct PackCache {
    packs: Mutex<Packs>,
    /// Most bytes that are kept.
    limit: usize,
}

#[derive(Debug, Default)]
struct Packs {
    slots: BTreeMap<PackId, Slot>,
    /// Counts what is asked for, to tell what was asked for last.
    clock: u64,
}

#[derive(Debug)]
struct Slot {
    news: watch::Receiver<News>,
    used: u64,
}

/// What a caller finds.
pub(super) enum Entry {
    /// The pack is there.
    Ready(PackOutcome),
    /// Somebody builds it; closed without news if they give up.
    Building(watch::Receiver<News>),
    /// The caller builds it.
    Mine(Turn),
}

/// The right, and the duty, to build a pack. Dropping it gives it up.
pub(super) struct Turn(watch::Sender<News>);

impl Turn {
    /// Hands over what was built.
    pub(super) fn done(&self, outcome: PackOutcome) {
        self.0.send_replace(Some(outcome));
    }
}

impl PackCache {
    /// A cache of at most `limit` bytes.
    pub(super) fn new(limit: usize) -> Self {
        Self { packs: Mutex::default(), limit }
    }

    /// The pack, or who builds it.
    pub(super) fn enter(&self, id: &PackId) -> Entry {
        let mut packs = self.packs.lock().unwrap_or_else(PoisonError::into_inner);
        packs.clock += 1;
        let now = packs.clock;
        if let Some(slot) = packs.slots.get_mut(id) {
            slot.used = now;
            let there = slot.news.borrow().clone();
            match there {
                Some(outcome) => return Entry::Ready(outcome),
                None if slot.news.has_changed().is_ok() => return Entry::Building(slot.news.clone()),
                None => {}
            }
        }
        packs.forget(self.limit);
        let (turn, news) = watch::channel(None);
        packs.slots.insert(id.clone(), Slot { news, used: now });
        Entry::Mine(Turn(turn))
    }

    /// How many packs are kept.
    #[cfg(test)]
    pub(super) fn built(&self) -> usize {
        let packs = self.packs.lock().unwrap_or_else(PoisonError::into_inner);
        packs.slots.values().filter(|slot| slot.news.borrow().is_some()).count()
    }
}

impl Packs {
    /// Drops what was not asked for longest until the rest fits. What is being built has no size yet and stays.
    fn forget(&mut self, limit: usize) {
        let size = |slot: &Slot| slot.news.borrow().as_ref().map_or(0, |outcome| outcome.size());
        let mut total: usize = self.slots.values().map(size).sum();
        while total > limit {
            let built = self.slots.iter().filter(|(_, slot)| size(slot) > 0);
            let Some(oldest) = built.min_by_key(|(_, slot)| slot.used).map(|(id, _)| id.clone()) else { return };
            if let Some(slot) = self.slots.remove(&oldest) {
                total -= size(&slot);
            }
        }
    }
}

/// Most typeset documents that are kept: who turns pages turns those of a few.
const SHEETS: usize = 8;

/// Most small pictures that are kept: those of a gallery.
const THUMBS: usize = 1000;

/// Documents that were typeset to be looked at.
pub(super) type SheetsCache = Recent<SheetsKey, Arc<Sheets>>;

/// Small pictures: of which page, and with how many dots to the inch.
pub(super) type ThumbsCache = Recent<(SheetsKey, usize, u32), Payload>;

/// What could be made last, whatever has become of the files since; of all readings of the project.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) sheets: SheetsCache,
    pub(super) thumbs: ThumbsCache,
    outlines: Mutex<BTreeMap<PackId, Outline>>,
}

impl Kept {
    pub(super) fn new() -> Self {
        Self { sheets: sheets(), thumbs: thumbs(), outlines: Mutex::default() }
    }

    /// What a pack is called and which documents it has: now, or when that could be told last. `documents` may be none where
    /// only the title was asked for.
    pub(super) fn outline(&self, id: &PackId, now: Option<Outline>) -> Option<Outline> {
        let mut all = self.outlines.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((title, documents)) = now else { return all.get(id).cloned() };
        let last = all.entry(id.clone()).or_default();
        last.0.clone_from(&title);
        if !documents.is_empty() {
            last.1.clone_from(&documents);
        }
        Some((title, documents))
    }
}

/// A cache of typeset documents.
pub(super) fn sheets() -> SheetsCache {
    Recent::new(SHEETS)
}

/// A cache of small pictures.
pub(super) fn thumbs() -> ThumbsCache {
    Recent::new(THUMBS)
}

/// So many things that were asked for last, the last one last.
#[derive(Debug)]
pub(super) struct Recent<K, V> {
    all: Mutex<Vec<(K, V)>>,
    most: usize,
}

impl<K: PartialEq, V: Clone> Recent<K, V> {
    /// The last `most` of them.
    fn new(most: usize) -> Self {
        Self { all: Mutex::default(), most }
    }

    pub(super) fn get(&self, key: &K) -> Option<V> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let at = all.iter().position(|(known, _)| known == key)?;
        let found = all.remove(at);
        let value = found.1.clone();
        all.push(found);
        Some(value)
    }

    pub(super) fn keep(&self, key: K, value: V) -> V {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(known, _)| *known != key);
        all.push((key, value.clone()));
        let over = all.len().saturating_sub(self.most);
        all.drain(..over);
        value
    }
}
