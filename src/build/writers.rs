//! One document handed to the writers of Word, web page and plain text, with what each wants to know of its pack.

use super::kit::Kit;
use crate::diagnostic::Diagnostic;
use crate::document::contents;
use crate::document::docx::{self, DocxJob};
use crate::document::html::{self, HtmlPage};
use crate::document::posting::{self, job_posting};
use crate::document::text::{self, TextLabels};
use crate::document::tree::Tree;
use crate::layout::{Audience, Layout};
use crate::pack::Pack;
use crate::typeset::HeadingPlace;

/// One document of one pack.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    pub pack: &'a Pack,
    pub layout: &'a Layout,
    pub kit: &'a Kit,
    pub document: &'a str,
    pub variant: &'a str,
    /// The language, if it isn't the organisation's own.
    pub language: Option<&'a str>,
    pub date: &'a str,
}

/// A Word file; `headings` and `pages` are those of the PDF.
pub(super) fn word(
    step: Step<'_>,
    mut tree: Tree,
    (headings, pages): (&[HeadingPlace], usize),
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    contents::part_breaks(&mut tree.body, headings);
    let label = |name: &str| step.pack.labels.get(name).map_or("", String::as_str);
    let counted = step.layout.manifest.documents.get(step.document).is_some_and(|spec| spec.sheets.is_some());
    let job = DocxJob {
        parts: step.kit.word(counted)?,
        author: &step.pack.words.organisation.name,
        subject: &step.pack.words.profile.post_title,
        keywords: &[],
        created: step.date,
        page_count: Some(pages),
        labels: docx::Labels { page: label("page"), of: label("of"), contents: label("contents") },
    };
    docx::write(&tree, &job)
}

pub(super) fn web(step: Step<'_>, tree: &Tree) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let label = |name: &str| step.pack.labels.get(name).map_or("", String::as_str);
    let spec = step.layout.manifest.documents.get(step.document);
    let audience = spec.map(|spec| spec.audience).unwrap_or_default();
    let own = step.kit.brand.settings.cover;
    let (posting, summary) = (job_posting(step.pack, step.document), posting::summary(step.pack));
    let page = HtmlPage {
        style: &step.kit.web,
        cover: spec.map_or(own, |spec| spec.cover_in(own)),
        author: &step.pack.words.organisation.name,
        date: step.date,
        description: summary.as_deref(),
        // Neither what is not approved nor what is not real nor what is for the panel is to be found by a search.
        listed: !step.pack.draft && !step.pack.example && audience == Audience::Candidate,
        posting: posting.as_deref(),
        labels: html::Labels {
            skip: label("skip_to_content"),
            contents: label("contents"),
            footnotes: label("footnotes"),
            footnote: label("footnote"),
            back: label("back_to_text"),
            table: label("table"),
        },
    };
    html::write(tree, &page).map(String::into_bytes)
}

pub(super) fn plain(step: Step<'_>, tree: &Tree) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let label = |name: &str| step.pack.labels.get(name).map_or("", String::as_str);
    text::write(tree, TextLabels { contents: label("contents"), footnotes: label("footnotes") }).map(String::into_bytes)
}
