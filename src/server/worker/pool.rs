//! The processes: begun when they are first needed, kept for the next job, ended when they overrun, and replaced.

use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::super::config::{Config, Limits};
use super::super::job::{Job, Reply};
use super::super::problem::Problem;
use super::frame::{self, Head, Said};

/// Jobs after which a process is replaced, so that nothing that it keeps grows for ever.
const JOBS: usize = 1000;

/// Time for a process to begin and to read the project.
const BEGIN: Duration = Duration::from_secs(60);

/// Why a job has no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Lost {
    /// It took too long, and its process was ended.
    Overrun,
    /// Its process ended before it was done.
    Ended,
    /// No process could be begun.
    NotBegun,
}

/// The processes of a server.
#[derive(Debug)]
pub(in super::super) struct Pool {
    program: PathBuf,
    root: PathBuf,
    memory: u64,
    time: Duration,
    /// Those that wait for a job. As many run at once as there are places for builds.
    idle: Mutex<Vec<Worker>>,
}

/// A process that takes one job at a time; it ends when it is dropped.
#[derive(Debug)]
struct Worker {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
    jobs: usize,
}

impl Pool {
    /// A pool without a process yet; none if no program is named.
    pub(in super::super) fn new(config: &Config) -> Option<Self> {
        let Limits { worker_bytes, render_time, .. } = config.limits;
        let root = std::path::absolute(&config.root).ok()?;
        Some(Self { program: config.worker.clone()?, root, memory: worker_bytes, time: render_time, idle: Mutex::default() })
    }

    /// Has a job made. A process that takes too long, or ends, is replaced for the next job.
    pub(in super::super) async fn run(&self, job: &Job) -> Result<Result<Reply, Problem>, Lost> {
        let mut worker = match self.waiting() {
            Some(worker) => worker,
            None => self.begin().await.map_err(|error| {
                tracing::error!(%error, "a worker process can't be begun");
                Lost::NotBegun
            })?,
        };
        let made = tokio::time::timeout(self.time, worker.make(job)).await;
        match made {
            Ok(Ok((reply, spent))) => {
                if !spent && worker.jobs < JOBS {
                    self.idle().push(worker);
                }
                Ok(reply)
            }
            Ok(Err(error)) => {
                // One that says nonsense and lives is ended when it is dropped.
                let ended = tokio::time::timeout(Duration::from_secs(1), worker.child.wait()).await;
                let status = ended.ok().and_then(Result::ok).map(|status| status.to_string());
                tracing::warn!(%error, status, "a worker process ended before its job was done");
                Err(Lost::Ended)
            }
            Err(_) => {
                tracing::warn!(seconds = self.time.as_secs_f64(), "a worker process was ended: its job took too long");
                drop(worker.child.kill().await);
                Err(Lost::Overrun)
            }
        }
    }

    /// A process that waits for a job and lives: one that ended meanwhile is none of the next text's affair.
    fn waiting(&self) -> Option<Worker> {
        let mut idle = self.idle();
        loop {
            let mut worker = idle.pop()?;
            if matches!(worker.child.try_wait(), Ok(None)) {
                return Some(worker);
            }
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn begin(&self) -> io::Result<Worker> {
        let mut command = Command::new(&self.program);
        command.arg("--root").arg(&self.root).arg("worker").arg("--memory").arg(self.memory.to_string());
        // The allocator takes addresses in steps of 1 GiB if it isn't told, which the system counts as memory (KiB).
        command.env_clear().env("MIMALLOC_ARENA_RESERVE", "32768").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        // Ctrl-C is for the server, which ends its processes when their jobs are done.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command.spawn()?;
        let (Some(input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("a process without pipes"));
        };
        let began = tokio::time::timeout(BEGIN, frame::receive::<Said>(&mut output)).await?;
        match began? {
            (Said { head: Head::Ready, .. }, _) => Ok(Worker { child, input, output, jobs: 0 }),
            _ => Err(io::Error::other("a process that is no worker")),
        }
    }
}

impl Worker {
    /// What became of a job, and whether the process should be replaced.
    async fn make(&mut self, job: &Job) -> io::Result<(Result<Reply, Problem>, bool)> {
        self.jobs += 1;
        frame::send(&mut self.input, job).await?;
        let (Said { head, spent }, body) = frame::receive(&mut self.output).await?;
        let reply = head.reply(body).ok_or_else(|| io::Error::other("no reply"))?;
        Ok((reply, spent))
    }
}
