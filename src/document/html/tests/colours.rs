//! Text can be read in every brand, in light and in dark.

use super::sample::brand_of;
use super::style;
use crate::brand::contrast;
use crate::layout::HeadingRule;
use crate::document::html::palette::Palette;

fn check(brand: &crate::brand::Brand, what: &str) {
    for (scheme, palette) in [("light", Palette::light(brand)), ("dark", Palette::dark(brand))] {
        for (text, surface) in palette.pairs() {
            let ratio = contrast(text, surface);
            assert!(ratio >= 4.5, "{what}, {scheme}: {text} on {surface} is {ratio:.2}: {palette:#?}");
        }
    }
}

#[test]
fn text_has_enough_contrast_in_every_brand_of_the_project() {
    for organisation in ["havering", "bradford", "gla", "heston", "millbrook"] {
        check(&brand_of(organisation), organisation);
    }
}

#[test]
fn text_has_enough_contrast_whatever_the_brand_says() {
    let levels = ["00", "55", "77", "AA", "FF"];
    let colours: Vec<String> =
        levels.iter().flat_map(|r| levels.iter().map(move |g| format!("#{r}{g}{}", if r == g { "80" } else { "30" }))).collect();
    for page in &colours {
        for strong in &colours {
            let mut brand = brand_of("havering");
            brand.color.background.clone_from(page);
            brand.color.primary.clone_from(strong);
            brand.color.tertiary.clone_from(strong);
            brand.color.light.clone_from(strong);
            brand.color.dark.clone_from(strong);
            brand.color.foreground.clone_from(strong);
            brand.headings.color.clone_from(page);
            brand.link.color.clone_from(strong);
            check(&brand, &format!("{page} and {strong}"));
        }
    }
}

#[test]
fn a_colour_that_can_be_read_is_left_as_the_brand_has_it() {
    let brand = brand_of("havering");
    let light = Palette::light(&brand);
    assert_eq!([&light.page, &light.tint, &light.band], ["#FFFFFF", "#E3F0E8", "#F3F9F5"]);
    assert_eq!([&light.text, &light.heading, &light.link, &light.primary], ["#1B211F", "#0B4F3F", "#0B4F3F", "#0B4F3F"]);
    assert!(contrast(&Palette::dark(&brand).page, "#FFFFFF") > 13.0, "the dark page is dark");
}

#[test]
fn body_text_is_never_smaller_than_eighteen_pixels_and_grows_with_large_print() {
    assert!(style("havering").css().contains("font-size: 1.125rem;"));
    let mut brand = brand_of("havering");
    brand.base.size = 18.0;
    let template = crate::document::html::PageTemplate::new(None, HeadingRule::Below).expect("a template");
    assert!(template.for_brand(&brand, Default::default(), std::sync::Arc::default()).expect("a style sheet").css().contains("font-size: 1.688rem;"));
}
