//! The command line: one small file a command, each of which parses, calls the library and reports.
//!
//! Results go to standard output, everything else to standard error. Exit status: 0 all built; 1 some pack failed;
//! 2 wrong usage; 3 the project can't be read; 4 another build holds the lock on the output folder.

mod build;
mod check;
mod clean;
mod completions;
mod date;
mod explain;
mod list;
mod new;
mod report;
mod schema;
mod serve;
mod watch;
mod worker;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::diagnostic::Diagnostic;
use crate::project::{self, Project};
use report::Terminal;

/// Branded, accessible job packs from YAML: PDF, Word, web page and zip.
#[derive(Debug, Parser)]
#[command(
    name = "jobpack",
    version,
    max_term_width = 100,
    after_help = "Examples:\n  jobpack build                               every pack into dist/\n  jobpack build havering/learning-mentor-elsa one pack\n  jobpack check --format short                faults and warnings, a line each\n  jobpack explain gla/project-support-officer grade\n                                              where a value comes from"
)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Debug, clap::Args)]
struct Global {
    /// Folder of the project; the nearest one upwards with `profiles/` if left out
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// When to use colours on standard error
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Check(check::Args),
    Clean(clean::Args),
    List(list::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    New(new::Args),
    Watch(watch::Args),
    Serve(serve::Args),
    Worker(worker::Args),
    Completions(completions::Args),
    Man(completions::ManArgs),
}

/// Why a command stops early: findings to show, and the exit status.
struct Stop {
    diagnostics: Vec<Diagnostic>,
    status: u8,
}

impl Stop {
    /// Wrong usage.
    fn usage(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics, status: 2 }
    }

    /// The project can't be read.
    fn project(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic], status: 3 }
    }

    /// Another build holds the lock.
    fn locked(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic], status: 4 }
    }
}

impl Global {
    /// The project's folder.
    fn folder(&self) -> Result<PathBuf, Stop> {
        match &self.root {
            Some(root) if root.join("profiles").is_dir() => Ok(root.clone()),
            Some(root) => Err(Stop::project(
                Diagnostic::error("no-project", format!("there is no folder `profiles` in `{}`", root.display()))
                    .hint("name the folder that holds `profiles/`"),
            )),
            None => {
                let here = std::env::current_dir().map_err(|error| {
                    Stop::project(Diagnostic::error("no-project", format!("the working directory can't be read: {error}")))
                })?;
                project::find(&here).map_err(Stop::project)
            }
        }
    }

    /// The project, read.
    fn project(&self) -> Result<Project, Stop> {
        self.folder().map(Project::load)
    }
}

/// Runs the program; the exit status is the one of the contract.
pub fn main() -> ExitCode {
    let Cli { global, command } = Cli::parse();
    let terminal = Terminal::new(global.color);
    crate::project::allow_files();
    let status = match command {
        Command::Build(args) => build::run(&global, &args, &terminal),
        Command::Check(args) => check::run(&global, &args, &terminal),
        Command::Clean(clean::Args {}) => clean::run(&global, &terminal),
        Command::List(args) => list::run(&global, &args, &terminal),
        Command::Explain(args) => explain::run(&global, &args, &terminal),
        Command::Schema(args) => schema::run(&args, &terminal),
        Command::New(args) => new::run(&global, &args, &terminal),
        Command::Watch(args) => watch::run(&global, &args, &terminal),
        Command::Serve(args) => serve::run(&global, &args, &terminal),
        Command::Worker(args) => worker::run(&global, &args),
        Command::Completions(args) => completions::run(&args, Cli::command(), &terminal),
        Command::Man(args) => completions::man(&args, Cli::command(), &terminal),
    };
    match status {
        Ok(0) if terminal.has_lost() => ExitCode::FAILURE,
        Ok(status) => ExitCode::from(status),
        Err(stop) => {
            terminal.diagnostics(&stop.diagnostics);
            ExitCode::from(stop.status)
        }
    }
}
