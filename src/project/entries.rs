//! The files of one organisation, each read, checked and typed on its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::digest::Said;
use super::files::Files;
use super::slot::{Shelf, Slot};
use crate::diagnostic::{Diagnostic, Severity, SourceText, capped};
use crate::profile::{Framework, Kind, Organisation, Vacancy, schema_of};
use crate::source::{self, Layer, Node};

/// Name of a pack: `organisation/profile` or `organisation/vacancy`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PackId {
    /// Folder of the organisation.
    pub organisation: String,
    /// Name of the profile or vacancy.
    pub name: String,
    /// Which of the two.
    pub kind: PackKind,
}

/// What a pack is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PackKind {
    /// A profile alone.
    Profile,
    /// A vacancy and its profile.
    Vacancy,
}

impl fmt::Display for PackId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.organisation, self.name)
    }
}

/// A file with what could be made of it.
#[derive(Debug)]
pub struct Checked<T> {
    /// Path relative to the project.
    pub path: String,
    /// The tree, unless the file isn't YAML.
    pub node: Option<Node>,
    /// The typed value, if there is no fault.
    pub value: Option<T>,
    /// What is wrong with the file on its own.
    pub faults: Vec<Diagnostic>,
    /// What does not stop it.
    pub warnings: Vec<Diagnostic>,
    /// What it says, if it is a file of the project that can be read.
    pub said: Said,
}

/// The language that files are read in: `cy`, and whether it is the organisation's own.
#[derive(Debug, Clone)]
pub(super) struct Spoken {
    language: String,
    own: bool,
}

/// The files of one organisation.
#[derive(Debug)]
pub struct OrganisationFiles {
    /// Name of its folder.
    pub id: String,
    /// Language that its files were read in (BCP 47): its own, or the one that was asked for.
    pub language: String,
    /// Whether that is its own.
    pub own_language: bool,
    /// `organisation.yaml`.
    pub organisation: Checked<Organisation>,
    /// `frameworks/*.yaml` by name.
    pub frameworks: BTreeMap<String, Arc<Checked<Framework>>>,
    /// `<profile>.yaml` by name. A profile is typed after merging, so its value is never set here.
    pub profiles: BTreeMap<String, Slot<()>>,
    /// `vacancies/*.yaml` by name.
    pub vacancies: BTreeMap<String, Slot<Vacancy>>,
    names: Names,
}

impl OrganisationFiles {
    /// The vacancy that a pack is of, if it is of one: a profile may be called the same.
    pub fn vacancy(&self, id: &PackId) -> Option<&Slot<Vacancy>> {
        self.vacancies.get(&id.name).filter(|_| id.kind == PackKind::Vacancy)
    }

    /// The path of a pack's own file.
    pub fn own_path(&self, id: &PackId) -> Option<&str> {
        self.vacancy(id).map(Slot::path).or_else(|| self.profiles.get(&id.name).map(Slot::path))
    }

    /// Reads the file and the frameworks of an organisation in a language, or in its own; profiles and vacancies when they are
    /// asked for.
    pub(super) fn load(files: &Arc<Files>, id: &str, names: &Names, language: Option<&str>) -> Self {
        let folder = format!("profiles/{id}");
        let organisation_path = format!("{folder}/organisation.yaml");
        let text = files.text(&organisation_path).map_err(|fault| vec![fault]);
        let said = text.is_ok().then(|| files.reading(&organisation_path)).flatten();
        let tree = text.and_then(|text| source::read(&text, Layer::Organisation));
        let own = tree.as_ref().ok().and_then(|node| node.get("language")?.as_text()).unwrap_or("en-GB").to_owned();
        let own_language = language.is_none_or(|language| source::primary(language) == source::primary(&own));
        let language = language.filter(|_| !own_language).unwrap_or(&own).to_owned();
        let spoken = Spoken { language: language.clone(), own: own_language };
        let mut organisation = checked(&organisation_path, tree, Kind::Organisation, &spoken).typed();
        organisation.said = said.map(|reading| reading.said.clone()).unwrap_or_default();
        let shelf = Arc::new(Shelf { files: Arc::clone(files), spoken, kept: Mutex::default() });
        let frameworks = files.stems(&format!("{folder}/frameworks"), "yaml").into_iter().map(|stem| {
            let framework: Slot<Framework> =
                Slot::new(format!("{folder}/frameworks/{stem}.yaml"), (Kind::Framework, Layer::Framework), Checked::typed, &shelf);
            (stem, framework.get())
        });
        let frameworks = frameworks.collect();
        let slot = |stem: &String| {
            let slot = Slot::new(format!("{folder}/{stem}.yaml"), (Kind::Profile, Layer::Profile), |file| file, &shelf);
            (stem.clone(), slot)
        };
        let mut profiles: BTreeMap<String, Slot<()>> = names.profiles.iter().map(slot).collect();
        let slot = |stem: &String| {
            let slot = Slot::new(format!("{folder}/vacancies/{stem}.yaml"), (Kind::Vacancy, Layer::Vacancy), Checked::typed, &shelf);
            (stem.clone(), slot)
        };
        let mut vacancies: BTreeMap<String, Slot<Vacancy>> = names.vacancies.iter().map(slot).collect();
        for (name, profile) in &mut profiles {
            if let Some(vacancy) = vacancies.get(name) {
                let fault = Diagnostic::error("duplicate-id", format!("profile and vacancy are both called `{name}`"));
                let fault = fault.in_file(profile.path()).hint(format!("rename `{}`", vacancy.path()));
                profile.clashes.push(fault);
            }
        }
        // The zip for the panel of one pack would be the zip for the candidates of the other.
        let all: BTreeSet<String> = profiles.keys().chain(vacancies.keys()).cloned().collect();
        let fault = |path: &str, stem: &str| {
            let fault = Diagnostic::error("duplicate-id", format!("`{stem}-panel.zip` is the name of the panel's zip of `{stem}`"));
            fault.in_file(path).hint("give this file a name that doesn't end in `-panel`")
        };
        for (name, profile) in &mut profiles {
            profile.clashes.extend(of_panel(name, &all).map(|stem| fault(profile.path(), stem)));
        }
        for (name, vacancy) in &mut vacancies {
            vacancy.clashes.extend(of_panel(name, &all).map(|stem| fault(vacancy.path(), stem)));
        }
        Self { id: id.to_owned(), language, own_language, organisation, frameworks, profiles, vacancies, names: names.clone() }
    }

    /// Its name, or that of its folder where its file has none that can be read.
    pub fn name(&self) -> &str {
        self.organisation.value.as_ref().map_or(&self.id, |organisation| &organisation.name)
    }

    /// The packs of this organisation, sorted.
    pub fn packs(&self, id: &str) -> Vec<PackId> {
        self.names.packs(id)
    }
}

/// Names of the profiles and vacancies of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    pub profiles: BTreeSet<String>,
    pub vacancies: BTreeSet<String>,
}

impl Names {
    pub(super) fn of(files: &Files, id: &str) -> Self {
        let mut profiles = files.stems(&format!("profiles/{id}"), "yaml");
        profiles.remove("organisation");
        Self { profiles, vacancies: files.stems(&format!("profiles/{id}/vacancies"), "yaml") }
    }

    /// The packs of these names, sorted. One that is both a profile and a vacancy is the former.
    pub(super) fn packs(&self, id: &str) -> Vec<PackId> {
        let pack = |name: &String, kind| PackId { organisation: id.to_owned(), name: name.clone(), kind };
        let profiles = self.profiles.iter().map(|name| pack(name, PackKind::Profile));
        let vacancies = self.vacancies.difference(&self.profiles).map(|name| pack(name, PackKind::Vacancy));
        let mut all: Vec<_> = profiles.chain(vacancies).collect();
        all.sort();
        all
    }

    /// Whether a pack can't be made because of what it is called.
    pub(super) fn clash(&self, name: &str) -> bool {
        let is_one = |name: &str| self.profiles.contains(name) || self.vacancies.contains(name);
        self.profiles.contains(name) && self.vacancies.contains(name) || name.strip_suffix("-panel").is_some_and(is_one)
    }
}

/// The pack whose panel's zip is called as this pack is.
fn of_panel<'a>(name: &'a str, names: &BTreeSet<String>) -> Option<&'a str> {
    name.strip_suffix("-panel").filter(|stem| names.contains(*stem))
}

/// Localises and checks one tree, or keeps the reasons why there is none.
pub(super) fn checked<T>(path: &str, node: Result<Node, Vec<Diagnostic>>, kind: Kind, spoken: &Spoken) -> Checked<T> {
    let path = path.to_owned();
    match node {
        Err(faults) => Checked { path, node: None, value: None, faults: capped(faults), warnings: Vec::new(), said: Said::new() },
        Ok(mut node) => {
            let found = source::localise(&mut node, &spoken.language, spoken.own);
            let (mut faults, warnings): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|fault| fault.severity == Severity::Error);
            faults.extend(check_kind(&node, kind));
            Checked { path, node: Some(node), value: None, faults: capped(faults), warnings, said: Said::new() }
        }
    }
}

/// Holds a tree against the schema of its kind. A profile that extends another may lack what the other has.
pub(crate) fn check_kind(node: &Node, kind: Kind) -> Vec<Diagnostic> {
    let extends = kind == Kind::Profile && node.get("extends").is_some_and(|base| !base.is_null());
    let mut faults = source::check(node, schema_of(kind), !extends);
    if extends {
        for name in ["kind", "status", "revised_on"].into_iter().filter(|name| node.get(name).is_none()) {
            faults.push(
                Diagnostic::error("missing-field", format!("the field `{name}` is required"))
                    .at(node.span.clone())
                    .hint("it is never taken over from the profile that is extended"),
            );
        }
    }
    faults
}

/// A file that is not one of the project: a profile, or a vacancy of a profile of the project.
#[derive(Debug)]
pub enum PostedFile {
    /// In place of a profile.
    Profile(Checked<()>),
    /// In place of a vacancy.
    Vacancy(Box<Checked<Vacancy>>),
}

impl PostedFile {
    /// Reads and checks a text as a file of its organisation would be, in the language that this is read in. It is what its
    /// `kind` says, and its name is that of `text`.
    pub fn read(text: &Arc<SourceText>, organisation: Option<&OrganisationFiles>) -> Self {
        let language = organisation.map_or("en-GB", |organisation| organisation.language.as_str()).to_owned();
        let spoken = &Spoken { language, own: organisation.is_none_or(|organisation| organisation.own_language) };
        let tree = source::read(text, Layer::Profile);
        let kind = tree.as_ref().ok().and_then(|node| node.get("kind")?.as_text());
        if kind == Some("vacancy") {
            let tree = source::read(text, Layer::Vacancy);
            return Self::Vacancy(Box::new(checked(&text.path, tree, Kind::Vacancy, spoken).typed()));
        }
        Self::Profile(checked(&text.path, tree, Kind::Profile, spoken))
    }

    /// What a pack of it is made from.
    pub fn kind(&self) -> PackKind {
        match self {
            Self::Profile(_) => PackKind::Profile,
            Self::Vacancy(_) => PackKind::Vacancy,
        }
    }

    /// The tree, unless the text isn't YAML.
    pub fn node(&self) -> Option<&Node> {
        match self {
            Self::Profile(file) => file.node.as_ref(),
            Self::Vacancy(file) => file.node.as_ref(),
        }
    }

    /// What is wrong with it on its own.
    pub fn faults(&self) -> &[Diagnostic] {
        match self {
            Self::Profile(file) => &file.faults,
            Self::Vacancy(file) => &file.faults,
        }
    }

    /// The profile, if it is one.
    pub fn profile(&self) -> Option<&Checked<()>> {
        match self {
            Self::Profile(file) => Some(file),
            Self::Vacancy(_) => None,
        }
    }

    /// The vacancy, if it is one.
    pub fn vacancy(&self) -> Option<&Checked<Vacancy>> {
        match self {
            Self::Profile(_) => None,
            Self::Vacancy(file) => Some(file),
        }
    }
}

impl<T: DeserializeOwned> Checked<T> {
    /// Makes the typed value where nothing is wrong.
    pub(super) fn typed(mut self) -> Self {
        if let (Some(node), true) = (&self.node, self.faults.is_empty()) {
            match source::typed::<T>(node) {
                Ok(value) => self.value = Some(value),
                Err(error) => self.faults.push(
                    Diagnostic::error("wrong-type", error.message).at(error.span.unwrap_or_else(|| node.span.clone())),
                ),
            }
        }
        self
    }
}
