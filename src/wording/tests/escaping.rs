//! Data comes out as the text that it is, whatever Markdown could make of it.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::*;

const HOSTILE: &[&str] = &[
    "*x*",
    "**x**",
    "_x_",
    "__x__",
    "~~x~~",
    "`x`",
    "``",
    "[a](b)",
    "![a](b)",
    "[a][b]",
    "[^1]",
    "[a]: http://b",
    "<script>alert(1)</script>",
    "<!-- x -->",
    "<a@b.c>",
    "<http://x>",
    "# x",
    "#",
    "###### x #",
    "- x",
    "+ x",
    "* x",
    "1. x",
    "1) x",
    "123456789. x",
    "> x",
    "---",
    "***",
    "___",
    "- - -",
    "===",
    "-----",
    "```",
    "~~~",
    "    code",
    "\tcode",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a | b\n--- | ---",
    ": x",
    "$x$",
    "$$x$$",
    "^x^",
    "{{ x }}",
    "{% if x %}",
    "{# x #}",
    "{#id .class}",
    "&amp;",
    "&#42;x&#42;",
    "&lt;b&gt;",
    "\\*x\\*",
    "\\",
    "x\\",
    "x  \ny",
    "x\n\n# y",
    "x\r\ny\ry",
    "  x  ",
    "x\n===",
    "x\n---",
    "- [ ] x",
    "[[x]]",
    "\"x\" and 'y'",
    "a--b---c",
    "a...b",
    "don't",
    "1.5",
    "a.b.c",
    "-5",
    "+5",
    "=5",
    "!",
    "ends with !",
    "C:\\dir",
    "x\u{85}y",
    "x\u{2028}# y",
    "\u{feff}# x",
    "\u{a0}x",
    "é *ü*",
    "javascript:alert(1)",
    "https://example.org/a_b_c",
    "a_b@c_d.org",
    "",
    "***\n",
    "[x](javascript:alert(1))",
    "x](y) [z",
    "`a` `b",
    "\u{1f}empty-value\u{1f}\u{1f}x",
    "::: note",
    "+++",
    "%%%",
];

/// Events of the Markdown with every extension on.
fn events(markdown: &str) -> Vec<Event<'_>> {
    Parser::new_ext(markdown, Options::all()).collect()
}

/// The text of Markdown, if it is one paragraph of nothing but text.
fn plain(markdown: &str) -> Result<String, String> {
    let mut text = String::new();
    for event in events(markdown) {
        match event {
            Event::Text(words) => text.push_str(&words),
            Event::SoftBreak => text.push('\n'),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            other => return Err(format!("{other:?}")),
        }
    }
    Ok(text)
}

/// What is printed of a text: line breaks and tabs are spaces.
fn one_line(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .map(|char| {
            if matches!(char, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                char
            }
        })
        .collect()
}

fn escaped(text: &str) -> String {
    let mut out = Vec::new();
    super::super::escape::markdown(text, &mut out).expect("a vector takes anything");
    String::from_utf8(out).expect("UTF-8")
}

fn data(title: &str) -> Json {
    let mut data = full();
    data["profile"]["post_title"] = json!(title);
    data
}

/// A value inside words, at the start and end of lines, in headings, lists and tables.
#[track_caller]
fn literal_everywhere(text: &str) {
    let line = one_line(text);
    let trimmed = line.trim_matches(' ');
    let markdown = escaped(text);
    let inner = if trimmed.is_empty() && !line.is_empty() {
        " ".to_owned()
    } else {
        let lead = if line.starts_with(' ') { " " } else { "" };
        let trail = if line.ends_with(' ') { " " } else { "" };
        format!("{lead}{trimmed}{trail}")
    };
    assert!(!markdown.contains('\n') && !markdown.contains("{{") && !markdown.contains("{%"), "{markdown:?}");
    for (before, after) in
        [("a ", " b"), ("a", "b"), ("x\n", "\ny"), ("", ""), ("1", "2"), ("a\n", "b"), ("(", ")"), ("a! ", "(b)")]
    {
        let found = plain(&format!("{before}{markdown}{after}"));
        if inner.is_empty() && before.ends_with('\n') {
            continue;
        }
        let expected = format!("{before}{inner}{after}");
        assert_eq!(found.as_deref(), Ok(expected.as_str()), "{text:?} as {before:?}{markdown:?}{after:?}");
    }
    if !trimmed.is_empty() {
        for (start, kind) in [("# ", "Heading"), ("- ", "List"), ("> ", "BlockQuote"), ("| h |\n|---|\n| ", "Table")] {
            let markdown = format!("{start}{markdown}{}", if kind == "Table" { " |" } else { "" });
            let found = events(&markdown);
            assert!(format!("{:?}", found.first()).contains(kind), "{markdown:?} {found:?}");
            let text: String = found
                .iter()
                .filter_map(|event| if let Event::Text(words) = event { Some(&**words) } else { None })
                .collect();
            let expected = if kind == "Table" { format!("h{inner}") } else { inner.clone() };
            assert_eq!(text, expected, "{markdown:?}");
            assert!(
                !found.iter().any(|event| matches!(
                    event,
                    Event::Html(_) | Event::InlineHtml(_) | Event::Code(_) | Event::HardBreak
                )),
                "{markdown:?}"
            );
        }
        // where a link leads and what it is called; there, CommonMark takes no control characters
        if line.chars().any(char::is_control) {
            return;
        }
        let link = format!("[{markdown}](mailto:x{} \"{markdown}\")", escaped(&line.replace(' ', "")));
        let found = events(&link);
        let Some(Event::Start(Tag::Link { dest_url, title, .. })) = found.get(1) else { panic!("{link:?} {found:?}") };
        assert_eq!(dest_url.as_ref(), format!("mailto:x{}", line.replace(' ', "")), "{link:?}");
        assert_eq!(title.as_ref(), inner, "{link:?}");
    }
}

#[test]
fn hostile_data_is_literal_text_wherever_it_is_printed() {
    HOSTILE.iter().for_each(|text| literal_everywhere(text));
}

#[test]
fn everything_that_is_printed_is_escaped() {
    for template in [
        "{{ profile.post_title }}",
        "{{ profile.post_title ~ \"\" }}",
        "{{ profile.post_title | upper | lower }}",
        "{{ profile.post_title if true else \"\" }}",
        "{{ [profile.post_title] | list }}",
        "{{ [profile.post_title] | join(sep=\"\") }}",
        "{{ profile.grade | replace(from=\"G6\", to=profile.post_title) }}",
        "{% set x %}{{ profile.post_title }}{% endset %}{{ x }}",
        "{% set x = profile.post_title %}{{ x }}",
        "{% set x %}{{ profile.post_title }}{% endset %}{{ x | default(value=1) }}",
        "{% component c(x) %}{{ x }}{% endcomponent %}{{ <c x={profile.post_title}/> }}",
        "{% component c() %}{{ body }}{% endcomponent %}{% <c> %}{{ profile.post_title }}{% </c> %}",
        "{% component c(x) %}{{ x }}{% endcomponent %}{% set y %}{{ <c x={profile.post_title}/> }}{% endset %}{{ y }}",
        "{% for k, v in {\"a\": profile.post_title} %}{{ v }}{% endfor %}",
    ] {
        assert_eq!(printed(template, &data("*x* {{ y }} <b>")), "\\*x\\* \\{\\{ y \\}\\} &lt;b&gt;", "{template}");
    }
    let wording = load(&[("a", "{% include \"b.txt\" %}"), ("b.txt", "{{ profile.post_title }}")]).expect("loads");
    assert_eq!(wording.render("a", &view(&data("*x*"))).as_deref(), Ok("\\*x\\*"));
}

#[test]
fn the_words_of_the_template_are_markdown_still() {
    assert_eq!(
        printed("**{{ profile.post_title }}** [x](y) {% raw %}{{*}}{% endraw %}", &full()),
        "**Learning mentor** [x](y) {{*}}"
    );
}

#[test]
fn words_that_would_undo_an_escape_are_refused() {
    for text in [
        "C:\\{{ profile.post_title }}",
        "\\  {%- if true %}{{ profile.post_title }}{% endif %}",
        "\\{# x #}{{ profile.post_title }}",
        "&{{ profile.post_title }}",
        "&#{{ profile.post_title }}",
        "x\\",
    ] {
        assert!(faults(text).starts_with("unsafe-markup 1:"), "{text} {}", faults(text));
    }
    for text in [
        "C:\\\\{{ profile.post_title }}",
        "a\\\nb {{ profile.post_title }}",
        "\\* {{ profile.post_title }}",
        "& {{ profile.post_title }}",
    ] {
        assert_eq!(faults(text), "", "{text}");
    }
}

#[test]
fn keys_of_the_data_are_data_too() {
    let mut data = full();
    data["labels"] = json!({"*k*": "v"});
    assert_eq!(printed("{% for k, v in labels %}{{ k }}{% endfor %}", &data), "\\*k\\*");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_literal(text in "[ -~\t\n\ré\u{a0}]{0,24}") {
        literal_everywhere(&text);
    }

    #[test]
    fn any_markup_is_literal(text in "[-*_`~\\[\\](){}<>#+.!|$^&='\":;/a1 \\\\\n]{0,16}") {
        literal_everywhere(&text);
    }
}
