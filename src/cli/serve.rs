//! `jobpack serve`: the HTTP endpoint.

use super::report::Terminal;
use super::{Global, Stop};

/// Serve packs over HTTP on this machine
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Global, _: &Args, _: &Terminal) -> Result<u8, Stop> {
    Ok(2)
}
