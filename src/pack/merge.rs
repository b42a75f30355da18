//! One rule for putting layers on top of each other.
//!
//! Mappings merge key by key. A list replaces a list, unless every item of the higher one has an `id`: then items
//! merge by `id`, new ones are appended and `remove: true` marks one to be dropped by [`sweep`] once all layers are
//! in place. Anything else of a higher layer replaces what is below and remembers it.

use crate::source::{Entry, Map, Node, Value};

/// Puts `higher` on top of `lower`.
pub fn merge(lower: Node, higher: Node) -> Node {
    let Node { value, span, layer, overrode } = higher;
    match (lower, value) {
        (Node { value: Value::Map(below), overrode: older, .. }, Value::Map(above)) => {
            Node { value: Value::Map(merge_maps(below, above)), span, layer, overrode: joined(overrode, older) }
        }
        (Node { value: Value::List(below), overrode: older, .. }, Value::List(above))
            if !above.is_empty() && above.iter().all(|item| item.id().is_some()) =>
        {
            Node { value: Value::List(merge_items(below, above)), span, layer, overrode: joined(overrode, older) }
        }
        (mut lower, value) => {
            let older = std::mem::take(&mut lower.overrode);
            let mut overrode = overrode;
            overrode.push(lower);
            Node { value, span, layer, overrode: joined(overrode, older) }
        }
    }
}

fn joined(mut nearer: Vec<Node>, older: Vec<Node>) -> Vec<Node> {
    nearer.extend(older);
    nearer
}

fn merge_maps(mut below: Map, above: Map) -> Map {
    for Entry { key, key_span, node } in above.entries {
        match below.entries.iter_mut().find(|entry| entry.key == key) {
            Some(entry) => {
                let placeholder = Node::new(Value::Null, node.span.clone(), node.layer);
                let lower = std::mem::replace(&mut entry.node, placeholder);
                entry.node = merge(lower, node);
                entry.key_span = key_span;
            }
            None => below.entries.push(Entry { key, key_span, node }),
        }
    }
    below
}

fn merge_items(mut below: Vec<Node>, above: Vec<Node>) -> Vec<Node> {
    for item in above {
        match below.iter_mut().find(|lower| lower.id().is_some() && lower.id() == item.id()) {
            Some(lower) => {
                let placeholder = Node::new(Value::Null, item.span.clone(), item.layer);
                let taken = std::mem::replace(lower, placeholder);
                *lower = merge(taken, item);
            }
            None => below.push(item),
        }
    }
    below
}

/// Drops every list item that says `remove: true`, once all layers are merged.
pub fn sweep(node: &mut Node) {
    node.transform(&mut |node| {
        if let Value::List(items) = &mut node.value {
            items.retain(|item| item.get("remove").and_then(Node::as_text) != Some("true"));
        }
    });
}
