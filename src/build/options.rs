//! How packs are built.

use super::formats::Format;
use super::variant::STANDARD;
use crate::diagnostic::Diagnostic;

/// How packs are built.
#[derive(Debug, Clone)]
pub struct Options {
    /// Layout to use in place of the organisation's own.
    pub layout: Option<String>,
    /// Formats to make.
    pub formats: Vec<Format>,
    /// Ways to read: names of variants.
    pub variants: Vec<String>,
    /// Languages (BCP 47); the organisation's own, if there is none.
    pub languages: Vec<String>,
    /// Date of the documents in place of the latest of their inputs (`SOURCE_DATE_EPOCH`), `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Most pages that a document may have; any number, if there is none.
    pub most_pages: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self { layout: None, formats: Format::USUAL.to_vec(), variants: vec![STANDARD.to_owned()], languages: Vec::new(), date: None, most_pages: None }
    }
}

impl Options {
    /// Refuses a document of more pages than there may be.
    pub(super) fn limit(&self, document: &str, pages: usize) -> Result<(), Vec<Diagnostic>> {
        let Some(most) = self.most_pages.filter(|most| pages > *most) else { return Ok(()) };
        let fault = Diagnostic::error("too-many-pages", format!("`{document}` has {pages} pages, and {most} are the most"));
        Err(vec![fault.hint("a job pack has a dozen; say less")])
    }
}
