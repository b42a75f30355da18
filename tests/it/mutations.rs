//! The comparisons see what they are there to see: a pack is spoiled on purpose, and every format must show it.

use std::collections::BTreeMap;

use crate::docx::Docx;
use crate::golden;
use crate::html::Html;
use crate::packs;
use crate::pdf::Pdf;
use crate::project::{Project, Run};

const PACK: &str = "havering/learning-mentor-elsa";
const PROFILE: &str = "profiles/havering/learning-mentor-elsa.yaml";
const FILE: &str = "havering/learning-mentor-elsa/learning-mentor-elsa-job-pack";

/// Builds the spoiled pack and demands that the golden text of each format differs from that of the sound one.
#[track_caller]
fn seen_in_every_format(spoiled: &Project) -> Run {
    let run = spoiled.build(&[PACK]).status(0);
    let texts = |run: &Run| golden::texts(&run.out.join(PACK));
    let (sound, spoiled) = (texts(packs::built()), texts(&run));
    for ending in [".pdf.txt", ".docx.document.xml", ".html.txt"] {
        let of = |texts: &BTreeMap<String, String>| -> Vec<String> {
            texts.iter().filter(|(name, _)| name.ends_with(ending)).map(|(_, text)| text.clone()).collect()
        };
        assert!(!of(&sound).is_empty(), "there is no {ending}");
        assert_ne!(of(&sound), of(&spoiled), "{ending} does not show it");
    }
    run
}

#[test]
fn a_dropped_criterion_is_seen() {
    let profile = Project::ours().read(PROFILE);
    let entry = entry_of(&profile, "s3");
    seen_in_every_format(&Project::ours().replace(PROFILE, &entry, ""));
}

#[test]
fn two_swapped_criteria_are_seen() {
    let profile = Project::ours().read(PROFILE);
    let (one, two) = (entry_of(&profile, "s3"), entry_of(&profile, "s4"));
    let both = format!("{one}{two}");
    seen_in_every_format(&Project::ours().replace(PROFILE, &both, &format!("{two}{one}")));
}

#[test]
fn a_lost_bold_is_seen() {
    let with = Project::ours().replace(PROFILE, "text: The full range of mentoring skills", "text: The **full** range of mentoring skills");
    let bold = with.build(&[PACK]).status(0);
    let plain = packs::built();
    let pdf = |run: &Run| Pdf::read(&run.file(&format!("{FILE}.pdf"))).outline();
    let docx = |run: &Run| Docx::read(&run.file(&format!("{FILE}.docx"))).outline("word/document.xml");
    let html = |run: &Run| Html::read(&run.file(&format!("{FILE}.html"))).outline();
    assert_ne!(pdf(&bold), pdf(plain), "PDF");
    assert_ne!(docx(&bold), docx(plain), "DOCX");
    assert_ne!(html(&bold), html(plain), "HTML");
    let said = Docx::read(&bold.file(&format!("{FILE}.docx"))).paragraphs();
    assert!(said.iter().any(|paragraph| paragraph.marked == "The **full** range of mentoring skills"), "the bold is on its word alone");
}

#[test]
fn a_dropped_row_header_is_seen_and_found_wrong() {
    let tables = "templates/base/tables.typ";
    let project = Project::ours().copy("templates");
    let text = project.read(tables);
    assert!(text.contains("pdf.header-cell(scope: \"row\","), "{tables} makes row headers in another way now");
    let project = project.write(tables, text.replace("pdf.header-cell(scope: \"row\",", "table.cell("));
    let run = seen_in_every_format(&project);
    let faults = Pdf::read(&run.file(&format!("{FILE}.pdf"))).faults();
    assert!(faults.iter().any(|fault| fault.contains("has no header cell")), "{faults:?}");
    let cells = |run: &Run| Html::read(&run.file(&format!("{FILE}.html"))).outline().matches("scope=\"row\"").count();
    assert!(cells(&run) < cells(packs::built()), "the page has as many row headers as before");
}

#[test]
fn a_lost_footer_is_seen() {
    let shell = "templates/base/document.typ";
    let project = Project::ours().copy("templates");
    let text = project.read(shell);
    let (paged, tree) = ("\n  body\n}\n", "    running(\"footer\", ");
    assert!(text.ends_with(paged) && text.matches(tree).count() == 1, "{shell} makes the footer in another way now");
    let lost: String = text.split_inclusive('\n').filter(|line| !line.starts_with(tree)).collect();
    let lost = format!("{}\n  set page(footer: none){paged}", lost.trim_end_matches(paged));
    let project = project.write(shell, lost);
    let run = project.build(&[PACK]).status(0);
    let file = |run: &Run, ending: &str| run.file(&format!("{FILE}.{ending}"));
    let pdf = |run: &Run| Pdf::read(&file(run, "pdf")).running;
    assert_ne!(pdf(&run), pdf(packs::built()), "PDF");
    // Word still numbers its pages; what the footer said is gone.
    let docx = |run: &Run| Docx::read(&file(run, "docx")).running();
    assert_ne!(docx(&run), docx(packs::built()), "DOCX");
    let html = |run: &Run| Html::read(&file(run, "html")).outline();
    assert_ne!(html(&run), html(packs::built()), "HTML");
}

/// The lines of the list item with an id, in a file of ours.
fn entry_of(text: &str, id: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let head = format!("- id: {id}");
    let start = lines.iter().position(|line| line.trim() == head).unwrap_or_else(|| panic!("there is no item {id}"));
    let depth = lines[start].len() - lines[start].trim_start().len();
    let rest = lines[start + 1..].iter().take_while(|line| line.len() - line.trim_start().len() > depth && !line.trim().is_empty());
    lines[start..=start + rest.count()].concat()
}
