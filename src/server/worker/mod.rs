//! Processes that make what is posted. A Typst document that is being typeset can't be stopped, and its memory can't be
//! bounded, but a process can be ended.
//!
//! `child` is what runs in such a process, `pool` keeps the processes, and `frame` is what they say to each other: a job
//! to the standard input, a reply from the standard output, each a length and so many bytes.

mod child;
mod frame;
mod pool;

pub use child::{Bounds, run};
pub(super) use pool::{Lost, Pool};
