//! Writes a [`Tree`] as one self-contained web page: HTML (the WHATWG standard), made to be read with assistive
//! technology, on a phone and on paper (WCAG 2.2, level AA).
//!
//! Reading order: `style` (the style sheet, parsed once for a layout and dressed once for a brand) with `palette`,
//! `fonts` (the brand's own, embedded), then for each document `page` (the shell), `blocks`, `inlines`, `list`, `table`, `contents`, `footnotes`, `picture`, and
//! last `markup` (escaping).
//!
//! Nothing here reads a file, a clock or an environment variable; the same tree and page always give the same bytes.
//! The page asks nothing of any other address: no font, no picture, and nothing in it is run. Its styles stand in two
//! `style` elements (the sheet, which all pages of a brand share, and the fonts of this one) and never in a `style`
//! attribute, so that a Content-Security-Policy of `default-src 'none'; img-src data:; font-src data:` and their hashes
//! shows the whole of it. The one `script` element is data for search engines, which no browser runs (HTML Standard,
//! section 4.12.1, "data block").

mod anchors;
pub(crate) mod base64;
mod blocks;
mod contents;
mod fonts;
mod footnotes;
mod inlines;
mod links;
mod list;
mod markup;
mod page;
mod palette;
mod picture;
mod sheet;
mod style;
mod table;
mod table_columns;
#[cfg(test)]
mod tests;
mod writer;

use super::tree::Tree;
use crate::brand::CoverStyle;
use crate::diagnostic::Diagnostic;

pub use fonts::WebFonts;
pub use style::{PageStyle, PageTemplate};

/// What a page needs besides its tree.
#[derive(Debug, Clone, Copy)]
pub struct HtmlPage<'a> {
    /// The style sheet in the organisation's brand.
    pub style: &'a PageStyle,
    /// How it opens.
    pub cover: CoverStyle,
    /// Author: the organisation's name.
    pub author: &'a str,
    /// Date of the document, `YYYY-MM-DD`, given by the caller: a writer has no clock.
    pub date: &'a str,
    /// What the page is about in a sentence or two, for lists of search results; none if nobody has said it.
    pub description: Option<&'a str>,
    /// Whether search engines may list the page: not one of a draft, nor of an example.
    pub listed: bool,
    /// The vacancy as a schema.org `JobPosting` in JSON-LD.
    pub posting: Option<&'a str>,
    /// Words that the page needs and the tree does not hold, in the document's language.
    pub labels: Labels<'a>,
}

/// Words that the writer adds.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    /// "Skip to content": the link before everything else.
    pub skip: &'a str,
    /// "Contents": heading of a contents list that has no heading of its own before it.
    pub contents: &'a str,
    /// "Footnotes": heading of the notes.
    pub footnotes: &'a str,
    /// "Footnote": said before the number of a reference, to readers who only hear it.
    pub footnote: &'a str,
    /// "Back to text": name of the link from a footnote to its place.
    pub back: &'a str,
    /// "Table": name of a wide table that has neither caption nor heading.
    pub table: &'a str,
}

/// Writes a page.
///
/// # Errors
///
/// Everything in the tree that a web page can't hold, at once: characters that HTML can't carry
/// (`illegal-character`), link schemes other than `https`, `http`, `mailto` and `tel` (`link-scheme`), links to anchors
/// that don't exist (`broken-link`), anchors that stand twice (`duplicate-anchor`) or are not one word
/// (`invalid-anchor`), references to notes that don't exist (`missing-footnote`), and a document without a title or a
/// language (`missing-title`, `missing-language`).
pub fn write(tree: &Tree, page: &HtmlPage<'_>) -> Result<String, Vec<Diagnostic>> {
    writer::Writer::new(tree, page).document()
}
