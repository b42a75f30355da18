//! Layouts: an organisation-type's template set, found by name and checked when it is loaded.
//!
//! A layout is data: a folder under `templates/` with `layout.yaml`, `layout.typ` and prose pages. Nothing in this
//! program knows the name of one. Loading finds every fault of its manifest and pages; a fault in its Typst code shows
//! when a document is typeset.

mod labels;
mod manifest;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::project::{Files, Inputs};
use crate::source::{self, Layer, Node};
use crate::wording::{Speech, Template, View, Wording};

pub use manifest::{Audience, DocumentSpec, Form, HeadingRule, Manifest, PageSpec, SectionSpec, When};

/// The folder of what all layouts share: components, labels, Word parts.
pub const BASE: &str = "base";

/// The document that every layout has: it holds the whole of a pack.
pub const MAIN_DOCUMENT: &str = "job-pack";

/// A layout, loaded.
#[derive(Debug)]
pub struct Layout {
    /// Name of its folder.
    pub id: String,
    /// The language of its words: the first part of a BCP 47 tag.
    pub language: String,
    /// Its manifest.
    pub manifest: Manifest,
    /// `defaults` of the manifest, as the lowest layer of every pack.
    pub defaults: Option<Node>,
    /// The manifest as it was read, with its places.
    node: Node,
    /// Titles of its documents, with their places.
    pub titles: Vec<Node>,
    /// The labels of `templates/base/labels/`, below the defaults.
    pub labels: Node,
    /// What does not stop it: labels that have no translation.
    pub warnings: Vec<Diagnostic>,
    /// How dates, times and lists are said.
    pub speech: Speech,
    /// Its prose pages.
    pub pages: Wording,
    /// Where each prose page stands.
    prose: BTreeMap<String, String>,
    inputs: Inputs,
}

/// JSON Schema of `layout.yaml`.
pub fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Manifest>().to_value()
}

/// Names of the layouts that a project can use, sorted.
pub fn names(files: &Files) -> Vec<String> {
    files.folders("templates").into_iter().filter(|name| files.exists(&manifest_path(name))).collect()
}

fn manifest_path(id: &str) -> String {
    format!("templates/{id}/layout.yaml")
}

impl Layout {
    /// Loads a layout in a language (BCP 47); `view` is the JSON Schema of what its pages see.
    ///
    /// # Errors
    /// `unknown-layout`, and every fault of `layout.yaml`, the labels and the pages.
    pub fn load(files: &Files, id: &str, language: &str, view: &serde_json::Value) -> Result<Self, Vec<Diagnostic>> {
        let path = manifest_path(id);
        if !files.exists(&path) {
            let known = names(files);
            let fault = Diagnostic::error("unknown-layout", format!("there is no layout `{id}`"));
            return Err(vec![match nearest(id, known.iter().map(String::as_str)) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault.hint(format!("layouts: {}", known.join(", "))),
            }]);
        }
        let language = source::primary(language);
        let mut node = read(files, &path)?;
        // Plain texts of a layout are for every language.
        let mut faults = source::localise(&mut node, language, true);
        faults.extend(source::check(&node, &schema(), true));
        let labels = labels::load(files, language).map_err(|more| faults.extend(more));
        if !faults.is_empty() {
            return Err(faults);
        }
        let manifest: Manifest = source::typed(&node).map_err(|error| {
            vec![Diagnostic::error("wrong-type", error.message).at(error.span.unwrap_or_else(|| node.span.clone()))]
        })?;
        if !manifest.documents.contains_key(MAIN_DOCUMENT) {
            let fault = Diagnostic::error("missing-field", format!("a layout needs the document `{MAIN_DOCUMENT}`"));
            faults.push(fault.at(node.span.clone()).hint("it holds the whole of the profile"));
        }
        faults.extend(documents(&manifest, &node));
        let (mut templates, missing) = prose(files, Shelf { id, language }, &manifest, &node);
        faults.extend(missing);
        let prose = templates.iter().map(|page| (page.name.clone(), page.origin.file.path.clone())).collect();
        templates.extend(conditions(&node));
        let pages = Wording::new(templates, view).map_err(|more| faults.extend(more));
        match (pages, labels) {
            (Ok(pages), Ok((labels, warnings))) if faults.is_empty() => {
                let speech = Speech::new(|name| labels.get(name).and_then(Node::as_text));
                let pages = pages.speaking(speech.clone());
                let defaults = node.get("defaults").cloned();
                let documents = node.get("documents").and_then(Node::as_map).into_iter().flat_map(|documents| &documents.entries);
                let titles = documents.filter_map(|document| document.node.get("title").cloned()).collect();
                let mut inputs = Inputs::default();
                inputs.read(files, [path, labels::path(PLAIN), labels::path(language)]);
                let (id, language) = (id.to_owned(), language.to_owned());
                Ok(Self { id, language, defaults, manifest, node, titles, labels, warnings, speech, pages, prose, inputs })
            }
            _ => Err(faults),
        }
    }

    /// Whether a condition of the manifest holds for a pack; without a condition it does.
    ///
    /// # Errors
    /// What Tera finds when it reads the view.
    pub fn holds(&self, condition: Option<&str>, view: &View) -> Result<bool, Vec<Diagnostic>> {
        condition.map_or(Ok(true), |condition| Ok(!self.pages.render(&condition_name(condition), view)?.is_empty()))
    }

    /// Where a field of the manifest stands: `documents.advert.sheets`.
    pub fn place(&self, path: &str) -> Span {
        self.node.at_path(path).unwrap_or(&self.node).span.clone()
    }

    /// Clauses of an organisation that its pages and sections print, with their places.
    pub fn clauses(&self) -> Vec<(&str, Span)> {
        let mut found = Vec::new();
        self.node.walk("", &mut |path, node| {
            if path.starts_with("documents.") && path.ends_with(".clause") {
                found.extend(node.as_text().map(|name| (name, node.span.clone())));
            }
        });
        found
    }

    /// What every document of it is made from: its manifest and the labels.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// What a prose page is made from, and what would be read in its place if it were there.
    pub fn prose_inputs(&self, path: &str, files: &Files) -> Inputs {
        let mut inputs = Inputs::default();
        let shared = format!("templates/{BASE}/");
        inputs.read(files, path.strip_prefix(&shared).map(|rest| format!("templates/{}/{rest}", self.id)));
        inputs.read(files, [path]);
        inputs
    }

    /// Path of a prose page, relative to the project: the layout's own, or the one that all layouts share.
    pub fn prose_path(&self, name: &str) -> Option<&str> {
        self.prose.get(name).map(String::as_str)
    }

    /// Path of the layout's Typst file, relative to the project.
    pub fn typst_path(&self) -> String {
        format!("templates/{}/layout.typ", self.id)
    }
}

fn read(files: &Files, path: &str) -> Result<Node, Vec<Diagnostic>> {
    let text = files.text(path).map_err(|fault| vec![fault])?;
    source::read(&text, Layer::Layout)
}

/// The language of plain prose pages and of the labels that stand behind those of every other language.
const PLAIN: &str = "en";

/// Where the prose pages of a layout are.
#[derive(Debug, Clone, Copy)]
struct Shelf<'a> {
    id: &'a str,
    language: &'a str,
}

impl Shelf<'_> {
    /// The folder of its own pages, and before it that of the pages that all layouts share.
    fn folders(self) -> [String; 2] {
        let sub = if self.language == PLAIN { String::new() } else { format!("/{}", self.language) };
        [format!("templates/{BASE}/pages{sub}"), format!("templates/{}/pages{sub}", self.id)]
    }
}

/// The prose pages of a layout: every file under its `pages/` (or `pages/<language>/`), those that all layouts share under
/// another name, and a fault for each that the manifest names in vain.
fn prose(files: &Files, shelf: Shelf<'_>, manifest: &Manifest, node: &Node) -> (Vec<Template>, Vec<Diagnostic>) {
    let [shared, folder] = shelf.folders();
    let mut stems = BTreeMap::new();
    for folder in [&shared, &folder] {
        stems.extend(files.stems(folder, "md").into_iter().map(|stem| (stem, folder.clone())));
    }
    let (mut templates, mut faults) = (Vec::new(), Vec::new());
    for (stem, folder) in &stems {
        match files.text(&format!("{folder}/{stem}.md")) {
            Ok(text) => templates.push(Template {
                name: format!("{stem}.md"),
                text: text.text.clone(),
                origin: Span::new(&text, 0..text.text.len()),
            }),
            Err(fault) => faults.push(fault),
        }
    }
    for page in manifest.documents.values().flat_map(|document| &document.pages) {
        let named = page.sections.iter().map(|section| &section.text).chain([&page.text]).flatten();
        // A page that nobody has translated is missed by the packs that would print it, and not by others.
        for text in named.filter(|text| shelf.language == PLAIN && !stems.contains_key(*text)) {
            let fault = Diagnostic::error("file-missing", format!("there is no file `{folder}/{text}.md`"));
            let fault = fault.at(place_of(node, text));
            faults.push(match nearest(text, stems.keys().map(String::as_str)) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault,
            });
        }
    }
    (templates, faults)
}

/// Faults of the documents of a manifest: names that make no file names, a main document that isn't for everybody, a form
/// of the panel where candidates read it.
fn documents(manifest: &Manifest, node: &Node) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for entry in node.get("documents").and_then(Node::as_map).into_iter().flat_map(|documents| &documents.entries) {
        let (name, Some(spec)) = (&entry.key, manifest.documents.get(&entry.key)) else { continue };
        let slug = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || name.len() > 60 || !name.bytes().all(slug) {
            let fault = Diagnostic::error("document-name", format!("`{name}` can't be the name of a document"));
            faults.push(fault.at(entry.key_span.clone()).hint("use small letters, digits and hyphens: it becomes part of file names"));
        }
        if name == MAIN_DOCUMENT && (spec.audience != Audience::Candidate || spec.when.is_some()) {
            let fault = Diagnostic::error("main-document", format!("`{MAIN_DOCUMENT}` is for every pack and for candidates"));
            faults.push(fault.at(entry.key_span.clone()).hint("take `audience` and `when` out; other documents may have them"));
        }
        if spec.audience != Audience::Panel && spec.pages.iter().any(|page| page.form.is_some()) {
            let fault = Diagnostic::error("form-for-candidates", format!("`{name}` is for candidates and has a form of the panel"));
            faults.push(fault.at(entry.key_span.clone()).hint("write `audience: panel` in the document, or take `form` out"));
        }
    }
    faults
}

/// The conditions of a manifest as templates that print something where they hold.
fn conditions(node: &Node) -> Vec<Template> {
    let mut found: BTreeMap<String, Template> = BTreeMap::new();
    node.walk("", &mut |path, node| {
        if let Some(condition) = node.as_text().filter(|_| path.starts_with("documents.") && path.ends_with(".if")) {
            let (name, text) = (condition_name(condition), format!("{{% if {condition} %}}yes{{% endif %}}"));
            found.entry(name.clone()).or_insert(Template { name, text, origin: node.span.clone() });
        }
    });
    found.into_values().collect()
}

/// The name of the template of a condition; no page is called like that.
fn condition_name(condition: &str) -> String {
    format!("if {condition}")
}

/// The place of the scalar `text` in a manifest.
fn place_of(node: &Node, text: &str) -> Span {
    let found = node.find_text(|given| given == text).map(|node| node.span.clone());
    found.unwrap_or_else(|| Span::new(&Arc::clone(&node.span.file), 0..0))
}
