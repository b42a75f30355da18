//! Rules for the source text itself, so that a review need not look for them.

use std::collections::BTreeSet;

use typst_syntax::{SyntaxKind, SyntaxNode};

use crate::project::{files, repository};

/// Stages in the order of the path of the data; a stage may use only what stands before it, and `FOUNDATION`.
const STAGES: [&str; 13] =
    ["profile", "project", "brand", "wording", "layout", "pack", "check", "typeset", "document", "bundle", "cache", "build", "rebuild"];
const FOUNDATION: [&str; 2] = ["source", "diagnostic"];

/// The longest file without a reason for it.
const MAX_LINES: usize = 400;

/// Files of a folder of the repository with an ending, as text, by path.
fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    let all = files(&repository().join(folder)).into_iter().filter(|(path, _)| path.ends_with(ending));
    let texts: Vec<_> = all.map(|(path, bytes)| (format!("{folder}/{path}"), String::from_utf8(bytes).expect("it is text"))).collect();
    assert!(!texts.is_empty(), "there are no {ending} files in {folder}");
    texts
}

/// Whether a file of `src/` holds only tests.
fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What stands at the top, besides hidden files and what a build writes.
const TOP: [&str; 12] =
    ["Cargo.lock", "Cargo.toml", "LICENSE", "README.md", "benches", "dist", "fonts", "profiles", "src", "target", "templates", "tests"];

#[test]
fn nothing_is_left_at_the_top() {
    let names = std::fs::read_dir(repository()).expect("the repository").map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    none(names.filter(|name| !name.starts_with('.') && !TOP.contains(&name.as_str())).map(|name| format!("what is {name}?")).collect());
}

#[test]
fn every_source_file_says_what_it_is_for_and_is_short() {
    let all = texts("src", ".rs").into_iter().chain(texts("tests", ".rs"));
    none(
        all.flat_map(|(path, text)| {
            let lines = text.lines().count();
            let unexplained = !text.starts_with("//!");
            let long = lines > MAX_LINES;
            [
                unexplained.then(|| format!("{path} does not begin with `//!`")),
                long.then(|| format!("{path} has {lines} lines; {MAX_LINES} are the most")),
            ]
        })
        .flatten()
        .collect(),
    );
}

/// Modules of the crate that a file refers to with `crate::`.
fn used_modules(text: &str) -> BTreeSet<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let names = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default().split(',').map(str::trim).collect(),
            None => vec![rest],
        };
        used.extend(names.into_iter().map(|name| name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()));
    }
    used
}

#[test]
fn a_stage_uses_only_earlier_stages() {
    let place = |stage: &str| STAGES.iter().position(|name| *name == stage);
    let later = |own: &str, other: &str, path: &str| match own {
        _ if own == other => false,
        "lib" | "main" => false,
        // One file starts the server, and one the processes that work for it.
        "cli" => other == "server" && !["src/cli/serve.rs", "src/cli/worker.rs"].contains(&path),
        "server" => other == "cli",
        "diagnostic" => STAGES.contains(&other) || matches!(other, "source" | "server" | "cli"),
        "source" => STAGES.contains(&other) || matches!(other, "server" | "cli"),
        stage => match (place(stage), place(other)) {
            (Some(mine), Some(theirs)) => theirs >= mine,
            (None, _) => panic!("the folder `{stage}` is in no order"),
            (Some(_), None) => !FOUNDATION.contains(&other),
        },
    };
    let mut faults = Vec::new();
    for (path, text) in texts("src", ".rs") {
        let own = path.split('/').nth(1).unwrap_or_default().trim_end_matches(".rs");
        let wrong = used_modules(&text).into_iter().filter(|other| later(own, other, &path));
        faults.extend(wrong.map(|other| format!("{path} uses `{other}`")));
    }
    none(faults);
}

#[test]
fn only_the_command_line_prints() {
    let printing = ["println!", "eprintln!", "print!(", "eprint!(", "dbg!(", "io::stdout", "io::stderr"];
    let silent = |path: &str| !path.starts_with("src/cli/") && !is_test(path);
    let faults = texts("src", ".rs").into_iter().filter(|(path, _)| silent(path)).flat_map(|(path, text)| {
        let lines: Vec<_> = text.lines().enumerate().filter(|(_, line)| printing.iter().any(|word| line.contains(word))).collect();
        lines.into_iter().map(|(at, line)| format!("{path}:{}: {}", at + 1, line.trim())).collect::<Vec<_>>()
    });
    none(faults.collect());
}

#[test]
fn the_program_knows_no_layout_and_no_organisation_by_name() {
    let folders = |folder: &str| -> BTreeSet<String> {
        files(&repository().join(folder)).into_keys().filter_map(|path| Some(path.split_once('/')?.0.to_owned())).collect()
    };
    // `base` is what all layouts share; it is no layout.
    let names: BTreeSet<_> = folders("profiles").union(&folders("templates")).filter(|name| *name != "base").cloned().collect();
    assert!(names.contains("council") && names.contains("havering"), "{names:?}");
    let faults = texts("src", ".rs").into_iter().filter(|(path, _)| !is_test(path)).flat_map(|(path, text)| {
        let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        let code = before_tests.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
        let named: Vec<_> = code
            .flat_map(|(at, line)| names.iter().filter(move |name| line.contains(&format!("\"{name}\""))).map(move |name| (at + 1, name.clone())))
            .map(|(at, name)| format!("{path}:{at} names {name:?}"))
            .collect();
        named
    });
    none(faults.collect());
}

#[test]
fn layouts_use_the_component_library() {
    let shipped = texts("templates", ".typ").into_iter().filter(|(path, _)| !path.starts_with("templates/base/"));
    none(shipped.flat_map(|(path, text)| bare_layout_code(&text).into_iter().map(move |fault| format!("{path}: {fault}"))).collect());
}

/// What a layout may not use by itself, because one format would lose it.
fn bare_layout_code(text: &str) -> Vec<String> {
    const FUNCTIONS: [&str; 6] = ["grid", "align", "place", "columns", "pad", "stack"];
    const TEXT_FIELDS: [&str; 4] = ["lang", "weight", "style", "fill"];
    let root = typst_syntax::parse(text);
    let mut faults = Vec::new();
    let mut waiting = vec![&root];
    while let Some(node) = waiting.pop() {
        waiting.extend(node.children());
        if !matches!(node.kind(), SyntaxKind::FuncCall) {
            continue;
        }
        let callee = node.children().next().map(source_of).unwrap_or_default();
        let callee = callee.trim_start_matches("std.");
        if FUNCTIONS.contains(&callee) || callee.starts_with("html.") {
            faults.push(format!("bare `{callee}`"));
        }
        if callee == "text" {
            let arguments = node.children().filter(|kid| kid.kind() == SyntaxKind::Args).flat_map(|arguments| arguments.children());
            let named = arguments.filter(|kid| kid.kind() == SyntaxKind::Named).filter_map(|kid| kid.children().next().map(source_of));
            faults.extend(named.filter(|name| TEXT_FIELDS.contains(&name.as_str())).map(|name| format!("inline `text({name}: ...)`")));
        }
    }
    faults
}

fn source_of(node: &SyntaxNode) -> String {
    node.full_text().to_string()
}

#[test]
fn bare_layout_code_is_found() {
    for (code, fault) in [
        ("#grid(columns: 2)[a][b]", "bare `grid`"),
        ("#let x = std.pad(1em)[a]", "bare `pad`"),
        ("#text(fill: red)[a]", "inline `text(fill: ...)`"),
        ("#html.elem(\"p\")[a]", "bare `html.elem`"),
    ] {
        assert_eq!(bare_layout_code(code), [fault], "{code}");
    }
    assert_eq!(bare_layout_code("#panel[grid] // #grid()\n#text(size: 2em)[a]\n#columns-of(2)"), Vec::<String>::new());
}
