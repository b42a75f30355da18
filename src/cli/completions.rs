//! `jobpack completions` and `jobpack man`: what a packager installs beside the program.

use super::Stop;
use super::report::Terminal;
use crate::diagnostic::Diagnostic;

/// Print completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:\n  jobpack completions bash > ~/.local/share/bash-completion/completions/jobpack")]
pub(super) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {}

pub(super) fn run(args: &Args, mut command: clap::Command, terminal: &Terminal) -> Result<u8, Stop> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "jobpack", &mut text);
    terminal.result(&String::from_utf8_lossy(&text));
    Ok(0)
}

pub(super) fn man(_: &ManArgs, command: clap::Command, terminal: &Terminal) -> Result<u8, Stop> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text).map_err(|error| {
        Stop { diagnostics: vec![Diagnostic::error("man", format!("the manual page can't be made: {error}"))], status: 3 }
    })?;
    terminal.result(&String::from_utf8_lossy(&text));
    Ok(0)
}
