//! Writes markup into a string: start tags, end tags, text.
//!
//! Every value that comes from outside is escaped here and nowhere else. A character that HTML can't carry is never
//! written: it is remembered and reported. Nothing here knows what an element means.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::document::illegal::{escape, illegal_character};

/// From how many bytes on a word may be too long for a phone.
const LONG: usize = 14;

/// A start tag under construction.
#[derive(Debug, Default)]
pub(super) struct Tag {
    name: &'static str,
    classes: Vec<String>,
    attributes: Vec<(&'static str, String)>,
}

impl Tag {
    /// A tag without attributes.
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// Adds an attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// Adds a class; white space and what else a class can't hold becomes `-`.
    pub(super) fn class(mut self, name: &str) -> Self {
        let safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
        self.classes.push(name.chars().map(safe).collect());
        self
    }

    /// Adds a class where `condition` holds.
    pub(super) fn class_if(self, condition: bool, name: &str) -> Self {
        if condition { self.class(name) } else { self }
    }

    /// Name of the element.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// Whether the tag carries nothing.
    pub(super) fn is_bare(&self) -> bool {
        self.classes.is_empty() && self.attributes.is_empty()
    }
}

/// A page under construction.
#[derive(Debug, Default)]
pub(super) struct Markup {
    out: String,
    illegal: BTreeMap<char, String>,
}

impl Markup {
    /// Start tag.
    pub(super) fn open(&mut self, tag: &Tag) {
        self.out.push('<');
        self.out.push_str(tag.name);
        if !tag.classes.is_empty() {
            self.attribute("class", &tag.classes.join(" "));
        }
        for (name, value) in &tag.attributes {
            self.attribute(name, value);
        }
        self.out.push('>');
    }

    /// End tag.
    pub(super) fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element that holds nothing but text.
    pub(super) fn element(&mut self, tag: &Tag, text: &str) {
        self.open(tag);
        self.text(text);
        self.close(tag.name);
    }

    /// Escaped text whose long addresses and slashed words may be broken at their signs (HTML Standard, section 4.5.27):
    /// after a slash, before `@`, before the dots of an address. Nobody's reader says anything of it.
    pub(super) fn breakable(&mut self, text: &str) {
        for (at, word) in text.split(' ').enumerate() {
            if at > 0 {
                self.out.push(' ');
            }
            if word.len() < LONG || !word.contains(['/', '@']) {
                self.text(word);
                continue;
            }
            let address = word.contains('@') || word.contains("://") || word.starts_with("www.");
            let mut start = 0;
            for (at, c) in word.char_indices().skip(1) {
                let after_slash = word[..at].ends_with('/') && c != '/';
                if after_slash || (address && (c == '@' || c == '.')) {
                    self.text(&word[start..at]);
                    self.out.push_str("<wbr>");
                    start = at;
                }
            }
            self.text(&word[start..]);
        }
    }

    /// Escaped text.
    pub(super) fn text(&mut self, text: &str) {
        if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'+' | b'/' | b'=' | b'-' | b'.' | b',')) {
            // Most words, and what pictures are written as.
            self.out.push_str(text);
            return;
        }
        escape(text, (&mut self.out, &mut self.illegal), |_| None);
    }

    /// Markup of this writer's own, or a style sheet that has been checked.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// A line break in the source, where white space means nothing.
    pub(super) fn line(&mut self) {
        self.out.push('\n');
    }

    /// The markup, and a finding for every character that could not be written.
    pub(super) fn finish(self) -> (String, Vec<Diagnostic>) {
        let faults = self.illegal.iter().map(|(c, near)| illegal_character(*c, near, "a web page")).collect();
        (self.out, faults)
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.text(value);
        self.out.push('"');
    }
}
