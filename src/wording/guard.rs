//! Guards around printed expressions, put in when a template is loaded.
//!
//! Tera prints null as nothing and never calls the escape function differently for it, so nothing outside of the
//! template can see that a value was missing. But a filter sees null, and Tera knows where the filter stands. So
//! `{{ x }}` is handed to Tera as `{{ ((x)|jobpack_printed) }}`, and what goes into `~` and into a filter is guarded in
//! the same way. Conditions, loops and assignments are left as they are: there null means no. An insertion never
//! changes what an expression means, and [`Guarded::original`] takes every place in the new text back to the
//! template's own.

use std::collections::BTreeMap;
use std::ops::Range;

use super::filters::{GIVEN, PRINTED};
use super::syntax::{Expr, Kind, Node, Page};

/// A template as Tera gets it.
#[derive(Debug)]
pub(super) struct Guarded {
    /// The text with guards.
    pub(super) text: String,
    /// What was put in: place in the new text, length, place in the template.
    inserts: Vec<(usize, usize, usize)>,
    /// Place of each guard's name in the new text, and the expression that it guards.
    guards: BTreeMap<usize, Range<usize>>,
}

impl Guarded {
    /// Puts guards into `text`, which was parsed as `page`.
    pub(super) fn new(text: &str, page: &Page) -> Self {
        let mut found = Vec::new();
        nodes(&page.body, &mut found);
        for component in &page.components {
            nodes(&component.body, &mut found);
        }
        // where something is put in, and the guard that closes there
        let mut edits = Vec::new();
        for (name, range) in &found {
            edits.push((range.start, None));
            edits.push((range.end, Some((name, range))));
        }
        // stable: of two that end together, the inner one was found first
        edits.sort_by_key(|(at, _)| *at);
        let mut guarded =
            Self { text: String::with_capacity(text.len() * 2), inserts: Vec::new(), guards: BTreeMap::new() };
        let mut copied = 0;
        for (at, close) in edits {
            guarded.text.push_str(text.get(copied..at).unwrap_or_default());
            copied = at;
            let start = guarded.text.len();
            match close {
                None => guarded.text.push_str("(("),
                Some((name, range)) => {
                    guarded.text.push_str(")|");
                    guarded.guards.insert(guarded.text.len(), range.clone());
                    guarded.text.push_str(name);
                    guarded.text.push(')');
                }
            }
            guarded.inserts.push((start, guarded.text.len() - start, at));
        }
        guarded.text.push_str(text.get(copied..).unwrap_or_default());
        guarded
    }

    /// The place in the template that a place in the new text stands for.
    pub(super) fn original(&self, at: usize) -> usize {
        let before = self.inserts.partition_point(|(start, _, _)| *start <= at);
        match before.checked_sub(1).and_then(|last| self.inserts.get(last)) {
            Some((start, length, origin)) => origin + at.saturating_sub(start + length),
            None => at,
        }
    }

    /// The expression that the guard at this place in the new text guards.
    pub(super) fn guarded(&self, at: usize) -> Option<Range<usize>> {
        self.guards.get(&at).cloned()
    }
}

type Found = Vec<(&'static str, Range<usize>)>;

fn nodes(body: &[Node], found: &mut Found) {
    for node in body {
        match node {
            Node::Print(expr) => {
                inside(expr, found);
                around(PRINTED, expr, found);
            }
            Node::If { arms, otherwise } => {
                for (condition, body) in arms {
                    inside(condition, found);
                    nodes(body, found);
                }
                nodes(otherwise, found);
            }
            Node::For { list, body, otherwise, .. } => {
                inside(list, found);
                nodes(body, found);
                nodes(otherwise, found);
            }
            Node::Set { value, .. } => inside(value, found),
            Node::Capture { body, .. } => nodes(body, found),
            Node::Include(_) => {}
            Node::Component { call, body } => {
                call.arguments.iter().for_each(|argument| inside(&argument.value, found));
                nodes(body, found);
            }
        }
    }
}

/// Guards what stands inside an expression: the sides of `~`, what a filter is given.
fn inside(expr: &Expr, found: &mut Found) {
    expr.children().into_iter().for_each(|child| inside(child, found));
    match &expr.kind {
        Kind::Filter { of, name, .. } if name.text != "default" => around(GIVEN, of, found),
        Kind::Binary { sign: "~", left, right } => {
            around(PRINTED, left, found);
            around(PRINTED, right, found);
        }
        _ => {}
    }
}

/// Guards an expression, unless it can't be null.
fn around(guard: &'static str, expr: &Expr, found: &mut Found) {
    match &expr.kind {
        Kind::Text(_) | Kind::Integer | Kind::Float | Kind::Bool | Kind::Component(_) => {}
        Kind::Binary { sign, .. } if !matches!(*sign, "and" | "or") => {}
        _ => found.push((guard, expr.range.clone())),
    }
}
