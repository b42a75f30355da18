//! `jobpack build`: packs into files.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, Utc};

use super::report::{Terminal, plural};
use super::{Global, Stop, date};
use crate::build::variant::{self, STANDARD};
use crate::build::{Format, Options};
use crate::bundle::{LOCKED, Output, not_writable};
use crate::cache::{self, Cache};
use crate::diagnostic::{Diagnostic, Severity};
use crate::project::FOLDERS;
use crate::rebuild::{self, Cause, Done, News, Rebuild, Rebuilt, State};
use crate::source::LANGUAGES;

/// Build packs: PDF, Word, web page and zip
///
/// Each pack becomes DIR/<organisation>/<pack>/ with its documents and manifest.json, and DIR/<organisation>/<pack>.zip.
/// A pack with a fault keeps its last good files; the others are still built. What did not change is neither made nor
/// written, and the files of a pack whose profile is gone are removed.
///
/// Exit status: 0 all built; 1 some pack failed; 2 wrong usage; 3 the project can't be read; 4 another build writes to DIR.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jobpack build\n  jobpack build havering --format pdf,docx\n  jobpack build bradford/send-lso-2026 --out /tmp/packs --json\n  jobpack build gla --variant standard,large-print\n  jobpack build --dry-run         what would be built, and why\n  jobpack build --report changes.html\n                                  what changed, and why, to read\n  jobpack build --quiet --wait    from cron or a timer")]
pub(super) struct Args {
    #[command(flatten)]
    what: What,
    /// Wait for another build that writes to DIR, in place of exit status 4
    #[arg(long)]
    wait: bool,
    /// Say only what has changed or failed: for schedulers, which send what is said
    #[arg(long, short)]
    quiet: bool,
    /// Say what would be built, and why, and write nothing
    #[arg(long, conflicts_with_all = ["report", "deps", "no_cache"])]
    dry_run: bool,
    /// Write what changed, and why, to FILE: JSON, or a page to read if it ends in .html; may be given twice
    #[arg(long, value_name = "FILE", value_parser = report_place)]
    report: Vec<PathBuf>,
    /// Write what each file was made from to FILE: JSON if it ends in .json, else rules of a Makefile
    #[arg(long, value_name = "FILE")]
    deps: Option<PathBuf>,
    /// Make everything anew, and leave the cache (.jobpack/cache) alone
    #[arg(long)]
    no_cache: bool,
    /// Write a report as JSON to standard output
    #[arg(long)]
    json: bool,
}

/// What is built, and how: of `build` and `watch`.
#[derive(Debug, clap::Args)]
pub(super) struct What {
    /// Packs to build: `organisation/pack`, or `organisation` for all of its packs; all packs if left out
    #[arg(value_name = "PACK")]
    pub(super) packs: Vec<String>,
    /// Layout to use in place of the organisation's own
    #[arg(long, value_name = "LAYOUT")]
    pub(super) layout: Option<String>,
    /// Formats to make
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMAT", default_values_t = Format::USUAL)]
    pub(super) format: Vec<Format>,
    /// Ways to read: standard, large-print, high-contrast, dyslexia, or a file of templates/base/variants/
    #[arg(long, value_delimiter = ',', value_name = "VARIANT", default_value = STANDARD)]
    pub(super) variant: Vec<String>,
    /// Languages: the organisation's own, if left out; `bilingual` for both
    #[arg(long, value_enum, value_delimiter = ',', value_name = "LANGUAGE")]
    pub(super) language: Vec<Language>,
    /// Folder to write to
    #[arg(long, value_name = "DIR", default_value = "dist")]
    pub(super) out: PathBuf,
    /// Packs to build at once; one a core if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
}

/// What `--language` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Language {
    /// English.
    En,
    /// Welsh.
    Cy,
    /// English and Welsh, each in files of its own.
    Bilingual,
}

impl Language {
    /// Its languages (BCP 47).
    fn tags(self) -> &'static [&'static str] {
        match self {
            Self::En => &LANGUAGES[..1],
            Self::Cy => &LANGUAGES[1..],
            Self::Bilingual => &LANGUAGES,
        }
    }
}

/// A file for a report, by whose ending it is decided what it holds.
fn report_place(name: &str) -> Result<PathBuf, String> {
    let known = [".json", ".html"].iter().any(|ending| name.ends_with(ending));
    known.then(|| name.into()).ok_or_else(|| "name a file that ends in .json or .html".to_owned())
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let out = args.what.out.as_path();
    let options = args.what.options()?;
    let root = global.folder()?;
    args.places(&root)?;
    let cache = args.cache(&root, terminal);
    let mut job = args.what.job(&root, &options, cache.as_ref())?;
    let unreadable = job.faults().to_vec();
    if job.packs().is_empty() && !unreadable.is_empty() {
        return Err(Stop { diagnostics: unreadable, status: 3 });
    }
    if job.packs().is_empty() {
        let fault = Diagnostic::error("no-packs", "the project has no profiles yet");
        return Err(Stop::project(fault.hint("`jobpack new profile ORGANISATION/NAME` writes a first one")));
    }
    if args.dry_run {
        terminal.diagnostics(&unreadable);
        said_of(&job.plan(), args, terminal);
        return Ok(u8::from(!unreadable.is_empty()));
    }
    let bar = if args.quiet { indicatif::ProgressBar::hidden() } else { terminal.progress(job.packs().len()) };
    let told = |state: &State| if args.quiet { !state.done.is_unchanged() } else { !terminal.interactive() };
    let progress = |news: News<'_>| match news {
        News::Begun(id) => bar.set_message(id.to_string()),
        News::Done(state) => {
            bar.inc(1);
            if told(state) && !args.json {
                terminal.message(&line(state));
            }
        }
    };
    let lock = match Output::lock(out) {
        Err(fault) if fault.code == LOCKED && args.wait => {
            terminal.message(&format!("waiting: {}", fault.message));
            let waited = Output::wait(out);
            // Files may have come and gone meanwhile.
            job = args.what.job(&root, &options, cache.as_ref())?;
            waited
        }
        lock => lock,
    };
    job.compares = !args.report.is_empty() || args.json;
    job.lists_inputs = args.deps.is_some();
    let rebuilt = match lock {
        Ok(output) => job.run(&output, &mut None, &progress),
        Err(fault) if fault.code == LOCKED => return Err(Stop::locked(fault)),
        Err(fault) => job.refused(&fault),
    };
    bar.finish_and_clear();
    let found = rebuilt.shared.iter().chain(rebuilt.packs.iter().flat_map(|pack| &pack.diagnostics));
    // A warning is no news to who asked for news only.
    let found = found.filter(|found| !args.quiet || found.severity == Severity::Error);
    terminal.diagnostics(&found.cloned().collect::<Vec<_>>());
    if args.json {
        terminal.json(&rebuild::Json(&rebuilt));
    }
    let mut lost = false;
    for (place, written) in args.reports(&rebuilt, &root) {
        if let Err(error) = written {
            terminal.diagnostics(&[not_writable(place, &error)]);
            lost = true;
        }
    }
    if !args.quiet {
        closing(&rebuilt).iter().for_each(|line| terminal.message(line));
    }
    Ok(u8::from(lost || rebuilt.failed() > 0 || !unreadable.is_empty()))
}

/// Says what would be built, and why.
fn said_of(plan: &[(crate::project::PackId, Vec<Cause>, bool)], args: &Args, terminal: &Terminal) {
    let (mut built, mut removed) = (0, 0);
    let mut all = Vec::new();
    for (id, causes, is_gone) in plan {
        let outcome = match (is_gone, causes.is_empty()) {
            (true, _) => "remove",
            (false, false) => "build",
            (false, true) => "unchanged",
        };
        built += usize::from(outcome == "build");
        removed += usize::from(outcome == "remove");
        let because = rebuild::reasons(causes);
        if args.json {
            all.push(serde_json::json!({"pack": id.to_string(), "would": outcome, "because": because}));
        } else if outcome != "unchanged" {
            let why = if because.is_empty() { "its profile or vacancy is gone".to_owned() } else { because.join("; ") };
            terminal.result(&format!("would {outcome:6} {id}: {why}"));
        }
    }
    if args.json {
        terminal.json(&serde_json::json!({"packs": all}));
    }
    if !args.quiet {
        let of = plan.len() - removed;
        let gone = if removed > 0 { format!(" and remove {removed}") } else { String::new() };
        terminal.message(&format!("would build {built} of {}{gone}", plural(of, "pack")));
    }
}

/// A path from the root of the system, links followed as far as it exists.
fn absolute(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path.ancestors().find_map(|folder| Some((folder.canonicalize().ok()?, path.strip_prefix(folder).ok()?)));
    there.map(|(real, rest)| if rest.as_os_str().is_empty() { real } else { real.join(rest) }).unwrap_or(path)
}

/// Whether a path is in a folder that packs are made from, or is one.
fn is_source(root: &Path, path: &Path) -> bool {
    FOLDERS.iter().any(|folder| absolute(path).starts_with(absolute(&root.join(folder))))
}

impl What {
    /// Refuses an output folder among the sources.
    pub(super) fn place(&self, root: &Path) -> Result<(), Stop> {
        if is_source(root, &self.out) {
            let message = format!("`{}` is among the sources", self.out.display());
            return Err(Stop::usage(vec![Diagnostic::error("place-taken", message).hint("name a folder of its own with `--out`")]));
        }
        Ok(())
    }

    /// The build that is asked for.
    pub(super) fn job<'a>(&'a self, root: &Path, options: &'a Options, cache: Option<&Arc<Cache>>) -> Result<Rebuild<'a>, Stop> {
        let mut job = Rebuild::new(root, &self.packs, (options, &self.out), cache.cloned()).map_err(Stop::usage)?;
        let unknown: Vec<_> = options.variants.iter().filter_map(|name| variant::unknown(job.files(), name)).collect();
        if !unknown.is_empty() {
            return Err(Stop::usage(unknown));
        }
        job.jobs = self.jobs.and_then(|jobs| NonZeroUsize::new(jobs.into()));
        Ok(job)
    }

    pub(super) fn options(&self) -> Result<Options, Stop> {
        let mut formats = self.format.clone();
        formats.sort();
        formats.dedup();
        let mut variants = self.variant.clone();
        variants.sort();
        variants.dedup();
        let date = date::from_environment()?;
        let languages = self.language.iter().flat_map(|language| language.tags()).map(|tag| (*tag).to_owned()).collect();
        Ok(Options { layout: self.layout.clone(), formats, variants, languages, date, most_pages: None })
    }
}

impl Args {
    /// Refuses to write where sources are, or over what is built.
    fn places(&self, root: &Path) -> Result<(), Stop> {
        self.what.place(root)?;
        let out = absolute(&self.what.out);
        for place in self.report.iter().chain(&self.deps) {
            if is_source(root, place) || absolute(place).starts_with(&out) {
                let message = format!("`{}` is among the sources, or in the output folder", place.display());
                return Err(Stop::usage(vec![Diagnostic::error("place-taken", message).hint("name a file elsewhere")]));
            }
        }
        Ok(())
    }

    /// The cache, if it is to be used and can be.
    fn cache(&self, root: &Path, terminal: &Terminal) -> Option<Arc<Cache>> {
        if self.no_cache {
            return None;
        }
        let opened = Cache::open(root, cache::MOST_BYTES);
        opened.map_err(|fault| if !self.quiet { terminal.diagnostics(&[fault]) }).ok().map(Arc::new)
    }

    /// Writes the files that are to be written besides; whether that was possible.
    fn reports(&self, rebuilt: &Rebuilt, root: &Path) -> Vec<(&Path, io::Result<()>)> {
        let is_json = |place: &Path| place.extension().is_some_and(|ending| ending == "json");
        let now = DateTime::<Utc>::from(SystemTime::now()).format("%-d %B %Y, %H:%M UTC").to_string();
        let begin = |place: &Path| place.parent().map_or(Ok(()), fs::create_dir_all);
        let report = |place: &Path| match is_json(place) {
            true => json_to(place, &rebuild::Json(rebuilt)),
            false => fs::write(place, rebuild::html(rebuilt, &now)),
        };
        let deps = |place: &Path| match is_json(place) {
            true => json_to(place, &rebuild::dependencies(&rebuilt.made_from, rebuilt.made_by)),
            false => fs::write(place, rebuild::makefile(&rebuilt.made_from, root, &self.what.out)),
        };
        let reports = self.report.iter().map(|place| (place.as_path(), begin(place).and_then(|()| report(place))));
        reports.chain(self.deps.iter().map(|place| (place.as_path(), begin(place).and_then(|()| deps(place))))).collect()
    }
}

fn json_to(place: &Path, value: &impl serde::Serialize) -> io::Result<()> {
    let mut file = BufWriter::new(fs::File::create(place)?);
    serde_json::to_writer_pretty(&mut file, value)?;
    file.write_all(b"\n")?;
    file.flush()
}

/// "built     gla/x (5 files): templates/gla/pages/how-to-apply.md changed".
pub(super) fn line(state: &State) -> String {
    let State { id, done, causes, .. } = state;
    let why = match causes.iter().find(|cause| matches!(cause, Cause::Input { .. } | Cause::Output { .. })) {
        Some(first) if causes.len() > 1 => format!(": {first}, and {} more", causes.len() - 1),
        Some(first) => format!(": {first}"),
        None => String::new(),
    };
    let word = done.name();
    match done {
        Done::Built { files, .. } | Done::Fresh { files } => {
            let why = if done.is_unchanged() { String::new() } else { why };
            format!("{word:9} {id} ({}){why}", plural(*files, "file"))
        }
        Done::Failed => format!("{word:9} {id}"),
        Done::Removed { files } => format!("{word:9} {id} ({})", plural(*files, "file")),
    }
}

fn closing(rebuilt: &Rebuilt) -> Vec<String> {
    let seconds = rebuilt.time.as_secs_f64();
    let mut done = format!("built {}, {} in {seconds:.1} s", plural(rebuilt.good(), "pack"), plural(rebuilt.files(), "file"));
    let count = |is: fn(&Done) -> bool| rebuilt.packs.iter().filter(|pack| is(&pack.done)).count();
    let others = [
        (count(Done::is_unchanged), "unchanged"),
        (count(|done| matches!(done, Done::Removed { .. })), "removed"),
    ];
    for (count, word) in others.into_iter().filter(|(count, _)| *count > 0) {
        done.push_str(&format!("; {count} {word}"));
    }
    if rebuilt.failed() > 0 {
        done.push_str(&format!("; {} failed", plural(rebuilt.failed(), "pack")));
    }
    let earlier: usize = rebuilt.packs.iter().map(|pack| pack.earlier_warnings).sum();
    let earlier = (earlier > 0).then(|| "warnings of packs that were not made again are not repeated: `jobpack check` shows them".to_owned());
    earlier.into_iter().chain([done]).collect()
}
