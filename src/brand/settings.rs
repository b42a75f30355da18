//! `defaults.jobpack`: what the brand.yml format has no word for.
//!
//! Settings of other programs under `defaults` are theirs; a misspelt one of ours is a fault.

use super::read::Reader;
use super::units::{number, points, share};
use super::{CoverStyle, EmphasisStyle, Settings, TableStyle};
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::source::{Map, Node};

/// Where the settings are.
const OURS: &str = "defaults.jobpack";

/// The settings that there are.
const KNOWN: [&str; 15] = [
    "paper",
    "margin",
    "table",
    "heading-rule",
    "cover",
    "motif",
    "header",
    "footer",
    "minimum-size",
    "minimum-contrast",
    "emphasis",
    "letter-spacing",
    "word-spacing",
    "rule-weight",
    "single-column",
];

/// Papers by their Typst names.
const PAPERS: [(&str, &str); 6] =
    [("a3", "a3"), ("a4", "a4"), ("a5", "a5"), ("us-letter", "us-letter"), ("us-legal", "us-legal"), ("us-tabloid", "us-tabloid")];

const YES_OR_NO: [(&str, bool); 2] = [("false", false), ("true", true)];

/// Body text is 12 points or more: the Cabinet Office's guidance on accessible publications, and the RNIB's on clear print.
const LEAST_SIZE: f64 = 12.0;

impl Reader<'_> {
    pub(super) fn settings(&mut self) -> Settings {
        self.only_known();
        let tables = [("rules", TableStyle::Rules), ("grid", TableStyle::Grid), ("banded", TableStyle::Banded)];
        let covers = [("plain", CoverStyle::Plain), ("band", CoverStyle::Band), ("full", CoverStyle::Full)];
        Settings {
            paper: self.choice("paper", &PAPERS).unwrap_or("a4").to_owned(),
            margin: self.margins(),
            table: self.choice("table", &tables).unwrap_or(TableStyle::Rules),
            heading_rule: self.choice("heading-rule", &YES_OR_NO).unwrap_or(false),
            cover: self.choice("cover", &covers).unwrap_or(CoverStyle::Plain),
            header: self.choice("header", &YES_OR_NO).unwrap_or(true),
            footer: self.footer(),
            minimum_contrast: self.setting("minimum-contrast", &number, [4.5, 21.0], "7").unwrap_or(4.5),
            emphasis: self.choice("emphasis", &[("italic", EmphasisStyle::Italic), ("bold", EmphasisStyle::Bold)]).unwrap_or(EmphasisStyle::Italic),
            letter_spacing: self.setting("letter-spacing", &share, [0.0, 0.25], "0.03em").unwrap_or(0.0),
            word_spacing: self.setting("word-spacing", &share, [0.0, 1.0], "0.1em").unwrap_or(0.0),
            rule_weight: self.setting("rule-weight", &number, [0.5, 6.0], "2").unwrap_or(1.0),
            single_column: self.choice("single-column", &YES_OR_NO).unwrap_or(false),
        }
    }

    /// Path of the motif, relative to the brand file.
    pub(super) fn motif(&mut self) -> Option<(String, Span)> {
        let node = self.root.at_path(&format!("{OURS}.motif")).filter(|node| !node.is_null())?;
        let path = node.as_text().map(str::to_owned);
        if path.is_none() {
            let fault = Diagnostic::error("wrong-type", format!("expected the path of a picture, found {}", node.kind()));
            self.faults.push(fault.at(node.span.clone()).field(format!("{OURS}.motif")).hint("write `motif: pattern.svg`"));
        }
        Some((path?, node.span.clone()))
    }

    fn setting(&mut self, name: &str, read: &dyn Fn(&str) -> Option<f64>, limits: [f64; 2], example: &str) -> Option<f64> {
        self.measure(&format!("{OURS}.{name}"), read, limits, example)
    }

    /// A fault for each setting that there isn't, and for our own name misspelt.
    fn only_known(&mut self) {
        let map = |path: &str| self.root.at_path(path).and_then(Node::as_map).map(|map: &Map| map.entries.clone()).unwrap_or_default();
        let ours = map(OURS).into_iter().filter(|entry| !KNOWN.contains(&entry.key.as_str()));
        let mut faults: Vec<Diagnostic> = ours
            .map(|entry| {
                let fault = Diagnostic::error("unknown-field", format!("there is no setting `{}`", entry.key)).at(entry.key_span.clone());
                match nearest(&entry.key, KNOWN) {
                    Some(near) => fault.hint(format!("did you mean `{near}`?")),
                    None => fault.hint(format!("possible: {}", KNOWN.join(", "))),
                }
            })
            .collect();
        let misspelt = map("defaults").into_iter().filter(|entry| entry.key != "jobpack" && nearest(&entry.key, ["jobpack"]).is_some());
        faults.extend(misspelt.map(|entry| {
            let fault = Diagnostic::error("unknown-field", format!("nobody reads `defaults.{}`", entry.key)).at(entry.key_span.clone());
            fault.hint("did you mean `jobpack`?")
        }));
        self.faults.extend(faults);
    }

    /// One of several values.
    fn choice<T: Copy>(&mut self, name: &str, known: &[(&str, T)]) -> Option<T> {
        let node = self.root.at_path(&format!("{OURS}.{name}")).filter(|node| !node.is_null())?;
        let given = node.as_text().unwrap_or_else(|| node.kind());
        if let Some((_, value)) = known.iter().find(|(name, _)| *name == given) {
            return Some(*value);
        }
        let names: Vec<_> = known.iter().map(|(name, _)| format!("`{name}`")).collect();
        let fault = Diagnostic::error("unknown-value", format!("`{given}` is not one of the possible values")).at(node.span.clone());
        self.faults.push(fault.field(format!("{OURS}.{name}")).hint(format!("possible: {}", names.join(", "))));
        None
    }

    /// One margin for all sides, or some by side; top, right, bottom, left.
    fn margins(&mut self) -> [f64; 4] {
        let whole = self.root.at_path(&format!("{OURS}.margin")).is_some_and(|node| node.as_map().is_none());
        let mut one = |path: &str| self.measure(path, &|text| points(text, 12.0), [0.0, 150.0], "57pt");
        if whole {
            let all = one(&format!("{OURS}.margin"));
            return [all.unwrap_or(62.0), all.unwrap_or(57.0), all.unwrap_or(62.0), all.unwrap_or(57.0)];
        }
        let sides = [("top", 62.0), ("right", 57.0), ("bottom", 62.0), ("left", 57.0)];
        let margins = sides.map(|(side, usual)| one(&format!("{OURS}.margin.{side}")).unwrap_or(usual));
        let given = self.root.at_path(&format!("{OURS}.margin")).and_then(Node::as_map);
        let unknown = given.into_iter().flat_map(|map| &map.entries).filter(|entry| sides.iter().all(|(side, _)| *side != entry.key));
        let faults: Vec<_> = unknown
            .map(|entry| {
                let fault = Diagnostic::error("unknown-field", format!("a page has no side `{}`", entry.key)).at(entry.key_span.clone());
                fault.hint("possible: top, right, bottom, left")
            })
            .collect();
        self.faults.extend(faults);
        margins
    }

    fn footer(&mut self) -> Option<String> {
        let path = format!("{OURS}.footer");
        let node = self.root.at_path(&path).filter(|node| !node.is_null())?;
        let Some(text) = node.as_text() else {
            let fault = Diagnostic::error("wrong-type", format!("expected words, found {}", node.kind())).at(node.span.clone());
            self.faults.push(fault.field(path).hint("write one line, such as `footer: www.example.org`"));
            return None;
        };
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Body text smaller than the minimum that the brand sets is refused, than that of all brands warned about.
    pub(super) fn large_enough(&mut self, size: f64) {
        let own = self.setting("minimum-size", &|text| points(text, 12.0), [6.0, 96.0], "12pt");
        let least = own.unwrap_or(LEAST_SIZE);
        // Sizes in pixels and shares come out a hair off.
        if size > least - 0.01 {
            return;
        }
        let message = format!("body text of {size}pt is smaller than {least}pt");
        let fault = if own.is_some() { Diagnostic::error("small-text", message) } else { Diagnostic::warning("small-text", message) };
        let node = ["typography.base.size", "typography.base", "typography"].iter().find_map(|path| self.root.at_path(path));
        let fault = fault.at(node.unwrap_or(self.root).span.clone()).field("typography.base.size");
        self.faults.push(match own {
            Some(_) => fault.hint(format!("`{OURS}.minimum-size` says so")),
            None => fault.hint("many readers need 12pt or more; write `size: 12pt`"),
        });
    }
}
