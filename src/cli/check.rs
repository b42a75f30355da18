//! `jobpack check`: faults and warnings without building.

use std::collections::BTreeSet;

use super::report::{Terminal, counted, plural};
use super::{Global, Stop};
use crate::build::{Builder, Options};
use crate::diagnostic::{Diagnostic, Severity, emit};

/// Find every fault of profiles, organisations and layouts, without building
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jobpack check\n  jobpack check gla --format short\n  jobpack check --format json")]
pub(super) struct Args {
    /// Packs to check; all if left out
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Shape::Human, value_name = "SHAPE")]
    format: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Shape {
    /// With the lines of the file
    Human,
    /// A line each
    Short,
    /// A JSON array on standard output
    Json,
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let project = global.project()?;
    let packs = project.select(&args.packs).map_err(Stop::usage)?;
    let mut found: Vec<Diagnostic> = project.faults.clone();
    let builder = Builder::new(project);
    let employers: BTreeSet<&str> = packs.iter().map(|id| id.organisation.as_str()).collect();
    let mut bad = 0;
    for id in &packs {
        let (failed, more) = match builder.assemble(id, &Options::default()) {
            Ok((pack, warnings)) => (false, [warnings, builder.check_translations(&pack)].concat()),
            Err(faults) => (true, faults),
        };
        bad += usize::from(failed);
        for diagnostic in more {
            if !found.contains(&diagnostic) {
                found.push(diagnostic);
            }
        }
    }
    found.extend(builder.check_names(&packs));
    // What is wrong with the brand itself has been said.
    for files in employers.iter().filter_map(|id| builder.project().organisation(id)) {
        let more = builder.check_variants(files);
        let said = |diagnostic: &Diagnostic| found.iter().any(|other| other.code == diagnostic.code && other.span == diagnostic.span);
        let new: Vec<_> = more.into_iter().filter(|diagnostic| !said(diagnostic)).collect();
        found.extend(new);
    }
    match args.format {
        Shape::Human => terminal.diagnostics(&found),
        Shape::Short => found.iter().for_each(|diagnostic| terminal.result(&emit::to_line(diagnostic))),
        Shape::Json => terminal.json(&found.iter().map(emit::to_json).collect::<Vec<_>>()),
    }
    terminal.message(&format!("checked {}: {}", plural(packs.len(), "pack"), counted(&found)));
    let errors = bad > 0 || found.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(u8::from(errors))
}
