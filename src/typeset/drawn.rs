//! What is drawn on a page, piece by piece: for who compares two versions of it, or looks for words on it.

use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::utils::hash128;
use typst_layout::PagedDocument;

/// An area of a page in points, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

/// A run of words, a shape or a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// What it is in short, wherever it stands: another means that it looks different.
    pub print: u128,
    /// The words of a run; nothing for anything else.
    pub words: String,
    /// Where it stands; within the page.
    pub area: Area,
}

/// What is drawn on a page, in the order in which it is drawn; the first page is 0. Nothing for a page that isn't there.
pub fn drawn(document: &PagedDocument, page: usize) -> Vec<Drawn> {
    let mut all = Vec::new();
    if let Some(page) = document.pages().get(page) {
        walk(&page.frame, Transform::identity(), page.frame.size(), &mut all);
    }
    all
}

fn walk(frame: &Frame, place: Transform, sheet: Size, all: &mut Vec<Drawn>) {
    for (at, item) in frame.items() {
        let area = |from: Point, to: Point| area(*at + from, *at + to, place, sheet);
        match item {
            FrameItem::Group(group) => {
                let inner = place.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                walk(&group.frame, inner, sheet, all);
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                // The height of a line rather than of its letters, so that marks of neighbours look alike.
                let area = area(Point::with_y(text.size * -0.8), Point::new(text.width(), text.size * 0.25));
                let print = hash128(&(&text.text, &text.font, text.size, &text.fill));
                all.push(Drawn { print, words: text.text.to_string(), area });
            }
            FrameItem::Shape(shape, _) => {
                let edge = shape.geometry.bbox(shape.stroke.as_ref());
                all.push(Drawn { print: hash128(shape), words: String::new(), area: area(edge.min, edge.max) });
            }
            FrameItem::Image(image, size, _) => {
                all.push(Drawn { print: hash128(&(image, size)), words: String::new(), area: area(Point::zero(), size.to_point()) });
            }
            _ => {}
        }
    }
}

/// The upright area around a box that is drawn through `place`, as far as it is on the sheet.
fn area(from: Point, to: Point, place: Transform, sheet: Size) -> Area {
    let corners = [from, Point::new(to.x, from.y), to, Point::new(from.x, to.y)].map(|corner| corner.transform(place));
    let range = |values: [Abs; 4], most: Abs| {
        let on_sheet = |value: Abs| value.clamp(Abs::zero(), most).to_pt();
        (on_sheet(values.into_iter().min().unwrap_or_default()), on_sheet(values.into_iter().max().unwrap_or_default()))
    };
    let ((left, right), (top, bottom)) = (range(corners.map(|corner| corner.x), sheet.x), range(corners.map(|corner| corner.y), sheet.y));
    Area { left, top, right, bottom }
}
