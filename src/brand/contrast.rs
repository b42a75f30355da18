//! Which colours stand on which, and whether they can be told apart there (WCAG 2.2, 1.4.3 and 1.4.11).
//!
//! [`PAIRS`] is the one table of it: what the shared components of `templates/base`, the styles of Word and the style
//! sheet do. A layout that puts other colours on top of each other answers for it itself.

use std::collections::BTreeMap;

use super::color::{contrast, mixed, nearest_shade, pole};
use super::Brand;
use crate::diagnostic::{Diagnostic, Span};

/// A colour by what it is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Body text.
    Text,
    /// The page.
    Background,
    /// The strong field.
    Primary,
    /// Words on the strong field: black or white.
    OnPrimary,
    /// The accent.
    Secondary,
    /// Headings.
    Heading,
    /// Links.
    Link,
    /// Muted words: text, paled.
    Muted,
    /// The pale tint.
    Tint,
    /// The palest tint.
    Light,
}

/// What a pair is used for, which decides how much contrast it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words in the size of the text.
    Words,
    /// Headings: less will do once the smallest is large, from 18 points, or 14 in bold (WCAG 2.2, large scale).
    Headings,
    /// A mark that carries meaning (WCAG 2.2, 1.4.11).
    Mark,
}

/// A colour that stands on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// What stands there.
    pub text: Role,
    /// What it stands on.
    pub on: Role,
    /// What for.
    pub kind: Kind,
    /// The colour to change if the two are too close.
    pub mend: Role,
    /// Where, in words.
    pub place: &'static str,
}

/// Every pair that shared components, Word styles and style sheet use. The web page moves its own colours until they
/// can be read, and its dark scheme is worked out, so neither is here.
pub const PAIRS: [Pair; 13] = {
    use Kind::{Headings, Mark, Words};
    use Role::{Background, Heading, Light, Link, Muted, OnPrimary, Primary, Secondary, Text, Tint};
    const fn pair(text: Role, on: Role, kind: Kind, mend: Role, place: &'static str) -> Pair {
        Pair { text, on, kind, mend, place }
    }
    [
        pair(Text, Background, Words, Text, "body text on the page"),
        pair(Text, Tint, Words, Tint, "words in table heads and boxes"),
        pair(Text, Light, Words, Light, "words in banded rows of tables"),
        pair(Muted, Background, Words, Text, "running header and footer, mastheads"),
        pair(Muted, Light, Words, Light, "`Not stated` in banded rows of tables"),
        pair(Heading, Background, Headings, Heading, "headings"),
        pair(Primary, Background, Words, Primary, "lead paragraphs"),
        pair(OnPrimary, Primary, Words, Primary, "words on the cover, on panels and in heads of banded tables"),
        pair(Secondary, Background, Words, Secondary, "numbers and bullets of lists"),
        pair(Secondary, Background, Mark, Secondary, "the squares of a competency level"),
        pair(Link, Background, Words, Link, "links"),
        pair(Link, Tint, Words, Link, "links in boxes"),
        pair(Link, Light, Words, Link, "links in banded rows of tables"),
    ]
};

impl Role {
    /// Its colour in a brand.
    pub fn of(self, brand: &Brand) -> &str {
        match self {
            Self::Text => &brand.base.color,
            Self::Background => &brand.color.background,
            Self::Primary => &brand.color.primary,
            Self::OnPrimary => &brand.color.on_primary,
            Self::Secondary => &brand.color.secondary,
            Self::Heading => &brand.headings.color,
            Self::Link => &brand.link.color,
            Self::Muted => &brand.color.muted,
            Self::Tint => &brand.color.tertiary,
            Self::Light => &brand.color.light,
        }
    }

    fn set(self, brand: &mut Brand, hex: &str) {
        let place = match self {
            Self::Text => &mut brand.base.color,
            Self::Background => &mut brand.color.background,
            Self::Primary => &mut brand.color.primary,
            Self::Secondary => &mut brand.color.secondary,
            Self::Heading => &mut brand.headings.color,
            Self::Link => &mut brand.link.color,
            Self::Tint => &mut brand.color.tertiary,
            Self::Light => &mut brand.color.light,
            // These two follow from others.
            Self::OnPrimary | Self::Muted => return,
        };
        hex.clone_into(place);
        brand.color.on_primary = pole(&brand.color.primary).to_owned();
        brand.color.muted = muted(&brand.base.color, &brand.color.background);
    }
}

/// Muted words: text with a quarter of the page in it.
pub(super) fn muted(text: &str, background: &str) -> String {
    mixed(text, background, 0.75)
}

/// The pale tint of a brand that has none of its own.
pub(super) fn tint(primary: &str, background: &str) -> String {
    mixed(primary, background, 0.1)
}

/// The palest tint of a brand that has none of its own.
pub(super) fn light(primary: &str, background: &str) -> String {
    mixed(primary, background, 0.05)
}

impl Kind {
    /// The least contrast in a brand.
    pub fn least(self, brand: &Brand) -> f64 {
        // Headings of the lowest level are as large as the text.
        let large = brand.base.size >= 18.0 || (brand.base.size >= 14.0 && brand.headings.weight >= 700);
        let asked = brand.settings.minimum_contrast;
        match self {
            Self::Headings if large && asked <= 4.5 => 3.0,
            Self::Words | Self::Headings => asked,
            Self::Mark => 3.0,
        }
    }
}

impl Pair {
    /// The contrast that it has in a brand.
    pub fn ratio(&self, brand: &Brand) -> f64 {
        contrast(self.text.of(brand), self.on.of(brand))
    }

    /// The colours that it follows from.
    fn sources(&self) -> [Role; 2] {
        let text = match self.text {
            Role::Muted => Role::Text,
            Role::OnPrimary => Role::Primary,
            role => role,
        };
        [text, self.on]
    }

    /// The colour to change: of those that the brand writes down.
    fn to_mend(self, places: &Places) -> Role {
        let [text, on] = self.sources();
        [self.mend, text, on].into_iter().find(|role| places.contains_key(role)).unwrap_or(self.mend)
    }

    fn holds(&self, brand: &Brand) -> bool {
        self.ratio(brand) >= self.kind.least(brand)
    }
}

/// Where the colour of a role is written, and the field that takes it.
pub(super) type Places = BTreeMap<Role, (Span, &'static str)>;

/// An error for each two colours that are too close, at the one to change.
pub(super) fn check(brand: &Brand, places: &Places, whole: &Span) -> Vec<Diagnostic> {
    let mut found: Vec<(&Pair, Vec<&str>)> = Vec::new();
    for pair in PAIRS.iter().filter(|pair| !pair.holds(brand)) {
        let alike = |other: &Pair| {
            let colors = |pair: &Pair| (pair.text.of(brand).to_owned(), pair.on.of(brand).to_owned());
            colors(other) == colors(pair) && places.get(&other.to_mend(places)) == places.get(&pair.to_mend(places))
        };
        match found.iter_mut().find(|(other, _)| alike(other)) {
            Some((_, uses)) => uses.push(pair.place),
            None => found.push((pair, vec![pair.place])),
        }
    }
    found.into_iter().map(|(pair, uses)| fault(brand, places, whole, pair, &uses)).collect()
}

fn fault(brand: &Brand, places: &Places, whole: &Span, pair: &Pair, uses: &[&str]) -> Diagnostic {
    let (text, on) = (pair.text.of(brand), pair.on.of(brand));
    // Rounded down, so that what is too little never reads as enough.
    let ratio = (pair.ratio(brand) * 100.0).floor() / 100.0;
    let message = format!("`{text}` on `{on}` has a contrast of {ratio}:1, and {}:1 is needed: {}", pair.kind.least(brand), uses.join(", "));
    let mut fault = Diagnostic::error("low-contrast", message);
    let mend = pair.to_mend(places);
    fault = match places.get(&mend) {
        Some((span, field)) => fault.at(span.clone()).field(*field),
        None => fault.at(whole.clone()).field("color"),
    };
    let mended = if places.contains_key(&mend) { shade(brand, places, pair) } else { None };
    match mended {
        Some(shade) => fault.hint(format!("the nearest shade of `{}` that would do is `{shade}`", mend.of(brand))),
        None => fault.hint("no shade of one of the two would do for all its uses: choose others"),
    }
}

/// The nearest shade of the colour to change that does wherever it is used, else where it is the one to change, else in
/// this pair.
pub(super) fn shade(brand: &Brand, places: &Places, pair: &Pair) -> Option<String> {
    let mend = pair.to_mend(places);
    let at = places.get(&mend).map(|(span, _)| span);
    let same: Vec<Role> = places.iter().filter(|(_, (span, _))| Some(span) == at).map(|(role, _)| *role).collect();
    let with = |hex: &str| {
        let mut brand = brand.clone();
        same.iter().chain([&mend]).for_each(|role| role.set(&mut brand, hex));
        // Tints that the brand leaves out follow.
        let color = &mut brand.color;
        if !places.contains_key(&Role::Tint) {
            color.tertiary = tint(&color.primary, &color.background);
        }
        if !places.contains_key(&Role::Light) {
            color.light = light(&color.primary, &color.background);
        }
        brand
    };
    let used = |other: &Pair| other.sources().iter().any(|role| same.contains(role));
    let blamed = |other: &Pair| same.contains(&other.to_mend(places));
    let uses: [&dyn Fn(&Pair) -> bool; 3] = [&used, &blamed, &|other| other == pair];
    uses.into_iter().find_map(|counts| {
        nearest_shade(mend.of(brand), |hex| {
            let brand = with(hex);
            PAIRS.iter().filter(|other| counts(other)).all(|pair| pair.holds(&brand))
        })
    })
}
