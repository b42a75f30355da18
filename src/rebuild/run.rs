//! One build: planned, made, recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::changes::changes;
use super::history::History;
use super::index::{Index, Program, Recorder};
use super::outcome::{Done, News, Rebuilt, State};
use super::plan::{Cause, Standing, Terms, plan};
use super::present::{Present, Shared};
use super::program;
use super::report::MadeBy;
use crate::build::{BuiltPack, Builder, Options, Progress, Reuse, Run, stem_of};
use crate::bundle::Output;
use crate::cache::Cache;
use crate::diagnostic::{Diagnostic, Found};
use crate::project::{Digest, FOLDERS, Files, Inputs, Keep, Listing, PackId, Project, file_of};

/// How often a long build writes down what it has made.
const OFTEN: Duration = Duration::from_secs(20);

/// A build of some packs into one folder.
#[derive(Debug)]
pub struct Rebuild<'a> {
    files: Arc<Files>,
    listing: Listing,
    /// The packs to build.
    packs: Vec<PackId>,
    /// Whether a name keeps some pack from being made.
    clashes: bool,
    /// Whether these are all.
    all: bool,
    options: &'a Options,
    out: &'a Path,
    cache: Option<Arc<Cache>>,
    program: Option<Program>,
    index: Index,
    /// Packs to build at once; one a core if none is said.
    pub jobs: Option<NonZeroUsize>,
    /// Whether words of documents are compared that are made again.
    pub compares: bool,
    /// Whether it is told what each file was made from.
    pub lists_inputs: bool,
}

impl<'a> Rebuild<'a> {
    /// Lists the packs of the project in `root`.
    ///
    /// - names: the packs to build, as [`Listing::select`]
    /// - out: the output folder
    ///
    /// # Errors
    /// `unknown-pack`, with the faults of folders that can't be read.
    pub fn new(
        root: &Path,
        names: &[String],
        (options, out): (&'a Options, &'a Path),
        cache: Option<Arc<Cache>>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let files = Arc::new(Files::keeping(Some(root.to_path_buf()), Keep::Few));
        let listing = Listing::of(&files);
        let packs = listing.select(names).map_err(|faults| [listing.faults.clone(), faults].concat())?;
        let (all, clashes, program, index) = (names.is_empty(), listing.clashes(), None, Index::default());
        Ok(Self { files, listing, packs, clashes, all, options, out, cache, program, index, jobs: None, compares: false, lists_inputs: false })
    }

    /// Looks up what is known of the packs: not before nobody else writes to the folder.
    fn look_up(&mut self) {
        self.index = self.cache.as_ref().map(|cache| Index::load(&cache.index(self.out))).unwrap_or_default();
        self.program = program::running(self.index.program);
        // What is made by a program that nobody can tell from another is not to be taken over.
        self.cache = self.cache.take().filter(|_| self.program.is_some());
    }

    /// The packs to build.
    pub fn packs(&self) -> &[PackId] {
        &self.packs
    }

    /// Files of the project.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Folders that can't be read.
    pub fn faults(&self) -> &[Diagnostic] {
        &self.listing.faults
    }

    /// A build that could not begin: there is nowhere to write to.
    pub fn refused(self, fault: &Diagnostic) -> Rebuilt {
        let refused = |id: &PackId| State { diagnostics: vec![fault.clone()], ..State::new(id, Vec::new()) };
        Rebuilt { packs: self.packs.iter().map(refused).collect(), shared: self.listing.faults.clone(), ..Rebuilt::default() }
    }

    fn terms(&self) -> Terms<'a> {
        let program = self.program.map_or(Digest::of(b""), |program| program.digest);
        Terms { program, options: digest(self.options), out: self.out }
    }

    /// How each pack stands, by name: the reasons to make it, if there are any; and packs that are gone.
    pub fn plan(mut self) -> Vec<(PackId, Vec<Cause>, bool)> {
        self.look_up();
        let program = self.terms().program;
        let present = Present::new(&self.files, &mut self.index, program);
        let mut plan = Plan::of(&self, &present);
        plan.ready(&self, &present, &mut None);
        let gone = self.gone();
        let gone = gone.iter().filter_map(|name| self.index.packs.get(name)).map(|trace| (trace.id.clone(), Vec::new(), true));
        let packs = self.packs.iter().cloned().zip(plan.standing);
        let mut all: Vec<_> = packs
            .map(|(id, standing)| match standing {
                Standing::Fresh(_) => (id, Vec::new(), false),
                Standing::Stale(causes) => (id, causes, false),
            })
            .chain(gone)
            .collect();
        all.sort();
        all
    }

    /// Packs that were made and whose profile or vacancy is no more.
    fn gone(&self) -> Vec<String> {
        // Where there is no pack at all, somebody is moving the folder.
        if !self.all || self.packs.is_empty() || !self.listing.faults.is_empty() {
            return Vec::new();
        }
        let there: BTreeSet<String> = self.packs.iter().map(ToString::to_string).collect();
        // The names were listed a moment ago, and another build may have made one that is new since.
        let place = |path: String| self.files.root().is_some_and(|root| root.join(path).exists());
        let is_back = |id: &PackId| {
            let (organisation, name) = (&id.organisation, &id.name);
            [format!("profiles/{organisation}/{name}.yaml"), format!("profiles/{organisation}/vacancies/{name}.yaml")].into_iter().any(place)
        };
        // Where a folder is another thing, a link that leads nowhere say, nobody knows what was in it.
        let is_unclear = |folder: &Path| fs::symlink_metadata(folder).is_ok() && !folder.is_dir();
        let is_lost = |id: &PackId| {
            let home = self.files.root().map(|root| root.join("profiles").join(&id.organisation));
            home.is_some_and(|home| is_unclear(&home) || is_unclear(&home.join("vacancies")))
        };
        let gone = self.index.packs.iter().filter(|(name, trace)| !there.contains(*name) && !is_back(&trace.id) && !is_lost(&trace.id));
        gone.map(|(name, _)| name.clone()).collect()
    }

    /// Makes what has to be made; `progress` hears of each pack.
    ///
    /// - before: what an earlier build of the same project by this process has left, and takes what this one leaves
    pub fn run(mut self, output: &Output, before: &mut Option<Earlier>, progress: &(dyn Fn(News<'_>) + Sync)) -> Rebuilt {
        let start = Instant::now();
        self.look_up();
        let terms = self.terms();
        let present = Present::new(&self.files, &mut self.index, terms.program);
        let mut plan = Plan::of(&self, &present);
        let builder = plan.ready(&self, &present, before);
        let Plan { standing, shared, ready } = plan;
        let gone = self.gone();
        let mut states = Vec::new();
        let live = if gone.is_empty() { BTreeSet::new() } else { self.index.paths_but(&gone) };
        for trace in gone.iter().filter_map(|name| self.index.packs.get(name)) {
            let own = trace.outputs.iter().map(|output| output.path.as_str()).filter(|path| !live.contains(path));
            let files = output.remove(own);
            let state = State { done: Done::Removed { files }, ..State::new(&trace.id, Vec::new()) };
            progress(News::Done(&state));
            states.push(state);
        }
        let stale: Vec<PackId> = self.packs.iter().zip(&standing).filter(|(_, how)| matches!(how, Standing::Stale(_))).map(|(id, _)| id.clone()).collect();
        let mut moved = !gone.is_empty();
        let mut causes = BTreeMap::new();
        for (id, standing) in self.packs.iter().zip(standing) {
            match standing {
                Standing::Stale(why) => drop(causes.insert(id.to_string(), why)),
                Standing::Fresh(marks) => {
                    moved |= marks.is_some();
                    states.extend(self.index.packs.get_mut(&id.to_string()).map(|trace| {
                        if let Some(marks) = marks {
                            trace.outputs.iter_mut().zip(marks).for_each(|(output, mark)| output.mark = mark);
                        }
                        let state = State::fresh(trace);
                        progress(News::Done(&state));
                        state
                    }));
                }
            }
        }
        let mut index = std::mem::take(&mut self.index);
        gone.iter().for_each(|name| drop(index.packs.remove(name)));
        if let (Some(builder), false) = (builder.as_deref(), stale.is_empty()) {
            let recorder = Mutex::new(Recorder::new(index));
            states.append(&mut self.made(builder, (&stale, &causes), (&present, &shared), (output, &recorder), progress));
            index = recorder.into_inner().unwrap_or_else(PoisonError::into_inner).index;
        }
        states.sort_by(|a, b| a.id.cmp(&b.id));
        moved |= !stale.is_empty() || index.ready != ready || index.templates != Some(shared.templates) || present.has_looked();
        if let Some(cache) = self.cache.as_ref().filter(|_| moved) {
            (index.templates, index.ready) = (Some(shared.templates), ready);
            self.save(&mut index, &present, &shared);
            cache.trim();
        }
        let others = index.keys.iter().filter_map(|(name, _)| elsewhere(name)).collect();
        let made_from = if self.lists_inputs { index.made_from(&self.packs) } else { Vec::new() };
        let found = builder.as_ref().map(|builder| builder.check_names(&self.whole(&stale))).unwrap_or_default();
        let made_by = self.lists_inputs.then(|| MadeBy::of(terms.program));
        if let Some(builder) = builder {
            *before = Some(Earlier { builder, templates: shared.templates });
        }
        Rebuilt { packs: states, made_from, made_by, others, shared: [self.listing.faults.clone(), found].concat(), time: start.elapsed() }
    }

    /// Writes down what is known now.
    fn save(&self, index: &mut Index, present: &Present, shared: &Shared) {
        let Some(cache) = &self.cache else { return };
        index.program = self.program;
        let keys = index.keys.iter().map(|(name, _)| file_of(name));
        let used: BTreeSet<&str> = keys.chain(shared.paths.iter().map(String::as_str)).collect();
        index.files = present.known(used.into_iter());
        index.save(&cache.index(self.out));
    }

    /// Makes packs, and records them.
    fn made(
        &self,
        builder: &Builder,
        (stale, causes): (&[PackId], &BTreeMap<String, Vec<Cause>>),
        (present, shared): (&Present, &Shared),
        (output, recorder): (&Output, &Mutex<Recorder>),
        progress: &(dyn Fn(News<'_>) + Sync),
    ) -> Vec<State> {
        let (terms, earlier, found) = (self.terms(), Mutex::new(BTreeMap::new()), Mutex::new(Vec::new()));
        let saved = Mutex::new(Instant::now());
        let make = |id: &PackId| self.make(builder, id, present, &earlier);
        let run = Run { make: &make, packs: stale, output, jobs: self.jobs, cache: self.cache.as_deref() };
        run.start(&|news| match news {
            Progress::Begun(id) => progress(News::Begun(id)),
            Progress::Done(report) => {
                let name = report.id.to_string();
                let mut state = State::of(report, causes.get(&name).cloned().unwrap_or_default());
                state.earlier_warnings = earlier.lock().unwrap_or_else(PoisonError::into_inner).remove(&name).unwrap_or_default();
                let mut recorder = recorder.lock().unwrap_or_else(PoisonError::into_inner);
                if let (Some(made), true) = (&report.made, self.compares) {
                    let known = self.reuse().map(|reuse| reuse.known(&report.id)).unwrap_or_default();
                    let before = recorder.index.packs.get(&name).map(|trace| trace.documents.as_slice());
                    state.changes = changes(&known, before, &made.documents);
                }
                let left = recorder.record(report, (terms, state.earlier_warnings));
                output.remove(left.iter().map(String::as_str));
                let mut last = saved.lock().unwrap_or_else(PoisonError::into_inner);
                if last.elapsed() > OFTEN {
                    // One that is killed needn't begin at the beginning again.
                    self.save(&mut recorder.index, present, shared);
                    *last = Instant::now();
                }
                drop((recorder, last));
                progress(News::Done(&state));
                found.lock().unwrap_or_else(PoisonError::into_inner).push(state);
            }
        });
        found.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn reuse(&self) -> Option<Reuse> {
        self.cache.clone().zip(self.program).map(|(cache, program)| Reuse { cache, program: program.digest })
    }

    /// A pack as it was made before, or anew.
    fn make(&self, builder: &Builder, id: &PackId, present: &Present, earlier: &Mutex<BTreeMap<String, usize>>) -> Found<BuiltPack> {
        let history = self.cache.as_deref().map(|cache| History { cache, terms: self.terms() });
        // What has faults that no input of a pack is about fails all the same.
        let ready = || builder.is_ready(&id.organisation, self.options) && !self.clashes;
        if let Some((pack, warnings)) = history.filter(|_| ready()).and_then(|history| history.find(id, present)) {
            earlier.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_string(), warnings);
            if let Some(reuse) = self.reuse() {
                reuse.used(id, pack.made.iter().filter_map(|file| Some((stem_of(&file.name), file.fingerprint?))));
            }
            return Ok((pack, Vec::new()));
        }
        let (pack, found) = builder.build(id, self.options)?;
        if let Some(history) = history {
            history.keep(&pack, found.len());
        }
        Ok((pack, found))
    }

    /// Of some packs those of organisations of which all are among them.
    fn whole(&self, made: &[PackId]) -> Vec<PackId> {
        let all: BTreeSet<&PackId> = made.iter().collect();
        let partly: BTreeSet<&str> = self.listing.packs.iter().filter(|id| !all.contains(id)).map(|id| id.organisation.as_str()).collect();
        made.iter().filter(|id| !partly.contains(id.organisation.as_str())).cloned().collect()
    }
}

/// What a build leaves to the next one of the same process.
#[derive(Debug)]
pub struct Earlier {
    builder: Arc<Builder>,
    /// Digest of the templates that it was made from.
    templates: Digest,
}

/// How the packs stand.
struct Plan {
    standing: Vec<Standing>,
    shared: Shared,
    /// Organisations whose brand, layout and clauses are known to be without faults, as in the index.
    ready: BTreeMap<String, Digest>,
}

impl Plan {
    fn of(job: &Rebuild<'_>, present: &Present) -> Self {
        let shared = present.shared(&job.listing, job.terms().options);
        let standing = if job.cache.is_some() {
            plan(&job.index, present, &job.listing, &job.packs, job.terms())
        } else {
            vec![Standing::Stale(vec![Cause::Asked]); job.packs.len()]
        };
        let mut ready = job.index.ready.clone();
        ready.retain(|id, digest| shared.organisations.get(id) == Some(digest));
        Self { standing, shared, ready }
    }

    /// The builder, if there is anything to make or to look at.
    fn ready(&mut self, job: &Rebuild<'_>, present: &Present, before: &mut Option<Earlier>) -> Option<Arc<Builder>> {
        let is_stale = |standing: &Standing| matches!(standing, Standing::Stale(_));
        let organisations: BTreeSet<&str> = job.packs.iter().map(|id| id.organisation.as_str()).collect();
        let doubtful: Vec<&str> = organisations.into_iter().filter(|id| !self.ready.contains_key(*id)).collect();
        if doubtful.is_empty() && !self.standing.iter().any(is_stale) {
            return None;
        }
        let project = Project::of(Arc::clone(&job.files));
        let same = |inputs: &Inputs| inputs.iter().all(|(name, digest)| present.digest(name) == digest);
        let builder = match before.take().filter(|before| before.templates == self.shared.templates) {
            Some(before) => Builder::after(project, &before.builder, same),
            None => Builder::new(project),
        };
        let builder = builder.reusing(job.reuse());
        let (sound, broken): (Vec<&str>, Vec<&str>) = doubtful.into_iter().partition(|id| builder.is_ready(id, job.options));
        self.ready.extend(sound.into_iter().filter_map(|id| Some((id.to_owned(), *self.shared.organisations.get(id)?))));
        for (id, standing) in job.packs.iter().zip(&mut self.standing) {
            if matches!(standing, Standing::Fresh(_)) && broken.contains(&id.organisation.as_str()) {
                *standing = Standing::Stale(vec![Cause::Shared]);
            }
        }
        Some(Arc::new(builder))
    }
}

/// The folder of a file that is in none of the usual ones.
fn elsewhere(input: &str) -> Option<String> {
    let usual = FOLDERS.iter().any(|folder| input.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
    (!usual).then(|| input.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned())
}

fn digest(options: &Options) -> Digest {
    let Options { layout, formats, variants, languages, date, most_pages } = options;
    Digest::of(&postcard::to_stdvec(&(layout, formats, variants, languages, date, most_pages)).unwrap_or_default())
}
