//! What an expression can be, and whether every path in it exists.

use super::check::{Checker, Frame, near};
use super::shape::{Concrete, Missing, Shape};
use super::syntax::{Argument, Expr, Kind, Name};
use super::vocabulary::{FILTERS, FUNCTIONS, Gives, TESTS};
use crate::diagnostic::Diagnostic;

impl<'a> Checker<'a> {
    /// The shape of an expression; everything in it is checked on the way.
    pub(super) fn shape(&mut self, expr: &'a Expr, frame: &mut Frame<'a>) -> Shape<'a> {
        match &expr.kind {
            Kind::Null => Shape::Null,
            Kind::Text(_) => Shape::Text,
            Kind::Integer | Kind::Float => Shape::Number,
            Kind::Bool => Shape::Bool,
            Kind::Variable(name) => self.variable(name, expr, frame),
            Kind::Loop(name) => {
                if matches!(name.as_str(), "first" | "last") {
                    Shape::Bool
                } else {
                    Shape::Number
                }
            }
            Kind::Field { of, name } => {
                let of_shape = self.shape(of, frame);
                self.field(of, &of_shape, &name.text, &name.range, frame)
            }
            Kind::Index { of, at } => self.index(of, at, frame),
            Kind::Slice { of, parts } => {
                parts.iter().for_each(|part| _ = self.shape(part, frame));
                self.shape(of, frame)
            }
            Kind::Filter { of, name, arguments } => self.filter(of, name, arguments, frame),
            Kind::Test { of, name, arguments } => {
                let shape = self.shape(of, frame);
                if let Some(test) = self.word(TESTS, "test", name, arguments, frame) {
                    self.takes(of, &shape, test, frame);
                }
                for argument in arguments {
                    self.shape(&argument.value, frame);
                    if name.text == "containing" && argument.name.text == "pat" {
                        self.holds(&argument.value, of, &shape, frame);
                    }
                }
                Shape::Bool
            }
            Kind::Function { name, arguments } => {
                arguments.iter().for_each(|argument| _ = self.shape(&argument.value, frame));
                self.word(FUNCTIONS, "function", name, arguments, frame);
                if name.text == "range" { Shape::List(Box::new(Shape::Number)) } else { Shape::Text }
            }
            Kind::Component(call) => {
                self.call(call, false, frame);
                Shape::Words
            }
            Kind::Not(of) => {
                self.shape(of, frame);
                Shape::Bool
            }
            Kind::Minus(of) => {
                self.shape(of, frame);
                Shape::Number
            }
            Kind::Binary { sign, left, right } => self.binary(sign, left, right, frame),
            Kind::Ternary { condition, yes, no } => {
                self.shape(condition, frame);
                self.shape(yes, frame).or(self.shape(no, frame))
            }
            Kind::List(items) => {
                let mut shapes = Vec::new();
                for (spread, item) in items {
                    let shape = self.shape(item, frame);
                    shapes.push(if *spread { self.schemas.items(&shape, false).unwrap_or(Shape::Any) } else { shape });
                }
                Shape::List(Box::new(Shape::one_of(shapes)))
            }
            Kind::Map(entries) => {
                let shapes = entries.iter().map(|(key, value)| (key.clone(), self.shape(value, frame)));
                Shape::Map(shapes.collect())
            }
            Kind::Comprehension { each, key, value, list, condition } => {
                let shape = self.shape(list, frame);
                let scope = self.loop_scope(key.as_ref(), value, list, &shape, frame);
                frame.scopes.push(scope);
                if let Some(condition) = condition {
                    self.shape(condition, frame);
                }
                let each = self.shape(each, frame);
                frame.scopes.pop();
                Shape::List(Box::new(each))
            }
        }
    }

    fn variable(&mut self, name: &str, expr: &Expr, frame: &Frame<'a>) -> Shape<'a> {
        self.variables.insert(name.to_owned());
        if let Some(shape) = self.lookup(frame, name) {
            return shape;
        }
        let mut fault = Diagnostic::error("unknown-path", format!("there is nothing called `{name}` here"));
        let view = self.schemas.view();
        let mut known: Vec<String> =
            frame.scopes.iter().rev().chain([&frame.inherited]).flat_map(|scope| scope.keys().cloned()).collect();
        if frame.view {
            let top = self.schemas.field(&view, "").err().map(|missing| missing.known).unwrap_or_default();
            let deeper = top.iter().find(|field| {
                self.schemas
                    .field(&view, field)
                    .is_ok_and(|shape| !self.schemas.has_free_keys(&shape) && self.schemas.field(&shape, name).is_ok())
            });
            if let Some(field) = deeper {
                fault = fault.hint(format!("did you mean `{field}.{name}`?"));
                self.fault(frame.template, &expr.range, fault);
                return Shape::Any;
            }
            known.extend(top);
        } else {
            fault = fault.hint("a component sees only its arguments");
        }
        let fault = near(fault, name, known.iter().map(String::as_str), "");
        self.fault(frame.template, &expr.range, fault);
        Shape::Any
    }

    pub(super) fn field(
        &mut self,
        of: &Expr,
        shape: &Shape<'a>,
        name: &str,
        range: &std::ops::Range<usize>,
        frame: &Frame<'a>,
    ) -> Shape<'a> {
        match self.schemas.field(shape, name) {
            Ok(shape) => shape,
            Err(missing) => {
                self.missing(of, name, range, &missing, frame);
                Shape::Any
            }
        }
    }

    fn missing(
        &mut self,
        of: &Expr,
        name: &str,
        range: &std::ops::Range<usize>,
        missing: &Missing<'a>,
        frame: &Frame<'a>,
    ) {
        let path = self.text(frame, of);
        let fault = match missing.instead {
            Some(instead) => Diagnostic::error("unknown-path", format!("`{path}` is {instead} and has no `{name}`")),
            None => Diagnostic::error("unknown-path", format!("`{path}` has no `{name}`")),
        };
        let fault = near(fault, name, missing.known.iter().map(String::as_str), &format!("{path}."));
        self.fault(frame.template, range, fault);
    }

    fn index(&mut self, of: &'a Expr, at: &'a Expr, frame: &mut Frame<'a>) -> Shape<'a> {
        let shape = self.shape(of, frame);
        let at_shape = self.shape(at, frame);
        if let Kind::Text(key) = &at.kind {
            return self.field(of, &shape, key, &at.range, frame);
        }
        let number = self.schemas.alternatives(&at_shape).iter().all(|one| matches!(one, Concrete::Number));
        let mut found = Vec::new();
        for one in self.schemas.alternatives(&shape) {
            match one {
                Concrete::List(item) if number => found.push(item),
                Concrete::Text(_) if number => found.push(Shape::Text),
                Concrete::Any => found.push(Shape::Any),
                _ => {}
            }
        }
        if !number && self.schemas.has_free_keys(&shape) {
            found.extend(self.schemas.entries(&shape));
        }
        if found.is_empty() {
            let path = self.text(frame, of);
            let is = self.kind_of(&shape);
            let fault = match number {
                true => Diagnostic::error("unknown-path", format!("`{path}` is {is} and has no numbered items")),
                false => Diagnostic::error(
                    "unsupported-expression",
                    format!("the name in brackets after `{path}` can't be checked"),
                )
                .hint(format!("write the name out: `{path}[\"name\"]`")),
            };
            self.fault(frame.template, &at.range, fault);
        }
        Shape::one_of(found)
    }

    fn filter(&mut self, of: &'a Expr, name: &Name, arguments: &'a [Argument], frame: &mut Frame<'a>) -> Shape<'a> {
        let shape = self.shape(of, frame);
        let given: Vec<Shape<'a>> = arguments.iter().map(|argument| self.shape(&argument.value, frame)).collect();
        let Some(filter) = self.word(FILTERS, "filter", name, arguments, frame) else { return Shape::Any };
        let argument = |wanted: &str| arguments.iter().zip(&given).find(|(argument, _)| argument.name.text == wanted);
        let path = self.text(frame, of);
        let words = match filter.gives {
            Gives::OrValue | Gives::Item => false,
            _ => self.holds_words(&shape) || given.iter().any(|shape| self.holds_words(shape)),
        };
        if words {
            let fault = Diagnostic::error(
                "unsupported-expression",
                format!("`{}` would change words that are Markdown already", filter.name),
            )
            .hint("use the filter on the value, before it is put into words");
            self.fault(frame.template, &name.range, fault);
        }
        self.takes(of, &shape, filter, frame);
        match filter.gives {
            Gives::Text => Shape::Text,
            Gives::Number => Shape::Number,
            Gives::Texts => Shape::List(Box::new(Shape::Text)),
            Gives::Item => self.schemas.items(&shape, false).unwrap_or(Shape::Any).or(Shape::Null),
            Gives::Values => Shape::List(Box::new(self.schemas.items(&shape, true).unwrap_or(Shape::Any))),
            Gives::OrValue => shape.or(argument("value").map_or(Shape::Any, |(_, shape)| shape.clone())),
            Gives::Field => {
                let default = argument("default").map_or(Shape::Null, |(_, shape)| shape.clone());
                match argument("key").map(|(argument, _)| &argument.value) {
                    Some(Expr { kind: Kind::Text(key), range }) => {
                        self.field(of, &shape, key, range, frame).or(default)
                    }
                    Some(key) if !self.schemas.has_free_keys(&shape) => {
                        let fault = Diagnostic::error(
                            "unsupported-expression",
                            format!("which field of `{path}` this is can't be checked"),
                        );
                        self.fault(frame.template, &key.range, fault.hint("write the key out, between quotes"));
                        Shape::Any
                    }
                    _ => Shape::Any,
                }
            }
            Gives::Same => {
                if let Some((attribute, _)) = argument("attribute") {
                    self.attribute(of, &attribute.value, &shape, frame);
                }
                shape
            }
        }
    }

    /// `sort(attribute="a.b")`: a path of the items.
    fn attribute(&mut self, of: &Expr, path: &Expr, shape: &Shape<'a>, frame: &Frame<'a>) {
        let Kind::Text(attribute) = &path.kind else {
            let fault = Diagnostic::error("unsupported-expression", "which field this is can't be checked");
            return self.fault(frame.template, &path.range, fault.hint("write the attribute out, between quotes"));
        };
        let mut shape = self.schemas.items(shape, false).unwrap_or(Shape::Any);
        for step in attribute.split('.') {
            shape = match step.parse::<usize>() {
                Ok(_) => self.schemas.items(&shape, false).unwrap_or(Shape::Any),
                Err(_) => self.field(of, &shape, step, &path.range, frame),
            };
        }
    }

    fn binary(&mut self, sign: &str, left: &'a Expr, right: &'a Expr, frame: &mut Frame<'a>) -> Shape<'a> {
        let left_shape = self.shape(left, frame);
        let right_shape = self.shape(right, frame);
        match sign {
            "and" | "or" => left_shape.or(right_shape),
            "~" => {
                for (expr, shape) in [(left, &left_shape), (right, &right_shape)] {
                    self.printable(expr, shape, frame);
                    if self.holds_words(shape) {
                        let fault = Diagnostic::error(
                            "unsupported-expression",
                            "`~` would escape words that are Markdown already",
                        );
                        self.fault(frame.template, &expr.range, fault.hint("print one after the other"));
                    }
                }
                Shape::Text
            }
            "==" | "!=" => {
                self.can_equal(right, left, &left_shape, frame);
                self.can_equal(left, right, &right_shape, frame);
                Shape::Bool
            }
            "in" | "not in" => {
                self.holds(left, right, &right_shape, frame);
                if let Kind::List(items) = &right.kind {
                    items.iter().for_each(|(_, item)| self.can_equal(item, left, &left_shape, frame));
                }
                Shape::Bool
            }
            "<" | "<=" | ">" | ">=" => Shape::Bool,
            _ => Shape::Number,
        }
    }

    /// Refuses to print what has no words: a list, a mapping, null.
    pub(super) fn printable(&mut self, expr: &Expr, shape: &Shape<'a>, frame: &Frame<'a>) {
        let alternatives = self.schemas.alternatives(shape);
        let words = |one: &Concrete<'_>| {
            !matches!(one, Concrete::Null | Concrete::List(_) | Concrete::Object(_) | Concrete::Map(_))
        };
        if alternatives.iter().any(words) || alternatives.is_empty() {
            return;
        }
        let path = self.text(frame, expr);
        let fault = match alternatives.iter().all(|one| matches!(one, Concrete::Null)) {
            true => Diagnostic::error("empty-value", format!("`{path}` is always empty")),
            false => Diagnostic::error("unprintable-value", format!("`{path}` is {}, not text", self.kind_of(shape)))
                .hint("print its fields, or a list with `| list`, `| join(sep=...)` or `{% for %}`"),
        };
        self.fault(frame.template, &expr.range, fault);
    }

    /// Whether there are words that are Markdown already in a value.
    fn holds_words(&self, shape: &Shape<'a>) -> bool {
        match shape {
            Shape::Words => true,
            Shape::List(item) => self.holds_words(item),
            Shape::Map(entries) => entries.iter().any(|(_, shape)| self.holds_words(shape)),
            Shape::OneOf(all) => all.iter().any(|shape| self.holds_words(shape)),
            Shape::Any | Shape::Null | Shape::Text | Shape::Number | Shape::Bool | Shape::View(_) => false,
        }
    }

    /// What a value is, for messages.
    pub(super) fn kind_of(&self, shape: &Shape<'a>) -> &'static str {
        let alternatives = self.schemas.alternatives(shape);
        alternatives.iter().find(|one| !matches!(one, Concrete::Null)).map_or("nothing", Concrete::name)
    }
}
