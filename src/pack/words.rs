//! The words that clauses and prose pages see, and the values of variables.

use super::rich::{self, Values};
use super::view::{OrganisationWords, ProfileWords, VacancyWords, Words};
use crate::diagnostic::{Diagnostic, Span};
use crate::profile::{Organisation, Profile, Vacancy, Words as Lines};
use crate::source::{Layer, Node, Value};

/// Values for `{{name}}`: declared variables, and the title of the post.
///
/// A declared variable that is used and has neither value nor default is a fault at each use.
pub(super) fn values(profile: &Profile, tree: &Node) -> (Values, Vec<Diagnostic>) {
    let mut values = Values::new();
    let mut faults = Vec::new();
    for (name, variable) in &profile.variables {
        let value = variable.value.as_ref().or(variable.default.as_ref());
        if let Some(value) = value {
            values.insert(name.clone(), (value.clone(), variable.value.is_some()));
        }
    }
    let title = rich::plain(&profile.post_title, &values);
    values.entry("post_title".to_owned()).or_insert((title, true));
    tree.walk("", &mut |path, node| {
        let Some(text) = node.as_text().filter(|text| text.contains("{{")) else { return };
        if path.starts_with("variables.") {
            let value = path.ends_with(".value") || path.ends_with(".default");
            let fault = Diagnostic::warning("undeclared-placeholder", "the value of a variable is printed as it stands, with its braces");
            faults.extend(value.then(|| fault.at(node.span.clone()).field(path).hint("write the words themselves")));
            return;
        }
        for name in rich::placeholders(text).filter(|name| !values.contains_key(*name)) {
            let declared = profile.variables.contains_key(name);
            let fault = if declared {
                Diagnostic::error("variable-without-value", format!("the variable `{name}` has no value"))
                    .hint(format!("write it under `variables.{name}.value`"))
            } else if node.layer >= Layer::Base {
                Diagnostic::warning("undeclared-placeholder", format!("`{{{{{name}}}}}` is not a declared variable and is printed as it stands"))
                    .hint(format!("declare `{name}` under `variables`, or take the braces out"))
            } else {
                continue;
            };
            faults.push(fault.at(place(node, text, name)).field(path));
        }
    });
    (values, faults)
}

/// Where a placeholder of this name stands first.
fn place(node: &Node, text: &str, name: &str) -> Span {
    let tag = text.match_indices("{{").find_map(|(from, _)| {
        let to = from + text[from..].find("}}")? + 2;
        (text[from + 2..to - 2].trim() == name).then_some(from..to)
    });
    tag.map_or_else(|| node.span.clone(), |tag| node.locate(tag))
}

/// The words of a pack.
pub(super) fn words(
    organisation: &Organisation,
    profile: &Profile,
    vacancy: Option<&Vacancy>,
    values: &Values,
) -> Words {
    let text = |text: &str| rich::plain(text, values);
    let optional = |value: &Option<String>| value.as_deref().map(text);
    let lines = |value: &Option<Lines>| value.as_ref().map(|lines| text(&lines.0.join(", ")));
    Words {
        organisation: OrganisationWords {
            name: organisation.name.clone(),
            short_name: organisation.short_name.clone().unwrap_or_else(|| organisation.name.clone()),
            sector: organisation.sector,
            nation: organisation.nation,
            website: organisation.website.clone(),
            disability_confident: organisation.disability_confident,
        },
        profile: ProfileWords {
            post_title: text(&profile.post_title),
            status: profile.status,
            example: profile.example,
            model: profile.model.is_some(),
            post_number: optional(&profile.post_number),
            grade: lines(&profile.grade),
            directorate: optional(&profile.directorate),
            service: lines(&profile.service),
            unit: optional(&profile.unit),
            reports_to: optional(&profile.reports_to),
            working_pattern: lines(&profile.working_pattern),
            dbs: profile.disclosure.as_ref().and_then(|disclosure| disclosure.dbs),
            regulated_activity: profile.disclosure.as_ref().and_then(|disclosure| disclosure.regulated_activity),
            politically_restricted: profile.politically_restricted,
            works_with: profile.works_with.clone().unwrap_or_default(),
            fluency_duty: profile.fluency_duty,
        },
        vacancy: vacancy.map(|vacancy| VacancyWords {
            example: vacancy.example,
            reference: vacancy.reference.clone(),
            posts: vacancy.posts,
            published_on: vacancy.published_on.clone(),
            salary: vacancy.salary.clone(),
            contract: vacancy.contract,
            contract_note: vacancy.contract_note.clone(),
            employment_type: vacancy.employment_type.clone(),
            hours: vacancy.hours.clone(),
            location: vacancy.location.clone(),
            address: vacancy.address.clone(),
            start_date: vacancy.start_date.clone(),
            closing: vacancy.closing.clone(),
            shortlisting_on: vacancy.shortlisting_on.clone(),
            visits: vacancy.visits.clone(),
            interviews: vacancy.interviews.clone(),
            visa_sponsorship: vacancy.visa_sponsorship,
            welsh: vacancy.welsh,
            contact: vacancy.contact.clone(),
            apply: vacancy.apply.clone(),
        }),
    }
}

/// Whether a value says anything at all: not null, not empty.
pub(super) fn says_something(node: &Node) -> bool {
    match &node.value {
        Value::Null => false,
        Value::Scalar(scalar) => !scalar.text.trim().is_empty(),
        Value::List(items) => items.iter().any(says_something),
        Value::Map(map) => map.entries.iter().any(|entry| says_something(&entry.node)),
    }
}
