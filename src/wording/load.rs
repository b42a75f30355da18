//! From texts to templates that are ready to render, or to everything that is wrong with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value as Json;
use tera::Tera;

use super::check::{Checked, check};
use super::guard::Guarded;
use super::lexer::{Token, tokens};
use super::place::Places;
use super::shape::Schemas;
use super::syntax::{Expr, Kind, Node, Page};
use super::{Sheet, Template, Wording, escape, fault, filters, loops, parser};
use crate::diagnostic::Diagnostic;

/// Loads and checks templates; see [`Wording::new`].
pub(super) fn load(mut templates: Vec<Template>, view_schema: &Json) -> Result<Wording, Vec<Diagnostic>> {
    templates.sort_by(|one, other| one.name.cmp(&other.name));
    let mut faults = Vec::new();
    let schemas = Schemas::new(view_schema);
    for reference in schemas.broken() {
        faults.push(Diagnostic::error(
            "invalid-view-schema",
            format!("the schema of the view refers to `{reference}`, which it doesn't have"),
        ));
    }
    let mut sheets: BTreeMap<String, Sheet> = BTreeMap::new();
    for template in templates {
        if let Some(first) = sheets.get(&template.name) {
            let fault = Diagnostic::error("duplicate-template", format!("there are two templates `{}`", template.name));
            faults.push(fault.label(first.places.span(0..0), "first here").at(template.origin));
            continue;
        }
        let places = Places::new(template.text, template.origin);
        let page = read(&places, &mut faults);
        let empty = Page::default();
        let known = page.as_ref().unwrap_or(&empty);
        let guarded = Guarded::new(places.text(), known);
        let mut uses = Uses::default();
        uses.page(known);
        let (places, guarded, page) = (Arc::new(places), Arc::new(guarded), page.map(Arc::new));
        sheets.insert(
            template.name,
            Sheet { places, guarded, includes: uses.includes, components: uses.components, page },
        );
    }
    let Checked { faults: more, alone, variables } = check(&sheets, schemas);
    faults.extend(more);
    if !faults.is_empty() {
        return Err(sorted(faults));
    }
    let tera = compile(&sheets, &variables).map_err(sorted)?;
    let closures = closures(&sheets);
    for sheet in sheets.values_mut() {
        sheet.page = None;
    }
    Ok(Wording { tera, sheets, alone, closures })
}

/// Reads one template: Tera says whether it is one, our parser what is in it.
fn read(places: &Places, faults: &mut Vec<Diagnostic>) -> Option<Page> {
    if let Err(error) = Tera::new().add_raw_template("template", places.text())
        && let Some(fault) = fault::syntax(&error, |range| places.span(range))
    {
        faults.push(fault);
        return None;
    }
    match parser::parse(places.text()) {
        Ok(page) => {
            markup(places, faults);
            loops::check(&page, places, faults);
            Some(page)
        }
        Err(stopped) => {
            let fault = Diagnostic::error("unsupported-expression", format!("this can't be checked: {}", stopped.why));
            let hint = "say it in a simpler way; what can't be checked is not printed";
            faults.push(fault.at(places.span(stopped.range)).hint(hint));
            None
        }
    }
}

/// Finds words right before a value that would change what its escapes mean.
fn markup(places: &Places, faults: &mut Vec<Diagnostic>) {
    let Ok(tokens) = tokens(places.text()) else { return };
    for (at, spanned) in tokens.iter().enumerate() {
        let Token::Words(words) = &spanned.token else { continue };
        let backslashes = words.len() - words.trim_end_matches('\\').len();
        let printed = matches!(tokens.get(at + 1).map(|next| &next.token), Some(Token::PrintStart));
        let reference = printed && ["&", "&#", "&#x", "&#X"].iter().any(|open| words.ends_with(open));
        if backslashes % 2 == 1 || reference {
            let end = spanned.range.end;
            let fault = Diagnostic::error(
                "unsafe-markup",
                "`\\` or `&` right before a tag would take part in what is printed next",
            )
            .at(places.span(end.saturating_sub(1)..end))
            .hint("write `\\\\` or `&amp;`, or put a space between");
            faults.push(fault);
        }
    }
}

/// Hands the guarded templates to Tera.
fn compile(sheets: &BTreeMap<String, Sheet>, variables: &BTreeSet<String>) -> Result<Tera, Vec<Diagnostic>> {
    let mut tera = Tera::new();
    // every template, whatever its name ends in
    tera.autoescape_on([""]);
    tera.set_escape_fn(escape::markdown);
    filters::register(&mut tera);
    let mut faults = Vec::new();
    for sheet in sheets.values() {
        // Guards take a part of Tera's limits on depth.
        if let Err(error) = Tera::new().add_raw_template("template", &sheet.guarded.text) {
            faults.extend(fault::syntax(&error, |range| {
                sheet.places.span(sheet.guarded.original(range.start)..sheet.guarded.original(range.end))
            }));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if let Err(error) = tera.add_raw_templates(sheets.iter().map(|(name, sheet)| (name, &sheet.guarded.text))) {
        let fault = match error.kind() {
            // through a component that nothing uses
            tera::ErrorKind::CircularInclude { tpl, .. } => {
                let fault = Diagnostic::error("circular-include", format!("`{tpl}` includes itself"));
                sheets.get(tpl).map(|sheet| fault.clone().at(sheet.places.span(0..0))).unwrap_or(fault)
            }
            _ => fault::rendering(&error, "", |name| sheets.get(name)),
        };
        return Err(vec![fault]);
    }
    // Tera's own list of variables: what our parser overlooked would be here.
    for name in sheets.keys() {
        let Ok(used) = tera.get_template_variables(name) else { continue };
        let unseen: BTreeSet<&str> = used.into_iter().filter(|used| !variables.contains(*used)).collect();
        for variable in unseen {
            let fault =
                Diagnostic::error("unsupported-expression", format!("`{variable}` stands where it can't be checked"));
            faults.extend(sheets.get(name).map(|sheet| fault.at(sheet.places.span(0..0))));
        }
    }
    if faults.is_empty() { Ok(tera) } else { Err(faults) }
}

/// By place in the file, then by message.
fn sorted(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let key = |fault: &Diagnostic| {
        let place = fault.span.as_ref().map(|span| (span.file.path.clone(), span.range.start, span.range.end));
        (place, fault.code, fault.message.clone())
    };
    faults.sort_by_cached_key(key);
    faults
}

/// Names of what a template uses.
#[derive(Default)]
struct Uses {
    includes: BTreeSet<String>,
    components: BTreeSet<String>,
}

impl Uses {
    fn page(&mut self, page: &Page) {
        self.body(&page.body);
        page.components.iter().for_each(|component| self.body(&component.body));
    }

    fn body(&mut self, body: &[Node]) {
        for node in body {
            match node {
                Node::Print(expr) | Node::Set { value: expr, .. } => self.expr(expr),
                Node::If { arms, otherwise } => {
                    for (condition, body) in arms {
                        self.expr(condition);
                        self.body(body);
                    }
                    self.body(otherwise);
                }
                Node::For { list, body, otherwise, .. } => {
                    self.expr(list);
                    self.body(body);
                    self.body(otherwise);
                }
                Node::Capture { body, .. } => self.body(body),
                Node::Include(name) => _ = self.includes.insert(name.text.clone()),
                Node::Component { call, body } => {
                    self.components.insert(call.name.text.clone());
                    call.arguments.iter().for_each(|argument| self.expr(&argument.value));
                    self.body(body);
                }
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        if let Kind::Component(call) = &expr.kind {
            self.components.insert(call.name.text.clone());
        }
        expr.children().into_iter().for_each(|child| self.expr(child));
    }
}

/// For each template the others that its words can come from.
fn closures(sheets: &BTreeMap<String, Sheet>) -> BTreeMap<String, BTreeSet<String>> {
    let mut defined: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, sheet) in sheets {
        let components = sheet.page.iter().flat_map(|page| &page.components);
        defined.extend(components.map(|component| (component.name.text.as_str(), name.as_str())));
    }
    let mut closures = BTreeMap::new();
    for name in sheets.keys() {
        let mut found: BTreeSet<String> = BTreeSet::new();
        let mut open = vec![name.as_str()];
        while let Some(sheet) = open.pop().and_then(|name| sheets.get(name)) {
            let components = sheet.components.iter().filter_map(|component| defined.get(component.as_str()).copied());
            for used in sheet.includes.iter().map(String::as_str).chain(components) {
                if used != name && found.insert(used.to_owned()) {
                    open.push(used);
                }
            }
        }
        closures.insert(name.clone(), found);
    }
    closures
}
