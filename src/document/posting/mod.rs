//! A vacancy as a schema.org [`JobPosting`](https://schema.org/JobPosting) in JSON-LD, as job search engines read it
//! (Google Search Central, "Job posting (JobPosting) structured data").
//!
//! It says what the pack says and nothing else: a field that nobody has filled in is left out, and no value is guessed,
//! not even where a search engine would like one. `description` holds the words, `london` the time of day.

mod description;
mod london;

use chrono::{DateTime, FixedOffset};
use serde_json::{Map, Value, json};

pub use london::moment;

use crate::layout::MAIN_DOCUMENT;
use crate::pack::Pack;
use crate::pack::view::{OrganisationWords, VacancyWords};
use crate::profile::{Address, Closing, ContractType, EmploymentType, Salary};

/// Name of the document that is the advert alone.
const ADVERT: &str = "advert";

/// The posting of a pack as JSON, for the web page of a document; none for the pack of a profile, and none for documents
/// that are about something else than the vacancy as a whole (a form for the panel, the job description alone).
pub fn job_posting(pack: &Pack, document: &str) -> Option<String> {
    let vacancy = pack.words.vacancy.as_ref().filter(|_| [MAIN_DOCUMENT, ADVERT].contains(&document))?;
    let posting = posting(&pack.words.profile.post_title, &pack.words.organisation, vacancy, description::of(pack));
    Some(posting.to_string())
}

/// What a pack is about, for lists of search results: the first paragraph of its advert, else of its purpose, cut at
/// the end of a word after some 155 characters.
pub fn summary(pack: &Pack) -> Option<String> {
    description::opening(pack)
}

/// Whether a time for applications, as [`closes`] gives it, is over.
pub fn is_over(closes: &str, now: DateTime<FixedOffset>) -> bool {
    DateTime::parse_from_rfc3339(closes).is_ok_and(|closes| closes < now)
}

/// When applications close (RFC 3339); where no time is given, as the day ends.
pub fn closes(closing: &Closing) -> String {
    london::moment(&closing.date, Some(closing.time.as_deref().unwrap_or("23:59")))
}

fn posting(title: &str, organisation: &OrganisationWords, vacancy: &VacancyWords, description: String) -> Value {
    let mut all = Map::new();
    all.insert("@context".to_owned(), json!("https://schema.org"));
    all.insert("@type".to_owned(), json!("JobPosting"));
    let name = said(Some(&organisation.name));
    let employer = typed("Organization", [("name", name.clone()), ("sameAs", said(organisation.website.as_ref()))]);
    let reference = said(vacancy.reference.as_ref());
    let identifier = reference.map(|reference| typed("PropertyValue", [("name", name), ("value", Some(reference))]));
    let fields = [
        ("title", Some(json!(title.trim()))),
        ("description", said(Some(&description))),
        ("datePosted", said(vacancy.published_on.as_ref())),
        ("validThrough", vacancy.closing.as_ref().map(|closing| json!(london::moment(&closing.date, closing.time.as_deref())))),
        ("employmentType", employment(vacancy)),
        ("hiringOrganization", Some(employer)),
        ("jobLocation", place(vacancy.address.as_ref())),
        ("baseSalary", vacancy.salary.as_ref().and_then(salary)),
        ("identifier", identifier),
        ("directApply", direct(vacancy)),
        ("totalJobOpenings", vacancy.posts.filter(|posts| *posts > 0).map(|posts| json!(posts))),
    ];
    all.extend(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    Value::Object(all)
}

/// A text, unless it is blank: a value that says nothing is worse to a search engine than none.
fn said(text: Option<&String>) -> Option<Value> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty()).map(|text| json!(text))
}

/// An object of a schema.org type, of the properties that are known.
fn typed<const N: usize>(kind: &str, properties: [(&str, Option<Value>); N]) -> Value {
    let known = properties.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object([("@type".to_owned(), json!(kind))].into_iter().chain(known).collect())
}

/// `employmentType`: what the vacancy says, and `TEMPORARY` where the contract has an end. Casual work and
/// apprenticeships have no word of their own there.
fn employment(vacancy: &VacancyWords) -> Option<Value> {
    let mut kinds: Vec<&str> = vacancy.employment_type.iter().map(|kind| named(*kind)).collect();
    let ends = matches!(vacancy.contract, Some(ContractType::FixedTerm | ContractType::Secondment));
    if ends && !kinds.contains(&"TEMPORARY") {
        kinds.push("TEMPORARY");
    }
    match kinds.as_slice() {
        [] => None,
        [only] => Some(json!(only)),
        several => Some(json!(several)),
    }
}

fn named(kind: EmploymentType) -> &'static str {
    match kind {
        EmploymentType::FullTime => "FULL_TIME",
        EmploymentType::PartTime => "PART_TIME",
        EmploymentType::Temporary => "TEMPORARY",
        EmploymentType::Contractor => "CONTRACTOR",
        EmploymentType::Intern => "INTERN",
        EmploymentType::Volunteer => "VOLUNTEER",
        EmploymentType::PerDiem => "PER_DIEM",
    }
}

/// `jobLocation`: where people work, by its postal address. A place that is known by its printed name only is left out:
/// search engines ask for an address, and a name is none.
fn place(address: Option<&Address>) -> Option<Value> {
    let Address { street, locality, region, postcode } = address?;
    let [street, locality, region, postcode] = [street, locality, region, postcode].map(|part| said(part.as_ref()));
    if [&street, &locality, &region, &postcode].iter().all(|part| part.is_none()) {
        return None;
    }
    let address = typed("PostalAddress", [
        ("streetAddress", street),
        ("addressLocality", locality),
        ("addressRegion", region),
        ("postalCode", postcode),
        ("addressCountry", Some(json!("GB"))),
    ]);
    Some(typed("Place", [("address", Some(address))]))
}

/// `baseSalary`: what is really paid. Of a part-time post that is the actual pay, where the vacancy says it.
fn salary(salary: &Salary) -> Option<Value> {
    let Salary { minimum, maximum, actual_minimum, actual_maximum, .. } = salary;
    let paid = match (actual_minimum, actual_maximum) {
        (None, None) => (minimum, maximum),
        actual => actual,
    };
    let (least, most, exactly) = match paid {
        (None, None) => return None,
        (Some(least), Some(most)) if least == most => (None, None, Some(json!(least))),
        (least, most) => (least.map(|least| json!(least)), most.map(|most| json!(most)), None),
    };
    let value = typed("QuantitativeValue", [
        ("value", exactly),
        ("minValue", least),
        ("maxValue", most),
        ("unitText", Some(json!("YEAR"))),
    ]);
    Some(typed("MonetaryAmount", [("currency", Some(json!("GBP"))), ("value", Some(value))]))
}

/// `directApply`: whether the page leads straight to the application. It does where the vacancy has the address of a
/// form. Where it has none (an application by e-mail), nothing is said.
fn direct(vacancy: &VacancyWords) -> Option<Value> {
    let url = vacancy.apply.as_ref()?.url.as_ref()?;
    let web = ["https://", "http://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    web.then(|| json!(true))
}

#[cfg(test)]
mod tests;
