//! No path that doesn't exist, wherever it stands.

use super::*;

/// Templates with one misspelt name; the column of the name is where `§` stands.
const MISSPELT: &[(&str, &str)] = &[
    ("{{ profile.§post_titel }}", "`profile.post_title`"),
    ("{{ §profil.post_title }}", "`profile`"),
    ("{{- profile.§post_titel -}}", "`profile.post_title`"),
    ("{{profile.§post_titel}}", "`profile.post_title`"),
    ("{{ profile[§\"post_titel\"] }}", "`profile.post_title`"),
    ("{{ profile[§'post_titel'] }}", "`profile.post_title`"),
    ("{{ vacancy?.§referense }}", "`vacancy.reference`"),
    ("{{ vacancy?.contact?.§emial | default(value=\"-\") }}", "`vacancy?.contact.email`"),
    ("{% if profile.§post_titel %}Safeguarding{% endif %}", "`profile.post_title`"),
    ("{% if not profile.§post_titel %}x{% endif %}", "`profile.post_title`"),
    ("{% if profile.grade and profile.§post_titel %}x{% endif %}", "`profile.post_title`"),
    ("{% if profile.§graed or profile.post_title %}x{% endif %}", "`profile.grade`"),
    ("{% if true %}{% elif profile.§post_titel %}Safeguarding{% endif %}", "`profile.post_title`"),
    ("{% if false %}{% if profile.§post_titel %}x{% endif %}{% endif %}", "`profile.post_title`"),
    ("{% if false %}{% else %}{{ profile.§post_titel }}{% endif %}", "`profile.post_title`"),
    ("{% if profile.§post_titel is defined %}x{% endif %}", "`profile.post_title`"),
    ("{% if profile.§post_titel is not defined %}x{% endif %}", "`profile.post_title`"),
    ("{% if profile.§post_titel is undefined %}x{% endif %}", "`profile.post_title`"),
    ("{% if \"a\" in profile.§tagz %}x{% endif %}", "`profile.tags`"),
    ("{% if \"a\" not in profile.§tagz %}x{% endif %}", "`profile.tags`"),
    ("{% if §\"post_titel\" in profile %}x{% endif %}", "`profile.post_title`"),
    ("{% if profile is containing(pat=§\"post_titel\") %}x{% endif %}", "`profile.post_title`"),
    ("{% if profile.post_title is starting_with(pat=organisation.§nam) %}x{% endif %}", "`organisation.name`"),
    ("{% if profile.§ours > 36 %}x{% endif %}", "`profile.hours`"),
    ("{% if profile.hours + profile.§ours > 36 %}x{% endif %}", "`profile.hours`"),
    ("{% if -profile.§ours < 3 %}x{% endif %}", "`profile.hours`"),
    ("{% if (profile.§ours) %}x{% endif %}", "`profile.hours`"),
    ("{% for c in profile.§criterions %}{% endfor %}", "`profile.criteria`"),
    ("{% for c in profile.criteria %}{{ c.§txt }}{% endfor %}", "`c.text`"),
    (
        "{% for c in profile.criteria %}{% for d in c.below %}{% if d.§txt %}x{% endif %}{% endfor %}{% endfor %}",
        "`d.text`",
    ),
    ("{% for c in profile.criteria %}{% else %}{{ §c.text }}{% endfor %}", ""),
    ("{% for c in profile.criteria %}{% endfor %}{{ §c.text }}", ""),
    ("{% for k, v in labels %}{{ v.§x }}{% endfor %}", ""),
    ("{{ profile.post_title | default(value=organisation.§nam) }}", "`organisation.name`"),
    ("{{ profile.§post_titel | default(value=\"x\") }}", "`profile.post_title`"),
    ("{{ profile.criteria | sort(attribute=§\"txt\") | length }}", "`profile.criteria.text`"),
    ("{{ profile | get(key=§\"post_titel\", default=\"x\") }}", "`profile.post_title`"),
    ("{% for n in range(end=profile.§ours) %}{% endfor %}", "`profile.hours`"),
    ("{% set t = profile.§post_titel %}", "`profile.post_title`"),
    ("{% set p = profile %}{{ p.§post_titel }}", "`p.post_title`"),
    ("{% set p %}{{ profile.§post_titel }}{% endset %}", "`profile.post_title`"),
    ("{% set ps = [profile] %}{% for p in ps %}{{ p.§post_titel }}{% endfor %}", "`p.post_title`"),
    ("{% set m = {\"a\": profile} %}{{ m.a.§post_titel }}", "`m.a.post_title`"),
    ("{% set m = {\"abc\": 1} %}{% if m.§abd %}x{% endif %}", "`m.abc`"),
    ("{{ [profile.post_title, profile.§post_titel] | list }}", "`profile.post_title`"),
    ("{{ [c.§txt for c in profile.criteria] | list }}", "`c.text`"),
    ("{{ [c.text for c in profile.criteria if c.§nope] | list }}", "`c.note`"),
    ("{{ [c.text for c in profile.§criterion] | list }}", "`profile.criteria`"),
    ("{{ organisation.name if profile.§grad else \"x\" }}", "`profile.grade`"),
    ("{{ organisation.§nam if profile.grade else \"x\" }}", "`organisation.name`"),
    ("{{ \"x\" if profile.grade else organisation.§nam }}", "`organisation.name`"),
    ("{{ \"a\" ~ profile.§post_titel }}", "`profile.post_title`"),
    ("{{ profile.criteria[0].§txt }}", "`profile.criteria[0].text`"),
    ("{{ (profile.criteria | first)[§\"txt\"] }}", ""),
    ("{% set f = profile.criteria | first %}{{ f.§txt }}", "`f.text`"),
    ("{% for c in profile.criteria[1:] %}{{ c.§txt }}{% endfor %}", "`c.text`"),
    ("{% for c in profile.criteria | reverse %}{{ c.§txt }}{% endfor %}", "`c.text`"),
    ("{% for b in profile.blocks %}{% if b.§tezt %}x{% endif %}{% endfor %}", "`b.text`"),
    ("{{ profile.criteria[profile.§ours:] | length }}", "`profile.hours`"),
    ("{{ profile.criteria[1:profile.§ours] | length }}", "`profile.hours`"),
    ("{{ profile.criteria[::profile.§ours] | length }}", "`profile.hours`"),
    ("{{ labels[profile.§post_titel] }}", "`profile.post_title`"),
    ("{{ labels?[profile.§post_titel] }}", "`profile.post_title`"),
    ("{{ labels | get(key=profile.§post_titel) }}", "`profile.post_title`"),
    ("{{ labels | get(key=\"a\", default=profile.§post_titel) }}", "`profile.post_title`"),
    ("{{ throw(message=profile.§post_titel) }}", "`profile.post_title`"),
    ("{% set m = {\"a\": [1, ...profile.§tagz]} %}", "`profile.tags`"),
    ("{% set_global x = profile.§post_titel %}", "`profile.post_title`"),
    ("{% component c(x) %}{% endcomponent %}{{ <c x={[profile.§tagz]}/> }}", "`profile.tags`"),
    ("{% component c(x) %}{% endcomponent %}{% <c x={1}> %}{{ profile.§tagz }}{% </c> %}", "`profile.tags`"),
    ("{% component c(x) %}{{ x.§txt }}{% endcomponent %}{{ <c x={profile.criteria[0]}/> }}", "`x.text`"),
    ("{{ §post_title }}", "`profile.post_title`"),
    ("{{ §__tera_context }}", ""),
    ("{{ profile.criteria.§text }}", ""),
    ("{{ profile.post_title.§x }}", ""),
    ("{{ §loop.index }}", ""),
    ("{% set x = 1 %}{{ §y }}", ""),
    ("a\n\n  {% if profile.hours -%}\n\n é{# ü #} {{ profile.§post_titel }}{% endif %}", "`profile.post_title`"),
];

#[test]
fn a_misspelt_path_is_an_error_at_its_place_wherever_it_stands() {
    for (marked, meant) in MISSPELT {
        let (text, place) = unmarked(marked);
        let found = faults(&text);
        assert!(found.starts_with(&format!("unknown-path {place} ")), "{text}\n{found}");
        assert_eq!(found.lines().count(), 1, "{text}\n{found}");
        if !meant.is_empty() {
            assert!(found.contains(&format!("did you mean {meant}?")), "{text}\n{found}");
        }
    }
}

#[test]
fn paths_that_exist_are_taken_wherever_they_stand() {
    for (text, expected) in [
        ("{{ profile.post_title }}", "Learning mentor"),
        ("{{ profile[\"post_title\"] }}", "Learning mentor"),
        ("{{ labels.anything_goes | default(value=\"none\") }}", "none"),
        ("{{ labels[\"grade\"] }} {{ labels[profile.post_title] | default(value=\"-\") }}", "Grade \\-"),
        ("{{ anything.deep.er }}", "1"),
        ("{% if vacancy.reference %}yes{% endif %}", "yes"),
        ("{% if vacancy is defined and vacancy.contact?.email %}yes{% endif %}", "yes"),
        (
            "{% for c in profile.criteria %}{{ loop.index }}{{ c.text }}{% for d in c.below %}:{{ d.text }}{% endfor %} {% endfor %}",
            "1a degree:in English 2patience ",
        ),
        (
            "{% for c in profile.criteria %}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.index0 }} {% endfor %}",
            "truefalse20 falsetrue21 ",
        ),
        (
            "{% for organisation in profile.criteria %}{{ organisation.text }};{% endfor %}{{ organisation.short_name }}",
            "a degree;patience;Havering",
        ),
        ("{% for k, v in labels %}{{ k }}={{ v }} {% endfor %}", "grade=Grade hours=Hours "),
        (
            "{% for b in profile.blocks %}{% if b.kind == \"words\" %}{{ b.text }}{% else %}{{ b.items | list }}{% endif %} {% endfor %}",
            "Hello one, two and three ",
        ),
        (
            "{% for c in profile.criteria %}{% if loop.last %}{% break %}{% endif %}{{ c.text }}{% else %}none{% endfor %}",
            "a degree",
        ),
        ("{% set t = profile.post_title %}{{ t | upper }}", "LEARNING MENTOR"),
        ("{% if profile.grade %}{% set t = \"a\" %}{% else %}{% set t = \"b\" %}{% endif %}{{ t }}", "a"),
        ("{% set x = profile.criteria[0] %}{{ x.text }}", "a degree"),
        ("{{ [c.text for c in profile.criteria if c.note] | list }}", "a degree"),
        ("{{ \"a\" if profile.hours > 36 else \"b\" }}", "a"),
        ("{{ profile.hours * 2 + 1 - 3 / 1 }}", "71.0"),
        ("{{ 7 // 2 }} {{ 7 % 2 }} {{ 2 ** 3 }}", "3 1 8"),
        ("{% if not profile.grade or profile.hours >= 36 and \"school\" in profile.tags %}y{% endif %}", "y"),
        ("{% if \"Learn\" in profile.post_title and profile.hours is number %}y{% endif %}", "y"),
        ("{% if profile.status == \"published\" and profile.status in [\"draft\", \"published\"] %}y{% endif %}", "y"),
        ("{{ \"Post: \" ~ profile.post_title ~ \" \" ~ 1 }}", "Post: Learning mentor 1"),
        ("{{ profile.post_title[0] }}{{ profile.post_title[1:4] }}", "Lear"),
        ("{{ {\"a\": {\"b\": profile.post_title} }.a.b }}", "load"),
        ("{% set m = {\"a\": {\"b\": profile.post_title} } %}{{ m.a.b }}", "Learning mentor"),
        ("{% raw %}{{ nothing.here }}{% endraw %}{# {{ nor.here }} #}", "{{ nothing.here }}"),
        ("a  {%- if true -%}  b  {%- endif -%}  c", "abc"),
        (
            "{% set_global n = 1 %}{% for c in profile.criteria %}{% set_global n = loop.index %}{% endfor %}{{ n }}",
            "2",
        ),
        ("{% set x %}*{{ profile.post_title }}*{% endset %}{{ x }}", "*Learning mentor*"),
        (
            "{{ profile.tags | join(sep=\" / \") }} {{ labels | length }} {{ labels | keys | first }}",
            "school / term time 2 grade",
        ),
        ("{{ 1 | pluralize }}{{ 2 | pluralize }}", "s"),
    ] {
        let found = printed(text, &full());
        if expected == "load" {
            assert!(found.starts_with("load: template-syntax"), "{text}\n{found}");
        } else {
            assert_eq!(found, expected, "{text}");
        }
    }
}

#[test]
fn without_a_near_name_the_fault_lists_what_there_is() {
    assert_eq!(
        faults("{{ organisation.colour }}"),
        "unknown-path 1:17 `organisation` has no `colour` [possible: `name`, `short_name`]"
    );
    assert_eq!(faults("{{ profile.post_title.x }}"), "unknown-path 1:23 `profile.post_title` is text and has no `x`");
}

#[test]
fn a_condition_that_can_never_hold_is_an_error() {
    for (text, expected) in [
        (
            "{% if profile.status == \"publishd\" %}x{% endif %}",
            "unknown-value 1:25 `profile.status` is never \"publishd\" [did you mean `published`?]",
        ),
        (
            "{% if \"publishd\" != profile.status %}x{% endif %}",
            "unknown-value 1:7 `profile.status` is never \"publishd\" [did you mean `published`?]",
        ),
        (
            "{% if profile.status in [\"draft\", \"publik\"] %}x{% endif %}",
            "unknown-value 1:35 `profile.status` is never \"publik\" [possible: `draft`, `published`]",
        ),
        (
            "{% for b in profile.blocks %}{% if b.kind == \"wurds\" %}x{% endif %}{% endfor %}",
            "unknown-value 1:46 `b.kind` is never \"wurds\" [did you mean `words`?]",
        ),
        (
            "{% if profile.hours == \"36\" %}x{% endif %}",
            "unknown-value 1:24 `profile.hours` is a number and never equals \"36\"",
        ),
        (
            "{% if profile.politically_restricted == \"yes\" %}x{% endif %}",
            "unknown-value 1:41 `profile.politically_restricted` is yes or no and never equals \"yes\"",
        ),
        ("{% if 3 in profile.tags %}x{% endif %}", "unknown-value 1:7 `profile.tags` is text and never equals 3"),
        (
            "{% if profile.grade == \"G6\" and profile.grade != null and profile.politically_restricted == true %}x{% endif %}",
            "",
        ),
    ] {
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn what_cannot_be_checked_is_refused() {
    for text in [
        "{{ profile[organisation.name] }}",
        "{% if organisation.name in profile %}x{% endif %}",
        "{{ profile | get(key=organisation.name, default=\"\") }}",
        "{{ profile.criteria | sort(attribute=organisation.name) | length }}",
        "{% extends \"x\" %}",
        "{% block a %}{% endblock %}",
        "{% filter upper %}{{ profile.post_title }}{% endfilter %}",
        "{% set x | upper %}{{ profile.post_title }}{% endset %}",
        "{% set x %}a{% endset %}{{ x | upper }}",
        "{% set x %}a{% endset %}{{ x ~ \"b\" }}",
        "{% set x %}a{% endset %}{{ [x] | list }}",
        "{% set x %}a{% endset %}{{ profile.post_title | replace(from=\"a\", to=x) }}",
        "{% component c(@profile) %}{% endcomponent %}",
        "{% component c(...rest) %}{% endcomponent %}",
        "{% component c(a) %}{% endcomponent %}{{ <c {...labels} /> }}",
        "{{ {1: 2}[1] }}",
        "{% set m = {...labels} %}",
        "{% for c in profile.criteria %}{% set_global x = c %}{% endfor %}",
        "{% set x = profile %}{% for c in profile.criteria %}{% set_global x = \"a\" %}{% endfor %}",
        "{% set a = ((((((((((((((((((((((((((1)))))))))))))))))))))))))) %}",
    ] {
        let found = faults(text);
        assert!(found.contains("unsupported-expression") || found.contains("template-syntax"), "{text}\n{found}");
    }
}

#[test]
fn a_list_is_looped_over_and_text_is_printed() {
    for (text, expected) in [
        ("{% for x in profile.post_title %}{% endfor %}", "not-a-list 1:13 `profile.post_title` is text, not a list"),
        (
            "{% for k, v in profile.criteria %}{% endfor %}",
            "not-a-list 1:16 `profile.criteria` is a list, not a mapping",
        ),
        (
            "{{ profile.criteria }}",
            "unprintable-value 1:4 `profile.criteria` is a list, not text [print its fields, or a list with `| list`, `| join(sep=...)` or `{% for %}`]",
        ),
        (
            "{{ vacancy.contact }}",
            "unprintable-value 1:4 `vacancy.contact` is a mapping, not text [print its fields, or a list with `| list`, `| join(sep=...)` or `{% for %}`]",
        ),
        ("{{ profile.grade | list }}", "wrong-value 1:4 `list` takes a list, and `profile.grade` is text"),
        ("{{ profile.tags | date }}", "wrong-value 1:4 `date` takes text, and `profile.tags` is a list"),
        ("{{ null }}", "empty-value 1:4 `null` is always empty"),
    ] {
        assert_eq!(faults(text), expected, "{text}");
    }
}

#[test]
fn filters_tests_functions_and_their_arguments_are_known() {
    for (text, expected) in [
        ("{{ profile.post_title | uper }}", "unknown-filter 1:25 there is no filter `uper` [did you mean `upper`?]"),
        (
            "{% if profile.grade is deffined %}x{% endif %}",
            "unknown-test 1:24 there is no test `deffined` [did you mean `defined`?]",
        ),
        ("{{ now() }}", "unknown-function 1:4 there is no function `now` [possible: `range`, `throw`]"),
        (
            "{{ get_env(name=\"HOME\") }}",
            "unknown-function 1:4 there is no function `get_env` [possible: `range`, `throw`]",
        ),
        (
            "{{ get_random(start=1, end=2) }}",
            "unknown-function 1:4 there is no function `get_random` [possible: `range`, `throw`]",
        ),
        ("{{ super() }}", "unknown-function 1:4 there is no function `super` [possible: `range`, `throw`]"),
        (
            "{{ profile.grade | default }}",
            "missing-argument 1:20 `default` needs the argument `value` [write `default(value=...)`]",
        ),
        (
            "{{ profile.grade | default(valeu=1, value=2) }}",
            "unknown-argument 1:28 `default` has no argument `valeu` [did you mean `value`?]",
        ),
        (
            "{{ profile.tags | join(separator=1) }}",
            "unknown-argument 1:24 `join` has no argument `separator` [possible: `sep`]",
        ),
        ("{{ profile.post_title | jobpack_printed }}", "unknown-filter 1:25 there is no filter `jobpack_printed`"),
        (
            "{{ profile.criteria | group_by(attribute=\"text\") | length }}",
            "unknown-filter 1:23 there is no filter `group_by`",
        ),
    ] {
        assert_eq!(faults(text).split(" [possible: `date`").next(), Some(expected), "{text}");
    }
    for name in ["safe", "escape", "escape_html", "escape_xml", "newlines_to_br", "indent"] {
        let found = faults(&format!("{{{{ profile.post_title | {name} }}}}"));
        assert!(found.starts_with("unsafe-filter 1:25 "), "{found}");
    }
}

#[test]
fn every_filter_and_test_that_is_offered_exists() {
    use super::super::vocabulary::{FILTERS, FUNCTIONS, TESTS};
    for (words, before, after) in [
        (FILTERS, "{% if anything | ", "%}{% endif %}"),
        (TESTS, "{% if anything is ", "%}{% endif %}"),
        (FUNCTIONS, "{% if ", "%}{% endif %}"),
    ] {
        for word in words {
            let arguments: Vec<String> =
                word.required.iter().chain(word.optional).map(|name| format!("{name}=\"text\"")).collect();
            let arguments = if arguments.is_empty() && !std::ptr::eq(words, FUNCTIONS) {
                String::new()
            } else {
                format!("({})", arguments.join(", "))
            };
            assert_eq!(faults(&format!("{before}{}{arguments}{after}", word.name)), "");
        }
    }
}

#[test]
fn loops_are_nested_three_deep_at_most_and_one_over_range_stands_alone() {
    let nested = |lists: &[&str]| -> String {
        let (mut text, mut ends) = (String::new(), String::new());
        for (at, list) in lists.iter().enumerate() {
            let mark = if at + 1 == lists.len() { "§" } else { "" };
            text.push_str(&format!("\n{{% for {mark}v{at} in {list} %}}"));
            ends.push_str("{% endfor %}");
        }
        text + &ends
    };
    let (list, range) = ("profile.criteria", "range(end=9)");
    for fine in [nested(&[list; 3]), nested(&[range]), nested(&[list]) + &nested(&[list; 3])] {
        assert_eq!(faults(&fine.replace('§', "")), "", "{fine}");
    }
    for bad in [nested(&[list; 4]), nested(&[list, range]), nested(&[range, list]), format!("{{% for a in {list} %}}{{{{ [b for §b in {range}] | length }}}}{{% endfor %}}")] {
        let (text, place) = unmarked(&bad);
        assert!(faults(&text).starts_with(&format!("loops-too-deep {place} ")), "{text}\n{}", faults(&text));
    }
}
