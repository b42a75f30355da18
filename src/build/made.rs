//! What is known of a document that was made, besides its bytes.

use std::sync::Arc;

use super::builder::BuiltPack;
use super::stages::Stages;
use crate::bundle::Manifest;
use crate::layout::Audience;
use crate::project::{Digest, Inputs};

/// A document in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFile {
    /// Name of its file.
    pub name: String,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Who reads it.
    pub audience: Audience,
    /// Pages of the PDF.
    pub pages: usize,
    /// Its words, a line for each paragraph, if there is a cache.
    pub words: Option<Arc<str>>,
    /// What it is found by among what is known of its pack ([`super::Known`]), if there is a cache.
    pub fingerprint: Option<Digest>,
    /// What it is made from.
    pub inputs: Inputs,
    /// Whether it was taken from the cache.
    pub reused: bool,
}

/// A pack that was made.
#[derive(Debug, Clone)]
pub struct MadePack {
    /// Its documents.
    pub documents: Vec<MadeFile>,
    /// Every file that is written: documents, manifest and zips.
    pub outputs: Vec<MadeOutput>,
    /// How long each stage took.
    pub stages: Stages,
    /// Whether a file changed between two readings of it.
    pub torn: bool,
}

/// A file that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeOutput {
    /// Its path in the output folder.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Whether it can't be made of the other files: a zip can.
    pub is_source: bool,
}

impl MadePack {
    /// A pack without its bytes; takes the documents out of it.
    pub(super) fn of(built: &mut BuiltPack) -> Self {
        let documents = std::mem::take(&mut built.made);
        let known = |name: &str| documents.iter().find(|file| file.name == name).map(|file| file.digest);
        let output = |path: String, bytes: &[u8], digest: Option<Digest>| {
            let digest = digest.unwrap_or_else(|| Digest::of(bytes));
            let is_source = !path.ends_with(".zip");
            MadeOutput { path, size: bytes.len() as u64, digest, is_source }
        };
        let folder = Manifest::folder(&built.id);
        let files = built.files.iter().map(|file| output(format!("{folder}/{}", file.name), &file.bytes, known(&file.name)));
        let zip = |audience, bytes: &[u8]| output(Manifest::archive(&built.id, audience), bytes, None);
        let candidate = zip(Audience::Candidate, &built.zips.candidate);
        let panel = built.zips.panel.as_ref().map(|bytes| zip(Audience::Panel, bytes));
        let outputs = files.chain([candidate]).chain(panel).collect();
        Self { documents, outputs, stages: built.stages, torn: built.torn }
    }
}
