//! What runs in a worker: it reads the project, and again when that changes, and makes one job after the other.

use std::io::{self, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::super::config::Limits;
use super::super::job::Job;
use super::super::live::LiveProject;
use super::super::problem::Problem;
use super::frame::{self, Head, Said};

/// Stack of the thread that works, in bytes; what is not used costs nothing.
const STACK: usize = 16 << 20;

/// What the process may use, all its jobs together.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Memory for data, in bytes.
    pub memory: u64,
}

impl Bounds {
    /// Has the system hold the process to it: no more memory, no file written, no memory dump.
    fn set(self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use rustix::process::{Resource, Rlimit, setrlimit};
            let most = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
            setrlimit(Resource::Data, most(self.memory))?;
            setrlimit(Resource::Fsize, most(0))?;
            setrlimit(Resource::Core, most(0))?;
        }
        // A job has nobody to be made for when the server is gone.
        #[cfg(target_os = "linux")]
        rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
        Ok(())
    }
}

/// Answers jobs that come `from` one side on the other, until the first ends.
///
/// # Errors
/// When the limits can't be set, or the other side says what is no job.
pub fn run(root: PathBuf, bounds: Bounds, mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    bounds.set()?;
    // Nothing of a job is told to the machine's logs.
    std::panic::set_hook(Box::new(|_| ()));
    // Typst shares its work with the pool of threads around it: here one, with the stack that a build has.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().map_err(io::Error::other)?;
    let live = LiveProject::new(root, &Limits::default());
    frame::write(&mut to, &Said { head: Head::Ready, spent: false }, &[])?;
    while let Some((job, _)) = frame::read::<Job>(&mut from)? {
        let made = catch_unwind(AssertUnwindSafe(|| pool.install(|| live.steady(|loaded| job.clone().run(&loaded.builder)))));
        let spent = made.is_err() || resident().is_some_and(|bytes| bytes > bounds.memory / 4);
        let (head, body) = Head::of(made.map_or_else(|_| Err(Problem::broken()), |made| made.unwrap_or_else(|| Err(Problem::changing()))));
        frame::write(&mut to, &Said { head, spent }, &body)?;
    }
    Ok(())
}

/// Memory that the process has, in bytes; where the system tells (Linux, `proc_pid_statm(5)`).
fn resident() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    statm.split(' ').nth(1)?.parse::<u64>().ok()?.checked_mul(4096)
}
