//! Pages as pictures.

use typst::utils::{Scalar, hash128};
use typst_layout::PagedDocument;
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

use super::flat::flat;

/// A page as SVG, its letters as outlines; the first is 0.
pub fn svg(document: &PagedDocument, page: usize) -> Option<String> {
    let svg = typst_svg::svg(document.pages().get(page)?, &SvgOptions { render_bleed: false, pretty: false });
    Some(flat(&svg))
}

/// A page as PNG with so many pixels a point (1/72 inch); the first is 0.
pub fn png(document: &PagedDocument, page: usize, pixels: f64) -> Option<Vec<u8>> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(pixels), render_bleed: false };
    typst_render::render(document.pages().get(page)?, &options).encode_png().ok()
}

/// For each page what is drawn on it, in short, and its width and height in points.
pub fn prints(document: &PagedDocument) -> impl Iterator<Item = (u128, [u32; 2])> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page is a few hundred points wide")]
    let points = |side: typst::layout::Abs| side.to_pt().round() as u32;
    document.pages().iter().map(move |page| {
        let size = page.frame.size();
        (hash128(&(&page.frame, &page.fill)), [points(size.x), points(size.y)])
    })
}
