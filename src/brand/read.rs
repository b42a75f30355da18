//! `_brand.yml` in the brand.yml format to a [`Brand`] and its font files.
//!
//! Keys that jobpack has no use for are left alone, so that a file written for another tool works. What would need
//! the network is refused.

use std::collections::BTreeMap;

use super::{Brand, Colors, CoverStyle, LinkStyle, Logo, Settings, TableStyle, Typeface};
use super::color::{contrast, mixed, normal_hex};
use crate::diagnostic::{Diagnostic, Found, nearest};
use crate::source::{Node, Value};

/// A brand as its file describes it: the look, and paths of the files that it needs, relative to the brand file.
#[derive(Debug, Clone, PartialEq)]
pub struct BrandFile {
    /// The resolved brand.
    pub brand: Brand,
    /// Path of the logo as written.
    pub logo: Option<(String, crate::diagnostic::Span)>,
    /// Paths of the font files as written.
    pub fonts: Vec<(String, crate::diagnostic::Span)>,
}

/// The family that has ticks, crosses and boxes.
const SYMBOLS: &str = "Jobpack Symbols";

/// Reads a brand; `name` is the organisation's name, for a brand that doesn't give one.
///
/// # Errors
/// `unknown-colour`, `remote-font`, `missing-field`, `unknown-value`, `wrong-type`.
pub fn read(node: &Node, name: &str) -> Found<BrandFile> {
    if node.as_map().is_none() {
        let fault = Diagnostic::error("wrong-type", format!("expected a brand, found {}", node.kind())).at(node.span.clone());
        return Err(vec![fault.hint("`jobpack new organisation` writes a brand to begin with")]);
    }
    let mut reader = Reader { root: node, faults: Vec::new() };
    let file = reader.brand(name);
    if reader.faults.iter().any(|fault| fault.severity == crate::diagnostic::Severity::Error) {
        return Err(reader.faults);
    }
    Ok((file, reader.faults))
}

struct Reader<'a> {
    root: &'a Node,
    faults: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn text(&self, path: &str) -> Option<&'a str> {
        self.root.at_path(path)?.as_text()
    }

    fn brand(&mut self, name: &str) -> BrandFile {
        let color = self.colors();
        let (families, fonts) = self.fonts();
        let base = self.typeface("typography.base", None, &color, &families);
        let mut headings = self.typeface("typography.headings", Some(&base), &color, &families);
        if self.root.at_path("typography.headings.size").is_none() {
            headings.size = base.size * 1.5;
        }
        let link = LinkStyle {
            color: self.color("typography.link.color").unwrap_or_else(|| color.primary.clone()),
            underline: self.text("typography.link.decoration").is_none_or(|decoration| decoration != "none"),
        };
        let (logo, logo_file) = self.logo().unzip();
        let full = self.text("meta.name.full").or_else(|| self.text("meta.name")).unwrap_or(name).to_owned();
        let settings = self.settings();
        let symbols = SYMBOLS.to_owned();
        BrandFile { brand: Brand { name: full, color, base, headings, link, logo, symbols, settings }, logo: logo_file, fonts }
    }

    /// The number of a field within limits; none if it is left out.
    fn measure(&mut self, path: &str, read: fn(&str) -> Option<f64>, limits: [f64; 2], example: &str) -> Option<f64> {
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

    fn colors(&mut self) -> Colors {
        let role = |reader: &mut Self, name: &str, default: &str| {
            reader.color(&format!("color.{name}")).unwrap_or_else(|| default.to_owned())
        };
        let foreground = role(self, "foreground", "#1A1A1A");
        let background = role(self, "background", "#FFFFFF");
        let primary = role(self, "primary", "#1F3A5F");
        let secondary = role(self, "secondary", &primary);
        let tertiary = role(self, "tertiary", &mixed(&primary, &background, 0.1));
        let light = role(self, "light", &mixed(&primary, &background, 0.05));
        let dark = role(self, "dark", &foreground);
        let white = contrast(&primary, "#FFFFFF") >= contrast(&primary, "#000000");
        let on_primary = if white { "#FFFFFF" } else { "#000000" }.to_owned();
        let muted = mixed(&foreground, &background, 0.75);
        Colors { foreground, background, primary, on_primary, secondary, tertiary, light, dark, muted }
    }

    /// Follows aliases: a role may name another role or a colour of the palette.
    fn color(&mut self, path: &str) -> Option<String> {
        let mut node = self.root.at_path(path)?;
        let mut seen = Vec::new();
        for _ in 0..8 {
            let text = node.as_text()?;
            seen.push(&node.span);
            if let Some(hex) = normal_hex(text) {
                return Some(hex);
            }
            let next = self.root.at_path("color.palette").and_then(|palette| palette.get(text));
            match next.or_else(|| self.root.get("color").and_then(|color| color.get(text))) {
                Some(next) if !seen.contains(&&next.span) => node = next,
                Some(_) => {
                    let fault = Diagnostic::error("unknown-colour", format!("`{text}` stands for itself in the end"));
                    self.faults.push(fault.at(node.span.clone()).field(path).hint("write `\"#RRGGBB\"`"));
                    return None;
                }
                None => break,
            }
        }
        let given = node.as_text().unwrap_or_default();
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

    fn fonts(&mut self) -> (Vec<String>, Vec<(String, crate::diagnostic::Span)>) {
        let (mut families, mut paths) = (Vec::new(), Vec::new());
        for font in self.root.at_path("typography.fonts").and_then(Node::as_list).unwrap_or_default() {
            let family = font.get("family").and_then(Node::as_text).unwrap_or_default();
            let source = font.get("source").and_then(Node::as_text).unwrap_or("file");
            if source != "file" {
                let at = font.get("source").map_or(&font.span, |node| &node.span).clone();
                self.faults.push(
                    Diagnostic::error("remote-font", format!("the font `{family}` comes from `{source}`, and nothing is fetched"))
                        .at(at)
                        .hint("put its TTF or OTF files under `fonts/`, with `source: file` and their paths under `files`"),
                );
                continue;
            }
            families.push(family.to_owned());
            for file in font.get("files").and_then(Node::as_list).unwrap_or_default() {
                let path = file.get("path").unwrap_or(file);
                match path.as_text() {
                    Some(text) if text.contains("://") => self.faults.push(
                        Diagnostic::error("remote-font", format!("`{text}` is an address, and nothing is fetched"))
                            .at(path.span.clone())
                            .hint("put the file under `fonts/`"),
                    ),
                    Some(text) => paths.push((text.to_owned(), path.span.clone())),
                    None => self.faults.push(
                        Diagnostic::error("wrong-type", format!("expected the path of a font, found {}", path.kind()))
                            .at(path.span.clone())
                            .hint("write `path: ../../fonts/name.ttf`"),
                    ),
                }
            }
        }
        if families.is_empty() && self.faults.iter().all(|fault| fault.code != "remote-font") {
            let at = ["typography.fonts", "typography"].iter().find_map(|path| self.root.at_path(path)).unwrap_or(self.root);
            self.faults.push(
                Diagnostic::error("missing-field", "the brand has no fonts, and no others are used")
                    .at(at.span.clone())
                    .field("typography.fonts")
                    .hint("list families with `source: file` and their files; `jobpack new organisation` writes an example"),
            );
        }
        (families, paths)
    }

    fn typeface(&mut self, path: &str, base: Option<&Typeface>, color: &Colors, families: &[String]) -> Typeface {
        let at = |name: &str| format!("{path}.{name}");
        let short = self.text(path);
        let family = self.text(&at("family")).or(short).map(str::to_owned);
        let family = family.or_else(|| base.map(|base| base.family.clone())).or_else(|| families.first().cloned());
        if let (Some(family), Some(node)) = (&family, self.root.at_path(&at("family")).or_else(|| self.root.at_path(path)))
            && !families.is_empty()
            && !families.contains(family)
        {
            let mut fault = Diagnostic::error("unknown-font", format!("no font file of the brand has the family `{family}`"))
                .at(node.span.clone())
                .hint("add it under `typography.fonts` with `source: file` and its files");
            if let Some(near) = nearest(family, families.iter().map(String::as_str)) {
                fault = fault.hint(format!("did you mean `{near}`?"));
            }
            self.faults.push(fault);
        }
        let size = self.measure(&at("size"), points, [6.0, 96.0], "12pt");
        let size = size.or_else(|| base.map(|base| base.size)).unwrap_or(12.0);
        let weight = self.measure(&at("weight"), weight, [100.0, 900.0], "400");
        let line_height = self.measure(&at("line-height"), number, [0.8, 4.0], "1.5");
        let own_color = self.root.at_path(&at("color")).and_then(|_| self.color(&at("color")));
        Typeface {
            family: family.unwrap_or_else(|| SYMBOLS.to_owned()),
            size,
            // Within limits, so the conversion is exact.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            weight: weight.map_or(if base.is_some() { 700 } else { 400 }, |weight| weight as u16),
            line_height: line_height.unwrap_or(if base.is_some() { 1.2 } else { 1.5 }),
            color: own_color.unwrap_or_else(|| if base.is_some() { color.primary.clone() } else { color.foreground.clone() }),
        }
    }

    /// The medium logo, or the first of the others: a path, a name of `logo.images`, or a light and dark pair.
    fn logo(&mut self) -> Option<(Logo, (String, crate::diagnostic::Span))> {
        let sizes = ["logo.medium", "logo.large", "logo.small", "logo"];
        let mut node = sizes.iter().find_map(|path| self.root.at_path(path).filter(|node| is_logo(node)))?;
        if let Some(light) = node.get("light") {
            node = light;
        }
        let images = self.root.at_path("logo.images");
        let named = node.as_text().and_then(|name| images?.get(name));
        if let (None, Some(name), Some(images)) = (named, node.as_text().filter(|name| !name.contains('.')), images.and_then(Node::as_map)) {
            let fault = Diagnostic::error("unknown-value", format!("`logo.images` has no picture `{name}`")).at(node.span.clone());
            self.faults.push(fault.hint(format!("it has: {}", images.keys().collect::<Vec<_>>().join(", "))));
            return None;
        }
        let node = named.unwrap_or(node);
        let path = node.get("path").unwrap_or(node);
        let file = path.as_text()?.to_owned();
        let alt = node.get("alt").and_then(Node::as_text);
        if alt.is_none() {
            self.faults.push(
                Diagnostic::error("missing-alt", format!("the logo `{file}` has no words for readers who don't see it"))
                    .at(node.span.clone())
                    .hint("write `path:` and `alt:` under `logo.images`"),
            );
        }
        let ending = if file.to_ascii_lowercase().ends_with(".png") { "png" } else { "svg" };
        let logo = Logo { path: format!("/brand/logo.{ending}"), alt: alt.unwrap_or_default().to_owned() };
        Some((logo, (file, path.span.clone())))
    }

    fn settings(&mut self) -> Settings {
        let choice = |reader: &mut Self, name: &str, known: &BTreeMap<&str, usize>| -> Option<usize> {
            let node = reader.root.at_path(&format!("defaults.jobpack.{name}"))?;
            let text = node.as_text()?;
            if let Some(found) = known.get(text) {
                return Some(*found);
            }
            let names: Vec<_> = known.keys().map(|name| format!("`{name}`")).collect();
            reader.faults.push(
                Diagnostic::error("unknown-value", format!("`{text}` is not one of the possible values"))
                    .at(node.span.clone())
                    .hint(format!("possible: {}", names.join(", "))),
            );
            None
        };
        let known = ["paper", "margin", "table", "heading-rule", "cover"];
        let own = self.root.at_path("defaults.jobpack").and_then(Node::as_map);
        for entry in own.into_iter().flat_map(|own| &own.entries).filter(|entry| !known.contains(&entry.key.as_str())) {
            let fault = Diagnostic::error("unknown-field", format!("there is no setting `{}`", entry.key)).at(entry.key_span.clone());
            self.faults.push(match nearest(&entry.key, known) {
                Some(near) => fault.hint(format!("did you mean `{near}`?")),
                None => fault.hint(format!("possible: {}", known.join(", "))),
            });
        }
        let papers = ["a3", "a4", "a5", "us-letter", "us-legal", "us-tabloid"];
        let paper = choice(self, "paper", &papers.into_iter().zip(0..).collect());
        let rule = choice(self, "heading-rule", &BTreeMap::from([("false", 0), ("true", 1)]));
        let table = choice(self, "table", &BTreeMap::from([("rules", 0), ("grid", 1), ("banded", 2)]));
        let cover = choice(self, "cover", &BTreeMap::from([("plain", 0), ("band", 1), ("full", 2)]));
        let margin = self.measure("defaults.jobpack.margin", points, [0.0, 150.0], "57pt");
        Settings {
            paper: papers[paper.unwrap_or(1)].to_owned(),
            margin: [margin.unwrap_or(62.0), margin.unwrap_or(57.0), margin.unwrap_or(62.0), margin.unwrap_or(57.0)],
            table: [TableStyle::Rules, TableStyle::Grid, TableStyle::Banded][table.unwrap_or(0)],
            heading_rule: rule == Some(1),
            cover: [CoverStyle::Plain, CoverStyle::Band, CoverStyle::Full][cover.unwrap_or(0)],
        }
    }
}

fn is_logo(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar(_)) || node.get("path").is_some() || node.get("light").is_some()
}

/// A CSS length in points; `rem` and `em` are 12 points.
fn points(text: &str) -> Option<f64> {
    let text = text.trim();
    let at = text.find(|c: char| c.is_ascii_alphabetic() || c == '%').unwrap_or(text.len());
    let number = number(text[..at].trim())?;
    let factor = match &text[at..] {
        "pt" | "" => 1.0,
        "px" => 0.75,
        "rem" | "em" => 12.0,
        "mm" => 72.0 / 25.4,
        "cm" => 72.0 / 2.54,
        "in" => 72.0,
        _ => return None,
    };
    Some(number * factor)
}

fn weight(text: &str) -> Option<f64> {
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

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}
