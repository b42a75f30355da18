//! Ways to read the same words: a variant is a fragment of a brand that is laid over the organisation's.
//!
//! Variants are data under `templates/base/variants/`, and a project may add its own there. No layout knows of them: what
//! a variant changes is what a brand can say. Nothing here is named but `standard`, which changes nothing.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::brand;
use crate::diagnostic::{Diagnostic, nearest};
use crate::layout::BASE;
use crate::pack::merge;
use crate::project::Files;
use crate::source::{self, Layer, Node};

/// The variant that is the brand itself.
pub const STANDARD: &str = "standard";

/// A file of `templates/base/variants/`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VariantFile {
    /// Always `variant`.
    kind: VariantKind,
    /// Name for people, as it stands in the title of a document: `Large print`.
    label: String,
    /// What it is for, in a sentence.
    description: Option<String>,
    /// What it changes: a fragment of a `_brand.yml`.
    brand: serde_json::Map<String, serde_json::Value>,
}

/// The word `variant`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum VariantKind {
    /// A variant.
    Variant,
}

/// A variant, loaded.
#[derive(Debug, Default)]
pub(super) struct Variant {
    /// Its file, unless it is the standard.
    pub path: Option<String>,
    /// What documents add to their title.
    pub label: Option<String>,
    brand: Option<Node>,
}

/// JSON Schema of a variant.
pub fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<VariantFile>().to_value()
}

/// Names of the variants that a project has, the standard first, each with what it is called.
pub fn labelled(files: &Files) -> Vec<(String, String)> {
    let label = |name: &str| Variant::load(files, name).ok().and_then(|variant| variant.label);
    let usual = |name: &str| if name == STANDARD { "Standard".to_owned() } else { name.to_owned() };
    names(files).into_iter().map(|name| (name.clone(), label(&name).unwrap_or_else(|| usual(&name)))).collect()
}

/// Names of the variants that a project has, the standard first.
pub fn names(files: &Files) -> Vec<String> {
    let word = |name: &String| name != STANDARD && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let own = files.stems(&folder(), "yaml").into_iter().filter(word);
    std::iter::once(STANDARD.to_owned()).chain(own).collect()
}

fn folder() -> String {
    format!("templates/{BASE}/variants")
}

/// The fault of a variant that there isn't.
pub fn unknown(files: &Files, name: &str) -> Option<Diagnostic> {
    let known = names(files);
    if known.iter().any(|known| known == name) {
        return None;
    }
    let fault = Diagnostic::error("unknown-variant", format!("there is no variant `{name}`"));
    let fault = fault.hint(format!("variants: {}", known.join(", ")));
    Some(match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault,
    })
}

impl Variant {
    /// Loads a variant by name.
    ///
    /// # Errors
    /// `unknown-variant`, and every fault of its file.
    pub(super) fn load(files: &Files, name: &str) -> Result<Self, Vec<Diagnostic>> {
        if let Some(fault) = unknown(files, name) {
            return Err(vec![fault]);
        }
        if name == STANDARD {
            return Ok(Self::default());
        }
        let path = format!("{}/{name}.yaml", folder());
        let node = files.text(&path).map_err(|fault| vec![fault]).and_then(|text| source::read(&text, Layer::Override))?;
        let faults = source::check(&node, &schema(), true);
        if !faults.is_empty() {
            return Err(faults);
        }
        let file: VariantFile = source::typed(&node).map_err(|error| {
            vec![Diagnostic::error("wrong-type", error.message).at(error.span.unwrap_or_else(|| node.span.clone()))]
        })?;
        Ok(Self { path: Some(path), label: Some(file.label), brand: node.get("brand").cloned() })
    }

    /// An organisation's brand with the variant laid over it, by the one rule of merging.
    pub(super) fn over(&self, own: Node) -> Node {
        match &self.brand {
            // A file that is no mapping is refused as such, whatever would be laid over it.
            Some(fragment) if own.as_map().is_some() => merge(brand::normal(own), brand::normal(fragment.clone())),
            _ => own,
        }
    }
}
