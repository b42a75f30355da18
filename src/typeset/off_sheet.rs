//! Words that stand outside their sheet: whoever prints or looks at the page misses them, though programs still read them.
//!
//! A run of words is looked at where it begins and where it ends; lines are upright, so that this is all of it.

use typst::layout::{Frame, FrameItem, Point, Size, Transform};
use typst_layout::PagedDocument;

/// How far beyond the edge a base line may be, in points: rounding takes no more.
const SLACK: f64 = 1.0;

/// The first words outside their sheet, with its number from 1.
pub fn off_sheet(document: &PagedDocument) -> Option<(usize, String)> {
    let pages = document.pages().iter().enumerate();
    pages.filter_map(|(at, page)| Some((at + 1, outside(&page.frame, Transform::identity(), page.frame.size())?))).next()
}

/// The first words of a frame, drawn through `place`, that are outside a sheet of this size.
fn outside(frame: &Frame, place: Transform, sheet: Size) -> Option<String> {
    frame.items().find_map(|(at, item)| match item {
        FrameItem::Group(group) => {
            let inner = place.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
            outside(&group.frame, inner, sheet)
        }
        FrameItem::Text(text) if !text.text.trim().is_empty() => {
            let Point { x, y } = at.transform(place);
            let (x, y, width, height) = (x.to_pt(), y.to_pt(), sheet.x.to_pt(), sheet.y.to_pt());
            let end = Point::new(at.x + text.width(), at.y).transform(place).x.to_pt();
            let off = y < -SLACK || y > height + SLACK || x.max(end) > width + SLACK || x.min(end) < -SLACK;
            off.then(|| text.text.to_string())
        }
        _ => None,
    })
}
