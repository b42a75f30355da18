//! Vacancies, names and layouts that can't be: each is refused at its line, with a word on what to do.

use crate::project::{Project, Run};

const VACANCY: &str = "kind: vacancy\nprofile: good\nstatus: draft\nrevised_on: 2026-01-06\n";

fn build(fields: &str) -> Run {
    Project::small().write("profiles/test/vacancies/post.yaml", format!("{VACANCY}{fields}\n")).run(&["build", "test/post", "--format", "html"])
}

#[test]
fn pay_in_the_wrong_order_is_refused_at_its_line() {
    for (fields, said) in [
        ("salary: {minimum: 30000, maximum: 20000}", "`minimum` is more than `maximum`: 30000 and 20000 pounds"),
        ("salary: {actual_minimum: 9, actual_maximum: 8}", "`actual_minimum` is more than `actual_maximum`"),
        ("salary: {minimum: 20000, actual_minimum: 20001}", "`actual_minimum` is more than `minimum`"),
        ("salary: {maximum: 20000, actual_maximum: 20001}", "`actual_maximum` is more than `maximum`"),
    ] {
        build(fields).status(1).says("error[pay-range]").says(said).says("post.yaml:5:");
    }
    build("salary: {minimum: 20000, maximum: 20000, actual_minimum: 20000, actual_maximum: 20000}").status(0);
}

#[test]
fn a_highest_pay_alone_is_printed() {
    let run = build("salary: {maximum: 20000}").status(0);
    let page = std::fs::read_to_string(run.file("test/post/post-job-pack.html")).expect("a page");
    assert!(page.contains("Up to £20,000 a year"), "{page}");
}

#[test]
fn what_is_no_address_is_refused_at_its_line() {
    for url in ["www.example.org/jobs", "https://example", "\"https://jobs.example.org/a b\"", "\"javascript:alert(1)\"", "\"\"", "https://a@b.org"] {
        build(&format!("apply: {{url: {url}}}")).status(1).says("error[not-an-address]").says("is not a web address").says("post.yaml:5:");
    }
    for email in ["\"HR <hr@example.org>\"", "\"a b@example.org\"", "hr@example", "\"hr@x.org, jobs@x.org\"", "\"@example.org\""] {
        build(&format!("contact: {{email: {email}}}")).status(1).says("is not an e-mail address").says("post.yaml:5:");
    }
    build("apply: {url: \"https://jobs.example.org/?id=1&x=2#a\", email: jobs@example.org}").status(0);
    let run = Project::small().replace("profiles/test/organisation.yaml", "sector:", "website: example.org\nsector:").build(&[]);
    run.status(1).says("is not a web address").says("organisation.yaml:3:");
}

#[test]
fn no_pack_is_called_like_the_zip_of_anothers_panel() {
    let project = Project::small()
        .write("profiles/test/vacancies/post.yaml", VACANCY)
        .write("profiles/test/vacancies/post-panel.yaml", VACANCY);
    let run = project.run(&["build", "--format", "html"]).status(1);
    let run = run.says("duplicate-id").says("`post-panel.zip` is the name of the panel's zip of `post`").says("vacancies/post-panel.yaml");
    assert!(run.out.join("test/post.zip").is_file());
}

/// A layout with these documents beside a whole `job-pack`.
fn layout(documents: &str) -> Run {
    let whole = "    title: Pack\n    pages: [{id: cover}, {id: jd, part: job_description}, {id: ps, part: person_specification}]\n";
    let documents = documents.replace("WHOLE", whole);
    Project::small()
        .write("templates/own/layout.yaml", format!("kind: layout\nname: Own\ndocuments:\n{documents}"))
        .write("templates/own/layout.typ", "")
        .run(&["build", "--layout", "own"])
}

#[test]
fn documents_of_a_layout_that_cannot_be_are_refused() {
    layout("  job-pack:\nWHOLE    audience: panel\n").status(1).says("error[main-document]").says("layout.yaml:4:");
    layout("  job-pack:\nWHOLE    when: vacancy\n").status(1).says("error[main-document]");
    let form = "  job-pack:\nWHOLE  grid:\n    title: Grid\n    pages: [{id: cover}, {id: grid, form: shortlisting}]\n";
    layout(form).status(1).says("error[form-for-candidates]").says("`grid` is for candidates");
    for name in ["../evil", "Grid", "\"a b\"", "\"\""] {
        let named = format!("  job-pack:\nWHOLE  {name}:\n    title: Grid\n    pages: [{{id: cover}}]\n");
        layout(&named).status(1).says("error[document-name]");
    }
}

#[test]
fn what_is_no_text_is_the_same_in_every_language() {
    let project = Project::small().replace("profiles/test/good.yaml", "status: draft", "status: {en: draft, cy: approved}");
    project.run(&["build"]).status(1).says("profiles/test/good.yaml:2:");
}
