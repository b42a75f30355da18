//! Plain text says what the web page says, in the same order, in lines that an e-mail can carry.

use std::path::Path;

use crate::html::{Element, Html};
use crate::project::Project;
use crate::words::plain;

/// The words of a page's `<main>` without notices, which plain text has first, and without the names of columns, which
/// it repeats at each cell.
fn words(element: &Element, found: &mut Vec<String>) {
    let is_column = matches!(element.attribute("scope"), Some("col" | "colgroup"));
    if is_column || is_notice(element) {
        return;
    }
    let has_blocks = element.elements().any(|kid| !matches!(kid.name.as_str(), "a" | "em" | "strong" | "span" | "br" | "wbr" | "sup" | "img"));
    if !has_blocks {
        found.extend(plain(&element.words()).split(' ').filter(|word| !word.is_empty()).map(str::to_owned));
        return;
    }
    for kid in &element.kids {
        match kid {
            crate::html::Kid::Text(text) => found.extend(plain(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned)),
            crate::html::Kid::Element(kid) => words(kid, found),
        }
    }
}

fn is_notice(element: &Element) -> bool {
    element.name == "p" && element.attribute("class").is_some_and(|classes| classes.split(' ').any(|class| class == "s-notice"))
}

/// Letters and digits: signs around a word are the format's own.
fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric() || matches!(c, '✓' | '✗' | '£')).collect()
}

/// The first word of the page that the text does not have in its place.
fn missing(html: &Path, text: &str) -> Option<String> {
    let page = Html::read(html);
    let main = page.root.first("main").expect("a page has <main>");
    let (mut said, mut notices) = (Vec::new(), Vec::new());
    words(main, &mut said);
    main.walk(&mut |element| notices.extend(is_notice(element).then(|| plain(&element.words()))));
    assert!(said.len() > 20, "{} has few words", html.display());
    let first: Vec<String> = text.split("\n\n").take(notices.len()).map(plain).collect();
    if let Some(notice) = notices.iter().find(|notice| !first.contains(&format!("*** {notice} ***"))) {
        return Some(format!("the notice {notice:?} at its head"));
    }
    let mut rest = text.split_whitespace().map(bare).filter(|word| !word.is_empty());
    let mut before = String::new();
    for word in said.iter().map(|word| bare(word)).filter(|word| !word.is_empty()) {
        if !rest.any(|other| other == word) {
            return Some(format!("{word:?} after {before:?}"));
        }
        before = word;
    }
    None
}

#[test]
fn plain_text_has_every_word_of_the_page_in_its_order() {
    let run = Project::ours().run(&["build", "--format", "html,txt"]).status(0);
    let files = run.files();
    let texts: Vec<&String> = files.keys().filter(|name| name.ends_with(".txt")).collect();
    assert!(texts.len() > 20, "{texts:?}");
    let mut faults = Vec::new();
    for name in texts {
        let text = String::from_utf8(files[name].clone()).expect("UTF-8");
        let html = run.file(&name.replace(".txt", ".html"));
        faults.extend(missing(&html, &text).map(|word| format!("{name} lacks {word}")));
        for line in text.lines().filter(|line| line.chars().count() > 72) {
            let words: Vec<&str> = line.split_whitespace().filter(|word| word.len() > 1).collect();
            if words.len() > 1 {
                faults.push(format!("{name} has a long line: {line}"));
            }
        }
        if text.contains("\n\n\n") || text.contains(" \n") || text.contains('\r') || !text.ends_with('\n') {
            faults.push(format!("{name} has empty lines or ends of lines that say nothing"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn plain_text_is_made_only_where_it_is_asked_for() {
    let project = Project::small();
    let names = |run: crate::project::Run| run.status(0).files().into_keys().filter(|name| name.contains("good-job-pack")).collect::<Vec<_>>();
    let usual = names(project.build(&["test/good"]));
    assert_eq!(usual, ["test/good/good-job-pack.docx", "test/good/good-job-pack.html", "test/good/good-job-pack.pdf"]);
    let asked = names(project.run(&["build", "--format", "txt", "--out", "dist", "test/good"]));
    assert_eq!(asked, ["test/good/good-job-pack.txt"]);
}
