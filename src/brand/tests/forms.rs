//! The forms in which the brand.yml format says things, as files of other tools use them.

use super::*;
use crate::brand::{CoverStyle, TableStyle};

#[test]
fn everything_may_be_said_in_its_short_form() {
    let file = brand(&format!(
        "meta: {{name: Testham, link: https://www.example.org}}\nlogo: {{path: mark.svg, alt: Testham}}\n{FONTS}  base: Plain Sans\n  headings: Plain Sans\n  monospace: Code Mono\n  link: navy\n"
    ));
    assert_eq!((file.brand.name.as_str(), file.brand.website.as_deref()), ("Testham", Some("https://www.example.org")));
    assert_eq!((file.brand.base.family.as_str(), file.brand.headings.family.as_str()), ("Plain Sans", "Plain Sans"));
    assert_eq!(file.brand.link.color, "#000080");
    assert_eq!(file.logo.expect("a logo").0, "mark.svg");
    assert_eq!(file.fonts.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["plain.ttf"]);
}

#[test]
fn a_brand_that_says_almost_nothing_has_defaults_that_follow_the_guidance() {
    let file = brand(FONTS);
    assert_eq!(file.brand.name, "Testham Council");
    assert_eq!((file.brand.base.size, file.brand.base.line_height), (12.0, 1.5));
    assert_eq!((file.brand.settings.cover, file.brand.settings.table), (CoverStyle::Plain, TableStyle::Rules));
    assert!(file.brand.settings.header && file.brand.link.underline);
}

#[test]
fn a_name_may_be_short_and_full_and_a_link_one_of_several() {
    let file = brand(&format!("meta:\n  name: {{short: T, full: Testham Town}}\n  link: {{home: https://t.example.org, mastodon: x}}\n{FONTS}"));
    assert_eq!((file.brand.name.as_str(), file.brand.short_name.as_deref()), ("Testham Town", Some("T")));
    assert_eq!(file.brand.website.as_deref(), Some("https://t.example.org"));
}

#[test]
fn a_colour_may_be_written_in_every_way_of_css_and_stand_for_another() {
    for (written, meant) in [
        ("\"#0b3f5c\"", "#0B3F5C"),
        ("\"#036\"", "#003366"),
        ("\"#036f\"", "#003366"),
        ("\"#0B3F5CCC\"", "#0B3F5C"),
        ("navy", "#000080"),
        ("rgb(11, 63, 92)", "#0B3F5C"),
        ("hsl(210, 100%, 20%)", "#003366"),
        ("sea", "#0B3F5C"),
        ("water", "#0B3F5C"),
        ("black", "#111111"),
        ("foreground", "#111111"),
        ("{light: sea, dark: white}", "#0B3F5C"),
    ] {
        let palette = "  palette: {sea: '#0B3F5C', water: sea, black: '#111111', own: own}\n  foreground: black\n";
        let file = brand(&format!("color:\n{palette}  primary: {written}\n{FONTS}"));
        assert_eq!(file.brand.color.primary, meant, "{written}");
    }
    refused(&format!("color:\n  palette: {{sea: '#0B3F5C'}}\n  primary: see\n{FONTS}"), "unknown-colour", "primary: see");
    refused(&format!("color:\n  primary: transparent\n{FONTS}"), "unknown-colour", "primary: transparent");
    refused(&format!("color:\n  primary: [a]\n{FONTS}"), "unknown-colour", "primary: [a]");
    refused(&format!("color:\n  palette:\n    a: b\n    b: a\n  primary: a\n{FONTS}"), "unknown-colour", "b: a");
}

#[test]
fn a_size_may_be_written_in_every_unit() {
    for (written, points) in [("16px", 12.0), ("12pt", 12.0), ("1rem", 12.0), ("1.25em", 15.0), ("150%", 18.0), ("20px", 15.0), ("0.5cm", 14.17), ("14", 14.0)] {
        let size = brand(&format!("{FONTS}  base: {{size: {written}}}\n")).brand.base.size;
        assert!((size - points).abs() < 0.01, "{written} is {size}");
    }
    let headings = |size: &str| brand(&format!("{FONTS}  base: {{size: 20px}}\n  headings: {{size: {size}, line-height: 120%, weight: semi-bold}}\n")).brand.headings;
    assert_eq!((headings("2em").size, headings("140%").size, headings("2rem").size), (30.0, 21.0, 24.0));
    assert_eq!((headings("2em").line_height, headings("2em").weight), (1.2, 600));
}

#[test]
fn body_text_below_the_minimum_is_warned_about_or_refused() {
    let (code, line, fault) = fault(&format!("{FONTS}  base:\n    size: 11pt\n"));
    assert_eq!((code, line.as_str(), fault.severity), ("small-text", "size: 11pt", Severity::Warning));
    let own = format!("{FONTS}  base:\n    size: 13pt\ndefaults:\n  jobpack: {{minimum-size: 14pt}}\n");
    refused(&own, "small-text", "size: 13pt");
    brand(&format!("{FONTS}  base:\n    size: 10pt\ndefaults:\n  jobpack: {{minimum-size: 10pt}}\n"));
}

#[test]
fn fonts_of_files_may_list_paths_or_mappings() {
    let files = "      files:\n        - a.ttf\n        - path: b.otf\n          weight: 700\n          style: italic\n        - {path: c.ttf, weight: bold}\n";
    let file = brand(&format!("typography:\n  fonts:\n    - family: Plain Sans\n      source: file\n{files}"));
    assert_eq!(file.fonts.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["a.ttf", "b.otf", "c.ttf"]);
}

#[test]
fn a_font_that_is_elsewhere_is_refused_where_documents_would_be_set_in_it() {
    let with = |source: &str, used: &str| {
        format!("typography:\n  fonts:\n    - family: Plain Sans\n      files: [a.ttf]\n    - family: Web Sans\n      source: {source}\n      weight: [400, 700..900]\n      style: [normal, italic]\n{used}")
    };
    for source in ["google", "bunny"] {
        let fault = refused(&with(source, "  base: Web Sans\n"), "remote-font", &format!("source: {source}"));
        assert!(fault.hints.iter().any(|hint| hint.contains("source: file")), "{fault:#?}");
        refused(&with(source, "  headings:\n    family: Web Sans\n    weight: 600\n"), "remote-font", &format!("source: {source}"));
        // Nothing is set in it.
        brand(&with(source, "  base: Plain Sans\n  monospace:\n    family: Web Sans\n    size: 0.9em\n"));
    }
    refused(&with("system", "  base: Web Sans\n"), "system-font", "source: system");
    refused(&with("file", "  base: Web Sans\n"), "missing-field", "- family: Web Sans");
    refused(&format!("{FONTS}  base: Plain Sands\n"), "unknown-font", "base: Plain Sands");
    refused("typography:\n  base: Jura\n", "missing-field", "base: Jura");
    let remote = "typography:\n  fonts:\n    - family: Plain Sans\n      files:\n        - https://fonts.example.org/a.ttf\n";
    refused(remote, "remote-font", "- https://fonts.example.org/a.ttf");
}

#[test]
fn a_file_of_another_tool_works_and_its_settings_are_left_alone() {
    let text = format!(
        "meta:\n  name: Testham\n  link:\n    home: https://www.example.org\n    github: https://example.org/code\n\
         logo:\n  images:\n    mark: {{path: mark.png, alt: Testham}}\n    wide: {{path: wide.svg, alt: Testham Town}}\n    night: {{path: night.svg, alt: Testham Town}}\n  small: mark\n  large: {{light: wide, dark: night}}\n\
         color:\n  palette: {{ink: '#222222', teal: '#0A5C66', paper: white}}\n  foreground: {{light: ink, dark: paper}}\n  background: {{light: paper, dark: ink}}\n  primary: teal\n  success: green\n  info: teal\n  warning: orange\n  danger: no-such\n\
         {FONTS}  base: {{family: Plain Sans, size: 16px, weight: 400, line-height: 1.5}}\n  headings: {{family: Plain Sans, weight: bold, style: normal, color: primary, line-height: 1.2}}\n  monospace-inline: {{color: teal, background-color: '#eeeeee', size: 0.9em, weight: normal}}\n  monospace-block: {{line-height: 1.3}}\n  link: {{weight: 500, color: teal, background-color: white, decoration: none}}\n\
         defaults:\n  bootstrap:\n    version: 5\n    defaults: {{navbar-bg: $brand-orange}}\n    rules: '.a {{ color: red; }}'\n  quarto:\n    format: {{html: {{toc: true}}}}\n  shiny: {{theme: {{preset: flatly}}}}\n"
    );
    let file = brand(&text);
    assert_eq!((file.brand.color.foreground.as_str(), file.brand.color.background.as_str()), ("#222222", "#FFFFFF"));
    assert_eq!((file.brand.headings.color.as_str(), file.brand.link.underline), ("#0A5C66", false));
    let logos = (file.brand.logo.expect("a logo"), file.brand.logo_dark.expect("a dark logo"));
    assert_eq!((logos.0.path.as_str(), logos.1.path.as_str()), ("/brand/logo.svg", "/brand/logo-dark.svg"));
    assert_eq!((file.logo.expect("a file").0.as_str(), file.logo_dark.expect("a file").0.as_str()), ("wide.svg", "night.svg"));
}

#[test]
fn a_logo_needs_words_and_a_file() {
    let with = |logo: &str| format!("{logo}{FONTS}");
    refused(&with("logo: mark.svg\n"), "missing-alt", "logo: mark.svg");
    refused(&with("logo:\n  medium: mark\n  images: {marc: {path: a.svg, alt: A}}\n"), "unknown-value", "medium: mark");
    refused(&with("logo:\n  medium: {path: 'https://example.org/a.svg', alt: A}\n"), "remote-logo", "medium: {path: 'https://example.org/a.svg', alt: A}");
    let file = brand(&with("logo:\n  medium: {light: {path: a.svg, alt: A}, dark: {path: b.png, alt: A}}\n"));
    assert_eq!(file.brand.logo_dark.expect("a dark logo").path, "/brand/logo-dark.png");
    assert!(brand(&with("logo: {path: a.svg, alt: A}\n")).brand.logo_dark.is_none());
}

#[test]
fn our_own_settings_are_read_and_a_misspelt_one_is_refused() {
    let with = |settings: &str| format!("{FONTS}defaults:\n  jobpack:\n{settings}");
    let file = brand(&with(
        "    paper: us-letter\n    margin: {top: 20mm, left: 1in}\n    header: false\n    footer: www.example.org\n    letter-spacing: 3%\n    word-spacing: 0.1em\n    rule-weight: 2\n    single-column: true\n    minimum-contrast: 7\n",
    ));
    let settings = file.brand.settings;
    assert!((settings.margin[0] - 56.69).abs() < 0.01 && settings.margin[1..] == [57.0, 62.0, 72.0], "{:?}", settings.margin);
    assert!(!settings.header && settings.single_column);
    assert_eq!((settings.footer.as_deref(), settings.letter_spacing, settings.rule_weight), (Some("www.example.org"), 0.03, 2.0));
    for (setting, code, hint) in [
        ("heder: false", "unknown-field", "did you mean `header`?"),
        ("minimum-szie: 12pt", "unknown-field", "did you mean `minimum-size`?"),
        ("margin: {tip: 1cm}", "unknown-field", "possible: top, right, bottom, left"),
        ("cover: ful", "unknown-value", "possible: `plain`, `band`, `full`"),
        ("footer: [a]", "wrong-type", "write one line, such as `footer: www.example.org`"),
        ("minimum-contrast: 3", "out-of-range", "write it as `7`"),
    ] {
        let fault = refused(&with(&format!("    {setting}\n")), code, setting);
        assert_eq!(fault.hints, [hint], "{setting}");
    }
    let fault = refused(&format!("{FONTS}defaults:\n  jobpak: {{}}\n"), "unknown-field", "jobpak: {}");
    assert_eq!(fault.hints, ["did you mean `jobpack`?"]);
}

#[test]
fn a_key_that_is_nearly_one_of_the_format_is_pointed_out() {
    for (text, line) in [("colour:\n  primary: navy\n", "colour:"), ("color:\n  foregroud: navy\n", "foregroud: navy")] {
        let (code, at, fault) = fault(&format!("{text}{FONTS}"));
        assert_eq!((code, at.as_str(), fault.severity), ("unknown-field", line, Severity::Warning));
    }
    brand(&format!("color:\n  highlight: navy\n{FONTS}"));
}
