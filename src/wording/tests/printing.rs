//! Nothing is printed as nothing.

use super::*;

fn empty(text: &str) -> String {
    printed(text, &bare())
}

#[test]
fn printing_null_is_an_error_that_names_the_path() {
    for (marked, path) in [
        ("{{ §profile.grade }}", "profile.grade"),
        ("x\n  {{- §profile.grade -}}", "profile.grade"),
        ("{{ §profile[\"grade\"] }}", "profile[\"grade\"]"),
        ("{{ §(profile.grade) }}", "(profile.grade)"),
        ("{{ §vacancy?.reference }}", "vacancy?.reference"),
        ("{{ §vacancy.reference }}", "vacancy.reference"),
        ("{{ §labels.nothing }}", "labels.nothing"),
        ("{{ \"Grade \" ~ §profile.grade }}", "profile.grade"),
        ("{{ §profile.grade ~ \" grade\" }}", "profile.grade"),
        ("{% set x = \"a\" ~ §profile.grade %}", "profile.grade"),
        ("{{ §profile.grade | upper }}", "profile.grade"),
        ("{{ §profile.grade | str }}", "profile.grade"),
        ("{{ §vacancy?.closes_on | date }}", "vacancy?.closes_on"),
        ("{{ §profile.tags | join(sep=\", \") }}", "profile.tags"),
        ("{{ §profile.grade | upper | lower }}", "profile.grade"),
        ("{{ §\"a\" if profile.grade else profile.grade }}", "\"a\" if profile.grade else profile.grade"),
        ("{{ §profile.grade or organisation.short_name }}", "profile.grade or organisation.short_name"),
        ("{{ §profile.grade and profile.post_title }}", "profile.grade and profile.post_title"),
        (
            "{{ §profile.grade | default(value=organisation.short_name) }}",
            "profile.grade | default(value=organisation.short_name)",
        ),
        ("{{ §profile.tags | default(value=[]) | first }}", "profile.tags | default(value=[]) | first"),
        ("{% for c in profile.criteria %}{{ §c.note }}{% endfor %}", "c.note"),
        (
            "{% for c in profile.criteria %}{% if c.text %}{% for d in [c] %}{% if not d.note %}{{ §d.note }}{% endif %}{% endfor %}{% endif %}{% endfor %}",
            "d.note",
        ),
        ("{% set g = profile.grade %}{{ §g }}", "g"),
        ("{% if false %}{% set g = \"a\" %}{% endif %}{{ §g }}", "g"),
        ("{% set x %}{{ §profile.grade }}{% endset %}", "profile.grade"),
        ("{% component c(x) %}{{ §x }}{% endcomponent %}{{ <c x={profile.grade}/> }}", "x"),
        ("{% component c(x=null) %}{{ §x }}{% endcomponent %}{{ <c/> }}", "x"),
        ("{% component c() %}{{ §body }}{% endcomponent %}{{ <c/> }}", "body"),
        ("{{ §anything }}", "anything"),
        ("{{ §[profile.grade][0] }}", "[profile.grade][0]"),
        ("{{ [§c.note ~ \"!\" for c in profile.criteria] | list }}", "c.note"),
    ] {
        let (text, place) = unmarked(marked);
        let found = empty(&text);
        assert!(found.starts_with(&format!("empty-value {place} `{path}` is empty [")), "{text}\n{found}");
        assert_eq!(found.lines().count(), 1, "{text}\n{found}");
    }
}

#[test]
fn an_empty_item_of_a_printed_list_is_an_error() {
    assert_eq!(empty("{{ [\"a\", profile.grade] | list }}"), "empty-value 1:27 item 2 of this list is empty");
    assert!(empty("{{ [\"a\", profile.grade] | join(sep=\", \") }}").starts_with("empty-value"));
    assert!(empty("{{ [] | list }}").starts_with("empty-value"));
}

#[test]
fn a_value_that_a_path_needs_is_missing_loudly() {
    for text in [
        "{{ vacancy.contact.email }}",
        "{% if vacancy.contact.email %}x{% endif %}",
        "{% for d in vacancy.interviews %}x{% endfor %}",
        "{% for t in profile.tags %}x{% endfor %}",
        "{% if vacancy.salary.from > 3 %}x{% endif %}",
    ] {
        let found = empty(text);
        assert!(found.starts_with("empty-value 1:"), "{text}\n{found}");
        assert!(found.contains("can't be worked out"), "{text}\n{found}");
    }
}

#[test]
fn null_means_no_in_conditions_and_a_default_is_printed() {
    for (text, expected) in [
        ("{% if profile.grade %}{{ profile.grade }}{% endif %}", ""),
        ("{% if not profile.grade %}none{% endif %}", "none"),
        ("{% if profile.grade is none %}none{% endif %}", "none"),
        ("{% if profile.grade == null %}none{% endif %}", "none"),
        ("{% if vacancy %}{{ vacancy.reference }}{% else %}no vacancy{% endif %}", "no vacancy"),
        ("{% if vacancy?.contact?.email %}x{% else %}no{% endif %}", "no"),
        (
            "{% for c in profile.criteria %}{{ c.text }}{% if c.note %} ({{ c.note }}){% endif %}{% endfor %}",
            "a degree",
        ),
        ("{% for t in profile.tags | default(value=[]) %}x{% else %}none{% endfor %}", "none"),
        ("{{ profile.grade | default(value=\"not stated\") }}", "not stated"),
        ("{{ vacancy?.reference | default(value=organisation.name) }}", "Havering"),
        ("{{ profile.grade | default(value=\"g\") | upper }}", "G"),
        ("{{ profile.grade or \"none\" }}", "none"),
        ("{{ profile.grade if profile.grade else \"none\" }}", "none"),
        ("{{ \"Grade \" ~ (profile.grade | default(value=\"?\")) }}", "Grade ?"),
        ("{% set g = profile.grade %}{% if g %}{{ g }}{% endif %}.", "."),
        ("{{ vacancy?.closes_on | default(value=\"2027-01-29\") | date }}", "Friday 29 January 2027"),
        ("{{ \"\" }}{{ 0 }}{{ false }}", "0false"),
    ] {
        assert_eq!(empty(text), expected, "{text}");
    }
}

#[test]
fn a_fault_in_an_included_template_says_how_it_got_there() {
    let wording = load(&[
        ("a.md", "# A\n{% for c in profile.criteria %}{% include \"b.md\" %}{% endfor %}"),
        ("b.md", "{{ c.text | upper }} {% include \"c.md\" %}"),
        ("c.md", "é {{ c.note }}"),
    ])
    .expect("loads");
    let faults = wording.render("a.md", &view(&bare())).expect_err("empty");
    assert_eq!(shown(&faults).split(" [").next(), Some("empty-value 1:6 `c.note` is empty"));
    assert_eq!(faults[0].file(), Some("templates/c.md"));
    assert_eq!(faults[0].trace, ["rendering `b.md`", "rendering `a.md`"]);
    let labels: Vec<String> = faults[0].labels.iter().map(|(span, said)| format!("{span:?} {said}")).collect();
    assert_eq!(labels, ["templates/b.md:1:33 used here", "templates/a.md:2:43 used here"]);
}

#[test]
fn a_list_that_the_schema_did_not_show_is_never_printed_raw() {
    let data = json!({"anything": ["a", {"b": 1}], "organisation": {"name": "x"}, "profile": {"post_title": "y"}});
    for text in ["{{ anything }}", "{{ anything[1] }}", "{{ \"a\" ~ anything }}"] {
        let found = printed(text, &data);
        assert!(found.starts_with("unprintable-value 1:"), "{text}\n{found}");
    }
}

#[test]
fn throw_and_wrong_arithmetic_are_faults_at_their_place() {
    assert_eq!(empty("x {{ throw(message=\"No grade\") }}"), "wording-failed 1:6 no grade");
    assert!(empty("{{ 1 / 0 }}").starts_with("wording-failed 1:"));
    assert!(
        empty("{{ profile.hours + profile.post_title }}").starts_with("wording-failed 1:4"),
        "{}",
        empty("{{ profile.hours + profile.post_title }}")
    );
}

#[test]
fn rendering_is_shared_between_threads_and_always_the_same() {
    fn shared<T: Send + Sync>(_: &T) {}
    let wording = load(&[("a.md", "{% for k, v in anything %}{{ k }}{{ v }} {% endfor %}")]).expect("loads");
    let data = json!({"anything": {"z": 1, "b": 2, "a": 3, "y": 4, "c": 5, "x": 6, "d": 7, "w": 8, "e": 9, "v": 0, "f": 1, "u": 2, "g": 3}});
    let view = view(&data);
    shared(&wording);
    shared(&view);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..50 {
                    assert_eq!(wording.render("a.md", &view).as_deref(), Ok("z1 b2 a3 y4 c5 x6 d7 w8 e9 v0 f1 u2 g3 "));
                }
            });
        }
    });
    let nothing = shown(&wording.render("b.md", &view).expect_err("unknown"));
    assert_eq!(nothing, "unknown-template - there is no template `b.md` [did you mean `a.md`?]");
    assert!(View::new(&json!([1])).is_err());
}
