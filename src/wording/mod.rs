//! The words that an organisation writes once: clauses and prose pages, as Markdown with Tera tags.
//!
//! A template is code of the project and is trusted; the view that it prints may come from anyone. So:
//! - **Every path is known.** When templates are loaded, every path of every expression, conditions included, is held
//!   against the JSON Schema of the view (`check.rs`). Tera itself takes a misspelt condition for "no" and would drop
//!   the statement without a word.
//! - **Nothing is printed as nothing.** A value that is null is an error where it is printed, unless the template says
//!   what stands there instead (`guard.rs`).
//! - **Data is text.** What is printed is escaped for Markdown (`escape.rs`); there is no `safe`. Data is never read as
//!   a template.
//! - **The same words every time.** No clock, no environment, no file, no network, no random order
//!   (`vocabulary.rs`).
//!
//! What isn't here: Markdown is not parsed, Word parts have a Tera of their own, and `{{name}}` in a profile's text is
//! no template at all.

mod check;
mod compare;
mod escape;
mod fault;
mod filters;
mod guard;
mod infer;
mod lexer;
mod literals;
mod load;
mod loops;
mod parser;
mod place;
mod shape;
mod speech;
mod syntax;
mod tags;
#[cfg(test)]
mod tests;
mod uses;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tera::{Context, Tera};

use crate::diagnostic::{Diagnostic, Span, nearest};

pub use speech::Speech;

/// The text of a template and the place that it was read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// The name by which others include it: `pages/welcome.md`, `clause/safeguarding`.
    pub name: String,
    /// Markdown with Tera tags.
    pub text: String,
    /// A whole file, or the YAML scalar that holds the text.
    pub origin: Span,
}

/// What templates see, ready for as many renderings as there are templates.
#[derive(Debug, Clone)]
pub struct View(Context);

impl View {
    /// Takes the view over; it is turned into Tera's own values once.
    ///
    /// # Errors
    /// `invalid-view` where it is not an object.
    pub fn new(view: &serde_json::Value) -> Result<Self, Vec<Diagnostic>> {
        let fault = |why: String| vec![Diagnostic::error("invalid-view", why)];
        if !view.is_object() {
            return Err(fault("the view of a pack must be an object".to_owned()));
        }
        Context::from_serialize(view).map(Self).map_err(|error| fault(error.to_string()))
    }
}

/// Templates that are loaded and checked. Shared between threads as it is.
#[derive(Clone)]
pub struct Wording {
    tera: Tera,
    sheets: BTreeMap<String, Sheet>,
    /// What is wrong with a template that is only included, if it is rendered by itself.
    alone: BTreeMap<String, Vec<Diagnostic>>,
    closures: BTreeMap<String, BTreeSet<String>>,
}

/// A template with what is known about it.
#[derive(Debug, Clone)]
struct Sheet {
    places: Arc<place::Places>,
    guarded: Arc<guard::Guarded>,
    /// Templates that it includes.
    includes: BTreeSet<String>,
    /// Components that it uses.
    components: BTreeSet<String>,
    /// What it says; only while it is checked.
    page: Option<Arc<syntax::Page>>,
}

impl std::fmt::Debug for Wording {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Wording").field("templates", &self.sheets.keys().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

impl Wording {
    /// Loads templates and checks all of them against the schema of the view: JSON Schema 2020-12, as schemars writes
    /// it for the type that is serialised.
    ///
    /// The order of `templates` doesn't matter. A template sees the view, and what stands around its `include`; one
    /// that is included somewhere is checked where it is included.
    ///
    /// # Errors
    /// All faults of all templates, by place: `template-syntax`, `unsupported-expression`, `unknown-path`,
    /// `unknown-value`, `unknown-template`, `circular-include`, `unknown-component`, `duplicate-component`,
    /// `circular-component`, `unknown-filter`, `unknown-test`, `unknown-function`, `unsafe-filter`, `unknown-argument`,
    /// `missing-argument`, `wrong-value`, `not-a-list`, `unprintable-value`, `empty-value` (what is always null),
    /// `unsafe-markup`, `duplicate-template`, `invalid-view-schema`.
    pub fn new(templates: Vec<Template>, view_schema: &serde_json::Value) -> Result<Self, Vec<Diagnostic>> {
        load::load(templates, view_schema)
    }

    /// The same templates in the dates, times and lists of a language.
    #[must_use]
    pub fn speaking(mut self, speech: Speech) -> Self {
        filters::speak(&mut self.tera, &Arc::new(speech));
        self
    }

    /// The words of a template for one view: Markdown in which all data is literal text.
    ///
    /// # Errors
    /// `empty-value` for what is null where it is printed, `unprintable-value`, `wrong-value` for what a filter can't
    /// read, `wording-failed` for anything else that Tera finds, `unknown-template`; and the faults of a template that
    /// needs its includer's variables.
    pub fn render(&self, name: &str, view: &View) -> Result<String, Vec<Diagnostic>> {
        if !self.sheets.contains_key(name) {
            let fault = Diagnostic::error("unknown-template", format!("there is no template `{name}`"));
            return Err(vec![match nearest(name, self.names()) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault,
            }]);
        }
        if let Some(faults) = self.alone.get(name) {
            return Err(faults.clone());
        }
        self.tera
            .render(name, &view.0)
            .map_err(|error| vec![fault::rendering(&error, name, |name| self.sheets.get(name))])
    }

    /// The names of all templates, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sheets.keys().map(String::as_str)
    }

    /// The names of the other templates whose text a template's words depend on, through any number of includes and
    /// components; sorted. Empty for a name that there is not.
    pub fn closure(&self, name: &str) -> Vec<&str> {
        self.closures.get(name).into_iter().flatten().map(String::as_str).collect()
    }
}
