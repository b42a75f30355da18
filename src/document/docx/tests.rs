//! What a Word file must hold, read back from the package.

mod breaks;
mod headings;
mod lists;
mod openings;
mod sample;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use crate::brand::{CoverStyle, TableStyle};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::document::tree::*;
use crate::layout::HeadingRule;

use super::{BrandedParts, DocxJob, Labels, WordParts, write};
use sample::*;

fn job<'a>(parts: &'a BrandedParts, keywords: &'a [String]) -> DocxJob<'a> {
    DocxJob {
        parts,
        author: "Westmoor & District Council",
        subject: "Learning Mentor",
        keywords,
        created: "2026-01-05",
        page_count: Some(5),
        labels: Labels { page: "Page", of: "of", contents: "Contents" },
    }
}

fn plain() -> BrandedParts {
    parts(TableStyle::Rules, CoverStyle::Plain)
}

/// The parts of a package by name.
fn unzip(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    (0..archive.len())
        .map(|index| {
            let mut entry = archive.by_index(index).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("content");
            (entry.name().expect("a name").into_owned(), bytes)
        })
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    String::from_utf8(unzip(bytes).remove(name).unwrap_or_else(|| panic!("no part {name}"))).expect("UTF-8")
}

fn written(tree: &Tree) -> Vec<u8> {
    let parts = plain();
    write(tree, &job(&parts, &[])).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn document_of(blocks: Vec<Block>) -> Tree {
    Tree { language: "en-GB".to_owned(), title: "A title".to_owned(), body: blocks, ..Tree::default() }
}

fn codes(tree: &Tree) -> Vec<&'static str> {
    let parts = plain();
    match write(tree, &job(&parts, &[])) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(|fault| fault.code).collect(),
    }
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

/// The paragraph that holds these words.
fn paragraph_with<'x>(xml: &'x str, words: &str) -> &'x str {
    let at = xml.find(words).unwrap_or_else(|| panic!("no {words}"));
    let start = xml.get(..at).and_then(|before| before.rfind("<w:p>")).expect("a paragraph");
    let end = xml.get(at..).and_then(|after| after.find("</w:p>")).expect("its end");
    xml.get(start..at + end).expect("a slice")
}

#[test]
fn same_tree_same_bytes() {
    assert!(written(&tree()) == written(&tree()), "two runs differ");
    let keep = std::env::var("JOBPACK_KEEP").ok();
    for (name, table, cover) in [
        ("rules-plain", TableStyle::Rules, CoverStyle::Plain),
        ("grid-band", TableStyle::Grid, CoverStyle::Band),
        ("banded-full", TableStyle::Banded, CoverStyle::Full),
    ] {
        let parts = parts(table, cover);
        let bytes = write(&tree(), &job(&parts, &["mentor".to_owned()])).unwrap_or_else(|faults| panic!("{faults:#?}"));
        if let Some(folder) = &keep {
            std::fs::write(format!("{folder}/{name}.docx"), bytes).expect("a folder to keep files in");
        }
    }
}

#[test]
fn entries_stand_in_order_and_have_no_clock() {
    let bytes = written(&tree());
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).expect("a ZIP");
    assert_eq!(archive.by_index(0).expect("an entry").name().expect("a name"), "[Content_Types].xml");
    for index in 0..archive.len() {
        let entry = archive.by_index(index).expect("an entry");
        assert_eq!(entry.last_modified().map(|time| (time.year(), time.month(), time.hour())), Some((1980, 1, 0)));
    }
    let core = part(&bytes, "docProps/core.xml");
    assert!(core.contains(">2026-01-05T00:00:00Z</dcterms:created>"), "{core}");
    assert!(core.contains("<dc:language>en-GB</dc:language>"), "{core}");
    assert!(core.contains("<dc:creator>Westmoor &amp; District Council</dc:creator>"), "{core}");
}

#[test]
fn lists_are_numbered_by_word_and_restart() {
    let bytes = written(&tree());
    let (document, numbering) = (part(&bytes, "word/document.xml"), part(&bytes, "word/numbering.xml"));
    let num_of = |words: &str| {
        let paragraph = paragraph_with(&document, words);
        let id = paragraph.split("<w:numId w:val=\"").nth(1).and_then(|rest| rest.split('"').next());
        id.unwrap_or_else(|| panic!("{words} is not numbered")).to_owned()
    };
    let (first, second, fifth) = (num_of("To plan support"), num_of("To attend meetings"), num_of("Fifth"));
    assert_eq!(first, num_of("To report to the head teacher"), "a nested list must not break the outer");
    assert!(first != second && second != fifth, "each list has its own num");
    let start = |id: &str| {
        let num = numbering.split(&format!("<w:num w:numId=\"{id}\">")).nth(1).and_then(|rest| rest.split("</w:num>").next());
        num.map(str::to_owned).unwrap_or_default()
    };
    assert!(start(&second).contains("<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/>"), "{}", start(&second));
    assert!(start(&fifth).contains("<w:startOverride w:val=\"5\"/>"), "{}", start(&fifth));
    assert!(start(&num_of("weekly")).contains("w:ilvl=\"1\""), "a nested list restarts at its own level");
    assert!(numbering.contains("<w:lvlText w:val=\"(%2)\"/>"), "{numbering}");
    assert!(!document.contains(">(a)") && !document.contains(">1."), "a number was typed");
    let continued = paragraph_with(&document, "Records are kept");
    assert!(continued.contains("ListContinue") && !continued.contains("numPr"), "{continued}");
    assert!(document.contains("<w:ilvl w:val=\"8\"/>"), "nine levels");
    for nsid in numbering.split("<w:nsid w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(nsid.len() == 8 && nsid.chars().all(|c| c.is_ascii_hexdigit()), "{nsid}");
    }
}

#[test]
fn a_list_in_a_table_in_a_list_does_not_move_the_outer_on() {
    let decimal = || number(NumberForm::Decimal, "", ".");
    let inner = Cell { blocks: vec![list(decimal(), 1, items(&["inner"]))], ..cell("", None) };
    let table = Block::new(BlockKind::Table(Table { rows: vec![row(false, vec![inner])], ..TABLE }));
    let tree = document_of(vec![list(decimal(), 1, vec![vec![paragraph("one"), table], vec![paragraph("two")]])]);
    let numbering = part(&written(&tree), "word/numbering.xml");
    assert_eq!(count(&numbering, "<w:abstractNum "), 3, "{numbering}");
}

const TABLE: Table = Table { columns: Vec::new(), rows: Vec::new(), caption: Vec::new() };

#[test]
fn tables_say_what_they_are() {
    let document = part(&written(&tree()), "word/document.xml");
    let table = document.split("<w:tbl>").nth(2).and_then(|rest| rest.split("</w:tbl>").next()).expect("a table");
    assert!(table.contains("<w:tblStyle w:val=\"Criteria\"/>"));
    assert!(document.contains("<w:tblStyle w:val=\"Facts\"/>") && document.contains("<w:tblStyle w:val=\"JobpackTable\"/>"));
    assert!(table.contains("w:firstRow=\"1\"") && table.contains("w:firstColumn=\"1\""));
    assert!(table.contains("<w:tblCaption w:val=\"Person specification\"/>"));
    assert!(table.contains("<w:tblDescription w:val=\"Criterion, Essential, Desirable, Assessed by\"/>"));
    assert_eq!(count(table, "<w:tblHeader/>"), 1);
    assert_eq!(count(table, "<w:cantSplit/>"), 25);
    let widths: Vec<i32> = table
        .split("<w:gridCol w:w=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect();
    assert_eq!(widths.iter().sum::<i32>(), 11906 - 2 * 1240, "{widths:?}");
    assert_eq!(widths.last(), Some(&2200), "a width in points is kept");
    assert!(widths.first() > widths.get(1), "the criterion has most room: {widths:?}");
    assert!(document.contains("<w:gridSpan w:val=\"2\"/>"));
    assert!(document.contains("<w:vMerge w:val=\"restart\"/>") && document.contains("<w:vMerge w:val=\"continue\"/>"));
    assert!(document.contains("w:fill=\"0B4F6C\"") && document.contains("<w:color w:val=\"FFFFFF\"/>"));
    for cell in document.split("</w:tc>").filter(|cell| cell.contains("<w:tc>")) {
        assert!(cell.ends_with("</w:p>"), "a cell ends with {}", cell.get(cell.len().saturating_sub(60)..).unwrap_or(""));
    }
}

#[test]
fn contents_notes_and_links_are_words_own() {
    let bytes = written(&tree());
    let (document, notes) = (part(&bytes, "word/document.xml"), part(&bytes, "word/footnotes.xml"));
    assert!(document.contains("<w:docPartGallery w:val=\"Table of Contents\"/>"));
    assert!(document.contains(" TOC \\o &quot;1-3&quot; \\h \\z \\u "), "{document}");
    assert_eq!(count(&document, " PAGEREF _Toc"), 3);
    let begin = count(&document, "w:fldCharType=\"begin\"");
    assert_eq!(begin, count(&document, "w:fldCharType=\"end\""), "fields are balanced");
    assert!(!part(&bytes, "word/settings.xml").contains("<w:updateFields"));
    assert_eq!(count(&document, "<w:footnoteReference "), 2);
    assert_eq!(count(&document, " NOTEREF _RefNote1 "), 1, "a second reference is a cross-reference");
    assert!(notes.contains("w:type=\"separator\"") && notes.contains("<w:footnote w:id=\"2\">"));
    assert!(notes.find("From 0 to 4") < notes.find("At shortlisting"), "notes stand in the order of the text");
    assert!(document.contains("<w:hyperlink w:anchor=\"_Toc"), "an internal link points to a bookmark");
    let relationships = part(&bytes, "word/_rels/document.xml.rels");
    assert!(relationships.contains("https://jobs.example.org/apply?post=12&amp;lang=en#form%20%C3%A9"), "{relationships}");
}

#[test]
fn sections_turn_the_page_and_headers_fit_them() {
    let bytes = written(&tree());
    let document = part(&bytes, "word/document.xml");
    assert_eq!(count(&document, "<w:sectPr>"), 3);
    assert_eq!(count(&document, "w:orient=\"landscape\""), 1);
    assert!(document.contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"));
    assert_eq!(count(&document, "<w:pageBreakBefore/>"), 1, "a section begins a page by itself");
    let (_, after) = document.split_once("<w:pageBreakBefore/>").expect("a page break");
    assert!(after.starts_with("<w:spacing w:before=\"0\"/>"), "no gap at the top of a page");
    let (header, turned) = (part(&bytes, "word/header1.xml"), part(&bytes, "word/header2.xml"));
    assert!(header.contains("<w:tab/>") && turned.contains(&format!("w:pos=\"{}\"", 16838 - 2 * 1240)), "{turned}");
    let footer = part(&bytes, "word/footer1.xml");
    assert!(footer.contains("> PAGE <") && footer.contains("> NUMPAGES <") && footer.contains(">5<"), "{footer}");
}

#[test]
fn pictures_have_alternatives() {
    let bytes = written(&tree());
    let document = part(&bytes, "word/document.xml");
    assert!(document.contains("descr=\"Westmoor Council\"") && document.contains("<asvg:svgBlip"));
    assert!(document.contains("<adec:decorative"), "a picture without words is marked as decoration");
    let parts = unzip(&bytes);
    assert!(parts.contains_key("word/media/image1.png") && parts.contains_key("word/media/image2.svg"));
}

#[test]
fn text_is_text() {
    let document = part(&written(&tree()), "word/document.xml");
    assert!(document.contains("&lt;/w:t&gt; &amp; &quot;quotes&quot;"));
    assert!(document.contains('\u{200f}') && document.contains("<w:softHyphen/>"));
    assert!(document.contains("<w:rStyle w:val=\"MutedChar\"/><w:lang w:val=\"cy\"/>"), "{document}");
    assert!(document.contains("<w:bidi/>") && document.contains("<w:rtl/><w:lang w:bidi=\"ar\"/>"));
    let symbol = "<w:rFonts w:ascii=\"Jobpack Symbols\" w:hAnsi=\"Jobpack Symbols\"";
    assert!(paragraph_with(&document, "✓").contains(symbol));
    assert!(!document.contains("<w:p></w:p>") && !document.contains("<w:t xml:space=\"preserve\"></w:t>"));
}

#[test]
fn fonts_are_embedded_as_the_standard_says() {
    let bytes = written(&tree());
    let table = part(&bytes, "word/fontTable.xml");
    assert_eq!(count(&table, "w:fontKey="), 9, "{table}");
    let key = table.split("w:fontKey=\"{").nth(1).and_then(|rest| rest.split('}').next()).expect("a key");
    let digits: String = key.chars().filter(|c| *c != '-').collect();
    let mut mask: Vec<u8> =
        (0..16).filter_map(|at| u8::from_str_radix(digits.get(at * 2..at * 2 + 2)?, 16).ok()).collect();
    mask.reverse();
    let mut font = unzip(&bytes).remove("word/fonts/font1.odttf").expect("a font");
    for (byte, mask) in font.iter_mut().take(32).zip(mask.iter().cycle()) {
        *byte ^= mask;
    }
    let original = fonts().into_iter().find(|file| file.family == "Public Sans" && !file.bold && !file.italic);
    assert!(original.is_some_and(|file| *file.data == *font), "the font does not come back");
}

#[test]
fn what_word_cannot_hold_is_a_finding() {
    let words = |words: &str| document_of(vec![paragraph(words)]);
    assert_eq!(codes(&words("a\u{0}b")), ["illegal-character"]);
    assert_eq!(codes(&words("a\u{fffe}b\u{85}c")), ["illegal-character", "illegal-character"]);
    assert_eq!(codes(&document_of(vec![nested(10)])), ["list-depth"]);
    assert_eq!(codes(&document_of(vec![nested(9)])), [""; 0]);
    assert_eq!(codes(&document_of(vec![styled("mastheed", BlockKind::Paragraph(vec![]))])), ["unknown-word-style"]);
    assert_eq!(codes(&document_of(vec![heading(1, "a", "x"), heading(1, "b", "x")])), ["duplicate-anchor"]);
    let link = |target| document_of(vec![Block::new(BlockKind::Paragraph(vec![Inline::Link { target, content: text("x") }]))]);
    assert_eq!(codes(&link(LinkTarget::Internal("nowhere".to_owned()))), ["broken-link"]);
    assert_eq!(codes(&link(LinkTarget::External("javascript:alert(1)".to_owned()))), ["link-scheme"]);
    let broken = Image { data: [1, 2, 3].into(), ..svg("x") };
    assert_eq!(codes(&document_of(vec![Block::new(BlockKind::Image(broken))])), ["unreadable-picture"]);
    let table = Table { columns: vec![], rows: vec![row(false, vec![])], caption: vec![] };
    assert_eq!(codes(&document_of(vec![Block::new(BlockKind::Table(table))])), ["table-columns"]);
    let note = Block::new(BlockKind::Paragraph(vec![Inline::NoteReference(3)]));
    assert_eq!(codes(&document_of(vec![note])), ["missing-footnote"]);
    let parts = plain();
    let faults = write(&words("a"), &DocxJob { created: "yesterday", ..job(&parts, &[]) }).expect_err("no date");
    assert_eq!(faults.first().map(|fault| fault.code), Some("invalid-date"));
}

fn replaced(name: &str, text: &str) -> Result<BrandedParts, Vec<Diagnostic>> {
    let path = format!("templates/school/word/{name}");
    let source = Arc::new(SourceText { path, text: text.to_owned() });
    let parts = Arc::new(WordParts::new(&BTreeMap::from([(name.to_owned(), source)]), HeadingRule::Below)?);
    parts.for_brand(&brand(TableStyle::Rules, CoverStyle::Plain), &[], Default::default(), "en-GB")
}

#[test]
fn faults_in_a_layouts_parts_keep_their_place() {
    let place = |faults: Vec<Diagnostic>| {
        let fault = faults.into_iter().next().expect("a finding");
        (fault.file().map(str::to_owned), fault.span.map(|span| span.line_column()))
    };
    let settings = Some("templates/school/word/settings.xml".to_owned());
    let syntax = replaced("settings.xml", "<a>\n  {{ brand. }}</a>").expect_err("a syntax error");
    let (file, at) = place(syntax);
    assert_eq!((file, at.map(|(line, _)| line)), (settings.clone(), Some(2)));
    let missing = replaced("settings.xml", "<a>\n\n{{ brand.colour }}</a>").expect_err("a missing field");
    let (file, at) = place(missing);
    assert_eq!((file, at.map(|(line, _)| line)), (settings.clone(), Some(3)));
    let (file, _) = place(replaced("settings.xml", "<a><b></a>").expect_err("not well-formed"));
    assert_eq!(file, settings);
    let faults = replaced("stiles.xml", "<a/>").expect_err("no such part");
    assert_eq!(faults.first().map(|fault| fault.code), Some("unknown-word-part"));
    let faults = replaced("styles.xml", "<w:styles/>").expect_err("no styles");
    assert!(faults.len() > 20, "every style that is missing is named: {}", faults.len());
}

#[test]
fn a_brand_is_escaped_in_the_parts() {
    let theme = part(&written(&tree()), "word/theme/theme1.xml");
    assert!(theme.contains("Westmoor &amp; District &lt;Council&gt;"), "{theme}");
}

#[test]
fn headings_do_not_lose_bold_to_strong() {
    let content = vec![Inline::Strong(text("loud"))];
    let tree = document_of(vec![Block::new(BlockKind::Heading { level: 1, content })]);
    let document = part(&written(&tree), "word/document.xml");
    assert!(paragraph_with(&document, "loud").contains("<w:rStyle w:val=\"Strong\"/><w:b/><w:bCs/>"));
}

#[test]
fn a_brand_and_its_parts_can_be_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<WordParts>();
    shared::<BrandedParts>();
}

#[test]
fn a_group_is_one_box_and_ends_where_it_ends() {
    let document = part(&written(&tree()), "word/document.xml");
    let item = paragraph_with(&document, "Answer each criterion");
    assert!(item.contains("<w:pStyle w:val=\"Callout\"/>") && item.contains("<w:numPr>"), "{item}");
    let label = paragraph_with(&document, "How to apply");
    assert!(label.contains("<w:pStyle w:val=\"Label\"/>") && label.contains("<w:pBdr>"), "the box goes on: {label}");
    assert!(label.contains("<w:ind w:left=\"240\" w:right=\"180\""), "{label}");
    let (signed, date) = (paragraph_with(&document, "Signed"), paragraph_with(&document, ">Date<"));
    assert!(signed.contains("<w:keepNext/>") && date.contains("<w:keepNext w:val=\"0\"/>"), "{signed} {date}");
}

#[test]
fn empty_trees_and_neighbouring_tables_are_valid() {
    let bytes = written(&document_of(vec![]));
    assert_eq!(count(&part(&bytes, "word/document.xml"), "<w:sectPr>"), 1);
    assert!(part(&bytes, "word/footer1.xml").contains(">Page <"), "a tree without a footer still has page numbers");
    let tables = || Block::new(BlockKind::Table(Table { rows: vec![row(false, vec![cell("a", None)])], ..TABLE }));
    let document = part(&written(&document_of(vec![tables(), tables()])), "word/document.xml");
    assert_eq!(count(&document, "TableEnd"), 2, "between two tables, and after the last");
}
