//! How the server is set up.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::access::Token;
use crate::diagnostic::Diagnostic;
use crate::source::{MAX_DEPTH, MAX_FILE_BYTES};

/// How the server is set up.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder of the project.
    pub root: PathBuf,
    /// Address to listen on; port 0 takes any free one.
    pub address: SocketAddr,
    /// Names in `Host` that mean this server, beside its address and those of loopback: `jobs.example.org`.
    pub hosts: Vec<String>,
    /// Who knows it may see what is for the panel, and on an address that others can reach, anything at all.
    pub token: Option<Token>,
    /// Whether an address that others can reach needs no token.
    pub insecure: bool,
    /// Whether nothing may be posted.
    pub read_only: bool,
    /// Whether files of the project may be changed, and approvals recorded, by who uses the pages; with a token, by who has
    /// shown it.
    pub allow_write: bool,
    /// The program that makes what is posted, called as `<program> worker`; without one it is made in this process, where
    /// nothing can end it.
    pub worker: Option<PathBuf>,
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
    /// Connections that are open at once; more wait to be taken.
    pub connections: usize,
    /// Largest body, in bytes.
    pub body_bytes: usize,
    /// Time for the head of a request to arrive.
    pub head_time: Duration,
    /// Time for a body to arrive.
    pub body_time: Duration,
    /// Time for an answer to begin, and for the client to take each piece of it.
    pub time: Duration,
    /// Time for one posted document, from when its turn comes.
    pub render_time: Duration,
    /// Memory of a worker process, in bytes.
    pub worker_bytes: u64,
    /// Most pages of a posted document.
    pub pages: usize,
    /// How many values of a posted text may stand in each other; 64 at the most.
    pub nesting: usize,
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
            connections: 1024,
            body_bytes: usize::try_from(MAX_FILE_BYTES).unwrap_or(usize::MAX),
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(10),
            time: Duration::from_secs(30),
            render_time: Duration::from_secs(10),
            worker_bytes: 1 << 30,
            pages: 200,
            nesting: MAX_DEPTH,
            cache_bytes: 64 << 20,
            look_every: Duration::from_secs(1),
        }
    }
}

impl Config {
    /// A server of the project in `root` on `address`, with the usual limits, without a token.
    pub fn new(root: PathBuf, address: SocketAddr) -> Self {
        Self {
            root,
            address,
            hosts: Vec::new(),
            token: None,
            insecure: false,
            read_only: false,
            allow_write: false,
            worker: None,
            date: None,
            limits: Limits::default(),
        }
    }

    /// Whether other machines can reach a server on `address`: by itself, or through a proxy that calls it by a name.
    pub(super) fn is_reached(&self, address: SocketAddr) -> bool {
        !address.ip().is_loopback() || !self.hosts.is_empty()
    }

    /// Refuses what would let anybody in.
    ///
    /// # Errors
    /// - `address-not-loopback`: whoever reaches the server may read every pack, drafts included
    /// - `write-for-anybody`: and may change it
    pub fn check(&self) -> Result<(), Diagnostic> {
        if !self.is_reached(self.address) || self.token.is_some() {
            return Ok(());
        }
        if self.allow_write {
            let fault = Diagnostic::error("write-for-anybody", "with `--allow-write` and without a token, whoever reaches this server may change its files");
            return Err(fault.hint("give `--token-file`, or listen on a loopback address such as `127.0.0.1:8080`"));
        }
        if self.insecure {
            return Ok(());
        }
        let named = self.hosts.first().map_or_else(|| self.address.to_string(), Clone::clone);
        let message = format!("other machines can reach `{named}`, and without a token this server asks nobody who they are");
        Err(Diagnostic::error("address-not-loopback", message)
            .hint("give `--token-file`, listen on a loopback address such as `127.0.0.1:8080`, or say `--insecure`"))
    }
}
