//! Blocks of words: the one shape in which every layer writes paragraphs, lists, tables and facts.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

/// A block of words. A plain text is short for `{text: ...}`.
///
/// What a block holds is printed in this order: heading, text, list, table, facts, blocks, signature lines.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block(pub BlockFields);

/// The fields of a block that is more than a text.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Block")]
pub struct BlockFields {
    /// Name by which a later layer, a message or a vacancy refers to the block.
    pub id: Option<String>,
    /// Heading of the block; its level follows from where it stands.
    pub heading: Option<String>,
    /// Words in Markdown: bold, italic, links, lists. A blank line starts a new paragraph. `{{name}}` stands for a
    /// declared variable.
    pub text: Option<String>,
    /// A list.
    pub list: Option<List>,
    /// A simple table.
    pub table: Option<TableBlock>,
    /// Labels with values.
    pub facts: Option<Vec<Fact>>,
    /// Blocks within this one.
    pub blocks: Option<Vec<Block>>,
    /// Labels of lines to sign or fill in.
    pub signature: Option<Vec<String>>,
    /// Name of a clause of the organisation (`clauses` in `organisation.yaml`) whose words stand here.
    pub include: Option<String>,
    /// Which variant of the included clause.
    pub variant: Option<String>,
    /// Named style of the layout: `lead`, `notice`, `callout`, `muted`.
    pub style: Option<String>,
    /// Language of the words, where it is not the organisation's (BCP 47, such as `cy`).
    #[schemars(extend("pattern" = crate::source::LANGUAGE_PATTERN))]
    pub language: Option<String>,
    /// Words to find it by; not printed.
    pub tags: Option<Vec<String>>,
    /// Drops the item of this `id` that a lower layer has.
    pub remove: Option<bool>,
}

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Block;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("text or a block")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Block, E> {
                Ok(Block(BlockFields { text: Some(text.to_owned()), ..BlockFields::default() }))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Block, A::Error> {
                BlockFields::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Block)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Block {
    fn schema_name() -> Cow<'static, str> {
        "BlockOrText".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let fields = generator.subschema_for::<BlockFields>();
        json_schema!({
            "description": "A block of words; a plain text is short for `{text: ...}`.",
            "anyOf": [{"type": "string"}, fields]
        })
    }
}

/// Highest number that a list may begin with; Roman numerals and letters stay readable below it.
pub const MAX_LIST_START: u64 = 999;

/// Most columns of a table: Word takes no more.
pub(super) const MAX_COLUMNS: usize = 63;

/// Most rows of a table, and criteria of a group: the time to lay one out grows with the square of its length.
pub(super) const MAX_ROWS: usize = 1000;

/// A list.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// What stands before an item. Numbers are never part of the text.
    #[serde(default)]
    pub marker: Marker,
    /// Number of the first item, where it is not 1.
    #[schemars(range(max = MAX_LIST_START))]
    pub start: Option<u64>,
    /// The items.
    #[schemars(length(min = 1))]
    pub items: Vec<Block>,
}

/// What stands before a list item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Marker {
    /// A bullet.
    #[default]
    Bullet,
    /// A dash.
    Dash,
    /// 1. 2. 3.
    Decimal,
    /// a. b. c.
    LowerAlpha,
    /// a) b) c)
    LowerAlphaParen,
    /// i. ii. iii.
    LowerRoman,
}

/// A simple table: a row of headings, then rows of cells.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableBlock {
    /// What the table shows; printed above it and read out before it.
    pub caption: Option<String>,
    /// Column headings.
    #[schemars(length(min = 1, max = MAX_COLUMNS))]
    pub columns: Vec<String>,
    /// Rows, each with as many cells as there are columns.
    #[schemars(length(max = MAX_ROWS))]
    pub rows: Vec<Vec<String>>,
    /// The first cell of each row names the row.
    #[serde(default)]
    pub row_headers: bool,
}

/// A label with a value: from a field of the pack, or free.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Fact {
    /// Name by which a later layer refers to the fact.
    pub id: Option<String>,
    /// Path of the field that holds the value: `post_title`, `disclosure.dbs`. A field that is absent is not printed;
    /// one that is empty is printed as "Not stated".
    pub field: Option<String>,
    /// Printed label; the layout has one for every usual field.
    pub label: Option<String>,
    /// The value, where no field holds it. A list prints one value a line.
    pub value: Option<Words>,
    /// A line to write on instead of a value.
    pub blank: Option<bool>,
    /// Drops the fact of this `id` that a lower layer has.
    pub remove: Option<bool>,
}

/// One text, or several that are printed one a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Words;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("text or a list of texts")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Words, E> {
                Ok(Words(vec![text.to_owned()]))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<Words, A::Error> {
                let mut words = Vec::new();
                while let Some(text) = items.next_element()? {
                    words.push(text);
                }
                Ok(Words(words))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl serde::Serialize for Words {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.join("\n"))
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One text, or a list of texts that are printed one a line.",
            "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
        })
    }
}
