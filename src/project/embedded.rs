//! The files that come with the program: layouts and fonts.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rust_embed::Embed;

use super::Digest;

#[derive(Embed)]
#[folder = "templates"]
#[prefix = "templates/"]
struct Templates;

#[derive(Embed)]
#[folder = "fonts"]
#[prefix = "fonts/"]
struct Fonts;

pub(super) fn embedded(path: &str) -> Option<Cow<'static, [u8]>> {
    Templates::get(path).or_else(|| Fonts::get(path)).map(|file| file.data)
}

pub(super) fn all_embedded() -> impl Iterator<Item = String> {
    Templates::iter().chain(Fonts::iter()).map(|path| path.into_owned())
}

/// Digest of all of them.
pub fn of_program() -> Digest {
    let all: BTreeSet<String> = all_embedded().collect();
    let contents: Vec<_> = all.iter().filter_map(|path| Some((path, embedded(path)?))).collect();
    Digest::of_all(contents.iter().flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_ref()]))
}
