//! Packs as they were made some time ago: an undone edit or another branch costs no typesetting.
//!
//! For each pack and way of building it, the last few ways it was made are kept: inputs with their digests, and the files. One of
//! which all inputs are as they are now is taken from the cache.

use serde::{Deserialize, Serialize};

use super::index::Key;
use super::plan::Terms;
use super::present::Present;
use crate::build::{BuiltPack, Format, MadeFile, Stages};
use crate::bundle::{BundleFile, MANIFEST, Manifest, Zips};
use crate::cache::Cache;
use crate::layout::Audience;
use crate::project::{Digest, Inputs, PackId};

/// How many ways a pack was made that are remembered.
const MOST: usize = 8;

/// One way that a pack was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Version {
    inputs: Vec<Key>,
    documents: Vec<Document>,
    manifest: Digest,
    warnings: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Document {
    name: String,
    digest: Digest,
    audience: Audience,
    pages: usize,
    /// What it is found by among what is known of its pack.
    fingerprint: Option<Digest>,
    /// Places of its inputs.
    inputs: Vec<u16>,
}

/// The versions of packs, in the cache.
#[derive(Clone, Copy)]
pub(super) struct History<'a> {
    pub cache: &'a Cache,
    pub terms: Terms<'a>,
}

impl History<'_> {
    fn name(&self, id: &PackId) -> Digest {
        let id = id.to_string();
        Digest::of_all([&b"pack"[..], self.terms.program.bytes(), self.terms.options.bytes(), id.as_bytes()])
    }

    /// The pack as it would be made now, if it was made like that before, and how many warnings there were.
    pub(super) fn find(&self, id: &PackId, present: &Present) -> Option<(BuiltPack, usize)> {
        let versions: Vec<Version> = self.cache.recorded(self.name(id))?;
        let same = |version: &&Version| version.inputs.iter().all(|(name, digest)| present.digest(name) == *digest);
        let version = versions.iter().find(same)?;
        let manifest = self.cache.object(version.manifest)?;
        let parsed: Manifest = serde_json::from_slice(&manifest).ok()?;
        let (mut files, mut made) = (Vec::new(), Vec::new());
        // A cache may come from anywhere; no name in it leads out of the pack's folder.
        if version.documents.iter().any(|document| document.name.contains(['/', '\\']) || document.name.starts_with('.')) {
            return None;
        }
        for document in &version.documents {
            let entry = parsed.files.iter().find(|entry| entry.path == document.name)?;
            let format = Format::of_name(&document.name)?;
            let bytes = self.cache.object(document.digest)?;
            files.push(BundleFile {
                name: document.name.clone(),
                media_type: format.media_type(),
                bytes,
                pages: entry.pages,
                audience: document.audience,
            });
            let mut inputs = Inputs::default();
            for place in &document.inputs {
                let (name, digest) = version.inputs.get(usize::from(*place))?;
                inputs.add(name.as_str(), *digest);
            }
            let Document { name, digest, audience, pages, fingerprint, .. } = document.clone();
            made.push(MadeFile { name, digest, audience, pages, words: None, fingerprint, inputs, reused: true });
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let zips = Zips::new(&files, &parsed).ok()?;
        files.push(BundleFile::manifest(&parsed));
        let whole = files.last().is_some_and(|file| file.bytes == manifest);
        let (stages, views) = (Stages::default(), Vec::new());
        whole.then(|| (BuiltPack { id: id.clone(), files, zips, stages, views, made, torn: false }, version.warnings))
    }

    /// Remembers how a pack was made. Its files are in the cache when they have been written.
    pub(super) fn keep(&self, built: &BuiltPack, warnings: usize) {
        if built.torn {
            return;
        }
        let mut inputs: Vec<(&str, Option<Digest>)> = built.made.iter().flat_map(|file| file.inputs.iter()).collect();
        inputs.sort_unstable();
        inputs.dedup();
        let place = |input: (&str, Option<Digest>)| inputs.binary_search(&input).ok().and_then(|at| u16::try_from(at).ok());
        let document = |file: &MadeFile| {
            let inputs = file.inputs.iter().map(place).collect::<Option<_>>()?;
            let MadeFile { name, digest, audience, pages, fingerprint, .. } = file;
            Some(Document { name: name.clone(), digest: *digest, audience: *audience, pages: *pages, fingerprint: *fingerprint, inputs })
        };
        let manifest = built.files.iter().find(|file| file.name == MANIFEST).map(|file| Digest::of(&file.bytes));
        let (Some(documents), Some(manifest)) = (built.made.iter().map(document).collect(), manifest) else { return };
        let inputs = inputs.iter().map(|(name, digest)| ((*name).to_owned(), *digest)).collect();
        let version = Version { inputs, documents, manifest, warnings };
        let name = self.name(&built.id);
        let mut versions: Vec<Version> = self.cache.recorded(name).unwrap_or_default();
        versions.retain(|other| other.inputs != version.inputs);
        versions.insert(0, version);
        versions.truncate(MOST);
        self.cache.record(name, &versions);
    }
}
