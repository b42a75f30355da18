//! jobpack: branded, accessible job packs from YAML.
#![forbid(unsafe_code)]

pub mod brand;
pub mod build;
pub mod bundle;
pub mod cli;
pub mod diagnostic;
pub mod document;
pub mod layout;
pub mod pack;
pub mod profile;
pub mod project;
pub mod server;
pub mod source;
pub mod typeset;
pub mod wording;
