//! What the covers of Word files and web pages show besides the words and the logo on paper.

use std::sync::Arc;

/// Pictures of a brand for covers, as SVG or PNG.
#[derive(Debug, Clone, Default)]
pub struct CoverPictures {
    /// The logo for dark grounds, if the brand has one.
    pub logo_on_dark: Option<Arc<[u8]>>,
    /// The motif in its colour on a field of the primary colour: an SVG.
    pub motif: Option<Arc<[u8]>>,
    /// The motif in its colour on paper.
    pub motif_on_paper: Option<Arc<[u8]>>,
}
