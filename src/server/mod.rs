//! The HTTP endpoint: the packs of a project and posted profiles, built on demand.
//!
//! Reading order: `router` is the table of what is answered, then a file a resource (`packs`, `pack`, `files`,
//! `bundle`, `render`, `health`). Behind them stand `state` (what all requests share), `live` (the project as
//! it is now), `work` (how many builds run at once) and `cache`; in front of them `guard` and `problem`.
//!
//! What holds here: an answer comes from one reading of the project, never from a mix of old and new. The number of
//! builds that run or wait is bounded, and a build that overruns its time keeps its place until it ends, because
//! Typst can't be stopped. A request carries only data. No path of a request is ever looked up on disk. Nothing here
//! prints, and nothing here knows the command line.

mod bundle;
mod cache;
mod config;
mod disposition;
mod files;
mod guard;
mod health;
mod live;
mod negotiate;
mod pack;
mod packs;
mod payload;
mod policy;
mod posted;
mod problem;
mod render;
mod router;
mod run;
mod state;
#[cfg(test)]
mod tests;
mod work;

pub use config::{Config, Limits};
pub use run::Server;
