//! Words of a model that whoever uses it has not replaced.

use crate::check::found::Found;
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::pack::rich::placeholders;
use crate::source::{Layer, Node};

pub(super) const RULE: Rule = Rule {
    code: "model-default",
    severity: Severity::Error,
    finds: "a profile made from a model that prints the model’s own value of a variable",
    why: "The model leaves that to whoever uses it: its own value names a post that the school or team may not have.",
    sources: &["Model job profiles of the London Borough of Havering: what is in italics is for the school to replace"],
    example: "a profile that extends a model and gives `line_manager` no value",
    counter_example: "the same with `variables: {line_manager: {value: Inclusion Lead}}`",
    look: Look::Pack(look),
};

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let tree = scene.tree();
    // A model itself prints its own values.
    let extends = tree.get("extends").filter(|extends| !extends.is_null());
    // Whoever posts a model as it is uses it too.
    let posted = scene.vacancy.and_then(|(_, node)| node.get("profile")).filter(|_| scene.profile().model.is_some());
    let Some(user) = extends.or(posted) else { return };
    for (name, (text, own)) in &scene.pack.values {
        let field = format!("variables.{name}");
        let default = tree.at_path(&format!("{field}.default"));
        let Some(default) = default.filter(|default| !own && (posted.is_some() || default.layer == Layer::Base) && is_printed(tree, name)) else { continue };
        let finding = found.value(user, format!("{field}.value"), format!("“{text}” is the model’s own value of `{name}`"));
        finding.labels.push((default.span.clone(), "from here".to_owned()));
        finding.hints.push(format!("write this post’s under `{field}.value`, even if it is the same"));
    }
}

/// Whether some text has `{{name}}`.
fn is_printed(tree: &Node, name: &str) -> bool {
    let mut printed = false;
    tree.walk("", &mut |_, node| printed |= node.as_text().is_some_and(|text| placeholders(text).any(|other| other == name)));
    printed
}
