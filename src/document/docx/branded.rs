//! The style parts of one brand in one language, rendered, indexed and compressed once.
//!
//! A thousand packs of one organisation share one value. It holds nothing of any document.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tera::Context;

use crate::brand::Brand;
use crate::diagnostic::Diagnostic;
use crate::document::cover::CoverPictures;

use super::fonts::{FontFile, Typefaces, obfuscate};
use super::numbering::Measure;
use super::opc::{ContentTypes, Relationships, SharedEntries, relationship, word_part};
use super::page::Page;
use super::parts::WordParts;
use super::picture::Raster;
use super::styles::{Kind, Styles};
use super::view::{Density, EmbeddedView, FontView, PartsView, Rules, Sizes};

/// The style parts, dressed in a brand; see [`WordParts::for_brand`].
#[derive(Debug, Clone)]
pub struct BrandedParts {
    pub(super) word_parts: Arc<WordParts>,
    pub(super) brand: Brand,
    pub(super) fonts: Vec<FontFile>,
    font_table: Vec<FontView>,
    pub(super) covers: CoverPictures,
    pub(super) language: String,
    pub(super) page: Page,
    pub(super) styles: Styles,
    /// The style part.
    pub(super) style_entry: SharedEntries,
    pub(super) types: ContentTypes,
    /// The other parts, with the fonts.
    pub(super) entries: Arc<SharedEntries>,
    /// Text size in half-points.
    pub(super) body_size: i32,
    /// Indent of the style List Continue, in twips.
    pub(super) list_step: i32,
    /// Rasters of SVG pictures by the hash of picture and size: the logo of a thousand packs is drawn once.
    pub(super) rasters: Arc<Mutex<BTreeMap<[u8; 32], Arc<Raster>>>>,
}

impl WordParts {
    /// Dresses the parts in a brand. `fonts` are the files of its families; those that may be embedded are. `covers` are
    /// pictures for its covers.
    ///
    /// # Errors
    ///
    /// Every part that can't be rendered or is not well-formed, every style that the writer needs and the style part
    /// lacks, and a paper size or margin that makes no page.
    pub fn for_brand(
        self: &Arc<Self>,
        brand: &Brand,
        fonts: &[FontFile],
        covers: CoverPictures,
        language: &str,
    ) -> Result<BrandedParts, Vec<Diagnostic>> {
        let embedded = Embedded::new(brand, fonts);
        let view = self.view((brand, language), (fonts, &embedded.table), Density::Usual)?;
        let (page, body_size, list_step) = (view.page, view.size.body, view.list_step);
        let mut faults = Vec::new();
        let styles = self.styles(&view).map_err(|more| faults.extend(more));
        let context = context(&view)?;
        let mut types = ContentTypes::default();
        types.part(STYLES, word_part("styles"));
        let mut entries = Vec::new();
        for (template, part, content_type) in [
            ("theme.xml", "word/theme/theme1.xml", THEME.to_owned()),
            ("settings.xml", "word/settings.xml", word_part("settings")),
            ("webSettings.xml", "word/webSettings.xml", word_part("webSettings")),
            ("fontTable.xml", "word/fontTable.xml", word_part("fontTable")),
        ] {
            match self.render(template, &context) {
                Ok(xml) => {
                    types.part(part, content_type);
                    entries.push((part.to_owned(), xml.into_bytes()));
                }
                Err(fault) => faults.push(fault),
            }
        }
        if !embedded.relationships.is_empty() {
            types.extension("odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont");
            entries.push((
                "word/_rels/fontTable.xml.rels".to_owned(),
                embedded.relationships.to_xml().into_bytes(),
            ));
            entries.extend(embedded.files);
        }
        let entries = SharedEntries::new(&entries).map_err(|error| vec![zip_fault(&error)])?;
        let Ok((styles, style_entry)) = styles else { return Err(faults) };
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(BrandedParts {
            word_parts: Arc::clone(self),
            brand: brand.clone(),
            fonts: fonts.to_vec(),
            font_table: embedded.table,
            covers,
            language: language.to_owned(),
            page,
            styles,
            style_entry,
            types,
            entries: Arc::new(entries),
            body_size,
            list_step,
            rasters: Arc::default(),
        })
    }

    /// What the templates see.
    fn view<'a>(
        &self,
        (brand, language): (&'a Brand, &'a str),
        (files, table): (&[FontFile], &'a [FontView]),
        density: Density,
    ) -> Result<PartsView<'a>, Vec<Diagnostic>> {
        let faces = Typefaces::new(brand, files);
        let size = Sizes::new(brand, faces.line_ratio(), density);
        Ok(PartsView {
            brand,
            language,
            page: Page::new(&brand.settings).map_err(|fault| vec![fault])?,
            rule: brand.color.rule.clone(),
            rules: Rules::new(brand),
            heading_rule: self.heading_rule,
            list_step: Measure { faces: &faces, size: f64::from(size.body) / 2.0 }.bullet_indent(),
            size,
            fonts: table,
        })
    }

    /// The style part, indexed and compressed.
    fn styles(&self, view: &PartsView<'_>) -> Result<(Styles, SharedEntries), Vec<Diagnostic>> {
        let xml = self.render(STYLES_TEMPLATE, &context(view)?).map_err(|fault| vec![fault])?;
        let styles = Styles::read(&xml);
        let faults: Vec<_> = styles.faults().into_iter().map(|message| self.fault(STYLES_TEMPLATE, message)).collect();
        if !faults.is_empty() {
            return Err(faults);
        }
        let entry = [(STYLES.to_owned(), xml.into_bytes())];
        Ok((styles, SharedEntries::new(&entry).map_err(|error| vec![zip_fault(&error)])?))
    }
}

fn context(view: &PartsView<'_>) -> Result<Context, Vec<Diagnostic>> {
    Context::from_serialize(view)
        .map_err(|error| vec![Diagnostic::error("word-part", format!("the view of the style parts: {error}"))])
}

impl BrandedParts {
    /// The same parts with smaller titles and less space, for documents whose sheets are counted: only the style part
    /// differs, the rest is shared.
    ///
    /// # Errors
    /// What is wrong with the style part.
    pub fn compact(&self) -> Result<Self, Vec<Diagnostic>> {
        let Self { word_parts, brand, language, fonts, font_table, .. } = self;
        let view = word_parts.view((brand, language), (fonts, font_table), Density::Compact)?;
        let (styles, style_entry) = word_parts.styles(&view)?;
        Ok(Self { styles, style_entry, ..self.clone() })
    }

    /// Whether a block may have the style of this name.
    pub fn has_style(&self, name: &str) -> bool {
        self.styles.named(Kind::Paragraph, name).is_some()
    }

    /// The raster under this key, made by `draw` where it is not there yet.
    pub(super) fn raster<E>(&self, key: [u8; 32], draw: impl FnOnce() -> Result<Raster, E>) -> Result<Arc<Raster>, E> {
        // A poisoned lock only means that another thread ended while holding a finished map.
        if let Some(raster) = self.rasters.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(Arc::clone(raster));
        }
        let raster = Arc::new(draw()?);
        let mut rasters = self.rasters.lock().unwrap_or_else(PoisonError::into_inner);
        // The cache is for logos; a project with many other pictures starts it afresh.
        if rasters.len() >= 64 {
            rasters.clear();
        }
        rasters.insert(key, Arc::clone(&raster));
        Ok(raster)
    }
}

const STYLES: &str = "word/styles.xml";
const STYLES_TEMPLATE: &str = "styles.xml";
const THEME: &str = "application/vnd.openxmlformats-officedocument.theme+xml";

/// The finding when the ZIP itself fails.
pub(super) fn zip_fault(error: &zip::result::ZipError) -> Diagnostic {
    Diagnostic::error("docx-package", format!("the Word file can't be packed: {error}"))
}

struct Embedded {
    table: Vec<FontView>,
    relationships: Relationships,
    files: Vec<(String, Vec<u8>)>,
}

impl Embedded {
    fn new(brand: &Brand, fonts: &[FontFile]) -> Self {
        let mut families = vec![brand.base.family.as_str()];
        for family in [brand.headings.family.as_str(), brand.symbols.as_str()] {
            if !families.contains(&family) {
                families.push(family);
            }
        }
        let mut embedded = Self { table: Vec::new(), relationships: Relationships::default(), files: Vec::new() };
        for family in families {
            let mut cuts: Vec<&FontFile> =
                fonts.iter().filter(|font| font.family == family && font.may_embed()).collect();
            cuts.sort_by_key(|font| (font.italic, font.bold));
            cuts.dedup_by_key(|font| (font.italic, font.bold));
            let files = cuts.into_iter().map(|font| embedded.embed(font)).collect();
            embedded.table.push(FontView { family: family.to_owned(), symbols: family == brand.symbols, files });
        }
        embedded
    }

    fn embed(&mut self, font: &FontFile) -> EmbeddedView {
        let obfuscated = obfuscate(&font.data);
        let name = format!("fonts/font{}.odttf", self.files.len() + 1);
        let id = self.relationships.part(relationship::FONT, &name);
        self.files.push((format!("word/{name}"), obfuscated.bytes));
        EmbeddedView { slot: font.slot(), id, key: obfuscated.key }
    }
}
