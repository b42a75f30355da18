//! The pages of one document as pictures, without any file of it: for who looks at them on a screen.

use std::cell::RefCell;

use super::builder::Builder;
use super::options::Options;
use super::formats::Format;
use super::memo;
use super::origin::Origin;
use super::pages::Press;
use super::stages::Clock;
use super::variant::STANDARD;
use super::writers::Step;
use crate::bundle::{BundleFile, MANIFEST};
use crate::diagnostic::{Diagnostic, nearest};
use crate::layout::Audience;
use crate::project::PackId;
use crate::typeset::{self, Area, Drawn, HeadingPlace, PagedDocument};

/// The pages of a document, typeset.
#[derive(Debug)]
pub struct Sheets {
    /// Who reads the document.
    pub audience: Audience,
    /// What there is to say of the pack and of the document, beside faults.
    pub warnings: Vec<Diagnostic>,
    /// Title of the post.
    pub title: String,
    pages: PagedDocument,
}

/// Letters of words that are looked for on the pages: enough to tell a sentence from others.
const LOOKED_FOR: usize = 40;

/// Fewest letters that are looked for.
const TELLING: usize = 4;

/// The title of the post of a pack, and its documents: name, title, who reads it.
pub type Outline = (String, Vec<(String, String, Audience)>);

impl Sheets {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.pages.pages().len()
    }

    /// For each page what is drawn on it, in short, and its width and height in points: another means that it looks different.
    pub fn prints(&self) -> impl Iterator<Item = (u128, [u32; 2])> {
        typeset::prints(&self.pages)
    }

    /// What is drawn on a page; the first is 0.
    pub(super) fn drawn(&self, page: usize) -> Vec<Drawn> {
        typeset::drawn(&self.pages, page)
    }

    /// The headings, and where they stand.
    pub fn headings(&self) -> Vec<HeadingPlace> {
        typeset::heading_places(&self.pages)
    }

    /// For each of these words of YAML or Markdown files the first place on the pages where they stand: the page, from 0, and
    /// where on it they begin. None if they stand nowhere, or are too few to be told from others.
    pub fn places<'a>(&self, all: impl Iterator<Item = &'a str>) -> Vec<Option<(usize, Area)>> {
        let plain = |c: &char| !c.is_whitespace() && !"*_`\"'\\#>".contains(*c);
        let page = |page| self.drawn(page).into_iter().flat_map(|run| run.words.chars().filter(plain).map(|c| (c, run.area)).collect::<Vec<_>>());
        let pages: Vec<Vec<(char, Area)>> = (0..self.count()).map(|at| page(at).collect()).collect();
        let place = |words: &str| {
            let wanted: Vec<char> = words.chars().filter(plain).take(LOOKED_FOR).collect();
            let is_there = |window: &&[(char, Area)]| window.iter().map(|(c, _)| c).eq(&wanted);
            let on = |page: &Vec<(char, Area)>| page.windows(wanted.len()).find(is_there).map(|found| found[0].1);
            if wanted.len() < TELLING { None } else { pages.iter().enumerate().find_map(|(at, page)| Some((at, on(page)?))) }
        };
        all.map(place).collect()
    }

    /// A page as SVG, its letters as outlines; the first is 0.
    pub fn svg(&self, page: usize) -> Option<String> {
        typeset::svg(&self.pages, page)
    }

    /// A page as PNG with so many pixels a point (1/72 inch); the first is 0.
    pub fn png(&self, page: usize, pixels: f64) -> Option<Vec<u8>> {
        typeset::png(&self.pages, page, pixels)
    }
}

impl Builder {
    /// What a pack is called, and its documents: name, title, who reads it.
    ///
    /// # Errors
    /// Every fault of the pack.
    pub fn outline(&self, id: &PackId, options: &Options) -> Result<Outline, Vec<Diagnostic>> {
        let (pack, _) = self.assemble(id, options)?;
        let variant = options.variants.first().map_or(STANDARD, String::as_str);
        let (_, layout, _) = self.prepared(id, options, variant)?;
        let made = Origin::file(id).documents(&layout, &pack);
        let specs = made.into_iter().filter_map(|name| Some((name, layout.manifest.documents.get(name)?)));
        let documents = specs.map(|(name, spec)| (name.to_owned(), spec.title.clone(), spec.audience)).collect();
        Ok((pack.words.profile.post_title, documents))
    }

    /// Whether a pack can be worded in a language.
    pub fn speaks(&self, id: &PackId, options: &Options, language: &str) -> bool {
        self.in_language(language).and_then(|other| other.assemble(id, options)).is_ok()
    }

    /// Who reads a document of a pack, if its layout has it; nothing is merged for it.
    pub fn audience(&self, id: &PackId, options: &Options, document: &str) -> Option<Audience> {
        let variant = options.variants.first().map_or(STANDARD, String::as_str);
        let (_, layout, _) = self.prepared(id, options, variant).ok()?;
        layout.manifest.documents.get(document).map(|spec| spec.audience)
    }

    /// One document of a pack in one format, in the first variant and language of the options.
    ///
    /// # Errors
    /// As [`Builder::build`], and `unknown-document`.
    pub fn file(&self, id: &PackId, options: &Options, document: &str, format: Format) -> Result<BundleFile, Vec<Diagnostic>> {
        let options = Options { formats: vec![format], ..options.clone() };
        let origin = Origin { document: Some(document), ..Origin::file(id) };
        let (built, _) = self.build_from(origin, &options)?;
        let file = built.files.into_iter().find(|file| file.name != MANIFEST);
        file.ok_or_else(|| vec![Diagnostic::error("unknown-document", format!("`{id}` has no document `{document}`"))])
    }

    /// Typesets one document of a pack, in the first variant and language of the options.
    ///
    /// # Errors
    /// Every fault of the pack and of the document's layout, `unknown-document`, `too-many-pages`.
    pub fn sheets(&self, id: &PackId, options: &Options, document: &str) -> Result<Sheets, Vec<Diagnostic>> {
        if let Some(other) = self.in_asked_language(&id.organisation, options)? {
            return other.sheets(id, options, document);
        }
        self.sheets_from(Origin::file(id), options, document)
    }

    pub(super) fn sheets_from(&self, origin: Origin<'_>, options: &Options, document: &str) -> Result<Sheets, Vec<Diagnostic>> {
        let id = origin.id;
        let (pack, mut warnings) = self.assemble_from(origin, options)?;
        let variant = options.variants.first().map_or(STANDARD, String::as_str);
        let (organisation, layout, kit) = self.prepared(id, options, variant)?;
        let made = origin.documents(&layout, &pack);
        let Some(spec) = layout.manifest.documents.get(document).filter(|_| made.contains(&document)) else {
            let fault = Diagnostic::error("unknown-document", format!("`{id}` has no document `{document}`"));
            return Err(vec![match nearest(document, made.iter().copied()) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault.hint(format!("documents: {}", made.join(", "))),
            }]);
        };
        let language = (!organisation.own_language).then_some(organisation.language.as_str());
        let date = options.date.as_deref().unwrap_or(&pack.date);
        let step = Step { pack: &pack, layout: &layout, kit: &kit, document, variant, language, date };
        let typst = layout.typst_path();
        let press = Press { typesetter: self.typesetter(), files: &self.project().files, layout: &typst, read: &RefCell::default(), typst: &RefCell::default() };
        let pages = press.arrangements(step).and_then(|first| press.pages(step, first, &mut Clock::start()));
        memo::pack_built();
        let pages = pages?;
        options.limit(document, pages.count())?;
        warnings.extend(pages.warnings);
        let title = pack.words.profile.post_title.clone();
        Ok(Sheets { audience: spec.audience, warnings, title, pages: pages.paged })
    }
}
