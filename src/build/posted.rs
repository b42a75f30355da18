//! A pack of a profile or vacancy that is not a file of the project: the body of a request.
//!
//! It takes the same path as a file of the organisation would. It carries only data: no text of it is ever run as
//! Tera or Typst, and it can name no file.

use std::sync::Arc;

use super::builder::{BuiltPack, Builder};
use super::options::Options;
use super::origin::Origin;
use super::sheets::Sheets;
use crate::diagnostic::{Diagnostic, Found, SourceText};
use crate::project::{PackId, PostedFile};

/// Name of the pack of what was posted, within its organisation.
pub const POSTED: &str = "posted";

/// A profile or vacancy that is not a file of the project.
#[derive(Debug, Clone)]
pub struct Posted {
    /// The organisation whose file it would be.
    pub organisation: String,
    /// The one document to make; all of the layout's, if left out.
    pub document: Option<String>,
    /// How many values may stand in each other; as many as in a file, if more.
    pub most_nesting: usize,
    /// The file as YAML; its path is what diagnostics call it.
    pub text: Arc<SourceText>,
}

impl Builder {
    /// Builds the pack of what was posted, in the first of the languages that are asked for.
    ///
    /// # Errors
    /// As [`Builder::build`], and `unknown-document`.
    pub fn build_posted(&self, posted: &Posted, options: &Options) -> Found<BuiltPack> {
        self.for_posted(posted, options, |builder, origin| builder.build_from(origin, options))
    }

    /// Merges, words and checks what was posted without typesetting it. Its findings, errors among them, and those of the rules.
    ///
    /// - day: the day that it is judged for: YYYY-MM-DD
    pub fn check_posted(&self, posted: &Posted, options: &Options, day: &str) -> Vec<Diagnostic> {
        let found = self.for_posted(posted, options, |builder, origin| {
            let (pack, mut found) = match builder.assemble_from(origin, options) {
                Ok((pack, warnings)) => (Some(pack), warnings),
                Err(faults) => (None, faults),
            };
            if let Some(file) = origin.posted {
                found.extend(builder.posted_words(file, &origin.id.organisation, pack.as_ref(), day));
            }
            Ok(found)
        });
        found.unwrap_or_else(|faults| faults)
    }

    /// Typesets one document of what was posted, in the first variant and language of the options.
    ///
    /// # Errors
    /// As [`Builder::sheets`].
    pub fn sheets_posted(&self, posted: &Posted, options: &Options, document: &str) -> Result<Sheets, Vec<Diagnostic>> {
        self.for_posted(posted, options, |builder, origin| builder.sheets_from(Origin { document: None, ..origin }, options, document))
    }

    fn for_posted<T>(
        &self,
        posted: &Posted,
        options: &Options,
        job: impl FnOnce(&Self, Origin<'_>) -> Result<T, Vec<Diagnostic>>,
    ) -> Result<T, Vec<Diagnostic>> {
        if let Some(other) = self.in_asked_language(&posted.organisation, options)? {
            return other.for_posted(posted, options, job);
        }
        let file = PostedFile::read(&posted.text, self.project().organisation(&posted.organisation));
        if let Some(node) = file.node().filter(|node| node.depth() > posted.most_nesting) {
            let fault = Diagnostic::error("yaml-too-deep", format!("values are nested more than {} deep", posted.most_nesting));
            return Err(vec![fault.at(node.span.clone()).hint("a profile is a few lists in each other")]);
        }
        let id = PackId { organisation: posted.organisation.clone(), name: POSTED.to_owned(), kind: file.kind() };
        job(self, Origin { id: &id, posted: Some(&file), document: posted.document.as_deref() })
    }
}
