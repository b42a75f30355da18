//! The threads that packs are built on.
//!
//! Typst shares its own work with the pool of threads that it is called from, and a thread of a pool that waits takes
//! up whatever else waits there. So packs are never jobs of such a pool: one would be begun inside another, and again,
//! until the stack ends. Each worker has a pool of its own, in which there is only the pack that it builds.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Stack of a thread, in bytes; what is not used costs nothing.
const STACK: usize = 16 << 20;

/// Calls `one` for 0 up to `count` on `jobs` workers, a worker a core if none are said, and gathers what it returns, in
/// no order. Where there are fewer calls than workers, each gets more threads.
pub(super) fn each<T: Send>(jobs: Option<NonZeroUsize>, count: usize, one: impl Fn(usize) -> Option<T> + Sync) -> Vec<T> {
    let jobs = jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let workers = jobs.min(count);
    let next = AtomicUsize::new(0);
    let gathered = Mutex::new(Vec::new());
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                break;
            }
            let made = one(at);
            gathered.lock().unwrap_or_else(PoisonError::into_inner).extend(made);
        }
    };
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs / workers).stack_size(STACK).build();
                match pool {
                    Ok(pool) => pool.install(work),
                    // The system gives no more threads: this one works alone.
                    Err(_) => work(),
                }
            });
        }
    });
    gathered.into_inner().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn every_number_is_called_once() {
        for jobs in [1, 2, 7] {
            let mut all = each(NonZeroUsize::new(jobs), 100, Some);
            all.sort_unstable();
            assert_eq!(all, (0..100).collect::<Vec<_>>(), "{jobs} jobs");
        }
        assert!(each(None, 0, Some).is_empty());
    }

    #[test]
    fn no_call_begins_inside_another() {
        thread_local!(static DEPTH: std::cell::Cell<usize> = const { std::cell::Cell::new(0) });
        let deepest = AtomicUsize::new(0);
        each(NonZeroUsize::new(2), 300, |_| {
            deepest.fetch_max(DEPTH.replace(DEPTH.get() + 1) + 1, Ordering::Relaxed);
            // As Typst does it: parts of the work on the threads around.
            let parts: usize = (0..4_usize).into_par_iter().map(|part| (0..20_000).fold(part, |sum, n| sum ^ n)).sum();
            DEPTH.set(DEPTH.get() - 1);
            Some(parts)
        });
        assert_eq!(deepest.into_inner(), 1);
    }
}
