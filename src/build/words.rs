//! What the rules find in the words of packs, and what keeps a published one from being built.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::builder::Builder;
use super::options::Options;
use crate::check::{self, Checks, Estate, Library, Subject, Told, waived};
use crate::diagnostic::{Diagnostic, Severity, capped, once};
use crate::pack::Pack;
use crate::profile::{Kind, Status, Vacancy};
use crate::project::{Checked, OrganisationFiles, PackId, PackKind, PostedFile, Slot};
use crate::source::{self, Layer, Node};

/// An organisation with its rules.
type Rules<'a> = (&'a OrganisationFiles, Checks);

/// Packs that are looked at before what their profiles say is put together.
const AT_ONCE: usize = 256;

/// What is found in packs without building them.
#[derive(Debug, Default)]
pub struct Findings {
    /// In the words and figures of the rules.
    pub rules: Vec<Diagnostic>,
    /// By organisation what the rules find in what its packs share.
    pub shared: BTreeMap<String, Vec<Diagnostic>>,
    /// In each pack.
    pub packs: BTreeMap<PackId, PackFindings>,
}

/// What is found in a pack without building it.
#[derive(Debug, Default)]
pub struct PackFindings {
    /// Whether it can't be built.
    pub fails: bool,
    /// What is wrong with it, or may be; nothing if that was not asked for.
    pub faults: Vec<Diagnostic>,
    /// What the rules find in its own files and in it as a whole.
    pub words: Vec<Diagnostic>,
}

impl Findings {
    /// What the rules find, each once.
    pub fn into_words(self) -> Vec<Diagnostic> {
        let own = self.packs.into_values().map(|pack| pack.words);
        once(self.rules.into_iter().chain(self.shared.into_values().chain(own).flatten()).collect())
    }
}

impl Builder {
    /// What is found in these packs: what keeps them from being built, if `faults`, and what the rules find in their words, each once:
    /// in their own files, in those that packs of an organisation share, and in each pack as a whole. Of other languages than English
    /// only facts, dates and signs are looked at. Each pack is assembled once, and not kept.
    ///
    /// - day: the day that they are judged for: YYYY-MM-DD
    pub fn look_over(&self, packs: &[PackId], day: &str, faults: bool) -> Findings {
        let mut all = Findings::default();
        let library = self.library().map_err(|faults| all.rules = faults).ok();
        all.rules.extend(library.as_ref().and_then(|library| library.fault()));
        let mut of: BTreeMap<&str, Vec<&PackId>> = BTreeMap::new();
        packs.iter().for_each(|id| of.entry(&id.organisation).or_default().push(id));
        for (organisation, packs) in of {
            let mut found = Vec::new();
            let rules = library.as_ref().and_then(|library| self.checks(library, organisation, &mut found));
            // Read before the packs are: of two that make it at once, one would wait for the other for ever.
            self.is_ready(organisation, &Options::default());
            let mut estate = Estate::default();
            let mut answered = Vec::new();
            for packs in packs.chunks(AT_ONCE) {
                let one = |id: &&PackId| (PackId::clone(id), self.look_at(rules.as_ref(), id, day, faults), self.told(rules.as_ref(), id));
                for (id, found, (told, answers)) in packs.par_iter().map(one).collect::<Vec<_>>() {
                    all.packs.insert(id, found);
                    estate.add(told);
                    answered.extend(answers);
                }
            }
            if let Some((files, checks)) = &rules {
                found.extend(self.shared_words(files, checks, day));
                let mut drift = checks.estate(&estate);
                for file in &answered {
                    if let Some(node) = &file.node {
                        drift = waived_quietly(drift, (node, false), day);
                    }
                }
                found.extend(capped(drift));
            }
            all.shared.insert(organisation.to_owned(), found);
        }
        all
    }

    /// What the rules find in what packs of an organisation share.
    fn shared_words(&self, files: &OrganisationFiles, checks: &Checks, day: &str) -> Vec<Diagnostic> {
        let organisation = (files.organisation.node.as_ref(), Kind::Organisation);
        let frameworks = files.frameworks.values().map(|file| (file.node.as_ref(), Kind::Framework));
        let nodes = std::iter::once(organisation).chain(frameworks).filter_map(|(node, kind)| Some((node?, kind)));
        nodes.flat_map(|(node, kind)| capped(waived(checks.words(node, kind, &others(files)), (node, false), day))).collect()
    }

    /// What a pack's profile adds to the wordings of its organisation, and the profile if it waives something.
    fn told(&self, rules: Option<&Rules<'_>>, id: &PackId) -> (Vec<Told>, Option<Arc<Checked<()>>>) {
        let Some((files, checks)) = rules else { return Default::default() };
        let Some(file) = files.profiles.get(&id.name).filter(|_| id.kind == PackKind::Profile).map(|slot| slot.get()) else { return Default::default() };
        let Some(node) = &file.node else { return Default::default() };
        let told = checks.told(node);
        let answers = node.get("waivers").is_some();
        (told, answers.then_some(file))
    }

    /// What is found in a pack.
    fn look_at(&self, rules: Option<&Rules<'_>>, id: &PackId, day: &str, faults: bool) -> PackFindings {
        let assembled = self.assemble(id, &Options::default());
        let pack = assembled.as_ref().ok().map(|(pack, _)| pack);
        let words = rules.map(|(files, checks)| capped(self.pack_words(files, checks, id, pack, day))).unwrap_or_default();
        let fails = assembled.is_err();
        let faults = match assembled {
            _ if !faults => Vec::new(),
            Ok((pack, warnings)) => {
                let slot = rules.and_then(|(files, _)| files.vacancy(id)).map(Slot::get);
                let published = is_published(&pack, slot.as_ref().and_then(|file| file.value.as_ref()));
                let warnings = warnings.into_iter().map(|warning| if published { hardened(warning) } else { warning });
                warnings.chain(self.check_translations(&pack)).collect()
            }
            Err(faults) => faults,
        };
        PackFindings { fails, faults, words }
    }

    /// What the rules find in a profile or vacancy that was posted, and in its pack if there is one.
    pub(super) fn posted_words(&self, file: &PostedFile, organisation: &str, pack: Option<&Pack>, day: &str) -> Vec<Diagnostic> {
        let library = match self.library() {
            Ok(library) => library,
            Err(faults) => return faults,
        };
        let (Some((files, checks)), Some(node)) = (self.checks(&library, organisation, &mut Vec::new()), file.node()) else { return Vec::new() };
        let vacancy = file.vacancy();
        let profile = profile_of(files, vacancy);
        let found = self.looked_through((files, &checks), node, (vacancy, profile.as_deref()), pack, day);
        capped(waived(found, (node, true), day))
    }

    /// What the rules find in the own files of a pack, and in the pack.
    fn pack_words(&self, files: &OrganisationFiles, checks: &Checks, id: &PackId, pack: Option<&Pack>, day: &str) -> Vec<Diagnostic> {
        let vacancy = files.vacancy(id).map(Slot::get);
        let own = match &vacancy {
            Some(_) => None,
            None => files.profiles.get(&id.name).map(|slot| slot.get()),
        };
        let node = vacancy.as_ref().and_then(|file| file.node.as_ref()).or(own.as_ref().and_then(|file| file.node.as_ref()));
        let Some(node) = node else { return Vec::new() };
        let profile = profile_of(files, vacancy.as_deref());
        let found = self.looked_through((files, checks), node, (vacancy.as_deref(), profile.as_deref()), pack, day);
        let mut found = waived(found, (node, true), day);
        // What is said of the profile of a vacancy is waived where it stands.
        if let Some(node) = profile.as_ref().and_then(|file| file.node.as_ref()) {
            let (of_profile, others) = found.into_iter().partition(|finding: &Diagnostic| finding.file() == Some(node.span.file.path.as_str()));
            found = others;
            found.extend(waived_quietly(of_profile, (node, true), day));
        }
        found
    }

    /// What the rules find in a file, and in its pack if there is one.
    ///
    /// - vacancy: if the file is one, with its profile
    fn looked_through(
        &self,
        (files, checks): (&OrganisationFiles, &Checks),
        node: &Node,
        (vacancy, profile): (Option<&Checked<Vacancy>>, Option<&Checked<()>>),
        pack: Option<&Pack>,
        day: &str,
    ) -> Vec<Diagnostic> {
        let others: Vec<&Node> = others(files).into_iter().chain(profile.and_then(|file| file.node.as_ref())).collect();
        let mut found = checks.words(node, if vacancy.is_some() { Kind::Vacancy } else { Kind::Profile }, &others);
        let vacancy = vacancy.and_then(|file| Some((file.value.as_ref()?, file.node.as_ref()?)));
        let subject = pack.and_then(|pack| self.subject(files, pack, vacancy, day));
        found.extend(subject.map(|subject| checks.pack(subject)).unwrap_or_default());
        found
    }

    /// The errors that keep a published pack from being built; none of a draft. What they go by is an input of the pack.
    ///
    /// - warnings: what was found when it was put together
    pub(super) fn refusals(&self, files: &OrganisationFiles, pack: &mut Pack, warnings: &[Diagnostic]) -> Vec<Diagnostic> {
        let slot = files.vacancy(&pack.id).map(Slot::get);
        let vacancy = slot.as_ref().and_then(|file| Some((file.value.as_ref()?, file.node.as_ref()?)));
        if !is_published(pack, vacancy.map(|(vacancy, _)| vacancy)) {
            return Vec::new();
        }
        pack.inputs.read(&self.project().files, check::files_of_errors());
        let said = files.frameworks.values().flat_map(|file| &file.said).chain(&files.organisation.said);
        said.for_each(|(name, digest)| pack.inputs.add(name.as_str(), Some(*digest)));
        pack.inputs.read(&self.project().files, [format!("profiles/{}/frameworks/", files.id)]);
        let library = match self.library() {
            Ok(library) => library,
            Err(faults) => return faults,
        };
        let pack = &*pack;
        let Some((_, checks)) = self.checks(&library, &files.id, &mut Vec::new()) else { return Vec::new() };
        // The day of the words, so that the same words are refused on any day.
        let Some(subject) = self.subject(files, pack, vacancy, &pack.date) else { return Vec::new() };
        let mut found = checks.errors(subject);
        found.extend(warnings.iter().filter(|warning| warning.code == BRACES).cloned().map(hardened));
        if found.is_empty() {
            return found;
        }
        let files = pack.sources.iter().filter(|file| file.path.starts_with("profiles/"));
        for node in files.filter_map(|file| source::read(file, Layer::Profile).ok()) {
            let is_own = [&pack.tree.span.file.path, vacancy.map_or(&pack.tree.span.file.path, |(_, node)| &node.span.file.path)].contains(&&node.span.file.path);
            found = waived_quietly(found, (&node, is_own), &pack.date);
        }
        capped(once(found).into_iter().map(|finding| finding.while_doing("checking the words of a published pack")).collect())
    }

    fn subject<'a>(
        &self,
        files: &'a OrganisationFiles,
        pack: &'a Pack,
        vacancy: Option<(&'a Vacancy, &'a Node)>,
        day: &'a str,
    ) -> Option<Subject<'a>> {
        let organisation = (files.organisation.value.as_ref()?, files.organisation.node.as_ref()?);
        let frameworks = files.frameworks.values().filter_map(|file| file.node.as_ref()).collect();
        Some(Subject { pack, organisation, vacancy, frameworks, day })
    }

    /// The rules of an organisation, and warnings about what it adds to them.
    fn checks(&self, library: &Arc<Library>, organisation: &str, found: &mut Vec<Diagnostic>) -> Option<Rules<'_>> {
        let files = self.project().organisation(organisation)?;
        let (value, node) = (files.organisation.value.as_ref()?, files.organisation.node.as_ref()?);
        let (checks, warnings) = library.of(value, node, &files.language);
        found.extend(warnings);
        Some((files, checks))
    }
}

/// Code of what is found where a placeholder is printed with its braces: in a draft it may be filled yet.
const BRACES: &str = "undeclared-placeholder";

/// The same finding, of what is published.
fn hardened(finding: Diagnostic) -> Diagnostic {
    if finding.code == BRACES { Diagnostic { severity: Severity::Error, ..finding } } else { finding }
}

/// Whether a pack goes out; a vacancy that says nothing goes out as its profile does.
fn is_published(pack: &Pack, vacancy: Option<&Vacancy>) -> bool {
    vacancy.and_then(|vacancy| vacancy.status).unwrap_or(pack.profile.status) == Status::Published && !pack.draft
}

/// The same findings without those that a file waives, where what is wrong with the waivers themselves is told elsewhere.
fn waived_quietly(found: Vec<Diagnostic>, file: (&Node, bool), day: &str) -> Vec<Diagnostic> {
    waived(found, file, day).into_iter().filter(|finding| !check::is_about_waivers(finding)).collect()
}

/// The profile that a vacancy posts.
fn profile_of(files: &OrganisationFiles, vacancy: Option<&Checked<Vacancy>>) -> Option<Arc<Checked<()>>> {
    Some(files.profiles.get(&vacancy?.value.as_ref()?.profile)?.get())
}

/// What explains abbreviations of all files of an organisation.
fn others(files: &OrganisationFiles) -> Vec<&Node> {
    files.organisation.node.as_ref().and_then(|node| node.get("defaults")).into_iter().collect()
}
