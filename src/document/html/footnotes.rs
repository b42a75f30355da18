//! Footnotes: references in the text, the notes at the end, and the way back (DPUB-ARIA 1.1: `doc-noteref`,
//! `doc-endnotes`, `doc-backlink`).

use super::markup::Tag;
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::document::tree::BlockKind;

impl Writer<'_> {
    /// The mark of a reference: a link to the note.
    pub(super) fn note_reference(&mut self, index: usize) {
        let number = index + 1;
        let Some(count) = self.references.get_mut(index) else {
            self.faults.push(Diagnostic::error("missing-footnote", format!("the document has no footnote {number}")));
            return;
        };
        *count += 1;
        let id = reference(number, *count);
        self.out.raw("<sup>");
        let tag = self.own_anchor(Tag::new("a").with("href", format!("#jp-note-{number}")), &id);
        let said = format!("{} {number}", self.page.labels.footnote);
        self.out.element(&tag.with("role", "doc-noteref").with("aria-label", said), &number.to_string());
        self.out.raw("</sup>");
    }

    /// The notes, each with a link back to every place that refers to it.
    pub(super) fn footnotes(&mut self) {
        let notes = &self.tree.footnotes;
        if notes.is_empty() {
            return;
        }
        let section = Tag::new("section").class("footnotes").class("measure").with("role", "doc-endnotes");
        self.out.open(&section.with("aria-labelledby", "jp-notes"));
        self.out.line();
        let heading = self.own_anchor(Tag::new("h2"), "jp-notes");
        self.out.element(&heading, self.page.labels.footnotes);
        self.out.raw("\n<ol>\n");
        for (index, note) in notes.iter().enumerate() {
            let item = self.own_anchor(Tag::new("li"), &format!("jp-note-{}", index + 1));
            self.out.open(&item);
            match note.as_slice() {
                [only] => match &only.kind {
                    BlockKind::Paragraph(content) => self.inlines(content),
                    _ => self.blocks(note),
                },
                _ => self.blocks(note),
            }
            self.ways_back(index);
            self.end("li");
        }
        self.out.raw("</ol>\n</section>\n");
    }

    fn ways_back(&mut self, index: usize) {
        let number = index + 1;
        for count in 1..=self.references.get(index).copied().unwrap_or_default() {
            self.out.text(" ");
            let tag = Tag::new("a").with("href", format!("#{}", reference(number, count))).with("role", "doc-backlink");
            let mut said = format!("{} {number}", self.page.labels.back);
            if count > 1 {
                said.push_str(&format!(".{count}"));
            }
            // U+FE0E: the arrow is a sign, not a coloured picture.
            self.out.element(&tag.with("aria-label", said), "\u{21A9}\u{FE0E}");
        }
    }
}

/// Anchor of the `count`th reference to a note.
fn reference(number: usize, count: usize) -> String {
    if count == 1 { format!("jp-reference-{number}") } else { format!("jp-reference-{number}-{count}") }
}
