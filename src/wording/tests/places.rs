//! From a clause to its line in `organisation.yaml`.

use super::*;
use crate::source::{Layer, Node, read};

/// The clause `text` of a YAML file, as a template.
fn clause(yaml: &str) -> (Node, Template) {
    let file = Arc::new(SourceText { path: "profiles/x/organisation.yaml".to_owned(), text: yaml.to_owned() });
    let node = read(&file, Layer::Organisation).expect("YAML").at_path("clause.text").expect("a clause").clone();
    let template = Template {
        name: "clause".to_owned(),
        text: node.as_text().expect("text").to_owned(),
        origin: node.span.clone(),
    };
    (node, template)
}

#[test]
fn a_fault_in_a_clause_is_at_its_place_in_the_yaml() {
    for yaml in [
        "clause:\n  text: See {{ profile.post_titel }} now\n",
        "clause:\n  text: See\n    the {{ profile.post_titel }}\n    now\n",
        "clause:\n  text: \"See \\\"it\\\": {{ profile.post_titel }}\"\n",
        "clause:\n  text: \"See \\u00e9\\n{{ profile.post_titel }}\"\n",
        "clause:\n  text: \"See \\\n    the\\\n    \\ post {{ profile.post_titel }}\"\n",
        "clause:\n  text: 'It''s\n\n    {{ profile.post_titel }}'\n",
        "clause:\n  text: |\n    First.\n\n      Second é: {{ profile.post_titel }}\n    Third.\n",
        "clause:\n  text: >-\n    First line\n    {% if profile.post_titel %}second{% endif %}\n\n    Third.\n",
        "clause:\n  text: >- # folded\n\n    First line\n      indented\n    {{ profile.post_titel }}\n",
        "clause:\n  text: |2\n      {{ profile.post_titel }}\n  other: 1\n",
        "clause:\n  text: |\n    | a |\n    |---|\n    | {{ profile.post_titel }} |\n",
        "clause:\n  text: >\n    > quoted\n    > {{ profile.post_titel }}\n",
        "clause: {text: \"{{ profile.post_titel }}\"}\n",
    ] {
        let (_, template) = clause(yaml);
        let faults = Wording::new(vec![template], &schema()).expect_err("misspelt");
        let span = faults[0].span.clone().expect("a place");
        assert_eq!((span.text(), faults[0].code), ("post_titel", "unknown-path"), "{yaml}\n{}", shown(&faults));
    }
}

#[test]
fn a_name_that_yaml_breaks_over_lines_keeps_its_start() {
    let (_, template) = clause("clause:\n  text: \"See {{ profile.post_\\\n    titel }}\"\n");
    let faults = Wording::new(vec![template], &schema()).expect_err("misspelt");
    assert_eq!(shown(&faults).split(' ').nth(1), Some("2:25"));
}

#[test]
fn rendering_faults_are_at_their_place_in_the_yaml_too() {
    let (_, template) = clause(
        "clause:\n  text: >-\n    Words and\n    {{ profile.post_title | upper }}\n    of {{ profile.grade }}\n",
    );
    let wording = Wording::new(vec![template], &schema()).expect("loads");
    let faults = wording.render("clause", &view(&bare())).expect_err("empty");
    assert_eq!(shown(&faults).split(" [").next(), Some("empty-value 5:11 `profile.grade` is empty"));
    assert_eq!(faults[0].span.as_ref().map(Span::text), Some("profile.grade"));
}

#[test]
fn a_text_that_does_not_stand_in_its_file_is_placed_as_a_whole() {
    let file = Arc::new(SourceText { path: "x.yaml".to_owned(), text: "a: &x other words".to_owned() });
    let origin = Span::new(&file, 3..17);
    let template =
        Template { name: "c".to_owned(), text: "{{ profile.post_titel }}".to_owned(), origin: origin.clone() };
    let faults = Wording::new(vec![template], &schema()).expect_err("misspelt");
    assert_eq!(faults[0].span, Some(origin));
}
