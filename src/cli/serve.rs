//! `jobpack serve`: the HTTP endpoint.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use tracing_subscriber::filter::LevelFilter;

use super::report::Terminal;
use super::{Global, Stop, date};
use crate::diagnostic::Diagnostic;
use crate::server::{Config, Limits, Server, Token};

/// Serve packs over HTTP on this machine
///
/// Ends at Ctrl-C or SIGTERM, once what runs is done.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  jobpack serve\n  curl -O http://127.0.0.1:8080/api/v1/packs/havering/learning-mentor-elsa/bundle.zip\n  curl --data-binary @profile.yaml -H 'Content-Type: application/yaml' \\\n    'http://127.0.0.1:8080/api/v1/render?organisation=havering&format=pdf' -o pack.pdf\n  jobpack serve --token-file token --host jobs.example.org"
)]
pub(super) struct Args {
    /// Address and port; port 0 takes any free one. One that other machines can reach needs a token
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
    /// Name in `Host` that means this server, beside its address: that of a proxy, through which others reach it, so that it
    /// needs a token or `--insecure`
    #[arg(long, value_name = "NAME[:PORT]")]
    host: Vec<String>,
    /// File with the token that requests must show: for what is for the panel, and where others can reach the server for
    /// everything
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Let others in without a token, because a proxy asks who they are; what is for the panel needs it all the same
    #[arg(long)]
    insecure: bool,
    /// Take nothing that is posted
    #[arg(long)]
    read_only: bool,
    /// Let who uses the pages save profiles, vacancies and brands, and record approvals; with a token, who has shown it
    #[arg(long, conflicts_with = "read_only")]
    allow_write: bool,
    /// A line of log for each request on standard error, as text or as JSON
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Log::Text)]
    log: Log,
    /// Builds at once, and worker processes with `--max-memory` each; one a core if left out
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u16).range(1..))]
    builds: Option<u16>,
    /// Builds that may wait; a request beyond gets 503 at once. Eight a build if left out
    #[arg(long, value_name = "COUNT")]
    queue: Option<u16>,
    /// Connections at once
    #[arg(long, value_name = "COUNT", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    connections: u32,
    /// Largest body, in KiB
    #[arg(long, value_name = "KIB", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(1..=65_536))]
    max_body: u32,
    /// Time for an answer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3600))]
    max_time: u32,
    /// Time for a posted document, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=3600))]
    max_render_time: u32,
    /// Memory of the process that makes a posted document, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(128..=1_048_576))]
    max_memory: u32,
    /// Pages of a posted document
    #[arg(long, value_name = "COUNT", default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    max_pages: u32,
    /// Values in each other of a posted text
    #[arg(long, value_name = "COUNT", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=64))]
    max_nesting: u32,
    /// Memory for packs that are kept once they are built, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 64)]
    cache: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Log {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// Warnings only.
    Off,
}

impl Log {
    /// Sends what the server says to standard error.
    fn begin(self) {
        let lines = tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false).with_ansi(false);
        // A second one in the same process is not ours to set.
        let _ = match self {
            Self::Text => lines.try_init(),
            Self::Json => lines.json().flatten_event(true).try_init(),
            Self::Off => lines.with_max_level(LevelFilter::WARN).try_init(),
        };
    }
}

impl Args {
    fn limits(&self) -> Limits {
        let usual = Limits::default();
        let builds = self.builds.map_or(usual.builds, usize::from);
        let seconds = |count: u32| Duration::from_secs(u64::from(count));
        let count = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        Limits {
            builds,
            queue: self.queue.map_or(builds * 8, usize::from),
            connections: count(self.connections),
            body_bytes: count(self.max_body) << 10,
            time: seconds(self.max_time),
            render_time: seconds(self.max_render_time),
            worker_bytes: u64::from(self.max_memory) << 20,
            pages: count(self.max_pages),
            nesting: count(self.max_nesting),
            cache_bytes: count(self.cache) << 20,
            ..usual
        }
    }
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let usage = |fault: Diagnostic| Stop::usage(vec![fault]);
    let date = date::from_environment()?;
    let token = args.token_file.as_deref().map(Token::read).transpose().map_err(usage)?;
    // On Linux the program as it was begun, whatever an upgrade has put in its place since.
    let own = if cfg!(target_os = "linux") { Ok(PathBuf::from("/proc/self/exe")) } else { std::env::current_exe() };
    let own = own.map_err(|error| usage(Diagnostic::error("no-program", format!("this program can't be found again: {error}"))))?;
    let config = Config {
        date,
        token,
        insecure: args.insecure,
        read_only: args.read_only,
        allow_write: args.allow_write,
        hosts: args.host.clone(),
        worker: Some(own),
        limits: args.limits(),
        ..Config::new(global.folder()?, args.addr)
    };
    args.log.begin();
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| usage(Diagnostic::error("no-runtime", format!("can't start threads: {error}"))))?;
    let ended = runtime.block_on(async {
        let signals = Signals::new().map_err(|error| usage(Diagnostic::error("no-signals", error.to_string())))?;
        let server = Server::bind(config).await.map_err(usage)?;
        terminal.message(&format!("listening on http://{}", server.address()));
        let failed = |error| usage(Diagnostic::error("server", format!("the server ended: {error}")));
        server.run(signals.any()).await.map_err(failed)
    });
    // A build that overran its time can't be stopped, and nobody waits for it any more.
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended.map(|()| 0)
}

/// The signals that end the server.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn any(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// The signals that end the server.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn any(self) {
        // Without the signal there is no way to ask; the server then runs until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
