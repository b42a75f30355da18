//! Parts: which sections are printed where, and that none is lost.

use std::collections::BTreeMap;

use super::blocks::Writer;
use super::include::Clauses;
use super::view::BlockView;
use super::words::says_something;
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::Node;

/// Sections that have a field of their own.
const BUILT_IN: [&str; 5] = ["facts", "purpose", "accountabilities", "person_specification", "competencies"];

/// A part of a profile, ready to be a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartView {
    /// Lines above the title.
    pub masthead: Vec<String>,
    /// Lines of the title.
    pub title: Vec<String>,
    /// Its sections.
    pub blocks: Vec<BlockView>,
}

/// Makes the parts of a pack; every section that has words must be in one, and in one only.
pub(super) fn parts(
    writer: &mut Writer<'_>,
    clauses: &mut Clauses<'_>,
    framework: Option<&Node>,
) -> BTreeMap<String, PartView> {
    let pack = writer.pack;
    let mut placed: BTreeMap<String, &Node> = BTreeMap::new();
    let mut views = BTreeMap::new();
    for entry in pack.get("parts").and_then(Node::as_map).into_iter().flat_map(|parts| &parts.entries) {
        let mut blocks = Vec::new();
        for name in entry.node.get("sections").and_then(Node::as_list).unwrap_or_default() {
            let Some(section) = name.as_text() else { continue };
            if let Some(first) = placed.insert(section.to_owned(), name) {
                writer.faults.push(
                    Diagnostic::error("section-twice", format!("the section `{section}` is printed twice"))
                        .at(name.span.clone())
                        .label(first.span.clone(), "first here"),
                );
                continue;
            }
            blocks.extend(section_of(writer, clauses, framework, name));
        }
        let lines = |writer: &Writer<'_>, field: &str| match entry.node.get(field) {
            Some(node) if node.as_text().is_some() => vec![writer.plain(node)],
            Some(node) => node.as_list().unwrap_or_default().iter().map(|line| writer.plain(line)).collect(),
            None => Vec::new(),
        };
        let (masthead, title) = (lines(writer, "masthead"), lines(writer, "title"));
        views.insert(entry.key.clone(), PartView { masthead, title, blocks });
    }
    unplaced(writer, &placed);
    views
}

fn section_of(
    writer: &mut Writer<'_>,
    clauses: &mut Clauses<'_>,
    framework: Option<&Node>,
    name: &Node,
) -> Option<BlockView> {
    let pack = writer.pack;
    let id = name.as_text()?;
    let named = pack.get("headings").and_then(|headings| headings.get(id));
    let field = pack.get(id).filter(|_| BUILT_IN.contains(&id));
    let free = pack.get("sections").and_then(Node::as_list).and_then(|all| all.iter().find(|one| one.id() == Some(id)));
    let clause = if field.is_none() && free.is_none() { clauses.section(name) } else { None };
    let heading = named.or_else(|| free.or(clause.as_ref())?.get("heading")).filter(|heading| says_something(heading));
    let blocks = match (id, field, free.or(clause.as_ref())) {
        ("facts", Some(facts), _) => writer.facts(facts).into_iter().collect(),
        ("person_specification", Some(specification), _) => writer.person_specification(specification),
        ("competencies", Some(chosen), _) => framework.map(|of| writer.competencies(chosen, of)).unwrap_or_default(),
        (_, Some(blocks), _) => writer.blocks(Some(blocks)),
        (_, None, Some(section)) => writer.content(section),
        (_, None, None) => {
            if !BUILT_IN.contains(&id) {
                unknown(writer, clauses, name, id);
            }
            return None;
        }
    };
    if blocks.is_empty() {
        return None;
    }
    let heading = heading.map(|heading| writer.inline(heading));
    Some(BlockView::Section { id: Some(id.to_owned()), heading, blocks })
}

fn unknown(writer: &mut Writer<'_>, clauses: &Clauses<'_>, name: &Node, id: &str) {
    let sections = writer.pack.get("sections").and_then(Node::as_list).unwrap_or_default();
    let clauses = clauses.source.clauses.and_then(Node::as_map).into_iter().flat_map(|clauses| clauses.keys());
    let known: Vec<&str> = BUILT_IN.into_iter().chain(sections.iter().filter_map(Node::id)).chain(clauses).collect();
    let fault = Diagnostic::error("unknown-section", format!("there is no section `{id}`")).at(name.span.clone());
    writer.faults.push(match nearest(id, known.iter().copied()) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault.hint(format!("possible: {}", known.join(", "))),
    });
}

/// A section with words that no part prints would be lost without a word.
fn unplaced(writer: &mut Writer<'_>, placed: &BTreeMap<String, &Node>) {
    let pack = writer.pack;
    let fields = BUILT_IN.into_iter().filter_map(|id| Some((id, pack.get(id)?)));
    let sections = pack.get("sections").and_then(Node::as_list).unwrap_or_default();
    let free = sections.iter().filter_map(|section| Some((section.id()?, section)));
    for (id, node) in fields.chain(free) {
        let words = if BUILT_IN.contains(&id) { says_something(node) } else { node.get("blocks").is_some_and(says_something) };
        if words && !placed.contains_key(id) {
            writer.faults.push(
                Diagnostic::error("section-not-printed", format!("no part prints the section `{id}`"))
                    .at(node.span.clone())
                    .hint(format!("add `{id}` to `parts.job_description.sections` or `parts.person_specification.sections`")),
            );
        }
    }
}
