//! Names in the files of an organisation that nothing uses: a clause that nothing prints and a label that nothing looks
//! up are misspelt most of the time, and no document shows it.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::layout::{self, Layout};
use crate::profile::{Kind, schema_of};
use crate::project::{OrganisationFiles, Project, Slot};
use crate::source::{self, Layer, Node};

/// Warnings for the clauses of an organisation and for the labels in its files; `layout` is its own.
pub fn check_names(project: &Project, organisation: &OrganisationFiles, layout: &Layout) -> Vec<Diagnostic> {
    // A file that can't be read may name anything.
    let (Some(own), Some(named)) = (&organisation.organisation.node, Named::of(project, organisation)) else { return Vec::new() };
    let mut found = clauses(project, own, &named);
    found.extend(near_clauses(own, layout));
    found.extend(labels(project, layout, &named));
    found
}

/// What the files name that packs of an organisation may be made from: its own, and the profiles of organisations that it
/// extends one of. One file after the other is looked at: there may be thousands.
#[derive(Default)]
struct Named {
    /// Clauses.
    clauses: BTreeSet<String>,
    /// Fields of facts.
    facts: BTreeSet<String>,
    /// Labels of the organisation's own files, with their places.
    labels: Vec<(String, Span)>,
}

impl Named {
    /// None if one of the files can't be read: it may name anything.
    fn of(project: &Project, organisation: &OrganisationFiles) -> Option<Self> {
        let mut named = Self::default();
        let own = organisation.organisation.node.as_ref()?;
        named.see(own);
        named.labels(own.at_path("defaults.labels"));
        for vacancy in organisation.vacancies.values().map(Slot::get) {
            let node = vacancy.node.as_ref()?;
            named.see(node);
            named.labels(node.at_path("overrides.labels"));
        }
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![organisation]);
        while let Some(home) = waiting.pop() {
            if !seen.insert(&home.id) {
                continue;
            }
            for profile in home.profiles.values().map(Slot::get) {
                let node = profile.node.as_ref()?;
                named.see(node);
                named.labels(node.get("labels").filter(|_| home.id == organisation.id));
                let base = node.get("extends").and_then(Node::as_text);
                waiting.extend(base.and_then(|base| project.organisation(base.split_once('/')?.0)));
            }
        }
        project.faults.is_empty().then_some(named)
    }

    fn see(&mut self, node: &Node) {
        node.walk("", &mut |path, node| {
            let Some(name) = node.as_text() else { return };
            // A clause that includes itself is used by nobody yet.
            let itself = || path.strip_prefix("clauses.").and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with('.'));
            if refers(path) && !itself() {
                self.clauses.insert(name.to_owned());
            }
            if path.ends_with(".field") {
                self.facts.insert(name.to_owned());
            }
        });
    }

    fn labels(&mut self, node: Option<&Node>) {
        let entries = node.and_then(Node::as_map).into_iter().flat_map(|map| &map.entries);
        self.labels.extend(entries.map(|entry| (entry.key.clone(), entry.key_span.clone())));
    }
}

/// A warning for each clause that no layout, part or `include` names.
fn clauses(project: &Project, own: &Node, named: &Named) -> Vec<Diagnostic> {
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

/// Whether the field of this path names a clause: `include`, `clause` of a layout's page, or a section of a part.
fn refers(path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or(path);
    matches!(last, "include" | "clause") || (last.starts_with("sections[") && path.contains("parts."))
}

/// A warning for each label that nothing looks up.
fn labels(project: &Project, layout: &Layout, named: &Named) -> Vec<Diagnostic> {
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
