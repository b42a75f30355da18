//! What the last builds into one output folder found and made: enough to tell, without reading a file, which packs would be made
//! again just as they are.
//!
//! The index is a hint. Without it, or if it is damaged, everything is made again, and what is the same isn't written.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use super::plan::Terms;
use crate::build::{MadeFile, MadePack, PackReport};
use super::report::MadeFrom;
use crate::bundle::Manifest;
use crate::cache::{decoded, encode_into, written_by};
use crate::layout::Audience;
use crate::project::{Digest, Inputs, Mark, PackId, Said, is_of_pack};

/// Which way of writing it this is; another isn't read.
const VERSION: u32 = 1;

/// An input as it was when a pack was made from it: its name, and what it said.
pub(super) type Key = (String, Option<Digest>);

/// What is known of the packs in one output folder.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Index {
    version: u32,
    /// When it was written: what was changed just before could be changed once more without anybody noticing.
    written: Option<SystemTime>,
    /// The program that wrote it.
    pub program: Option<Program>,
    /// Digests of the programs that made packs.
    programs: Vec<Digest>,
    /// Every file that an input is, or is in, by its path.
    pub files: BTreeMap<String, FileRecord>,
    /// Inputs of packs, each once.
    pub keys: Vec<Key>,
    /// Sets of inputs that documents have in common, each once.
    pub sets: Vec<Vec<u32>>,
    /// Digest of all templates.
    pub templates: Option<Digest>,
    /// Organisations whose layout, brand and clauses were without faults, each with the digest of the templates and of its file.
    pub ready: BTreeMap<String, Digest>,
    /// The packs by name.
    pub packs: BTreeMap<String, Trace>,
}

/// A program, and what tells that its file is still the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Program {
    pub mark: Mark,
    pub digest: Digest,
}

/// A file of the project as it was read last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileRecord {
    pub state: State,
    /// Size on disk, and digest of the bytes without a byte order mark.
    pub size: u64,
    pub bytes: Option<Digest>,
    pub said: Said,
}

impl FileRecord {
    /// What is known of a file that isn't there.
    pub(super) fn absent() -> Self {
        Self { state: State::Absent, size: 0, bytes: None, said: Said::new() }
    }
}

/// Where a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum State {
    /// On disk, with the mark that says that it is the one that was read, if one does.
    Disk(Option<Mark>),
    /// In the program.
    Program,
    /// Nowhere.
    Absent,
}

/// How a pack was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Trace {
    pub id: PackId,
    /// Place of the program in the list.
    program: u32,
    pub options: Digest,
    /// Whether it was made in the last build: if not, these are the last good files.
    pub good: bool,
    /// The inputs that are its own: places of keys.
    pub own: Vec<u32>,
    pub documents: Vec<DocumentTrace>,
    pub outputs: Vec<OutputTrace>,
    /// How many warnings there were.
    pub warnings: u32,
}

/// A document as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct DocumentTrace {
    pub name: String,
    pub digest: Digest,
    pub audience: Audience,
    pub pages: u32,
    /// What it is found by among what is known of its pack.
    pub fingerprint: Option<Digest>,
    /// Its other inputs: place of the set.
    pub set: u32,
}

/// A file as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct OutputTrace {
    /// Its path in the output folder.
    pub path: String,
    pub mark: Option<Mark>,
    pub size: u64,
    pub digest: Digest,
}

impl Index {
    /// The index in this place; an empty one if there is none that can be used.
    pub(super) fn load(place: &Path) -> Self {
        let read = std::fs::read(place).ok().and_then(|bytes| decoded(&bytes));
        let mut index = read.filter(|index: &Self| index.version == VERSION && index.is_whole()).unwrap_or_default();
        let is_sure = |mark: &Mark| index.written.is_some_and(|written| mark.is_settled(written));
        for output in index.packs.values_mut().flat_map(|trace| &mut trace.outputs) {
            output.mark = output.mark.filter(is_sure);
        }
        index
    }

    /// Writes the index; if that isn't possible, the next build makes more than it has to.
    pub(super) fn save(&mut self, place: &Path) {
        (self.version, self.written) = (VERSION, Some(SystemTime::now()));
        if let Some(folder) = place.parent() {
            let _ = written_by(folder, place, |file| encode_into(self, file));
        }
    }

    /// Whether every place in it is one of a list.
    fn is_whole(&self) -> bool {
        let keys = |places: &[u32]| places.iter().all(|place| (*place as usize) < self.keys.len());
        let set = |document: &DocumentTrace| (document.set as usize) < self.sets.len();
        self.sets.iter().all(|set| keys(set))
            && self.packs.values().all(|trace| {
                keys(&trace.own) && trace.documents.iter().all(set) && (trace.program as usize) < self.programs.len()
            })
    }

    /// Paths of the files of all packs but some.
    pub(super) fn paths_but(&self, names: &[String]) -> BTreeSet<&str> {
        let packs = self.packs.iter().filter(|(name, _)| !names.contains(name));
        packs.flat_map(|(_, trace)| &trace.outputs).map(|output| output.path.as_str()).collect()
    }

    /// Whether a pack was made by this program.
    pub(super) fn is_by(&self, trace: &Trace, program: Digest) -> bool {
        self.programs.get(trace.program as usize) == Some(&program)
    }

    /// What a document was made from: places of the keys.
    fn inputs<'a>(&'a self, trace: &'a Trace, document: &DocumentTrace) -> impl Iterator<Item = u32> {
        let set = self.sets.get(document.set as usize).into_iter().flatten();
        trace.own.iter().chain(set).copied()
    }

    /// What each file of some packs was made from; the manifest and the zips from all of it.
    pub(super) fn made_from(&self, packs: &[PackId]) -> Vec<MadeFrom> {
        let keys: Vec<Arc<Key>> = self.keys.iter().cloned().map(Arc::new).collect();
        let mut all = Vec::new();
        for trace in packs.iter().filter_map(|id| self.packs.get(&id.to_string())) {
            let folder = Manifest::folder(&trace.id);
            let mut whole: BTreeSet<&Arc<Key>> = BTreeSet::new();
            for document in &trace.documents {
                let inputs: BTreeSet<&Arc<Key>> = self.inputs(trace, document).filter_map(|place| keys.get(place as usize)).collect();
                whole.extend(&inputs);
                all.push(MadeFrom { path: format!("{folder}/{}", document.name), inputs: inputs.into_iter().cloned().collect() });
            }
            let is_document = |path: &str| trace.documents.iter().any(|document| path.ends_with(&format!("/{}", document.name)));
            for output in trace.outputs.iter().filter(|output| !is_document(&output.path)) {
                all.push(MadeFrom { path: output.path.clone(), inputs: whole.iter().copied().cloned().collect() });
            }
        }
        all
    }
}

/// Adds packs to an index, in which everything stands once.
pub(super) struct Recorder {
    pub index: Index,
    keys: HashMap<Key, u32>,
    sets: HashMap<Vec<u32>, u32>,
}

impl Recorder {
    /// Begins with an index, of which only what its packs use is taken over.
    pub(super) fn new(before: Index) -> Self {
        let Index { program, programs, files, keys, sets, templates, ready, packs, .. } = before;
        let index = Index { program, programs, files, templates, ready, ..Index::default() };
        let mut recorder = Self { index, keys: HashMap::new(), sets: HashMap::new() };
        for (name, mut trace) in packs {
            trace.own = trace.own.iter().map(|place| recorder.key(keys[*place as usize].clone())).collect();
            for document in &mut trace.documents {
                let set = sets[document.set as usize].iter().map(|place| recorder.key(keys[*place as usize].clone())).collect();
                document.set = recorder.set(set);
            }
            recorder.index.packs.insert(name, trace);
        }
        recorder
    }

    /// Records what became of a pack; paths of files that it had and that no pack has any more.
    pub(super) fn record(&mut self, report: &PackReport, (terms, earlier): (Terms<'_>, usize)) -> Vec<String> {
        let Some(made) = &report.made else {
            self.fail(&report.id);
            return Vec::new();
        };
        let name = report.id.to_string();
        let before = self.index.packs.remove(&name).map(|trace| trace.outputs).unwrap_or_default();
        self.add(&report.id, made, (terms.program, terms.options), report.diagnostics.len() + earlier);
        for output in self.index.packs.get_mut(&name).into_iter().flat_map(|trace| &mut trace.outputs) {
            output.mark = std::fs::metadata(terms.out.join(&output.path)).ok().map(|metadata| Mark::of(&metadata));
        }
        let has = |path: &str| made.outputs.iter().any(|output| output.path == path);
        let left: Vec<String> = before.into_iter().map(|output| output.path).filter(|path| !has(path)).collect();
        if left.is_empty() {
            return left;
        }
        let live = self.index.paths_but(&[]);
        left.into_iter().filter(|path| !live.contains(path.as_str())).collect()
    }

    /// Adds a pack that was made.
    fn add(&mut self, id: &PackId, made: &MadePack, (program, options): (Digest, Digest), warnings: usize) {
        let known = self.index.programs.iter().position(|known| *known == program);
        let program = known.unwrap_or_else(|| {
            self.index.programs.push(program);
            self.index.programs.len() - 1
        });
        let mut own: Vec<u32> = Vec::new();
        let documents: Vec<DocumentTrace> = made
            .documents
            .iter()
            .map(|MadeFile { name, digest, audience, pages, fingerprint, inputs, .. }| {
                let (mine, shared) = self.parted(inputs);
                own.extend(mine);
                let (name, pages) = (name.clone(), u32::try_from(*pages).unwrap_or(u32::MAX));
                DocumentTrace { name, digest: *digest, audience: *audience, pages, fingerprint: *fingerprint, set: self.set(shared) }
            })
            .collect();
        own.sort_unstable();
        own.dedup();
        let output = |output: &crate::build::MadeOutput| OutputTrace { path: output.path.clone(), mark: None, size: output.size, digest: output.digest };
        let trace = Trace {
            id: id.clone(),
            program: u32::try_from(program).unwrap_or(u32::MAX),
            options,
            good: !made.torn,
            own,
            documents,
            outputs: made.outputs.iter().map(output).collect(),
            warnings: u32::try_from(warnings).unwrap_or(u32::MAX),
        };
        self.index.packs.insert(id.to_string(), trace);
    }

    /// Notes that a pack could not be made; what is known of its last good files stays.
    fn fail(&mut self, id: &PackId) {
        let none = Trace {
            id: id.clone(),
            program: 0,
            options: Digest::of(b""),
            good: false,
            own: Vec::new(),
            documents: Vec::new(),
            outputs: Vec::new(),
            warnings: 0,
        };
        if self.index.programs.is_empty() {
            self.index.programs.push(Digest::of(b""));
        }
        self.index.packs.entry(id.to_string()).or_insert(none).good = false;
    }

    /// The inputs that are a pack's own, and the others.
    fn parted(&mut self, inputs: &Inputs) -> (Vec<u32>, Vec<u32>) {
        let (mut own, mut shared) = (Vec::new(), Vec::new());
        for (name, digest) in inputs.iter() {
            let key = self.key((name.to_owned(), digest));
            if is_of_pack(name) { own.push(key) } else { shared.push(key) }
        }
        (own, shared)
    }

    fn key(&mut self, key: Key) -> u32 {
        if let Some(place) = self.keys.get(&key) {
            return *place;
        }
        let place = u32::try_from(self.index.keys.len()).unwrap_or(u32::MAX);
        self.index.keys.push(key.clone());
        self.keys.insert(key, place);
        place
    }

    fn set(&mut self, mut set: Vec<u32>) -> u32 {
        set.sort_unstable();
        if let Some(place) = self.sets.get(&set) {
            return *place;
        }
        let place = u32::try_from(self.index.sets.len()).unwrap_or(u32::MAX);
        self.index.sets.push(set.clone());
        self.sets.insert(set, place);
        place
    }
}
