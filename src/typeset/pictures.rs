//! Pages as pictures.

use typst::utils::Scalar;
use typst_layout::PagedDocument;
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

/// A page as SVG, its letters as outlines; the first is 0.
pub fn svg(document: &PagedDocument, page: usize) -> Option<String> {
    Some(typst_svg::svg(document.pages().get(page)?, &SvgOptions { render_bleed: false, pretty: false }))
}

/// A page as PNG with so many pixels a point (1/72 inch); the first is 0.
pub fn png(document: &PagedDocument, page: usize, pixels: f64) -> Option<Vec<u8>> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(pixels), render_bleed: false };
    typst_render::render(document.pages().get(page)?, &options).encode_png().ok()
}
