//! The spanned tree: what YAML says, where it says it, and what each value overrode.

use crate::diagnostic::Span;

/// The layers of a pack, lowest first. A value of a higher layer wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// `defaults` of `layout.yaml`.
    Layout,
    /// `organisation.yaml`: its `defaults`, clauses and labels.
    Organisation,
    /// A competency framework.
    Framework,
    /// A profile that another one extends.
    Base,
    /// The profile itself.
    Profile,
    /// The vacancy.
    Vacancy,
    /// The command line or a request.
    Override,
}

impl Layer {
    /// The layer's name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Layout => "layout",
            Self::Organisation => "organisation",
            Self::Framework => "framework",
            Self::Base => "base profile",
            Self::Profile => "profile",
            Self::Vacancy => "vacancy",
            Self::Override => "override",
        }
    }
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it says.
    pub value: Value,
    /// Where it says it.
    pub span: Span,
    /// The layer that it came from.
    pub layer: Layer,
    /// The values of lower layers that it stands for, nearest first.
    pub overrode: Vec<Node>,
}

/// What a node says.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// A scalar as written.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Map),
}

/// A scalar, not yet interpreted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// Its text after YAML's own folding and escapes.
    pub text: String,
    /// Written without quotes, so that it may stand for a number or a boolean.
    pub plain: bool,
}

/// A mapping with unique keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Map {
    /// Entries in the order of the file.
    pub entries: Vec<Entry>,
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Map {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// The value of `key`, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.node)
    }

    /// Takes `key` out.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// The keys in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }
}

impl Node {
    /// A node that overrode nothing.
    pub fn new(value: Value, span: Span, layer: Layer) -> Self {
        Self { value, span, layer, overrode: Vec::new() }
    }

    /// The mapping, if it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items, if it is a sequence.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if it is a scalar.
    pub fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// What it says as bytes, wherever it stands: two trees that say the same have the same, and no others have.
    pub fn canonical(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write_canonical(&mut out);
        out
    }

    fn write_canonical(&self, out: &mut Vec<u8>) {
        let text = |kind: u8, text: &str, out: &mut Vec<u8>| {
            out.push(kind);
            out.extend((text.len() as u64).to_be_bytes());
            out.extend(text.as_bytes());
        };
        match &self.value {
            Value::Null => out.push(b'0'),
            Value::Scalar(Scalar { text: own, plain }) => text(if *plain { b'p' } else { b'q' }, own, out),
            Value::List(items) => {
                out.push(b'[');
                items.iter().for_each(|item| item.write_canonical(out));
                out.push(b']');
            }
            Value::Map(map) => {
                out.push(b'{');
                for entry in &map.entries {
                    text(b'k', &entry.key, out);
                    entry.node.write_canonical(out);
                }
                out.push(b'}');
            }
        }
    }

    /// Whether it says nothing.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The value of a key, if it is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key)
    }

    /// The value at a path of keys and item positions: `groups.0.criteria`, `groups[0].criteria`.
    ///
    /// An item may also be named by its `id`: `groups.skills.criteria`.
    pub fn at_path(&self, path: &str) -> Option<&Node> {
        path.split(['.', '[', ']']).filter(|step| !step.is_empty()).try_fold(self, |node, step| match &node.value {
            Value::Map(map) => map.get(step),
            // An item may be called by a number.
            Value::List(items) => items.iter().find(|item| item.id() == Some(step)).or_else(|| items.get(step.parse::<usize>().ok()?)),
            _ => None,
        })
    }

    /// The `id` of a list item.
    pub fn id(&self) -> Option<&str> {
        self.get("id")?.as_text()
    }

    /// What kind of value it is, for messages.
    pub fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "nothing",
            Value::Scalar(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a mapping",
        }
    }

    /// The first text, parents and earlier ones first, that `fits`.
    pub fn find_text(&self, fits: impl Fn(&str) -> bool) -> Option<&Self> {
        let mut found = None;
        self.walk("", &mut |_, node| {
            if found.is_none() && node.as_text().is_some_and(&fits) {
                found = Some(node);
            }
        });
        found
    }

    /// How many values stand in each other, this one counted.
    pub fn depth(&self) -> usize {
        1 + match &self.value {
            Value::List(items) => items.iter().map(Self::depth).max().unwrap_or(0),
            Value::Map(map) => map.entries.iter().map(|entry| entry.node.depth()).max().unwrap_or(0),
            Value::Null | Value::Scalar(_) => 0,
        }
    }

    /// Visits this node and everything below it, parents first, with the path of each.
    pub fn walk<'a>(&'a self, path: &str, visit: &mut impl FnMut(&str, &'a Node)) {
        visit(path, self);
        match &self.value {
            Value::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    item.walk(&format!("{path}[{at}]"), visit);
                }
            }
            Value::Map(map) => {
                for entry in &map.entries {
                    let below = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
                    entry.node.walk(&below, visit);
                }
            }
            Value::Null | Value::Scalar(_) => {}
        }
    }

    /// Changes this node and everything below it, children first.
    pub fn transform(&mut self, change: &mut impl FnMut(&mut Node)) {
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.transform(change)),
            Value::Map(map) => map.entries.iter_mut().for_each(|entry| entry.node.transform(change)),
            Value::Null | Value::Scalar(_) => {}
        }
        change(self);
    }
}
