//! `jobpack check`: faults, and what the rules find in the words, without building.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::report::{Terminal, counted, plural};
use super::{Global, Stop};
use crate::build::Builder;
use crate::check::{self, Library, RULES, Rule, fixed, sarif};
use crate::diagnostic::{Diagnostic, Severity, emit, once};
use crate::project::{Files, Keep, Project, Saved, save, sha256};

/// Find every fault of profiles, organisations and layouts, and what a specialist would change in the words, without building
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jobpack check\n  jobpack check gla --format short\n  jobpack check --format sarif > check.sarif\n  jobpack check --explain years-of-experience\n  jobpack check heston --fix obsolete-vetting-term")]
pub(super) struct Args {
    /// Packs to check; all if left out
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Shape::Human, value_name = "SHAPE")]
    format: Shape,
    /// Which findings make the command fail, besides errors
    #[arg(long, value_enum, value_name = "FINDINGS")]
    deny: Option<Deny>,
    /// Say what a rule looks for and why: its code, or `all`
    #[arg(long, value_name = "CODE", conflicts_with_all = ["packs", "deny", "fix"])]
    explain: Option<String>,
    /// Put the offered words in place of those that this rule finds, where a program may do that; for several rules say it again
    #[arg(long, value_name = "CODE")]
    fix: Vec<String>,
    /// Make the documents too, without writing them, and say what is wrong with them: takes as long as a build
    #[arg(long, conflicts_with = "explain")]
    documents: bool,
    /// The day that packs are judged for; today if left out
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    as_of: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// With the lines of the file
    Human,
    /// A line each
    Short,
    /// A JSON array on standard output
    Json,
    /// A SARIF 2.1.0 log on standard output
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Deny {
    /// Warnings too
    Warnings,
    /// Warnings and advice too
    Advice,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| "write a day as YYYY-MM-DD".to_owned())
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    if let Some(code) = &args.explain {
        return explain(global, code, args.format == Shape::Json, terminal);
    }
    known(&args.fix)?;
    let project = Project::of(Arc::new(Files::keeping(Some(global.folder()?), Keep::Few)));
    let packs = project.select(&args.packs).map_err(Stop::usage)?;
    let mut found: Vec<Diagnostic> = project.faults.clone();
    let builder = Builder::new(project);
    let employers: BTreeSet<&str> = packs.iter().map(|id| id.organisation.as_str()).collect();
    let mut all = builder.look_over(&packs, &args.as_of.map_or_else(check::today, |day| day.to_string()), true);
    for (id, made) in if args.documents { builder.check_documents(&packs) } else { BTreeMap::new() } {
        let pack = all.packs.entry(id).or_default();
        pack.fails |= made.fails;
        pack.faults.extend(made.faults);
    }
    let bad = all.packs.values().filter(|pack| pack.fails).count();
    // What packs share is said once.
    found.extend(once(all.packs.values_mut().flat_map(|pack| std::mem::take(&mut pack.faults)).collect()));
    found.extend(builder.check_names(&packs));
    // What is wrong with the brand itself has been said.
    for files in employers.iter().filter_map(|id| builder.project().organisation(id)) {
        let more = builder.check_variants(files);
        let said = |diagnostic: &Diagnostic| found.iter().any(|other| other.code == diagnostic.code && other.span == diagnostic.span);
        let new: Vec<_> = more.into_iter().filter(|diagnostic| !said(diagnostic)).collect();
        found.extend(new);
    }
    found.extend(all.into_words());
    // What a build says of lost marks, a rule says better.
    let lost = found.iter().filter(|finding| finding.code == "no-requirement").filter_map(|finding| finding.file().map(str::to_owned));
    let lost: BTreeSet<String> = lost.collect();
    found.retain(|finding| finding.code != "requirement-unknown" || !finding.file().is_some_and(|file| lost.contains(file)));
    if !args.fix.is_empty() {
        return mend(builder.project(), &args.fix, &found, terminal);
    }
    match args.format {
        Shape::Human => terminal.diagnostics(&found),
        Shape::Short => found.iter().for_each(|diagnostic| terminal.result(&emit::to_line(diagnostic))),
        Shape::Json => terminal.json(&found.iter().map(emit::to_json).collect::<Vec<_>>()),
        Shape::Sarif => terminal.json(&sarif::log(&found)),
    }
    drift(&found).iter().for_each(|line| terminal.message(line));
    if bad > 0 {
        terminal.message(&format!("{} can't be put together: rules about whole packs are not applied there", plural(bad, "pack")));
    }
    terminal.message(&format!("checked {}: {}", plural(packs.len(), "pack"), counted(&found)));
    let least = match args.deny {
        None => Severity::Error,
        Some(Deny::Warnings) => Severity::Warning,
        Some(Deny::Advice) => Severity::Advice,
    };
    Ok(u8::from(bad > 0 || found.iter().any(|diagnostic| diagnostic.severity >= least)))
}

/// For each organisation how far its profiles have drifted apart: what is worded in more than one way, and what is typed in that its
/// framework has.
fn drift(found: &[Diagnostic]) -> Vec<String> {
    let mut of: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for finding in found {
        let kind = ["statement-drift", "library-drift"].iter().position(|code| *code == finding.code);
        let organisation = finding.file().and_then(|path| path.strip_prefix("profiles/")?.split('/').next());
        if let (Some(kind), Some(organisation)) = (kind, organisation) {
            of.entry(organisation).or_default()[kind] += 1;
        }
    }
    let line = |(organisation, [worded, typed]): (&str, [usize; 2])| {
        format!("drift in {organisation}: {} of a statement besides the usual one, {} of its framework typed in by hand", plural(worded, "wording"), plural(typed, "text"))
    };
    of.into_iter().map(line).collect()
}

/// Refuses codes of no rule.
fn known(codes: &[String]) -> Result<(), Stop> {
    let unknown = codes.iter().filter(|code| check::rule(code).is_none());
    let faults: Vec<Diagnostic> = unknown.map(|code| check::unknown_rule(code)).collect();
    if faults.is_empty() { Ok(()) } else { Err(Stop::usage(faults)) }
}

/// Writes the offered words.
fn mend(project: &Project, codes: &[String], found: &[Diagnostic], terminal: &Terminal) -> Result<u8, Stop> {
    let meant = || found.iter().filter(|finding| codes.iter().any(|code| code == finding.code));
    let (mut mended, mut faults) = (Vec::new(), Vec::new());
    for file in fixed(meant()) {
        let path = &file.file.path;
        let saved = match project.files.place(path) {
            // What is not of this project's folder is nobody's to change.
            Ok(Some(place)) => save(&place, &sha256(file.file.text.as_bytes()), file.text.as_bytes()),
            Ok(None) => continue,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        match saved {
            Ok(Saved::Written) => {
                terminal.message(&format!("mended {} in {path}", plural(file.mended.len(), "finding")));
                mended.extend(file.mended);
            }
            Ok(Saved::ChangedMeanwhile) => {
                let fault = Diagnostic::error("changed-meanwhile", "the file changed while it was checked").in_file(path.as_str());
                faults.push(fault.hint("run the command again; a file that begins with a byte order mark has to be mended by hand"));
            }
            Err(error) => {
                let fault = Diagnostic::error("output-not-writable", format!("can't write `{path}`: {error}")).in_file(path.as_str());
                faults.push(fault.hint("check permissions and free space"));
            }
        }
    }
    if meant().next().is_none() {
        terminal.message("there is nothing to mend: no finding of that rule");
    }
    let left: Vec<_> = meant().filter(|finding| finding.span.as_ref().is_none_or(|span| !mended.contains(span))).collect();
    if !left.is_empty() {
        terminal.message(&format!("left {} to be mended by hand:", plural(left.len(), "finding")));
        left.iter().for_each(|finding| terminal.message(&format!("  {}", emit::to_line(finding))));
    }
    // What no rule finds keeps a file from being read, maybe.
    faults.extend(found.iter().filter(|finding| finding.severity == Severity::Error && check::rule(finding.code).is_none()).cloned());
    terminal.diagnostics(&faults);
    Ok(u8::from(!faults.is_empty()))
}

/// Says what rules are about.
fn explain(global: &Global, code: &str, json: bool, terminal: &Terminal) -> Result<u8, Stop> {
    let rules: Vec<&Rule> = match code {
        "all" => RULES.to_vec(),
        code => vec![check::rule(code).ok_or_else(|| Stop::usage(vec![check::unknown_rule(code)]))?],
    };
    if json {
        let described = |rule: &&Rule| {
            serde_json::json!({
                "code": rule.code, "severity": rule.severity, "finds": rule.finds, "why": rule.why, "sources": rule.sources,
                "example": rule.example, "counter_example": rule.counter_example,
            })
        };
        terminal.json(&rules.iter().map(described).collect::<Vec<_>>());
        return Ok(0);
    }
    for (at, rule) in rules.iter().enumerate() {
        let Rule { code, finds, why, example, counter_example, .. } = rule;
        let (severity, sources) = (emit::name(rule.severity), rule.sources.join("\n          "));
        let gap = if at == 0 { "" } else { "\n" };
        terminal.result(&format!(
            "{gap}{code} ({severity})\n  finds   {finds}\n  why     {why}\n  source  {sources}\n  wrong   {example}\n  right   {counter_example}"
        ));
    }
    if let [rule] = rules.as_slice() {
        // What an organisation can name under `checks`.
        let library = Library::load(&Files::new(global.folder().ok())).map_err(|diagnostics| Stop { diagnostics, status: 1 })?;
        let told = ["words", "figures", "context", "topics"].iter().zip(library.names(rule.code)).filter(|(_, names)| !names.is_empty());
        told.for_each(|(what, names)| terminal.result(&format!("  {what:7} {}", names.join("; "))));
    }
    Ok(0)
}
