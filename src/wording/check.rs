//! Every path of every template held against the schema of the view, and every name that a template uses.
//!
//! A template is followed in the order in which it is printed, with what each variable can be at that point: loop
//! variables are items of their list, an included template sees what stands around its `include`, a component sees its
//! arguments and nothing else. All faults are gathered. Tera looks a path up only when it gets there and takes a
//! missing field in a condition for "no"; here a path is looked up wherever it stands.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

use super::Sheet;
use super::shape::{Schemas, Shape};
use super::syntax::{Component, Expr, Name, Node};
use crate::diagnostic::{Diagnostic, nearest};

/// Names with what they can be.
pub(super) type Names<'a> = BTreeMap<String, Shape<'a>>;

/// What is visible at a point of a template.
#[derive(Debug, Clone)]
pub(super) struct Frame<'a> {
    /// The template.
    pub(super) template: &'a str,
    /// What the includer's variables are, or a component's arguments.
    pub(super) inherited: Names<'a>,
    /// Variables of the template, then of each open loop.
    pub(super) scopes: Vec<Names<'a>>,
    /// Whether the view is visible: not in a component.
    pub(super) view: bool,
}

/// A template or component, as the thing that is being followed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Unit<'a> {
    Template(&'a str),
    Component(&'a str),
}

/// What was followed already: with the view or without, and with what around it.
type Followed<'a> = (Unit<'a>, bool, Vec<(String, Shape<'a>)>);

/// Follows templates and gathers faults.
pub(super) struct Checker<'a> {
    pub(super) schemas: Schemas<'a>,
    pub(super) sheets: &'a BTreeMap<String, Sheet>,
    pub(super) components: BTreeMap<&'a str, (&'a str, &'a Component)>,
    faults: Vec<Diagnostic>,
    /// Faults that were said already, by place and words.
    said: BTreeSet<(String, usize, String)>,
    pub(super) active: Vec<(Unit<'a>, String)>,
    followed: HashSet<Followed<'a>>,
    /// Names that stand as variables anywhere.
    pub(super) variables: BTreeSet<String>,
}

/// Follows every template. The faults of all of them, those of each template that is only included if it were to stand
/// alone, and the variables that were seen.
pub(super) fn check<'a>(sheets: &'a BTreeMap<String, Sheet>, schemas: Schemas<'a>) -> Checked {
    let mut checker = Checker {
        schemas,
        sheets,
        components: BTreeMap::new(),
        faults: Vec::new(),
        said: BTreeSet::new(),
        active: Vec::new(),
        followed: HashSet::new(),
        variables: BTreeSet::new(),
    };
    checker.define();
    let mut included = BTreeSet::new();
    sheets.values().for_each(|sheet| sheet.includes.iter().for_each(|name| _ = included.insert(name.as_str())));
    let (inner, outer): (Vec<&str>, Vec<&str>) =
        sheets.keys().map(String::as_str).partition(|name| included.contains(name));
    outer.iter().for_each(|name| checker.template(name, BTreeMap::new(), true));
    checker.unused_components();
    // templates that only include one another
    for name in &inner {
        if !checker.followed.iter().any(|(unit, _, _)| *unit == Unit::Template(name)) {
            checker.template(name, BTreeMap::new(), true);
        }
    }
    let faults = std::mem::take(&mut checker.faults);
    let mut alone = BTreeMap::new();
    if faults.is_empty() {
        for name in inner {
            checker.said.clear();
            checker.followed.clear();
            checker.template(name, BTreeMap::new(), true);
            let faults = std::mem::take(&mut checker.faults);
            if !faults.is_empty() {
                alone.insert(name.to_owned(), faults);
            }
        }
    }
    Checked { faults, alone, variables: checker.variables }
}

/// What following all templates brought.
pub(super) struct Checked {
    /// What is wrong.
    pub(super) faults: Vec<Diagnostic>,
    /// What would be wrong with a template that is only included, if it were printed by itself.
    pub(super) alone: BTreeMap<String, Vec<Diagnostic>>,
    /// Names that stand as variables anywhere.
    pub(super) variables: BTreeSet<String>,
}

impl<'a> Checker<'a> {
    /// Says what is wrong at a place of a template, once.
    pub(super) fn fault(&mut self, template: &str, range: &Range<usize>, fault: Diagnostic) {
        let Some(sheet) = self.sheets.get(template) else { return };
        if !self.said.insert((template.to_owned(), range.start, fault.message.clone())) {
            return;
        }
        let mut fault = fault.at(sheet.places.span(range.clone()));
        for (_, doing) in self.active.iter().rev().filter(|(_, doing)| !doing.is_empty()) {
            fault = fault.while_doing(doing.clone());
        }
        self.faults.push(fault);
    }

    /// The text of an expression.
    pub(super) fn text(&self, frame: &Frame<'a>, expr: &Expr) -> &'a str {
        self.sheets.get(frame.template).map_or("", |sheet| sheet.places.part(&expr.range))
    }

    fn define(&mut self) {
        let sheets = self.sheets;
        for (template, sheet) in sheets {
            for component in sheet.page.iter().flat_map(|page| &page.components) {
                let name = &component.name;
                let Some((other, first)) = self.components.get(name.text.as_str()).copied() else {
                    self.components.insert(&name.text, (template, component));
                    continue;
                };
                let mut fault =
                    Diagnostic::error("duplicate-component", format!("there are two components `{}`", name.text));
                if let Some(sheet) = sheets.get(other) {
                    fault = fault.label(sheet.places.span(first.name.range.clone()), "first here");
                }
                self.fault(template, &name.range, fault);
            }
        }
    }

    fn begin(&mut self, unit: Unit<'a>, names: &Names<'a>, view: bool, doing: String) -> bool {
        let key = (unit.clone(), view, names.iter().map(|(name, shape)| (name.clone(), shape.clone())).collect());
        let new = self.followed.insert(key);
        if new {
            self.active.push((unit, doing));
        }
        new
    }

    fn template(&mut self, name: &'a str, names: Names<'a>, view: bool) {
        self.follow_template(name, names, view, String::new());
    }

    pub(super) fn follow_template(&mut self, name: &'a str, names: Names<'a>, view: bool, doing: String) {
        let sheets = self.sheets;
        let Some(page) = sheets.get(name).and_then(|sheet| sheet.page.as_ref()) else { return };
        if self.begin(Unit::Template(name), &names, view, doing) {
            let mut frame = Frame { template: name, inherited: names, scopes: vec![BTreeMap::new()], view };
            self.body(&page.body, &mut frame);
            self.active.pop();
        }
    }

    pub(super) fn follow_component(&mut self, name: &'a str, names: Names<'a>, doing: String) {
        let Some((template, component)) = self.components.get(name).copied() else { return };
        if self.begin(Unit::Component(name), &names, false, doing) {
            let mut frame = Frame { template, inherited: names, scopes: vec![BTreeMap::new()], view: false };
            self.body(&component.body, &mut frame);
            self.active.pop();
        }
    }

    /// Components that nothing uses, with arguments of the types that they declare.
    fn unused_components(&mut self) {
        let all: Vec<_> = self.components.keys().copied().collect();
        for name in all {
            if self.followed.iter().any(|(unit, _, _)| *unit == Unit::Component(name)) {
                continue;
            }
            let Some((template, component)) = self.components.get(name).copied() else { continue };
            let mut names = BTreeMap::from([("body".to_owned(), Shape::Words)]);
            for parameter in &component.parameters {
                let shape = match parameter.kind.as_deref() {
                    Some("string") => Shape::Text,
                    Some("integer" | "float" | "number") => Shape::Number,
                    Some("bool") => Shape::Bool,
                    _ => Shape::Any,
                };
                names.insert(parameter.name.text.clone(), shape);
            }
            self.follow_component(name, names, format!("checking the component `{name}` of `{template}`"));
        }
    }

    fn body(&mut self, nodes: &'a [Node], frame: &mut Frame<'a>) {
        nodes.iter().for_each(|node| self.node(node, frame));
    }

    fn node(&mut self, node: &'a Node, frame: &mut Frame<'a>) {
        match node {
            Node::Print(expr) => {
                let shape = self.shape(expr, frame);
                self.printable(expr, &shape, frame);
            }
            Node::If { arms, otherwise } => {
                let mut ends = Vec::new();
                for (condition, body) in arms {
                    self.shape(condition, frame);
                    let mut branch = frame.clone();
                    self.body(body, &mut branch);
                    ends.push(branch);
                }
                self.body(otherwise, frame);
                for end in ends {
                    self.join(frame, &end);
                }
            }
            Node::For { key, value, list, body, otherwise } => {
                let shape = self.shape(list, frame);
                let scope = self.loop_scope(key.as_ref(), value, list, &shape, frame);
                frame.scopes.push(scope);
                self.body(body, frame);
                frame.scopes.pop();
                let mut none = frame.clone();
                self.body(otherwise, &mut none);
                self.join(frame, &none);
            }
            Node::Set { name, value, global } => {
                let shape = self.shape(value, frame);
                self.assign(name, shape, *global, frame);
            }
            Node::Capture { name, body, global } => {
                self.body(body, frame);
                self.assign(name, Shape::Words, *global, frame);
            }
            Node::Include(name) => self.include(name, frame),
            Node::Component { call, body } => {
                self.body(body, frame);
                self.call(call, true, frame);
            }
        }
    }

    /// What a loop's own names are.
    pub(super) fn loop_scope(
        &mut self,
        key: Option<&Name>,
        value: &Name,
        list: &Expr,
        shape: &Shape<'a>,
        frame: &Frame<'a>,
    ) -> Names<'a> {
        let items = match key {
            Some(_) => self.schemas.entries(shape),
            None => self.schemas.items(shape, true),
        };
        if items.is_none() {
            let path = self.text(frame, list);
            let is = self.kind_of(shape);
            let wanted = if key.is_some() { "a mapping" } else { "a list" };
            self.fault(
                frame.template,
                &list.range,
                Diagnostic::error("not-a-list", format!("`{path}` is {is}, not {wanted}")),
            );
        }
        let mut scope = BTreeMap::from([(value.text.clone(), items.unwrap_or(Shape::Any))]);
        if let Some(key) = key {
            scope.insert(key.text.clone(), Shape::Text);
        }
        scope
    }

    fn assign(&mut self, name: &Name, shape: Shape<'a>, global: bool, frame: &mut Frame<'a>) {
        if global && frame.scopes.len() > 1 {
            // Seen from the start of the loop's next round, where it was checked as something else.
            let plain = |shape: &Shape<'_>| matches!(shape, Shape::Text | Shape::Number | Shape::Bool | Shape::Words);
            let before = frame
                .scopes
                .first()
                .and_then(|scope| scope.get(&name.text))
                .or_else(|| frame.inherited.get(&name.text))
                .cloned();
            if !plain(&shape) || before.as_ref().is_some_and(|before| *before != shape) {
                let fault = Diagnostic::error(
                    "unsupported-expression",
                    format!(
                        "`set_global {}` inside a loop is possible only for text, a number, or yes and no",
                        name.text
                    ),
                )
                .hint("set it before the loop, to a value of the same kind");
                return self.fault(frame.template, &name.range, fault);
            }
        }
        let scope = if global { frame.scopes.first_mut() } else { frame.scopes.last_mut() };
        if let Some(scope) = scope {
            scope.insert(name.text.clone(), shape);
        }
    }

    /// Takes up what another branch may have assigned.
    fn join(&self, frame: &mut Frame<'a>, other: &Frame<'a>) {
        for level in 0..frame.scopes.len() {
            let names: BTreeSet<String> = [&*frame, other]
                .iter()
                .filter_map(|frame| frame.scopes.get(level))
                .flat_map(|scope| scope.keys().cloned())
                .collect();
            for name in names {
                let here = self.lookup_to(frame, &name, level);
                let there = self.lookup_to(other, &name, level);
                if let (Some(shape), Some(scope)) =
                    (here.into_iter().chain(there).reduce(Shape::or), frame.scopes.get_mut(level))
                {
                    scope.insert(name, shape);
                }
            }
        }
    }

    /// What a name is, seen from the scope at `level`.
    fn lookup_to(&self, frame: &Frame<'a>, name: &str, level: usize) -> Option<Shape<'a>> {
        let scopes = frame.scopes.get(..=level).unwrap_or(&frame.scopes);
        let set = scopes.iter().rev().find_map(|scope| scope.get(name));
        match set.or_else(|| frame.inherited.get(name)) {
            Some(shape) => Some(shape.clone()),
            None if frame.view => self.schemas.field(&self.schemas.view(), name).ok(),
            None => None,
        }
    }

    /// What a name is.
    pub(super) fn lookup(&self, frame: &Frame<'a>, name: &str) -> Option<Shape<'a>> {
        self.lookup_to(frame, name, frame.scopes.len())
    }
}

/// Says which name was probably meant, or which there are.
pub(super) fn near<'n>(
    fault: Diagnostic,
    given: &str,
    known: impl IntoIterator<Item = &'n str>,
    before: &str,
) -> Diagnostic {
    const SHOWN: usize = 16;
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = nearest(given, known.iter().copied()) {
        return fault.hint(format!("did you mean `{before}{near}`?"));
    }
    let list: Vec<String> = known.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
    match (list.is_empty(), known.len().saturating_sub(SHOWN)) {
        (true, _) => fault,
        (false, 0) => fault.hint(format!("possible: {}", list.join(", "))),
        (false, more) => fault.hint(format!("possible: {} and {more} more", list.join(", "))),
    }
}
