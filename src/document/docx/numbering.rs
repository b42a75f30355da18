//! Automatic numbering (ISO/IEC 29500-1 clause 17.9): which designs and lists a document needs.
//!
//! One `abstractNum` for each form of marker and each room that it takes; a fresh `num` with a `startOverride` for each
//! counted list, so that every list restarts where it must whatever stands between. Numbers are never written as text.
//!
//! Markers and text stand where the paged layouts put them (`set enum`, `set list` in `templates/base/document.typ`): the
//! widest marker of a list begins where the text around it does, numbers end at one line, and the text follows after a
//! gap that is a share of its size.

use crate::document::tree::{List, Marker, NumberForm};

use super::fonts::Typefaces;
use super::page::twips;
use super::view::{AbstractNumView, LevelView, NumView, NumberingView};

/// Levels of a list in WordprocessingML.
pub(super) const LEVELS: usize = 9;

/// Markers of bullet lists by level.
const BULLETS: [char; 3] = ['\u{2022}', '\u{2013}', '\u{25aa}'];

/// Room between marker and text, as a share of the size of text.
const GAP: f64 = 0.6;

/// The text face at the size of body text, for the room that markers take.
#[derive(Clone, Copy)]
pub(super) struct Measure<'f, 'a> {
    /// The faces.
    pub(super) faces: &'f Typefaces<'a>,
    /// Size of text in points.
    pub(super) size: f64,
}

/// Where a list stands among what is around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Nesting {
    /// Lists around.
    pub(super) level: usize,
    /// Tables inside lists around.
    pub(super) lane: usize,
    /// Indent of the text around, in twips.
    pub(super) indent: i32,
}

/// A list of the numbering part, as its paragraphs refer to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listed {
    /// `w:numId`.
    pub(super) num_id: usize,
    /// Indent of its text, in twips.
    pub(super) indent: i32,
    /// How far the marker's place hangs left of the text, in twips.
    pub(super) hanging: i32,
}

/// A form of marker and where it stands. A list inside a table inside a list is another *lane*: Word counts all lists of
/// one design together, and the inner must not move the outer on.
#[derive(Debug, PartialEq)]
struct Design {
    marker: Marker,
    lane: usize,
    /// Width of the column of markers, in twips.
    column: i32,
    /// Width of the gap, in twips.
    gap: i32,
    /// Indent of the text of the first level, in twips; each further level moves on by column and gap.
    first: i32,
}

/// The lists of one document.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    designs: Vec<Design>,
    nums: Vec<NumView>,
}

impl Measure<'_, '_> {
    /// Width of the column of a list's markers, in twips. All digits count alike, so that lists of about the same length
    /// share a design.
    fn column(&self, list: &List) -> i32 {
        let last = list.start.saturating_add(u64::try_from(list.items.len()).unwrap_or(u64::MAX)).saturating_sub(1);
        let ems = match &list.marker {
            Marker::Bullet => self.faces.advance(BULLETS[0]),
            Marker::Dash => self.faces.advance('\u{2013}'),
            Marker::Number { form, prefix, suffix } => {
                let number = match form {
                    NumberForm::Decimal => self.faces.width("0", false) * f64::from(last.max(1).ilog10() + 1),
                    NumberForm::LowerAlpha => self.faces.width("m", false),
                    NumberForm::UpperAlpha => self.faces.width("M", false),
                    NumberForm::LowerRoman => self.faces.width("viii", false),
                    NumberForm::UpperRoman => self.faces.width("VIII", false),
                };
                number + self.faces.width(prefix, false) + self.faces.width(suffix, false)
            }
        };
        twips(ems * self.size)
    }

    fn gap(&self) -> i32 {
        twips(GAP * self.size)
    }

    /// Indent of the text of a list of bullets that stands in no other, in twips.
    pub(super) fn bullet_indent(&self) -> i32 {
        self.column(&empty(Marker::Bullet)) + self.gap()
    }
}

fn empty(marker: Marker) -> List {
    List { marker, start: 1, items: Vec::new() }
}

impl Numbering {
    /// The two designs that the styles List Bullet and List Number are tied to.
    pub(super) fn new(measure: Measure<'_, '_>) -> Self {
        let number = Marker::Number { form: NumberForm::Decimal, prefix: String::new(), suffix: ".".to_owned() };
        let outermost = Nesting { level: 0, lane: 0, indent: 0 };
        let designs = [Marker::Bullet, number].map(|marker| Design::new(&empty(marker), outermost, measure)).into();
        let nums = [0, 1].map(|abstract_id| NumView { id: abstract_id + 1, abstract_id, start: None }).into();
        Self { designs, nums }
    }

    /// The list in its place. Bullets need no restart and share a `num`.
    pub(super) fn list(&mut self, list: &List, place: Nesting, measure: Measure<'_, '_>) -> Listed {
        let design = Design::new(list, place, measure);
        let (indent, hanging) = (design.indent(place.level), design.hanging());
        let known = self.designs.iter().position(|known| *known == design);
        let abstract_id = known.unwrap_or_else(|| {
            self.designs.push(design);
            self.designs.len() - 1
        });
        let counted = matches!(list.marker, Marker::Number { .. });
        let shared = self.nums.iter().find(|num| num.abstract_id == abstract_id && num.start.is_none());
        if let (false, Some(num)) = (counted, shared) {
            return Listed { num_id: num.id, indent, hanging };
        }
        let num_id = self.nums.len() + 1;
        self.nums.push(NumView { id: num_id, abstract_id, start: counted.then_some((place.level, list.start)) });
        Listed { num_id, indent, hanging }
    }

    /// What the numbering part is rendered from.
    pub(super) fn view(self, faces: &Typefaces<'_>, marker: &str) -> NumberingView {
        let abstract_nums = self.designs.iter().enumerate().map(|(id, design)| design.view(id, faces)).collect();
        NumberingView { marker: marker.to_owned(), abstract_nums, nums: self.nums }
    }
}

impl Design {
    fn new(list: &List, place: Nesting, measure: Measure<'_, '_>) -> Self {
        let (column, gap) = (measure.column(list), measure.gap());
        let before = (column + gap).saturating_mul(i32::try_from(place.level).unwrap_or(0));
        Self { marker: list.marker.clone(), lane: place.lane, column, gap, first: place.indent + column + gap - before }
    }

    /// Indent of the text of a level, in twips.
    fn indent(&self, level: usize) -> i32 {
        self.first + (self.column + self.gap).saturating_mul(i32::try_from(level).unwrap_or(0))
    }

    /// Numbers end where the gap begins, bullets begin where the column does.
    fn hanging(&self) -> i32 {
        if matches!(self.marker, Marker::Number { .. }) { self.gap } else { self.column + self.gap }
    }

    fn view(&self, id: usize, faces: &Typefaces<'_>) -> AbstractNumView {
        let hash = blake3::hash(format!("{self:?}").as_bytes());
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
        let align = if matches!(self.marker, Marker::Number { .. }) { "right" } else { "left" };
        // A design is made for the level that its list stands at; levels above may have less room than they need.
        let left = self.indent(ilvl).max(self.column + self.gap);
        LevelView { ilvl, format, text, font, align, left, hanging: self.hanging(), style }
    }
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
