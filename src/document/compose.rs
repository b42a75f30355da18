//! One document of a pack: its pages chosen, its view written as JSON.

use crate::brand::Brand;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::layout::{DocumentSpec, Layout, MAIN_DOCUMENT, PageSpec, When};
use crate::pack::view::{DocumentFacts, DocumentView, PageView};
use crate::pack::{Pack, Writer};

/// A document ready to be typeset.
#[derive(Debug, Clone)]
pub struct Composed {
    /// Its title as metadata.
    pub title: String,
    /// The view as JSON.
    pub view: String,
    /// Names of the prose pages that it uses, with what they include.
    pub pages: Vec<String>,
}

/// Which document of a pack, and how it is to be read.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Name of the document in the layout.
    pub document: &'a str,
    /// Way to read it.
    pub variant: &'a str,
    /// What its title says of that.
    pub label: Option<&'a str>,
    /// Date, `YYYY-MM-DD`.
    pub date: &'a str,
}

/// Chooses the pages of a document and words its prose.
///
/// # Errors
/// The faults of its prose pages; `unknown-part` for a page of a part that the pack hasn't got.
pub fn compose(pack: &Pack, layout: &Layout, brand: &Brand, request: Request<'_>) -> Result<Composed, Vec<Diagnostic>> {
    let Some(spec) = layout.manifest.documents.get(request.document) else {
        let known = layout.manifest.documents.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        let message = format!("the layout `{}` has no document `{}`", layout.id, request.document);
        return Err(vec![Diagnostic::error("unknown-document", message).hint(format!("documents: {known}"))]);
    };
    let (mut pages, mut faults, mut used) = (Vec::new(), Vec::new(), Vec::new());
    if request.document == MAIN_DOCUMENT {
        faults.extend(unprinted(pack, layout, spec));
    }
    for page in spec.pages.iter().filter(|page| is_there(page, pack)) {
        match page_view(pack, layout, page) {
            Ok(Some(view)) => {
                if let Some(text) = &page.text {
                    let name = format!("{text}.md");
                    let names = layout.pages.closure(&name).into_iter().chain([name.as_str()]);
                    used.extend(names.filter_map(|name| layout.prose_path(name)).map(str::to_owned));
                }
                pages.push(view);
            }
            Ok(None) => {}
            Err(more) => faults.extend(more),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let title = title(pack, spec, request.label);
    let view = DocumentView {
        document: DocumentFacts {
            id: request.document.to_owned(),
            title: title.clone(),
            language: pack.language.clone(),
            date: request.date.to_owned(),
            variant: request.variant.to_owned(),
            draft: pack.draft,
            example: pack.example,
            attach: spec.attach,
            heading_rule: layout.manifest.heading_rule,
        },
        words: pack.words.clone(),
        brand: brand.clone(),
        labels: pack.labels.clone(),
        pages,
    };
    let view = serde_json::to_string(&view)
        .map_err(|error| vec![Diagnostic::error("view", format!("the view can't be written as JSON: {error}"))])?;
    Ok(Composed { title, view, pages: used })
}

fn title(pack: &Pack, spec: &DocumentSpec, variant: Option<&str>) -> String {
    let variant = variant.map(|label| format!(" ({label})")).unwrap_or_default();
    format!("{} – {}{variant} – {}", pack.words.profile.post_title, spec.title, pack.words.organisation.name)
}

/// A fault for each part with words that no page of `spec` prints.
fn unprinted(pack: &Pack, layout: &Layout, spec: &DocumentSpec) -> Vec<Diagnostic> {
    let printed: Vec<&str> =
        spec.pages.iter().filter(|page| is_there(page, pack)).filter_map(|page| page.part.as_deref()).collect();
    let said = |name: &str| pack.part(name).is_some_and(|part| !part.blocks.is_empty());
    let names = pack.parts.keys().map(String::as_str);
    let missing = names.filter(|name| !printed.contains(name) && said(name)).map(|name| {
        let fault = Diagnostic::error("part-not-printed", format!("`{MAIN_DOCUMENT}` has no page for the part `{name}`"))
            .in_file(format!("templates/{}/layout.yaml", layout.id));
        match nearest(name, printed.iter().copied().filter(|part| pack.part(part).is_none())) {
            Some(near) => fault.hint(format!("is `part: {near}` meant to be `part: {name}`?")),
            None => fault.hint(format!("add a page with `part: {name}`: this document holds the whole pack")),
        }
    });
    missing.collect()
}

fn is_there(page: &PageSpec, pack: &Pack) -> bool {
    match page.when {
        None => true,
        Some(When::Vacancy) => pack.words.vacancy.is_some(),
        Some(When::Profile) => pack.words.vacancy.is_none(),
    }
}

fn page_view(pack: &Pack, layout: &Layout, page: &PageSpec) -> Result<Option<PageView>, Vec<Diagnostic>> {
    let mut view = PageView {
        id: page.id.clone(),
        new_page: page.new_page,
        masthead: Vec::new(),
        title: Vec::new(),
        blocks: Vec::new(),
    };
    if let Some(name) = &page.part {
        let Some(part) = pack.part(name) else { return Ok(None) };
        if part.blocks.is_empty() {
            return Ok(None);
        }
        view.masthead.clone_from(&part.masthead);
        view.title.clone_from(&part.title);
        view.blocks.clone_from(&part.blocks);
    }
    if let Some(text) = &page.text {
        let worded = layout.pages.render(&format!("{text}.md"), &pack.tera)?;
        let at = Span::new(&pack.tree.span.file, 0..0);
        let mut writer = Writer { pack: &pack.tree, values: &pack.values, labels: &pack.labels, faults: Vec::new() };
        let blocks = writer.prose(&worded, &at);
        if !writer.faults.is_empty() {
            let path = layout.prose_path(&format!("{text}.md")).unwrap_or_default();
            let here = |fault: Diagnostic| Diagnostic { span: None, ..fault }.in_file(path);
            return Err(writer.faults.into_iter().map(here).collect());
        }
        if blocks.is_empty() && view.blocks.is_empty() {
            return Ok(None);
        }
        view.blocks.extend(blocks);
    }
    Ok(Some(view))
}
