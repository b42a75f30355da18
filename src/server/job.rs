//! What is made of a posted text, wherever that happens: in a worker process, or in this one.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::access;
use super::look::Look;
use super::negotiate::Answer;
use super::problem::Problem;
use crate::check;
use crate::build::variant::{self, STANDARD};
use crate::build::{Builder, BuiltPack, Options, POSTED, Posted};
use crate::bundle::MANIFEST;
use crate::diagnostic::{SourceText, emit};
use crate::layout::{Audience, Layout, MAIN_DOCUMENT, names};
use crate::project::OrganisationFiles;

/// A posted text and what is wanted of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Job {
    /// As the query says.
    pub(super) asked: Asked,
    /// Name of an [`Answer`]; none if only the findings are wanted.
    pub(super) answer: Option<String>,
    /// What is looked at in place of that.
    pub(super) look: Option<Look>,
    /// Whether documents for the panel may be made.
    pub(super) panel: bool,
    /// Date of the documents in place of the latest of their inputs.
    pub(super) date: Option<String>,
    /// Most pages of a document.
    pub(super) most_pages: usize,
    /// How many values may stand in each other.
    pub(super) most_nesting: usize,
    /// What diagnostics call the text.
    pub(super) name: String,
    /// The text, as YAML.
    pub(super) text: String,
}

/// What the query of a request says of the text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Asked {
    pub(super) organisation: String,
    pub(super) layout: Option<String>,
    pub(super) document: Option<String>,
    pub(super) variant: Option<String>,
    pub(super) language: Option<String>,
}

/// What became of a job.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// A file, its name and its bytes.
    File(String, Vec<u8>),
    /// The findings, errors among them.
    Findings(Vec<Value>),
}

impl Job {
    /// Does it.
    ///
    /// # Errors
    /// 404 for what the query names in vain, 422 with every fault of the text.
    pub(super) fn run(mut self, builder: &Builder) -> Result<Reply, Problem> {
        if let Some(look) = self.look.take() {
            return self.look(look, builder);
        }
        let answer = self.answer.as_deref().map(|name| Answer::named(name).ok_or_else(Problem::broken)).transpose()?;
        let layout = layout(builder, &self.asked)?;
        let options = Options { formats: answer.map(Answer::formats).unwrap_or_default(), ..self.options() };
        known_variant(builder, &options.variants[0])?;
        let document = document(layout.as_deref(), &self.asked, answer, self.panel)?;
        let posted = self.posted(document);
        let Some(answer) = answer else {
            return Ok(Reply::Findings(builder.check_posted(&posted, &options, &check::today()).iter().map(emit::to_json).collect()));
        };
        let (built, _) = builder.build_posted(&posted, &options).map_err(|faults| Problem::faults("the text", &faults))?;
        file(built, answer)
    }

    /// How it is made: in one variant, and in the usual formats.
    pub(super) fn options(&self) -> Options {
        Options {
            layout: self.asked.layout.clone(),
            variants: vec![self.asked.variant.clone().unwrap_or_else(|| STANDARD.to_owned())],
            languages: self.asked.language.iter().cloned().collect(),
            date: self.date.clone(),
            most_pages: Some(self.most_pages),
            ..Options::default()
        }
    }

    /// The text in place of a file.
    pub(super) fn posted(self, document: Option<String>) -> Posted {
        let text = Arc::new(SourceText { path: self.name, text: self.text });
        Posted { organisation: self.asked.organisation, document, most_nesting: self.most_nesting, text }
    }
}

/// The layout, if it can be loaded: its own faults are among those of the build.
fn layout(builder: &Builder, asked: &Asked) -> Result<Option<Arc<Layout>>, Problem> {
    let organisation = known_organisation(builder, &asked.organisation)?;
    known_layout(builder, asked.layout.as_deref())?;
    let own = organisation.organisation.value.as_ref().map(|organisation| &organisation.layout);
    let language = asked.language.as_ref().unwrap_or(&organisation.language);
    Ok(asked.layout.as_ref().or(own).and_then(|name| builder.layout(name, language).ok()))
}

/// Demands that there is an organisation of this name.
pub(super) fn known_organisation<'a>(builder: &'a Builder, given: &str) -> Result<&'a OrganisationFiles, Problem> {
    let all = &builder.project().organisations;
    all.get(given).ok_or_else(|| Problem::unknown("unknown-organisation", "organisation", given, all.keys().map(String::as_str)))
}

/// Demands that there is a layout of this name, where one is named.
pub(super) fn known_layout(builder: &Builder, given: Option<&str>) -> Result<(), Problem> {
    let Some(given) = given else { return Ok(()) };
    let known = names(&builder.project().files);
    if known.iter().any(|name| name == given) {
        return Ok(());
    }
    Err(Problem::unknown("unknown-layout", "layout", given, known.iter().map(String::as_str)))
}

/// Demands that there is a way to read of this name.
pub(super) fn known_variant(builder: &Builder, given: &str) -> Result<(), Problem> {
    let known = variant::names(&builder.project().files);
    if known.iter().any(|name| name == given) {
        return Ok(());
    }
    Err(Problem::unknown("unknown-variant", "variant", given, known.iter().map(String::as_str)))
}

/// The document to make: the one that was asked for, else all for a zip and the main one for anything else.
fn document(layout: Option<&Layout>, asked: &Asked, answer: Option<Answer>, panel: bool) -> Result<Option<String>, Problem> {
    let Some(given) = &asked.document else {
        return Ok((answer != Some(Answer::Zip)).then(|| MAIN_DOCUMENT.to_owned()));
    };
    let documents = layout.map(|layout| &layout.manifest.documents);
    match documents {
        Some(documents) if !documents.contains_key(given) => {
            Err(Problem::unknown("unknown-document", "document", given, documents.keys().map(String::as_str)))
        }
        // What a vacancy of the project asks its panel follows from words that anybody can post.
        Some(documents) if documents.get(given).is_some_and(|spec| spec.audience == Audience::Panel) && !panel => Err(access::needed()),
        _ => Ok(Some(given.clone())),
    }
}

/// The zip, or the one document that was made.
fn file(built: BuiltPack, answer: Answer) -> Result<Reply, Problem> {
    if answer == Answer::Zip {
        return Ok(Reply::File(format!("{POSTED}.zip"), built.zips.candidate));
    }
    let file = built.files.into_iter().find(|file| file.name != MANIFEST).ok_or_else(Problem::broken)?;
    Ok(Reply::File(file.name, file.bytes))
}
