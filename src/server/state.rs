//! What all requests share.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use tokio::sync::watch;

use super::cache::{Entry, PackOutcome};
use super::access::Token;
use super::config::{Config, Limits};
use super::guard;
use super::job::{Job, Reply};
use super::live::{LiveProject, Loaded, TRIES};
use super::log::Ids;
use super::metrics::Metrics;
use super::pack;
use super::preview::{Approvals, Changes};
use super::problem::Problem;
use super::work::{Refused, Work};
use super::worker::{Lost, Pool};
use crate::build::Options;
use crate::project::PackId;

/// What all requests share.
#[derive(Debug)]
pub(super) struct App {
    pub(super) limits: Limits,
    /// Values of `Host` that mean this server.
    pub(super) hosts: Vec<String>,
    pub(super) options: Options,
    /// Who knows it may see everything.
    pub(super) token: Option<Token>,
    /// Whether nothing is shown to others.
    pub(super) guarded: bool,
    pub(super) read_only: bool,
    /// Whether files may be changed by who is trusted.
    pub(super) allow_write: bool,
    pub(super) metrics: Metrics,
    pub(super) ids: Ids,
    ending: watch::Sender<bool>,
    /// That files change, for those who watch a page.
    pub(super) changes: Changes,
    /// What was approved, for those who compare.
    pub(super) approvals: Approvals,
    /// Processes for what is posted; none to make it in this one.
    pool: Option<Arc<Pool>>,
    live: Arc<LiveProject>,
    work: Work,
    /// Places of their own for what is posted, so that nobody who only reads waits for it.
    posts: Work,
}

impl App {
    /// Reads the project; `address` is where the server listens.
    pub(super) fn new(config: Config, address: SocketAddr) -> Self {
        let reached = config.is_reached(address) && !config.insecure;
        let pool = Pool::new(&config).map(Arc::new);
        let Config { root, hosts, token, read_only, allow_write, date, limits, .. } = config;
        Self {
            hosts: guard::hosts(address, &hosts),
            options: Options { date, ..Options::default() },
            guarded: token.is_some() && reached,
            token,
            read_only,
            allow_write,
            metrics: Metrics::new(),
            ids: Ids::new(),
            ending: watch::Sender::new(false),
            changes: Changes::new(limits.connections),
            approvals: Approvals::default(),
            pool,
            live: Arc::new(LiveProject::new(root, &limits)),
            work: Work::new(&limits),
            posts: Work::new(&limits),
            limits,
        }
    }

    /// The project as it is now.
    pub(super) async fn project(&self) -> Arc<Loaded> {
        LiveProject::current(&self.live).await
    }

    /// Runs `job`, as one of a bounded number, on a project that does not change from its beginning to its end.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        job: impl Fn(&Loaded) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let live = Arc::clone(&self.live);
        let made = self.work.run(move || live.steady(job)).await.map_err(refused)?;
        made.ok_or_else(Problem::changing)
    }

    /// Has a posted text made into what is wanted of it, as one of a bounded number.
    pub(super) async fn posted(&self, job: Job) -> Result<Reply, Problem> {
        let Some(pool) = self.pool.clone() else {
            let _held = self.posts.turn().await.map_err(refused)?;
            return self.work(move |loaded| job.clone().run(&loaded.builder)).await?;
        };
        let turn = self.posts.turn().await.map_err(refused)?;
        // Who asked may go away; the process then ends its job, which takes no longer than one may, and serves the next.
        let made = tokio::spawn(async move {
            let _held = turn;
            pool.run(&job).await
        });
        let made = made.await.map_err(|_| Problem::broken())?;
        made.unwrap_or_else(|lost| {
            Err(match lost {
                Lost::Overrun => {
                    self.metrics.overrun.inc();
                    Problem::overrun(self.limits.render_time.as_secs())
                }
                Lost::Ended => {
                    self.metrics.ended.inc();
                    Problem::ended()
                }
                Lost::NotBegun => Problem::exhausted(),
            })
        })
    }

    /// How many builds run and how many wait.
    pub(super) fn load(&self) -> (usize, usize) {
        let (read, posted) = (self.work.load(), self.posts.load());
        (read.0 + posted.0, read.1 + posted.1)
    }

    /// Says that the server is about to end.
    pub(super) fn end(&self) {
        self.ending.send_replace(true);
    }

    /// Whether the server is about to end.
    pub(super) fn is_ending(&self) -> bool {
        *self.ending.borrow()
    }

    /// Tells when the server is about to end.
    pub(super) fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// Makes the next request look whether the project has changed.
    pub(super) fn look_again(&self) {
        self.live.look_again();
    }

    /// The folder of the project.
    pub(super) fn root(&self) -> &Path {
        self.live.root()
    }

    /// A pack, built if it is not there yet; who asks for a pack that is being built waits for that build.
    pub(super) async fn pack(&self, organisation: &str, name: &str) -> Result<PackOutcome, Problem> {
        for _ in 0..TRIES {
            let loaded = self.project().await;
            let id = loaded.find(organisation, name)?;
            if let Some(outcome) = self.built(loaded, id).await? {
                return Ok(outcome);
            }
        }
        Err(Problem::changing())
    }

    async fn built(&self, loaded: Arc<Loaded>, id: PackId) -> Result<Option<PackOutcome>, Problem> {
        loop {
            match loaded.cache.enter(&id) {
                Entry::Ready(outcome) => return Ok(Some(outcome)),
                Entry::Building(mut news) => {
                    if let Ok(outcome) = news.wait_for(Option::is_some).await {
                        return Ok(outcome.clone());
                    }
                    // Whoever built it gave up; the next to ask takes over.
                }
                Entry::Mine(turn) => {
                    let options = self.options.clone();
                    let build = move |loaded: &Loaded| Arc::new(pack::build(loaded, &id, &options));
                    return self.once(loaded, build, move |made| turn.done(Arc::clone(made))).await;
                }
            }
        }
    }

    /// Runs `job` and hands what it made to `keep`, unless the project changed meanwhile.
    async fn once<T: Send + 'static>(
        &self,
        loaded: Arc<Loaded>,
        job: impl FnOnce(&Loaded) -> T + Send + 'static,
        keep: impl FnOnce(&T) + Send + 'static,
    ) -> Result<Option<T>, Problem> {
        let live = Arc::clone(&self.live);
        let made = self.work.run(move || {
            let made = job(&loaded);
            // Files are read when they are first needed, so only this tells that all were of the same time.
            live.is_unchanged(&loaded).then(|| {
                keep(&made);
                made
            })
        });
        made.await.map_err(refused)
    }
}

fn refused(why: Refused) -> Problem {
    match why {
        Refused::Busy => Problem::busy(),
        Refused::Panicked => Problem::broken(),
    }
}
