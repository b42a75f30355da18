//! The repository's own packs: every one builds, every file of it is valid and accessible, every format says the same.

use std::path::PathBuf;
use std::sync::OnceLock;

use crate::docx::Docx;
use crate::html::Html;
use crate::pdf::Pdf;
use crate::project::{Project, Run};
use crate::validators;
use crate::words::{first_difference, plain, spoken};

/// The packs that the design names; each has to be there.
const SOURCE_PACKS: [&str; 5] = [
    "bradford/send-learning-support-officer",
    "gla/project-support-officer",
    "gla/senior-project-officer-esol",
    "havering/learning-mentor-elsa",
    "heston/learning-coordinator",
];

/// All packs of the repository, built once for all tests that only read. That none of them failed is a test of its own.
pub fn built() -> &'static Run {
    static BUILT: OnceLock<Run> = OnceLock::new();
    BUILT.get_or_init(|| Project::ours().build(&[]))
}

/// The files of all packs with an ending.
pub fn files(ending: &str) -> Vec<PathBuf> {
    let run = built();
    let names: Vec<_> = run.files().into_keys().filter(|name| name.ends_with(ending)).collect();
    assert!(!names.is_empty(), "no pack was built:\n{}", run.stderr);
    names.iter().map(|name| run.file(name)).collect()
}

/// Fails with what `faults` finds in any file with an ending.
#[track_caller]
fn no_faults(ending: &str, faults: impl Fn(&PathBuf) -> Vec<String>) {
    let found: Vec<_> = files(ending)
        .iter()
        .flat_map(|path| faults(path).into_iter().map(|fault| format!("{}: {fault}", path.display())))
        .collect();
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_source_document_is_a_pack_in_every_format() {
    let run = built();
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    let files = run.files();
    for pack in SOURCE_PACKS {
        let (_, name) = pack.split_once('/').expect("organisation/profile");
        for ending in ["pdf", "docx", "html"] {
            let file = format!("{pack}/{name}-job-pack.{ending}");
            assert!(files.get(&file).is_some_and(|bytes| !bytes.is_empty()), "{file} is missing or empty");
        }
        assert!(files.contains_key(&format!("{pack}/manifest.json")) && files.contains_key(&format!("{pack}.zip")));
    }
}

#[test]
fn vera_pdf_finds_nothing_in_any_pdf() {
    validators::none(&validators::check_pdfs(&files(".pdf")));
}

#[test]
fn the_open_xml_sdk_finds_nothing_in_any_word_file() {
    validators::none(&validators::check_docx(&files(".docx")));
}

#[test]
fn axe_finds_nothing_on_any_page() {
    validators::none(&validators::check_html(&files(".html")));
}

#[test]
fn every_pdf_is_tagged_for_people_who_hear_it() {
    no_faults(".pdf", |path| Pdf::read(path).faults());
}

#[test]
fn every_word_file_is_whole_and_accessible() {
    no_faults(".docx", |path| Docx::read(path).faults());
}

#[test]
fn every_page_is_whole_and_accessible() {
    no_faults(".html", |path| Html::read(path).faults());
}

#[test]
fn every_format_has_the_same_paragraphs_in_the_same_order() {
    no_faults(".pdf", |path| {
        let pdf = spoken(Pdf::read(path).paragraphs());
        let docx = spoken(Docx::read(&path.with_extension("docx")).paragraphs().into_iter().map(|paragraph| paragraph.text));
        let html = spoken(Html::read(&path.with_extension("html")).paragraphs());
        assert!(pdf.len() > 12, "{} has only {} paragraphs", path.display(), pdf.len());
        // Where a line of a PDF ends, a reader of its text sees a space: "public," and "(e.g." are apart there.
        let close = |all: &[String]| -> Vec<String> { all.iter().map(|text| text.split_whitespace().collect()).collect() };
        let pairs = [
            first_difference(("DOCX", &docx), ("HTML", &html)),
            first_difference(("PDF", &close(&pdf)), ("HTML", &close(&html))),
        ];
        pairs.into_iter().flatten().collect()
    });
}

#[test]
fn every_entry_of_a_word_contents_list_has_a_page_number() {
    let mut entries = Vec::new();
    for path in files(".docx") {
        let docx = Docx::read(&path);
        let document = docx.xml("word/document.xml");
        let named = |name: &'static str| move |node: &roxmltree::Node<'_, '_>| node.tag_name().name() == name;
        for paragraph in document.descendants().filter(named("p")) {
            let style = paragraph.descendants().find(named("pStyle")).and_then(|style| style.attributes().next());
            if style.is_some_and(|style| style.value().starts_with("TOC") && style.value() != "TOCHeading") {
                entries.push(paragraph.descendants().filter(named("t")).filter_map(|text| text.text()).collect::<String>());
            }
        }
    }
    assert!(entries.len() > 10, "{entries:?}");
    let bare: Vec<&String> = entries.iter().filter(|entry| !entry.ends_with(|c: char| c.is_ascii_digit())).collect();
    assert!(bare.is_empty(), "{bare:?}");
}

#[test]
fn every_format_has_the_same_contents_list() {
    no_faults(".pdf", |path| {
        let pdf = spoken(Pdf::read(path).contents());
        let docx = spoken(Docx::read(&path.with_extension("docx")).contents());
        let html = spoken(Html::read(&path.with_extension("html")).contents());
        let pairs = [first_difference(("PDF", &pdf), ("DOCX", &docx)), first_difference(("PDF", &pdf), ("HTML", &html))];
        pairs.into_iter().flatten().collect()
    });
}

#[test]
fn a_pack_of_more_than_four_pages_has_a_contents_list_and_no_other_has() {
    let mut shorter = 0;
    no_faults(".pdf", |path| {
        let pdf = Pdf::read(path);
        let listed = pdf.contents().into_iter().next().is_some();
        let long = path.to_string_lossy().ends_with("-job-pack.pdf") && pdf.pages > 4;
        (listed != long).then(|| format!("{} pages, contents list: {listed}", pdf.pages)).into_iter().collect()
    });
    for path in files("-job-pack.pdf") {
        shorter += usize::from(Pdf::read(&path).pages <= 4);
    }
    assert!(shorter > 0, "no pack is short");
}

#[test]
fn every_format_says_that_it_is_a_draft() {
    const NOTICE: &str = "Draft: not approved for publication";
    no_faults(".pdf", |path| {
        let says = |paragraphs: Vec<String>| paragraphs.iter().any(|text| plain(text) == NOTICE);
        let in_word = Docx::read(&path.with_extension("docx")).paragraphs().into_iter().map(|paragraph| paragraph.text).collect();
        let formats = [
            ("PDF", says(Pdf::read(path).paragraphs())),
            ("DOCX", says(in_word)),
            ("HTML", says(Html::read(&path.with_extension("html")).paragraphs())),
        ];
        formats.iter().filter(|(_, says)| !says).map(|(format, _)| format!("the {format} does not say so")).collect()
    });
}
