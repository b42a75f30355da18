//! The Typst world: a layout with its view goes in, typeset documents come out.
//!
//! A world is made of a fixed, small set of virtual paths: the project's `templates/`, `/pack.json` for the view of
//! this document and `/brand/logo.*`. No name from data becomes a path or a label, because Typst keeps both for ever.
//! There are no packages, no clock and no fonts but those of the brand.

mod compact;
mod diagnostics;
mod drawn;
mod flat;
mod fonts;
mod off_sheet;
mod pictures;
mod words;
mod world;

pub use compact::compact;
pub use diagnostics::locate;
pub use drawn::{Area, Drawn, drawn};
pub use fonts::{BrandFonts, face};
pub use off_sheet::off_sheet;
pub use pictures::{png, prints, svg};
pub use words::{HeadingPlace, heading_places, paged_words};
pub use world::{Target, Typesetter, World, WorldInput};

pub use typst_layout::PagedDocument;
use typst_html::HtmlDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::diagnostic::{Diagnostic, Found};

/// Typesets for pages.
///
/// # Errors
/// Typst's own errors, at their lines, with their hints.
pub fn paged(world: &World<'_>) -> Found<PagedDocument> {
    diagnostics::mapped(world, typst::compile::<PagedDocument>(world))
}

/// Typesets for the semantic tree.
///
/// # Errors
/// Typst's own errors, and every warning that content was left out of this target.
pub fn semantic(world: &World<'_>) -> Found<HtmlDocument> {
    diagnostics::mapped(world, typst::compile::<HtmlDocument>(world))
}

/// Writes a PDF that is PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) at once.
///
/// `identifier` names the document stably, as `organisation/pack/document`.
///
/// # Errors
/// What either standard refuses: a missing title, missing alternative text, a glyph that no font has.
pub fn pdf(world: &World<'_>, document: &PagedDocument, identifier: &str) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a])
        .map_err(|error| vec![Diagnostic::error("pdf-standard", error.message().to_string())])?;
    let options = PdfOptions {
        ident: typst::foundations::Smart::Custom(identifier.to_owned()),
        creator: typst::foundations::Smart::Custom(Some("jobpack".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| errors.iter().map(|error| diagnostics::one(world, error)).collect())
}
