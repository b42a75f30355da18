//! Random templates: no panic, and never more lenient than Tera.

use proptest::prelude::*;

use super::*;

/// Pieces that make templates which almost parse.
const PIECES: &[&str] = &[
    "{{",
    "}}",
    "{%",
    "%}",
    "{{-",
    "-}}",
    "{%-",
    "-%}",
    "{#",
    "#}",
    "{# x #}",
    "{% raw %}",
    "{% endraw %}",
    "{%- raw -%}",
    "{%-endraw-%}",
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "in",
    "endfor",
    "set",
    "endset",
    "set_global",
    "include",
    "component",
    "endcomponent",
    "break",
    "continue",
    "filter",
    "profile",
    "profile.post_title",
    "profile.nothing",
    "vacancy?.contact",
    "organisation",
    ".",
    "?.",
    "?[",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "<",
    "</",
    "/>",
    ">",
    "c",
    "x",
    "loop.index",
    "loop",
    "and",
    "or",
    "not",
    "is",
    "defined",
    "none",
    "null",
    "true",
    "|",
    "upper",
    "default(value=1)",
    "list",
    "=",
    "==",
    "!=",
    "~",
    "+",
    "-",
    "*",
    "**",
    "/",
    "//",
    "%",
    ",",
    ":",
    "...",
    "@",
    "1",
    "1.5",
    "999999999999999999999",
    "\"a\"",
    "'b\\'",
    "`c`",
    "\"\\q\"",
    "é",
    "\n",
    " ",
    " ",
    " ",
    "\\",
    "&",
    "{{ profile.post_title }}",
    "{% if profile.grade %}",
    "{% endif %}",
    "{% for x in profile.criteria %}",
    "{% endfor %}",
    "{{ x.text }}",
    "{% set x = 1 %}",
    "{% include \"page.md\" %}",
    "{% component c(x) %}",
    "{% endcomponent %}",
    "{{ <c x={1}/> }}",
    "{% <c x={1}> %}",
    "{% </c> %}",
    "[x for x in x]",
    "\u{1f}",
];

/// Loads, and renders what loads; Tera has to agree with everything that was taken.
fn survives(text: &str) {
    let found = load(&[("page.md", text), ("other.md", "{% include \"page.md\" %}")]);
    if let Ok(wording) = found {
        let mut tera = tera::Tera::new();
        let plain = tera.add_raw_template("page.md", text);
        let known = plain.err().map(|error| error.to_string()).is_none_or(|error| error.contains("Unknown filter"));
        assert!(known, "taken, but Tera refuses: {text}");
        for data in [full(), bare(), json!({})] {
            for name in ["page.md", "other.md"] {
                if let Err(faults) = wording.render(name, &view(&data)) {
                    assert!(
                        faults.iter().all(|fault| fault.span.is_some() && !fault.message.is_empty()),
                        "{text}\n{}",
                        shown(&faults)
                    );
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_of_templates_never_panic(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
        survives(&pieces.concat());
    }

    #[test]
    fn words_in_a_tag_never_panic(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..8)) {
        survives(&format!("{{{{ {} }}}}", pieces.join(" ")));
        survives(&format!("{{% if {} %}}x{{% endif %}}", pieces.join(" ")));
    }

    #[test]
    fn any_text_never_panics(text in "\\PC{0,60}") {
        survives(&text);
    }
}

/// Expressions that are mostly right, with `LEAF` at one or more places.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(
        &[
            "1",
            "2.5",
            "\"a\"",
            "\"B c\"",
            "true",
            "null",
            "profile.post_title",
            "profile.hours",
            "profile.criteria[0].text",
            "vacancy?.contact?.name",
            "organisation[\"name\"]",
            "profile.tags",
            "[1, 2]",
            "LEAF",
            "LEAF",
            "LEAF",
        ][..],
    );
    leaf.prop_map(str::to_owned).prop_recursive(5, 24, 3, |inner| {
        let sign = prop::sample::select(
            &["+", "-", "*", "/", "//", "%", "**", "~", "~", "==", "!=", "<", ">=", "and", "or", "in", "not in"][..],
        );
        let filter = prop::sample::select(
            &[
                "upper",
                "lower",
                "str",
                "length",
                "default(value=1)",
                "list",
                "first",
                "join(sep=\"-\")",
                "abs",
                "int",
                "trim",
                "reverse",
            ][..],
        );
        let test =
            prop::sample::select(&["is defined", "is not none", "is string", "is containing(pat=\"a\")", "is odd"][..]);
        prop_oneof![
            (inner.clone(), sign, inner.clone()).prop_map(|(left, sign, right)| format!("{left} {sign} {right}")),
            (inner.clone(), filter.clone()).prop_map(|(of, filter)| format!("{of} | {filter}")),
            (inner.clone(), filter).prop_map(|(of, filter)| format!("({of})|{filter}")),
            (inner.clone(), test).prop_map(|(of, test)| format!("{of} {test}")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("{a} if {b} else {c}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} | default(value={b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("[{a}, ...[{b}]]")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("[{a} for x in [{b}] if x]")),
            inner.clone().prop_map(|of| format!("({of})")),
            inner.clone().prop_map(|of| format!("not {of}")),
            inner.clone().prop_map(|of| format!("-{of}")),
            inner.clone().prop_map(|of| format!("({of})[0]")),
            inner.clone().prop_map(|of| format!("({of})[1:]")),
            inner.clone().prop_map(|at| format!("profile.criteria[{at}]")),
            inner.clone().prop_map(|at| format!("profile.tags[1:{at}]")),
            inner.prop_map(|value| format!("{{\"a\": {value} }}")),
        ]
    })
}

/// A Tera with our filters and escapes, but without guards and checks.
fn unguarded(text: &str, data: &Json) -> Result<String, tera::Error> {
    let mut tera = tera::Tera::new();
    super::super::filters::register(&mut tera);
    tera.autoescape_on([""]);
    tera.set_escape_fn(super::super::escape::markdown);
    tera.add_raw_template("page.md", text)?;
    tera.render("page.md", &tera::Context::from_serialize(data)?)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_unknown_path_is_found_anywhere_in_any_expression(expression in expression()) {
        if !expression.contains("LEAF") {
            return Ok(());
        }
        let expression = expression.replacen("LEAF", "profile.zzz", 1).replace("LEAF", "profile.hours");
        for text in [
            format!("{{{{ {expression} }}}}"),
            format!("{{% if {expression} %}}x{{% endif %}}"),
            format!("{{% set y = {expression} %}}"),
            format!("{{% if false %}}{{% elif {expression} %}}x{{% endif %}}"),
            format!("{{% component c(a) %}}{{% endcomponent %}}{{{{ <c a={{{expression}}}/> }}}}"),
        ] {
            let faults = load(&[("page.md", &text)]).err().unwrap_or_default();
            let at = text.find("zzz").unwrap_or_default();
            let found = faults.iter().any(|fault| match fault.code {
                "unknown-path" => fault.span.as_ref().is_some_and(|span| span.range == (at..at + 3)),
                "template-syntax" | "unsupported-expression" => true,
                _ => false,
            });
            prop_assert!(found, "{text}\n{}", shown(&faults));
        }
    }

    #[test]
    fn guards_change_nothing_but_empty_values(expression in expression()) {
        let expression = expression.replace("LEAF", "profile.grade");
        let text = format!("{{% set x = {expression} %}}a{{% if {expression} %}}{{{{ {expression} }}}}{{% endif %}}");
        if let Ok(wording) = load(&[("page.md", &text)]) {
            for data in [full(), bare()] {
                match (wording.render("page.md", &view(&data)), unguarded(&text, &data)) {
                    (Ok(ours), plain) => prop_assert_eq!(Some(ours), plain.ok(), "{}", text),
                    (Err(faults), Ok(_)) => {
                        prop_assert!(faults.iter().all(|fault| matches!(fault.code, "empty-value" | "unprintable-value")), "{text}\n{}", shown(&faults));
                    }
                    (Err(_), Err(_)) => {}
                }
            }
        }
    }
}

#[test]
fn very_deep_templates_are_refused() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{\"a\":", "}"), ("not ", ""), ("-", ""), ("x[", "]")] {
        let text = format!("{{{{ {}1{} }}}}", open.repeat(3000), close.repeat(3000));
        assert!(!faults(&text).is_empty(), "{open}");
    }
    let many = format!("{{% if true %}}{}{{% endif %}}", "{% elif false %}".repeat(500));
    assert_eq!(faults(&many), "");
    let text = format!("{}x{}", "{% if true %}".repeat(3000), "{% endif %}".repeat(3000));
    assert!(faults(&text).starts_with("template-syntax"), "{}", faults(&text));
}

#[test]
fn guards_leave_what_an_expression_means_as_it_is() {
    // precedence around the inserted guards, against Tera without them
    for expression in [
        "1 + 2 * 3",
        "\"a\" ~ 1 + 2",
        "1 + 2 | float",
        "-1 | abs",
        "not false and true",
        "2 ** 3 ** 2",
        "\"a\" ~ \"b\" | upper",
        "\"a\" ~ \"b\" | upper ~ \"c\"",
        "\"a\" in \"abc\" | upper",
        "1 if false else 2 if true else 3",
        "\"x\" if \"a\" == \"a\" | lower else \"y\"",
        "[1, 2, 3][1:] | length",
        "[1, 2][0] ~ [3][0] | str",
        "(1 + 2) | str ~ \"x\"",
        "\"a\" | upper | lower ~ \"b\" | upper",
        "1 < 2 and 3 > 2 or false",
        "5 - 3 - 1",
        "\"b\" not in \"abc\" | trim",
        "\"a\" is string | str",
        "[x * 2 for x in [1, 2, 3] if x > 1] | length",
        "(\"a\" | upper) ~ (\"B\" | lower)",
        "\"1\" | int + 1",
    ] {
        let text = format!("{{{{ {expression} }}}}");
        let plain = tera::Tera::one_off(&text, &tera::Context::new(), false);
        match (plain, printed(&text, &full())) {
            (Ok(plain), ours) => assert_eq!(ours, plain, "{expression}"),
            (Err(_), ours) => assert!(ours.contains(" 1:"), "{expression} {ours}"),
        }
    }
}

#[test]
#[ignore = "a measurement, not a check"]
fn how_long_it_takes() {
    let text = "# {{ profile.post_title }}\n{% for c in profile.criteria %}- {{ c.text }}{% if c.note %} ({{ c.note }}){% endif %}\n{% endfor %}\n                {{ organisation.name }} closes on {{ vacancy.closes_on | date }} at {{ vacancy.closes_at | time }}. ".repeat(10);
    let start = std::time::Instant::now();
    for _ in 0..100 {
        load(&[("page.md", &text)]).expect("loads");
    }
    eprintln!("load {:?}", start.elapsed() / 100);
    let wording = load(&[("page.md", &text)]).expect("loads");
    let data = full();
    let start = std::time::Instant::now();
    for _ in 0..1000 {
        view(&data);
    }
    eprintln!("view {:?}", start.elapsed() / 1000);
    let view = view(&data);
    let start = std::time::Instant::now();
    for _ in 0..1000 {
        wording.render("page.md", &view).expect("renders");
    }
    eprintln!("render {:?}", start.elapsed() / 1000);
}
