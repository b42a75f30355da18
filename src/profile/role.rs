//! A profile: one role, as job description and person specification.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::block::{Block, Fact, Words};
use super::person_specification::{Competencies, PersonSpecification};

/// A role: what the post is for, what it does and what it asks of a person.
///
/// `null` means that the source names a thing and leaves it empty; a field that is left out isn't printed at all.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Always `profile`.
    pub kind: ProfileKind,
    /// Where the profile stands on its way to publication. A draft says so on every page.
    pub status: Status,
    /// Day of the last change of the words: YYYY-MM-DD. It is the date of the documents.
    #[schemars(with = "Date")]
    pub revised_on: String,
    /// Title of the post, in sentence case: capitals come from the layout.
    #[schemars(length(min = 1))]
    pub post_title: String,
    /// The profile that this one is made from: `profile` or `organisation/profile`.
    pub extends: Option<String>,
    /// Marks a model profile, which others extend.
    pub model: Option<Model>,
    /// The words are an example, not a real post.
    #[serde(default)]
    pub example: bool,
    /// Values that a model leaves to those who use it; `{{name}}` in a text stands for one.
    #[serde(default)]
    pub variables: BTreeMap<String, Variable>,
    /// Number of the post.
    pub post_number: Option<String>,
    /// Number of the position in the payroll system, as written.
    pub position_number: Option<String>,
    /// Grade as written, without a salary in pounds.
    pub grade: Option<Words>,
    /// Directorate or department.
    pub directorate: Option<String>,
    /// Service and team, one a line.
    pub service: Option<Words>,
    /// Unit.
    pub unit: Option<String>,
    /// What the post covers.
    pub scope: Option<String>,
    /// Post that this one reports to.
    pub reports_to: Option<String>,
    /// Post that this one is accountable to.
    pub accountable_to: Option<String>,
    /// What or whom the post is accountable for.
    pub accountable_for: Option<Words>,
    /// Whom the post works with.
    pub principal_contacts: Option<Words>,
    /// Whom the post liaises with.
    pub liaises_with: Option<Words>,
    /// Staff managed; `None` is a value.
    pub staff_managed: Option<Words>,
    /// Hours and weeks as written.
    pub working_pattern: Option<Words>,
    /// Criminal record checks.
    pub disclosure: Option<Disclosure>,
    /// Whether the post is politically restricted (Local Government and Housing Act 1989, sections 1 to 3). Empty
    /// means that nobody has said.
    pub politically_restricted: Option<bool>,
    /// Whom the post works with where that asks for safeguarding: children, adults at risk. Empty means that nobody has
    /// said; `[]` means neither.
    pub works_with: Option<Vec<Client>>,
    /// Whether the holder speaks with the public as a regular and intrinsic part of the work (fluency duty, Immigration
    /// Act 2016, section 77). Empty means that nobody has said.
    pub fluency_duty: Option<bool>,
    /// Facts about the post, in print order.
    pub facts: Option<Vec<Fact>>,
    /// What the post is for.
    pub purpose: Option<Vec<Block>>,
    /// Duties and responsibilities.
    pub accountabilities: Option<Vec<Block>>,
    /// Criteria for selection.
    pub person_specification: Option<PersonSpecification>,
    /// Competencies chosen from a framework.
    pub competencies: Option<Competencies>,
    /// Everything that has no field of its own; `parts` says where each is printed.
    pub sections: Option<Vec<Section>>,
    /// The parts of the document and what each prints: `job_description`, `person_specification`, or others of the
    /// layout.
    #[serde(default)]
    pub parts: BTreeMap<String, Part>,
    /// Printed headings of sections by name; empty prints none.
    #[serde(default)]
    pub headings: BTreeMap<String, Option<String>>,
    /// Printed labels by name, where the layout's own don't fit.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// What abbreviations mean.
    #[serde(default)]
    pub acronyms: BTreeMap<String, String>,
    /// Findings of `jobpack check` that somebody has answered for.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    /// Where the words come from. Never part of a pack, except the fields that a fact names.
    pub source: Option<Provenance>,
}

/// A finding of `jobpack check` that somebody has answered for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Code of the finding.
    #[schemars(length(min = 1))]
    pub code: String,
    /// Field path of what it is about; all of the file, and the pack, if left out.
    pub at: Option<String>,
    /// Why it may stay.
    #[schemars(length(min = 1))]
    pub reason: String,
    /// Last day on which it may stay: YYYY-MM-DD.
    #[schemars(with = "Date")]
    pub until: String,
}

/// A calendar date, `YYYY-MM-DD` (ISO 8601).
pub(crate) struct Date;

impl JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "format": "date", "description": "A day: YYYY-MM-DD (ISO 8601)."})
    }
}

/// The word `profile`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ProfileKind {
    /// A role.
    Profile,
}

/// Where a profile stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written; every format says so.
    Draft,
    /// Agreed, not yet public.
    Approved,
    /// Public.
    Published,
    /// No longer in use.
    Withdrawn,
}

impl Status {
    /// The word as YAML writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// A model profile: master words that others extend.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Number of the model in its owner's catalogue.
    pub number: Option<String>,
}

/// A value that a model leaves open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Variable {
    /// What to fill in, for the person who does.
    pub label: Option<String>,
    /// Value that the model itself prints.
    pub default: Option<String>,
    /// Value of this profile.
    pub value: Option<String>,
}

/// Criminal record checks for the post (Rehabilitation of Offenders Act 1974 and its Exceptions Order 1975).
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Disclosure {
    /// Level of the check by the Disclosure and Barring Service.
    pub dbs: Option<DbsLevel>,
    /// Barred lists that are checked too; empty means that nobody has said.
    pub barred_lists: Option<Vec<String>>,
    /// Whether the post is regulated activity; empty means that nobody has said.
    pub regulated_activity: Option<bool>,
}

/// People whom safeguarding protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Client {
    /// Children and young people.
    Children,
    /// Adults at risk.
    Adults,
}

/// Level of a check by the Disclosure and Barring Service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DbsLevel {
    /// No check.
    None,
    /// Basic.
    Basic,
    /// Standard.
    Standard,
    /// Enhanced.
    Enhanced,
    /// Enhanced with barred lists.
    EnhancedBarred,
}

/// A section that no field foresees.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Name of the section; `parts` refers to it.
    pub id: String,
    /// Printed heading; none if left out.
    pub heading: Option<String>,
    /// The words.
    pub blocks: Option<Vec<Block>>,
    /// Drops the section of this `id` that a lower layer has.
    pub remove: Option<bool>,
}

/// A part of the document: its title and the sections that it prints, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Part {
    /// Lines above the title: employer, department.
    pub masthead: Option<Words>,
    /// Title of the part; `{{post_title}}` stands for the title of the post.
    pub title: Option<Words>,
    /// Names of sections: `facts`, `purpose`, `accountabilities`, `person_specification`, `competencies`, the `id` of
    /// one of `sections`, or the name of a clause of the organisation.
    pub sections: Vec<String>,
}

/// Where the words of a profile come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Provenance {
    /// The source document.
    pub file: Option<String>,
    /// Who compiled it. A personal name: never part of a pack.
    pub compiled_by: Option<String>,
    /// When it was compiled, as written.
    pub compiled_on: Option<String>,
    /// When its grade was assessed, as written.
    pub grade_assessed_on: Option<String>,
    /// What was changed when the words were taken over: white space and the like.
    pub normalised: Vec<String>,
    /// What a reader of the YAML must know. Never part of a pack.
    pub notes: Vec<Note>,
}

/// A note on a field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Field path.
    pub at: String,
    /// What there is to know.
    pub says: String,
}
