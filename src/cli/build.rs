//! `jobpack build`: packs into files.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::report::{Terminal, plural};
use super::{Global, Stop, date};
use crate::build::variant::{self, STANDARD};
use crate::build::{Builder, Format, Options, Outcome, Progress, Run, Summary};
use crate::bundle::{LOCKED, Output};
use crate::diagnostic::{Diagnostic, Severity, emit};
use crate::source::LANGUAGES;

/// Build packs: PDF, Word, web page and zip
///
/// Each pack becomes DIR/<organisation>/<pack>/ with its documents and manifest.json, and DIR/<organisation>/<pack>.zip.
/// A pack with a fault keeps its last good files; the others are still built. What did not change is not written.
///
/// Exit status: 0 all built; 1 some pack failed; 2 wrong usage; 3 the project can't be read; 4 another build writes to DIR.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jobpack build\n  jobpack build havering --format pdf,docx\n  jobpack build bradford/send-lso-2026 --out /tmp/packs --json\n  jobpack build gla --variant standard,large-print\n  jobpack build --quiet --wait    # from cron or a timer")]
pub(super) struct Args {
    /// Packs to build: `organisation/pack`, or `organisation` for all of its packs; all packs if left out
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
    /// Layout to use in place of the organisation's own
    #[arg(long, value_name = "LAYOUT")]
    layout: Option<String>,
    /// Formats to make
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMAT", default_values_t = Format::USUAL)]
    format: Vec<Format>,
    /// Ways to read: standard, large-print, high-contrast, dyslexia, or a file of templates/base/variants/
    #[arg(long, value_delimiter = ',', value_name = "VARIANT", default_value = STANDARD)]
    variant: Vec<String>,
    /// Languages: the organisation's own, if left out; `bilingual` for both
    #[arg(long, value_enum, value_delimiter = ',', value_name = "LANGUAGE")]
    language: Vec<Language>,
    /// Folder to write to
    #[arg(long, value_name = "DIR", default_value = "dist")]
    out: PathBuf,
    /// Packs to build at once; one a core if left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Wait for another build that writes to DIR, in place of exit status 4
    #[arg(long)]
    wait: bool,
    /// Say only what has changed or failed: for schedulers, which send what is said
    #[arg(long, short)]
    quiet: bool,
    /// Write a report as JSON to standard output
    #[arg(long)]
    json: bool,
}

/// What `--language` takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Language {
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

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let options = args.options()?;
    let project = global.project()?;
    let unreadable = project.faults.clone();
    let unknown: Vec<_> = options.variants.iter().filter_map(|name| variant::unknown(&project.files, name)).collect();
    if !unknown.is_empty() {
        return Err(Stop::usage(unknown));
    }
    let packs = project.select(&args.packs).map_err(|faults| Stop::usage([unreadable.clone(), faults].concat()))?;
    if packs.is_empty() && !unreadable.is_empty() {
        return Err(Stop { diagnostics: unreadable, status: 3 });
    }
    if packs.is_empty() {
        let fault = Diagnostic::error("no-packs", "the project has no profiles yet");
        return Err(Stop::project(fault.hint("`jobpack new profile ORGANISATION/NAME` writes a first one")));
    }
    let jobs = args.jobs.and_then(|jobs| NonZeroUsize::new(jobs.into()));
    let bar = if args.quiet { indicatif::ProgressBar::hidden() } else { terminal.progress(packs.len()) };
    let told = |outcome: &Outcome| if args.quiet { !is_unchanged(outcome) } else { !terminal.interactive() };
    let progress = |news: Progress<'_>| match news {
        Progress::Begun(id) => bar.set_message(id.to_string()),
        Progress::Done(report) => {
            bar.inc(1);
            if told(&report.outcome) && !args.json {
                terminal.message(&line(&report.id.to_string(), &report.outcome));
            }
        }
    };
    let builder = Builder::new(project);
    let lock = match Output::lock(&args.out) {
        Err(fault) if fault.code == LOCKED && args.wait => {
            terminal.message(&format!("waiting: {}", fault.message));
            Output::wait(&args.out)
        }
        lock => lock,
    };
    let summary = match lock {
        Ok(output) => {
            let run = Run { builder: &builder, packs: &packs, options: &options, output: &output, jobs };
            run.start(&progress)
        }
        Err(fault) if fault.code == LOCKED => return Err(Stop::locked(fault)),
        Err(fault) => Summary::refused(&packs, &fault),
    };
    bar.finish_and_clear();
    // Of the project, and of no pack.
    let shared = [unreadable.clone(), builder.check_names(&packs)].concat();
    let found = shared.iter().chain(summary.packs.iter().flat_map(|pack| &pack.diagnostics));
    // A warning is no news to who asked for news only.
    let found = found.filter(|found| !args.quiet || found.severity == Severity::Error);
    terminal.diagnostics(&found.cloned().collect::<Vec<_>>());
    if args.json {
        terminal.json(&report(&summary, &shared));
    }
    if !args.quiet {
        terminal.message(&closing(&summary));
    }
    Ok(u8::from(summary.failed() > 0 || !unreadable.is_empty()))
}

impl Args {
    fn options(&self) -> Result<Options, Stop> {
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

/// Whether every file of a pack was there already, byte for byte.
fn is_unchanged(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Built { written, .. } if written.changed + written.removed == 0)
}

fn line(name: &str, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Built { files, .. } if is_unchanged(outcome) => format!("unchanged {name} ({})", plural(*files, "file")),
        Outcome::Built { files, .. } => format!("built     {name} ({})", plural(*files, "file")),
        Outcome::Failed => format!("failed    {name}"),
    }
}

fn closing(summary: &Summary) -> String {
    let built = summary.packs.len() - summary.failed();
    let seconds = summary.time.as_secs_f64();
    let done = format!("built {}, {} in {seconds:.1} s", plural(built, "pack"), plural(summary.files(), "file"));
    match summary.failed() {
        0 => done,
        failed => format!("{done}; {} failed", plural(failed, "pack")),
    }
}

fn report(summary: &Summary, shared: &[Diagnostic]) -> serde_json::Value {
    let packs: Vec<_> = summary
        .packs
        .iter()
        .map(|pack| {
            let (outcome, files) = match &pack.outcome {
                Outcome::Built { files, .. } if is_unchanged(&pack.outcome) => ("unchanged", *files),
                Outcome::Built { files, .. } => ("built", *files),
                Outcome::Failed => ("failed", 0),
            };
            let found: Vec<_> = pack.diagnostics.iter().map(emit::to_json).collect();
            serde_json::json!({"pack": pack.id.to_string(), "outcome": outcome, "files": files, "diagnostics": found})
        })
        .collect();
    let shared: Vec<_> = shared.iter().map(emit::to_json).collect();
    serde_json::json!({"packs": packs, "failed": summary.failed(), "files": summary.files(), "diagnostics": shared})
}
