//! What a file names: clauses, fields of facts, labels. It is kept when the file itself no longer is, so that what nothing names is
//! found without reading thousands of files once more.

use std::collections::BTreeSet;

use crate::diagnostic::Span;
use crate::source::Node;

/// Names in a file of an organisation.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// Clauses.
    pub clauses: BTreeSet<String>,
    /// Fields of facts.
    pub facts: BTreeSet<String>,
    /// Labels that it gives words to, with their places.
    pub labels: Vec<(String, Span)>,
    /// The profile that it extends.
    pub extends: Option<String>,
}

impl Mentions {
    /// What a tree names.
    ///
    /// - labels: where its labels stand
    pub fn of(node: &Node, labels: &str) -> Self {
        let mut names = Self::default();
        node.walk("", &mut |path, node| {
            let Some(name) = node.as_text() else { return };
            // A clause that includes itself is used by nobody yet.
            let itself = || path.strip_prefix("clauses.").and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with('.'));
            if refers(path) && !itself() {
                names.clauses.insert(name.to_owned());
            }
            if path.ends_with(".field") {
                names.facts.insert(name.to_owned());
            }
        });
        let entries = node.at_path(labels).and_then(Node::as_map).into_iter().flat_map(|map| &map.entries);
        names.labels.extend(entries.map(|entry| (entry.key.clone(), entry.key_span.alone())));
        names.extends = node.get("extends").and_then(Node::as_text).map(str::to_owned);
        names
    }
}

/// Whether the field of this path names a clause: `include`, `clause` of a layout's page, or a section of a part.
pub fn refers(path: &str) -> bool {
    let last = path.rsplit('.').next().unwrap_or(path);
    matches!(last, "include" | "clause") || (last.starts_with("sections[") && path.contains("parts."))
}
