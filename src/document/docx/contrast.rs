//! Whether text can be read on a fill (WCAG 2.2, 1.4.3).
//!
//! Never chooses a colour where the brand's own can be read.

use crate::brand::contrast;

/// Black or white for text on `fill`, where the text colour itself has less than 4.5:1. Colours are `RRGGBB`, with or
/// without `#`; anything else counts as readable.
pub(super) fn readable_on(fill: &str, text: &str) -> Option<&'static str> {
    let (fill, text) = (hex(fill)?, hex(text)?);
    if contrast(&fill, &text) >= 4.5 {
        None
    } else if contrast(&fill, "#FFFFFF") > contrast(&fill, "#000000") {
        Some("FFFFFF")
    } else {
        Some("000000")
    }
}

fn hex(color: &str) -> Option<String> {
    let digits = color.trim_start_matches('#');
    (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| format!("#{digits}"))
}
