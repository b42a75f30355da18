//! Word files in the hands of others: python-docx reads them, and an edit and save in LibreOffice loses nothing.

use std::path::PathBuf;
use std::sync::OnceLock;

use similar::{ChangeTag, TextDiff};
use tempfile::TempDir;

use crate::docx::Docx;
use crate::packs;
use crate::validators;
use crate::words::plain;

/// What python-docx adds to each file.
const ADDED: &str = "[body text] Added in another program.";

/// A file, and what others made of it.
struct Trip {
    original: PathBuf,
    /// What python-docx sees of the original.
    seen: serde_json::Value,
    /// Edited by python-docx, then saved by LibreOffice.
    saved: PathBuf,
}

/// All Word files there and back, once for all tests: starting LibreOffice takes longer than saving a file.
fn trips() -> &'static [Trip] {
    static TRIPS: OnceLock<(TempDir, Vec<Trip>)> = OnceLock::new();
    let (_, trips) = TRIPS.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let made = |name: &str| {
            let made = folder.path().join(name);
            std::fs::create_dir(&made).expect("a folder is made");
            made
        };
        // Every kind of document of one pack, and the whole of each other: LibreOffice takes a second for a file.
        let originals: Vec<_> = packs::files("-job-pack.docx").into_iter().chain(packs::files("send-lso-2026-advert.docx")).chain(packs::files("send-lso-2026-interview-score-sheet.docx")).collect();
        let seen = validators::python_docx(&made("edited"), &originals);
        let edited: Vec<PathBuf> = seen.iter().map(|seen| seen["copy"].as_str().expect("a copy").into()).collect();
        assert_eq!(edited.len(), originals.len(), "python-docx says something of every file");
        let saved = validators::saved_by_libre_office(&made("saved"), &edited);
        let trips = originals.into_iter().zip(seen).zip(saved).map(|((original, seen), saved)| Trip { original, seen, saved });
        let trips = trips.collect();
        (folder, trips)
    });
    trips
}

/// Fails with what `faults` finds on any trip.
#[track_caller]
fn no_faults(faults: impl Fn(&Trip) -> Vec<String>) {
    let found: Vec<String> = trips()
        .iter()
        .flat_map(|trip| faults(trip).into_iter().map(|fault| format!("{}: {fault}", trip.original.display())))
        .collect();
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

/// What is in one list and not in the other, in order.
fn changes(old: &[String], new: &[String]) -> Vec<String> {
    TextDiff::from_slices(
        &old.iter().map(String::as_str).collect::<Vec<_>>(),
        &new.iter().map(String::as_str).collect::<Vec<_>>(),
    )
    .iter_all_changes()
    .filter(|change| change.tag() != ChangeTag::Equal)
    .map(|change| format!("{} {}", if change.tag() == ChangeTag::Delete { "lost" } else { "new " }, change.value()))
    .collect()
}

fn strings(value: &serde_json::Value) -> Vec<String> {
    let list = value.as_array().unwrap_or_else(|| panic!("{value} is not a list"));
    list.iter().map(|item| plain(item.as_str().unwrap_or_else(|| panic!("{item} is not text")))).collect()
}

#[test]
fn python_docx_reads_the_same_paragraphs_in_the_same_styles() {
    no_faults(|trip| {
        let line = |style: &str, text: &str| format!("[{}] {}", style.to_lowercase(), plain(text));
        let ours = Docx::read(&trip.original).styled_paragraphs();
        let ours: Vec<String> = ours.iter().map(|(style, text)| line(style, text)).collect();
        let pairs = trip.seen["paragraphs"].as_array().expect("paragraphs");
        let theirs: Vec<String> = pairs
            .iter()
            .map(|pair| line(pair[0].as_str().expect("a style"), pair[1].as_str().expect("text")))
            .collect();
        let mut faults = changes(&ours, &theirs);
        for heading in ["[title] ", "[heading 1] "] {
            if !theirs.iter().any(|line| line.starts_with(heading)) {
                faults.push(format!("python-docx sees no {heading}"));
            }
        }
        faults
    });
}

#[test]
fn python_docx_reads_tables_numbering_and_running_lines() {
    no_faults(|trip| {
        let docx = Docx::read(&trip.original);
        let tables: Vec<Vec<Vec<String>>> = serde_json::from_value(trip.seen["tables"].clone()).expect("tables");
        let cells = |tables: Vec<Vec<Vec<String>>>| -> Vec<String> {
            let rows = tables.into_iter().enumerate().flat_map(|(at, table)| table.into_iter().map(move |row| (at, row)));
            rows.map(|(at, row)| format!("table {at}: {}", row.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(" | "))).collect()
        };
        let mut faults = changes(&cells(docx.tables()), &cells(tables));
        let mut demand = |right: bool, fault: String| {
            if !right {
                faults.push(fault);
            }
        };
        let running: Vec<String> = [strings(&trip.seen["header"]), strings(&trip.seen["footer"])].concat();
        let ours: Vec<String> = docx.running().iter().map(|line| plain(line)).collect();
        for line in &ours {
            // python-docx has the number that stands in a field, not its name.
            let pieces = line.split(['{', '}']).map(str::trim).filter(|piece| !matches!(*piece, "PAGE" | "NUMPAGES"));
            let there = pieces.clone().all(|piece| running.iter().any(|line| line.contains(piece)));
            demand(there, format!("python-docx does not see {line:?}, but {running:?}"));
        }
        let styles = strings(&trip.seen["list_styles"]);
        demand(styles == ["List Bullet", "List Number"], format!("the list styles are {styles:?}"));
        let whole = trip.original.to_string_lossy().ends_with("-job-pack.docx");
        demand(trip.seen["lists"].as_u64() > Some(1), format!("{} lists in the numbering part", trip.seen["lists"]));
        demand(trip.seen["title"].as_str().is_some_and(|title| !title.is_empty()), "no title".to_owned());
        demand(!whole || strings(&trip.seen["table_styles"]).iter().any(|style| style == "Facts"), "no table of the style Facts".to_owned());
        faults
    });
}

#[test]
fn an_edit_and_a_save_in_libre_office_lose_nothing() {
    no_faults(|trip| {
        let before = Docx::read(&trip.original).content();
        let (mut after, mut faults) = (Docx::read(&trip.saved).content(), Vec::new());
        assert!(before.len() > 15, "{} has only {} lines", trip.original.display(), before.len());
        match after.iter().position(|line| line == ADDED) {
            Some(at) => drop(after.remove(at)),
            None => faults.push("the edit is lost".to_owned()),
        }
        faults.extend(changes(&before, &after));
        faults
    });
}

#[test]
fn the_comparison_sees_what_is_lost() {
    let trip = &trips()[0];
    let docx = Docx::read(&trip.original);
    let spoiled = |from: &str, to: &str| {
        let mut docx = Docx::read(&trip.original);
        let text = docx.text("word/document.xml").replacen(from, to, 1);
        docx.parts.insert("word/document.xml".into(), text.into_bytes());
        changes(&docx.content(), &Docx::read(&trip.original).content())
    };
    assert!(changes(&docx.content(), &docx.content()).is_empty());
    for (from, to) in [
        ("\"Heading2\"", "\"Heading3\""),
        ("<w:numPr>", "<w:numPr><w:numId w:val=\"0\"/>"),
        ("<w:tblHeader/>", ""),
        ("descr=\"", "descr=\"not "),
        ("</w:t>", ".</w:t>"),
    ] {
        assert!(!spoiled(from, to).is_empty(), "{from} may be lost");
    }
}
