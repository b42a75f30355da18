//! One form for what the brand.yml format lets people write in several, so that one brand can be laid over another.

use crate::source::{Entry, Map, Node, Value};

/// Uses of a typeface that may be written as the name of its family.
const TYPEFACES: [&str; 5] = ["base", "headings", "monospace", "monospace-inline", "monospace-block"];

/// `base: Open Sans` becomes `base: {family: Open Sans}`, and `link: navy` becomes `link: {color: navy}`.
pub fn normal(mut node: Node) -> Node {
    if let Some(typography) = map_of(&mut node).and_then(|map| map.get_mut("typography")).and_then(map_of) {
        for entry in &mut typography.entries {
            let key = match entry.key.as_str() {
                "link" => "color",
                key if TYPEFACES.contains(&key) => "family",
                _ => continue,
            };
            if matches!(entry.node.value, Value::Scalar(_)) {
                let Node { span, layer, .. } = entry.node.clone();
                let inner = Entry { key: key.to_owned(), key_span: span.clone(), node: entry.node.clone() };
                entry.node = Node::new(Value::Map(Map { entries: vec![inner] }), span, layer);
            }
        }
    }
    node
}

fn map_of(node: &mut Node) -> Option<&mut Map> {
    match &mut node.value {
        Value::Map(map) => Some(map),
        _ => None,
    }
}
