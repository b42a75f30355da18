//! Fields, headings and items that are there and hold nothing.

use crate::check::found::Found;
use crate::check::passage::Passages;
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::diagnostic::Severity;
use crate::profile::Kind;
use crate::source::{Entry, Map, Node, Value};

pub(super) const RULE: Rule = Rule {
    code: "required-field",
    severity: Severity::Error,
    finds: "a fact that is named and left empty, an empty text, heading or list item",
    why: "It is printed as “Not stated”, or as a number with nothing beside it: a candidate sees that the pack is not finished.",
    sources: &["Practice of this project: what is printed has to say something"],
    example: "Post number: (nothing)",
    counter_example: "a profile that does not name a post number",
    look: Look::Words(look),
};

/// Fields that are printed as facts.
const FACTS: [&str; 13] = [
    "post_number", "grade", "directorate", "service", "unit", "reports_to", "accountable_to", "accountable_for", "principal_contacts",
    "liaises_with", "staff_managed", "working_pattern", "scope",
];

/// What a block or a criterion may hold besides a text.
const CONTENT: [&str; 8] = ["heading", "list", "table", "facts", "blocks", "signature", "include", "variants"];

fn look(passages: &Passages<'_>, _: &Sheet, found: &mut Found<'_>) {
    let fields = match passages.kind {
        Kind::Profile => Some(("", passages.root)),
        Kind::Vacancy => passages.root.get("overrides").map(|overrides| ("overrides.", overrides)),
        Kind::Organisation | Kind::Framework => None,
    };
    let mut told = Vec::new();
    if let Some((path, node)) = fields {
        let entries = node.as_map().into_iter().flat_map(|map| &map.entries);
        for entry in entries.filter(|entry| FACTS.contains(&entry.key.as_str()) && is_empty(&entry.node)) {
            told.push(format!("{path}{}", entry.key));
            fact(entry, format!("{path}{}", entry.key), found);
        }
    }
    for passage in passages.all.iter().filter(|passage| passage.node.as_text().is_some_and(|text| text.trim().is_empty())) {
        let field = passage.field.as_str();
        // A label or a cell may be empty on purpose, and a text is told with the item that it is all of.
        let label = field.starts_with("labels.") || field.starts_with("defaults.labels.");
        let is_left = label || field.ends_with(".text") || field.contains(".table.");
        if !is_left && !told.iter().any(|fact| field.starts_with(fact.as_str())) {
            let finding = found.value(passage.node, field, "this is empty");
            finding.hints.push("write the words, or take the line out".to_owned());
        }
    }
    passages.root.walk("", &mut |path, node| {
        if node.as_map().is_some_and(|map| is_bare(map, path)) {
            let finding = found.value(node, path, "this item is empty");
            finding.hints.push("write its words, or take it out".to_owned());
        }
    });
}

fn fact(entry: &Entry, field: String, found: &mut Found<'_>) {
    let finding = found.value(&entry.node, field, format!("`{}` is empty", entry.key));
    // An empty value has no place that anybody could see.
    finding.span = Some(entry.key_span.clone());
    finding.hints.push("write what it is, or take the line out: a field that is not named is not printed".to_owned());
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Scalar(scalar) => scalar.text.trim().is_empty(),
        Value::List(items) => items.iter().all(is_empty),
        Value::Map(_) => false,
    }
}

/// Whether a mapping is an item, a block or a criterion without words. One that has no `text` at all may get it from a lower layer.
fn is_bare(map: &Map, path: &str) -> bool {
    let is_item = path.ends_with(']') || path.starts_with("clauses.");
    let has_content = CONTENT.iter().any(|key| map.get(key).is_some_and(|node| !is_empty(node)));
    is_item && map.get("text").is_some_and(is_empty) && map.get("remove").is_none() && !has_content
}

#[cfg(test)]
mod tests {
    use crate::check::tests::in_yaml;

    const CODE: &str = "required-field";

    #[test]
    fn what_is_named_and_empty_is_found() {
        let facts = "post_title: Officer\npost_number:\nworking_pattern: null\nunit: ''";
        assert_eq!(in_yaml(CODE, facts), ["post_number", "working_pattern", "unit"]);
        let list = "post_title: Officer\naccountabilities:\n  - list:\n      items:\n        - Plan\n        - ''\n        - {id: a, text: }";
        assert_eq!(in_yaml(CODE, list), ["''", "{id: a, text: }"]);
        assert_eq!(in_yaml(CODE, "post_title: Officer\nsections:\n  - {id: a, heading: ' ', blocks: [Words]}"), ["' '"]);
    }

    #[test]
    fn what_is_not_named_and_what_is_empty_on_purpose_is_not() {
        let right = "post_title: Officer\nstaff_managed: None\nheadings: {purpose: null}\ndisclosure: {dbs: enhanced, barred_lists: null}\n\
                     sections:\n  - {id: contacts, heading: null}\n  - {id: b, blocks: [{id: c, remove: true}]}\n\
                     purpose:\n  - {text: null, list: {items: [One, Two]}}\n  - {table: {columns: [A, B], rows: [[One, '']]}}";
        assert!(in_yaml(CODE, right).is_empty());
    }
}
