//! Building again: only what has changed, with the reason why, and nothing else.
//!
//! A pack is as it would be made if every input that was read to make it says what it said, the program and the options are the
//! same, and its files are there as they were written. What was read is known from what read it: Typst's world, the closure of a
//! prose page's includes, the layers of a pack, the clauses that it prints. So there are three ways for a pack, the cheapest first:
//!
//! 1. [`plan`]: nothing has changed. That takes a look at size and times of its files ([`Mark`](crate::project::Mark)) and no
//!    reading; a file with another mark is read, and counts as changed if it says something else.
//! 2. [`history`]: it was made like this some time ago, and its files are in the cache.
//! 3. It is made, and of its documents those are taken from the cache that come out the same ([`crate::build::Reuse`]).

mod changes;
mod history;
mod index;
mod outcome;
mod plan;
mod present;
mod program;
mod report;
mod run;

pub use changes::{DocumentChange, Paragraphs};
pub use outcome::{Done, News, Rebuilt, State};
pub use plan::{Cause, Change, reasons};
pub use report::{Json, MadeBy, MadeFrom, dependencies, html, makefile};
pub use run::{Earlier, Rebuild};
