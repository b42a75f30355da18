//! Templates that use each other.

use super::*;

fn faults_of(pages: &[(&str, &str)]) -> String {
    let faults = load(pages).err().unwrap_or_default();
    let line = |fault: &Diagnostic| {
        let trace = if fault.trace.is_empty() { String::new() } else { format!(" <{}>", fault.trace.join(" < ")) };
        let file = fault.file().unwrap_or_default().trim_start_matches("templates/").to_owned();
        format!("{file} {}{trace}", shown(std::slice::from_ref(fault)))
    };
    faults.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_included_template_is_checked_with_what_its_includer_sees() {
    assert_eq!(
        faults_of(&[
            ("a.md", "{% for c in profile.criteria %}{% include \"b.md\" %}{% endfor %}"),
            ("b.md", "{{ c.text }}{% if c.txt %}!{% endif %}"),
        ]),
        "b.md unknown-path 1:21 `c` has no `txt` [did you mean `c.text`?] <including `b.md` in `a.md`>"
    );
    // two places that include it, two meanings of `c`
    assert_eq!(
        faults_of(&[
            ("a.md", "{% for c in profile.criteria %}{% include \"b.md\" %}{% endfor %}"),
            ("b.md", "{{ c.text }}"),
            ("z.md", "{% set c = vacancy %}{% include \"b.md\" %}"),
        ]),
        "b.md unknown-path 1:6 `c` has no `text` [possible: `reference`, `closes_on`, `closes_at`, `salary`, `contact`, `interviews`] \
         <including `b.md` in `z.md`>"
    );
}

#[test]
fn what_an_included_template_sets_stays_there() {
    assert_eq!(
        faults_of(&[("a.md", "{% include \"b.md\" %}{{ x }}"), ("b.md", "{% set x = 1 %}")]).split(" [").next(),
        Some("a.md unknown-path 1:24 there is nothing called `x` here")
    );
}

#[test]
fn a_template_that_needs_its_includer_says_so_when_printed_alone() {
    let wording = load(&[
        ("a.md", "{% for c in profile.criteria %}{% include \"b.md\" %}{% endfor %}"),
        ("b.md", "- {{ c.text }}\n{% include \"c.md\" %}"),
        ("c.md", "{% if c.note %}({{ c.note }}){% endif %}\n"),
    ])
    .expect("loads");
    assert_eq!(wording.render("a.md", &view(&full())).as_deref(), Ok("- a degree\n(or equal)\n- patience\n\n"));
    for (name, place) in [("b.md", "1:6"), ("c.md", "1:7")] {
        let found = shown(&wording.render(name, &view(&full())).expect_err("needs `c`"));
        assert!(found.contains(&format!("unknown-path {place} there is nothing called `c` here")), "{found}");
    }
}

#[test]
fn missing_and_circular_includes_are_found_when_loading() {
    assert_eq!(
        faults_of(&[("a.md", "{% include \"safegarding.md\" %}"), ("safeguarding.md", "x")]),
        "a.md unknown-template 1:12 there is no template `safegarding.md` [did you mean `safeguarding.md`?]"
    );
    assert!(
        faults_of(&[("a.md", "{% if false %}{% include \"gone\" %}{% endif %}")]).contains("unknown-template 1:26")
    );
    assert_eq!(
        faults_of(&[("a.md", "{% include \"a.md\" %}")]),
        "a.md circular-include 1:12 `a.md` includes itself [take this include out] <>".trim_end_matches(" <>")
    );
    assert!(
        faults_of(&[("t", "{% component c() %}{% include \"t\" %}{% endcomponent %}")]).contains("t circular-include")
    );
    let circle = faults_of(&[
        ("a.md", "{% include \"b.md\" %}"),
        ("b.md", "\n{% include \"c.md\" %}"),
        ("c.md", "{% include \"b.md\" %}"),
    ]);
    assert_eq!(
        circle,
        "c.md circular-include 1:12 `b.md` includes itself [take this include out] <including `c.md` in `b.md` < including `b.md` in `a.md`>"
    );
}

#[test]
fn one_broken_template_hides_no_other_and_the_order_is_always_the_same() {
    let mut pages = vec![
        ("b.md", "{{ profile.post_titel }}{{ profile.grad }}"),
        ("a.md", "{% if %}{% endif %}"),
        ("d.md", "{% if profile.grade %}"),
        ("c.md", "ok {% include \"a.md\" %}{{ x | nope }}"),
    ];
    let expected = "a.md template-syntax 1:7 found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`\n\
                    b.md unknown-path 1:12 `profile` has no `post_titel` [did you mean `profile.post_title`?]\n\
                    b.md unknown-path 1:36 `profile` has no `grad` [did you mean `profile.grade`?]\n\
                    c.md unknown-path 1:27";
    for _ in 0..4 {
        pages.rotate_left(1);
        let found = faults_of(&pages);
        assert!(found.starts_with(expected), "{found}");
        assert!(found.contains("c.md unknown-filter 1:31"), "{found}");
        assert!(found.contains("d.md template-syntax 1:23 unexpected end of input"), "{found}");
        assert_eq!(found.lines().count(), 6, "{found}");
    }
}

#[test]
fn two_templates_or_components_of_one_name_are_an_error() {
    assert!(faults_of(&[("a.md", "x"), ("a.md", "y")]).contains("duplicate-template"));
    let component = "{% component box(a) %}{{ a }}{% endcomponent box %}";
    assert!(faults_of(&[("a.md", component), ("b.md", component)]).contains("b.md duplicate-component 1:14"));
}

#[test]
fn components_see_their_arguments_and_nothing_else() {
    let fact = "{% component fact(label: string, value, strong=false) %}{% if strong %}**{{ label }}**{% else %}{{ label }}{% endif %}: {{ value.text }}{% endcomponent fact %}";
    let wording = load(&[
        ("parts.md", fact),
        (
            "a.md",
            "{% for c in profile.criteria %}{{ <fact label=\"Needs\" value={c} strong={loop.first}/> }}\n{% endfor %}",
        ),
    ])
    .expect("loads");
    assert_eq!(wording.render("a.md", &view(&full())).as_deref(), Ok("**Needs**: a degree\nNeeds: patience\n"));
    for (use_of, expected) in [
        ("{{ <fact label=\"x\" value={profile}/> }}", "parts.md unknown-path 1:130 `value` has no `text`"),
        (
            "{{ <fact label=\"x\" value={profile.post_titel}/> }}",
            "a.md unknown-path 1:35 `profile` has no `post_titel`",
        ),
        ("{{ <fact label=\"x\"/> }}", "a.md missing-argument 1:5 `fact` needs the argument `value`"),
        ("{{ <fact labl=\"x\" value={vacancy}/> }}", "a.md unknown-argument 1:10 `fact` has no argument `labl`"),
        ("{{ <fakt label=\"x\"/> }}", "a.md unknown-component 1:5 there is no component `fakt`"),
        ("{% <fakt> %}x{% </fakt> %}", "a.md unknown-component 1:5 there is no component `fakt`"),
    ] {
        let found = faults_of(&[("parts.md", fact), ("a.md", use_of)]);
        assert!(found.contains(expected), "{use_of}\n{found}");
    }
    assert!(
        faults_of(&[("a.md", "{% component c() %}{{ profile.post_title }}{% endcomponent %}")])
            .contains("unknown-path 1:23")
    );
    assert!(
        faults_of(&[("a.md", "{% component c() %}{{ <c/> }}{% endcomponent %}{{ <c/> }}")])
            .contains("circular-component")
    );
    let body = "{% component box() %}> {{ body }}{% endcomponent %}{% <box> %}*{{ profile.post_title }}*{% </box> %}";
    assert_eq!(printed(body, &full()), "> *Learning mentor*");
}

#[test]
fn the_closure_of_a_template_is_all_that_its_words_come_from() {
    let wording = load(&[
        ("a", "{% if false %}{% include \"b\" %}{% endif %}"),
        ("b", "{% include \"c\" %}{{ <box/> }}"),
        ("c", "x"),
        ("parts", "{% component box() %}{% include \"d\" %}{% endcomponent %}"),
        ("d", "y"),
        ("e", "z"),
    ])
    .expect("loads");
    assert_eq!(wording.closure("a"), ["b", "c", "d", "parts"]);
    assert_eq!(wording.closure("b"), ["c", "d", "parts"]);
    assert!(wording.closure("e").is_empty());
    assert!(wording.closure("nothing").is_empty());
    assert_eq!(wording.names().collect::<Vec<_>>(), ["a", "b", "c", "d", "e", "parts"]);
}

#[test]
fn a_schema_that_refers_to_nothing_is_an_error_not_a_licence() {
    let schema = json!({"type": "object", "properties": {"profile": {"$ref": "#/$defs/Profile"}}});
    let found = Wording::new(vec![page("a.md", "{{ profile.x }}")], &schema).expect_err("refused");
    assert!(shown(&found).contains("invalid-view-schema"), "{}", shown(&found));
}

#[test]
fn flattened_and_combined_schemas_have_the_fields_of_all_their_parts() {
    let schema = json!({
        "type": "object",
        "properties": {
            "a": {"type": "object", "properties": {"x": {"type": "string"}}, "oneOf": [
                {"type": "object", "properties": {"kind": {"const": "one"}, "y": {"type": ["string", "null"]}}},
                {"$ref": "#/$defs/Two"}
            ]},
            "b": {"allOf": [{"$ref": "#/$defs/Two"}], "description": "d"},
            "c": {"type": "array", "prefixItems": [{"type": "string"}, {"$ref": "#/$defs/Two"}], "items": false},
            "d": {"type": "object", "patternProperties": {"^\\d+$": {"$ref": "#/$defs/Two"}}, "additionalProperties": false},
            "e": true,
            "f": {"$ref": "#/$defs/Round"}
        },
        "$defs": {
            "Two": {"type": "object", "properties": {"kind": {"const": "two"}, "z": {"type": "integer"}}},
            "Round": {"anyOf": [{"$ref": "#/$defs/Round"}, {"$ref": "#/$defs/Two"}]}
        }
    });
    let faults = |text: &str| match Wording::new(vec![page("a.md", text)], &schema) {
        Err(faults) => shown(&faults),
        Ok(_) => String::new(),
    };
    let good = "{{ a.x }}{{ a.y }}{{ a.z }}{{ b.z }}{% for i in c %}{{ i.z }}{% endfor %}{{ d.x.z }}{{ e.any.thing }}{{ f.z }}{% if a.kind == \"two\" %}{% endif %}";
    assert_eq!(faults(good), "");
    for bad in ["{{ a.w }}", "{{ b.y }}", "{{ c[0].y }}", "{{ d.x.y }}", "{{ f.y }}"] {
        assert!(faults(bad).starts_with("unknown-path"), "{bad} {}", faults(bad));
    }
    assert!(faults("{% if a.kind == \"three\" %}{% endif %}").starts_with("unknown-value"));
}
