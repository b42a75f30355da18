//! `jobpack serve`: the HTTP endpoint.

use std::net::SocketAddr;

use super::report::Terminal;
use super::{Global, Stop, date};
use crate::diagnostic::Diagnostic;
use crate::server::{Config, Server};

/// Serve packs over HTTP on this machine
///
/// Ends at Ctrl-C or SIGTERM, once what runs is done.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  jobpack serve\n  curl -O http://127.0.0.1:8080/api/v1/packs/havering/learning-mentor-elsa/bundle.zip\n  curl --data-binary @profile.yaml -H 'Content-Type: application/yaml' \\\n    'http://127.0.0.1:8080/api/v1/render?organisation=havering&format=pdf' -o pack.pdf"
)]
pub(super) struct Args {
    /// Loopback address and port; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8080")]
    addr: SocketAddr,
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let usage = |fault: Diagnostic| Stop::usage(vec![fault]);
    let date = date::from_environment()?;
    let config = Config { date, ..Config::new(global.folder()?, args.addr).map_err(usage)? };
    let grace = config.limits.time;
    let runtime = tokio::runtime::Runtime::new()
        .map_err(|error| usage(Diagnostic::error("no-runtime", format!("can't start threads: {error}"))))?;
    let ended = runtime.block_on(async {
        let signals = Signals::new().map_err(|error| usage(Diagnostic::error("no-signals", error.to_string())))?;
        let server = Server::bind(config).await.map_err(usage)?;
        terminal.message(&format!("listening on http://{}", server.address()));
        let failed = |error| usage(Diagnostic::error("server", format!("the server ended: {error}")));
        server.run(signals.any()).await.map_err(failed)
    });
    // A build that overran its time can't be stopped; the process does not wait for it twice.
    runtime.shutdown_timeout(grace);
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
