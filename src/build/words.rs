//! What the rules find in the words of packs, and what keeps a published one from being built.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::builder::Builder;
use super::options::Options;
use crate::check::{self, Checks, Library, Subject, waived};
use crate::diagnostic::{Diagnostic, capped, once};
use crate::pack::Pack;
use crate::profile::{Kind, Status, Vacancy};
use crate::project::{Checked, OrganisationFiles, PackId, PackKind, PostedFile};
use crate::source::{self, Layer, Node, primary};

/// Findings in what packs of an organisation share.
type ByOrganisation = BTreeMap<String, Vec<Diagnostic>>;

/// Findings in packs and their own files.
type ByPack = BTreeMap<PackId, Vec<Diagnostic>>;

impl Builder {
    /// What the rules find in the words of these packs, each once: in their own files, in those that packs of an organisation share,
    /// and in each pack as a whole. Words of other languages than English are not looked at.
    ///
    /// - day: the day that they are judged for: YYYY-MM-DD
    pub fn check_words(&self, packs: &[PackId], day: &str) -> Vec<Diagnostic> {
        let (shared, own) = match self.words_of(packs, day) {
            Ok(found) => found,
            Err(faults) => return faults,
        };
        once(shared.into_values().chain(own.into_values()).flatten().collect())
    }

    /// The same, by organisation what its packs share, and by pack.
    ///
    /// # Errors
    /// Faults of the words and figures of the rules.
    pub fn words_of(&self, packs: &[PackId], day: &str) -> Result<(ByOrganisation, ByPack), Vec<Diagnostic>> {
        let library = self.library()?;
        let mut of: BTreeMap<&str, Vec<&PackId>> = BTreeMap::new();
        packs.iter().for_each(|id| of.entry(&id.organisation).or_default().push(id));
        let (mut by_organisation, mut by_pack) = (BTreeMap::new(), BTreeMap::new());
        for (organisation, packs) in of {
            let mut found = Vec::new();
            if let Some((files, checks)) = self.checks(&library, organisation, &mut found) {
                // Read before the packs are: of two that make it at once, one would wait for the other for ever.
                self.is_ready(organisation, &Options::default());
                let shared = [(files.organisation.node.as_ref(), Kind::Organisation)].into_iter();
                let frameworks = files.frameworks.values().map(|file| (file.node.as_ref(), Kind::Framework));
                for (node, kind) in shared.chain(frameworks).filter_map(|(node, kind)| Some((node?, kind))) {
                    found.extend(capped(waived(checks.words(node, kind, &others(files)), (node, false), day)));
                }
                let profiles: Vec<_> = packs.iter().filter_map(|id| Some(files.profiles.get(&id.name)?.get())).collect();
                let nodes: Vec<&Node> = profiles.iter().filter_map(|file| file.node.as_ref()).collect();
                let mut drift = checks.estate(&nodes);
                for node in &nodes {
                    drift = waived(drift, (node, false), day).into_iter().filter(|finding| !check::is_about_waivers(finding)).collect();
                }
                found.extend(capped(drift));
                let each = packs.par_iter().map(|id| (PackId::clone(id), capped(self.pack_words(files, &checks, id, day))));
                by_pack.extend(each.collect::<Vec<_>>());
            }
            by_organisation.insert(organisation.to_owned(), found);
        }
        Ok((by_organisation, by_pack))
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
    fn pack_words(&self, files: &OrganisationFiles, checks: &Checks, id: &PackId, day: &str) -> Vec<Diagnostic> {
        let vacancy = files.vacancies.get(&id.name).filter(|_| id.kind == PackKind::Vacancy).map(|slot| slot.get());
        let own = match &vacancy {
            Some(_) => None,
            None => files.profiles.get(&id.name).map(|slot| slot.get()),
        };
        let node = vacancy.as_ref().and_then(|file| file.node.as_ref()).or(own.as_ref().and_then(|file| file.node.as_ref()));
        let Some(node) = node else { return Vec::new() };
        let profile = profile_of(files, vacancy.as_deref());
        let pack = self.assemble(id, &Options::default()).ok().map(|(pack, _)| pack);
        let found = self.looked_through((files, checks), node, (vacancy.as_deref(), profile.as_deref()), pack.as_ref(), day);
        let mut found = waived(found, (node, true), day);
        // What is said of the profile of a vacancy is waived where it stands.
        if let Some(node) = profile.as_ref().and_then(|file| file.node.as_ref()) {
            let (of_profile, others) = found.into_iter().partition(|finding: &Diagnostic| finding.file() == Some(node.span.file.path.as_str()));
            found = others;
            found.extend(waived(of_profile, (node, true), day).into_iter().filter(|finding| !check::is_about_waivers(finding)));
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
    pub(super) fn refusals(&self, files: &OrganisationFiles, pack: &mut Pack) -> Vec<Diagnostic> {
        let slot = files.vacancies.get(&pack.id.name).filter(|_| pack.id.kind == PackKind::Vacancy).map(|slot| slot.get());
        let vacancy = slot.as_ref().and_then(|file| Some((file.value.as_ref()?, file.node.as_ref()?)));
        // A vacancy that says nothing goes out as its profile does.
        let status = vacancy.and_then(|(vacancy, _)| vacancy.status).unwrap_or(pack.profile.status);
        if status != Status::Published || pack.draft {
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
        if found.is_empty() {
            return found;
        }
        let files = pack.sources.iter().filter(|file| file.path.starts_with("profiles/"));
        for node in files.filter_map(|file| source::read(file, Layer::Profile).ok()) {
            let is_own = [&pack.tree.span.file.path, vacancy.map_or(&pack.tree.span.file.path, |(_, node)| &node.span.file.path)].contains(&&node.span.file.path);
            found = waived(found, (&node, is_own), &pack.date).into_iter().filter(|finding| !check::is_about_waivers(finding)).collect();
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

    /// The rules of an organisation that writes English, and warnings about what it adds to them.
    fn checks(&self, library: &Arc<Library>, organisation: &str, found: &mut Vec<Diagnostic>) -> Option<(&OrganisationFiles, Checks)> {
        let files = self.project().organisation(organisation)?;
        let (value, node) = (files.organisation.value.as_ref()?, files.organisation.node.as_ref()?);
        let (checks, warnings) = library.of(value, node);
        found.extend(warnings);
        (primary(&files.language) == "en").then_some((files, checks))
    }
}

/// The profile that a vacancy posts.
fn profile_of(files: &OrganisationFiles, vacancy: Option<&Checked<Vacancy>>) -> Option<Arc<Checked<()>>> {
    Some(files.profiles.get(&vacancy?.value.as_ref()?.profile)?.get())
}

/// What explains abbreviations of all files of an organisation.
fn others(files: &OrganisationFiles) -> Vec<&Node> {
    files.organisation.node.as_ref().and_then(|node| node.get("defaults")).into_iter().collect()
}
