//! What all packs of one organisation share in one variant: its brand with fonts and logo, its clauses, Word parts in
//! its colours.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::font;
use super::pictures::Pictures;
use super::variant::Variant;
use crate::brand::{self, Brand, BrandFile};
use crate::diagnostic::{Diagnostic, Found, SourceText, Span};
use crate::document::cover::CoverPictures;
use crate::document::docx::{BrandedParts, FontFile, WordParts};
use crate::document::html::{PageStyle, PageTemplate, WebFonts};
use crate::layout::Layout;
use crate::pack::{ClauseSource, Used, clause_templates};
use crate::project::{Files, Inputs, OrganisationFiles, Said, resolve};
use crate::source::{self, Layer, Node};
use crate::typeset::BrandFonts;
use crate::wording::Wording;

/// The shared things of one organisation in one layout and variant.
#[derive(Debug)]
pub(super) struct Kit {
    pub brand: Brand,
    pub fonts: BrandFonts,
    /// Pictures of the brand by their path in the world.
    pub pictures: Vec<(String, Arc<[u8]>)>,
    /// What documents of the variant add to their title.
    pub variant_label: Option<String>,
    pub clauses: Wording,
    /// `clauses` of the organisation.
    own_clauses: Option<Node>,
    word: BrandedParts,
    /// The same for documents whose sheets are counted, made when the first is written.
    compact_word: OnceLock<Result<BrandedParts, Vec<Diagnostic>>>,
    pub web: PageStyle,
    /// What all documents of it are made from.
    pub inputs: Inputs,
    /// What Word files are made from besides.
    pub word_inputs: Inputs,
    /// What web pages are made from besides.
    pub web_inputs: Inputs,
    /// What the organisation's file says.
    said: Said,
    /// The text of that file: clauses are found by their places in it.
    text: Option<Arc<SourceText>>,
    /// What does not stop it.
    pub warnings: Vec<Diagnostic>,
}

impl Kit {
    /// Reads brand, fonts and logo and words nothing yet.
    ///
    /// - tried: whether the brand is only tried out, so that colours that are too close are seen
    ///
    /// # Errors
    /// Every fault of brand, fonts, logo, clauses and Word parts.
    pub(super) fn new(
        files: &Files,
        organisation: &OrganisationFiles,
        layout: &Layout,
        variant: Variant,
        (schema, tried): (&serde_json::Value, bool),
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = organisation.organisation.faults.clone();
        let folder = format!("profiles/{}", organisation.id);
        let templates = organisation.organisation.node.as_ref().map(clause_templates).unwrap_or_default();
        let clauses = Wording::new(templates, schema).map(|wording| wording.speaking(layout.speech.clone()));
        let clauses = clauses.map_err(|more| faults.extend(more));
        let (mut brand, warnings) = match read_brand(files, organisation, &variant, tried) {
            Ok(brand) => brand,
            Err(more) => {
                faults.extend(more);
                return Err(faults);
            }
        };
        let pictures = Pictures::read(files, &folder, layout, &mut brand);
        faults.extend(pictures.faults.iter().cloned());
        let covers = pictures.of_covers(&brand);
        let mut inputs = vec![brand_path(organisation)];
        inputs.extend(variant.path);
        inputs.extend(pictures.inputs);
        let mut read = |written: &str, span: &Span| {
            let found = resolve(&folder, written).and_then(|path| {
                let bytes = files.bytes(&path)?;
                inputs.push(path);
                Ok(bytes)
            });
            found.map_err(|fault| Diagnostic { span: Some(span.clone()), ..fault })
        };
        let font = |(path, span): &(String, Span)| {
            let bytes = read(path, span)?;
            font::check(path, &bytes).map_err(|fault| fault.at(span.clone()))?;
            Ok::<_, Diagnostic>(bytes)
        };
        let loaded: Vec<_> = brand.fonts.iter().map(font).collect();
        let mut font_files = Vec::new();
        for font in loaded {
            match font {
                Ok(bytes) => font_files.push(bytes),
                Err(fault) => faults.push(fault),
            }
        }
        let complete = font_files.len() == brand.fonts.len();
        let (fonts, broken) = BrandFonts::new(font_files);
        for at in broken.into_iter().filter(|_| complete) {
            let (path, span) = &brand.fonts[at];
            let fault = Diagnostic::error("not-a-font", format!("`{path}` is not a font that can be used"));
            faults.push(fault.at(span.clone()).hint("use TTF or OTF files; web fonts (WOFF) are not for documents"));
        }
        if complete {
            faults.extend(misnamed(&brand, &fonts));
        }
        let dress = Dress { brand: &brand.brand, fonts: &fonts, covers: &covers, language: &organisation.language };
        let (mut word_inputs, mut web_inputs) = (Inputs::default(), Inputs::default());
        let word = word_parts(files, layout, dress, &mut word_inputs).map_err(|more| faults.extend(more));
        let web = page_style(files, layout, dress, &mut web_inputs).map_err(|more| faults.extend(more));
        match (clauses, word, web) {
            (Ok(clauses), Ok(word), Ok(web)) if faults.is_empty() => {
                let own_clauses = organisation.organisation.node.as_ref().and_then(|node| node.get("clauses")).cloned();
                let (variant_label, said) = (variant.label, organisation.organisation.said.clone());
                let mut shared = Inputs::default();
                shared.read(files, inputs);
                Ok(Self {
                    brand: brand.brand,
                    fonts,
                    pictures: pictures.world,
                    variant_label,
                    clauses,
                    own_clauses,
                    word,
                    compact_word: OnceLock::new(),
                    web,
                    inputs: shared,
                    word_inputs,
                    web_inputs,
                    said,
                    text: organisation.organisation.node.as_ref().map(|node| Arc::clone(&node.span.file)),
                    warnings,
                })
            }
            _ => Err(faults),
        }
    }
}

impl Kit {
    /// The Word parts, for a document whose sheets are counted or for another.
    ///
    /// # Errors
    /// What is wrong with parts that are set more closely.
    pub(super) fn word(&self, counted: bool) -> Result<&BrandedParts, Vec<Diagnostic>> {
        let compact = || self.compact_word.get_or_init(|| self.word.compact()).as_ref().map_err(Clone::clone);
        if counted { compact() } else { Ok(&self.word) }
    }

    /// Whether it was made of this text of the organisation's file.
    pub(super) fn is_of(&self, text: &SourceText) -> bool {
        self.text.as_ref().is_some_and(|own| own.text == text.text)
    }

    /// Whether Word has a style of this name.
    pub(super) fn has_style(&self, name: &str) -> bool {
        self.word.has_style(name)
    }

    /// The clauses of the organisation with their templates.
    ///
    /// - `printable`: whether its fonts have a character
    /// - `used`: takes the names of those that are used
    pub(super) fn clause_source<'a>(&'a self, printable: &'a dyn Fn(char) -> bool, used: &'a Used) -> ClauseSource<'a> {
        ClauseSource { clauses: self.own_clauses.as_ref(), wording: &self.clauses, printable, used }
    }

    /// The clauses that were used, as inputs.
    pub(super) fn clause_inputs(&self, used: &Used) -> Inputs {
        used.inputs(&self.said)
    }
}

fn brand_path(organisation: &OrganisationFiles) -> String {
    format!("profiles/{}/_brand.yml", organisation.id)
}

/// The brand of an organisation in a variant, without the files that it names.
///
/// - tried: colours that are too close are only warned of
///
/// # Errors
/// Every fault of the brand.
pub(super) fn read_brand(files: &Files, organisation: &OrganisationFiles, variant: &Variant, tried: bool) -> Found<BrandFile> {
    let name = organisation.organisation.value.as_ref().map(|value| value.name.as_str()).unwrap_or_default();
    let text = files.text(&brand_path(organisation)).map_err(|fault| {
        let hint = "every organisation has a brand file; `jobpack new organisation` writes one";
        vec![if fault.code == "file-missing" { fault.hint(hint) } else { fault }]
    })?;
    let own = source::read(&text, Layer::Organisation)?;
    let read = if tried { brand::tried } else { brand::read };
    read(&variant.over(own), name)
}

/// Families that documents are set in and that are not the names within the font files.
fn misnamed(file: &BrandFile, fonts: &BrandFonts) -> Vec<Diagnostic> {
    let mut held: Vec<&str> = fonts.faces().map(|(family, ..)| family).collect();
    held.dedup();
    let brand = &file.brand;
    let set_in = |family: &str| [&brand.base.family, &brand.headings.family].into_iter().any(|used| used == family);
    let missing = |(family, _): &&(String, Span)| !held.iter().any(|name| name.eq_ignore_ascii_case(family));
    let fault = |(family, span): &(String, Span)| {
        let fault = Diagnostic::error("unknown-font", format!("no font file of the brand holds the family `{family}`"));
        let spelt = format!("write `family:` as the files spell it; they hold {}", source::quoted(held.iter().copied()));
        fault.at(span.clone()).field("typography.fonts").hint(spelt)
    };
    file.families.iter().filter(|(family, _)| set_in(family)).filter(missing).map(fault).collect()
}

/// What dresses the parts of a layout.
#[derive(Clone, Copy)]
struct Dress<'a> {
    brand: &'a Brand,
    fonts: &'a BrandFonts,
    covers: &'a CoverPictures,
    language: &'a str,
}

/// The Word parts of a layout (its own win over those of `templates/base/word/`) in the brand.
///
/// - inputs: takes what is read
fn word_parts(files: &Files, layout: &Layout, dress: Dress<'_>, inputs: &mut Inputs) -> Result<BrandedParts, Vec<Diagnostic>> {
    let mut replaced = BTreeMap::new();
    for folder in [format!("templates/{}/word", crate::layout::BASE), format!("templates/{}/word", layout.id)] {
        inputs.read(files, [format!("{folder}/")]);
        for stem in files.stems(&folder, "xml") {
            let path = format!("{folder}/{stem}.xml");
            let text = files.text(&path).map_err(|fault| vec![fault])?;
            inputs.read(files, [path]);
            replaced.insert(format!("{stem}.xml"), text);
        }
    }
    let faces: Vec<FontFile> = dress
        .fonts
        .faces()
        .map(|(family, bold, italic, bytes)| FontFile { family: family.to_owned(), bold, italic, data: bytes.into() })
        .collect();
    let parts = Arc::new(WordParts::new(&replaced, layout.manifest.heading_rule)?);
    parts.for_brand(dress.brand, &faces, dress.covers.clone(), dress.language)
}

/// The style sheet of a layout (its own `web/page.css` wins over that of `templates/base/web/`) in the brand.
///
/// - inputs: takes what is read
fn page_style(files: &Files, layout: &Layout, dress: Dress<'_>, inputs: &mut Inputs) -> Result<PageStyle, Vec<Diagnostic>> {
    let own = format!("templates/{}/web/page.css", layout.id);
    let shared = format!("templates/{}/web/page.css", crate::layout::BASE);
    let path = if files.exists(&own) { &own } else { &shared };
    let text = files.text(path).map_err(|fault| vec![fault])?;
    // That there is none of its own is known too.
    inputs.read(files, [own.as_str(), path]);
    let fonts = WebFonts::new(dress.fonts.faces().map(|(family, _, _, bytes)| (family, bytes)));
    PageTemplate::new(Some(text), layout.manifest.heading_rule)?.for_brand(dress.brand, dress.covers.clone(), Arc::new(fonts))
}
