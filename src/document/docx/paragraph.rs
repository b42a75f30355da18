//! Paragraph properties (ISO/IEC 29500-1 clause 17.3.1), written in the order that the schema asks for.
//!
//! What a paragraph looks like is its style's affair; a property stands here only where structure demands it.

use crate::document::tree::Align;

use super::styles::Style;
use super::xml::Xml;

/// A tab stop.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tab {
    /// `ST_TabJc`.
    pub(super) kind: &'static str,
    /// `ST_TabTlc`, or nothing.
    pub(super) leader: Option<&'static str>,
    /// Place in twips.
    pub(super) at: i32,
}

/// Indents in twips.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Indent {
    /// Start edge.
    pub(super) left: i32,
    /// End edge.
    pub(super) right: i32,
    /// First line, to the left of the rest.
    pub(super) hanging: i32,
}

/// Direct properties of one paragraph.
#[derive(Debug, Default)]
pub(super) struct ParagraphProperties<'a> {
    /// `w:pStyle`.
    pub(super) style: Option<&'a str>,
    /// Stay on the page of the next paragraph.
    pub(super) keep_next: Option<bool>,
    /// Start a page.
    pub(super) page_break_before: bool,
    /// `numId` and level.
    pub(super) numbering: Option<(usize, usize)>,
    /// Style whose borders and shading are repeated.
    pub(super) frame: Option<&'a Style>,
    /// Tab stops.
    pub(super) tabs: Vec<Tab>,
    /// Text runs from right to left.
    pub(super) right_to_left: bool,
    /// Space before and after in twips.
    pub(super) spacing: (Option<i32>, Option<i32>),
    /// Indents.
    pub(super) indent: Option<Indent>,
    /// Alignment.
    pub(super) align: Option<Align>,
    /// Level of a heading in another style's dress, from 0.
    pub(super) outline_level: Option<u8>,
}

impl ParagraphProperties<'_> {
    /// Writes `w:pPr`; the place before its end tag, where section properties may go.
    pub(super) fn write(&self, xml: &mut Xml) -> usize {
        xml.open("w:pPr", &[]);
        if let Some(style) = self.style {
            xml.val("w:pStyle", style);
        }
        match self.keep_next {
            Some(true) => xml.empty("w:keepNext", &[]),
            Some(false) => xml.val("w:keepNext", 0),
            None => {}
        }
        if self.page_break_before {
            xml.empty("w:pageBreakBefore", &[]);
        }
        if let Some((id, level)) = self.numbering {
            xml.open("w:numPr", &[]);
            xml.val("w:ilvl", level);
            xml.val("w:numId", id);
            xml.close("w:numPr");
        }
        if let Some(frame) = self.frame {
            xml.raw(&frame.frame);
        }
        if !self.tabs.is_empty() {
            xml.open("w:tabs", &[]);
            for tab in &self.tabs {
                match tab.leader {
                    Some(leader) => {
                        xml.empty("w:tab", &[("w:val", &tab.kind), ("w:leader", &leader), ("w:pos", &tab.at)]);
                    }
                    None => xml.empty("w:tab", &[("w:val", &tab.kind), ("w:pos", &tab.at)]),
                }
            }
            xml.close("w:tabs");
        }
        if self.right_to_left {
            xml.empty("w:bidi", &[]);
        }
        match self.spacing {
            (Some(before), Some(after)) => xml.empty("w:spacing", &[("w:before", &before), ("w:after", &after)]),
            (Some(before), None) => xml.empty("w:spacing", &[("w:before", &before)]),
            (None, Some(after)) => xml.empty("w:spacing", &[("w:after", &after)]),
            (None, None) => {}
        }
        if let Some(Indent { left, right, hanging }) = self.indent {
            let mut attributes: Vec<super::xml::Attribute<'_>> = vec![("w:left", &left), ("w:right", &right)];
            if hanging > 0 {
                attributes.push(("w:hanging", &hanging));
            } else {
                attributes.push(("w:firstLine", &hanging));
            }
            xml.empty("w:ind", &attributes);
        }
        if let Some(align) = self.align {
            // `left` is the start edge in a right-to-left paragraph too (clause 17.18.44).
            xml.val(
                "w:jc",
                match align {
                    Align::Start => "left",
                    Align::Center => "center",
                    Align::End => "right",
                },
            );
        }
        if let Some(level) = self.outline_level {
            xml.val("w:outlineLvl", level);
        }
        let end = xml.len();
        xml.close("w:pPr");
        end
    }
}
