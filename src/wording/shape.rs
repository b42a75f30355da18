//! What a value can be: a place in the schema of the view, or something a template made of it.
//!
//! Takes the part of JSON Schema 2020-12 that [`schemars`] writes for types that are serialised: `$ref` within the
//! document, `type`, `properties`, `additionalProperties`, `patternProperties`, `items`, `prefixItems`, `enum`,
//! `const`, `anyOf`, `oneOf` and `allOf`. A mapping that lists its properties has no others unless it says so.
//! Nothing here looks at data.

use std::collections::BTreeSet;

use serde_json::Value as Schema;

/// A place in the schema; two are the same if they are the same place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'s>(pub(super) &'s Schema);

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Place<'_> {}

impl std::hash::Hash for Place<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        std::ptr::hash(self.0, state);
    }
}

/// What a value can be.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Shape<'s> {
    /// Anything: the schema says nothing.
    Any,
    /// Nothing.
    Null,
    /// Text.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// Words that are Markdown already: a `set` block, what a component printed.
    Words,
    /// A value of the view.
    View(Place<'s>),
    /// A list of such items.
    List(Box<Shape<'s>>),
    /// A mapping that the template wrote out.
    Map(Vec<(String, Shape<'s>)>),
    /// One of these.
    OneOf(Vec<Shape<'s>>),
}

/// A shape with references and alternatives resolved.
#[derive(Debug, Clone)]
pub(super) enum Concrete<'s> {
    Any,
    Null,
    /// Text; the possible values, if the schema lists them.
    Text(Option<BTreeSet<&'s str>>),
    Number,
    Bool,
    Words,
    List(Shape<'s>),
    Object(&'s serde_json::Map<String, Schema>),
    Map(Vec<(String, Shape<'s>)>),
}

/// A field that no alternative has.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Missing<'s> {
    /// The fields that there are; empty where the value is no mapping at all.
    pub(super) known: Vec<String>,
    /// What the value is instead of a mapping, if it is none.
    pub(super) instead: Option<&'s str>,
}

impl<'s> Shape<'s> {
    /// One of both, without saying the same twice.
    pub(super) fn or(self, other: Self) -> Self {
        let mut all = match self {
            Self::OneOf(all) => all,
            one => vec![one],
        };
        let more = match other {
            Self::OneOf(more) => more,
            one => vec![one],
        };
        for shape in more {
            if !all.contains(&shape) {
                all.push(shape);
            }
        }
        match all.len() {
            1 => all.remove(0),
            _ => Self::OneOf(all),
        }
    }

    /// One of several; anything if there are none.
    pub(super) fn one_of(shapes: impl IntoIterator<Item = Self>) -> Self {
        shapes.into_iter().reduce(Self::or).unwrap_or(Self::Any)
    }
}

/// The schema of the view.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schemas<'s> {
    root: &'s Schema,
}

impl<'s> Schemas<'s> {
    pub(super) fn new(root: &'s Schema) -> Self {
        Self { root }
    }

    /// The view itself.
    pub(super) fn view(self) -> Shape<'s> {
        Shape::View(Place(self.root))
    }

    /// References in the schema that lead nowhere.
    pub(super) fn broken(self) -> Vec<&'s str> {
        let mut broken = Vec::new();
        let mut open = vec![self.root];
        while let Some(schema) = open.pop() {
            match schema {
                Schema::Object(object) => {
                    if let Some(reference) = object.get("$ref").and_then(Schema::as_str)
                        && self.target(reference).is_none()
                    {
                        broken.push(reference);
                    }
                    open.extend(object.values());
                }
                Schema::Array(items) => open.extend(items),
                _ => {}
            }
        }
        broken
    }

    fn target(self, reference: &str) -> Option<&'s Schema> {
        self.root.pointer(reference.strip_prefix('#')?)
    }

    /// The alternatives of a shape.
    pub(super) fn alternatives(self, shape: &Shape<'s>) -> Vec<Concrete<'s>> {
        let mut found = Vec::new();
        self.collect(shape, &mut found, &mut Vec::new());
        found
    }

    fn collect(self, shape: &Shape<'s>, found: &mut Vec<Concrete<'s>>, seen: &mut Vec<Place<'s>>) {
        match shape {
            Shape::Any => found.push(Concrete::Any),
            Shape::Null => found.push(Concrete::Null),
            Shape::Text => found.push(Concrete::Text(None)),
            Shape::Number => found.push(Concrete::Number),
            Shape::Bool => found.push(Concrete::Bool),
            Shape::Words => found.push(Concrete::Words),
            Shape::List(item) => found.push(Concrete::List((**item).clone())),
            Shape::Map(entries) => found.push(Concrete::Map(entries.clone())),
            Shape::OneOf(all) => all.iter().for_each(|one| self.collect(one, found, seen)),
            Shape::View(place) => self.schema(*place, found, seen),
        }
    }

    fn schema(self, place: Place<'s>, found: &mut Vec<Concrete<'s>>, seen: &mut Vec<Place<'s>>) {
        if seen.contains(&place) {
            return;
        }
        seen.push(place);
        let object = match place.0 {
            Schema::Object(object) => object,
            Schema::Bool(false) => return,
            _ => return found.push(Concrete::Any),
        };
        let before = found.len();
        let mut said = false;
        if let Some(to) = object.get("$ref").and_then(Schema::as_str).and_then(|reference| self.target(reference)) {
            said = true;
            self.schema(Place(to), found, seen);
        }
        for branches in
            ["anyOf", "oneOf", "allOf"].iter().filter_map(|name| object.get(*name).and_then(Schema::as_array))
        {
            said = true;
            branches.iter().for_each(|branch| self.schema(Place(branch), found, seen));
        }
        let constants: Option<Vec<&Schema>> = match (object.get("const"), object.get("enum").and_then(Schema::as_array))
        {
            (Some(constant), _) => Some(vec![constant]),
            (None, Some(all)) => Some(all.iter().collect()),
            (None, None) => None,
        };
        if let Some(constants) = constants {
            said = true;
            let texts: BTreeSet<&str> = constants.iter().filter_map(|constant| constant.as_str()).collect();
            if !texts.is_empty() {
                found.push(Concrete::Text(Some(texts)));
            }
            found.extend(constants.iter().filter_map(|constant| match constant {
                Schema::Null => Some(Concrete::Null),
                Schema::Bool(_) => Some(Concrete::Bool),
                Schema::Number(_) => Some(Concrete::Number),
                Schema::String(_) => None,
                Schema::Array(_) | Schema::Object(_) => Some(Concrete::Any),
            }));
        } else {
            for kind in kinds(object) {
                said = true;
                // A struct with a flattened enum says `object` beside its branches; both have fields.
                let empty = before < found.len()
                    && !object.contains_key("properties")
                    && !object.contains_key("additionalProperties");
                found.extend(match kind {
                    "null" => Some(Concrete::Null),
                    "string" => Some(Concrete::Text(None)),
                    "integer" | "number" => Some(Concrete::Number),
                    "boolean" => Some(Concrete::Bool),
                    "array" => Some(Concrete::List(items(object))),
                    "object" if empty => None,
                    "object" => Some(Concrete::Object(object)),
                    _ => Some(Concrete::Any),
                });
            }
        }
        if !said {
            found.push(Concrete::Any);
        }
    }

    /// The shape of a field.
    pub(super) fn field(self, shape: &Shape<'s>, name: &str) -> Result<Shape<'s>, Missing<'s>> {
        let alternatives = self.alternatives(shape);
        let mut found = Vec::new();
        let mut known = Vec::new();
        for alternative in &alternatives {
            match alternative {
                Concrete::Any => found.push(Shape::Any),
                Concrete::Map(entries) => {
                    known.extend(entries.iter().map(|(key, _)| key.clone()));
                    found.extend(entries.iter().filter(|(key, _)| key == name).map(|(_, shape)| shape.clone()));
                }
                Concrete::Object(object) => {
                    let properties = object.get("properties").and_then(Schema::as_object);
                    match properties.and_then(|all| all.get(name)) {
                        Some(property) => found.push(Shape::View(Place(property))),
                        None => found.extend(others(object)),
                    }
                    known.extend(properties.into_iter().flat_map(|all| all.keys().cloned()));
                }
                Concrete::Null
                | Concrete::Text(_)
                | Concrete::Number
                | Concrete::Bool
                | Concrete::Words
                | Concrete::List(_) => {}
            }
        }
        if !found.is_empty() {
            return Ok(Shape::one_of(found));
        }
        let mut seen = BTreeSet::new();
        known.retain(|name| seen.insert(name.clone()));
        let mapping = alternatives.iter().any(|one| matches!(one, Concrete::Object(_) | Concrete::Map(_)));
        let instead = (!mapping)
            .then(|| alternatives.iter().find(|one| !matches!(one, Concrete::Null)).map_or("nothing", Concrete::name));
        Err(Missing { known, instead })
    }

    /// Whether any field name may exist: there is a mapping with free keys, or nothing is known.
    pub(super) fn has_free_keys(self, shape: &Shape<'s>) -> bool {
        self.alternatives(shape).iter().any(|one| match one {
            Concrete::Any => true,
            Concrete::Object(object) => others(object).next().is_some(),
            _ => false,
        })
    }

    /// The shape of the items of a list and, where `entries` is set, of the values of a mapping.
    pub(super) fn items(self, shape: &Shape<'s>, entries: bool) -> Option<Shape<'s>> {
        let lists = self.alternatives(shape).into_iter().filter_map(|one| match one {
            Concrete::Any => Some(Shape::Any),
            Concrete::List(item) => Some(item),
            _ => None,
        });
        let found = lists.chain(entries.then(|| self.entries(shape)).flatten());
        found.reduce(Shape::or)
    }

    /// The shape of the values of a mapping.
    pub(super) fn entries(self, shape: &Shape<'s>) -> Option<Shape<'s>> {
        let mappings = self.alternatives(shape).into_iter().filter_map(|one| match one {
            Concrete::Any => Some(Shape::Any),
            Concrete::Map(all) => all.into_iter().map(|(_, shape)| shape).reduce(Shape::or),
            Concrete::Object(object) => {
                let properties =
                    object.get("properties").and_then(Schema::as_object).into_iter().flat_map(|all| all.values());
                properties.map(|one| Shape::View(Place(one))).chain(others(object)).reduce(Shape::or)
            }
            _ => None,
        });
        mappings.reduce(Shape::or)
    }

    /// The texts that a value can be, if the schema lists all of them.
    pub(super) fn constants(self, shape: &Shape<'s>) -> Option<BTreeSet<&'s str>> {
        let mut all = BTreeSet::new();
        for one in self.alternatives(shape) {
            match one {
                Concrete::Text(Some(texts)) => all.extend(texts),
                Concrete::Null => {}
                _ => return None,
            }
        }
        (!all.is_empty()).then_some(all)
    }
}

impl Concrete<'_> {
    /// What it is, for messages.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Any => "anything",
            Self::Null => "nothing",
            Self::Text(_) => "text",
            Self::Number => "a number",
            Self::Bool => "yes or no",
            Self::Words => "words that are Markdown already",
            Self::List(_) => "a list",
            Self::Object(_) | Self::Map(_) => "a mapping",
        }
    }
}

/// The JSON types that a schema names, or that its keywords imply.
fn kinds(object: &serde_json::Map<String, Schema>) -> Vec<&str> {
    match object.get("type") {
        Some(Schema::String(kind)) => vec![kind],
        Some(Schema::Array(kinds)) => kinds.iter().filter_map(Schema::as_str).collect(),
        _ if object.contains_key("properties") || object.contains_key("additionalProperties") => vec!["object"],
        _ if object.contains_key("items") || object.contains_key("prefixItems") => vec!["array"],
        _ => Vec::new(),
    }
}

fn items<'s>(object: &'s serde_json::Map<String, Schema>) -> Shape<'s> {
    let tuple = object.get("prefixItems").and_then(Schema::as_array).into_iter().flatten();
    let rest = object.get("items").filter(|items| **items != Schema::Bool(false));
    Shape::one_of(tuple.chain(rest).map(|item| Shape::View(Place(item))))
}

/// The shapes of fields that a mapping doesn't list.
fn others<'s>(object: &'s serde_json::Map<String, Schema>) -> impl Iterator<Item = Shape<'s>> {
    let additional = object.get("additionalProperties").filter(|additional| **additional != Schema::Bool(false));
    let patterns = object.get("patternProperties").and_then(Schema::as_object).into_iter().flat_map(|all| all.values());
    additional.into_iter().chain(patterns).map(|schema| Shape::View(Place(schema)))
}
