//! The same words in every variant: each is built for every pack, valid, accessible, and looks as it says it does.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use serde_json::Value;

use crate::bad_input::{OTHER_BRAND, bad_organisation, diagnostics, with_bad_organisation};
use crate::docx::{Docx, W};
use crate::html::Html;
use crate::pdf::Pdf;
use crate::project::{PROFILE, Project, Run};
use crate::validators;
use crate::words::{first_difference, spoken};

/// The variants that come with the program, besides the standard.
const VARIANTS: [&str; 3] = ["dyslexia", "high-contrast", "large-print"];

/// All packs of the repository in all variants, built once.
pub fn built() -> &'static Run {
    static BUILT: OnceLock<Run> = OnceLock::new();
    BUILT.get_or_init(|| Project::ours().run(&["build", "--variant", "large-print,high-contrast,dyslexia"]).status(0))
}

/// The main documents with an ending, in a variant or in all.
fn files(variant: &str, ending: &str) -> Vec<PathBuf> {
    named("-job-pack-", variant, ending)
}

/// The main documents and the widest of the panel's forms, in all variants.
fn with_forms(ending: &str) -> Vec<PathBuf> {
    [files("", ending), named("-shortlisting-grid-", "", ending)].concat()
}

fn named(document: &str, variant: &str, ending: &str) -> Vec<PathBuf> {
    let ending = format!("{variant}.{ending}");
    let names: Vec<_> = built().files().into_keys().filter(|name| name.ends_with(&ending) && name.contains(document)).collect();
    assert!(names.len() >= 4, "{names:?}");
    names.iter().map(|name| built().file(name)).collect()
}

/// The brand that a PDF carries among its words.
fn brand_of(path: &Path) -> Value {
    let pdf = Pdf::read(path);
    let view: Value = serde_json::from_slice(&pdf.attachments[0].bytes).expect("the view is JSON");
    view["brand"].clone()
}

#[test]
fn every_pack_is_made_in_every_variant_under_its_name() {
    let files = built().files();
    let packs: Vec<_> = files.keys().filter_map(|name| name.strip_suffix("/manifest.json")).collect();
    for pack in &packs {
        let (_, name) = pack.split_once('/').expect("organisation/pack");
        for (variant, ending) in VARIANTS.iter().flat_map(|variant| ["pdf", "docx", "html"].map(|ending| (variant, ending))) {
            assert!(files.contains_key(&format!("{pack}/{name}-job-pack-{variant}.{ending}")), "{pack} {variant} {ending}");
        }
        assert!(!files.contains_key(&format!("{pack}/{name}-job-pack.pdf")), "the standard was not asked for");
        let manifest: Value = serde_json::from_slice(&files[&format!("{pack}/manifest.json")]).expect("JSON");
        let inputs = manifest["inputs"].as_array().expect("inputs");
        for variant in VARIANTS {
            let path = format!("templates/base/variants/{variant}.yaml");
            assert!(inputs.iter().any(|input| input["path"] == path.as_str()), "{pack} does not name {path}");
        }
    }
}

#[test]
fn only_the_standard_is_made_if_nothing_is_asked_for() {
    let run = Project::small().build(&[]).status(0);
    assert!(run.files().keys().all(|name| VARIANTS.iter().all(|variant| !name.contains(variant))), "{:?}", run.files().keys());
    let both = Project::small().run(&["build", "--variant", "standard,large-print"]).status(0);
    assert!(both.files().contains_key("test/good/good-job-pack.pdf"));
    assert!(both.files().contains_key("test/good/good-job-pack-large-print.pdf"));
    assert_eq!(both.files()["test/good/good-job-pack.pdf"], run.files()["test/good/good-job-pack.pdf"]);
}

#[test]
fn vera_pdf_finds_nothing_in_any_variant() {
    validators::none(&validators::check_pdfs(&with_forms("pdf")));
}

#[test]
fn the_open_xml_sdk_finds_nothing_in_any_variant() {
    validators::none(&validators::check_docx(&with_forms("docx")));
}

#[test]
fn axe_finds_nothing_in_any_variant() {
    validators::none(&validators::check_html(&with_forms("html")));
}

#[test]
fn every_variant_is_whole_accessible_and_the_same_in_every_format() {
    let mut found = Vec::new();
    for path in files("", "pdf") {
        let (pdf, docx) = (Pdf::read(&path), Docx::read(&path.with_extension("docx")));
        let html = Html::read(&path.with_extension("html"));
        found.extend([pdf.faults(), docx.faults(), html.faults()].concat().into_iter().map(|fault| format!("{}: {fault}", path.display())));
        let words = spoken(pdf.paragraphs());
        let in_word = spoken(docx.paragraphs().into_iter().map(|paragraph| paragraph.text));
        found.extend(first_difference(("PDF", &words), ("DOCX", &in_word)));
        found.extend(first_difference(("PDF", &words), ("HTML", &spoken(html.paragraphs()))));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// How many letters of a PDF are set in each size, in tenths of a point.
fn sizes(pdf: &Pdf) -> BTreeMap<i64, usize> {
    let mut sizes = BTreeMap::new();
    for element in pdf.elements() {
        for kid in &element.kids {
            if let crate::pdf::Kid::Words(words) = kid {
                words.iter().for_each(|words| *sizes.entry(words.size).or_default() += words.text.len());
            }
        }
    }
    sizes
}

/// Lines of words on each page, running ones left out.
fn lines(pdf: &Pdf) -> BTreeMap<usize, BTreeSet<i64>> {
    let mut lines: BTreeMap<usize, BTreeSet<i64>> = BTreeMap::new();
    for element in pdf.elements() {
        for kid in &element.kids {
            if let crate::pdf::Kid::Words(words) = kid {
                for words in words.iter().filter(|words| !words.text.trim().is_empty()) {
                    lines.entry(words.line.0).or_default().insert(words.line.1);
                }
            }
        }
    }
    lines
}

#[test]
fn no_document_ends_with_a_page_of_two_lines() {
    let standard = crate::packs::files(".pdf");
    let of = |document: &str| named(document, "", "pdf");
    let all = standard.into_iter().chain(of("-job-pack-")).chain(of("-job-description-")).chain(of("-person-specification-"));
    for path in all {
        let pdf = Pdf::read(&path);
        let last = lines(&pdf).pop_last().map_or(0, |(_, lines)| lines.len());
        assert!(pdf.pages == 1 || last > 2, "{}: the last of {} pages has {last} lines", path.display(), pdf.pages);
    }
}

/// The attributes of an element of the defaults of all styles, by name.
fn default_of(docx: &Docx, name: &str) -> Option<String> {
    let styles = docx.xml("word/styles.xml");
    let defaults = styles.descendants().find(|node| node.has_tag_name((W, "rPrDefault")))?;
    let element = defaults.descendants().find(|node| node.has_tag_name((W, name)))?;
    element.attribute((W, "val")).map(str::to_owned)
}

#[test]
fn large_print_is_of_18_points_in_every_format() {
    for path in files("large-print", "pdf") {
        let sizes = sizes(&Pdf::read(&path));
        let most = sizes.iter().max_by_key(|(_, letters)| **letters).expect("words");
        assert_eq!(*most.0, 180, "{}: {sizes:?}", path.display());
        assert!(sizes.keys().all(|size| *size >= 160), "{}: {sizes:?}", path.display());
        let docx = Docx::read(&path.with_extension("docx"));
        assert_eq!(default_of(&docx, "sz").as_deref(), Some("36"));
        let small = docx.text("word/styles.xml").split("<w:sz w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<i32>().ok());
        // The paragraph after a table at the end of a story has no words.
        assert_eq!(small.filter(|size| *size < 32 && *size != 2).collect::<Vec<_>>(), Vec::<i32>::new(), "{}", path.display());
        let page = std::fs::read_to_string(path.with_extension("html")).expect("a page");
        assert!(page.contains("font-size: 1.688rem;") && page.contains("html { font-size: calc(18.0pt / 1.688); }"), "{}", path.display());
        let settings = &brand_of(&path)["settings"];
        assert_eq!((&settings["single_column"], &settings["rule_weight"]), (&true.into(), &1.5.into()));
    }
}

#[test]
fn nothing_is_in_italics_in_large_print_and_for_readers_with_dyslexia() {
    for path in ["large-print", "dyslexia"].iter().flat_map(|variant| files(variant, "pdf")) {
        let pdf = Pdf::read(&path);
        let words = pdf.elements().into_iter().flat_map(|element| &element.kids);
        let italic = words.flat_map(|kid| if let crate::pdf::Kid::Words(words) = kid { words.as_slice() } else { &[] }).find(|words| words.italic);
        assert_eq!(italic, None, "{}", path.display());
        assert!(!Docx::read(&path.with_extension("docx")).text("word/document.xml").contains("<w:i/>"), "{}", path.display());
    }
}

#[test]
fn large_print_has_no_wide_tables() {
    for path in [files("large-print", "pdf"), named("-shortlisting-grid-", "large-print", "pdf")].concat() {
        let pdf = Pdf::read(&path);
        let wide = pdf.elements().into_iter().filter(|element| element.role == "TR").map(|row| row.kids.len()).max();
        assert!(wide.unwrap_or(0) <= 3, "{} has a table of {wide:?} columns", path.display());
    }
}

#[test]
fn high_contrast_is_black_on_white_without_tints() {
    for path in files("high-contrast", "pdf") {
        let brand = brand_of(&path);
        let color = &brand["color"];
        for (role, hex) in [("foreground", "#000000"), ("background", "#FFFFFF"), ("primary", "#000000"), ("tertiary", "#FFFFFF"), ("light", "#FFFFFF"), ("rule", "#000000")] {
            assert_eq!(color[role], hex, "{} {role}", path.display());
        }
        assert_eq!((&brand["settings"]["cover"], &brand["headings"]["color"]), (&"plain".into(), &"#000000".into()));
        let docx = Docx::read(&path.with_extension("docx"));
        assert_eq!(default_of(&docx, "color").as_deref(), Some("000000"));
        let fills = docx.text("word/styles.xml").split("w:fill=\"").skip(1).filter_map(|rest| rest.split('"').next());
        assert!(fills.clone().all(|fill| ["FFFFFF", "000000", "auto"].contains(&fill)), "a tint is left in {}", path.display());
        let page = std::fs::read_to_string(path.with_extension("html")).expect("a page");
        assert!(page.contains("--page: #FFFFFF; --tint: #FFFFFF; --band: #FFFFFF;"), "{}", path.display());
        assert!(page.contains("--text: #000000; --heading: #000000; --link: #000000;") && page.contains("--line: 2.0px"), "{}", path.display());
    }
}

#[test]
fn the_dyslexia_friendly_variant_has_an_off_white_page_and_wider_letters_in_every_format() {
    for path in files("dyslexia", "pdf") {
        let settings = &brand_of(&path)["settings"];
        assert_eq!((&settings["letter_spacing"], &settings["word_spacing"]), (&0.03.into(), &0.12.into()));
        let docx = Docx::read(&path.with_extension("docx"));
        // 3 % of 13 points, in twentieths.
        assert_eq!((default_of(&docx, "spacing").as_deref(), default_of(&docx, "sz").as_deref()), (Some("8"), Some("26")));
        let document = docx.xml("word/document.xml");
        let page = document.root_element().first_element_child().expect("a background");
        assert_eq!((page.tag_name().name(), page.attribute((W, "color"))), ("background", Some("FBF6E9")));
        assert!(docx.text("word/settings.xml").contains("<w:displayBackgroundShape/>"));
        let page = std::fs::read_to_string(path.with_extension("html")).expect("a page");
        assert!(page.contains("letter-spacing: 0.03em; word-spacing: 0.12em;") && page.contains("--page: #FBF6E9;"), "{}", path.display());
    }
}

#[test]
fn the_title_of_a_document_says_which_variant_it_is() {
    for path in files("large-print", "pdf") {
        let title = Pdf::read(&path).title.expect("a title");
        assert!(title.contains("(Large print)"), "{title}");
    }
}

const OWN: &str = "kind: variant\nlabel: Easy on yellow\nbrand:\n  color: {background: '#FFFBD6'}\n  typography:\n    base: {size: 15pt}\n";

#[test]
fn a_project_may_have_a_variant_of_its_own() {
    let project = Project::small().write("templates/base/variants/yellow.yaml", OWN);
    let run = project.run(&["build", "--variant", "yellow"]).status(0);
    let brand = brand_of(&run.file("test/good/good-job-pack-yellow.pdf"));
    assert_eq!((&brand["color"]["background"], &brand["base"]["size"]), (&"#FFFBD6".into(), &15.0.into()));
    // What it doesn't name stays the organisation's.
    assert_eq!(brand["color"]["primary"], "#0B3F5C");
    project.run(&["build", "--variant", "large-print"]).status(0);
}

#[test]
fn an_unknown_variant_is_refused_with_those_that_there_are() {
    let run = Project::small().run(&["build", "--variant", "large-prnt"]).status(2).says("there is no variant `large-prnt`");
    run.says("standard, dyslexia, high-contrast, large-print").says("did you mean `large-print`?");
}

#[test]
fn a_fault_of_a_variant_is_said_where_it_is() {
    let with = |text: &str| Project::small().write("templates/base/variants/own.yaml", text).run(&["build", "--variant", "own"]).status(1);
    with("kind: variant\nlabel: Own\nbrnd: {}\n").says("brnd").says("templates/base/variants/own.yaml:3");
    with(&OWN.replace("15pt", "15p")).says("`15p` can't be read").says("templates/base/variants/own.yaml:6");
    with(&OWN.replace("size: 15pt", "color: '#999999'")).says("low-contrast").says("templates/base/variants/own.yaml:6");
}

#[test]
fn check_warns_of_a_brand_that_a_variant_can_not_be_made_of() {
    // Enough on white, too little on the off-white of a variant.
    let project = Project::small().replace("profiles/test/_brand.yml", "rust: '#8F3A00'", "rust: '#757575'");
    let run = project.run(&["check", "--format", "json"]).status(0);
    let found = run.json();
    let found = found.as_array().expect("diagnostics").iter().find(|found| found["code"] == "low-contrast").expect("a finding");
    assert_eq!((&found["severity"], &found["path"]), (&"warning".into(), &"profiles/test/_brand.yml".into()));
    project.build(&[]).status(0);
}

#[test]
fn check_and_build_refuse_colours_that_can_not_be_read_on_each_other() {
    let project = || with_bad_organisation(Project::small()).write("profiles/other/bad.yaml", PROFILE);
    for (from, to) in [("ink: '#1A1A1A'", "ink: '#999999'"), ("sea: '#0B3F5C'", "sea: '#8FB8CC'"), ("mist: '#E6EEF2'", "mist: '#555555'")] {
        let project = project().replace(OTHER_BRAND, from, to);
        bad_organisation(&project, "low-contrast", OTHER_BRAND, to);
        let run = project.run(&["check", "other", "--format", "json"]).status(1);
        let checked = run.json();
        let codes: Vec<_> = checked.as_array().expect("diagnostics").iter().map(|found| found["code"].as_str().expect("a code")).collect();
        assert!(codes.contains(&"low-contrast"), "{codes:?}");
        assert_eq!(diagnostics(&project.run(&["build", "--json"]).json(), "test/good"), Vec::<Value>::new());
    }
}
