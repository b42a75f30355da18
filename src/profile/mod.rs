//! What people write: organisation, framework, profile and vacancy as typed YAML.
//!
//! These types are the schema: `serde` reads them, `schemars` describes them (`jobpack schema`), and
//! [`crate::source::check`] finds every fault against that description. A profile holds a role and never a closing
//! date or pay in pounds; those belong to a vacancy. Words are Markdown ([`Block`]) and are never run as code.

mod block;
mod framework;
mod organisation;
mod person_specification;
mod role;
mod schema;
mod vacancy;

pub use block::{Block, BlockFields, Fact, List, MAX_LIST_START, Marker, TableBlock, Words};
pub use framework::{Competency, Framework};
pub use organisation::{Asking, CheckTerm, CheckTopic, CheckWords, Clause, DisabilityConfident, Nation, Organisation, Sector};
pub use person_specification::{
    AssessmentMethod, CompetencySelection, Competencies, CompetencyChoice, Criterion, CriteriaGroup,
    PersonSpecification, Requirement, Use,
};
pub use role::{Client, DbsLevel, Disclosure, Model, Note, Part, Profile, Provenance, Section, Status, Variable, Waiver};
pub use schema::{Fragment, Kind, schema_of, translatable};
pub use vacancy::{
    Address, Application, Closing, Contact, ContractType, EmploymentType, Interview, Salary, Vacancy, WelshCategory,
};
