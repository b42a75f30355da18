//! What a layout sees: one type, written once as JSON, for Typst and for Tera.
//!
//! Everything printable has been reduced to a small vocabulary of blocks before it gets here. Fields that are not for
//! candidates (who compiled a profile, notes on the source) have no place in these types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::rich::Inline;
use crate::brand::Brand;
use crate::layout::HeadingRule;
use crate::profile::{
    Address, Application, Client, Closing, Contact, ContractType, DbsLevel, DisabilityConfident, EmploymentType, Interview,
    Marker, Nation, Salary, Sector, Status, WelshCategory,
};

/// The words that prose pages and clauses see.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Words {
    /// The employer.
    pub organisation: OrganisationWords,
    /// The role.
    pub profile: ProfileWords,
    /// The posting, if the pack is one of a vacancy.
    pub vacancy: Option<VacancyWords>,
}

/// The employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OrganisationWords {
    /// Full name.
    pub name: String,
    /// Name in running text: the short one, or the full one.
    pub short_name: String,
    /// Kind of employer.
    pub sector: Sector,
    /// Nation whose law applies.
    pub nation: Nation,
    /// Address of its website.
    pub website: Option<String>,
    /// Level in the Disability Confident scheme.
    pub disability_confident: Option<DisabilityConfident>,
}

/// The role, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ProfileWords {
    /// Title of the post.
    pub post_title: String,
    /// Where the profile stands.
    pub status: Status,
    /// An example, not a real post.
    pub example: bool,
    /// A model that others extend.
    pub model: bool,
    /// Number of the post.
    pub post_number: Option<String>,
    /// Grade as written.
    pub grade: Option<String>,
    /// Directorate.
    pub directorate: Option<String>,
    /// Service and team.
    pub service: Option<String>,
    /// Unit.
    pub unit: Option<String>,
    /// Post that this one reports to.
    pub reports_to: Option<String>,
    /// Hours and weeks as written.
    pub working_pattern: Option<String>,
    /// Level of the DBS check.
    pub dbs: Option<DbsLevel>,
    /// Whether the post is regulated activity.
    pub regulated_activity: Option<bool>,
    /// Whether the post is politically restricted.
    pub politically_restricted: Option<bool>,
    /// Whom the post works with where that asks for safeguarding.
    pub works_with: Vec<Client>,
    /// Whether the fluency duty applies.
    pub fluency_duty: Option<bool>,
}

/// The posting.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct VacancyWords {
    /// An example, not a real post.
    pub example: bool,
    /// Reference to quote.
    pub reference: Option<String>,
    /// Number of posts.
    pub posts: Option<u32>,
    /// Day on which the advert is first published, `YYYY-MM-DD`.
    pub published_on: Option<String>,
    /// Pay.
    pub salary: Option<Salary>,
    /// Kind of contract.
    pub contract: Option<ContractType>,
    /// Reason for a fixed term, and its end.
    pub contract_note: Option<String>,
    /// Full-time, part-time and so on.
    pub employment_type: Vec<EmploymentType>,
    /// Hours.
    pub hours: Option<String>,
    /// Place of work.
    pub location: Option<String>,
    /// Its postal address.
    pub address: Option<Address>,
    /// Start of the post.
    pub start_date: Option<String>,
    /// When applications close.
    pub closing: Option<Closing>,
    /// Day by which candidates hear whether they are invited, `YYYY-MM-DD`.
    pub shortlisting_on: Option<String>,
    /// How to see the place of work before applying.
    pub visits: Option<String>,
    /// When interviews are held.
    pub interviews: Vec<Interview>,
    /// Whether the employer can sponsor a visa.
    pub visa_sponsorship: Option<bool>,
    /// Welsh language skills that the post asks for.
    pub welsh: Option<WelshCategory>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// How to apply.
    pub apply: Option<Application>,
}

/// What `layout.typ` reads as `/pack.json`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DocumentView {
    /// The document itself.
    pub document: DocumentFacts,
    /// The employer, the role and the posting.
    #[serde(flatten)]
    pub words: Words,
    /// The brand.
    pub brand: Brand,
    /// Labels by name.
    pub labels: BTreeMap<String, String>,
    /// Pages, in order.
    pub pages: Vec<PageView>,
}

/// The document itself.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct DocumentFacts {
    /// Its name in the layout: `job-pack`.
    pub id: String,
    /// Title for metadata and window: post title, document title, organisation.
    pub title: String,
    /// Language (BCP 47).
    pub language: String,
    /// Date, `YYYY-MM-DD`.
    pub date: String,
    /// Way to read it: `standard`.
    pub variant: String,
    /// Whether it says that it is a draft.
    pub draft: bool,
    /// Whether it says that it is an example.
    pub example: bool,
    /// Whether the PDF carries this view.
    pub attach: bool,
    /// Where the line of a section heading stands, if the brand draws one.
    pub heading_rule: HeadingRule,
    /// Whether its sheets are wider than high.
    pub landscape: bool,
    /// How many sheets it is to fill at the most, if that is said.
    pub sheets: Option<usize>,
    /// How closely it is set to fit on them: 0 as usual, 1 as closely as can be.
    pub closeness: f64,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PageView {
    /// Its name in the layout.
    pub id: String,
    /// Whether it starts on a new sheet.
    pub new_page: bool,
    /// Whether its sheets are wider than high.
    pub landscape: bool,
    /// Lines above the title.
    pub masthead: Vec<String>,
    /// Lines of the title.
    pub title: Vec<String>,
    /// What it says.
    pub blocks: Vec<BlockView>,
}

/// A block that a layout draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum BlockView {
    /// A headed section; its blocks are one level deeper.
    Section {
        /// Name of the section: `purpose`, `facts`, the `id` of a block.
        id: Option<String>,
        /// Heading; none for a section that only groups.
        heading: Option<Vec<Inline>>,
        /// What stands under it.
        blocks: Vec<BlockView>,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        content: Vec<Inline>,
        /// Named style.
        style: Option<String>,
        /// Language, where it differs.
        language: Option<String>,
    },
    /// A list.
    List {
        /// What stands before an item.
        marker: Marker,
        /// Number of the first item.
        start: u64,
        /// The items.
        items: Vec<Vec<BlockView>>,
    },
    /// Labels with values.
    Facts {
        /// The rows.
        rows: Vec<FactView>,
    },
    /// A table.
    Table {
        /// What it shows.
        caption: Option<Vec<Inline>>,
        /// Column headings.
        columns: Vec<Vec<Inline>>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
        /// The first cell of a row names it.
        row_headers: bool,
    },
    /// A group of criteria.
    Criteria {
        /// What the table is called.
        name: String,
        /// Which columns there are: `essential`, `desirable`, `assessed_by`, `weight`. None: the criteria are a list.
        columns: Vec<String>,
        /// Marker, where the criteria are a list.
        marker: Marker,
        /// The criteria.
        rows: Vec<CriterionView>,
    },
    /// A competency at a level.
    Competency {
        /// Its name.
        name: Vec<Inline>,
        /// What it means, with the layout's prefix.
        definition: Vec<Inline>,
        /// Level, where the framework has levels.
        level: Option<u8>,
        /// The framework's highest level.
        highest_level: Option<u8>,
        /// Heading of the indicators.
        level_heading: Option<String>,
        /// Indicators of effective performance.
        indicators: Vec<Vec<Inline>>,
    },
    /// A table that the panel writes in.
    Form {
        /// What the table is called.
        name: String,
        /// Its columns; the second has the criterion, in full.
        columns: Vec<FormColumn>,
        /// Its rows.
        rows: Vec<FormRow>,
    },
    /// Lines to sign or fill in.
    Signature {
        /// Their labels.
        labels: Vec<Vec<Inline>>,
    },
    /// Blocks in a named style.
    Group {
        /// The style.
        style: String,
        /// The blocks.
        blocks: Vec<BlockView>,
    },
}

/// A column of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FormColumn {
    /// Its heading.
    pub label: String,
    /// What it holds: `reference`, `criterion`, `requirement`, or `mark` and `notes` for the panel to fill in.
    pub role: ColumnRole,
}

/// What a column of a form holds, and so how wide it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ColumnRole {
    /// Code of the criterion.
    Reference,
    /// The criterion itself.
    Criterion,
    /// Essential or desirable.
    Requirement,
    /// Room for a score or a tick.
    Mark,
    /// Room for sentences.
    Notes,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FormRow {
    /// Code of the criterion, as everywhere in the pack; empty for a row of totals.
    pub reference: String,
    /// The criterion in full, or the name of the row.
    pub content: Vec<BlockView>,
    /// "Essential", "Desirable", or nothing.
    pub requirement: String,
}

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FactView {
    /// The label.
    pub label: Vec<Inline>,
    /// The value, one entry a line; empty for a line to write on.
    pub value: Vec<Vec<Inline>>,
    /// The value is the label "Not stated".
    pub missing: bool,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CriterionView {
    /// Its code.
    pub id: Option<String>,
    /// The statement and what belongs to it.
    pub content: Vec<BlockView>,
    /// What stands in each column: a mark, words, or nothing.
    pub cells: BTreeMap<String, String>,
    /// Columns whose words are the label "Not stated".
    pub unknown: Vec<String>,
}

/// JSON Schema of [`Words`], against which every path of every Tera expression is checked.
pub fn words_schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Words>()
        .to_value()
}
