//! `layout.yaml`: which documents a layout makes, from which pages, and what its profiles start from.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::brand::CoverStyle;
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
    /// Shapes on the field of a cover: an SVG in the layout's folder, its fills `currentColor`. A brand may have its own.
    pub motif: Option<String>,
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
    /// Who reads it.
    #[serde(default)]
    pub audience: Audience,
    /// When the document is made; always, if left out.
    pub when: Option<When>,
    /// How it opens, where the brand's own cover is too much for it.
    pub cover: Option<CoverStyle>,
    /// How many sheets of paper it is to fill at the most: it is set as closely as that takes, and a warning says if even
    /// that is not enough.
    #[schemars(range(min = 1))]
    pub sheets: Option<usize>,
    /// Whether its sheets are wider than high, for documents that are one wide table.
    #[serde(default)]
    pub landscape: bool,
    /// Its pages, in order.
    #[schemars(length(min = 1))]
    pub pages: Vec<PageSpec>,
    /// Whether the PDF carries the view that it was made from, as JSON (PDF/A-3 associated file).
    #[serde(default = "yes")]
    pub attach: bool,
}

impl DocumentSpec {
    /// From how many pages on the document is long: it has a page that shorter ones lack.
    pub fn long_over(&self) -> Option<usize> {
        self.pages.iter().filter_map(|page| page.over).min()
    }

    /// How the document opens in a brand: a document may only be quieter than its brand.
    pub fn cover_in(&self, brand: CoverStyle) -> CoverStyle {
        self.cover.map_or(brand, |own| own.min(brand))
    }
}

fn yes() -> bool {
    true
}

/// Who reads a document. What is for the panel is in no file or zip for candidates.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Candidates, and whoever else reads an advert.
    #[default]
    Candidate,
    /// The selection panel.
    Panel,
}

/// One page of a document. Its words come from a part of the profile, a clause of the organisation, prose of the layout,
/// a form for the panel, or sections; in this order if there are several. A page without any is drawn by `layout.typ`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageSpec {
    /// Name of the page; `layout.typ` may draw it in its own way.
    pub id: String,
    /// Name of a part of the profile (`parts`) that the page prints.
    pub part: Option<String>,
    /// Name of a clause of the organisation that the page prints; `text` stands in for it where there is none.
    pub clause: Option<String>,
    /// Name of a Markdown file with Tera tags under the layout's `pages/`, without `.md`.
    pub text: Option<String>,
    /// A form that the panel fills in, made from the criteria.
    pub form: Option<Form>,
    /// Sections, each with a condition of its own.
    #[serde(default)]
    pub sections: Vec<SectionSpec>,
    /// When the page is there; always, if left out.
    pub when: Option<When>,
    /// A condition as Tera writes it: `profile.dbs and profile.dbs != "none"`. The page is left out unless it holds.
    #[serde(rename = "if")]
    pub condition: Option<String>,
    /// The page is there only in documents of more pages than this: a contents list.
    pub over: Option<usize>,
    /// Whether the page starts on a new sheet.
    #[serde(default)]
    pub new_page: bool,
    /// Whether its sheets are wider than high.
    #[serde(default)]
    pub landscape: bool,
}

/// A section of a page: a clause of the organisation, or prose of the layout.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionSpec {
    /// Name of a clause of the organisation; `text` stands in for it where there is none.
    pub clause: Option<String>,
    /// Name of a Markdown file with Tera tags under the layout's `pages/`, without `.md`.
    pub text: Option<String>,
    /// A condition as Tera writes it. The section is left out unless it holds.
    #[serde(rename = "if")]
    pub condition: Option<String>,
}

/// A form for the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Criteria that applications can show, a column for each candidate.
    Shortlisting,
    /// Criteria and competencies that an interview can show, with room for notes and a score.
    Interview,
    /// All criteria for one candidate, with room for the evidence.
    Evidence,
}

/// When a page or document is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// Only in the pack of a vacancy.
    Vacancy,
    /// Only in the pack of a profile alone.
    Profile,
}
