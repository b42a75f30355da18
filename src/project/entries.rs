//! The files of one organisation, each read, checked and typed on its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::files::Files;
use crate::diagnostic::{Diagnostic, Severity, SourceText, capped};
use crate::profile::{Framework, Kind, Organisation, Vacancy, schema_of};
use crate::source::{self, Layer, Node};

/// Name of a pack: `organisation/profile` or `organisation/vacancy`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackId {
    /// Folder of the organisation.
    pub organisation: String,
    /// Name of the profile or vacancy.
    pub name: String,
    /// Which of the two.
    pub kind: PackKind,
}

/// What a pack is made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}

/// The language that files are read in: `cy`, and whether it is the organisation's own.
#[derive(Debug, Clone, Copy)]
struct Spoken<'a> {
    language: &'a str,
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
    pub frameworks: BTreeMap<String, Checked<Framework>>,
    /// `<profile>.yaml` by name. A profile is typed after merging, so its value is never set here.
    pub profiles: BTreeMap<String, Checked<()>>,
    /// `vacancies/*.yaml` by name.
    pub vacancies: BTreeMap<String, Checked<Vacancy>>,
}

impl OrganisationFiles {
    /// Reads the files of an organisation in a language, or in its own.
    pub(super) fn load(files: &Files, id: &str, language: Option<&str>) -> Self {
        let folder = format!("profiles/{id}");
        let organisation_path = format!("{folder}/organisation.yaml");
        let tree = files.text(&organisation_path).map_err(|fault| vec![fault]);
        let tree = tree.and_then(|text| source::read(&text, Layer::Organisation));
        let own = tree.as_ref().ok().and_then(|node| node.get("language")?.as_text()).unwrap_or("en-GB").to_owned();
        let own_language = language.is_none_or(|language| source::primary(language) == source::primary(&own));
        let language = language.filter(|_| !own_language).unwrap_or(&own).to_owned();
        let spoken = Spoken { language: &language, own: own_language };
        let organisation = checked(&organisation_path, tree, Kind::Organisation, spoken).typed();
        let reader = Reader { files, spoken };
        let in_folder = |sub: &str| format!("{folder}{sub}");
        let each = |sub: &str| files.stems(&in_folder(sub), "yaml").into_iter().map({
            let base = in_folder(sub);
            move |stem| (format!("{base}/{stem}.yaml"), stem)
        });
        let frameworks = each("/frameworks")
            .map(|(path, stem)| (stem, reader.read(&path, Kind::Framework, Layer::Framework).typed()))
            .collect();
        let mut profiles: BTreeMap<String, Checked<()>> = each("")
            .filter(|(_, stem)| stem != "organisation")
            .map(|(path, stem)| (stem, reader.read(&path, Kind::Profile, Layer::Profile)))
            .collect();
        let mut vacancies: BTreeMap<String, Checked<Vacancy>> = each("/vacancies")
            .map(|(path, stem)| (stem, reader.read(&path, Kind::Vacancy, Layer::Vacancy).typed()))
            .collect();
        for (name, profile) in &mut profiles {
            if let Some(vacancy) = vacancies.get(name) {
                profile.faults.push(
                    Diagnostic::error("duplicate-id", format!("profile and vacancy are both called `{name}`"))
                        .in_file(&profile.path)
                        .hint(format!("rename `{}`", vacancy.path)),
                );
            }
        }
        // The zip for the panel of one pack would be the zip for the candidates of the other.
        let names: BTreeSet<String> = profiles.keys().chain(vacancies.keys()).cloned().collect();
        let fault = |path: &str, stem: &str| {
            let fault = Diagnostic::error("duplicate-id", format!("`{stem}-panel.zip` is the name of the panel's zip of `{stem}`"));
            fault.in_file(path).hint("give this file a name that doesn't end in `-panel`")
        };
        for (name, profile) in &mut profiles {
            profile.faults.extend(of_panel(name, &names).map(|stem| fault(&profile.path, stem)));
        }
        for (name, vacancy) in &mut vacancies {
            vacancy.faults.extend(of_panel(name, &names).map(|stem| fault(&vacancy.path, stem)));
        }
        Self { id: id.to_owned(), language, own_language, organisation, frameworks, profiles, vacancies }
    }

    /// Its name, or that of its folder where its file has none that can be read.
    pub fn name(&self) -> &str {
        self.organisation.value.as_ref().map_or(&self.id, |organisation| &organisation.name)
    }

    /// The packs of this organisation, sorted.
    pub fn packs(&self, id: &str) -> Vec<PackId> {
        let pack = |name: &String, kind| PackId { organisation: id.to_owned(), name: name.clone(), kind };
        let profiles = self.profiles.keys().map(|name| pack(name, PackKind::Profile));
        let vacancies = self.vacancies.keys().map(|name| pack(name, PackKind::Vacancy));
        let mut all: Vec<_> = profiles.chain(vacancies).collect();
        all.sort();
        all.dedup_by(|a, b| a.name == b.name);
        all
    }
}

/// The pack whose panel's zip is called as this pack is.
fn of_panel<'a>(name: &'a str, names: &BTreeSet<String>) -> Option<&'a str> {
    name.strip_suffix("-panel").filter(|stem| names.contains(*stem))
}

/// Reads the files of one organisation in one language.
#[derive(Clone, Copy)]
struct Reader<'a> {
    files: &'a Files,
    spoken: Spoken<'a>,
}

impl Reader<'_> {
    /// Reads and checks one file.
    fn read<T>(self, path: &str, kind: Kind, layer: Layer) -> Checked<T> {
        let tree = self.files.text(path).map_err(|fault| vec![fault]).and_then(|text| source::read(&text, layer));
        checked(path, tree, kind, self.spoken)
    }
}

/// Localises and checks one tree, or keeps the reasons why there is none.
fn checked<T>(path: &str, node: Result<Node, Vec<Diagnostic>>, kind: Kind, spoken: Spoken<'_>) -> Checked<T> {
    let path = path.to_owned();
    match node {
        Err(faults) => Checked { path, node: None, value: None, faults: capped(faults), warnings: Vec::new() },
        Ok(mut node) => {
            let found = source::localise(&mut node, spoken.language, spoken.own);
            let (mut faults, warnings): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|fault| fault.severity == Severity::Error);
            faults.extend(check_kind(&node, kind));
            Checked { path, node: Some(node), value: None, faults: capped(faults), warnings }
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
        let language = organisation.map_or("en-GB", |organisation| organisation.language.as_str());
        let spoken = Spoken { language, own: organisation.is_none_or(|organisation| organisation.own_language) };
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
    fn typed(mut self) -> Self {
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
