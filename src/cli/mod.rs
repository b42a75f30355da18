//! The command line: one small file a command. Parses, calls the library, prints.

mod build;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Branded, accessible job packs from YAML.
#[derive(Debug, Parser)]
#[command(name = "jobpack", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
}

/// Runs the program; the exit status is the one of the contract.
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Build(args) => build::run(&args),
    }
}
