//! `layout.yaml`: which documents a layout makes, from which pages, and what its profiles start from.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::profile::Fragment;

/// The manifest of a layout.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Always `layout`.
    pub kind: LayoutKind,
    /// Name for people.
    pub name: String,
    /// What it is for, in a sentence.
    pub description: Option<String>,
    /// Where the line of a section heading stands, if the brand draws one.
    #[serde(default)]
    pub heading_rule: HeadingRule,
    /// Documents by name. Every layout has `job-pack`, which holds the whole of a profile.
    pub documents: BTreeMap<String, DocumentSpec>,
    /// Fields that every profile of the layout starts from: labels, headings, parts.
    #[serde(default)]
    pub defaults: Fragment,
}

/// Where the line of a section heading stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HeadingRule {
    /// A strong line above the words.
    Above,
    /// A fine line below them.
    #[default]
    Below,
}

/// The word `layout`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LayoutKind {
    /// A layout.
    Layout,
}

/// One document of a layout.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentSpec {
    /// What the document is called in its title, after the title of the post: `Job pack`.
    pub title: String,
    /// Its pages, in order.
    #[schemars(length(min = 1))]
    pub pages: Vec<PageSpec>,
    /// Whether the PDF carries the view that it was made from, as JSON (PDF/A-3 associated file).
    #[serde(default = "yes")]
    pub attach: bool,
}

fn yes() -> bool {
    true
}

/// One page of a document: a part of the profile, prose of the layout, or what `layout.typ` draws under this name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageSpec {
    /// Name of the page; `layout.typ` may draw it in its own way.
    pub id: String,
    /// Name of a part of the profile (`parts`) that the page prints.
    pub part: Option<String>,
    /// Name of a Markdown file with Tera tags under the layout's `pages/`, without `.md`.
    pub text: Option<String>,
    /// When the page is there; always, if left out.
    pub when: Option<When>,
    /// Whether the page starts on a new sheet.
    #[serde(default)]
    pub new_page: bool,
}

/// When a page is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// Only in the pack of a vacancy.
    Vacancy,
    /// Only in the pack of a profile alone.
    Profile,
}
