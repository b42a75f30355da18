//! Paper, margins and sections (ISO/IEC 29500-1 clause 17.6), all in twips (1/20 point).
//!
//! Knows nothing of what stands on a page.

use crate::brand::Settings;
use crate::diagnostic::{Diagnostic, nearest};

use super::xml::Xml;

/// Paper sizes by their Typst names: width and height in twips.
const PAPERS: [(&str, i32, i32); 6] = [
    ("a3", 16838, 23811),
    ("a4", 11906, 16838),
    ("a5", 8391, 11906),
    ("us-letter", 12240, 15840),
    ("us-legal", 12240, 20160),
    ("us-tabloid", 15840, 24480),
];

/// English Metric Units in a twip.
pub(super) const EMU: i64 = 635;

/// Twips of a length in points, kept within what a page can hold.
pub(super) fn twips(points: f64) -> i32 {
    // The clamp makes the conversion exact; a NaN becomes 0.
    #[allow(clippy::cast_possible_truncation)]
    let twips = (points * 20.0).round().clamp(-31680.0, 31680.0) as i32;
    twips
}

/// One page layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub(super) struct Page {
    /// Paper width.
    pub(super) width: i32,
    /// Paper height.
    pub(super) height: i32,
    /// Top margin.
    pub(super) top: i32,
    /// Right margin.
    pub(super) right: i32,
    /// Bottom margin.
    pub(super) bottom: i32,
    /// Left margin.
    pub(super) left: i32,
    /// Distance of the header from the top edge.
    pub(super) header: i32,
    /// Distance of the footer from the bottom edge.
    pub(super) footer: i32,
    /// Width of the text.
    pub(super) text_width: i32,
    /// Whether the page lies on its side.
    pub(super) landscape: bool,
}

/// The headers and footers of a section, by relationship id.
#[derive(Debug, Clone, Copy)]
pub(super) struct Running<'a> {
    /// On every page.
    pub(super) header: Option<&'a str>,
    /// On every page.
    pub(super) footer: Option<&'a str>,
    /// The first page has neither of them.
    pub(super) title_page: bool,
    /// It has this header.
    pub(super) first_header: Option<&'a str>,
    /// It has this footer.
    pub(super) first_footer: Option<&'a str>,
}

impl Page {
    /// The portrait page that a brand asks for.
    pub(super) fn new(settings: &Settings) -> Result<Self, Diagnostic> {
        let found = PAPERS.iter().find(|(name, ..)| settings.paper.eq_ignore_ascii_case(name));
        let Some((_, width, height)) = found else {
            let fault =
                Diagnostic::error("unknown-paper", format!("`{}` is not a paper size of Word files", settings.paper));
            let known = nearest(&settings.paper, PAPERS.iter().map(|(name, ..)| *name));
            return Err(match known {
                Some(name) => fault.hint(format!("did you mean `{name}`?")),
                None => fault.hint("use one of a3, a4, a5, us-letter, us-legal, us-tabloid"),
            });
        };
        let [top, right, bottom, left] = settings.margin.map(|points| twips(points).max(0));
        let page = Self {
            width: *width,
            height: *height,
            top,
            right,
            bottom,
            left,
            header: (top * 9 / 20).max(284),
            footer: (bottom * 9 / 20).max(284),
            text_width: width - left - right,
            landscape: false,
        };
        if page.text_width < 1440 || page.height - top - bottom < 1440 {
            return Err(Diagnostic::error("page-too-small", "the page margins leave less than an inch for text")
                .hint("make `defaults.jobpack.margin` smaller"));
        }
        Ok(page)
    }

    /// The same paper on its side, with the same margins.
    pub(super) fn turned(self) -> Self {
        let (width, height) = (self.height, self.width);
        Self { width, height, text_width: width - self.left - self.right, landscape: true, ..self }
    }

    /// Section properties: headers and footers, then the page.
    pub(super) fn section_properties<'r>(&self, running: Running<'r>) -> String {
        let mut xml = Xml::default();
        xml.open("w:sectPr", &[]);
        let first = |id: Option<&'r str>| id.filter(|_| running.title_page);
        for (name, kind, id) in [
            ("w:headerReference", "default", running.header),
            ("w:headerReference", "first", first(running.first_header)),
            ("w:footerReference", "default", running.footer),
            ("w:footerReference", "first", first(running.first_footer)),
        ] {
            if let Some(id) = id {
                xml.empty(name, &[("w:type", &kind), ("r:id", &id)]);
            }
        }
        xml.val("w:type", "nextPage");
        if self.landscape {
            xml.empty("w:pgSz", &[("w:w", &self.width), ("w:h", &self.height), ("w:orient", &"landscape")]);
        } else {
            xml.empty("w:pgSz", &[("w:w", &self.width), ("w:h", &self.height)]);
        }
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &self.top),
                ("w:right", &self.right),
                ("w:bottom", &self.bottom),
                ("w:left", &self.left),
                ("w:header", &self.header),
                ("w:footer", &self.footer),
                ("w:gutter", &0),
            ],
        );
        xml.empty("w:cols", &[("w:space", &708)]);
        if running.title_page {
            xml.empty("w:titlePg", &[]);
        }
        xml.close("w:sectPr");
        xml.finish().0
    }
}
