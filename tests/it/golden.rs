//! Golden files: what each pack looked like when somebody last looked, as text that a person can review.
//!
//! `JOBPACK_BLESS=1 cargo test --test it golden` writes them anew; the change then stands in the commit that explains it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use similar::TextDiff;

use crate::docx::Docx;
use crate::html::Html;
use crate::languages;
use crate::packs;
use crate::pdf::Pdf;
use crate::project::{files, repository};
use crate::variants;

/// What is kept of the files of one pack, by name of the golden file.
pub fn texts(folder: &Path) -> BTreeMap<String, String> {
    let (mut texts, mut hashes) = (BTreeMap::new(), String::new());
    for (name, bytes) in files(folder) {
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        hashes.push_str(&format!("{digest}  {name}\n"));
        let path = folder.join(&name);
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("pdf") => drop(texts.insert(format!("{name}.txt"), Pdf::read(&path).outline())),
            Some("html") => drop(texts.insert(format!("{name}.txt"), Html::read(&path).outline())),
            // The parts of Word files follow from the tree; one document of a pack shows how.
            Some("docx") if name.ends_with("-job-pack.docx") => {
                let docx = Docx::read(&path);
                let story = |part: &str| {
                    ["document", "styles", "numbering", "header", "footer", "footnotes"].iter().any(|stem| part.starts_with(&format!("word/{stem}")))
                };
                for part in docx.names(|part| part.ends_with(".xml") && story(part)) {
                    let short = part.trim_start_matches("word/");
                    texts.insert(format!("{name}.{short}"), docx.outline(part));
                }
            }
            _ => {}
        }
    }
    texts.insert("bundle.txt".into(), hashes);
    texts
}

/// Where two sets of texts differ, as a diff; empty when they are the same.
pub fn differences(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<String> {
    let names: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let differ = names.into_iter().filter_map(|name| match (old.get(name), new.get(name)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => {
            let diff = TextDiff::from_lines(old, new).unified_diff().context_radius(2).header("golden", "now").to_string();
            let short: Vec<&str> = diff.lines().take(40).collect();
            Some(format!("{name}:\n{}", short.join("\n")))
        }
        (Some(_), None) => Some(format!("{name} is no longer there")),
        (None, _) => Some(format!("{name} is new")),
    });
    differ.collect()
}

/// What is kept of a pack in another variant or language: the tag tree of the whole pack, the styles of Word.
fn briefly(folder: &Path) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for name in files(folder).into_keys().filter(|name| name.contains("-job-pack-")) {
        let path = folder.join(&name);
        if name.ends_with(".pdf") {
            texts.insert(format!("{name}.txt"), Pdf::read(&path).outline());
        } else if name.ends_with("-cy.html") {
            texts.insert(format!("{name}.txt"), Html::read(&path).outline());
        } else if name.ends_with(".docx") {
            texts.insert(format!("{name}.styles.xml"), Docx::read(&path).outline("word/styles.xml"));
        }
    }
    texts
}

fn folder(pack: &str) -> PathBuf {
    repository().join("tests/golden").join(pack)
}

/// What is kept of all packs, by pack.
fn now() -> Vec<(String, BTreeMap<String, String>)> {
    let welsh = languages::welsh();
    let all = packs_built().into_iter().map(|pack| {
        let mut new = texts(&packs::built().out.join(&pack));
        new.extend(briefly(&variants::built().out.join(&pack)));
        new.extend(briefly(&welsh.out.join(&pack)));
        (pack, new)
    });
    all.collect()
}

fn packs_built() -> Vec<String> {
    let folders = packs::built().files().into_keys().filter_map(|name| name.strip_suffix("/manifest.json").map(str::to_owned));
    folders.collect()
}

#[test]
fn every_pack_is_as_it_was_when_somebody_last_looked() {
    let bless = std::env::var_os("JOBPACK_BLESS").is_some_and(|value| value == "1");
    let mut faults = Vec::new();
    for (pack, new) in now() {
        let folder = folder(&pack);
        if bless {
            let _ = std::fs::remove_dir_all(&folder);
            std::fs::create_dir_all(&folder).expect("a folder for golden files");
            for (name, text) in &new {
                std::fs::write(folder.join(name), text).expect("a golden file is written");
            }
            continue;
        }
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("golden files are text");
        let old = files(&folder).into_iter().map(|(name, bytes)| (name, text(bytes))).collect();
        faults.extend(differences(&old, &new).into_iter().map(|difference| format!("{pack}/{difference}")));
    }
    assert!(
        faults.is_empty(),
        "{}\n\n{} golden files differ. If that is meant: JOBPACK_BLESS=1 cargo test --test it golden, and say why in the commit",
        faults.join("\n\n"),
        faults.len()
    );
}

#[test]
fn no_golden_file_outlives_its_pack() {
    let known = packs_built();
    let names = files(&repository().join("tests/golden")).into_keys();
    let left: Vec<_> = names.filter(|name| !known.iter().any(|pack| name.starts_with(&format!("{pack}/")))).collect();
    assert!(left.is_empty(), "there is no pack for {left:?}");
}
