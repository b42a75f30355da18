//! One document typeset for pages: with the pages that only long documents have, and as closely as its sheets ask for.

use std::cell::{OnceCell, RefCell};

use super::stages::{Clock, Stage};
use super::writers::Step;
use crate::brand::Brand;
use crate::diagnostic::Diagnostic;
use crate::document::compose::{Closeness, Composed, Request, compose};
use crate::layout::DocumentSpec;
use crate::pack::Used;
use crate::project::{Files, Inputs};
use crate::typeset::{self, PagedDocument, Typesetter, World, WorldInput};

/// A document, composed and typeset.
pub(super) struct Pages<'a> {
    pub composed: Composed,
    pub world: World<'a>,
    pub paged: PagedDocument,
    /// Its words, once somebody has asked for them.
    pub words: OnceCell<Vec<(usize, String)>>,
    /// What Typst found, and that the document doesn't fit on its sheets.
    pub warnings: Vec<Diagnostic>,
}

/// A document with the pages of a short one, and with those of a long one, if it may be either.
pub(super) struct Arrangements {
    short: Composed,
    long: Option<Composed>,
}

impl Arrangements {
    /// The views as JSON.
    pub(super) fn views(&self) -> impl Iterator<Item = &str> {
        [Some(&self.short), self.long.as_ref()].into_iter().flatten().map(|composed| composed.view.as_str())
    }
}

/// What typesetting needs besides the document.
#[derive(Clone, Copy)]
pub(super) struct Press<'a> {
    pub typesetter: &'a Typesetter,
    pub files: &'a Files,
    /// Path of the layout's Typst file.
    pub layout: &'a str,
    /// Takes what is read, in whatever attempt.
    pub read: &'a RefCell<Inputs>,
    /// Takes those of it that Typst reads.
    pub typst: &'a RefCell<Inputs>,
}

impl<'a> Press<'a> {
    /// Typesets a document until its length is what it was composed for.
    ///
    /// # Errors
    /// The faults of its prose pages and of its layout.
    pub(super) fn pages(self, step: Step<'a>, first: Arrangements, clock: &mut Clock) -> Result<Pages<'a>, Vec<Diagnostic>> {
        let spec = step.layout.manifest.documents.get(step.document);
        let (over, sheets) = (spec.and_then(DocumentSpec::long_over), spec.and_then(|spec| spec.sheets));
        let mut closeness = Closeness::default();
        let (composed, mut long) = match (first.long, over) {
            (Some(composed), Some(over)) if seems_long(&composed.view, over, &step.kit.brand) => (composed, true),
            _ => (first.short, false),
        };
        let mut pages = self.typeset(step, composed, clock)?;
        if let Some(over) = over.filter(|over| (pages.count() > *over) != long) {
            long = pages.count() > over;
            pages = self.typeset(step, self.arranged(step, long, closeness)?, clock)?;
        }
        while let Some(sheets) = sheets.filter(|sheets| pages.count() > *sheets) {
            let Some(closer) = closeness.closer() else {
                pages.warnings.extend(pages.too_long(step, sheets));
                break;
            };
            closeness = closer;
            pages = self.typeset(step, self.arranged(step, long, closeness)?, clock)?;
        }
        if sheets.is_none() { self.without_rest(pages, step, long, clock) } else { Ok(pages) }
    }

    /// The document without a last page of a few lines, if setting it a little more closely brings them onto the page before.
    fn without_rest(self, pages: Pages<'a>, step: Step<'a>, long: bool, clock: &mut Clock) -> Result<Pages<'a>, Vec<Diagnostic>> {
        let mut closeness = Closeness::default();
        while pages.has_rest() && let Some(closer) = closeness.closer() {
            closeness = closer;
            let closer = self.typeset(step, self.arranged(step, long, closeness)?, clock)?;
            if closer.count() < pages.count() {
                return Ok(closer);
            }
        }
        Ok(pages)
    }

    fn typeset(self, step: Step<'a>, composed: Composed, clock: &mut Clock) -> Result<Pages<'a>, Vec<Diagnostic>> {
        let input = WorldInput { layout: self.layout, view: composed.view.clone(), pictures: &step.kit.pictures };
        let world = World::new(self.typesetter, self.files, &step.kit.fonts, input)
            .map_err(|error| vec![Diagnostic::error("typst", error.to_string()).in_file(self.layout)])?;
        clock.lap(Stage::Compose);
        let (paged, warnings) = typeset::paged(&world)?;
        self.typst.borrow_mut().read(self.files, world.dependencies());
        Ok(Pages { composed, world, paged, words: OnceCell::new(), warnings })
    }
}

impl Press<'_> {
    /// The document before anybody knows how long it is.
    ///
    /// # Errors
    /// The faults of its prose pages.
    pub(super) fn arrangements(self, step: Step<'_>) -> Result<Arrangements, Vec<Diagnostic>> {
        let spec = step.layout.manifest.documents.get(step.document);
        let closeness = Closeness::default();
        let long = spec.and_then(DocumentSpec::long_over).map(|_| self.arranged(step, true, closeness)).transpose()?;
        Ok(Arrangements { short: self.arranged(step, false, closeness)?, long })
    }

    /// The document with the pages that it has if it is long, set so closely.
    fn arranged(self, step: Step<'_>, long: bool, closeness: Closeness) -> Result<Composed, Vec<Diagnostic>> {
        let Step { pack, layout, kit, document, variant, date, .. } = step;
        let label = kit.variant_label.as_deref();
        let printable = |character| kit.fonts.has(character);
        let used = Used::default();
        let clauses = kit.clause_source(&printable, &used);
        let composed = compose(pack, layout, &kit.brand, Request { document, variant, label, date, long, closeness, clauses })?;
        let mut read = self.read.borrow_mut();
        read.extend(&kit.clause_inputs(&used));
        composed.pages.iter().for_each(|path| read.extend(&layout.prose_inputs(path, self.files)));
        Ok(composed)
    }
}

/// Letters on a last page that are too few for a page of their own: about two lines.
const REST: usize = 170;

impl Pages<'_> {
    /// How many pages there are.
    pub(super) fn count(&self) -> usize {
        self.paged.pages().len()
    }

    /// Whether the last of several pages holds a few lines only.
    fn has_rest(&self) -> bool {
        let last = self.count();
        let words = || self.words.get_or_init(|| typeset::paged_words(&self.paged));
        let letters = || words().iter().filter(|(page, _)| *page == last).map(|(_, words)| words.chars().count()).sum::<usize>();
        last > 1 && letters() < REST
    }

    /// That the document fills more sheets than it should; in a single column it may.
    fn too_long(&self, step: Step<'_>, sheets: usize) -> Option<Diagnostic> {
        let (document, title) = (step.document, &self.composed.title);
        let plural = if sheets == 1 { "sheet" } else { "sheets" };
        let message = format!("`{document}` takes {} pages and is meant for {sheets} {plural}: {title}", self.count());
        let fault = Diagnostic::warning("too-long", message).at(step.layout.place(&format!("documents.{document}.sheets")));
        (!step.kit.brand.settings.single_column).then(|| fault.hint(format!("say less in `{}`, or take `sheets` out", step.pack.tree.span.file.path)))
    }
}

/// Whether a document will be longer than so many pages, from the length of its view in bytes. A wrong guess costs time
/// and nothing else: the pages are counted.
fn seems_long(view: &str, over: usize, brand: &Brand) -> bool {
    const BESIDES_WORDS: f64 = 3500.0;
    const ON_A_PAGE: f64 = 2500.0;
    let density = (12.0 / brand.base.size).powi(2);
    #[expect(clippy::cast_precision_loss, reason = "documents are far shorter than 2^52 bytes or pages")]
    let (length, over) = (view.len() as f64, over as f64);
    length > BESIDES_WORDS + over * ON_A_PAGE * density
}
