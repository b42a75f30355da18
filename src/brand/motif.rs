//! The motif: shapes on the field of a cover, drawn as an SVG in `currentColor` and dressed in shades of the brand.
//!
//! It is decoration. No words stand in it, and words over it can be read as if it weren't there.

use schemars::JsonSchema;
use serde::Serialize;

use super::color::{contrast, mixed};

/// Where the motif is, by what it stands on: paths inside the typesetting world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Motif {
    /// On a field of the primary colour.
    pub field: String,
    /// On paper.
    pub paper: String,
}

/// An SVG with every `currentColor` in this colour (CSS Color 4, section 9.3).
pub fn dressed(svg: &str, color: &str) -> String {
    svg.replace("currentColor", color).replace("currentcolor", color)
}

/// How far the shapes are from the field: enough to be seen, too little to ask for attention.
const SHARE: f64 = 0.08;

/// Shapes on `primary`: towards white, unless words in `on_primary` would then stand out less than they have to.
pub(super) fn shade(primary: &str, on_primary: &str) -> String {
    let lighter = mixed("#FFFFFF", primary, SHARE);
    let least = contrast(on_primary, primary).min(4.5);
    if contrast(on_primary, &lighter) >= least { lighter } else { mixed("#000000", primary, SHARE) }
}

#[cfg(test)]
mod tests {
    use super::{contrast, dressed, shade};

    #[test]
    fn words_can_be_read_on_the_shapes_of_every_field() {
        for (primary, words) in [("#16203A", "#FFFFFF"), ("#767676", "#FFFFFF"), ("#FFD500", "#000000"), ("#FFFFFF", "#000000")] {
            let shade = shade(primary, words);
            assert!(contrast(words, &shade) >= contrast(words, primary).min(4.5), "{words} on {shade} on {primary}");
        }
    }

    #[test]
    fn only_the_current_colour_is_dressed() {
        let svg = r##"<svg fill="currentColor"><rect fill="#123456"/></svg>"##;
        assert_eq!(dressed(svg, "#ABCDEF"), r##"<svg fill="#ABCDEF"><rect fill="#123456"/></svg>"##);
    }
}
