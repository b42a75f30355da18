//! The HTTP endpoint: the packs of a project and posted profiles, built on demand.
//!
//! Reading order: `router` is the table of what is answered and `api` its description, then a file a resource
//! (`organisations`, `layouts`, `packs`, `pack`, `files`, `bundle`, `pages`, `render`, `schemas`, `health`). Behind them stand
//! `state` (what all requests share), `live` (the project as it is now), `work` (how many builds run at once), `cache`, and
//! `worker`, the processes in which a `job` that was posted is made. In front of them stand `log`, `guard` and `access`;
//! `payload` and `problem` are what is answered.
//!
//! What holds here: an answer comes from one reading of the project, never from a mix of old and new. The number of
//! builds that run or wait is bounded. Typst can't be stopped, so that what is posted is made in processes, which can: one that
//! takes too long or too much is ended, and only its own request fails. A request carries only data. No path of a request is ever looked up on disk. Nothing here
//! prints, and nothing here knows the command line.

mod access;
mod api;
mod bundle;
mod cache;
mod config;
mod disposition;
mod files;
mod findings;
mod guard;
mod health;
mod job;
mod layouts;
mod live;
mod log;
mod look;
mod metrics;
mod negotiate;
mod organisations;
mod pack;
mod packs;
mod pages;
mod payload;
mod policy;
mod preview;
mod posted;
mod problem;
mod query;
mod render;
mod router;
mod run;
mod schemas;
mod state;
#[cfg(test)]
mod tests;
mod work;
pub mod worker;

pub use access::Token;
pub use config::{Config, Limits};
pub use run::Server;
