//! What holds for every input, tried on random ones: the YAML reader, the merge and the Markdown tree.

use std::collections::BTreeSet;
use std::sync::Arc;

use jobpack::diagnostic::SourceText;
use jobpack::pack::merge::{merge, sweep};
use jobpack::pack::rich;
use jobpack::source::{Layer, Node, Value, decode, read};
use proptest::prelude::*;

/// A node as a plain value; numbers and booleans are still text.
fn plain(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Scalar(scalar) => scalar.text.clone().into(),
        Value::List(items) => items.iter().map(plain).collect(),
        Value::Map(map) => map.entries.iter().map(|entry| (entry.key.clone(), plain(&entry.node))).collect(),
    }
}

fn tree(text: &str, layer: Layer) -> Node {
    let file = Arc::new(SourceText { path: "test.yaml".into(), text: text.into() });
    read(&file, layer).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"))
}

/// Text that a person may write into a profile, quotes and signs of YAML included.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,8}",
        "[ -~]{0,20}",
        "[a-zA-Z0-9 :#'\"\\-\\[\\]{}&*!|>%@,.?\n\t]{0,30}",
        "[à-ÿ–—‘’“”…✓ ]{1,10}",
        Just("1.10".to_owned()),
        Just("no".to_owned()),
        Just("007".to_owned()),
        Just("~".to_owned()),
        Just("2026-11-22".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![9 => text().prop_map(serde_json::Value::from), 1 => Just(serde_json::Value::Null)];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(serde_json::Value::from),
            prop::collection::btree_map("[a-z_]{1,6}", inner, 0..5).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// A mapping of a fixed shape, as layers of a pack have: so that no layer changes the kind of a value.
fn layer() -> impl Strategy<Value = serde_json::Value> {
    let item = (prop::sample::select(vec!["a", "b", "c", "d"]), "[a-z]{1,4}", any::<bool>()).prop_map(|(id, text, remove)| {
        match remove {
            true => serde_json::json!({"id": id, "remove": true}),
            false => serde_json::json!({"id": id, "text": text}),
        }
    });
    let items = prop::collection::vec(item, 1..4).prop_map(|mut items| {
        let mut seen = BTreeSet::new();
        items.retain(|item| seen.insert(item["id"].as_str().map(str::to_owned)));
        items
    });
    let words = prop::option::of("[a-z]{1,4}");
    let list = prop::option::of(prop::collection::vec("[a-z]{1,4}", 0..3));
    (words, list, prop::option::of(items)).prop_map(|(title, facts, groups)| {
        let mut map = serde_json::Map::new();
        let mut put = |key: &str, value: Option<serde_json::Value>| drop(value.map(|value| map.insert(key.into(), value)));
        put("title", title.map(Into::into));
        put("facts", facts.map(Into::into));
        put("groups", groups.map(Into::into));
        serde_json::Value::Object(map)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// The reader that knows places and the reader of serde read the same values.
    #[test]
    fn both_readings_of_yaml_agree(value in value()) {
        let yaml = serde_yaml::to_string(&value).expect("it can be written");
        let theirs: serde_json::Value = serde_yaml::from_str(&yaml).expect("serde reads its own");
        prop_assert_eq!(plain(&tree(&yaml, Layer::Profile)), theirs, "{}", yaml);
    }

    /// Every value's place is the place of its text.
    #[test]
    fn a_plain_value_stands_where_its_place_says(words in prop::collection::vec("[a-zé–]{1,8}", 1..6)) {
        let yaml: String = words.iter().enumerate().map(|(at, word)| format!("k{at}: {word}\n")).collect();
        let node = tree(&yaml, Layer::Profile);
        for (at, word) in words.iter().enumerate() {
            let value = node.get(&format!("k{at}")).expect("the key is there");
            prop_assert_eq!(value.span.text(), word.as_str());
            prop_assert_eq!(value.span.line_column(), (at + 1, format!("k{at}: ").len() + 1));
        }
    }

    /// Any bytes are read, or refused with a reason; nothing panics.
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        match decode(bytes, "test.yaml") {
            Ok(file) => drop(read(&file, Layer::Profile)),
            Err(fault) => prop_assert_eq!(fault.code, "not-utf8"),
        }
    }

    /// Text that is nearly YAML is read, or refused with a place within the file.
    #[test]
    fn near_yaml_never_panics(text in "[a-c:\\-\\[\\]{},&*!|>'\"#%\n\t ]{0,60}") {
        let file = Arc::new(SourceText { path: "test.yaml".into(), text });
        if let Err(faults) = read(&file, Layer::Profile) {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                let span = fault.span.expect("a fault of the text has a place");
                prop_assert!(span.range.end <= file.text.len());
            }
        }
    }

    /// It does not matter which two of three layers are put together first.
    #[test]
    fn merging_is_associative(a in layer(), b in layer(), c in layer()) {
        let node = |value: &serde_json::Value, layer| tree(&value.to_string(), layer);
        let layers = || (node(&a, Layer::Organisation), node(&b, Layer::Profile), node(&c, Layer::Vacancy));
        let (one, two, three) = layers();
        let left = merge(merge(one, two), three);
        let (one, two, three) = layers();
        let right = merge(one, merge(two, three));
        prop_assert_eq!(plain(&left), plain(&right));
    }

    /// A layer on top of itself changes nothing, and the higher layer's words win.
    #[test]
    fn the_higher_layer_wins(a in layer(), b in layer()) {
        let node = |value: &serde_json::Value, layer| tree(&value.to_string(), layer);
        prop_assert_eq!(plain(&merge(node(&a, Layer::Base), node(&a, Layer::Profile))), plain(&node(&a, Layer::Base)));
        let merged = plain(&merge(node(&a, Layer::Base), node(&b, Layer::Profile)));
        for key in ["title", "facts"] {
            prop_assert_eq!(&merged[key], if b[key].is_null() { &a[key] } else { &b[key] });
        }
    }

    /// Items merge by id: each id stands once, and one that is removed is gone.
    #[test]
    fn items_merge_by_id_and_removed_ones_go(a in layer(), b in layer()) {
        let node = |value: &serde_json::Value, layer| tree(&value.to_string(), layer);
        let ids = |value: &serde_json::Value, which: fn(&serde_json::Value) -> bool| -> Vec<String> {
            let items = value["groups"].as_array().into_iter().flatten().filter(|item| which(item));
            items.filter_map(|item| item["id"].as_str().map(str::to_owned)).collect()
        };
        let mut merged = merge(node(&a, Layer::Base), node(&b, Layer::Profile));
        sweep(&mut merged);
        let left = ids(&plain(&merged), |_| true);
        prop_assert_eq!(left.iter().collect::<BTreeSet<_>>().len(), left.len(), "an id stands twice");
        let removed = ids(&b, |item| item["remove"] == true);
        prop_assert!(left.iter().all(|id| !removed.contains(id)), "{:?} of {:?} should be gone", removed, left);
        for id in ids(&b, |item| item["remove"].is_null()) {
            let dropped_below = ids(&a, |item| item["remove"] == true).contains(&id);
            prop_assert!(left.contains(&id) || dropped_below, "{id} is lost");
        }
    }

    /// Random Markdown never panics, and plain words come out as they went in.
    #[test]
    fn markdown_keeps_plain_words(words in prop::collection::vec("[a-zA-Zé’]{1,10}", 1..20)) {
        let text = words.join(" ");
        let (blocks, faults) = rich::blocks(&text, &rich::Values::new());
        prop_assert!(faults.is_empty());
        prop_assert_eq!(said(&blocks), text);
    }

    #[test]
    fn markdown_never_panics(text in "[a-z*_#>`~|<&\\[\\]()!{}+=.:0-9\\\\\n\t -]{0,80}") {
        drop(rich::blocks(&text, &rich::Values::new()));
        drop(rich::inline(&text, &rich::Values::new()));
    }

    /// Whatever signs stand around them, letters are never lost.
    #[test]
    fn markdown_never_loses_letters(text in "[a-z*_#>`|<+=.0-9\n -]{0,60}") {
        let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
        let (blocks, _) = rich::blocks(&text, &rich::Values::new());
        prop_assert_eq!(letters(&said(&blocks)), letters(&text), "{:?}", blocks);
    }
}

/// The words of some blocks.
fn said(blocks: &[rich::RichBlock]) -> String {
    fn inlines(content: &[rich::Inline], out: &mut String) {
        for inline in content {
            match inline {
                rich::Inline::Text(text) => out.push_str(text),
                rich::Inline::Marked(rich::Marked::Strong { content } | rich::Marked::Emphasis { content } | rich::Marked::Link { content, .. }) => {
                    inlines(content, out);
                }
                rich::Inline::Marked(rich::Marked::Variable { text, .. }) => out.push_str(text),
                rich::Inline::Marked(_) => out.push(' '),
            }
        }
    }
    let mut out = String::new();
    for block in blocks {
        match block {
            rich::RichBlock::Paragraph(content) => inlines(content, &mut out),
            rich::RichBlock::Heading { .. } | rich::RichBlock::Table { .. } => panic!("data makes no headings and tables: {block:?}"),
            rich::RichBlock::List { items, .. } => items.iter().for_each(|item| out.push_str(&said(item))),
        }
    }
    out
}
