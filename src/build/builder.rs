//! One pack from the project to its files, with everything that packs share made once.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::kit::{Kit, read_brand};
use super::memo;
use super::stages::{Stage, Stages};
use super::gathered::{Edition, Gathered, once};
use super::options::Options;
use super::origin::Origin;
use super::made::MadeFile;
use super::reuse::Reuse;
use super::writers::Step;
use super::variant::{self, STANDARD, Variant};
use crate::bundle::{BundleFile, Manifest, Zips};
use crate::check::Library;
use crate::diagnostic::{Diagnostic, Found, Severity, capped};
use crate::layout::Layout;
use crate::pack::{Assembly, Pack, assemble, view};
use crate::project::{Inputs, OrganisationFiles, PackId, Project};
use crate::source;
use crate::typeset::Typesetter;

/// A pack, built.
#[derive(Debug, Clone)]
pub struct BuiltPack {
    /// Its name.
    pub id: PackId,
    /// Its files, `manifest.json` last.
    pub files: Vec<BundleFile>,
    /// The zips for candidates and for the panel.
    pub zips: Zips,
    /// How long each stage took.
    pub stages: Stages,
    /// The view of each document as JSON, as its layout saw it.
    pub views: Vec<String>,
    /// The documents without their bytes, with what each is made from.
    pub made: Vec<MadeFile>,
    /// Whether a file changed between two readings of it: then the documents are of no one moment.
    pub torn: bool,
}

pub(super) type Made<T> = Result<Arc<T>, Vec<Diagnostic>>;
type Shared<T> = Mutex<BTreeMap<String, Arc<OnceLock<Made<T>>>>>;
pub(super) type Prepared<'a> = (&'a OrganisationFiles, Arc<Layout>, Arc<Kit>);

/// Builds packs of one project.
#[derive(Debug)]
pub struct Builder {
    project: Project,
    typesetter: Arc<Typesetter>,
    /// Where documents are found that were made before.
    reuse: Option<Reuse>,
    words_schema: serde_json::Value,
    /// Words and figures of the rules.
    library: OnceLock<Made<Library>>,
    layouts: Shared<Layout>,
    kits: Shared<Kit>,
    /// The same project in other languages.
    translations: Shared<Builder>,
    /// Whether a brand is only tried out: colours that are too close are then seen, and warned of.
    tries: bool,
}

/// The value of `key`, made by the first who asks; others wait for that one value only.
fn shared<T>(
    all: &Shared<T>,
    key: String,
    make: impl FnOnce() -> Result<T, Vec<Diagnostic>>,
) -> Made<T> {
    let place = Arc::clone(all.lock().unwrap_or_else(PoisonError::into_inner).entry(key).or_default());
    place.get_or_init(|| make().map(Arc::new)).clone()
}

/// The same values, for another builder, as far as they stay; what could not be made is tried again.
fn taken_over<T>(all: &Shared<T>, stays: impl Fn(&str, &T) -> bool) -> Shared<T> {
    let all = all.lock().unwrap_or_else(PoisonError::into_inner);
    let stays = |key: &str, place: &OnceLock<Made<T>>| place.get().and_then(|made| made.as_ref().ok()).is_some_and(|made| stays(key, made));
    Mutex::new(all.iter().filter(|(key, place)| stays(key, place)).map(|(key, place)| (key.clone(), Arc::clone(place))).collect())
}

impl Builder {
    /// A builder for a project.
    pub fn new(project: Project) -> Self {
        Self {
            project,
            typesetter: Arc::default(),
            reuse: None,
            words_schema: view::words_schema(),
            library: OnceLock::new(),
            layouts: Mutex::default(),
            kits: Mutex::default(),
            translations: Mutex::default(),
            tries: false,
        }
    }

    /// A builder for a project in which only words have changed since `before`: profiles, vacancies, frameworks. What is made
    /// of templates, brands, fonts and clauses is taken over.
    pub fn renewed(project: Project, before: &Self) -> Self {
        Self { kits: taken_over(&before.kits, |_, _| true), ..Self::relaid(project, before) }
    }

    /// A builder for a project in which nothing under `templates/` has changed since `before`: layouts are taken over.
    pub fn relaid(project: Project, before: &Self) -> Self {
        project.files.take_over(&before.project.files, |path| path.starts_with("templates/"));
        let (typesetter, library) = (Arc::clone(&before.typesetter), before.library.clone());
        Self { typesetter, library, layouts: taken_over(&before.layouts, |_, _| true), ..Self::new(project) }
    }

    /// A builder for a project of which the templates are as they were for `before`: what is made of them is taken over, and what is
    /// made of a brand and its clauses, if none of it is another.
    ///
    /// - same: whether inputs are as they were
    pub fn after(project: Project, before: &Self, same: impl Fn(&Inputs) -> bool) -> Self {
        let organisation = |key: &str| key.split('\n').next().and_then(|id| project.organisation(id)).and_then(|files| files.organisation.node.as_ref());
        let kits = taken_over(&before.kits, |key, kit| {
            let is_of_text = organisation(key).is_some_and(|node| kit.is_of(&node.span.file));
            is_of_text && [&kit.inputs, &kit.word_inputs, &kit.web_inputs].into_iter().all(&same)
        });
        Self { kits, ..Self::relaid(project, before) }
    }

    /// The same builder, which takes documents from a cache that were made before, and keeps those that it makes.
    #[must_use]
    pub fn reusing(self, reuse: Option<Reuse>) -> Self {
        Self { reuse, ..self }
    }

    /// A builder for the same project as if a brand held another text, which is tried out: colours that are too close are
    /// warned of, not refused.
    ///
    /// # Errors
    /// What keeps the text from being read.
    pub fn trying(&self, path: &str, text: &str) -> Result<Self, Diagnostic> {
        let project = self.project.with_text(path, text)?;
        Ok(Self { tries: true, ..Self::relaid(project, self) })
    }

    /// The project.
    pub fn project(&self) -> &Project {
        &self.project
    }

    pub(super) fn reuse(&self) -> Option<&Reuse> {
        self.reuse.as_ref()
    }

    /// Words and figures of the rules, read by the first who asks.
    pub(super) fn library(&self) -> Made<Library> {
        self.library.get_or_init(|| Library::load(&self.project.files).map(Arc::new)).clone()
    }

    pub(super) fn typesetter(&self) -> &Typesetter {
        &self.typesetter
    }

    /// A layout by name, in a language.
    ///
    /// # Errors
    /// Every fault of the layout.
    pub fn layout(&self, name: &str, language: &str) -> Result<Arc<Layout>, Vec<Diagnostic>> {
        let key = format!("{name}\n{}", source::primary(language));
        shared(&self.layouts, key, || Layout::load(&self.project.files, name, language, &self.words_schema))
    }

    fn organisation(&self, id: &PackId) -> Result<&OrganisationFiles, Vec<Diagnostic>> {
        self.project.organisation(&id.organisation).ok_or_else(|| {
            vec![Diagnostic::error("unknown-organisation", format!("there is no organisation `{}`", id.organisation))]
        })
    }

    pub(super) fn prepared(&self, id: &PackId, options: &Options, variant: &str) -> Result<Prepared<'_>, Vec<Diagnostic>> {
        let files = self.organisation(id)?;
        let own = files.organisation.value.as_ref().map(|organisation| organisation.layout.as_str());
        let Some(name) = options.layout.as_deref().or(own) else {
            return Err(files.organisation.faults.clone());
        };
        let layout = self.layout(name, &files.language).map_err(|faults| at_layout_field(faults, files))?;
        let key = format!("{}\n{name}\n{variant}", files.id);
        let kit = shared(&self.kits, key, || {
            Kit::new(&self.project.files, files, &layout, Variant::load(&self.project.files, variant)?, (&self.words_schema, self.tries))
        })?;
        Ok((files, layout, kit))
    }

    /// Whether layout, brand and clauses of an organisation are without faults, as these options use them.
    pub fn is_ready(&self, organisation: &str, options: &Options) -> bool {
        let id = PackId { organisation: organisation.to_owned(), name: String::new(), kind: crate::project::PackKind::Profile };
        let Ok(languages) = self.languages(Origin::file(&id), options) else { return false };
        let ready = |builder: &Self| options.variants.iter().all(|variant| builder.prepared(&id, options, variant).is_ok());
        languages.into_iter().all(|language| match language {
            None => ready(self),
            Some(language) => self.in_language(&language).is_ok_and(|other| ready(&other)),
        })
    }

    /// What each variant makes of an organisation's brand: warnings, since a pack in another variant can be built.
    pub fn check_variants(&self, organisation: &OrganisationFiles) -> Vec<Diagnostic> {
        let names = variant::names(&self.project.files).into_iter().filter(|name| name != STANDARD);
        let faults = names.flat_map(|name| {
            let read = Variant::load(&self.project.files, &name).and_then(|variant| read_brand(&self.project.files, organisation, &variant, false));
            let faults = read.err().unwrap_or_default();
            faults.into_iter().map(move |fault| {
                Diagnostic { severity: Severity::Warning, ..fault }.while_doing(format!("reading the brand in the variant `{name}`"))
            })
        });
        faults.collect()
    }

    /// Merges, words and checks a pack without typesetting it.
    ///
    /// # Errors
    /// Every fault of the files that take part and of the merged result.
    pub fn assemble(&self, id: &PackId, options: &Options) -> Found<Pack> {
        self.assemble_from(Origin::file(id), options)
    }

    pub(super) fn assemble_from(&self, origin: Origin<'_>, options: &Options) -> Found<Pack> {
        let Origin { id, posted, .. } = origin;
        // The words are the same in all variants; the first has to do for them.
        let variant = options.variants.first().map_or(STANDARD, String::as_str);
        let (organisation, layout, kit) = match self.prepared(id, options, variant) {
            Ok(prepared) => prepared,
            Err(faults) => return Err(self.with_pack_faults(origin, faults)),
        };
        let printable = |character| kit.fonts.has(character);
        let asked = Cell::new(false);
        let styled = |name: &str| {
            asked.set(true);
            kit.has_style(name)
        };
        let assembly = Assembly {
            project: &self.project,
            organisation,
            posted,
            layout: &layout,
            clauses: &kit.clauses,
            printable: &printable,
            styled: &styled,
        };
        let (mut pack, mut warnings) = assemble(assembly, id).map_err(capped)?;
        if asked.get() {
            // Which styles there are decides whether it can be made, in whatever format.
            pack.inputs.extend(&kit.word_inputs);
        }
        warnings.extend(kit.warnings.iter().cloned());
        Ok((pack, capped(warnings)))
    }

    /// The faults of a pack's own file beside those of what it shares, so that all are seen in one run.
    fn with_pack_faults(&self, Origin { id, posted, .. }: Origin<'_>, mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        if let Some(posted) = posted {
            faults.extend(posted.faults().iter().cloned());
        } else if let Some(files) = self.project.organisation(&id.organisation) {
            let profile = files.profiles.get(&id.name).map(|file| file.get().faults.clone());
            let vacancy = files.vacancies.get(&id.name).map(|file| file.get().faults.clone());
            faults.extend(profile.into_iter().chain(vacancy).flatten());
        }
        faults
    }

    /// Builds every document of a pack.
    ///
    /// # Errors
    /// Every fault that keeps any of its files from being made; then there is no file at all.
    pub fn build(&self, id: &PackId, options: &Options) -> Found<BuiltPack> {
        self.build_from(Origin::file(id), options)
    }

    pub(super) fn build_from(&self, origin: Origin<'_>, options: &Options) -> Found<BuiltPack> {
        let made = self.make(origin, options);
        memo::pack_built();
        made
    }

    fn make(&self, origin: Origin<'_>, options: &Options) -> Found<BuiltPack> {
        let id = origin.id;
        let known = self.reuse.as_ref().map(|reuse| reuse.known(id)).unwrap_or_default();
        let (mut gathered, mut faults, mut first) = (Gathered::new(known), Vec::new(), None);
        for language in self.languages(origin, options)? {
            let edition = match language {
                None => self.edition(origin, options, &mut gathered),
                Some(language) => self.in_language(&language)?.edition(origin, options, &mut gathered),
            };
            match edition {
                Ok(edition) => first = first.or(Some(edition)),
                Err(more) => faults.extend(more),
            }
        }
        let (Some(edition), true) = (first, faults.is_empty()) else { return Err(faults) };
        let Gathered { mut clock, inputs, made, mut files, known, news, views, mut warnings } = gathered;
        if let Some(reuse) = self.reuse.as_ref().filter(|_| !news.is_empty()) {
            reuse.keep(id, Arc::unwrap_or_clone(known), news);
        }
        let torn = inputs.is_torn();
        files.sort_by(|a, b| a.name.cmp(&b.name));
        let same = |pair: &&[BundleFile]| matches!(pair, [a, b] if a.name == b.name);
        if let Some([twice, _]) = files.windows(2).find(same) {
            let fault = Diagnostic::error("duplicate-file", format!("two documents of `{id}` would be called `{}`", twice.name));
            return Err(vec![fault.in_file(format!("templates/{}/layout.yaml", edition.layout)).hint(
                "a document must not end in the name of a variant or language, nor a variant be called like a language",
            )]);
        }
        let mut manifest = Manifest {
            organisation: id.organisation.clone(),
            pack: id.name.clone(),
            layout: edition.layout,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            build_id: String::new(),
            date: edition.date,
            status: edition.status.to_owned(),
            files: Manifest::entries(&files, |name| made.iter().find(|file| file.name == name).map(|file| file.digest)),
            inputs: origin.inputs(inputs),
        };
        manifest.build_id = manifest.build_id();
        let zips = Zips::new(&files, &manifest)
            .map_err(|error| vec![Diagnostic::error("zip", format!("can't make the zip of `{id}`: {error}"))])?;
        files.push(BundleFile::manifest(&manifest));
        clock.lap(Stage::Bundle);
        once(&mut warnings);
        Ok((BuiltPack { id: id.clone(), files, zips, stages: clock.stages, views, made, torn }, warnings))
    }

    /// The languages to make a pack in; none is the organisation's own.
    fn languages(&self, origin: Origin<'_>, options: &Options) -> Result<Vec<Option<String>>, Vec<Diagnostic>> {
        let own = source::primary(&self.organisation(origin.id)?.language).to_owned();
        let other = |language: &String| (source::primary(language) != own && origin.posted.is_none()).then(|| language.clone());
        let mut asked: Vec<_> = options.languages.iter().map(other).collect();
        asked.sort();
        asked.dedup();
        Ok(if asked.is_empty() { vec![None] } else { asked })
    }

    /// The builder of the same project in another language, from the same reading of its files.
    pub(super) fn in_language(&self, language: &str) -> Result<Arc<Self>, Vec<Diagnostic>> {
        shared(&self.translations, language.to_owned(), || Ok(Self::new(self.project.in_language(language)).reusing(self.reuse.clone())))
    }

    /// The builder in the first of the languages that are asked for, where that is another than the organisation's.
    pub(super) fn in_asked_language(&self, organisation: &str, options: &Options) -> Result<Option<Arc<Self>>, Vec<Diagnostic>> {
        let own = self.project.organisation(organisation).map(|files| source::primary(&files.language));
        let other = options.languages.first().filter(|language| Some(source::primary(language)) != own);
        other.map(|language| self.in_language(language)).transpose()
    }

    /// Every document of a pack in one language, in the variants that are asked for.
    fn edition(&self, origin: Origin<'_>, options: &Options, gathered: &mut Gathered) -> Result<Edition, Vec<Diagnostic>> {
        let id = origin.id;
        let (mut pack, warnings) = self.assemble_from(origin, options)?;
        if origin.posted.is_none() {
            let refusals = self.refusals(self.organisation(id)?, &mut pack, &warnings);
            if !refusals.is_empty() {
                return Err(refusals);
            }
        }
        gathered.warnings.extend(warnings);
        gathered.clock.lap(Stage::Assemble);
        let variant = |name| Ok::<_, Vec<Diagnostic>>((name, self.prepared(id, options, name)?));
        let variants = options.variants.iter().map(String::as_str).map(variant).collect::<Result<Vec<_>, _>>()?;
        let Some((_, (organisation, layout, _))) = variants.first() else {
            return Err(vec![Diagnostic::error("unknown-variant", "no variant is asked for")]);
        };
        let date = options.date.as_deref().unwrap_or(&pack.date);
        let language = (!organisation.own_language).then_some(organisation.language.as_str());
        let mut steps = Vec::new();
        for document in origin.documents(layout, &pack) {
            for (variant, (_, layout, kit)) in &variants {
                steps.push(Step { pack: &pack, layout, kit, document, variant, language, date });
            }
        }
        let faults = gathered.each(steps, |step, part| self.document(step, options, part)).concat();
        let edition = Edition { layout: layout.id.clone(), date: date.to_owned(), status: pack.profile.status.name() };
        if faults.is_empty() { Ok(edition) } else { Err(faults) }
    }
}

/// A fault of a layout as a whole points at where the organisation names it.
fn at_layout_field(mut faults: Vec<Diagnostic>, files: &OrganisationFiles) -> Vec<Diagnostic> {
    let field = files.organisation.node.as_ref().and_then(|node| node.get("layout"));
    for fault in faults.iter_mut().filter(|fault| fault.code == "unknown-layout" && fault.span.is_none()) {
        fault.span = field.map(|field| field.span.clone());
    }
    faults
}
