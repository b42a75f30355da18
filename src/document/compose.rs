//! One document of a pack: its pages chosen, its view written as JSON.

use crate::brand::Brand;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::layout::{Audience, DocumentSpec, Layout, MAIN_DOCUMENT, PageSpec, When};
use crate::pack::view::{BlockView, DocumentFacts, DocumentView, PageView};
use crate::pack::{ClauseSource, PANEL_LABELS, Pack, Writer};

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
    /// Whether it is long, and so has the pages that short ones lack.
    pub long: bool,
    /// How closely it is set.
    pub closeness: Closeness,
    /// The organisation's clauses, for pages that print one.
    pub clauses: ClauseSource<'a>,
}

/// How closely a document is set whose sheets are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Closeness {
    /// With all the space that its layout likes.
    #[default]
    Open,
    /// Half-way.
    Close,
    /// As closely as reads well.
    Closest,
}

impl Closeness {
    /// The next closer one.
    pub fn closer(self) -> Option<Self> {
        match self {
            Self::Open => Some(Self::Close),
            Self::Close => Some(Self::Closest),
            Self::Closest => None,
        }
    }

    /// From 0, open, to 1.
    fn share(self) -> f64 {
        match self {
            Self::Open => 0.0,
            Self::Close => 0.5,
            Self::Closest => 1.0,
        }
    }
}

/// Whether a document is one of this pack: some are only for vacancies, some only for profiles.
pub fn is_made(spec: &DocumentSpec, pack: &Pack) -> bool {
    holds(spec.when, pack)
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
    if !is_made(spec, pack) {
        let only = if spec.when == Some(When::Vacancy) { "vacancies" } else { "profiles alone" };
        let message = format!("the document `{}` is only for {only}", request.document);
        return Err(vec![Diagnostic::error("unknown-document", message)]);
    }
    let mut faults = if request.document == MAIN_DOCUMENT { unprinted(pack, layout, spec) } else { Vec::new() };
    let there = |page: &&PageSpec| request.long || page.over.is_none();
    let (mut pages, mut composer) = (Vec::new(), Composer { pack, layout, clauses: request.clauses, used: Vec::new() });
    for page in spec.pages.iter().filter(there) {
        match composer.page(page) {
            Ok(view) => pages.extend(view),
            Err(more) => faults.extend(more),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut brand = brand.clone();
    // A document may open more quietly than the brand, never more loudly: a variant may have no field of colour.
    brand.settings.cover = spec.cover_in(brand.settings.cover);
    // What only the panel reads has no place in what candidates get, not even as a label that nothing prints.
    let for_panel = |label: &str| PANEL_LABELS.iter().any(|start| label.starts_with(start)) && spec.audience != Audience::Panel;
    let labels = pack.labels.iter().filter(|(name, _)| !for_panel(name)).map(|(name, label)| (name.clone(), label.clone()));
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
            landscape: spec.landscape,
            sheets: spec.sheets,
            closeness: request.closeness.share(),
        },
        words: pack.words.clone(),
        brand,
        labels: labels.collect(),
        pages,
    };
    let view = serde_json::to_string(&view)
        .map_err(|error| vec![Diagnostic::error("view", format!("the view can't be written as JSON: {error}"))])?;
    Ok(Composed { title, view, pages: composer.used })
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
    holds(page.when, pack)
}

fn holds(when: Option<When>, pack: &Pack) -> bool {
    match when {
        None => true,
        Some(When::Vacancy) => pack.words.vacancy.is_some(),
        Some(When::Profile) => pack.words.vacancy.is_none(),
    }
}

/// Makes the pages of one document.
struct Composer<'a> {
    pack: &'a Pack,
    layout: &'a Layout,
    clauses: ClauseSource<'a>,
    /// Paths of the prose pages that were used, with what they include.
    used: Vec<String>,
}

impl Composer<'_> {
    /// A page, unless its conditions don't hold or it has nothing to say.
    fn page(&mut self, page: &PageSpec) -> Result<Option<PageView>, Vec<Diagnostic>> {
        if !is_there(page, self.pack) || !self.layout.holds(page.condition.as_deref(), &self.pack.tera)? {
            return Ok(None);
        }
        let mut view = PageView {
            id: page.id.clone(),
            new_page: page.new_page,
            landscape: page.landscape,
            masthead: Vec::new(),
            title: Vec::new(),
            blocks: Vec::new(),
        };
        if let Some(part) = page.part.as_ref().and_then(|name| self.pack.part(name)) {
            view.masthead.clone_from(&part.masthead);
            view.title.clone_from(&part.title);
            view.blocks.clone_from(&part.blocks);
        }
        view.blocks.extend(self.words(page.clause.as_deref(), page.text.as_deref())?);
        if let Some(form) = page.form {
            let mut writer = self.writer();
            view.blocks.extend(writer.form(form, self.pack.parts.values()));
            if !writer.faults.is_empty() {
                return Err(writer.faults);
            }
        }
        for section in &page.sections {
            if self.layout.holds(section.condition.as_deref(), &self.pack.tera)? {
                view.blocks.extend(self.words(section.clause.as_deref(), section.text.as_deref())?);
            }
        }
        let drawn = page.part.is_none() && page.clause.is_none() && page.text.is_none() && page.sections.is_empty();
        if view.blocks.is_empty() {
            return Ok(drawn.then_some(view));
        }
        if view.title.is_empty() {
            view.title.extend(self.pack.labels.get(&format!("page_{}", page.id)).cloned());
        }
        Ok(Some(view))
    }

    /// The organisation's own words, or the layout's where it has none.
    fn words(&mut self, clause: Option<&str>, text: Option<&str>) -> Result<Vec<BlockView>, Vec<Diagnostic>> {
        if let Some(clause) = clause.and_then(|name| self.clauses.section(name, &self.pack.tera)) {
            let mut writer = self.writer();
            let blocks = writer.clause(&clause?);
            let faults = std::mem::take(&mut writer.faults);
            return if faults.is_empty() { Ok(blocks) } else { Err(faults) };
        }
        text.map_or_else(|| Ok(Vec::new()), |text| self.prose(text))
    }

    fn prose(&mut self, text: &str) -> Result<Vec<BlockView>, Vec<Diagnostic>> {
        let name = format!("{text}.md");
        if self.layout.prose_path(&name).is_none() {
            let (id, language) = (&self.layout.id, &self.layout.language);
            let fault = Diagnostic::error("missing-translation", format!("the page `{text}` is not there in `{language}`"));
            return Err(vec![fault.in_file(format!("templates/{id}/layout.yaml")).hint(format!(
                "write `templates/{id}/pages/{language}/{name}`, or `templates/base/pages/{language}/{name}` for all layouts"
            ))]);
        }
        let worded = self.layout.pages.render(&name, &self.pack.tera)?;
        let at = Span::new(&self.pack.tree.span.file, 0..0);
        let mut writer = self.writer();
        let blocks = writer.prose(&worded, &at);
        let faults = std::mem::take(&mut writer.faults);
        if !faults.is_empty() {
            let path = self.layout.prose_path(&name).unwrap_or_default();
            let here = |fault: Diagnostic| Diagnostic { span: None, ..fault }.in_file(path);
            return Err(faults.into_iter().map(here).collect());
        }
        // One that says nothing today may say something tomorrow.
        let names = self.layout.pages.closure(&name).into_iter().chain([name.as_str()]);
        self.used.extend(names.filter_map(|name| self.layout.prose_path(name)).map(str::to_owned));
        Ok(blocks)
    }

    fn writer(&self) -> Writer<'_> {
        let Pack { tree, values, labels, .. } = self.pack;
        Writer { pack: tree, values, labels, faults: Vec::new() }
    }
}
