//! The style sheet of a page: a Tera template (`templates/base/web/page.css`) that a layout may replace.
//!
//! [`PageTemplate`] is parsed once for a layout, [`PageStyle`] rendered once for a brand and shared by all its pages,
//! in any thread. What the template prints is escaped as CSS; the result can neither end the `style` element nor ask
//! another address for anything.

use std::sync::Arc;

use sha2::Digest;
use tera::{Context, ErrorKind, Tera};

use super::base64;
use super::fonts::{BrandFaces, WebFonts};
use super::sheet::SheetView;
use crate::brand::Brand;
use crate::diagnostic::{Diagnostic, SourceText, Span};
use crate::document::cover::CoverPictures;
use crate::document::tree::{Image, ImageFormat, Tree};
use crate::layout::HeadingRule;

/// Name of the template: its ending switches escaping on.
const NAME: &str = "page.css";

/// The style sheet's template, parsed.
#[derive(Debug)]
pub struct PageTemplate {
    tera: Tera,
    source: Arc<SourceText>,
    heading_rule: HeadingRule,
}

/// The style sheet in a brand.
#[derive(Debug, Clone)]
pub struct PageStyle {
    css: String,
    hash: String,
    theme_colors: [String; 2],
    faces: BrandFaces,
    fonts: Arc<WebFonts>,
    logo_on_dark: Option<Arc<[u8]>>,
}

impl PageTemplate {
    /// Parses a layout's own template, or the default. `heading_rule` says where the layout has the line of a section
    /// heading, for brands that draw one.
    ///
    /// # Errors
    ///
    /// `page-style` for a syntax error, with its place.
    pub fn new(replaced: Option<Arc<SourceText>>, heading_rule: HeadingRule) -> Result<Self, Vec<Diagnostic>> {
        let source = replaced.unwrap_or_else(|| {
            let text = include_str!("../../../templates/base/web/page.css").to_owned();
            Arc::new(SourceText { path: "templates/base/web/page.css".to_owned(), text })
        });
        let mut tera = Tera::new();
        tera.autoescape_on([".css"]);
        tera.set_escape_fn(|text, out| out.write_all(escape(text).as_bytes()));
        match tera.add_raw_template(NAME, &source.text) {
            Ok(()) => Ok(Self { tera, source, heading_rule }),
            Err(error) => Err(vec![fault(&error, &source)]),
        }
    }

    /// Dresses the style sheet in a brand, whose fonts pages may embed.
    ///
    /// # Errors
    ///
    /// `page-style` where the template names what the view does not have, would end the `style` element, or asks
    /// another address for something.
    pub fn for_brand(&self, brand: &Brand, covers: CoverPictures, fonts: Arc<WebFonts>) -> Result<PageStyle, Vec<Diagnostic>> {
        let view = SheetView::new(brand, self.heading_rule, covers.motif.as_deref());
        let context = Context::from_serialize(&view)
            .map_err(|error| vec![Diagnostic::error("page-style", format!("the view of the style sheet: {error}"))])?;
        let css = self.tera.render(NAME, &context).map_err(|error| vec![fault(&error, &self.source)])?;
        let css = format!("\n{}\n", css.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n"));
        if let Some(reason) = refused(&css) {
            return Err(vec![Diagnostic::error("page-style", reason).in_file(self.source.path.clone())]);
        }
        let hash = format!("sha256-{}", base64::encode(&sha2::Sha256::digest(css.as_bytes())));
        let theme_colors = [view.light.bar, view.dark.bar];
        Ok(PageStyle { css, hash, theme_colors, faces: BrandFaces::of(brand), fonts, logo_on_dark: covers.logo_on_dark })
    }
}

impl PageStyle {
    /// The content of the page's first `style` element, to the byte.
    pub fn css(&self) -> &str {
        &self.css
    }

    /// Source expression for `style-src` of a Content-Security-Policy, without its quotes: `sha256-...`
    /// (CSP Level 3, section 2.3.1).
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The logo for dark grounds, if the brand has one.
    pub(super) fn logo_on_dark(&self) -> Option<Image> {
        let data = self.logo_on_dark.clone()?;
        Some(Image { format: ImageFormat::of(&data)?, data, alt: String::new(), width: None, height: None })
    }

    /// Colours of the browser's own bar around the page, light and dark: the same as that of the bar at its head.
    pub(super) fn theme_colors(&self) -> &[String; 2] {
        &self.theme_colors
    }

    /// Content of the page's second `style` element: the fonts that this document shows. Empty where the brand has none.
    pub(super) fn fonts(&self, tree: &Tree) -> String {
        self.fonts.rules(&self.faces, tree)
    }
}

/// Why a style sheet can't stand in a page.
fn refused(css: &str) -> Option<String> {
    let lower = css.to_ascii_lowercase();
    if lower.contains("</") || lower.contains("<!") {
        return Some("a style sheet can't hold `</` or `<!`: it would end the element that it stands in".to_owned());
    }
    let remote = lower.contains("@import")
        || lower.split("url(").skip(1).any(|rest| !rest.trim_start_matches([' ', '"', '\'']).starts_with("data:"));
    remote.then(|| "the style sheet asks another address for something, and a page is one file".to_owned())
}

/// Keeps the place that Tera names.
fn fault(error: &tera::Error, source: &Arc<SourceText>) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let end = source.text.len();
            let range = report.span().range.start.min(end)..report.span().range.end.min(end);
            Diagnostic::error("page-style", report.message().to_lowercase()).at(Span::new(source, range))
        }
        other => Diagnostic::error("page-style", other.to_string()).in_file(source.path.clone()),
    }
}

/// Text as it may stand in a CSS string or as a colour (CSS Syntax Level 3, section 4.3.7): whatever could end either
/// is written by its number.
pub(super) fn escape(text: &str) -> String {
    let mut css = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '#' | '%' | ',') {
            css.push(c);
        } else {
            css.push_str(&format!("\\{:X} ", u32::from(c)));
        }
    }
    css
}
