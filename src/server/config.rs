//! How the server is set up.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::source::MAX_FILE_BYTES;

/// How the server is set up.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the project.
    pub root: PathBuf,
    /// Address to listen on; port 0 takes any free one.
    pub address: SocketAddr,
    /// Date of all documents in place of the latest of their inputs, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// What a request may use.
    pub limits: Limits,
}

/// What a request may use, and what the server keeps.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Builds that run at once.
    pub builds: usize,
    /// Builds that may wait for one of those to end; a request beyond gets 503 at once.
    pub queue: usize,
    /// Largest body, in bytes.
    pub body_bytes: usize,
    /// Time for a body to arrive.
    pub body_time: Duration,
    /// Time for the whole of an answer.
    pub time: Duration,
    /// Built packs that are kept, in bytes.
    pub cache_bytes: usize,
    /// How often the project's files are looked at for changes, at most.
    pub look_every: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        let builds = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            builds,
            queue: builds * 8,
            body_bytes: usize::try_from(MAX_FILE_BYTES).unwrap_or(usize::MAX),
            body_time: Duration::from_secs(10),
            time: Duration::from_secs(30),
            cache_bytes: 64 << 20,
            look_every: Duration::from_secs(1),
        }
    }
}

impl Config {
    /// A server of the project in `root` on `address`, with the usual limits.
    ///
    /// # Errors
    /// `address-not-loopback`: whoever reaches the server may read every pack, drafts included.
    pub fn new(root: PathBuf, address: SocketAddr) -> Result<Self, Diagnostic> {
        if !address.ip().is_loopback() {
            let message = format!("other machines can reach `{address}`, and this server asks nobody who they are");
            return Err(Diagnostic::error("address-not-loopback", message)
                .hint("use a loopback address such as `127.0.0.1:8080` or `[::1]:8080`"));
        }
        Ok(Self { root, address, date: None, limits: Limits::default() })
    }
}
