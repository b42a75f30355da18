//! Documents that were made before, from the same view in the same dress: they are taken from the cache in place of being typeset.
//!
//! A document is found by its fingerprint: the digest of all that it is made from but the Typst files, since which of them are
//! read shows only when it is typeset. These are in the record, each with its digest, and have to be as they were. So a change of
//! a prose page that one document prints makes that one anew and not the others.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::formats::Format;
use super::pages::Arrangements;
use super::writers::Step;
use crate::cache::Cache;
use crate::document::posting::{self, job_posting};
use crate::document::tree::{self, Tree};
use crate::project::{Digest, Files, Inputs, PackId};

/// How many ways a document was made that are remembered.
const MOST: usize = 4;

/// The cache, and the program that fills it.
#[derive(Debug, Clone)]
pub struct Reuse {
    /// Where documents are kept.
    pub cache: Arc<Cache>,
    /// Digest of the program: another one may make other documents of the same.
    pub program: Digest,
}

/// The documents of a pack as they were made, by the name of their files without its ending; the last way first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known(BTreeMap<String, Vec<Record>>);

/// A document as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    pub fingerprint: Digest,
    /// The Typst files that were read, with their digests.
    pub read: Vec<(String, Digest)>,
    pub pages: usize,
    /// Its words, as [`words`] writes them.
    pub words: String,
    /// Its files; none of a document that has warnings, which would be missing if it were taken over.
    pub files: Vec<(Format, Digest)>,
}

/// A document that is found in the cache.
pub(super) struct Found {
    pub pages: usize,
    pub words: String,
    /// The Typst files that it is made from.
    pub read: Inputs,
    /// Its files, in the order in which they were asked for.
    pub files: Vec<(Format, Digest, Vec<u8>)>,
    /// The record that it is found by: it is the last way that the document was made, again.
    pub record: Record,
}

impl Reuse {
    /// What is known of the documents of a pack.
    pub fn known(&self, id: &PackId) -> Known {
        self.cache.recorded(self.name(id)).unwrap_or_default()
    }

    /// Remembers that documents are again as they were made: what is known of the files that are there is never forgotten.
    pub fn used<'a>(&self, id: &PackId, documents: impl Iterator<Item = (&'a str, Digest)>) {
        let known = self.known(id);
        let record = |(stem, fingerprint): (&str, Digest)| {
            let record = known.0.get(stem)?.iter().find(|record| record.fingerprint == fingerprint)?;
            Some((stem.to_owned(), record.clone()))
        };
        let news: Vec<_> = documents.filter_map(record).collect();
        self.keep(id, known.clone(), news);
    }

    /// Remembers how documents were made.
    pub(super) fn keep(&self, id: &PackId, mut known: Known, news: Vec<(String, Record)>) {
        news.into_iter().for_each(|(stem, record)| known.add(&stem, record));
        self.cache.record(self.name(id), &known);
    }

    fn name(&self, id: &PackId) -> Digest {
        Digest::of_all([&b"documents"[..], self.program.bytes(), id.organisation.as_bytes(), id.name.as_bytes()])
    }

    /// The fingerprint of a document; none if it can't be told.
    ///
    /// - arranged: its views: which of them is typeset shows then, and any other differs by how closely it is set
    pub(super) fn fingerprint(&self, step: Step<'_>, arranged: &Arrangements) -> Option<Digest> {
        let Step { pack, layout, kit, document, variant, language, .. } = step;
        let inputs = [layout.inputs(), &kit.inputs, &kit.word_inputs, &kit.web_inputs];
        let inputs: Vec<Vec<(&str, Option<Digest>)>> = inputs.into_iter().map(|inputs| inputs.iter().collect()).collect();
        let words = (&pack.labels, &pack.language, job_posting(pack, document), posting::summary(pack));
        let name = (&pack.id.organisation, &pack.id.name, document, variant, language, step.date);
        let rest = postcard::to_stdvec(&(name, inputs, words)).ok()?;
        let pieces = [&self.program.bytes()[..], &rest].into_iter().chain(arranged.views().map(str::as_bytes));
        Some(Digest::of_all(pieces))
    }

    /// The document of this fingerprint, if it was made in all the formats, and no file that it was made from is another now.
    pub(super) fn find(&self, (known, stem): (&Known, &str), fingerprint: Digest, formats: &[Format], files: &Files) -> Option<Found> {
        let record = known.0.get(stem)?.iter().find(|record| record.fingerprint == fingerprint)?;
        let same = |(path, digest): &(String, Digest)| files.digest(path) == Some(*digest);
        if !record.read.iter().all(same) {
            return None;
        }
        let file = |format: &Format| {
            let (_, digest) = record.files.iter().find(|(other, _)| other == format)?;
            Some((*format, *digest, self.cache.object(*digest)?))
        };
        let files = formats.iter().map(file).collect::<Option<_>>()?;
        let mut read = Inputs::default();
        record.read.iter().for_each(|(path, digest)| read.add(path.as_str(), Some(*digest)));
        Some(Found { pages: record.pages, words: record.words.clone(), read, files, record: record.clone() })
    }
}

impl Known {
    /// Remembers how a document was made; formats that were made of the same stay.
    fn add(&mut self, stem: &str, mut record: Record) {
        let all = self.0.entry(stem.to_owned()).or_default();
        if let Some(at) = all.iter().position(|other| other.fingerprint == record.fingerprint) {
            let before = all.remove(at);
            let more: Vec<_> = before.files.into_iter().filter(|(format, _)| !record.files.iter().any(|(other, _)| other == format)).collect();
            if before.read == record.read && !record.files.is_empty() {
                record.files.extend(more);
            }
        }
        all.insert(0, record);
        all.truncate(MOST);
    }

    /// The words of a document, a line for each paragraph.
    pub fn words(&self, stem: &str, fingerprint: Digest) -> Option<&str> {
        let record = self.0.get(stem)?.iter().find(|record| record.fingerprint == fingerprint)?;
        Some(&record.words)
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
