//! From a configuration to a server that listens, and to its end.

use std::future::{Future, IntoFuture};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::config::Config;
use super::router::router;
use super::state::App;
use crate::diagnostic::Diagnostic;

/// A server that has its port and its project, and is ready to answer.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    grace: Duration,
}

impl Server {
    /// Reads the project and takes the port.
    ///
    /// # Errors
    /// `address-not-usable`: the port is taken, or may not be used.
    pub async fn bind(config: Config) -> Result<Self, Diagnostic> {
        let wanted = config.address;
        let unusable = |error: io::Error| {
            Diagnostic::error("address-not-usable", format!("can't listen on `{wanted}`: {error}"))
                .hint("is another server running? `--addr 127.0.0.1:0` takes any free port")
        };
        let listener = TcpListener::bind(wanted).await.map_err(unusable)?;
        let address = listener.local_addr().map_err(unusable)?;
        let grace = config.limits.time;
        let app = tokio::task::spawn_blocking(move || App::new(config, address)).await;
        let app = app.map_err(|_| Diagnostic::error("project-unreadable", "the project could not be read"))?;
        Ok(Self { listener, address, router: router(Arc::new(app)), grace })
    }

    /// The address that it listens on, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is done, then finishes what runs, for at most the time limit of a request.
    ///
    /// # Errors
    /// When the listening socket fails.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let stopping = Arc::new(Notify::new());
        let heard = Arc::clone(&stopping);
        let begun = async move {
            stop.await;
            heard.notify_one();
        };
        // An answer is written in two parts, head and body; without this the second may wait for the first's receipt.
        let listener = self.listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let serving = axum::serve(listener, self.router).with_graceful_shutdown(begun);
        let overdue = async {
            stopping.notified().await;
            tokio::time::sleep(self.grace).await;
        };
        tokio::select! {
            ended = serving.into_future() => ended,
            () = overdue => Ok(()),
        }
    }
}
