//! Pictures: DrawingML inline (ISO/IEC 29500-1 clause 20.4.2.8), in the line; the motif of a cover alone stands
//! behind the text (`wp:anchor`, clause 20.4.2.3).
//!
//! PNG and JPEG travel as they are. An SVG travels twice: as a PNG for every reader and as itself for those that know
//! the SVG extension (MS-ODRAWXML 2.3.2). An SVG may not fetch anything: references to files are left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use resvg::{tiny_skia, usvg};

use crate::diagnostic::Diagnostic;
use crate::document::tree::{Image, ImageFormat};

use super::fonts::FontFile;
use super::opc::{Package, relationship};
use super::run::Run;
use super::story::Story;
use super::xml::Xml;

/// English Metric Units in a point.
const EMU: f64 = 12700.0;

/// Pixels of a rasterised SVG for each point of its width: 216 dots per inch.
const PIXELS: f64 = 3.0;

/// The longest side of a raster in pixels.
const MOST_PIXELS: f64 = 4000.0;

/// An SVG drawn for readers that know none.
#[derive(Debug)]
pub(super) struct Raster {
    png: Arc<[u8]>,
    /// Width and height as drawn, in points.
    size: (f64, f64),
}

/// The picture parts of a package; the same bytes are one part.
#[derive(Debug, Default)]
pub(super) struct Media {
    by_hash: BTreeMap<[u8; 32], String>,
    parts: Vec<(String, Arc<[u8]>, &'static str)>,
}

impl Media {
    /// Adds a picture; the target of a relationship to it.
    fn add(&mut self, data: &Arc<[u8]>, extension: &'static str) -> String {
        let hash = *blake3::hash(data).as_bytes();
        if let Some(target) = self.by_hash.get(&hash) {
            return target.clone();
        }
        let target = format!("media/image{}.{extension}", self.parts.len() + 1);
        self.by_hash.insert(hash, target.clone());
        self.parts.push((format!("word/{target}"), Arc::clone(data), extension));
        target
    }

    /// Puts the parts into the package.
    pub(super) fn add_to(self, package: &mut Package) {
        for (name, data, extension) in self.parts {
            let content_type = match extension {
                "png" => "image/png",
                "jpg" => "image/jpeg",
                _ => "image/svg+xml",
            };
            package.types.extension(extension, content_type);
            package.add(name, data.to_vec());
        }
    }
}

impl Story<'_, '_> {
    /// Writes a run that holds a picture in the line.
    pub(super) fn picture(&mut self, image: &Image, run: Run<'_>) {
        self.drawing(image, run, None);
    }

    /// Writes a run that holds a picture behind the text of its page.
    pub(super) fn placed_picture(&mut self, image: &Image, place: Place) {
        self.drawing(image, Run::default(), Some(place));
    }

    fn drawing(&mut self, image: &Image, run: Run<'_>, place: Option<Place>) {
        let room = f64::from(self.room.max(20)) / 20.0;
        let prepared = match image.format {
            ImageFormat::Svg => self.svg(image, room).map(|raster| (raster.size, Some(raster), "svg")),
            ImageFormat::Png => png_size(&image.data).map(|natural| (drawn(image, natural, room), None, "png")),
            ImageFormat::Jpeg => jpeg_size(&image.data).map(|natural| (drawn(image, natural, room), None, "jpg")),
        };
        let Some(((width, height), raster, extension)) = prepared else {
            let described = if image.alt.is_empty() { "without description" } else { image.alt.as_str() };
            let message = format!("the picture `{described}` can't be read as {:?}", image.format).to_lowercase();
            return self.fault(Diagnostic::error("unreadable-picture", message));
        };
        let blip = match &raster {
            Some(raster) => {
                let png = self.document.media.add(&raster.png, "png");
                let svg = self.document.media.add(&image.data, "svg");
                let png = self.relationships.part(relationship::IMAGE, &png);
                (png, Some(self.relationships.part(relationship::IMAGE, &svg)))
            }
            None => {
                let target = self.document.media.add(&image.data, extension);
                (self.relationships.part(relationship::IMAGE, &target), None)
            }
        };
        let (id, size) = (self.document.drawing_id(), [emu(width), emu(height)]);
        let drawing = Drawing { id, size, place, alt: &image.alt, blip };
        self.run(run, None, |xml| drawing.write(xml));
    }

    /// How wide a picture is drawn where there is so much room, in twips.
    pub(super) fn picture_width(&mut self, image: &Image, room: i32) -> Option<i32> {
        let room = f64::from(room.max(20)) / 20.0;
        let (width, _) = match image.format {
            ImageFormat::Svg => self.svg(image, room)?.size,
            ImageFormat::Png => drawn(image, png_size(&image.data)?, room),
            ImageFormat::Jpeg => drawn(image, jpeg_size(&image.data)?, room),
        };
        Some(super::page::twips(width.ceil()))
    }

    /// The raster of an SVG. Drawn once for a brand: packs share their logos.
    fn svg(&mut self, image: &Image, room: f64) -> Option<Arc<Raster>> {
        let parts = self.document.job.parts;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&image.data);
        hasher.update(format!("{:?} {:?} {room}", image.width, image.height).as_bytes());
        let family = &parts.brand.base.family;
        parts.raster(*hasher.finalize().as_bytes(), || draw(image, room, &parts.fonts, family).ok_or(())).ok()
    }
}

/// Where a picture behind the text stands, from the upper left corner of the sheet, in twips.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) left: i32,
    pub(super) top: i32,
    /// What is cut off at its right, in hundredths of its width.
    pub(super) cut: i32,
}

/// One drawing, ready to be written.
struct Drawing<'t> {
    id: usize,
    /// Width and height, in English Metric Units.
    size: [i64; 2],
    place: Option<Place>,
    alt: &'t str,
    blip: (String, Option<String>),
}

impl Drawing<'_> {
    fn write(&self, xml: &mut Xml) {
        let [width, height] = self.size;
        let width = self.place.map_or(width, |place| width * i64::from(100 - place.cut) / 100);
        let name = format!("Picture {}", self.id);
        let none: super::xml::Attribute<'_> = ("distT", &0);
        xml.open("w:drawing", &[]);
        match self.place {
            None => xml.open("wp:inline", &[none, ("distB", &0), ("distL", &0), ("distR", &0)]),
            Some(place) => {
                xml.raw(&behind(self.id));
                for (name, twips) in [("wp:positionH", place.left), ("wp:positionV", place.top)] {
                    xml.open(name, &[("relativeFrom", &"page")]);
                    xml.element("wp:posOffset", &[], &(emu(f64::from(twips) / 20.0)).to_string());
                    xml.close(name);
                }
            }
        }
        xml.empty("wp:extent", &[("cx", &width), ("cy", &height)]);
        if self.place.is_some() {
            xml.raw("<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapNone/>");
        }
        xml.open("wp:docPr", &[("id", &self.id), ("name", &name), ("descr", &self.alt)]);
        if self.alt.is_empty() {
            xml.raw(DECORATIVE);
        }
        xml.close("wp:docPr");
        xml.raw("<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic>");
        xml.open("a:graphicData", &[("uri", &"http://schemas.openxmlformats.org/drawingml/2006/picture")]);
        xml.raw("<pic:pic><pic:nvPicPr>");
        xml.empty("pic:cNvPr", &[("id", &self.id), ("name", &name), ("descr", &self.alt)]);
        xml.raw("<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>");
        let (raster, vector) = &self.blip;
        match vector {
            None => xml.empty("a:blip", &[("r:embed", raster)]),
            Some(vector) => {
                xml.open("a:blip", &[("r:embed", raster)]);
                xml.raw("<a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\">");
                xml.empty(
                    "asvg:svgBlip",
                    &[
                        ("xmlns:asvg", &"http://schemas.microsoft.com/office/drawing/2016/SVG/main"),
                        ("r:embed", vector),
                    ],
                );
                xml.raw("</a:ext></a:extLst></a:blip>");
            }
        }
        if let Some(place) = self.place {
            // In thousandths of a per cent (clause 20.1.8.55).
            xml.empty("a:srcRect", &[("r", &(place.cut * 1000))]);
        }
        xml.raw("<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>");
        xml.empty("a:ext", &[("cx", &width), ("cy", &height)]);
        xml.raw("</a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>");
        xml.raw("</a:graphicData></a:graphic>");
        xml.close(if self.place.is_some() { "wp:anchor" } else { "wp:inline" });
        xml.close("w:drawing");
    }
}

/// The start of a drawing behind the text of its page, up to its place (clause 20.4.2.3); the higher covers the lower.
pub(super) fn behind(height: usize) -> String {
    format!(
        "<wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" relativeHeight=\"{height}\" behindDoc=\"1\" \
        locked=\"1\" layoutInCell=\"1\" allowOverlap=\"1\"><wp:simplePos x=\"0\" y=\"0\"/>"
    )
}

/// The mark of a picture that says nothing (MS-ODRAWXML 2.3.18): a screen reader passes over it.
const DECORATIVE: &str = "<a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\"><adec:decorative \
    xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/></a:ext></a:extLst>";

/// What a drawing that says nothing is called, up to its graphic.
pub(super) fn decorative(xml: &mut Xml, id: usize, name: &str) {
    xml.open("wp:docPr", &[("id", &id), ("name", &format!("{name} {id}")), ("descr", &"")]);
    xml.raw(DECORATIVE);
    xml.close("wp:docPr");
    xml.raw("<wp:cNvGraphicFramePr/><a:graphic>");
}

/// Size as drawn in points: as the layout says, in proportion where it gives one side, never wider than the text.
fn drawn(image: &Image, (width, height): (f64, f64), room: f64) -> (f64, f64) {
    let ratio = if width > 0.0 && height > 0.0 { height / width } else { 1.0 };
    let (width, height) = match (image.width, image.height) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, width * ratio),
        (None, Some(height)) => (height / ratio, height),
        (None, None) => (width, height),
    };
    let scale = if width > room { room / width } else { 1.0 };
    ((width * scale).max(1.0), (height * scale).max(1.0))
}

fn emu(points: f64) -> i64 {
    // A drawing is at most a page wide; the clamp is the limit of the format (clause 20.1.10.42).
    #[allow(clippy::cast_possible_truncation)]
    let emu = (points * EMU).round().clamp(1.0, 27_273_042_316_900.0) as i64;
    emu
}

/// Draws an SVG at its size on the page.
fn draw(image: &Image, room: f64, fonts: &[FontFile], family: &str) -> Option<Raster> {
    let mut options = usvg::Options {
        font_family: family.to_owned(),
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: usvg::ImageHrefResolver::default_data_resolver(),
            // A path or address is never followed.
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    };
    if image.data.windows(5).any(|bytes| bytes == b"<text") {
        let database = options.fontdb_mut();
        fonts.iter().for_each(|font| database.load_font_data(font.data.to_vec()));
    }
    let tree = usvg::Tree::from_data(&image.data, &options).ok()?;
    let natural = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    // SVG counts in CSS pixels, 96 to the inch.
    let size = drawn(image, (natural.0 * 0.75, natural.1 * 0.75), room);
    let scale = PIXELS.min(MOST_PIXELS / size.0.max(size.1));
    // Both lie between 1 and MOST_PIXELS.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let pixels = |points: f64| (points * scale).round().clamp(1.0, MOST_PIXELS) as u32;
    let (width, height) = (pixels(size.0), pixels(size.1));
    let mut pixmap = tiny_skia::Pixmap::new(width, height)?;
    #[allow(clippy::cast_possible_truncation)]
    let transform = tiny_skia::Transform::from_scale(
        (f64::from(width) / natural.0) as f32,
        (f64::from(height) / natural.1) as f32,
    );
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    Some(Raster { png: pixmap.encode_png().ok()?.into(), size })
}

/// Natural size of a PNG in points, at 96 pixels to the inch.
fn png_size(data: &[u8]) -> Option<(f64, f64)> {
    data.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(data.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (number(16)?, number(20)?);
    (width > 0 && height > 0).then(|| (f64::from(width) * 0.75, f64::from(height) * 0.75))
}

/// Natural size of a JPEG in points, from its frame header.
fn jpeg_size(data: &[u8]) -> Option<(f64, f64)> {
    let mut rest = data.strip_prefix(b"\xff\xd8")?;
    loop {
        let (marker, after) = (rest.get(1)?, rest.get(2..)?);
        if rest.first() != Some(&0xFF) {
            return None;
        }
        if *marker == 0xFF {
            rest = rest.get(1..)?;
            continue;
        }
        let number = |at: usize| Some(u16::from_be_bytes(after.get(at..at + 2)?.try_into().ok()?));
        // A start of frame, which C4 (tables), C8 and CC are not.
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let (height, width) = (number(3)?, number(5)?);
            return (width > 0 && height > 0).then(|| (f64::from(width) * 0.75, f64::from(height) * 0.75));
        }
        rest = after.get(usize::from(number(0)?).max(2)..)?;
    }
}
