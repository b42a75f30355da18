//! Writes a [`Tree`] as a Word document: WordprocessingML in an Open Packaging Conventions package (ISO/IEC 29500,
//! Transitional), the way someone who knows Word would have made it.
//!
//! Reading order: [`parts`] (style parts from templates) and [`branded`] (dressed in a brand, made once), then for each
//! document `document` (what its parts share), `story` (blocks to paragraphs), `dress` (which properties they get),
//! `paragraph`, `run`, `list`, `group`, `table`, `picture`, `contents`, `running` (headers and footers), and last `opc` (the package).
//!
//! Nothing here reads a file, a clock or an environment variable; the same tree and job always give the same bytes.
//! There are no empty paragraphs for spacing, no typed numbers, no layout tables, no prompt to update fields.

mod anchors;
mod branded;
mod contents;
mod contrast;
mod document;
mod dress;
mod field;
mod fonts;
mod group;
mod keep;
mod list;
mod numbering;
mod opc;
mod page;
mod paragraph;
pub mod parts;
mod picture;
mod properties;
mod run;
mod running;
mod scale;
mod story;
mod styles;
mod table;
mod table_rows;
mod table_widths;
#[cfg(test)]
mod tests;
mod view;
mod xml;

use crate::diagnostic::Diagnostic;

use super::tree::Tree;

pub use fonts::FontFile;
pub use parts::{BrandedParts, WordParts};

/// What a document needs besides its tree.
#[derive(Debug, Clone, Copy)]
pub struct DocxJob<'a> {
    /// The style parts in the organisation's brand.
    pub parts: &'a BrandedParts,
    /// Author: the organisation's name.
    pub author: &'a str,
    /// Subject, for the document's properties; may be empty.
    pub subject: &'a str,
    /// Keywords, for the document's properties.
    pub keywords: &'a [String],
    /// Date of the document, `YYYY-MM-DD`, given by the caller: a writer has no clock.
    pub created: &'a str,
    /// Number of pages of the paged result, shown until Word counts its own.
    pub page_count: Option<usize>,
    /// Words that Word's own furniture needs, in the document's language.
    pub labels: Labels<'a>,
}

/// Words that the writer adds.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    /// "Page", in the footer of a tree that has none.
    pub page: &'a str,
    /// "of", between page number and page count.
    pub of: &'a str,
    /// Heading of the contents list; empty where the tree has a heading of its own before it.
    pub contents: &'a str,
}

/// Writes a document.
///
/// # Errors
///
/// Everything in the tree that a Word file can't hold, at once: style names that the style part does not define,
/// characters that XML can't carry, links to anchors that don't exist, lists nested deeper than nine levels, pictures
/// that can't be read, tables whose rows don't fit their grid.
pub fn write(tree: &Tree, job: &DocxJob<'_>) -> Result<Vec<u8>, Vec<Diagnostic>> {
    document::Document::new(tree, job).write()
}
