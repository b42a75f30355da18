//! Pictures, inside the page as `data:` URLs (RFC 2397): an SVG in an `img` runs no script and fetches nothing.

use super::base64;
use super::markup::Tag;
use super::writer::Writer;
use crate::document::tree::{Image, ImageFormat};

impl Writer<'_> {
    pub(super) fn picture(&mut self, image: &Image) {
        let kind = match image.format {
            ImageFormat::Svg => "image/svg+xml",
            ImageFormat::Png => "image/png",
            ImageFormat::Jpeg => "image/jpeg",
        };
        let mut tag = Tag::new("img")
            .with("src", format!("data:{kind};base64,{}", base64::encode(&image.data)))
            .with("alt", image.alt.as_str());
        for (name, points) in [("width", image.width), ("height", image.height)] {
            if let Some(points) = points {
                tag = tag.with(name, pixels(points).to_string());
            }
        }
        self.out.open(&tag);
    }
}

/// CSS pixels (1/96 inch) of a length in points, whole and at least one, as the attributes take them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=10,000")]
fn pixels(points: f64) -> u32 {
    (points * 4.0 / 3.0).round().clamp(1.0, 10_000.0) as u32
}
