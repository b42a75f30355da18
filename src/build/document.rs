//! One document of a pack: typeset, read as a tree, checked, and written in every format; or found, as it was made before.

use std::cell::RefCell;
use std::sync::Arc;

use super::builder::Builder;
use super::formats::Format;
use super::gathered::{Gathered, file_stem};
use super::made::MadeFile;
use super::options::Options;
use super::pages::{Arrangements, Pages, Press};
use super::parity;
use super::reuse::{self, Found, Record};
use super::stages::{Clock, Stage};
use super::writers::{Step, plain, web, word};
use crate::bundle::BundleFile;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::extract::extract;
use crate::document::{accessible, contents};
use crate::project::{Digest, Inputs};
use crate::typeset::{self, Target};

impl Builder {
    /// One document in the formats that are asked for.
    pub(super) fn document(&self, step: Step<'_>, options: &Options, gathered: &mut Gathered) -> Result<(), Vec<Diagnostic>> {
        let Step { pack, layout, kit, document, variant, language, .. } = step;
        let typst_path = layout.typst_path();
        let (files, read, typst) = (&self.project().files, RefCell::default(), RefCell::default());
        let press = Press { typesetter: self.typesetter(), files, layout: &typst_path, read: &read, typst: &typst };
        let first = press.arrangements(step)?;
        let stem = file_stem(&pack.id.name, document, variant, language);
        let fingerprint = self.reuse().and_then(|reuse| Some((reuse, reuse.fingerprint(step, &first)?)));
        let found = fingerprint.and_then(|(reuse, fingerprint)| reuse.find((&gathered.known, &stem), fingerprint, &options.formats, files));
        gathered.clock.lap(Stage::Compose);
        let fingerprint = fingerprint.map(|(_, fingerprint)| fingerprint);
        let made = match found {
            Some(Found { pages, words, read, files, record }) => {
                options.limit(document, pages)?;
                gathered.news.push((stem, record));
                typst.borrow_mut().extend(&read);
                Document { pages, words: Some(words.into()), fingerprint, reused: true, files }
            }
            None => {
                let noted = gathered.warnings.len();
                let mut made = self.made(press, (step, first), options, gathered)?;
                made.fingerprint = fingerprint;
                if let (Some(fingerprint), Some(words)) = (fingerprint, &made.words) {
                    // Of what is taken over the warnings would be missing.
                    let is_quiet = gathered.warnings.len() == noted;
                    let files = made.files.iter().filter(|_| is_quiet).map(|(format, digest, _)| (*format, *digest)).collect();
                    let read = typst.borrow().iter().filter_map(|(path, digest)| Some((path.to_owned(), digest?))).collect();
                    let record = Record { fingerprint, read, pages: made.pages, words: words.to_string(), files };
                    gathered.news.push((stem, record));
                }
                made
            }
        };
        let mut read = read.take();
        read.extend(&typst.take());
        [&pack.inputs, layout.inputs(), &kit.inputs].into_iter().for_each(|more| read.extend(more));
        gathered.add(step, made, &read);
        Ok(())
    }

    /// A document made anew.
    fn made(
        &self,
        press: Press<'_>,
        (step, first): (Step<'_>, Arrangements),
        options: &Options,
        gathered: &mut Gathered,
    ) -> Result<Document, Vec<Diagnostic>> {
        let Step { pack, document, variant, language, .. } = step;
        let Gathered { clock, views, warnings, .. } = gathered;
        let Pages { composed, mut world, paged, words, warnings: more } = press.pages(step, first, clock)?;
        warnings.extend(more);
        clock.lap(Stage::Pages);
        options.limit(document, paged.pages().len())?;
        world.turn(Target::Tree);
        let (semantic, more) = typeset::semantic(&world)?;
        clock.lap(Stage::Semantic);
        warnings.extend(more);
        let mut tree = extract(&world, &semantic, &pack.language, &composed.title)?;
        let found = accessible::check(&tree).into_iter().map(|fault| fault.in_file(press.layout));
        let (faults, notes): (Vec<_>, Vec<_>) = found.partition(|fault| fault.severity == Severity::Error);
        if !faults.is_empty() {
            return Err(faults);
        }
        warnings.extend(notes);
        let headings = typeset::heading_places(&paged);
        contents::number(&mut tree.body, &headings);
        let compared = || parity::compare(words.get_or_init(|| typeset::paged_words(&paged)), &tree).map(|fault| fault.in_file(press.layout));
        if let Some(fault) = parity::on_sheets(&paged, &pack.tree, press.layout).or_else(compared) {
            return Err(vec![fault]);
        }
        clock.lap(Stage::Tree);
        let name = file_stem(&pack.id.name, document, variant, language);
        let pages = paged.pages().len();
        let mut files = Vec::new();
        for format in &options.formats {
            let bytes = match format {
                Format::Pdf => {
                    let pdf = typeset::pdf(&world, &paged, &format!("{}/{name}", pack.id.organisation))?;
                    clock.lap(Stage::Pdf);
                    typeset::compact(&pdf)?
                }
                Format::Docx => word(step, tree.clone(), (&headings, pages))?,
                Format::Html => web(step, &tree)?,
                Format::Txt => plain(step, &tree)?,
            };
            lap(clock, *format);
            files.push((*format, Digest::of(&bytes), bytes));
        }
        views.push(composed.view);
        press.typst.borrow_mut().read(press.files, world.dependencies());
        // Nobody else compares words.
        let words = self.reuse().map(|_| reuse::words(&tree).into());
        clock.lap(Stage::Tree);
        Ok(Document { pages, words, fingerprint: None, reused: false, files })
    }
}

fn lap(clock: &mut Clock, format: Format) {
    clock.lap(match format {
        Format::Pdf => Stage::Compact,
        Format::Docx => Stage::Docx,
        Format::Html => Stage::Html,
        Format::Txt => Stage::Text,
    });
}

/// A document in the formats that are asked for.
struct Document {
    pages: usize,
    words: Option<Arc<str>>,
    fingerprint: Option<Digest>,
    reused: bool,
    files: Vec<(Format, Digest, Vec<u8>)>,
}

impl Gathered {
    /// Adds the files of a document.
    ///
    /// - read: what all of them are made from
    fn add(&mut self, step: Step<'_>, document: Document, read: &Inputs) {
        let Step { pack, layout, kit, document: name, variant, language, .. } = step;
        let audience = layout.manifest.documents.get(name).map(|spec| spec.audience).unwrap_or_default();
        let stem = file_stem(&pack.id.name, name, variant, language);
        let Document { pages, words, fingerprint, reused, files } = document;
        self.inputs.extend(read);
        for (format, digest, bytes) in files {
            let mut inputs = read.clone();
            match format {
                Format::Docx => inputs.extend(&kit.word_inputs),
                Format::Html => inputs.extend(&kit.web_inputs),
                Format::Pdf | Format::Txt => {}
            }
            self.inputs.extend(&inputs);
            let name = format!("{stem}.{}", format.extension());
            self.made.push(MadeFile { name: name.clone(), digest, audience, pages, words: words.clone(), fingerprint, inputs, reused });
            let counted = (format == Format::Pdf).then_some(pages);
            self.files.push(BundleFile { name, media_type: format.media_type(), bytes, pages: counted, audience });
        }
    }
}
