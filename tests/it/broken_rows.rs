//! A row of a table that is taller than a page says the same in every format, cell by cell.

use crate::bad_input::with;
use crate::docx::Docx;
use crate::html::Html;
use crate::pdf::Pdf;
use crate::project::Project;
use crate::words::{first_difference, spoken};

/// As many different words, in sentences.
fn words(count: usize, about: &str) -> String {
    (0..count).map(|at| format!("{about}{at}{}", if at % 12 == 11 { ". " } else { " " })).collect::<String>().trim().to_owned()
}

#[track_caller]
fn the_same_in_every_format(profile: &str) {
    let run = Project::small().write("profiles/test/long.yaml", profile).build(&["test/long"]).status(0);
    let file = |ending: &str| run.file(&format!("test/long/long-job-pack.{ending}"));
    let pdf = spoken(Pdf::read(&file("pdf")).paragraphs());
    let docx = spoken(Docx::read(&file("docx")).paragraphs().into_iter().map(|paragraph| paragraph.text));
    let html = spoken(Html::read(&file("html")).paragraphs());
    for difference in [first_difference(("PDF", &pdf), ("DOCX", &docx)), first_difference(("PDF", &pdf), ("HTML", &html))] {
        assert_eq!(difference, None);
    }
}

#[test]
fn a_criterion_of_1500_words() {
    let criterion = format!("text: {}, requirement", words(1500, "word"));
    the_same_in_every_format(&with("text: Can climb stairs, requirement", &criterion));
}

#[test]
fn cells_side_by_side_that_run_over_three_pages() {
    let (one, two, three) = (words(900, "left"), words(1300, "middle"), words(700, "right"));
    let table = format!("table:\n      columns: [One, Two, Three]\n      rows:\n        - [{one}, {two}, {three}]\n        - [a, b, c]");
    the_same_in_every_format(&with("text: To keep the lamp.", &table));
}

#[test]
fn a_fact_of_1000_words() {
    the_same_in_every_format(&with("grade: Grade 4", &format!("grade: {}", words(1000, "grade"))));
}
