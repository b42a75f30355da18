//! `jobpack clean`: the cache removed.

use super::report::Terminal;
use super::{Global, Stop};
use crate::cache;
use crate::diagnostic::Diagnostic;

/// Remove the cache of the project (.jobpack/cache)
///
/// Nothing is lost: the next build makes everything anew, and writes what is different. Job packs and approvals stay.
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(global: &Global, terminal: &Terminal) -> Result<u8, Stop> {
    let root = global.folder()?;
    match cache::clear(&root) {
        Ok(bytes) => {
            #[expect(clippy::cast_precision_loss, reason = "tenths of mebibytes")]
            let mebibytes = bytes as f64 / f64::from(1 << 20);
            terminal.message(&format!("removed {mebibytes:.1} MiB"));
            Ok(0)
        }
        Err(error) => {
            let fault = Diagnostic::error("cache-not-writable", format!("can't remove `{}`: {error}", cache::FOLDER));
            Err(Stop { diagnostics: vec![fault.hint("check its permissions")], status: 1 })
        }
    }
}
