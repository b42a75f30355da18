//! `jobpack watch`: packs built again whenever something that they are made from changes.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::build::{What, line};
use super::report::{Terminal, plural};
use super::{Global, Stop};
use crate::bundle::{LOCKED, Output};
use crate::cache::{self, Cache};
use crate::diagnostic::{Diagnostic, Severity};
use crate::rebuild::{Done, Earlier, News, Rebuilt};
use crate::project::Watch;

/// How long nothing may change before a build begins: programs write a file in several steps, and a change of branch many files.
const QUIET: Duration = Duration::from_millis(8);

/// How long a build waits at most while files change all the time.
const PATIENCE: Duration = Duration::from_millis(250);

/// Build packs, and again whenever something changes
///
/// Profiles, clauses, brands, layouts, fonts: what a change concerns is made again, and nothing else. A fault is shown, and the last
/// good files stay until it is mended. Ends with Ctrl-C.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jobpack watch\n  jobpack watch havering --format pdf --out /tmp/packs")]
pub(super) struct Args {
    #[command(flatten)]
    what: What,
    /// Look for changes every so many seconds too: for folders of other machines, whose changes nobody tells
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u16).range(1..=3600))]
    poll: Option<u16>,
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let root = global.folder()?;
    args.what.place(&root)?;
    let cache = Cache::open(&root, cache::MOST_BYTES).map_err(|fault| terminal.diagnostics(&[fault])).ok().map(Arc::new);
    let (tell, told) = sync_channel(1);
    let mut watching = Watching { root: &root, others: BTreeSet::new(), tell, watch: None };
    watching.begin().map_err(|fault| Stop { diagnostics: vec![fault], status: 1 })?;
    let mut job = Job { args, root: &root, cache, earlier: None, failed: BTreeSet::new() };
    let first = job.build(terminal, true)?;
    watching.also(first);
    terminal.message("watching for changes; Ctrl-C ends it");
    loop {
        wait(&told, args.poll.map(|seconds| Duration::from_secs(seconds.into())));
        match job.build(terminal, false) {
            Ok(others) => watching.also(others),
            // What is wrong now may be right again soon.
            Err(stop) => terminal.diagnostics(&stop.diagnostics),
        }
        if watching.watch.as_ref().is_none_or(Watch::is_stale) {
            // Folders come and go; whatever changed meanwhile is seen by the build that follows.
            if watching.begin().is_err() {
                std::thread::sleep(PATIENCE);
            }
            let _ = watching.tell.try_send(());
        }
    }
}

/// Waits for a change, and then until nothing has changed for a moment.
fn wait(told: &Receiver<()>, poll: Option<Duration>) {
    match poll {
        Some(poll) if told.recv_timeout(poll) == Err(RecvTimeoutError::Timeout) => return,
        Some(_) => {}
        // Whoever tells lives as long as this process.
        None => drop(told.recv()),
    }
    let first = Instant::now();
    while first.elapsed() < PATIENCE && told.recv_timeout(QUIET).is_ok() {}
}

/// What is watched.
struct Watching<'a> {
    root: &'a Path,
    /// Folders beside those of every project.
    others: BTreeSet<String>,
    tell: SyncSender<()>,
    watch: Option<Watch>,
}

impl Watching<'_> {
    fn begin(&mut self) -> Result<(), Diagnostic> {
        let tell = self.tell.clone();
        // The old one goes first: there may not be room for two.
        self.watch = None;
        // One who is told already needn't be told again.
        let watch = Watch::begin(self.root, &self.others, move || {
            let _ = tell.try_send(());
        });
        let fault = |error: notify::Error| {
            let fault = Diagnostic::error("not-watchable", format!("changes of files can't be watched: {error}"));
            fault.hint("the system allows only so many folders to be watched (`fs.inotify.max_user_watches` on Linux)")
        };
        self.watch = Some(watch.map_err(fault)?);
        Ok(())
    }

    /// Watches these folders too.
    fn also(&mut self, others: BTreeSet<String>) {
        if self.others != others {
            self.others = others;
            let _ = self.begin();
            // What changed between the old and the new is seen by the build that follows.
            let _ = self.tell.try_send(());
        }
    }
}

/// Builds that follow each other.
struct Job<'a> {
    args: &'a Args,
    root: &'a Path,
    cache: Option<Arc<Cache>>,
    /// What of the last build may be used by the next.
    earlier: Option<Earlier>,
    /// Names of the packs that could not be built.
    failed: BTreeSet<String>,
}

impl Job<'_> {
    /// Builds what has changed; the folders beside the usual ones that files are taken from.
    fn build(&mut self, terminal: &Terminal, is_first: bool) -> Result<BTreeSet<String>, Stop> {
        let out = self.args.what.out.as_path();
        let options = self.args.what.options()?;
        let begin = || self.args.what.job(self.root, &options, self.cache.as_ref());
        let mut job = begin()?;
        let output = match Output::lock(out) {
            Err(fault) if fault.code == LOCKED => {
                let waited = Output::wait(out);
                job = begin()?;
                waited
            }
            lock => lock,
        };
        let output = output.map_err(|fault| Stop { diagnostics: vec![fault], status: 1 })?;
        let told = |news: News<'_>| {
            if let News::Done(state) = news
                && !state.done.is_unchanged()
                && (is_first || !matches!(state.done, Done::Failed))
            {
                terminal.message(&line(state));
            }
        };
        let rebuilt = job.run(&output, &mut self.earlier, &told);
        drop(output);
        self.say(&rebuilt, is_first, terminal);
        Ok(rebuilt.others)
    }

    /// Says what is wrong, and what is right again.
    fn say(&mut self, rebuilt: &Rebuilt, is_first: bool, terminal: &Terminal) {
        let failed: BTreeSet<String> = rebuilt.packs.iter().filter(|pack| pack.done == Done::Failed).map(|pack| pack.id.to_string()).collect();
        let found = rebuilt.shared.iter().chain(rebuilt.packs.iter().flat_map(|pack| &pack.diagnostics));
        let found: Vec<Diagnostic> = found.filter(|found| is_first || found.severity == Severity::Error).cloned().collect();
        terminal.diagnostics(&found);
        if !is_first {
            failed.difference(&self.failed).for_each(|name| terminal.message(&format!("failed    {name}; what it has of good files stays")));
        }
        let is_there = |name: &&String| rebuilt.packs.iter().any(|pack| pack.id.to_string() == **name && !matches!(pack.done, Done::Removed { .. }));
        self.failed.difference(&failed).filter(is_there).for_each(|name| terminal.message(&format!("mended    {name}")));
        let made = rebuilt.packs.iter().filter(|pack| matches!(pack.done, Done::Built { .. }) && !pack.done.is_unchanged()).count();
        if made > 0 || is_first || rebuilt.packs.iter().any(|pack| matches!(pack.done, Done::Removed { .. })) {
            let time = rebuilt.time.as_millis();
            terminal.message(&format!("{} up to date, {made} made again, in {time} ms", plural(rebuilt.good(), "pack")));
        }
        self.failed = failed;
    }
}
