//! What Typst memoises, and when it is thrown away.
//!
//! The memo belongs to the process, not to a builder, and throwing away makes every thread's results older. So there is
//! one owner, this room, and one count.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many rounds a result is kept unused. What packs share (templates, a brand's own shapes) is used in every round;
/// what belongs to one pack is gone after three. Smaller evaluates the templates again for every pack, larger only
/// costs memory.
const ROUNDS: usize = 2;

static BUILT: AtomicUsize = AtomicUsize::new(0);

/// Counts a pack; a round is a pack for each core.
pub(super) fn pack_built() {
    static CORES: OnceLock<usize> = OnceLock::new();
    let cores = *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from));
    if (BUILT.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(cores) {
        comemo::evict(ROUNDS);
    }
}
