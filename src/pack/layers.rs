//! Which layers a pack has, lowest first, and how they become one tree.

use std::sync::Arc;

use super::include::entry;
use super::merge::{merge, sweep};
use crate::diagnostic::{Diagnostic, SourceText, Span, nearest};
use crate::layout::Layout;
use crate::project::{Checked, Digest, Inputs, OrganisationFiles, PackId, PackKind, PostedFile, Project, Slot};
use crate::source::{Layer, Node, Value};

/// Longest chain of profiles that extend each other.
const MAX_EXTENDS: usize = 8;
/// Fields that a profile never takes over from the one that it extends.
const OWN_FIELDS: [&str; 8] = ["kind", "status", "revised_on", "extends", "model", "example", "waivers", "source"];

/// The layers of a pack as one tree.
pub(super) struct Layered {
    pub tree: Node,
    /// The vacancy's file.
    pub vacancy: Option<Node>,
    pub sources: Vec<Arc<SourceText>>,
    pub inputs: Inputs,
    /// What does not stop it: texts that have no translation.
    pub warnings: Vec<Diagnostic>,
}

/// Collects and merges the layers of a pack; what was `posted` stands in place of the file of the pack's name.
///
/// # Errors
/// The faults of every file that takes part, `unknown-profile`, `circular-extends`.
pub(super) fn layered(
    project: &Project,
    organisation: &OrganisationFiles,
    id: &PackId,
    posted: Option<&PostedFile>,
    layout: &Layout,
) -> Result<Layered, Vec<Diagnostic>> {
    let mut faults = organisation.organisation.faults.clone();
    let mut warnings = organisation.organisation.warnings.clone();
    let mut sources = Vec::new();
    let mut inputs = Inputs::default();
    let of_vacancy = posted.and_then(PostedFile::vacancy).is_none().then(|| organisation.vacancies.get(&id.name)).flatten().map(Slot::get);
    let vacancy = match id.kind {
        PackKind::Profile => None,
        PackKind::Vacancy => {
            let file = posted.and_then(PostedFile::vacancy).or(of_vacancy.as_deref());
            said(&mut inputs, file.map_or(&[], |file| &file.said));
            faults.extend(file.map(|file| file.faults.clone()).unwrap_or_default());
            warnings.extend(file.map(|file| file.warnings.clone()).unwrap_or_default());
            file.and_then(|file| file.node.clone())
        }
    };
    let named = match &vacancy {
        Some(vacancy) => vacancy.get("profile").cloned(),
        None => None,
    };
    let name = named.as_ref().and_then(Node::as_text).unwrap_or(&id.name).to_owned();
    let place = named.as_ref().map(|node| node.span.clone());
    let profile = match posted.and_then(PostedFile::profile) {
        Some(posted) => {
            faults.extend(posted.faults.iter().cloned());
            warnings.extend(posted.warnings.iter().cloned());
            posted.node.clone()
        }
        // A vacancy that names no profile has said so already.
        None if id.kind == PackKind::Vacancy && named.is_none() => None,
        None => {
            let read = profile_file(project, organisation, &name, place, (&mut faults, &mut inputs));
            warnings.extend(read.as_ref().map(|file| file.warnings.clone()).unwrap_or_default());
            read.and_then(|file| file.node.clone())
        }
    };
    let mut chain = Vec::new();
    if let Some(profile) = &profile {
        extended(project, organisation, profile, &mut chain, (&mut faults, &mut inputs));
    }
    let (Some(profile), true) = (profile, faults.is_empty()) else { return Err(faults) };
    let mut tree = Node::new(Value::Map(crate::source::Map::default()), profile.span.clone(), Layer::Layout);
    let mut add = |layer: Option<&Node>| {
        if let Some(layer) = layer {
            sources.push(Arc::clone(&layer.span.file));
            let lower = std::mem::replace(&mut tree, Node::new(Value::Null, profile.span.clone(), Layer::Layout));
            tree = merge(lower, layer.clone());
        }
    };
    let mut labels = Node::new(Value::Map(crate::source::Map::default()), layout.labels.span.clone(), Layer::Layout);
    if let Value::Map(map) = &mut labels.value {
        map.entries.push(entry("labels", layout.labels.clone()));
    }
    add(Some(&labels));
    add(layout.defaults.as_ref());
    let organisation_node = organisation.organisation.node.as_ref();
    add(organisation_node.and_then(|node| node.get("defaults")));
    for base in chain.iter().rev() {
        add(Some(base));
    }
    add(Some(&profile));
    add(vacancy.as_ref().and_then(|vacancy| vacancy.get("overrides")));
    sources.extend(organisation_node.map(|node| Arc::clone(&node.span.file)));
    sources.extend(vacancy.iter().map(|node| Arc::clone(&node.span.file)));
    // Of the file itself, not of the clauses that are not used.
    said(&mut inputs, organisation.organisation.said.get(..1).unwrap_or_default());
    tree.span = profile.span.clone();
    sweep(&mut tree);
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources.dedup_by(|a, b| a.path == b.path);
    Ok(Layered { tree, vacancy, sources, inputs, warnings })
}

fn said(inputs: &mut Inputs, said: &[(String, Digest)]) {
    said.iter().for_each(|(name, digest)| inputs.add(name.as_str(), Some(*digest)));
}

fn profile_file(
    project: &Project,
    organisation: &OrganisationFiles,
    name: &str,
    place: Option<Span>,
    (faults, inputs): (&mut Vec<Diagnostic>, &mut Inputs),
) -> Option<Arc<Checked<()>>> {
    let given = name;
    let (of, name) = match name.split_once('/') {
        Some((other, name)) => (project.organisation(other), name),
        None => (Some(organisation), name),
    };
    match of.and_then(|of| of.profiles.get(name)) {
        Some(file) => {
            let file = file.get();
            faults.extend(file.faults.iter().cloned());
            said(inputs, &file.said);
            // It is read in the language of its own organisation.
            said(inputs, of.and_then(|of| of.organisation.said.get(..1)).unwrap_or_default());
            Some(file)
        }
        None => {
            let mut fault = Diagnostic::error("unknown-profile", format!("there is no profile `{given}`"));
            let known = of.map(|of| of.profiles.keys().map(String::as_str).collect::<Vec<_>>()).unwrap_or_default();
            fault = match nearest(name, known.iter().copied()) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None if of.is_none() => fault.hint("there is no such organisation"),
                None => fault.hint(format!("profiles: {}", known.join(", "))),
            };
            faults.push(match place {
                Some(place) => fault.at(place),
                None => fault,
            });
            None
        }
    }
}

/// The profiles that `profile` extends, nearest first.
fn extended(
    project: &Project,
    organisation: &OrganisationFiles,
    profile: &Node,
    chain: &mut Vec<Node>,
    (faults, inputs): (&mut Vec<Diagnostic>, &mut Inputs),
) {
    let mut seen = vec![profile.span.file.path.clone()];
    let mut at = profile.clone();
    let mut home = organisation;
    while let Some(base) = at.get("extends").filter(|base| !base.is_null()) {
        let name = base.as_text().unwrap_or_default();
        if let Some(other) = name.split_once('/').and_then(|(other, _)| project.organisation(other)) {
            home = other;
        }
        let short = name.split_once('/').map_or(name, |(_, short)| short);
        let known_other = name.split_once('/').is_none_or(|(other, _)| project.organisation(other).is_some());
        let lookup = if known_other { short } else { name };
        let file = profile_file(project, home, lookup, Some(base.span.clone()), (&mut *faults, &mut *inputs));
        let Some(mut node) = file.and_then(|file| file.node.clone()) else { return };
        if seen.contains(&node.span.file.path) {
            let fault = Diagnostic::error("circular-extends", "profiles extend each other in a circle");
            faults.push(fault.at(base.span.clone()).hint("one of them must stand on its own"));
            return;
        }
        if seen.len() > MAX_EXTENDS {
            let message = format!("more than {MAX_EXTENDS} profiles extend each other in a row");
            let fault = Diagnostic::error("extends-too-long", message);
            faults.push(fault.at(base.span.clone()).hint("extend a profile that is nearer to the first"));
            return;
        }
        seen.push(node.span.file.path.clone());
        let next = node.clone();
        if let Value::Map(map) = &mut node.value {
            map.entries.retain(|entry| !OWN_FIELDS.contains(&entry.key.as_str()));
        }
        node.transform(&mut |node| node.layer = Layer::Base);
        chain.push(node);
        at = next;
    }
}
