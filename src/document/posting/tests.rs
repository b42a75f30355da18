//! What is said of a vacancy, both ways: known and unknown.

use serde_json::{Value, json};

use super::*;
use crate::profile::{Application, Closing, Nation, Sector};

fn employer() -> OrganisationWords {
    OrganisationWords {
        name: "London Borough of Havering".to_owned(),
        short_name: "Havering".to_owned(),
        sector: Sector::Council,
        nation: Nation::England,
        website: None,
        disability_confident: None,
    }
}

/// A vacancy of which nothing is known.
fn unknown() -> VacancyWords {
    VacancyWords {
        example: false,
        reference: None,
        posts: None,
        published_on: None,
        salary: None,
        contract: None,
        contract_note: None,
        employment_type: Vec::new(),
        hours: None,
        location: None,
        address: None,
        start_date: None,
        closing: None,
        shortlisting_on: None,
        visits: None,
        interviews: Vec::new(),
        visa_sponsorship: None,
        welsh: None,
        contact: None,
        apply: None,
    }
}

fn of(vacancy: &VacancyWords) -> Value {
    posting("Learning mentor", &employer(), vacancy, String::new())
}

fn text(words: &str) -> Option<String> {
    Some(words.to_owned())
}

#[test]
fn what_nobody_has_said_is_left_out() {
    assert_eq!(
        of(&unknown()),
        json!({
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "title": "Learning mentor",
            "hiringOrganization": {"@type": "Organization", "name": "London Borough of Havering"},
        })
    );
}

#[test]
fn what_is_known_is_said_in_the_words_of_schema_org() {
    let mut all = unknown();
    all.reference = text("EX-1");
    all.posts = Some(2);
    all.published_on = text("2027-01-11");
    all.salary = Some(Salary { minimum: Some(26780), maximum: Some(29000), ..Salary::default() });
    all.employment_type = vec![EmploymentType::FullTime];
    all.address = Some(Address {
        street: text("Main Road"),
        locality: text("Romford"),
        region: text("Greater London"),
        postcode: text("RM1 3BB"),
    });
    all.closing = Some(Closing { date: "2027-01-29".to_owned(), time: text("17:00"), may_close_early: true });
    all.apply = Some(Application { url: text("https://jobs.example.org/EX-1"), ..Application::default() });
    let organisation = OrganisationWords { website: text("https://www.example.org"), ..employer() };
    let said = posting("Learning mentor", &organisation, &all, "<p>Words</p>".to_owned());
    assert_eq!(
        said,
        json!({
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "title": "Learning mentor",
            "description": "<p>Words</p>",
            "datePosted": "2027-01-11",
            "validThrough": "2027-01-29T17:00:00+00:00",
            "employmentType": "FULL_TIME",
            "hiringOrganization": {
                "@type": "Organization", "name": "London Borough of Havering", "sameAs": "https://www.example.org",
            },
            "jobLocation": {"@type": "Place", "address": {
                "@type": "PostalAddress", "streetAddress": "Main Road", "addressLocality": "Romford",
                "addressRegion": "Greater London", "postalCode": "RM1 3BB", "addressCountry": "GB",
            }},
            "baseSalary": {"@type": "MonetaryAmount", "currency": "GBP", "value": {
                "@type": "QuantitativeValue", "minValue": 26780, "maxValue": 29000, "unitText": "YEAR",
            }},
            "identifier": {"@type": "PropertyValue", "name": "London Borough of Havering", "value": "EX-1"},
            "directApply": true,
            "totalJobOpenings": 2,
        })
    );
}

#[test]
fn a_closing_time_has_the_offset_that_the_law_gives_it() {
    for (day, time, said) in [
        ("2027-01-29", Some("17:00"), "2027-01-29T17:00:00+00:00"),
        ("2027-06-30", Some("12:00"), "2027-06-30T12:00:00+01:00"),
        // Summer time of 2027 runs from 28 March to 31 October.
        ("2027-03-27", Some("23:59"), "2027-03-27T23:59:00+00:00"),
        ("2027-03-28", Some("00:59"), "2027-03-28T00:59:00+00:00"),
        ("2027-03-28", Some("02:00"), "2027-03-28T02:00:00+01:00"),
        ("2027-10-30", Some("23:59"), "2027-10-30T23:59:00+01:00"),
        ("2027-10-31", Some("01:30"), "2027-10-31T01:30:00+01:00"),
        ("2027-10-31", Some("02:00"), "2027-10-31T02:00:00+00:00"),
        // The last Sunday is the last day of March 2024 and the 25th of October 2026.
        ("2024-03-31", Some("12:00"), "2024-03-31T12:00:00+01:00"),
        ("2026-10-25", Some("12:00"), "2026-10-25T12:00:00+00:00"),
        ("2026-10-24", Some("12:00"), "2026-10-24T12:00:00+01:00"),
        // A day without a time stays a day.
        ("2027-06-30", None, "2027-06-30"),
    ] {
        assert_eq!(london::moment(day, time), said);
    }
}

#[test]
fn pay_is_what_is_really_paid() {
    let value = |pay: Salary| {
        let mut vacancy = unknown();
        vacancy.salary = Some(pay);
        let mut value = of(&vacancy)["baseSalary"]["value"].clone();
        if let Some(value) = value.as_object_mut() {
            value.remove("@type");
            value.remove("unitText");
        }
        value
    };
    let full = Salary { minimum: Some(30000), maximum: Some(32000), ..Salary::default() };
    assert_eq!(value(full.clone()), json!({"minValue": 30000, "maxValue": 32000}));
    let part = Salary { actual_minimum: Some(20000), actual_maximum: Some(21000), ..full.clone() };
    assert_eq!(value(part), json!({"minValue": 20000, "maxValue": 21000}));
    assert_eq!(value(Salary { maximum: Some(30000), ..full.clone() }), json!({"value": 30000}));
    assert_eq!(value(Salary { maximum: None, ..full }), json!({"minValue": 30000}));
    assert_eq!(value(Salary { note: text("To be agreed"), ..Salary::default() }), Value::Null);
}

#[test]
fn a_contract_with_an_end_is_temporary_employment() {
    let kinds = |contract, kinds: &[EmploymentType]| {
        let vacancy = VacancyWords { contract, employment_type: kinds.to_vec(), ..unknown() };
        of(&vacancy)["employmentType"].clone()
    };
    assert_eq!(kinds(Some(ContractType::FixedTerm), &[EmploymentType::PartTime]), json!(["PART_TIME", "TEMPORARY"]));
    assert_eq!(kinds(Some(ContractType::Secondment), &[]), json!("TEMPORARY"));
    assert_eq!(kinds(Some(ContractType::FixedTerm), &[EmploymentType::Temporary]), json!("TEMPORARY"));
    assert_eq!(kinds(Some(ContractType::Permanent), &[]), Value::Null);
    assert_eq!(kinds(Some(ContractType::Casual), &[]), Value::Null);
}

#[test]
fn only_the_address_of_a_form_lets_one_apply_directly() {
    let direct = |url: Option<&str>, email: Option<&str>| {
        let apply = Application { url: url.map(str::to_owned), email: email.map(str::to_owned), ..Application::default() };
        of(&VacancyWords { apply: Some(apply), ..unknown() })["directApply"].clone()
    };
    assert_eq!(direct(Some("https://jobs.example.org/1"), None), json!(true));
    assert_eq!(direct(None, Some("jobs@example.org")), Value::Null);
    assert_eq!(direct(Some("mailto:jobs@example.org"), None), Value::Null);
}

#[test]
fn an_address_without_any_part_is_no_place() {
    let place = |address| of(&VacancyWords { address, location: text("City Hall"), ..unknown() })["jobLocation"].clone();
    assert_eq!(place(None), Value::Null);
    assert_eq!(place(Some(Address::default())), Value::Null);
    let known = place(Some(Address { postcode: text("E16 1ZE"), ..Address::default() }));
    assert_eq!(known["address"], json!({"@type": "PostalAddress", "postalCode": "E16 1ZE", "addressCountry": "GB"}));
}

#[test]
fn a_blank_text_is_unknown() {
    let mut blank = unknown();
    blank.reference = text(" ");
    blank.posts = Some(0);
    blank.address = Some(Address { street: text(""), locality: text("\u{A0}"), ..Address::default() });
    let organisation = OrganisationWords { website: text("  "), ..employer() };
    assert_eq!(posting(" Learning mentor ", &organisation, &blank, " ".to_owned()), of(&unknown()));
    blank.address = Some(Address { street: text(" "), postcode: text(" RM1 3BB "), ..Address::default() });
    assert_eq!(of(&blank)["jobLocation"]["address"], json!({"@type": "PostalAddress", "postalCode": "RM1 3BB", "addressCountry": "GB"}));
}
