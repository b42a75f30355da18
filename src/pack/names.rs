//! Names in the files of an organisation that nothing uses: a clause that nothing prints and a label that nothing looks
//! up are misspelt most of the time, and no document shows it.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::layout::{self, Layout};
use crate::profile::{Kind, schema_of};
use crate::project::{Mentions, OrganisationFiles, Project, refers};
use crate::source::{self, Layer, Node};

/// Warnings for the clauses of an organisation and for the labels in its files; `layout` is its own.
pub fn check_names(project: &Project, organisation: &OrganisationFiles, layout: &Layout) -> Vec<Diagnostic> {
    // A file that can't be read may name anything.
    let (Some(own), Some(named)) = (&organisation.organisation.node, named(project, organisation)) else { return Vec::new() };
    let mut found = clauses(project, own, &named);
    found.extend(near_clauses(own, layout));
    found.extend(labels(project, layout, &named));
    found
}

/// What the files name that packs of an organisation may be made from: its own, and the profiles of organisations that it
/// extends one of. None if one of them can't be read: it may name anything.
fn named(project: &Project, organisation: &OrganisationFiles) -> Option<Mentions> {
    let mut named = Mentions::of(organisation.organisation.node.as_ref()?, "defaults.labels");
    let mut add = |names: &Mentions, is_own: bool| {
        named.clauses.extend(names.clauses.iter().cloned());
        named.facts.extend(names.facts.iter().cloned());
        named.labels.extend(names.labels.iter().filter(|_| is_own).cloned());
    };
    for vacancy in organisation.vacancies.values() {
        add(vacancy.mentions()?, true);
    }
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![organisation]);
    while let Some(home) = waiting.pop() {
        if !seen.insert(&home.id) {
            continue;
        }
        for profile in home.profiles.values() {
            let names = profile.mentions()?;
            add(names, home.id == organisation.id);
            waiting.extend(names.extends.as_deref().and_then(|base| project.organisation(base.split_once('/')?.0)));
        }
    }
    project.faults.is_empty().then_some(named)
}

/// A warning for each clause that no layout, part or `include` names.
fn clauses(project: &Project, own: &Node, named: &Mentions) -> Vec<Diagnostic> {
    let mut used = named.clauses.clone();
    // A pack may be built with any layout.
    for name in layout::names(&project.files) {
        let text = project.files.text(&format!("templates/{name}/layout.yaml")).ok();
        if let Some(node) = text.and_then(|text| source::read(&text, Layer::Layout).ok()) {
            node.walk("", &mut |path, node| used.extend(node.as_text().filter(|_| refers(path)).map(str::to_owned)));
        }
    }
    let all = own.get("clauses").and_then(Node::as_map).map(|clauses| clauses.entries.as_slice()).unwrap_or_default();
    let free: Vec<&str> = used.iter().map(String::as_str).filter(|name| !all.iter().any(|entry| entry.key == *name)).collect();
    let unused = all.iter().filter(|entry| !used.contains(&entry.key)).map(|entry| {
        let fault = Diagnostic::warning("unused-clause", format!("nothing prints the clause `{}`", entry.key));
        let fault = fault.at(entry.key_span.clone()).field(format!("clauses.{}", entry.key));
        match nearest(&entry.key, free.iter().copied()) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint("name it under `sections` of a part, or with `include`; the layout prints clauses of its own names"),
        }
    });
    unused.collect()
}

/// A warning for each clause that the layout asks for in vain, where the organisation has one of nearly that name which
/// the layout doesn't ask for: the page or section is left out without a word.
fn near_clauses(own: &Node, layout: &Layout) -> Vec<Diagnostic> {
    let has: Vec<&str> = own.get("clauses").and_then(Node::as_map).into_iter().flat_map(|clauses| clauses.keys()).collect();
    let asked = layout.clauses();
    let free: Vec<&str> = has.iter().copied().filter(|name| !asked.iter().any(|(clause, _)| clause == name)).collect();
    let lost = asked.iter().filter(|(clause, _)| !has.contains(clause));
    let warning = |(clause, place): &(&str, Span)| {
        let near = nearest(clause, free.iter().copied())?;
        let fault = Diagnostic::warning("unknown-clause", format!("the organisation has no clause `{clause}`, and nothing is printed for it"));
        Some(fault.at(place.clone()).hint(format!("did you mean `{near}`?")))
    };
    lost.filter_map(warning).collect()
}

/// A warning for each label that nothing looks up.
fn labels(project: &Project, layout: &Layout, named: &Mentions) -> Vec<Diagnostic> {
    let keys = |node: Option<&Node>| -> BTreeSet<String> {
        node.and_then(Node::as_map).into_iter().flat_map(|map| map.keys()).map(str::to_owned).collect()
    };
    let pages = layout.manifest.documents.values().flat_map(|document| &document.pages);
    let mut known = keys(Some(&layout.labels));
    known.extend(pages.map(|page| format!("page_{}", page.id)));
    // A fact takes the label of its field, and that of its value where the value is one of a few words.
    let mut facts = named.facts.clone();
    if let Some(node) = &layout.defaults {
        node.walk("", &mut |path, node| facts.extend(node.as_text().filter(|_| path.ends_with(".field")).map(str::to_owned)));
    }
    let fields = schema_of(Kind::Profile)["properties"].as_object().map(|fields| fields.keys().cloned());
    facts.extend(fields.into_iter().flatten());
    let of_a_value = |name: &str| {
        let field = |field: &String| field.rsplit('.').next().is_some_and(|field| name.strip_prefix(field).is_some_and(|rest| rest.starts_with('_')));
        facts.iter().any(field)
    };
    // The code of a layout may look up labels of its own.
    let code = project.files.text(&layout.typst_path()).ok();
    let looked_up = |name: &str| code.as_ref().is_some_and(|code| code.text.contains(name));
    let used = |name: &str| known.contains(name) || facts.contains(name) || of_a_value(name) || looked_up(name);
    let warning = |name: &str, place: &Span, near: Option<&str>| {
        let fault = Diagnostic::warning("unknown-label", format!("no label is called `{name}`, and nothing prints it"));
        let fault = fault.at(place.clone()).field(format!("labels.{name}"));
        match near {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint("labels are those of `templates/base/labels/en.yaml`, `page_` with the id of a page, and fields of facts"),
        }
    };
    let of_layout = layout.defaults.as_ref().and_then(|defaults| defaults.get("labels"));
    let defined = keys(of_layout);
    let mut found = Vec::new();
    for (name, place) in &named.labels {
        if !used(name) && !defined.contains(name) {
            let all = known.iter().chain(&defined).chain(&facts).map(String::as_str);
            found.push(warning(name, place, nearest(name, all)));
        }
    }
    // A layout may add labels, so that only one that looks like another is doubted.
    for entry in of_layout.and_then(Node::as_map).into_iter().flat_map(|map| &map.entries).filter(|entry| !used(&entry.key)) {
        let near = nearest(&entry.key, known.iter().map(String::as_str));
        found.extend(near.map(|near| warning(&entry.key, &entry.key_span, Some(near))));
    }
    found
}
