//! Colours that stand on each other can be told apart, and the shade that is suggested does.

use proptest::prelude::*;

use super::*;
use crate::brand::color::hsl;
use crate::brand::{Brand, Kind, PAIRS, Role, contrast, nearest_shade, pole};

/// The brands of this project, by organisation.
fn brands_of_the_project() -> Vec<(String, Brand)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let organisations = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let brands: Vec<_> = organisations
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let file = crate::source::load(&path.join("_brand.yml"), &format!("profiles/{name}/_brand.yml")).expect("a brand");
            let (file, warnings) = read(&source::read(&file, Layer::Organisation).expect("YAML"), &name).expect("a brand without faults");
            assert_eq!(warnings, [], "{name}");
            (name, file.brand)
        })
        .collect();
    assert!(brands.len() >= 5, "{brands:#?}");
    brands
}

#[test]
fn every_pair_of_every_brand_can_be_told_apart() {
    for (name, brand) in brands_of_the_project() {
        for pair in PAIRS {
            let least = if pair.kind == Kind::Mark { 3.0 } else { 4.5 };
            assert!(pair.ratio(&brand) >= least, "{name}: {} has {:.2}:1", pair.place, pair.ratio(&brand));
        }
    }
}

#[test]
fn two_colours_that_are_too_close_are_refused_at_the_one_to_change() {
    let with = |colors: &str| format!("color:\n{colors}{FONTS}");
    for (colors, line, says) in [
        ("  foreground: '#8A8A8A'\n", "foreground: '#8A8A8A'", "`#8A8A8A` on `#FFFFFF` has a contrast of 3.45:1, and 4.5:1 is needed: body text on the page"),
        ("  secondary: '#E0A000'\n", "secondary: '#E0A000'", "numbers and bullets of lists"),
        ("  tertiary: '#777777'\n", "tertiary: '#777777'", "words in table heads and boxes"),
        ("  light: '#707070'\n", "light: '#707070'", "words in banded rows"),
        ("  palette:\n    sun: '#F2B134'\n  primary: sun\n", "sun: '#F2B134'", "lead paragraphs"),
    ] {
        let fault = refused(&with(colors), "low-contrast", line);
        assert!(fault.message.contains(says), "{fault:#?}");
    }
    let text = format!("{FONTS}  link:\n    color: '#7FB2E5'\n");
    refused(&text, "low-contrast", "color: '#7FB2E5'");
    let text = format!("{FONTS}  headings:\n    color: '#999999'\n");
    refused(&text, "low-contrast", "color: '#999999'");
}

#[test]
fn large_headings_may_have_less() {
    let with = |size: &str, more: &str| format!("{FONTS}  base:\n    size: {size}\n  headings: {{color: '#8A8A8A', weight: 700}}\n{more}");
    refused(&with("12pt", ""), "low-contrast", "headings: {color: '#8A8A8A', weight: 700}");
    brand(&with("14pt", ""));
    refused(&with("14pt", "defaults: {jobpack: {minimum-contrast: 7}}\n"), "low-contrast", "headings: {color: '#8A8A8A', weight: 700}");
}

/// What a hint names last between backticks.
fn suggested(fault: &Diagnostic) -> String {
    fault.hints[0].rsplit('`').nth(1).expect("a colour").to_owned()
}

#[test]
fn the_suggested_shade_ends_the_fault_in_all_uses_of_the_colour() {
    for colors in [
        "  palette:\n    sun: \"#F2B134\"\n  primary: sun\n  secondary: sun\n",
        "  foreground: \"#8A8A8A\"\n",
        "  secondary: \"#E0A000\"\n",
        "  tertiary: \"#777777\"\n",
        "  background: \"#EEDDCC\"\n  primary: \"#C06000\"\n",
    ] {
        let text = format!("color:\n{colors}{FONTS}");
        let (code, _, fault) = fault(&text);
        assert_eq!(code, "low-contrast");
        let span = fault.span.as_ref().expect("a place");
        let mended = format!("{}\"{}\"{}", &text[..span.range.start], suggested(&fault), &text[span.range.end..]);
        brand(&mended);
    }
}

#[test]
fn no_text_of_a_pair_is_left_out_of_the_table() {
    // Every role of text stands on the page at least, and the page stands on nothing.
    for role in [Role::Text, Role::Primary, Role::Secondary, Role::Heading, Role::Link, Role::Muted] {
        assert!(PAIRS.iter().any(|pair| pair.text == role && pair.on == Role::Background), "{role:?}");
    }
    for ground in [Role::Background, Role::Tint, Role::Light] {
        assert!(PAIRS.iter().any(|pair| pair.text == Role::Text && pair.on == ground), "{ground:?}");
    }
    assert!(PAIRS.iter().all(|pair| pair.text != Role::Background));
}

prop_compose! {
    fn colour()(r: u8, g: u8, b: u8) -> String { format!("#{r:02X}{g:02X}{b:02X}") }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Black or white always does for 4.5:1, so there always is a shade; it keeps its hue, and none that is nearer does.
    #[test]
    fn the_nearest_shade_does_and_keeps_its_hue(color in colour(), ground in colour()) {
        let does = |shade: &str| contrast(shade, &ground) >= 4.5;
        let shade = nearest_shade(&color, does).expect("a shade");
        prop_assert!(does(&shade), "{} on {}", shade, ground);
        let ([hue, saturation, light], [new_hue, _, new_light]) = (hsl(&color), hsl(&shade));
        // Rounding to bytes moves the hue of colours that are nearly grey, black or white.
        if saturation > 0.3 && (0.1..0.9).contains(&new_light) && (0.1..0.9).contains(&light) {
            let turn = (hue - new_hue).abs();
            prop_assert!(turn.min(360.0 - turn) < 6.0, "{} becomes {}", color, shade);
        }
        if shade != color {
            prop_assert!(!does(&color));
            let between = nearest_shade(&color, |other| {
                let other = hsl(other)[2];
                (other - light).abs() < (new_light - light).abs() - 0.012 && (other - light).abs() > 0.001
            });
            prop_assert!(between.is_none_or(|between| !does(&between)), "{}", color);
        }
    }

    #[test]
    fn black_or_white_can_be_read_on_everything(ground in colour()) {
        prop_assert!(contrast(pole(&ground), &ground) >= 4.58);
    }
}
