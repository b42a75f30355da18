//! Comparisons that the schema rules out, and words of the vocabulary used wrongly.

use super::check::{Checker, Frame, near};
use super::shape::{Concrete, Shape};
use super::syntax::{Argument, Expr, Kind, Name};
use super::vocabulary::{Takes, UNSAFE, Word};
use crate::diagnostic::Diagnostic;

impl<'a> Checker<'a> {
    /// Refuses a comparison with a literal that the schema rules out: the condition would never hold.
    pub(super) fn can_equal(&mut self, literal: &Expr, of: &Expr, shape: &Shape<'a>, frame: &Frame<'a>) {
        let fits = |one: &Concrete<'_>| match (&literal.kind, one) {
            (_, Concrete::Any) => true,
            (Kind::Text(text), Concrete::Text(Some(all))) => all.contains(text.as_str()),
            (Kind::Text(_), Concrete::Text(None) | Concrete::Words) => true,
            (Kind::Integer | Kind::Float, Concrete::Number) | (Kind::Bool, Concrete::Bool) => true,
            _ => false,
        };
        if !matches!(literal.kind, Kind::Text(_) | Kind::Integer | Kind::Float | Kind::Bool) {
            return;
        }
        let alternatives = self.schemas.alternatives(shape);
        if alternatives.iter().any(fits) {
            return;
        }
        let path = self.text(frame, of);
        let given = self.text(frame, literal);
        let fault = match (&literal.kind, self.schemas.constants(shape)) {
            (Kind::Text(text), Some(all)) => {
                near(Diagnostic::error("unknown-value", format!("`{path}` is never {given}")), text, all, "")
            }
            _ => Diagnostic::error(
                "unknown-value",
                format!("`{path}` is {} and never equals {given}", self.kind_of(shape)),
            ),
        };
        self.fault(frame.template, &literal.range, fault);
    }

    /// `needle in list`: refuses what can't be in there.
    pub(super) fn holds(&mut self, needle: &Expr, of: &Expr, shape: &Shape<'a>, frame: &Frame<'a>) {
        let alternatives = self.schemas.alternatives(shape);
        let only = |wanted: fn(&Concrete<'_>) -> bool| {
            alternatives.iter().all(|one| wanted(one) || matches!(one, Concrete::Null))
        };
        if only(|one| matches!(one, Concrete::List(_))) {
            if let Some(item) = self.schemas.items(shape, false) {
                self.can_equal(needle, of, &item, frame);
            }
        } else if only(|one| matches!(one, Concrete::Object(_) | Concrete::Map(_))) {
            match &needle.kind {
                Kind::Text(name) => _ = self.field(of, shape, name, &needle.range, frame),
                _ if self.schemas.has_free_keys(shape) => {}
                _ => {
                    let path = self.text(frame, of);
                    let fault = Diagnostic::error(
                        "unsupported-expression",
                        format!("which field of `{path}` this is can't be checked"),
                    );
                    self.fault(frame.template, &needle.range, fault.hint("write the name out, between quotes"));
                }
            }
        }
    }

    /// A filter, test or function by name, with its arguments checked.
    pub(super) fn word(
        &mut self,
        all: &'static [Word],
        what: &str,
        name: &Name,
        arguments: &[Argument],
        frame: &Frame<'a>,
    ) -> Option<&'static Word> {
        let Some(word) = all.iter().find(|word| word.name == name.text) else {
            let fault = if what == "filter" && UNSAFE.contains(&name.text.as_str()) {
                Diagnostic::error(
                    "unsafe-filter",
                    format!("the filter `{}` is not used here: data is text, never Markdown", name.text),
                )
                .hint("leave it out; what is printed is escaped for Markdown on its own")
            } else {
                let code = match what {
                    "filter" => "unknown-filter",
                    "test" => "unknown-test",
                    _ => "unknown-function",
                };
                near(
                    Diagnostic::error(code, format!("there is no {what} `{}`", name.text)),
                    &name.text,
                    all.iter().map(|word| word.name),
                    "",
                )
            };
            self.fault(frame.template, &name.range, fault);
            return None;
        };
        let mut given: Vec<&str> = Vec::new();
        for argument in arguments {
            let text = argument.name.text.as_str();
            if !word.required.contains(&text) && !word.optional.contains(&text) {
                let known = word.required.iter().chain(word.optional).copied();
                let fault = Diagnostic::error("unknown-argument", format!("`{}` has no argument `{text}`", word.name));
                self.fault(frame.template, &argument.name.range, near(fault, text, known, ""));
            }
            given.push(text);
        }
        for missing in word.required.iter().filter(|required| !given.contains(required)) {
            let fault =
                Diagnostic::error("missing-argument", format!("`{}` needs the argument `{missing}`", word.name))
                    .hint(format!("write `{}({missing}=...)`", word.name));
            self.fault(frame.template, &name.range, fault);
        }
        Some(word)
    }

    /// Refuses a filter or test on what it can't work on.
    pub(super) fn takes(&mut self, of: &Expr, shape: &Shape<'a>, word: &Word, frame: &Frame<'a>) {
        let fits = |one: &Concrete<'_>| {
            matches!(
                (word.takes, one),
                (Takes::Any, _)
                    | (_, Concrete::Any | Concrete::Words)
                    | (Takes::Text | Takes::NumberOrText | Takes::Measurable, Concrete::Text(_))
                    | (Takes::Number | Takes::NumberOrText, Concrete::Number)
                    | (Takes::List | Takes::Measurable, Concrete::List(_))
                    | (Takes::Map | Takes::Measurable, Concrete::Object(_) | Concrete::Map(_))
            )
        };
        if !self.schemas.alternatives(shape).iter().any(fits) {
            let path = self.text(frame, of);
            let wanted = match word.takes {
                Takes::Any => "a value",
                Takes::Text => "text",
                Takes::Number => "a number",
                Takes::NumberOrText => "a number or text",
                Takes::List => "a list",
                Takes::Map => "a mapping",
                Takes::Measurable => "text, a list or a mapping",
            };
            let fault = Diagnostic::error(
                "wrong-value",
                format!("`{}` takes {wanted}, and `{path}` is {}", word.name, self.kind_of(shape)),
            );
            self.fault(frame.template, &of.range, fault);
        }
    }
}
