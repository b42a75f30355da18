//! The contents list: links to the headings of the page.

use super::links;
use super::markup::Tag;
use super::writer::Writer;
use crate::document::tree::{Attributes, ContentsEntry};

impl Writer<'_> {
    /// Navigation by name (ARIA 1.2, `navigation`): named by its own heading, or by the one directly before it.
    pub(super) fn contents(&mut self, entries: &[ContentsEntry], attributes: &Attributes) {
        if entries.is_empty() {
            return;
        }
        let mut tag = self.dress(Tag::new("nav").class("contents"), attributes);
        if self.under_heading {
            tag = tag.with("aria-label", self.heading.clone());
            self.out.open(&tag);
        } else {
            self.out.open(&tag.with("aria-labelledby", "jp-contents"));
            let heading = self.own_anchor(Tag::new("h2"), "jp-contents");
            self.out.element(&heading, self.page.labels.contents);
        }
        self.out.line();
        self.entries(entries);
        self.end("nav");
    }

    /// One list; deeper entries are a list within the entry that they follow.
    fn entries(&mut self, entries: &[ContentsEntry]) {
        self.out.raw("<ul>\n");
        let mut rest = entries;
        while let [first, after @ ..] = rest {
            let below = after.iter().take_while(|entry| entry.level > first.level).count();
            self.out.raw("<li>");
            self.anchors.want(&first.target);
            self.out.open(&Tag::new("a").with("href", links::internal(&first.target)));
            self.out.breakable(&first.text);
            self.out.close("a");
            if below > 0 {
                self.out.line();
                self.entries(&after[..below]);
            }
            self.end("li");
            rest = &after[below..];
        }
        self.end("ul");
    }
}
