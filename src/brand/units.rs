//! Sizes, weights and numbers as a brand file writes them.

/// A length in points. `em` and `%` are of `whole` points; `rem` is 12 points, 16 pixels of the web (CSS Values and Units
/// Module Level 3, sections 5 and 6).
pub(super) fn points(text: &str, whole: f64) -> Option<f64> {
    let text = text.trim();
    let at = text.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(text.len());
    let number = number(text.get(..at)?.trim())?;
    let factor = match text.get(at..)? {
        "pt" | "" => 1.0,
        "px" => 0.75,
        "rem" => 12.0,
        "em" => whole,
        "%" => whole / 100.0,
        "mm" => 72.0 / 25.4,
        "cm" => 72.0 / 2.54,
        "in" => 72.0,
        _ => return None,
    };
    Some(number * factor)
}

/// A share: `0.03`, `0.03em` or `3%`.
pub(super) fn share(text: &str) -> Option<f64> {
    let text = text.trim();
    match (text.strip_suffix('%'), text.strip_suffix("em")) {
        (Some(percent), _) => Some(number(percent.trim())? / 100.0),
        (_, Some(ems)) => number(ems.trim()),
        _ => number(text),
    }
}

/// A weight by number or name (CSS Fonts Module Level 4, section 2.2.1, and the names of brand.yml).
pub(super) fn weight(text: &str) -> Option<f64> {
    match text {
        "thin" => Some(100.0),
        "extra-light" | "ultra-light" => Some(200.0),
        "light" => Some(300.0),
        "normal" | "regular" => Some(400.0),
        "medium" => Some(500.0),
        "semi-bold" | "demi-bold" => Some(600.0),
        "bold" => Some(700.0),
        "extra-bold" | "ultra-bold" => Some(800.0),
        "black" => Some(900.0),
        _ => number(text),
    }
}

/// A finite number.
pub(super) fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
