//! Clauses: an organisation's standard words, worded by Tera, put where a profile includes them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

use super::characters;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::project::{Digest, Inputs, clause};
use crate::source::{Entry, Map, Node, Scalar, Value};
use crate::wording::{Template, View, Wording};

/// What a clause is called in messages.
const CLAUSE: &str = "clause";

/// Deepest chain of clauses that include clauses.
const MAX_INCLUDE_DEPTH: usize = 8;

/// Most clauses that one pack includes, those within clauses counted each time.
const MAX_INCLUDES: usize = 1000;

/// Every text of the clauses of `organisation` that holds Tera tags, as a template.
pub fn templates(organisation: &Node) -> Vec<Template> {
    let mut found = Vec::new();
    if let Some(clauses) = organisation.get("clauses") {
        clauses.walk("clauses", &mut |_, node| {
            if let Some(text) = node.as_text().filter(|text| has_tags(text)) {
                found.push(Template { name: name_of(&node.span), text: text.to_owned(), origin: node.span.clone() });
            }
        });
    }
    found
}

/// The name of the template of a text: its place, which no other text has.
fn name_of(span: &Span) -> String {
    format!("{}@{}", span.file.path, span.range.start)
}

fn has_tags(text: &str) -> bool {
    text.contains("{{") || text.contains("{%") || text.contains("{#")
}

/// The clauses of an organisation with their templates.
#[derive(Clone, Copy)]
pub struct ClauseSource<'a> {
    /// `clauses` of its file.
    pub clauses: Option<&'a Node>,
    /// Their templates.
    pub wording: &'a Wording,
    /// Whether some font of the brand has a character.
    pub printable: &'a dyn Fn(char) -> bool,
    /// Takes the names of those that are used.
    pub used: &'a Used,
}

/// Names of clauses that something used: it depends on them and on no others.
#[derive(Debug, Default)]
pub struct Used(RefCell<BTreeSet<String>>);

impl Used {
    /// The clauses as inputs.
    ///
    /// - said: what the organisation's file says
    pub fn inputs(&self, said: &[(String, Digest)]) -> Inputs {
        let mut inputs = Inputs::default();
        let Some((path, _)) = said.first() else { return inputs };
        for name in &*self.0.borrow() {
            let name = clause(path, name);
            let digest = said.iter().find(|(input, _)| *input == name).map(|(_, digest)| *digest);
            inputs.add(name, digest);
        }
        inputs
    }
}

impl fmt::Debug for ClauseSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClauseSource").field("clauses", &self.clauses).finish_non_exhaustive()
    }
}

impl<'a> ClauseSource<'a> {
    /// What puts these clauses in place, with the words of a pack.
    pub(super) fn worded_for(self, words: &'a View) -> Clauses<'a> {
        Clauses { source: self, words, included: 0, faults: Vec::new() }
    }

    /// The clause of this name, worded for a pack; none if the organisation has no such clause.
    ///
    /// The inner result has what Tera finds, and the faults of clauses that it includes.
    pub fn section(self, name: &str, words: &View) -> Option<Result<Node, Vec<Diagnostic>>> {
        let own = self.clauses?.as_map()?.entries.iter().find(|entry| entry.key == name)?;
        let name = Node::new(Value::Scalar(Scalar { text: name.to_owned(), plain: true }), own.key_span.clone(), own.node.layer);
        let mut clauses = self.worded_for(words);
        let section = clauses.section(&name);
        Some(match section {
            Some(section) if clauses.faults.is_empty() => Ok(section),
            _ => Err(clauses.faults),
        })
    }
}

/// Puts clauses in place of `include`.
pub(super) struct Clauses<'a> {
    /// The organisation's.
    pub source: ClauseSource<'a>,
    /// What the tags see.
    pub words: &'a View,
    /// How many were put in place.
    pub included: usize,
    /// What was found wrong.
    pub faults: Vec<Diagnostic>,
}

impl Clauses<'_> {
    /// Resolves every `include` below `node`.
    pub(super) fn resolve(&mut self, node: &mut Node) {
        self.resolve_at(node, 0);
    }

    fn resolve_at(&mut self, node: &mut Node, depth: usize) {
        if node.get("include").is_some_and(|include| !include.is_null()) {
            self.include(node, depth);
        }
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|item| self.resolve_at(item, depth)),
            Value::Map(map) => map.entries.iter_mut().for_each(|entry| self.resolve_at(&mut entry.node, depth)),
            Value::Null | Value::Scalar(_) => {}
        }
    }

    fn include(&mut self, node: &mut Node, depth: usize) {
        let Value::Map(map) = &mut node.value else { return };
        let (Some(include), variant) = (map.remove("include"), map.remove("variant")) else { return };
        if depth >= MAX_INCLUDE_DEPTH {
            let fault = Diagnostic::error("circular-include", "clauses include each other in a circle");
            self.faults.push(fault.at(include.node.span));
            return;
        }
        self.included += 1;
        if self.included > MAX_INCLUDES {
            if self.included == MAX_INCLUDES + 1 {
                let fault = Diagnostic::error("too-many-includes", format!("one pack includes more than {MAX_INCLUDES} clauses"));
                self.faults.push(fault.at(include.node.span).hint("do clauses include other clauses many times?"));
            }
            return;
        }
        let variant = variant.map(|entry| entry.node).filter(|node| !node.is_null());
        let Some(mut clause) = self.worded(&include.node, variant.as_ref()) else { return };
        self.resolve_at(&mut clause, depth + 1);
        if let Value::Map(clause) = clause.value {
            for entry in clause.entries {
                let own = map.get(&entry.key).is_some_and(|own| !own.is_null());
                if !own && matches!(entry.key.as_str(), "heading" | "text" | "list" | "blocks") {
                    map.remove(&entry.key);
                    map.entries.push(entry);
                }
            }
        }
    }

    /// A clause as a section of its own, if there is one of this name.
    pub(super) fn section(&mut self, name: &Node) -> Option<Node> {
        self.source.clauses?.get(name.as_text()?)?;
        let mut clause = self.worded(name, None)?;
        self.resolve_at(&mut clause, 1);
        let field = format!("clauses.{}", name.as_text()?);
        characters::check(&field, &clause, self.source.printable, &mut self.faults);
        Some(clause)
    }

    /// The clause of this name with its tags worded.
    fn worded(&mut self, name: &Node, variant: Option<&Node>) -> Option<Node> {
        let known = self.source.clauses.and_then(Node::as_map);
        let clause = self.named(known, name, CLAUSE, "unknown-clause")?;
        let mut clause = match variant {
            Some(variant) => {
                let variants = clause.get("variants").and_then(Node::as_map).cloned();
                self.named(variants.as_ref(), variant, "variant", "unknown-variant")?
            }
            None => clause,
        };
        if let Value::Map(map) = &mut clause.value {
            map.remove("variants");
        }
        let (wording, words, faults) = (self.source.wording, self.words, &mut self.faults);
        clause.transform(&mut |node| {
            let name = name_of(&node.span);
            if let Value::Scalar(Scalar { text, .. }) = &mut node.value
                && has_tags(text)
            {
                match wording.render(&name, words) {
                    Ok(worded) => *text = worded,
                    Err(more) => faults.extend(more),
                }
            }
        });
        Some(clause)
    }

    fn named(&mut self, known: Option<&Map>, name: &Node, what: &str, code: &'static str) -> Option<Node> {
        let given = name.as_text().unwrap_or_default();
        if let Some(found) = known.and_then(|known| known.get(given)) {
            if what == CLAUSE {
                self.source.used.0.borrow_mut().insert(given.to_owned());
            }
            return Some(found.clone());
        }
        let names: Vec<&str> = known.map(|known| known.keys().collect()).unwrap_or_default();
        let fault = Diagnostic::error(code, format!("the organisation has no {what} `{given}`")).at(name.span.clone());
        self.faults.push(match nearest(given, names.iter().copied()) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None if names.is_empty() => fault.hint("add it under `clauses` in `organisation.yaml`"),
            None => fault.hint(format!("it has: {}", names.join(", "))),
        });
        None
    }
}

/// An entry of a mapping that stands where `at` stands.
pub(super) fn entry(key: &str, node: Node) -> Entry {
    Entry { key: key.to_owned(), key_span: node.span.clone(), node }
}
