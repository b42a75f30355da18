//! The contents list: a TOC field (ISO/IEC 29500-1 clause 17.16.5.68) in the content control that Word's own gallery
//! makes, with its entries cached, so that it is right on opening and no question is asked.
//!
//! Entries point to bookmarks and show page numbers of the paged result until Word is asked to update them.

use crate::diagnostic::Diagnostic;
use crate::document::tree::ContentsEntry;

use super::paragraph::ParagraphProperties;
use super::run::Run;
use super::story::{Context, EMPTY, Last, Story};
use super::styles::id;

impl<'a> Story<'_, 'a> {
    /// Writes the contents list.
    pub(super) fn contents(&mut self, entries: &'a [ContentsEntry], context: Context<'a>) {
        // A running field would show "no entries found".
        let shown: Vec<&ContentsEntry> =
            entries.iter().filter(|entry| usize::from(entry.level) <= id::TOC.len()).collect();
        if shown.is_empty() {
            return;
        }
        self.flush_number(context);
        self.xml.open("w:sdt", &[]);
        self.xml.raw(
            "<w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/><w:docPartUnique/></w:docPartObj>\
             </w:sdtPr><w:sdtContent>",
        );
        let heading = self.document.job.labels.contents;
        if !heading.is_empty() {
            let properties = self.properties(Some(id::TOC_HEADING), &EMPTY, context);
            let properties = ParagraphProperties { align: None, ..properties };
            self.paragraph(&properties, context, |story| story.text(heading, context.run));
        }
        self.field_next(" TOC \\o \"1-3\" \\h \\z \\u ");
        for (index, entry) in shown.iter().enumerate() {
            let last = index + 1 == shown.len();
            let level = usize::from(entry.level.saturating_sub(1));
            let properties = self.properties(id::TOC.get(level).copied(), &EMPTY, context);
            self.paragraph(&properties, context, |story| {
                story.contents_entry(entry, context.run);
                if last {
                    story.field_mark("end", Run::default());
                }
            });
        }
        self.xml.raw("</w:sdtContent></w:sdt>");
        self.last = Last::Nothing;
    }

    fn contents_entry(&mut self, entry: &ContentsEntry, run: Run<'_>) {
        let Some(name) = self.document.anchors.get(&entry.target).map(|anchor| anchor.name.clone()) else {
            let message = format!("the contents list points to `{}`, which is no anchor of the document", entry.target);
            return self.fault(Diagnostic::error("broken-link", message));
        };
        let page = entry.page.map(|page| page.to_string()).unwrap_or_default();
        self.xml.open("w:hyperlink", &[("w:anchor", &name), ("w:history", &1)]);
        self.text(&entry.text, run);
        self.text("\t", run);
        self.field(&format!(" PAGEREF {name} \\h "), &page, run);
        self.xml.close("w:hyperlink");
    }
}
