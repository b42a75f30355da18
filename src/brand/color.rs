//! Colours as `#RRGGBB` and how well two of them are told apart.

/// `text` as `#RRGGBB`, if it is a hexadecimal colour of three, six or eight digits.
pub(super) fn normal_hex(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let six = match digits.len() {
        3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
        6 => digits.to_owned(),
        8 => digits[..6].to_owned(),
        _ => return None,
    };
    Some(format!("#{}", six.to_ascii_uppercase()))
}

/// Red, green and blue, 0 to 255.
fn channels(hex: &str) -> [f64; 3] {
    let channel = |at: usize| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).map_or(0.0, f64::from);
    [channel(1), channel(3), channel(5)]
}

/// Contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).
pub fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |hex: &str| {
        let [r, g, b] = channels(hex).map(|channel| {
            let share = channel / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// `share` of `one`, the rest of `other`; mixed in sRGB.
pub fn mixed(one: &str, other: &str, share: f64) -> String {
    let (one, other) = (channels(one), channels(other));
    let mix = |at: usize| (one[at] * share + other[at] * (1.0 - share)).round().clamp(0.0, 255.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=255")]
    let byte = |at: usize| mix(at) as u8;
    format!("#{:02X}{:02X}{:02X}", byte(0), byte(1), byte(2))
}
