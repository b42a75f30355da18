//! Templates and components that a template uses: whether they exist, go round in circles, and get what they need.

use std::collections::BTreeMap;

use super::check::{Checker, Frame, Names, Unit, near};
use super::shape::Shape;
use super::syntax::{Argument, ComponentCall, Name};
use crate::diagnostic::Diagnostic;

impl<'a> Checker<'a> {
    /// `{% include "name" %}`: the template is followed with what is visible here.
    pub(super) fn include(&mut self, name: &'a Name, frame: &Frame<'a>) {
        let sheets = self.sheets;
        let Some((key, _)) = sheets.get_key_value(&name.text) else {
            let names = sheets.keys().map(String::as_str);
            let fault = near(
                Diagnostic::error("unknown-template", format!("there is no template `{}`", name.text)),
                &name.text,
                names,
                "",
            );
            return self.fault(frame.template, &name.range, fault);
        };
        if self.circles(&Unit::Template(key)) {
            let fault = Diagnostic::error("circular-include", format!("`{}` includes itself", name.text))
                .hint("take this include out");
            return self.fault(frame.template, &name.range, fault);
        }
        let mut names = frame.inherited.clone();
        for scope in &frame.scopes {
            names.extend(scope.iter().map(|(name, shape)| (name.clone(), shape.clone())));
        }
        self.follow_template(key, names, frame.view, format!("including `{key}` in `{}`", frame.template));
    }

    fn circles(&self, unit: &Unit<'a>) -> bool {
        self.active.iter().any(|(active, _)| active == unit)
    }

    /// A use of a component.
    pub(super) fn call(&mut self, call: &'a ComponentCall, body: bool, frame: &mut Frame<'a>) {
        let given: Vec<(&Argument, Shape<'a>)> =
            call.arguments.iter().map(|argument| (argument, self.shape(&argument.value, frame))).collect();
        let Some((key, (_, component))) =
            self.components.get_key_value(call.name.text.as_str()).map(|(key, of)| (*key, *of))
        else {
            let names: Vec<&str> = self.components.keys().copied().collect();
            let fault = Diagnostic::error("unknown-component", format!("there is no component `{}`", call.name.text));
            return self.fault(frame.template, &call.name.range, near(fault, &call.name.text, names, ""));
        };
        let mut names: Names<'a> = BTreeMap::new();
        for (argument, shape) in given {
            if component.parameters.iter().all(|parameter| parameter.name.text != argument.name.text) {
                let known = component.parameters.iter().map(|parameter| parameter.name.text.as_str());
                let fault =
                    Diagnostic::error("unknown-argument", format!("`{key}` has no argument `{}`", argument.name.text));
                self.fault(frame.template, &argument.name.range, near(fault, &argument.name.text, known, ""));
            }
            names.insert(argument.name.text.clone(), shape);
        }
        for parameter in &component.parameters {
            if names.contains_key(&parameter.name.text) {
                continue;
            }
            match &parameter.default {
                Some(default) => {
                    let shape = self.shape(default, frame);
                    // null stands for whatever a call may hand over; where no call does, nothing is looked into
                    names.insert(parameter.name.text.clone(), if shape == Shape::Null { Shape::Any } else { shape });
                }
                None => {
                    let fault = Diagnostic::error(
                        "missing-argument",
                        format!("`{key}` needs the argument `{}`", parameter.name.text),
                    );
                    self.fault(frame.template, &call.name.range, fault);
                    names.insert(parameter.name.text.clone(), Shape::Any);
                }
            }
        }
        names.insert("body".to_owned(), if body { Shape::Words } else { Shape::Words.or(Shape::Null) });
        if self.circles(&Unit::Component(key)) {
            let fault = Diagnostic::error("circular-component", format!("the component `{key}` uses itself"));
            return self.fault(frame.template, &call.name.range, fault);
        }
        self.follow_component(key, names, format!("using the component `{key}` in `{}`", frame.template));
    }
}
