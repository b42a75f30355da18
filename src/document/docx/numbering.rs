//! Automatic numbering (ISO/IEC 29500-1 clause 17.9): which designs and lists a document needs.
//!
//! One `abstractNum` for each form of marker; a fresh `num` with a `startOverride` for each counted list, so that every
//! list restarts where it must whatever stands between. Numbers are never written as text.

use crate::document::tree::{List, Marker, NumberForm};

use super::fonts::Typefaces;
use super::view::{AbstractNumView, LIST_STEP, LevelView, NumView, NumberingView};

/// Levels of a list in WordprocessingML.
pub(super) const LEVELS: usize = 9;

/// Markers of bullet lists by level.
const BULLETS: [char; 3] = ['\u{2022}', '\u{2013}', '\u{25aa}'];

/// A form of marker. A list inside a table inside a list is another *lane*: Word counts all lists of one design
/// together, and the inner must not move the outer on.
#[derive(Debug, PartialEq)]
struct Design {
    marker: Marker,
    lane: usize,
}

/// The lists of one document.
#[derive(Debug)]
pub(super) struct Numbering {
    designs: Vec<Design>,
    nums: Vec<NumView>,
}

impl Numbering {
    /// The two designs that the styles List Bullet and List Number are tied to.
    pub(super) fn new() -> Self {
        let number =
            Marker::Number { form: NumberForm::Decimal, prefix: String::new(), suffix: ".".to_owned() };
        Self {
            designs: vec![Design { marker: Marker::Bullet, lane: 0 }, Design { marker: number, lane: 0 }],
            nums: vec![
                NumView { id: 1, abstract_id: 0, start: None },
                NumView { id: 2, abstract_id: 1, start: None },
            ],
        }
    }

    /// The `numId` for a list at a level. Bullets need no restart and share one.
    pub(super) fn list(&mut self, list: &List, level: usize, lane: usize) -> usize {
        let design = Design { marker: list.marker.clone(), lane };
        let known = self.designs.iter().position(|known| *known == design);
        let abstract_id = known.unwrap_or_else(|| {
            self.designs.push(design);
            self.designs.len() - 1
        });
        let counted = matches!(list.marker, Marker::Number { .. });
        let shared = self.nums.iter().find(|num| num.abstract_id == abstract_id && num.start.is_none());
        if let (false, Some(num)) = (counted, shared) {
            return num.id;
        }
        let id = self.nums.len() + 1;
        self.nums.push(NumView { id, abstract_id, start: counted.then_some((level, list.start)) });
        id
    }

    /// What the numbering part is rendered from.
    pub(super) fn view(self, faces: &Typefaces<'_>) -> NumberingView {
        let abstract_nums = self.designs.iter().enumerate().map(|(id, design)| design.view(id, faces)).collect();
        NumberingView { abstract_nums, nums: self.nums }
    }
}

impl Design {
    fn view(&self, id: usize, faces: &Typefaces<'_>) -> AbstractNumView {
        let hash = blake3::hash(format!("{:?} {}", self.marker, self.lane).as_bytes());
        let nsid = hash.as_bytes().iter().take(4).map(|byte| format!("{byte:02X}")).collect();
        let levels = (0..LEVELS).map(|ilvl| self.level(id, ilvl, faces)).collect();
        AbstractNumView { id, nsid, levels }
    }

    fn level(&self, id: usize, ilvl: usize, faces: &Typefaces<'_>) -> LevelView {
        let style = match (id, ilvl) {
            (0, 0) => Some(super::styles::id::LIST_BULLET),
            (1, 0) => Some(super::styles::id::LIST_NUMBER),
            _ => None,
        };
        let (format, text, font) = match &self.marker {
            Marker::Bullet => {
                let bullet = BULLETS.iter().cycle().nth(ilvl).copied().unwrap_or('\u{2022}');
                ("bullet", bullet.to_string(), Some(faces.family_for(bullet).to_owned()))
            }
            Marker::Dash => ("bullet", "\u{2013}".to_owned(), Some(faces.family_for('\u{2013}').to_owned())),
            Marker::Number { form, prefix, suffix } => {
                (format(*form), format!("{prefix}%{}{suffix}", ilvl + 1), None)
            }
        };
        LevelView { ilvl, format, text, font, left: indent(ilvl), hanging: LIST_STEP, style }
    }
}

/// Indent of the text of a list level, in twips.
pub(super) fn indent(level: usize) -> i32 {
    i32::try_from(level + 1).unwrap_or(1).saturating_mul(LIST_STEP)
}

/// `ST_NumberFormat` (clause 17.18.59).
fn format(form: NumberForm) -> &'static str {
    match form {
        NumberForm::Decimal => "decimal",
        NumberForm::LowerAlpha => "lowerLetter",
        NumberForm::UpperAlpha => "upperLetter",
        NumberForm::LowerRoman => "lowerRoman",
        NumberForm::UpperRoman => "upperRoman",
    }
}
