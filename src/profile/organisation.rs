//! An organisation: what every one of its packs shares.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::block::{Block, List};
use super::role::Waiver;
use super::schema::Fragment;

/// An employer: its name, its layout, its clauses and what its profiles have in common.
///
/// The file is code of the project: clauses may hold Tera tags.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Always `organisation`.
    pub kind: OrganisationKind,
    /// Full name.
    #[schemars(length(min = 1))]
    pub name: String,
    /// Name in running text, where the full one is too long.
    pub short_name: Option<String>,
    /// Kind of employer.
    pub sector: Sector,
    /// Nation whose law applies.
    #[serde(default)]
    pub nation: Nation,
    /// Language of the organisation's documents (BCP 47).
    #[serde(default = "english")]
    #[schemars(extend("pattern" = crate::source::LANGUAGE_PATTERN))]
    pub language: String,
    /// Name of the layout: a folder under `templates/`.
    pub layout: String,
    /// Address of the organisation's website.
    #[schemars(extend("pattern" = crate::source::WEB_PATTERN))]
    pub website: Option<String>,
    /// Level in the Disability Confident scheme, if the organisation has one.
    pub disability_confident: Option<DisabilityConfident>,
    /// The organisation is an example.
    #[serde(default)]
    pub example: bool,
    /// Fields that every profile of the organisation starts from.
    #[serde(default)]
    pub defaults: Fragment,
    /// Standard words by name. A profile refers to one with `include`, or prints it as a section of its own.
    #[serde(default)]
    pub clauses: BTreeMap<String, Clause>,
    /// Words and figures that rules of `jobpack check` go by, by the code of the rule: the organisation's own beside the usual ones.
    #[serde(default)]
    pub checks: BTreeMap<String, CheckWords>,
    /// Findings in this file that somebody has answered for.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
}

fn english() -> String {
    "en-GB".to_owned()
}

/// The word `organisation`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OrganisationKind {
    /// An employer.
    Organisation,
}

/// Kind of employer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sector {
    /// Local authority.
    Council,
    /// Greater London Authority and its functional bodies.
    Gla,
    /// School or trust.
    School,
    /// Health service.
    Nhs,
    /// University or college.
    University,
    /// Police.
    Police,
    /// Charity.
    Charity,
}

/// Level in the Disability Confident scheme (Department for Work and Pensions).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisabilityConfident {
    /// Level 1.
    Committed,
    /// Level 2.
    Employer,
    /// Level 3.
    Leader,
}

/// Nation whose law applies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum Nation {
    /// England.
    #[default]
    England,
    /// Wales.
    Wales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    #[serde(rename = "Northern Ireland")]
    NorthernIreland,
}

/// Standard words of an organisation. Markdown with Tera tags; the tags see the same view as the layout's pages.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Clause {
    /// Heading, where the clause stands as a section of its own.
    pub heading: Option<String>,
    /// The words.
    pub text: Option<String>,
    /// A list after the words.
    pub list: Option<List>,
    /// Blocks after the words.
    pub blocks: Option<Vec<Block>>,
    /// Other wordings by name, chosen with `variant`.
    pub variants: BTreeMap<String, Clause>,
    /// When the words were last checked: YYYY-MM-DD.
    #[schemars(with = "Option<super::role::Date>")]
    pub reviewed_on: Option<String>,
    /// The law or guidance behind the words.
    pub law: Vec<String>,
}

/// Words and figures of a rule that an organisation adds to the usual ones, or leaves out.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct CheckWords {
    /// Words to look for too.
    pub terms: Vec<CheckTerm>,
    /// Usual words not to look for, as the file of the rule has them; of topics what they are about.
    pub without: Vec<String>,
    /// Words that are left alone wherever they stand.
    pub except: Vec<String>,
    /// Beginnings of words around those, by what they tell, beside the usual ones.
    pub context: BTreeMap<String, Vec<String>>,
    /// Figures by name, in place of the usual ones.
    pub limits: BTreeMap<String, f64>,
    /// What duties or criteria ask for and the other has to meet, for the rule `duty-and-criterion`.
    pub topics: Vec<CheckTopic>,
}

/// What one part of a pack asks for and the other has to meet.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckTopic {
    /// What it is about, as a sentence goes on after “about”: `taking minutes`.
    #[schemars(length(min = 1))]
    pub about: String,
    /// The part that asks.
    #[serde(rename = "in")]
    pub asking: Asking,
    /// Words that ask for it; `*` stands for the rest of a word.
    pub asks: Vec<String>,
    /// Words of the other part of which one is enough.
    pub met_by: Vec<String>,
}

/// A part of a profile that asks for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Asking {
    /// The duties; they are met by criteria and competencies.
    Duties,
    /// The criteria; they are met by duties and all else that the profile says of the post.
    Criteria,
}

/// Words to look for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CheckTerm {
    /// The words; `*` stands for the rest of a word.
    #[schemars(length(min = 1))]
    pub say: String,
    /// What to write in their place.
    pub instead: Option<String>,
    /// Why.
    pub because: Option<String>,
    /// Whether `check --fix` may put that in their place.
    #[serde(default)]
    pub safe: bool,
}
