//! The description of the API (OpenAPI 3.1), made from the handlers.

use std::sync::LazyLock;

use serde_json::Value;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{OpenApi as Description, Ref, ResponseBuilder};
use utoipa::{Modify, OpenApi};

use super::findings::{Finding, ProblemDetails};
use super::{bundle, files, health, layouts, organisations, pack, packs, pages, render, schemas};
use crate::project::PackId;

/// What every operation may answer beside what it is for.
const COMMON: [(&str, &str); 5] = [
    ("400", "The request makes no sense"),
    ("401", "The token is missing or wrong"),
    ("421", "The request is for another host"),
    ("500", "The program has a fault"),
    ("503", "Too much is asked at once; `Retry-After` says when to try again"),
];

/// What an operation may answer that names something, or makes something.
const NAMED: [(&str, &str); 2] = [("404", "There is no such thing; the nearest name is a hint"), ("422", "The words have faults, each with its place")];

/// What an operation may answer that gives what has versions.
const VERSIONED: [(&str, &str); 1] = [("412", "`If-Match` names another version")];

/// What an operation may answer that takes a body.
const POSTED: [(&str, &str); 4] = [
    ("403", "The server takes nothing"),
    ("408", "The body took too long"),
    ("413", "The body is too large"),
    ("415", "The body is neither YAML nor JSON"),
];

#[derive(OpenApi)]
#[openapi(
    info(title = "jobpack", description = "Branded, accessible job packs from YAML.", license(name = "MIT", identifier = "MIT")),
    servers((url = "/")),
    tags((name = "packs", description = "Packs of the project"), (name = "render", description = "Packs of what is posted"),
        (name = "service", description = "The server itself")),
    paths(
        health::get_health, health::get_readiness, health::get_metrics, schemas::get_description, schemas::get_schema,
        organisations::list_organisations, layouts::list_layouts, packs::list_packs, pack::get_pack, files::get_file,
        bundle::get_bundle, pages::get_page, render::render_profile, render::check_profile,
    ),
    components(schemas(Finding, ProblemDetails)),
    security((), ("token" = [])),
    modifiers(&Rest),
)]
struct Api;

/// What holds for every operation.
struct Rest;

impl Modify for Rest {
    fn modify(&self, description: &mut Description) {
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer);
        let token = token.description(Some("What `jobpack serve --token-file` was given. Needed for what is for the panel, and for everything on an address that other machines can reach."));
        description.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(token.build()));
        for (path, item) in &mut description.paths.paths {
            let named = path.contains('{');
            for operation in operations(item) {
                let posted = operation.request_body.is_some();
                let get = !posted && path.starts_with("/api/");
                answers(operation, &COMMON);
                answers(operation, if named || posted { &NAMED } else { &[] });
                answers(operation, if posted { &POSTED } else { &[] });
                answers(operation, if get { &VERSIONED } else { &[] });
                if get && !operation.responses.responses.contains_key("304") {
                    let known = ResponseBuilder::new().description("The client has it").build();
                    operation.responses.responses.insert("304".to_owned(), known.into());
                }
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post].into_iter().flatten()
}

/// Adds problems that an operation doesn't describe itself.
fn answers(operation: &mut Operation, problems: &[(&str, &str)]) {
    for (status, why) in problems {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemDetails"))).build();
        let response = ResponseBuilder::new().description(*why).content("application/problem+json", content).build();
        operation.responses.responses.entry((*status).to_owned()).or_insert(response.into());
    }
}

/// The description.
pub(super) fn description() -> &'static Description {
    static DESCRIPTION: LazyLock<Description> = LazyLock::new(Api::openapi);
    &DESCRIPTION
}

/// The description with examples that work here: the names of a pack, where an operation asks for one.
pub(super) fn with_examples(pack: Option<&PackId>) -> Value {
    let mut description = serde_json::to_value(description()).unwrap_or_default();
    let items = description["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    let operations = items.filter_map(Value::as_object_mut).flat_map(|item| item.values_mut());
    for parameter in operations.filter_map(|operation| operation.get_mut("parameters")?.as_array_mut()).flatten() {
        let example = match (parameter["name"].as_str(), pack) {
            (Some("organisation"), Some(pack)) => pack.organisation.clone(),
            (Some("pack"), Some(pack)) => pack.name.clone(),
            _ => continue,
        };
        parameter["example"] = example.into();
    }
    description
}
