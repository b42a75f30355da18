//! `_brand.yml` in the brand.yml format to a [`Brand`] and its font files.
//!
//! Keys that jobpack has no use for are left alone, so that a file written for another tool works. What would need
//! the network is refused, and so are colours that can't be read on each other.

use super::color::{mixed, normal as normal_color, pole};
use super::contrast::{PAIRS, Pair, Places, Role, check, light, muted, tint};
use super::fonts::Families;
use super::logo::Form;
use super::motif::shade;
use super::units::{number, points, share, weight};
use super::{Brand, Colors, LinkStyle, Typeface};
use crate::diagnostic::{Diagnostic, Found, Severity, Span, nearest};
use crate::source::{control_character, Node, Value};

/// A brand as its file describes it: the look, and paths of the files that it needs, relative to the brand file.
#[derive(Debug, Clone, PartialEq)]
pub struct BrandFile {
    /// The resolved brand.
    pub brand: Brand,
    /// Path of the logo as written.
    pub logo: Option<(String, Span)>,
    /// Path of the logo for dark fields as written.
    pub logo_dark: Option<(String, Span)>,
    /// Path of the motif as written.
    pub motif: Option<(String, Span)>,
    /// Paths of the font files as written.
    pub fonts: Vec<(String, Span)>,
    /// Families that have files, as written.
    pub families: Vec<(String, Span)>,
}

/// The family that has ticks, crosses and boxes.
const SYMBOLS: &str = "Jobpack Symbols";

/// Keys of the format, by the mapping that they stand in. Others may be of a newer version.
const KEYS: [(&str, &[&str]); 4] = [
    ("", &["meta", "logo", "color", "typography", "defaults"]),
    ("logo", &["images", "small", "medium", "large"]),
    (
        "color",
        &[
            "palette", "foreground", "background", "primary", "secondary", "tertiary", "success", "info", "warning", "danger", "light",
            "dark",
        ],
    ),
    ("typography", &["fonts", "base", "headings", "monospace", "monospace-inline", "monospace-block", "link"]),
];

/// Reads a brand; `name` is the organisation's name, for a brand that doesn't give one.
///
/// # Errors
/// `unknown-colour`, `low-contrast`, `remote-font`, `system-font`, `unknown-font`, `missing-alt`, `missing-field`,
/// `unknown-field`, `unknown-value`, `out-of-range`, `small-text`, `wrong-type`.
pub fn read(node: &Node, name: &str) -> Found<BrandFile> {
    read_as(node, name, Severity::Error)
}

/// The same for who tries colours out: two that are too close are only warned of, so that one sees them.
///
/// # Errors
/// As [`read`], but for `low-contrast`.
pub fn tried(node: &Node, name: &str) -> Found<BrandFile> {
    read_as(node, name, Severity::Warning)
}

fn read_as(node: &Node, name: &str, close: Severity) -> Found<BrandFile> {
    if node.as_map().is_none() {
        let fault = Diagnostic::error("wrong-type", format!("expected a brand, found {}", node.kind())).at(node.span.clone());
        return Err(vec![fault.hint("`jobpack new organisation` writes a brand to begin with")]);
    }
    let node = super::normal(node.clone());
    let mut reader = Reader { root: &node, faults: Vec::new(), places: Places::new() };
    let file = reader.brand(name);
    let failed = |reader: &Reader<'_>| reader.faults.iter().any(|fault| fault.severity == Severity::Error);
    // A colour that is not one has a stand-in, which says nothing about contrast.
    if !reader.faults.iter().any(|fault| fault.code == "unknown-colour") {
        let whole = node.get("color").unwrap_or(&node).span.clone();
        let found = check(&file.brand, &reader.places, &whole);
        reader.faults.extend(found.into_iter().map(|fault| Diagnostic { severity: close, ..fault }));
    }
    if failed(&reader) { Err(reader.faults) } else { Ok((file, reader.faults)) }
}

/// How every pair of colours of a brand can be told apart, whatever else is wrong with it: the pair, the contrast that it has,
/// and the least that it needs. Nothing for what is no brand, or has a colour that is none.
pub fn contrasts(node: &Node, name: &str) -> Vec<(Pair, f64, f64)> {
    if node.as_map().is_none() {
        return Vec::new();
    }
    let node = super::normal(node.clone());
    let mut reader = Reader { root: &node, faults: Vec::new(), places: Places::new() };
    let brand = reader.brand(name).brand;
    if reader.faults.iter().any(|fault| fault.code == "unknown-colour") {
        return Vec::new();
    }
    PAIRS.iter().map(|pair| (*pair, pair.ratio(&brand), pair.kind.least(&brand))).collect()
}

/// Reads one brand, and keeps what is wrong with it.
pub(super) struct Reader<'a> {
    pub(super) root: &'a Node,
    pub(super) faults: Vec<Diagnostic>,
    places: Places,
}

impl<'a> Reader<'a> {
    fn text(&self, path: &str) -> Option<&'a str> {
        self.root.at_path(path)?.as_text()
    }

    fn brand(&mut self, name: &str) -> BrandFile {
        self.misspelt();
        self.control_characters();
        let settings = self.settings();
        let color = self.colors(settings.rule_weight);
        let families = self.families();
        let base = self.typeface("typography.base", None, &color, &families);
        let headings = self.typeface("typography.headings", Some(&base), &color, &families);
        self.large_enough(base.size);
        let link = LinkStyle {
            color: self.color("typography.link.color", Role::Link).unwrap_or_else(|| self.stands_for(Role::Link, Role::Primary, &color.primary)),
            underline: self.text("typography.link.decoration").is_none_or(|decoration| decoration != "none"),
        };
        let (logo, logo_file) = self.logo(Form::Light).unzip();
        let (logo_dark, logo_dark_file) = self.logo(Form::Dark).unzip();
        let owned = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let full = self.text("meta.name.full").or_else(|| self.text("meta.name")).and_then(owned);
        let short_name = self.text("meta.name.short").and_then(owned);
        let website = self.text("meta.link.home").or_else(|| self.text("meta.link")).and_then(owned);
        // The text may have a colour of its own; whatever is written in it then has.
        let color = Colors { muted: muted(&base.color, &color.background), foreground: base.color.clone(), ..color };
        let brand = Brand {
            name: full.or_else(|| short_name.clone()).unwrap_or_else(|| name.to_owned()),
            short_name,
            website,
            color,
            base,
            headings,
            link,
            logo,
            logo_dark,
            motif: None,
            symbols: SYMBOLS.to_owned(),
            settings,
        };
        BrandFile { brand, logo: logo_file, logo_dark: logo_dark_file, motif: self.motif(), fonts: families.files, families: families.with_files }
    }

    /// Names, footers and descriptions go into documents, which can hold no control character.
    fn control_characters(&mut self) {
        let mut found = Vec::new();
        self.root.walk("", &mut |path, node| {
            let fault = node.as_text().and_then(|text| text.chars().find_map(control_character));
            found.extend(fault.map(|fault| fault.at(node.span.clone()).field(path)));
        });
        self.faults.extend(found);
    }

    /// A warning for a key that is nearly one of the format.
    fn misspelt(&mut self) {
        for (path, known) in KEYS {
            let node = if path.is_empty() { Some(self.root) } else { self.root.at_path(path) };
            let entries = node.and_then(Node::as_map).into_iter().flat_map(|map| &map.entries);
            // A logo may be one picture; its keys are those of a picture.
            let unknown = entries.filter(|entry| !known.contains(&entry.key.as_str()) && !["path", "alt"].contains(&entry.key.as_str()));
            for entry in unknown {
                if let Some(near) = nearest(&entry.key, known.iter().copied()) {
                    let fault = Diagnostic::warning("unknown-field", format!("`{}` is no key of a brand, and is left alone", entry.key));
                    self.faults.push(fault.at(entry.key_span.clone()).hint(format!("did you mean `{near}`?")));
                }
            }
        }
    }

    /// The number of a field within limits; none if it is left out.
    pub(super) fn measure(&mut self, path: &str, read: &dyn Fn(&str) -> Option<f64>, limits: [f64; 2], example: &str) -> Option<f64> {
        let node = self.root.at_path(path).filter(|node| !node.is_null())?;
        let given = node.as_text().unwrap_or_else(|| node.kind());
        let fault = match node.as_text().and_then(read) {
            Some(number) if (limits[0]..=limits[1]).contains(&number) => return Some(number),
            Some(_) => Diagnostic::error("out-of-range", format!("`{given}` is not between {} and {}", limits[0], limits[1])),
            None => Diagnostic::error("wrong-type", format!("`{given}` can't be read")),
        };
        self.faults.push(fault.at(node.span.clone()).field(path).hint(format!("write it as `{example}`")));
        None
    }

    fn colors(&mut self, rule_weight: f64) -> Colors {
        let foreground = self.color("color.foreground", Role::Text).unwrap_or_else(|| "#1A1A1A".to_owned());
        let background = self.color("color.background", Role::Background).unwrap_or_else(|| "#FFFFFF".to_owned());
        let primary = self.color("color.primary", Role::Primary).unwrap_or_else(|| "#1F3A5F".to_owned());
        let secondary = self.color("color.secondary", Role::Secondary);
        let secondary = secondary.unwrap_or_else(|| self.stands_for(Role::Secondary, Role::Primary, &primary));
        let tertiary = self.color("color.tertiary", Role::Tint).unwrap_or_else(|| tint(&primary, &background));
        let light = self.color("color.light", Role::Light).unwrap_or_else(|| light(&primary, &background));
        let dark = self.resolved("color.dark").map_or_else(|| foreground.clone(), |(hex, _)| hex);
        let on_primary = pole(&primary).to_owned();
        // Twice as heavy, a line is as strong as its colour.
        let share = if rule_weight > 1.0 { (0.35 + 0.65 * (rule_weight - 1.0)).min(1.0) } else { 0.35 * rule_weight };
        let rule = mixed(&primary, &background, share);
        let muted = muted(&foreground, &background);
        let shade = shade(&primary, &on_primary);
        Colors { foreground, background, primary, on_primary, secondary, tertiary, light, dark, muted, rule, shade }
    }

    /// A role that the brand leaves to another: changing the other changes it.
    fn stands_for(&mut self, role: Role, other: Role, color: &str) -> String {
        if let Some(place) = self.places.get(&other).cloned() {
            self.places.insert(role, place);
        }
        color.to_owned()
    }

    /// The colour of a role, whose place is noted.
    fn color(&mut self, path: &'static str, role: Role) -> Option<String> {
        let (hex, span) = self.resolved(path)?;
        self.places.insert(role, (span, path));
        Some(hex)
    }

    /// Follows aliases: a role may name another role or a colour of the palette. Of a light and a dark colour, documents
    /// use the light. The place is where the colour itself is written.
    fn resolved(&mut self, path: &str) -> Option<(String, Span)> {
        let mut node = self.root.at_path(path).filter(|node| !node.is_null())?;
        let mut seen = Vec::new();
        for _ in 0..8 {
            node = node.get("light").or_else(|| node.get("dark")).unwrap_or(node);
            let Some(text) = node.as_text() else { break };
            seen.push(&node.span);
            let next = self.root.at_path("color.palette").and_then(|palette| palette.get(text));
            match next.or_else(|| self.root.get("color").and_then(|color| color.get(text).filter(|_| text != "palette"))) {
                Some(next) if !seen.contains(&&next.span) => node = next,
                // `black: black`: the palette's own name for a colour of CSS.
                own => match (normal_color(text), own) {
                    (Some(hex), _) => return Some((hex, node.span.clone())),
                    (None, Some(_)) => {
                        let fault = Diagnostic::error("unknown-colour", format!("`{text}` stands for itself in the end"));
                        self.faults.push(fault.at(node.span.clone()).field(path).hint("write `\"#RRGGBB\"`"));
                        return None;
                    }
                    (None, None) => break,
                },
            }
        }
        let given = node.as_text().unwrap_or_else(|| node.kind());
        let palette = self.root.at_path("color.palette").and_then(Node::as_map);
        let mut fault = Diagnostic::error("unknown-colour", format!("`{given}` is not a colour"))
            .at(node.span.clone())
            .field(path)
            .hint("write `\"#RRGGBB\"` or a name of `color.palette`");
        if let Some(near) = palette.and_then(|palette| nearest(given, palette.keys())) {
            fault = fault.hint(format!("did you mean `{near}`?"));
        }
        self.faults.push(fault);
        None
    }

    fn typeface(&mut self, path: &'static str, base: Option<&Typeface>, color: &Colors, families: &Families<'_>) -> Typeface {
        let at = |name: &str| format!("{path}.{name}");
        let named = self.root.at_path(&at("family")).filter(|node| matches!(node.value, Value::Scalar(_)));
        let family = named.and_then(Node::as_text).map(str::to_owned).or_else(|| base.map(|base| base.family.clone()));
        // A brand that names no family for its text has one in mind: the first.
        let family = family.or_else(|| families.first().map(str::to_owned));
        // What headings take over from the text has been looked at.
        if let (Some(family), true) = (&family, named.is_some() || base.is_none()) {
            self.has_files(family, named.unwrap_or(self.root), families);
        }
        let whole = base.map_or(12.0, |base| base.size);
        let size = self.measure(&at("size"), &|text| points(text, whole), [6.0, 96.0], "12pt");
        let weight = self.measure(&at("weight"), &weight, [100.0, 900.0], "400");
        let line = |text: &str| if text.ends_with('%') { share(text) } else { number(text) };
        let line_height = self.measure(&at("line-height"), &line, [0.8, 4.0], "1.5");
        let (field, role, other, usual) = match base {
            None => ("typography.base.color", Role::Text, Role::Text, &color.foreground),
            Some(_) => ("typography.headings.color", Role::Heading, Role::Primary, &color.primary),
        };
        let own_color = self.color(field, role);
        Typeface {
            family: family.unwrap_or_else(|| SYMBOLS.to_owned()),
            size: size.unwrap_or(base.map_or(12.0, |base| base.size * 1.5)),
            // Within limits, so the conversion is exact.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            weight: weight.map_or(if base.is_some() { 700 } else { 400 }, |weight| weight as u16),
            line_height: line_height.unwrap_or(if base.is_some() { 1.2 } else { 1.5 }),
            color: own_color.unwrap_or_else(|| self.stands_for(role, other, usual)),
        }
    }
}
