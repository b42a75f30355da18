//! JSON Schema of the files that people write, made from the types themselves.

use std::borrow::Cow;
use std::sync::OnceLock;

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::source::LANGUAGES;
use super::{Framework, Organisation, Profile, Vacancy};

/// The kinds of file under `profiles/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, clap::ValueEnum)]
pub enum Kind {
    /// `profiles/<organisation>/organisation.yaml`
    Organisation,
    /// `profiles/<organisation>/frameworks/<framework>.yaml`
    Framework,
    /// `profiles/<organisation>/<profile>.yaml`
    Profile,
    /// `profiles/<organisation>/vacancies/<vacancy>.yaml`
    Vacancy,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Organisation, Self::Framework, Self::Profile, Self::Vacancy];

    /// The word that stands under `kind`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Framework => "framework",
            Self::Profile => "profile",
            Self::Vacancy => "vacancy",
        }
    }
}

/// JSON Schema (2020-12) of a kind of file.
pub fn schema_of(kind: Kind) -> &'static Value {
    static SCHEMAS: OnceLock<[Value; 4]> = OnceLock::new();
    let [organisation, framework, profile, vacancy] = SCHEMAS.get_or_init(|| {
        [root::<Organisation>("organisation"), root::<Framework>("framework"), root::<Profile>("profile"), root::<Vacancy>("vacancy")]
    });
    match kind {
        Kind::Organisation => organisation,
        Kind::Framework => framework,
        Kind::Profile => profile,
        Kind::Vacancy => vacancy,
    }
}

fn root<T: JsonSchema>(name: &str) -> Value {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".to_owned(), json!(format!("jobpack {name}")));
    }
    schema
}

/// A schema as people write the file: wherever a text may stand, it may stand in several languages.
///
/// Files are localised before they are checked ([`crate::source::localise`]), so that [`schema_of`] knows only texts.
pub fn translatable(schema: &Value) -> Value {
    let mut schema = schema.clone();
    translate(&mut schema);
    let text = json!({"type": ["string", "null"]});
    let languages: serde_json::Map<String, Value> =
        LANGUAGES.iter().map(|language| ((*language).to_owned(), text.clone())).collect();
    let texts = json!({
        "description": "A text in several languages.",
        "type": "object", "properties": languages, "additionalProperties": false, "minProperties": 1
    });
    if let Some(schema) = schema.as_object_mut()
        && let Some(definitions) = schema.entry("$defs").or_insert_with(|| json!({})).as_object_mut()
    {
        definitions.insert("Texts".to_owned(), texts);
    }
    schema
}

fn translate(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(translate),
        Value::Object(object) => {
            object.values_mut().for_each(translate);
            let texts = match object.get("type") {
                Some(Value::String(name)) => name == "string",
                Some(Value::Array(names)) => names.iter().any(|name| name == "string"),
                _ => false,
            };
            let free = ["enum", "const", "pattern", "format"].iter().all(|limit| !object.contains_key(*limit));
            if texts && free {
                let description = object.remove("description");
                let text = Value::Object(std::mem::take(object));
                object.extend(description.map(|description| ("description".to_owned(), description)));
                object.insert("anyOf".to_owned(), json!([text, {"$ref": "#/$defs/Texts"}]));
            }
        }
        _ => {}
    }
}

/// Fields of a profile, none of them required: what a lower layer may set.
///
/// The merge works on the tree that was read, so no value of this type is ever looked into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fragment;

impl<'de> Deserialize<'de> for Fragment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(|_| Self)
    }
}

impl JsonSchema for Fragment {
    fn schema_name() -> Cow<'static, str> {
        "ProfileFields".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Profile::json_schema(generator);
        schema.remove("required");
        if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
            for name in ["kind", "status", "revised_on", "extends", "model", "example", "waivers", "source"] {
                properties.remove(name);
            }
        }
        schema.insert("description".to_owned(), json!("Fields of a profile, none of them required."));
        schema
    }
}
