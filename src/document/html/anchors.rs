//! The anchors of a page: which exist, and which are asked for.
//!
//! The writer's own begin with `jp-`; an anchor of the tree that has one of their names is found as a duplicate.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, nearest};

/// Anchors of one page, gathered while it is written.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    known: BTreeSet<String>,
    wanted: BTreeSet<String>,
    faults: Vec<Diagnostic>,
}

impl Anchors {
    /// Notes an anchor that the page has (HTML Standard, section 3.2.6: at least one character, no white space).
    pub(super) fn add(&mut self, id: &str) {
        if id.is_empty() || id.contains(|c: char| c.is_ascii_whitespace()) {
            self.faults.push(
                Diagnostic::error("invalid-anchor", format!("the anchor `{id}` is not one word"))
                    .hint("write an anchor without white space"),
            );
        } else if !self.known.insert(id.to_owned()) {
            self.faults
                .push(Diagnostic::error("duplicate-anchor", format!("the anchor `{id}` stands twice in the document")));
        }
    }

    /// Notes an anchor that something points to.
    pub(super) fn want(&mut self, id: &str) {
        self.wanted.insert(id.to_owned());
    }

    /// What is wrong with them.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        let mut faults = self.faults;
        for id in self.wanted.difference(&self.known) {
            let fault = Diagnostic::error("broken-link", format!("no part of the document has the anchor `{id}`"));
            faults.push(match nearest(id, self.known.iter().map(String::as_str)) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault,
            });
        }
        faults
    }
}
