//! `jobpack worker`: the process in which `jobpack serve` makes what is posted.

use super::{Global, Stop};
use crate::diagnostic::Diagnostic;
use crate::server::worker::{self, Bounds};

/// Make what a server hands over, for `jobpack serve` alone
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub(super) struct Args {
    /// Most memory, in bytes
    #[arg(long, value_name = "BYTES")]
    memory: u64,
}

pub(super) fn run(global: &Global, args: &Args) -> Result<u8, Stop> {
    let failed = |error| Stop::usage(vec![Diagnostic::error("worker", format!("the worker ended: {error}"))]);
    let (from, to) = (std::io::stdin().lock(), std::io::stdout().lock());
    worker::run(global.folder()?, Bounds { memory: args.memory }, from, to).map(|()| 0).map_err(failed)
}
