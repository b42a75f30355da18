//! A vacancy: one posting of a profile, with its pay, dates and contacts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::block::Block;
use super::role::{Date, Status, Waiver};
use super::schema::Fragment;

/// One posting of a profile.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Vacancy {
    /// Always `vacancy`.
    pub kind: VacancyKind,
    /// The profile that is posted, of the same organisation.
    pub profile: String,
    /// Where the vacancy stands; `draft` unless it says otherwise.
    pub status: Option<Status>,
    /// Day of the last change of the words: YYYY-MM-DD.
    #[schemars(with = "Date")]
    pub revised_on: String,
    /// The vacancy is an example, not a real post.
    #[serde(default)]
    pub example: bool,
    /// Reference to quote.
    pub reference: Option<String>,
    /// Number of posts.
    pub posts: Option<u32>,
    /// Day on which the advert is first published: YYYY-MM-DD.
    #[schemars(with = "Option<Date>")]
    pub published_on: Option<String>,
    /// The advert, before everything else.
    pub advert: Option<Vec<Block>>,
    /// Pay.
    pub salary: Option<Salary>,
    /// Kind of contract.
    pub contract: Option<ContractType>,
    /// Reason for a fixed term, and its end.
    pub contract_note: Option<String>,
    /// Whether the hours are those of a full-time post; more than one where there is a choice.
    #[serde(default)]
    pub employment_type: Vec<EmploymentType>,
    /// Hours, as printed.
    pub hours: Option<String>,
    /// Place of work, as printed.
    pub location: Option<String>,
    /// Postal address of the place of work, for search engines.
    pub address: Option<Address>,
    /// When the post starts, as printed.
    pub start_date: Option<String>,
    /// When applications close.
    pub closing: Option<Closing>,
    /// Day by which candidates hear whether they are invited: YYYY-MM-DD.
    #[schemars(with = "Option<Date>")]
    pub shortlisting_on: Option<String>,
    /// How to see the place of work before applying.
    pub visits: Option<String>,
    /// When interviews are held.
    #[serde(default)]
    pub interviews: Vec<Interview>,
    /// Whether the employer can sponsor a Skilled Worker visa for the post. Empty means that nobody has said.
    pub visa_sponsorship: Option<bool>,
    /// Welsh language skills that the post asks for (Welsh Language Standards, one of four categories).
    pub welsh: Option<WelshCategory>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// How to apply.
    pub apply: Option<Application>,
    /// Fields of the profile that differ for this posting.
    #[serde(default)]
    pub overrides: Fragment,
    /// Findings of `jobpack check` that somebody has answered for.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
}

/// The word `vacancy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum VacancyKind {
    /// A posting.
    Vacancy,
}

/// Pay, in pounds a year.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Salary {
    /// Lowest full-time pay.
    pub minimum: Option<u32>,
    /// Highest full-time pay.
    pub maximum: Option<u32>,
    /// Lowest actual pay, where the post is part-time or term-time.
    pub actual_minimum: Option<u32>,
    /// Highest actual pay.
    pub actual_maximum: Option<u32>,
    /// What else there is to say: allowances, the pay scale's date.
    pub note: Option<String>,
}

/// Kind of contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContractType {
    /// Without an end.
    Permanent,
    /// With an end.
    FixedTerm,
    /// As needed.
    Casual,
    /// Lent by another employer.
    Secondment,
    /// Apprenticeship.
    Apprenticeship,
}

/// Kind of employment, as schema.org's `employmentType` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EmploymentType {
    /// All hours of the employer's week.
    FullTime,
    /// Fewer hours or weeks.
    PartTime,
    /// For a limited time.
    Temporary,
    /// Under a contract for services.
    Contractor,
    /// For learning.
    Intern,
    /// Unpaid.
    Volunteer,
    /// By the day.
    PerDiem,
}

/// A postal address in the United Kingdom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Address {
    /// Building and street.
    pub street: Option<String>,
    /// Town or city.
    pub locality: Option<String>,
    /// County or region.
    pub region: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
}

/// Welsh language skills of a post: the four categories of the Welsh Language Standards (the Welsh Language Standards
/// (No. 1) Regulations 2015, standard 136; WSI 2022/796, standard 57).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WelshCategory {
    /// Essential.
    Essential,
    /// Need to be learnt when appointed to the post.
    ToBeLearnt,
    /// Desirable.
    Desirable,
    /// Not necessary.
    NotNecessary,
}

/// When applications close, in Europe/London time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// Day: YYYY-MM-DD.
    #[schemars(with = "Date")]
    pub date: String,
    /// Time of day, 24-hour: "17:00".
    #[schemars(extend("pattern" = crate::source::TIME_PATTERN))]
    pub time: Option<String>,
    /// The advert may close before that day.
    #[serde(default)]
    pub may_close_early: bool,
}

/// When interviews are held.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interview {
    /// Day: YYYY-MM-DD.
    #[schemars(with = "Date")]
    pub date: String,
    /// Where and how.
    pub format: Option<String>,
}

/// Whom to ask.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Contact {
    /// Name or role.
    pub name: Option<String>,
    /// E-mail address.
    #[schemars(extend("pattern" = crate::source::EMAIL_PATTERN))]
    pub email: Option<String>,
    /// Telephone number.
    pub telephone: Option<String>,
    /// How to ask for another format: large print, braille, audio.
    pub alternative_formats: Option<String>,
}

/// How to apply.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Application {
    /// Address of the form.
    #[schemars(extend("pattern" = crate::source::WEB_PATTERN))]
    pub url: Option<String>,
    /// E-mail address for applications.
    #[schemars(extend("pattern" = crate::source::EMAIL_PATTERN))]
    pub email: Option<String>,
    /// A CV alone is accepted.
    pub cv_accepted: Option<bool>,
    /// Longest supporting statement, in words.
    pub statement_words: Option<u32>,
}
