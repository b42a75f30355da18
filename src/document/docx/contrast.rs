//! Whether text can be read on a fill (WCAG 2.2, 1.4.3).
//!
//! Never chooses a colour where the brand's own can be read.

/// Black or white for text on `fill`, where the text colour itself has less than 4.5:1. Colours are `RRGGBB`, with or
/// without `#`; anything else counts as readable.
pub(super) fn readable_on(fill: &str, text: &str) -> Option<&'static str> {
    let (fill, text) = (luminance(fill)?, luminance(text)?);
    if ratio(fill, text) >= 4.5 {
        None
    } else if ratio(fill, 1.0) > ratio(fill, 0.0) {
        Some("FFFFFF")
    } else {
        Some("000000")
    }
}

fn ratio(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance.
fn luminance(color: &str) -> Option<f64> {
    let digits = color.trim_start_matches('#');
    let channel = |from: usize, weight: f64| {
        let value = u8::from_str_radix(digits.get(from..from + 2)?, 16).ok()?;
        let share = f64::from(value) / 255.0;
        let linear = if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) };
        Some(linear * weight)
    };
    Some(channel(0, 0.2126)? + channel(2, 0.7152)? + channel(4, 0.0722)?)
}
