//! A competency framework: definitions once, indicators by level, shared by every profile that chooses from it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// A competency framework. A level that is not known is `null`, and a profile that asks for it does not build.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("x-kind" = "framework"))]
pub struct Framework {
    /// Always `framework`.
    pub kind: FrameworkKind,
    /// Name of the framework.
    pub name: String,
    /// Edition or date of the framework, as its owner gives it.
    pub version: Option<String>,
    /// Names of the levels by number; empty where the framework has no levels.
    #[serde(default)]
    pub levels: BTreeMap<String, String>,
    /// The competencies, in the framework's order.
    #[schemars(length(min = 1))]
    pub competencies: Vec<Competency>,
}

/// The word `framework`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FrameworkKind {
    /// A competency framework.
    Framework,
}

/// One competency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competency {
    /// Name by which profiles choose it.
    pub id: String,
    /// Printed name.
    pub name: String,
    /// Other names under which it is found in older documents; not printed.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it means, without the leading ellipsis that a layout may print.
    pub definition: String,
    /// Indicators of effective performance by level; `null` where they are not known.
    #[serde(default)]
    pub levels: BTreeMap<String, Option<Vec<String>>>,
}
