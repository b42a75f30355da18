//! Documents that were made before, from the same view in the same dress: they are taken from the cache in place of being typeset.
//!
//! A document is found by its fingerprint: the digest of all that it is made from but the Typst files, since which of them are
//! read shows only when it is typeset. These are in the record, each with its digest, and have to be as they were. So a change of
//! a profile that one document doesn't show makes the others anew and not this one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::formats::Format;
use super::pages::Press;
use super::writers::Step;
use crate::cache::Cache;
use crate::document::posting::{self, job_posting};
use crate::document::tree::{self, Tree};
use crate::project::{Digest, Files, Inputs};

/// The cache, and the program that fills it.
#[derive(Debug, Clone)]
pub struct Reuse {
    /// Where documents are kept.
    pub cache: Arc<Cache>,
    /// Digest of the program: another one may make other documents of the same.
    pub program: Digest,
}

/// A document that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The Typst files that were read, with their digests.
    read: Vec<(String, Digest)>,
    /// Its pages.
    pub pages: usize,
    /// Its words, as [`words`] writes them.
    pub words: Digest,
    /// Its files.
    files: Vec<(Format, Digest)>,
}

/// A document that is found in the cache.
pub(super) struct Found {
    pub pages: usize,
    pub words: Digest,
    /// The Typst files that it is made from.
    pub read: Inputs,
    /// Its files, in the order in which they were asked for.
    pub files: Vec<Vec<u8>>,
}

impl Reuse {
    /// The fingerprint of a document; none if it can't be composed.
    pub(super) fn fingerprint(&self, press: Press<'_>, step: Step<'_>) -> Option<Digest> {
        let Step { pack, layout, kit, document, variant, language, .. } = step;
        let spec = layout.manifest.documents.get(document)?;
        // Which of the two is made shows when it is typeset; all others differ by how closely they are set.
        let both = spec.long_over().is_some();
        let views: Vec<String> =
            [false, true].into_iter().filter(|long| both || !long).map(|long| press.view(step, long)).collect::<Option<_>>()?;
        let inputs = [layout.inputs(), &kit.inputs, &kit.word_inputs, &kit.web_inputs];
        let inputs: Vec<Vec<(&str, Option<Digest>)>> = inputs.into_iter().map(|inputs| inputs.iter().collect()).collect();
        let words = (&pack.words, &pack.labels, &pack.language, job_posting(pack, document), posting::summary(pack));
        let name = (&pack.id.organisation, &pack.id.name, document, variant, language, step.date);
        let rest = postcard::to_stdvec(&(name, inputs)).ok()?;
        let words = serde_json::to_vec(&words).ok()?;
        let pieces = [&self.program.bytes()[..], &rest, &words].into_iter().chain(views.iter().map(String::as_bytes));
        Some(Digest::of_all(pieces))
    }

    /// The document of this fingerprint, if it was made in all the formats, and no file that it was made from is another now.
    pub(super) fn find(&self, fingerprint: Digest, formats: &[Format], files: &Files) -> Option<Found> {
        let record: Record = self.cache.recorded(fingerprint)?;
        let same = |(path, digest): &(String, Digest)| files.digest(path) == Some(*digest);
        if !record.read.iter().all(same) {
            return None;
        }
        let file = |format: &Format| {
            let (_, digest) = record.files.iter().find(|(other, _)| other == format)?;
            self.cache.object(*digest)
        };
        let mut read = Inputs::default();
        record.read.iter().for_each(|(path, digest)| read.add(path.as_str(), Some(*digest)));
        Some(Found { pages: record.pages, words: record.words, read, files: formats.iter().map(file).collect::<Option<_>>()? })
    }

    /// Keeps a document; formats that are kept already stay.
    ///
    /// - read: the Typst files that it was made from
    pub(super) fn keep(&self, fingerprint: Digest, read: &Inputs, (pages, words): (usize, Digest), files: &[(Format, Digest, &[u8])]) {
        let read: Option<Vec<_>> = read.iter().map(|(path, digest)| Some((path.to_owned(), digest?))).collect();
        let Some(read) = read.filter(|_| files.iter().all(|(_, digest, bytes)| self.cache.keep_as(*digest, bytes))) else { return };
        let before: Option<Record> = self.cache.recorded(fingerprint);
        let before = before.filter(|before| before.read == read && before.words == words);
        let mut all: Vec<_> = files.iter().map(|(format, digest, _)| (*format, *digest)).collect();
        let missing = |(format, _): &(Format, Digest)| !files.iter().any(|(other, ..)| other == format);
        all.extend(before.into_iter().flat_map(|before| before.files).filter(missing));
        self.cache.record(fingerprint, &Record { read, pages, words, files: all });
    }
}

/// The words of a document, a line for each paragraph.
pub(super) fn words(document: &Tree) -> String {
    let mut said = String::new();
    tree::walk(&document.body, &mut |block| {
        let words = tree::plain(block.kind.inlines());
        let words: Vec<&str> = words.split_whitespace().collect();
        if !words.is_empty() {
            said.push_str(&words.join(" "));
            said.push('\n');
        }
    });
    said
}
