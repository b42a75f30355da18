//! The steps from the files of a project to a [`Pack`].

use super::blocks::Writer;
use super::include::{ClauseSource, Used};
use super::layers::layered;
use super::parts::parts;
use super::words::{values, words};
use super::{Pack, PartView, characters, pay, styles};
use crate::diagnostic::{Diagnostic, Found, Severity, nearest};
use crate::layout::Layout;
use crate::profile::{Framework, Kind, Profile, Status, schema_of};
use crate::project::{Checked, OrganisationFiles, PackId, PostedFile, Project, Slot};
use crate::source::{self, Node};
use crate::wording::{View, Wording};

/// What a pack is made from.
#[derive(Clone, Copy)]
pub struct Assembly<'a> {
    /// The project.
    pub project: &'a Project,
    /// The organisation of the pack.
    pub organisation: &'a OrganisationFiles,
    /// A profile or vacancy in place of the file of the pack's name.
    pub posted: Option<&'a PostedFile>,
    /// Its layout.
    pub layout: &'a Layout,
    /// The organisation's clauses.
    pub clauses: &'a Wording,
    /// Whether some font of the brand has a character.
    pub printable: &'a dyn Fn(char) -> bool,
    /// Whether the layout has a style of this name.
    pub styled: &'a dyn Fn(&str) -> bool,
}

/// Merges, words and checks one pack.
///
/// # Errors
/// Every fault of the files that take part and of the merged result.
pub fn assemble(assembly: Assembly<'_>, id: &PackId) -> Found<Pack> {
    let Assembly { project, organisation: files, posted, layout, clauses, printable, styled } = assembly;
    let layered = layered(project, files, id, posted, layout)?;
    let mut tree = layered.tree;
    let mut faults = layered.warnings;
    faults.extend(source::check(&tree, schema_of(Kind::Profile), true));
    let Some(organisation) = &files.organisation.value else { return Err(faults) };
    let (mut sources, mut inputs) = (layered.sources, layered.inputs);
    let framework = framework(files, &tree, &mut faults).map(|file| {
        file.said.iter().for_each(|(name, digest)| inputs.add(name.as_str(), Some(*digest)));
        &file.node
    });
    let framework = framework.and_then(Option::as_ref);
    sources.extend(framework.map(|framework| std::sync::Arc::clone(&framework.span.file)));
    faults.extend(layered.vacancy.iter().flat_map(pay::check));
    if has_errors(&faults) {
        return Err(faults);
    }
    let profile: Profile = match source::typed(&tree) {
        Ok(profile) => profile,
        Err(error) => {
            let span = error.span.unwrap_or_else(|| tree.span.clone());
            return Err(vec![Diagnostic::error("wrong-type", error.message).at(span)]);
        }
    };
    let own_vacancy = files.vacancies.get(&id.name).map(Slot::get);
    let vacancy = posted.and_then(PostedFile::vacancy).or(own_vacancy.as_deref());
    let vacancy = vacancy.and_then(|file| file.value.as_ref()).filter(|_| layered.vacancy.is_some());
    let (values, found) = values(&profile, &tree);
    faults.extend(found);
    let words = words(organisation, &profile, vacancy, &values);
    let tera = serde_json::to_value(&words)
        .map_err(|error| vec![Diagnostic::error("invalid-view", error.to_string())])
        .and_then(|json| View::new(&json))?;
    let own = files.organisation.node.as_ref().and_then(|node| node.get("clauses"));
    let used = Used::default();
    let source = ClauseSource { clauses: own, wording: clauses, printable, used: &used };
    let mut clauses = source.worded_for(&tera);
    clauses.resolve(&mut tree);
    let labels = profile.labels.clone();
    let mut advert = layered.vacancy.as_ref().and_then(|vacancy| vacancy.get("advert")).cloned();
    if let Some(advert) = &mut advert {
        clauses.resolve(advert);
    }
    let mut writer = Writer { pack: &tree, values: &values, labels: &labels, faults: Vec::new() };
    let mut views = parts(&mut writer, &mut clauses, framework);
    if let Some(advert) = &advert {
        let blocks = writer.blocks(Some(advert));
        views.insert("advert".to_owned(), PartView { masthead: Vec::new(), title: Vec::new(), blocks });
    }
    for node in [Some(&tree), framework, layered.vacancy.as_ref()].into_iter().flatten() {
        characters::check("", node, printable, &mut writer.faults);
        styles::check(node, styled, &mut writer.faults);
    }
    for name in ["name", "short_name"] {
        let named = files.organisation.node.as_ref().and_then(|node| node.get(name));
        named.into_iter().for_each(|node| characters::check(name, node, printable, &mut writer.faults));
    }
    layout.titles.iter().for_each(|title| characters::check("title", title, printable, &mut writer.faults));
    faults.append(&mut writer.faults);
    faults.append(&mut clauses.faults);
    inputs.extend(&used.inputs(&files.organisation.said));
    let status = vacancy.and_then(|vacancy| vacancy.status);
    let draft = [Some(profile.status), status].contains(&Some(Status::Draft));
    let example = profile.example || organisation.example || vacancy.is_some_and(|vacancy| vacancy.example);
    let date = latest(&profile, vacancy.map(|vacancy| vacancy.revised_on.as_str()));
    let language = files.language.clone();
    if has_errors(&faults) {
        return Err(faults);
    }
    let pack = Pack {
        id: id.clone(),
        tree,
        words,
        tera,
        values,
        labels,
        language,
        date,
        parts: views,
        draft,
        example,
        sources,
        inputs,
        profile,
    };
    Ok((pack, faults))
}

fn has_errors(faults: &[Diagnostic]) -> bool {
    faults.iter().any(|fault| fault.severity == Severity::Error)
}

/// The framework that a pack chooses competencies from.
fn framework<'a>(files: &'a OrganisationFiles, tree: &Node, faults: &mut Vec<Diagnostic>) -> Option<&'a Checked<Framework>> {
    let name = tree.get("competencies")?.get("framework")?;
    let given = name.as_text()?;
    match files.frameworks.get(given) {
        Some(file) => {
            faults.extend(file.faults.iter().cloned());
            Some(file)
        }
        None => {
            let known: Vec<&str> = files.frameworks.keys().map(String::as_str).collect();
            let fault = Diagnostic::error("unknown-framework", format!("there is no framework `{given}`")).at(name.span.clone());
            faults.push(match nearest(given, known.iter().copied()) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault.hint("a framework is a file under the organisation's `frameworks/`"),
            });
            None
        }
    }
}

/// The latest date among the inputs' own fields; ISO 8601 dates sort as text.
fn latest(profile: &Profile, vacancy: Option<&str>) -> String {
    vacancy.into_iter().chain([profile.revised_on.as_str()]).max().unwrap_or_default().to_owned()
}

impl Pack {
    /// The part of this name.
    pub fn part(&self, name: &str) -> Option<&PartView> {
        self.parts.get(name)
    }
}
