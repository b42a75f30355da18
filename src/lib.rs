//! jobpack: branded, accessible job packs from YAML.
#![forbid(unsafe_code)]

pub mod brand;
pub mod diagnostic;
pub mod document;
pub mod profile;
pub mod source;
pub mod wording;
