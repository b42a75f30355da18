//! Colours as `#RRGGBB`: read from CSS, mixed, told apart, moved to another shade of the same hue.

/// `text` as `#RRGGBB`, if it is a colour of CSS: hexadecimal digits, a name, `rgb()` or `hsl()` (CSS Color Module
/// Level 3, section 4). How far it lets through what is behind is left out: paper is white.
pub(super) fn normal(text: &str) -> Option<String> {
    let Some(digits) = text.strip_prefix('#') else {
        let svgtypes::Color { red, green, blue, alpha } = text.trim().parse().ok()?;
        return (alpha > 0).then(|| format!("#{red:02X}{green:02X}{blue:02X}"));
    };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let six = match digits.len() {
        3 | 4 => digits[..3].chars().flat_map(|digit| [digit, digit]).collect(),
        6 | 8 => digits[..6].to_owned(),
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
    written([0, 1, 2].map(|at| one[at] * share + other[at] * (1.0 - share)))
}

/// Black or white, whichever is farther from `color`: at least 4.58:1.
pub fn pole(color: &str) -> &'static str {
    if contrast(color, "#FFFFFF") >= contrast(color, "#000000") { "#FFFFFF" } else { "#000000" }
}

/// Channels of 0 to 255 as `#RRGGBB`.
fn written(channels: [f64; 3]) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=255")]
    let [r, g, b] = channels.map(|channel| channel.round().clamp(0.0, 255.0) as u8);
    format!("#{r:02X}{g:02X}{b:02X}")
}

/// Steps of lightness between black and white in which a shade is looked for.
const STEPS: u16 = 200;

/// The shade with the hue and saturation of `color`, and the lightness nearest to its own, that fits; none if no shade
/// does (CSS Color Module Level 3, section 4.2.4: hue, saturation, lightness).
pub fn nearest_shade(color: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
    if fits(color) {
        return Some(color.to_owned());
    }
    let [hue, saturation, lightness] = hsl(color);
    let candidates = (0..=STEPS).flat_map(|step| {
        let away = f64::from(step) / f64::from(STEPS);
        [lightness - away, lightness + away].map(|lightness| from_hsl(hue, saturation, lightness.clamp(0.0, 1.0)))
    });
    candidates.into_iter().find(|shade| fits(shade))
}

/// Hue in degrees, saturation and lightness from 0 to 1.
pub(super) fn hsl(color: &str) -> [f64; 3] {
    let [r, g, b] = channels(color).map(|channel| channel / 255.0);
    let (most, least) = (r.max(g).max(b), r.min(g).min(b));
    let (lightness, spread) = ((most + least) / 2.0, most - least);
    if spread == 0.0 {
        return [0.0, 0.0, lightness];
    }
    let saturation = spread / (1.0 - (2.0 * lightness - 1.0).abs());
    let sixth = if most == r {
        ((g - b) / spread).rem_euclid(6.0)
    } else if most == g {
        (b - r) / spread + 2.0
    } else {
        (r - g) / spread + 4.0
    };
    [sixth * 60.0, saturation, lightness]
}

fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> String {
    let channel = |offset: f64| {
        let place = (offset + hue / 30.0).rem_euclid(12.0);
        let reach = saturation * lightness.min(1.0 - lightness);
        255.0 * (lightness - reach * (place - 3.0).min(9.0 - place).clamp(-1.0, 1.0))
    };
    written([channel(0.0), channel(8.0), channel(4.0)])
}
