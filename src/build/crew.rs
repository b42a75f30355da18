//! The threads that packs are built on.
//!
//! Typst shares its own work with the pool of threads that it is called from, and a thread of a pool that waits takes
//! up whatever else waits there. So packs are never jobs of such a pool: one would be begun inside another, and again,
//! until the stack ends. Each worker has a pool of its own, in which there is only the pack that it builds.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Stack of a thread, in bytes; what is not used costs nothing.
const STACK: usize = 16 << 20;

/// Calls `one` for each of `all` on `jobs` workers, a worker a core if none are said. Where there are fewer calls than workers,
/// each gets more threads.
pub(super) fn each<T: Sync>(jobs: Option<NonZeroUsize>, all: &[T], one: impl Fn(&T) + Sync) {
    let jobs = jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    let workers = jobs.min(all.len());
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(next) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            one(next);
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
}

#[cfg(test)]
mod tests {
    use rayon::prelude::*;

    use super::*;

    #[test]
    fn everything_is_called_once() {
        for jobs in [1, 2, 7] {
            let called: Vec<AtomicUsize> = (0..100).map(|_| AtomicUsize::new(0)).collect();
            each(NonZeroUsize::new(jobs), &called, |one| {
                one.fetch_add(1, Ordering::Relaxed);
            });
            assert!(called.into_iter().all(|times| times.into_inner() == 1), "{jobs} jobs");
        }
        each(None, &[], |(): &()| unreachable!("there is nothing to call"));
    }

    #[test]
    fn no_call_begins_inside_another() {
        thread_local!(static DEPTH: std::cell::Cell<usize> = const { std::cell::Cell::new(0) });
        let deepest = AtomicUsize::new(0);
        each(NonZeroUsize::new(2), &[(); 300], |()| {
            deepest.fetch_max(DEPTH.replace(DEPTH.get() + 1) + 1, Ordering::Relaxed);
            // As Typst does it: parts of the work on the threads around.
            let parts: usize = (0..4_usize).into_par_iter().map(|part| (0..20_000).fold(part, |sum, n| sum ^ n)).sum();
            DEPTH.set(DEPTH.get() - 1);
            std::hint::black_box(parts);
        });
        assert_eq!(deepest.into_inner(), 1);
    }
}
