//! A layout is data: a program that was installed makes packs from a layout of a project's own, outside the repository,
//! and its files pass the same checks as ours.

use crate::docx::Docx;
use crate::html::Html;
use crate::pdf::Pdf;
use crate::project::{Project, Run, files, repository};
use crate::validators;
use crate::words::{first_difference, plain, spoken};

const PACK: &str = "museum/keeper";

/// The museum, with the brand of the small project and Word styles of its own.
fn museum() -> Run {
    let small = Project::small();
    let brand = small.read("profiles/test/_brand.yml");
    let fixture = files(&repository().join("tests/fixtures/museum"));
    let project = fixture.into_iter().fold(Project::empty(), |project, (path, bytes)| project.write(&path, bytes));
    let styles = std::fs::read_to_string(repository().join("templates/base/word/styles.xml")).expect("the base styles");
    let own = "  <w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Exhibit\">\n    <w:name w:val=\"exhibit\"/>\n    <w:basedOn w:val=\"BodyText\"/>\n    <w:pPr><w:ind w:left=\"567\"/></w:pPr>\n  </w:style>\n</w:styles>";
    assert_eq!(styles.matches("</w:styles>").count(), 1);
    project
        .write("profiles/museum/_brand.yml", brand)
        .write("templates/museum/word/styles.xml", styles.replace("</w:styles>", own))
        .build(&[])
        .status(0)
}

#[test]
fn an_installed_program_uses_a_layout_that_it_does_not_know() {
    let run = museum();
    let file = |document: &str, ending: &str| run.file(&format!("{PACK}/keeper-{document}.{ending}"));
    for document in ["job-pack", "role-card"] {
        let (pdf, docx, html) = (file(document, "pdf"), file(document, "docx"), file(document, "html"));
        assert_eq!(Pdf::read(&pdf).faults(), Vec::<String>::new());
        assert_eq!(Docx::read(&docx).faults(), Vec::<String>::new());
        assert_eq!(Html::read(&html).faults(), Vec::<String>::new());
        let heard = spoken(Pdf::read(&pdf).paragraphs());
        let word = spoken(Docx::read(&docx).paragraphs().into_iter().map(|paragraph| paragraph.text));
        assert_eq!(first_difference(("PDF", &heard), ("DOCX", &word)), None);
        assert_eq!(first_difference(("PDF", &heard), ("HTML", &spoken(Html::read(&html).paragraphs()))), None);
    }
    validators::none(&validators::check_pdfs(&[file("job-pack", "pdf"), file("role-card", "pdf")]));
    validators::none(&validators::check_docx(&[file("job-pack", "docx"), file("role-card", "docx")]));
    validators::none(&validators::check_html(&[file("job-pack", "html"), file("role-card", "html")]));
}

#[test]
fn its_pages_documents_component_and_word_styles_are_its_own() {
    let run = museum();
    let docx = Docx::read(&run.file(&format!("{PACK}/keeper-job-pack.docx")));
    let paragraphs = docx.paragraphs();
    let place = |words: &str| {
        paragraphs.iter().position(|paragraph| plain(&paragraph.text) == words).unwrap_or_else(|| panic!("{words:?} is not in {paragraphs:#?}"))
    };
    let order = [place("Welcome to Testham Museum"), place("What you bring"), place("The role")];
    assert!(order.is_sorted(), "{order:?}");
    place("We are looking for a Keeper of Clocks. You would work with our Head of Collections.");
    let purpose = &paragraphs[place("To keep every clock of the collection going, and to tell visitors why it matters.")];
    assert_eq!(purpose.style.as_deref(), Some("Exhibit"));
    let card = Pdf::read(&run.file(&format!("{PACK}/keeper-role-card.pdf"))).paragraphs();
    assert!(card.iter().all(|text| plain(text) != "What you bring"), "the role card has the whole pack");
    assert!(card.iter().all(|text| !text.contains("Draft")), "a published profile is no draft");
}

#[test]
fn a_new_layout_builds_as_it_is_written_with_every_cover() {
    for cover in ["plain", "band", "full"] {
        let project = Project::small();
        let brand = project.read("profiles/test/_brand.yml") + &format!("defaults:\n  jobpack:\n    cover: {cover}\n");
        let project = project.write("profiles/test/_brand.yml", brand);
        project.run(&["new", "layout", "leaflet"]).status(0);
        project.run(&["build", "--layout", "leaflet", "--format", "pdf"]).status(0).says("built 1 pack");
    }
}
