//! Pictures, inside the page as `data:` URLs (RFC 2397): an SVG in an `img` runs no script and fetches nothing.

use super::base64;
use super::markup::Tag;
use super::writer::Writer;
use crate::document::tree::{Image, ImageFormat};

/// What a logo stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// The page, which is dark where the reader has chosen so.
    Page,
    /// A field of the brand's strong colour.
    Field,
}

impl Writer<'_> {
    /// Writes a picture; a logo in the form for what it stands on, if the brand has one for dark grounds.
    pub(super) fn picture(&mut self, image: &Image) {
        let dark = self.logo.and_then(|ground| Some((ground, self.page.style.logo_on_dark()?)));
        match dark {
            Some((Ground::Field, logo)) => self.out.open(&sized(&logo, image)),
            Some((Ground::Page, logo)) => {
                self.out.open(&Tag::new("picture"));
                let source = Tag::new("source").with("srcset", address(&logo));
                self.out.open(&source.with("media", "screen and (prefers-color-scheme: dark)"));
                self.out.open(&sized(image, image));
                self.out.close("picture");
            }
            None => self.out.open(&sized(image, image)),
        }
    }
}

/// The tag of a picture that stands in for another: with its words and its size.
fn sized(shown: &Image, image: &Image) -> Tag {
    let tag = Tag::new("img").with("src", address(shown)).with("alt", image.alt.as_str());
    [("width", image.width), ("height", image.height)].into_iter().fold(tag, |tag, (name, points)| match points {
        Some(points) => tag.with(name, pixels(points).to_string()),
        None => tag,
    })
}

fn address(image: &Image) -> String {
    let kind = match image.format {
        ImageFormat::Svg => "image/svg+xml",
        ImageFormat::Png => "image/png",
        ImageFormat::Jpeg => "image/jpeg",
    };
    format!("data:{kind};base64,{}", base64::encode(&image.data))
}

/// CSS pixels (1/96 inch) of a length in points, whole and at least one, as the attributes take them.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 1..=10,000")]
fn pixels(points: f64) -> u32 {
    (points * 4.0 / 3.0).round().clamp(1.0, 10_000.0) as u32
}
