//! Pages as pictures.

use std::hash::{Hash, Hasher};

use typst::layout::{Frame, FrameItem};
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
        (hash128(&(Look(&page.frame), &page.fill)), [points(size.x), points(size.y)])
    })
}

/// What one sees of a frame: not its links, nor the marks of what was found on the way, which change with every page before it.
struct Look<'a>(&'a Frame);

impl Hash for Look<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for (at, item) in self.0.items() {
            match item {
                FrameItem::Group(group) => (0_u8, at, group.transform, &group.clip, Look(&group.frame)).hash(state),
                FrameItem::Text(text) => {
                    (1_u8, at, &text.font, text.size, &text.fill, &text.stroke, &text.text).hash(state);
                    // Each letter and where it stands, in one number: there are thousands on a page.
                    let turned = |sum: u64, more: u64| sum.rotate_left(5).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ more;
                    let glyphs = text.glyphs.iter().fold(0, |sum, glyph| {
                        let place = [glyph.x_advance, glyph.x_offset, glyph.y_offset].map(|by| by.get().to_bits());
                        place.into_iter().fold(turned(sum, u64::from(glyph.id)), turned)
                    });
                    state.write_u64(glyphs);
                }
                FrameItem::Shape(shape, _) => (2_u8, at, shape).hash(state),
                FrameItem::Image(image, size, _) => (3_u8, at, image, size).hash(state),
                FrameItem::Link(..) | FrameItem::Tag(_) => {}
            }
        }
        4_u8.hash(state);
    }
}
