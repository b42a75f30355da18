//! From a configuration to a server that listens, and to its end.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;

use super::config::{Config, Limits};
use super::router::router;
use super::state::App;
use crate::diagnostic::Diagnostic;

/// How long to wait before another connection is taken, when the system has no more.
const PAUSE: Duration = Duration::from_millis(100);

/// A connection on which an answer that nobody reads ends.
type Patient = TokioIo<Pin<Box<TimeoutStream<TcpStream>>>>;

/// A server that has its port and its project, and is ready to answer.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    app: Arc<App>,
    limits: Limits,
}

impl Server {
    /// Reads the project and takes the port.
    ///
    /// # Errors
    /// `address-not-loopback`; `address-not-usable`: the port is taken, or may not be used.
    pub async fn bind(config: Config) -> Result<Self, Diagnostic> {
        config.check()?;
        crate::project::allow_files();
        let wanted = config.address;
        let unusable = |error: io::Error| {
            Diagnostic::error("address-not-usable", format!("can't listen on `{wanted}`: {error}"))
                .hint("is another server running? `--addr 127.0.0.1:0` takes any free port")
        };
        let listener = TcpListener::bind(wanted).await.map_err(unusable)?;
        let address = listener.local_addr().map_err(unusable)?;
        let limits = config.limits.clone();
        let app = tokio::task::spawn_blocking(move || App::new(config, address)).await;
        let app = Arc::new(app.map_err(|_| Diagnostic::error("project-unreadable", "the project could not be read"))?);
        Ok(Self { listener, address, router: router(Arc::clone(&app)), app, limits })
    }

    /// The address that it listens on, with the real port.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is done, then finishes what runs, for at most the time limit of a request.
    ///
    /// # Errors
    /// Never; a connection that fails ends alone.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let open = GracefulShutdown::new();
        let places = Arc::new(Semaphore::new(self.limits.connections.max(1)));
        let mut stop = pin!(stop);
        loop {
            let taken = async {
                // Closed by nobody.
                let place = Arc::clone(&places).acquire_owned().await.ok();
                (place, self.listener.accept().await)
            };
            tokio::select! {
                (place, taken) = taken => match taken {
                    Ok((stream, _)) => {
                        let connection = open.watch(self.connection(stream));
                        tokio::spawn(async move {
                            let _held = place;
                            // The other side went away, or said what is no HTTP.
                            let _ = connection.await;
                        });
                    }
                    // Most likely as many files are open as may be.
                    Err(error) => {
                        tracing::warn!(%error, "no connection can be taken");
                        tokio::time::sleep(PAUSE).await;
                    }
                },
                () = &mut stop => break,
            }
        }
        self.app.end();
        // Who asks now is told at once, not when the grace is over.
        drop(self.listener);
        tracing::info!("ending: no more requests are taken");
        tokio::select! {
            () = open.shutdown() => {}
            () = tokio::time::sleep(self.limits.time) => tracing::warn!("some requests were cut off"),
        }
        Ok(())
    }

    /// A connection, on which one request after the other is answered.
    fn connection(&self, stream: TcpStream) -> http1::Connection<Patient, TowerToHyperService<Router>> {
        // An answer is written in two parts, head and body; without this the second may wait for the first's receipt.
        drop(stream.set_nodelay(true));
        // Who doesn't read what was asked for is not waited for.
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(self.limits.time));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(self.limits.head_time);
        http.serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(self.router.clone()))
    }
}
