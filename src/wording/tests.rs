//! A small view, as a pack's view is made, and drivers that say in one line what a template should do.

mod escaping;
mod junk;
mod paths;
mod places;
mod printing;
mod sets;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{Template, View, Wording};
use crate::diagnostic::{Diagnostic, SourceText, Span};

#[derive(Serialize, JsonSchema)]
struct Pack {
    organisation: Organisation,
    profile: Profile,
    vacancy: Option<Vacancy>,
    labels: BTreeMap<String, String>,
    anything: Json,
}

#[derive(Serialize, JsonSchema)]
struct Organisation {
    name: String,
    short_name: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Profile {
    post_title: String,
    status: Status,
    grade: Option<String>,
    politically_restricted: Option<bool>,
    criteria: Vec<Criterion>,
    blocks: Vec<Block>,
    hours: f64,
    tags: Option<Vec<String>>,
}

#[expect(dead_code, reason = "only its schema is used")]
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Status {
    Draft,
    Published,
}

#[derive(Serialize, JsonSchema)]
struct Criterion {
    text: String,
    note: Option<String>,
    below: Vec<Criterion>,
}

#[expect(dead_code, reason = "only its schema is used")]
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Block {
    Words { text: String },
    Steps { items: Vec<String> },
}

#[derive(Serialize, JsonSchema)]
struct Vacancy {
    reference: Option<String>,
    closes_on: Option<String>,
    closes_at: Option<String>,
    salary: Option<Salary>,
    contact: Option<Contact>,
    interviews: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct Salary {
    from: u64,
    to: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
struct Contact {
    name: String,
    email: Option<String>,
}

/// The schema of what is serialised, as the layout's view makes it.
fn schema() -> Json {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Pack>().to_value()
}

/// A view in which everything optional is null.
fn bare() -> Json {
    json!({
        "organisation": {"name": "Havering", "short_name": null},
        "profile": {
            "post_title": "Learning mentor", "status": "draft", "grade": null, "politically_restricted": null,
            "criteria": [{"text": "a degree", "note": null, "below": []}], "blocks": [], "hours": 36.5, "tags": null
        },
        "vacancy": null, "labels": {"grade": "Grade"}, "anything": null
    })
}

/// A view in which nothing is null.
fn full() -> Json {
    json!({
        "organisation": {"name": "London Borough of Havering", "short_name": "Havering"},
        "profile": {
            "post_title": "Learning mentor", "status": "published", "grade": "G6", "politically_restricted": true,
            "criteria": [
                {"text": "a degree", "note": "or equal", "below": [{"text": "in English", "note": null, "below": []}]},
                {"text": "patience", "note": null, "below": []}
            ],
            "blocks": [{"kind": "words", "text": "Hello"}, {"kind": "steps", "items": ["one", "two", "three"]}],
            "hours": 36.5, "tags": ["school", "term time"]
        },
        "vacancy": {
            "reference": "LBH-12", "closes_on": "2027-01-29", "closes_at": "17:00",
            "salary": {"from": 24027, "to": 26421}, "contact": {"name": "Ms Ash", "email": "ash@example.org"},
            "interviews": ["2027-02-08", "2027-02-09"]
        },
        "labels": {"grade": "Grade", "hours": "Hours"}, "anything": {"deep": {"er": 1}}
    })
}

fn page(name: &str, text: &str) -> Template {
    let file = Arc::new(SourceText { path: format!("templates/{name}"), text: text.to_owned() });
    Template { name: name.to_owned(), text: text.to_owned(), origin: Span::new(&file, 0..text.len()) }
}

fn load(pages: &[(&str, &str)]) -> Result<Wording, Vec<Diagnostic>> {
    Wording::new(pages.iter().map(|(name, text)| page(name, text)).collect(), &schema())
}

fn view(view: &Json) -> View {
    View::new(view).expect("an object")
}

/// `code line:column message [hint; hint]`, one a line.
fn shown(faults: &[Diagnostic]) -> String {
    let line = |fault: &Diagnostic| {
        let place = fault.span.as_ref().map_or("-".to_owned(), |span| {
            let (line, column) = span.line_column();
            format!("{line}:{column}")
        });
        let hints = if fault.hints.is_empty() { String::new() } else { format!(" [{}]", fault.hints.join("; ")) };
        format!("{} {place} {}{hints}", fault.code, fault.message)
    };
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What loading one template finds; empty where nothing is wrong.
fn faults(text: &str) -> String {
    load(&[("page.md", text)]).err().map(|faults| shown(&faults)).unwrap_or_default()
}

/// What a template prints, or what is wrong with it.
fn printed(text: &str, data: &Json) -> String {
    match load(&[("page.md", text)]) {
        Err(faults) => format!("load: {}", shown(&faults)),
        Ok(wording) => wording.render("page.md", &view(data)).unwrap_or_else(|faults| shown(&faults)),
    }
}

/// A template without its mark `§`, and the line and column where the mark stood.
fn unmarked(marked: &str) -> (String, String) {
    let at = marked.find('§').expect("a mark");
    let before = &marked[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (marked.replace('§', ""), format!("{line}:{column}"))
}
