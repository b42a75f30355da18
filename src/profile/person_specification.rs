//! The person specification: groups of criteria, how each is assessed, and the competencies chosen.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use super::block::{Block, List, MAX_ROWS, Marker};

/// The person specification.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PersonSpecification {
    /// Words before the first group.
    pub introduction: Option<Vec<Block>>,
    /// Marker of criteria in a group that has no columns.
    pub marker: Option<Marker>,
    /// Groups of criteria, in print order.
    pub groups: Option<Vec<CriteriaGroup>>,
}

/// A group of criteria.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriteriaGroup {
    /// Name of the group within the profile.
    pub id: String,
    /// Printed heading.
    pub heading: Option<String>,
    /// Stages of selection that use the group.
    #[serde(default)]
    pub used_for: Vec<Use>,
    /// Notes printed before the criteria.
    pub notes: Option<Vec<Block>>,
    /// The criteria, in print order.
    #[schemars(length(max = MAX_ROWS))]
    pub criteria: Option<Vec<Criterion>>,
    /// Drops the group of this `id` that a lower layer has.
    pub remove: Option<bool>,
}

/// One criterion.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Criterion {
    /// Code of the criterion within its group, as shortlisters quote it; a later layer refers to it.
    pub id: Option<String>,
    /// The statement, in Markdown.
    pub text: Option<String>,
    /// A list after the statement.
    pub list: Option<List>,
    /// Blocks after the statement.
    pub blocks: Option<Vec<Block>>,
    /// Name of a clause of the organisation that words the criterion.
    pub include: Option<String>,
    /// Which variant of the included clause.
    pub variant: Option<String>,
    /// Essential, desirable, or `unknown` where the source lost its mark. Empty where the source has no such column.
    pub requirement: Option<Requirement>,
    /// How it is assessed; empty where the source doesn't say.
    pub assessed_by: Option<Vec<AssessmentMethod>>,
    /// Weight in scoring.
    pub weight: Option<u32>,
    /// A disabled applicant who meets all criteria so marked is offered an interview.
    pub disability_core: Option<bool>,
    /// Drops the criterion of this `id` that a lower layer has.
    pub remove: Option<bool>,
}

/// What a criterion asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// Needed from the first day.
    Essential,
    /// Counts where more candidates than interviews meet what is essential.
    Desirable,
    /// The source had a mark that is lost. Printed as "Not stated"; never guessed.
    Unknown,
}

/// A way to assess a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssessmentMethod {
    /// Application form.
    Application,
    /// Interview.
    Interview,
    /// Test or exercise.
    Test,
    /// Presentation.
    Presentation,
    /// References.
    References,
    /// Certificates.
    Certificate,
    /// Observed lesson or task.
    Observation,
}

impl AssessmentMethod {
    /// Name of its label.
    pub fn label(self) -> &'static str {
        match self {
            Self::Application => "assessment_application",
            Self::Interview => "assessment_interview",
            Self::Test => "assessment_test",
            Self::Presentation => "assessment_presentation",
            Self::References => "assessment_references",
            Self::Certificate => "assessment_certificate",
            Self::Observation => "assessment_observation",
        }
    }
}

/// A stage of selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Use {
    /// Shortlisting from applications.
    Shortlisting,
    /// Interview.
    Interview,
}

/// The competencies of a profile, chosen from a framework.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Competencies {
    /// Name of the framework: a file under the organisation's `frameworks/`.
    pub framework: String,
    /// Which competencies, and at which level.
    pub select: CompetencySelection,
    /// Stages of selection that use them.
    #[serde(default)]
    pub used_for: Vec<Use>,
    /// Words before the first competency.
    pub introduction: Option<Vec<Block>>,
}

/// Which competencies of a framework.
#[derive(Debug, Clone, PartialEq)]
pub enum CompetencySelection {
    /// All, in the order of the framework.
    All,
    /// These, in this order.
    Some(Vec<CompetencyChoice>),
}

/// One competency of a framework, at one level.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompetencyChoice {
    /// Name of the competency in the framework.
    pub id: String,
    /// Level, where the framework has levels.
    pub level: Option<u8>,
    /// Drops the choice of this `id` that a lower layer has.
    pub remove: Option<bool>,
}

impl<'de> Deserialize<'de> for CompetencySelection {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = CompetencySelection;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("`all` or a list of competencies")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<CompetencySelection, E> {
                match text {
                    "all" => Ok(CompetencySelection::All),
                    _ => Err(E::unknown_variant(text, &["all"])),
                }
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut items: A) -> Result<CompetencySelection, A::Error> {
                let mut choices = Vec::new();
                while let Some(choice) = items.next_element()? {
                    choices.push(choice);
                }
                Ok(CompetencySelection::Some(choices))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for CompetencySelection {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CompetencySelection".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let choice = generator.subschema_for::<CompetencyChoice>();
        json_schema!({
            "description": "`all`, or a list of competencies with their levels.",
            "anyOf": [{"const": "all"}, {"type": "array", "minItems": 1, "items": choice}]
        })
    }
}
