//! A whole tree against a JSON Schema: every fault, each at its place.
//!
//! Takes the part of JSON Schema 2020-12 that [`schemars`] writes for our types: `$ref` within the document, `type`,
//! `properties`, `required`, `additionalProperties`, `items`, `enum`, `const`, `anyOf`/`oneOf`, `minItems`, `maxItems`,
//! `minLength` of 1, `minimum`, `maximum`, the formats `date`, `uint8` and `uint32`, and the patterns of a time of day,
//! of a language, of web and e-mail addresses. Scalars are still text here, so a `string` takes any scalar.

use serde_json::{Map as Object, Value as Schema};

use super::node::{Node, Value};
use crate::diagnostic::{Diagnostic, nearest};

/// Pattern of a time of day in 24-hour form. (JSON Schema's own `time` wants seconds and a zone.)
pub const TIME_PATTERN: &str = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

/// Pattern of a language: BCP 47 with language, script and region only.
pub const LANGUAGE_PATTERN: &str = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$";

/// Pattern of a web address.
pub const WEB_PATTERN: &str = "^https?://[^\\s/?#@<>\"]+\\.[^\\s<>\"]+$";

/// Pattern of an e-mail address.
pub const EMAIL_PATTERN: &str = "^[^\\s@<>,;:\"]+@[^\\s@<>,;:\"]+\\.[^\\s@<>,;:\"]+$";

/// Holds `node` against `schema`; `required: false` lets the outermost mapping lack required fields, as a layer does.
pub fn check(node: &Node, schema: &Schema, required: bool) -> Vec<Diagnostic> {
    let mut checker = Checker { root: schema, faults: Vec::new() };
    checker.value(node, schema, "", required);
    checker.faults
}

struct Checker<'a> {
    root: &'a Schema,
    faults: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn value(&mut self, node: &Node, schema: &'a Schema, path: &str, required: bool) {
        let Some(schema) = self.resolve(schema) else { return };
        if let Some(branches) = schema.get("anyOf").or_else(|| schema.get("oneOf")).and_then(Schema::as_array) {
            return self.one_of(node, branches, path, required);
        }
        if let Some(constant) = schema.get("const") {
            return self.among(node, std::slice::from_ref(constant), path);
        }
        if let Some(names) = schema.get("enum").and_then(Schema::as_array) {
            return self.among(node, names, path);
        }
        if !accepts(schema, node) {
            return self.wrong_type(node, &[schema], path);
        }
        match &node.value {
            Value::Null => {}
            Value::Scalar(_) => self.scalar(node, schema, path),
            Value::List(items) => {
                let least = schema.get("minItems").and_then(Schema::as_u64).unwrap_or(0);
                if (items.len() as u64) < least {
                    self.fault(node, path, Diagnostic::error("empty-list", "this list needs at least one item").hint("write an item, or leave the field out"));
                }
                if let Some(most) = schema.get("maxItems").and_then(Schema::as_u64).filter(|most| items.len() as u64 > *most) {
                    let message = format!("this list has {} items; {most} are the most", items.len());
                    self.fault(node, path, Diagnostic::error("too-many-items", message).hint("split it"));
                }
                if let Some(of) = schema.get("items") {
                    for (at, item) in items.iter().enumerate() {
                        self.value(item, of, &format!("{path}[{at}]"), true);
                    }
                }
                self.unique_ids(items, path);
            }
            Value::Map(_) => self.mapping(node, schema, path, required),
        }
    }

    /// Follows `$ref` within the document.
    fn resolve(&self, mut schema: &'a Schema) -> Option<&'a Object<String, Schema>> {
        for _ in 0..16 {
            match schema.get("$ref").and_then(Schema::as_str) {
                Some(reference) => schema = self.root.pointer(reference.strip_prefix('#')?)?,
                None => return schema.as_object(),
            }
        }
        None
    }

    fn one_of(&mut self, node: &Node, branches: &'a [Schema], path: &str, required: bool) {
        let resolved: Vec<_> = branches.iter().filter_map(|branch| self.resolve(branch).map(|to| (branch, to))).collect();
        if node.is_null() && resolved.iter().any(|(_, to)| types(to).contains(&"null")) {
            return;
        }
        let constants: Vec<Schema> = resolved
            .iter()
            .flat_map(|(_, to)| {
                let one = to.get("const").cloned();
                one.into_iter().chain(to.get("enum").and_then(Schema::as_array).into_iter().flatten().cloned())
            })
            .collect();
        let fitting: Vec<_> =
            resolved.iter().filter(|(_, to)| to.contains_key("anyOf") || accepts(to, node)).collect();
        let of_type: Vec<_> = fitting.iter().filter(|(_, to)| !is_names(to)).collect();
        match of_type.first() {
            Some((branch, _)) => self.value(node, branch, path, required),
            None if !constants.is_empty() && node.as_text().is_some() => self.among(node, &constants, path),
            None => self.wrong_type(node, &resolved.iter().map(|(_, to)| *to).collect::<Vec<_>>(), path),
        }
    }

    fn among(&mut self, node: &Node, names: &[Schema], path: &str) {
        if node.is_null() && names.iter().any(Schema::is_null) {
            return;
        }
        let names: Vec<&str> = names.iter().filter_map(Schema::as_str).collect();
        match node.as_text() {
            Some(text) if names.contains(&text) => {}
            text => {
                let given = text.map_or_else(|| node.kind().to_owned(), |text| format!("`{}`", shown(text)));
                let mut fault = Diagnostic::error("unknown-value", format!("{given} is not one of the possible values"));
                if let Some(near) = text.and_then(|text| nearest(text, names.iter().copied())) {
                    fault = fault.hint(format!("did you mean `{near}`?"));
                }
                self.fault(node, path, fault.hint(format!("possible: {}", quoted(names.iter().copied()))));
            }
        }
    }

    fn scalar(&mut self, node: &Node, schema: &Object<String, Schema>, path: &str) {
        let Some(text) = node.as_text() else { return };
        let format = schema.get("format").and_then(Schema::as_str);
        let pattern = schema.get("pattern").and_then(Schema::as_str);
        let fault = match format {
            Some("date") if !is_date(text) => Some(date_fault(text)),
            _ if pattern == Some(TIME_PATTERN) && !is_time(text) => Some(
                Diagnostic::error("impossible-time", format!("`{}` is not a time", shown(text)))
                    .hint("write hours and minutes in 24-hour form between quotes: \"17:00\""),
            ),
            _ if pattern == Some(LANGUAGE_PATTERN) && !is_language(text) => Some(
                Diagnostic::error("unknown-language", format!("`{}` is not the code of a language", shown(text)))
                    .hint("write a code of two or three letters, with a region if need be: `en-GB`, `cy`"),
            ),
            _ if pattern == Some(WEB_PATTERN) && !is_web_address(text) => Some(
                Diagnostic::error("not-an-address", format!("`{}` is not a web address", shown(text)))
                    .hint("write it whole, without spaces: `https://www.example.org/jobs`"),
            ),
            _ if pattern == Some(EMAIL_PATTERN) && !is_email_address(text) => Some(
                Diagnostic::error("not-an-address", format!("`{}` is not an e-mail address", shown(text)))
                    .hint("write one address and nothing else: `jobs@example.org`"),
            ),
            _ if schema.contains_key("minLength") && text.trim().is_empty() => {
                Some(Diagnostic::error("empty-text", "this field needs words").hint("write them, or take the field out"))
            }
            _ => None,
        };
        if let Some(fault) = fault {
            self.fault(node, path, fault);
        }
        let limit = |name: &str| match (schema.get(name).and_then(Schema::as_f64), format) {
            (None, Some("uint8")) if name == "maximum" => Some(f64::from(u8::MAX)),
            (None, Some("uint32")) if name == "maximum" => Some(f64::from(u32::MAX)),
            (limit, _) => limit,
        };
        if let (Ok(number), true) = (text.parse::<f64>(), schema.contains_key("minimum") || schema.contains_key("maximum")) {
            let low = limit("minimum").is_some_and(|least| number < least);
            let high = limit("maximum").is_some_and(|most| number > most);
            if low || high {
                let bound = if low { limit("minimum") } else { limit("maximum") }.unwrap_or_default();
                let side = if low { "least" } else { "most" };
                let fault = Diagnostic::error("out-of-range", format!("{number} must be at {side} {bound}"));
                let fault = fault.hint(format!("write a number that is at {side} {bound}"));
                self.fault(node, path, fault);
            }
        }
    }

    fn mapping(&mut self, node: &Node, schema: &'a Object<String, Schema>, path: &str, required: bool) {
        let Some(map) = node.as_map() else { return };
        let empty = Object::new();
        let properties = schema.get("properties").and_then(Schema::as_object);
        let known = properties.unwrap_or(&empty);
        for entry in &map.entries {
            let below = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
            if let Some(property) = properties.and_then(|all| all.get(&entry.key)) {
                self.value(&entry.node, property, &below, true);
            } else {
                match schema.get("additionalProperties") {
                    Some(Schema::Bool(false)) => {
                        let mut fault = Diagnostic::error("unknown-field", format!("there is no field `{}` here", shown(&entry.key)))
                            .at(entry.key_span.clone())
                            .field(below);
                        match nearest(&entry.key, known.keys().map(String::as_str)) {
                            Some(near) => fault = fault.hint(format!("did you mean `{near}`?")),
                            None => fault = fault.hint(format!("possible: {}", quoted(known.keys().map(String::as_str)))),
                        }
                        self.faults.push(fault);
                    }
                    Some(of @ Schema::Object(_)) => self.value(&entry.node, of, &below, true),
                    _ => {}
                }
            }
        }
        if required {
            let missing = schema.get("required").and_then(Schema::as_array).into_iter().flatten();
            for name in missing.filter_map(Schema::as_str).filter(|name| map.get(name).is_none()) {
                let about = known.get(name).and_then(|field| field.get("description")).and_then(Schema::as_str);
                let mut fault = Diagnostic::error("missing-field", format!("the field `{name}` is required"));
                if let Some(about) = about {
                    fault = fault.hint(format!("`{name}`: {}", about.lines().next().unwrap_or_default()));
                }
                self.fault(node, path, fault);
            }
        }
    }

    fn unique_ids(&mut self, items: &[Node], path: &str) {
        let mut seen: Vec<(&str, &Node)> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let Some(id) = item.get("id") else { continue };
            let Some(name) = id.as_text() else { continue };
            match seen.iter().find(|(other, _)| *other == name) {
                Some((_, first)) => self.faults.push(
                    Diagnostic::error("duplicate-id", format!("the id `{}` is used twice in this list", shown(name)))
                        .at(id.span.clone())
                        .field(format!("{path}[{at}].id"))
                        .label(first.span.clone(), "first here")
                        .hint("give each item an id of its own"),
                ),
                None => seen.push((name, id)),
            }
        }
    }

    fn wrong_type(&mut self, node: &Node, schemas: &[&Object<String, Schema>], path: &str) {
        let mut wanted: Vec<&str> = schemas.iter().flat_map(|schema| wanted(schema)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let found = match node.as_text() {
            Some(text) => format!("`{}`", shown(text)),
            None => node.kind().to_owned(),
        };
        let fault = Diagnostic::error("wrong-type", format!("expected {}, found {found}", wanted.join(" or ")));
        let fault = fault.hint("`jobpack schema` describes every field");
        self.fault(node, path, fault);
    }

    fn fault(&mut self, node: &Node, path: &str, fault: Diagnostic) {
        let fault = fault.at(node.span.clone());
        self.faults.push(if path.is_empty() { fault } else { fault.field(path) });
    }
}

fn is_names(schema: &Object<String, Schema>) -> bool {
    schema.contains_key("const") || schema.contains_key("enum")
}

fn types(schema: &Object<String, Schema>) -> Vec<&str> {
    match schema.get("type") {
        Some(Schema::String(one)) => vec![one],
        Some(Schema::Array(many)) => many.iter().filter_map(Schema::as_str).collect(),
        _ => Vec::new(),
    }
}

fn wanted(schema: &Object<String, Schema>) -> Vec<&'static str> {
    let names = types(schema).into_iter().map(|name| match name {
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        "object" => "a mapping",
        _ => "nothing",
    });
    if is_names(schema) { vec!["one of a few words"] } else { names.collect() }
}

fn accepts(schema: &Object<String, Schema>, node: &Node) -> bool {
    let types = types(schema);
    types.is_empty()
        || types.iter().any(|name| match (&node.value, *name) {
            (Value::Null, "null") | (Value::Scalar(_), "string") | (Value::List(_), "array") | (Value::Map(_), "object") => true,
            (Value::Scalar(scalar), "boolean") => scalar.plain && matches!(scalar.text.as_str(), "true" | "false"),
            (Value::Scalar(scalar), "integer") => scalar.plain && scalar.text.parse::<i64>().is_ok(),
            (Value::Scalar(scalar), "number") => scalar.plain && scalar.text.parse::<f64>().is_ok_and(f64::is_finite),
            _ => false,
        })
}

/// Whether `text` is a time of day in 24-hour form, `HH:MM`.
fn is_time(text: &str) -> bool {
    text.len() == 5 && chrono::NaiveTime::parse_from_str(text, "%H:%M").is_ok()
}

/// Whether `text` has the form of [`LANGUAGE_PATTERN`].
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-').peekable();
    let all = |part: &str, lower: bool| part.bytes().all(|byte| if lower { byte.is_ascii_lowercase() } else { byte.is_ascii_uppercase() });
    let language = parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && all(part, true));
    let script = |part: &&str| part.split_at_checked(1).is_some_and(|(first, rest)| rest.len() == 3 && all(first, false) && all(rest, true));
    parts.next_if(script);
    parts.next_if(|part| part.len() == 2 && all(part, false));
    language && parts.next().is_none()
}

/// Whether `text` has the form of [`WEB_PATTERN`].
fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"');
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let dotted = host.split_once('.').is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty());
        dotted && !host.contains('@') && rest.chars().all(plain)
    })
}

/// Whether `text` has the form of [`EMAIL_PATTERN`].
fn is_email_address(text: &str) -> bool {
    let plain = |part: &str| {
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | '<' | '>' | ',' | ';' | ':' | '"');
        !part.is_empty() && !part.contains(odd)
    };
    let domain = |domain: &str| domain.rsplit_once('.').is_some_and(|(name, last)| plain(name) && plain(last));
    text.split_once('@').is_some_and(|(name, host)| plain(name) && domain(host))
}

/// Whether `text` has the form of a date in ISO 8601, `YYYY-MM-DD`.
fn has_date_form(text: &str) -> bool {
    text.len() == 10 && text.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() })
}

/// Whether `text` is a calendar date as ISO 8601 writes it, `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    has_date_form(text) && chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

fn date_fault(text: &str) -> Diagnostic {
    if has_date_form(text) {
        Diagnostic::error("impossible-date", format!("there is no day `{text}`")).hint("check month and day: YYYY-MM-DD")
    } else {
        Diagnostic::error("impossible-date", format!("`{}` is not a date", shown(text)))
            .hint("write year, month and day: 2026-03-31")
    }
}

/// At most 60 characters of a value, so that a message stays readable.
fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A fault for a character that no document can hold, but for the ends of lines and tabs.
pub(crate) fn control_character(character: char) -> Option<Diagnostic> {
    let code = u32::from(character);
    let unheard = (code & 0xFFFE) == 0xFFFE || (0xFDD0..=0xFDEF).contains(&code);
    let control = character.is_control() && !matches!(character, '\n' | '\t');
    (control || unheard).then(|| {
        Diagnostic::error("control-character", format!("U+{code:04X} is a control character that no document can hold"))
            .hint("delete it; it may have come along with text copied from another program")
    })
}

/// Names in a sentence: `a`, `b`.
pub(crate) fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
