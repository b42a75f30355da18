//! A level as squares in the line (DrawingML group, MS-ODRAWXML 2.28; inline: ISO/IEC 29500-1 clause 20.4.2.8).
//!
//! Decoration: the words beside it say the level, and a reader without such drawings loses nothing.

use super::page::{EMU, twips};
use super::picture::decorative;
use super::story::Story;
use super::xml::Xml;

impl Story<'_, '_> {
    /// Writes `of` squares in the brand's second colour, the first `filled` of them full.
    pub(super) fn scale(&mut self, filled: u8, of: u8) {
        let of = i64::from(of.max(filled));
        if of == 0 {
            return;
        }
        let side = i64::from(twips(self.document.job.parts.brand.base.size)) * EMU * 64 / 100;
        let step = side * 13 / 10;
        // One that nobody sees holds the words away: some readers make a group as wide as what is in it.
        let width = of * step + side;
        let id = self.document.drawing_id();
        let ids: Vec<usize> = (0..=of).map(|_| self.document.drawing_id()).collect();
        let xml = &mut self.xml;
        xml.raw("<w:r><mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
            xmlns:wpg=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\" \
            xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">\
            <mc:Choice Requires=\"wpg\"><w:drawing>");
        xml.raw("<wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">");
        xml.empty("wp:extent", &[("cx", &width), ("cy", &side)]);
        xml.raw("<wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>");
        decorative(xml, id, "Level");
        xml.raw("<a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\">");
        let all = format!("cx=\"{width}\" cy=\"{side}\"");
        xml.raw(&format!("<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext {all}/>\
            <a:chOff x=\"0\" y=\"0\"/><a:chExt {all}/></a:xfrm></wpg:grpSpPr>"));
        for (id, at) in ids.into_iter().zip(0..) {
            let look = if at < i64::from(filled) { [COLOR; 2] } else { [NONE, if at < of { COLOR } else { NONE }] };
            square(xml, id, at * step, side, look);
        }
        xml.raw("</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r>");
    }
}

/// The brand's second colour.
const COLOR: &str = "<a:solidFill><a:schemeClr val=\"accent2\"/></a:solidFill>";

/// No colour.
const NONE: &str = "<a:noFill/>";

/// One square of a group; `left` and `side` in EMU, the look of its inside and its line.
fn square(xml: &mut Xml, id: usize, left: i64, side: i64, [inside, edge]: [&str; 2]) {
    // The line stands half outside of its square.
    let line = 9525;
    xml.raw("<wps:wsp>");
    xml.empty("wps:cNvPr", &[("id", &id), ("name", &format!("Square {id}"))]);
    xml.raw(&format!(
        "<wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x=\"{}\" y=\"{line}\"/><a:ext cx=\"{size}\" cy=\"{size}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{inside}<a:ln w=\"{line}\">{edge}</a:ln></wps:spPr><wps:bodyPr/></wps:wsp>",
        left + line,
        size = side - 2 * line,
    ));
}
