//! Writes XML into a string: elements, attributes, text.
//!
//! Every value that comes from outside is escaped here and nowhere else. A character that XML 1.0 (clause 2.2) can't
//! carry, or that no format of ours accepts, is never written: it is remembered and reported. Nesting is the caller's
//! affair; nothing here knows WordprocessingML.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Write};

use crate::diagnostic::Diagnostic;
use crate::document::illegal::{escape, illegal_character};

/// An attribute: its qualified name and its value.
pub(super) type Attribute<'a> = (&'a str, &'a dyn Display);

/// XML under construction.
#[derive(Debug, Default)]
pub(super) struct Xml {
    out: String,
    illegal: BTreeMap<char, String>,
}

impl Xml {
    /// A part of a package, which begins with the XML declaration.
    pub(super) fn part() -> Self {
        Self { out: String::from(DECLARATION), illegal: BTreeMap::new() }
    }

    /// Start tag.
    pub(super) fn open(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes);
        self.out.push('>');
    }

    /// Element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    /// Element whose only attribute is `w:val`.
    pub(super) fn val(&mut self, name: &str, value: impl Display) {
        self.empty(name, &[("w:val", &value)]);
    }

    /// End tag.
    pub(super) fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Escaped text.
    pub(super) fn text(&mut self, text: &str) {
        Escape { out: &mut self.out, illegal: &mut self.illegal }.push(text);
    }

    /// An element that holds nothing but text.
    pub(super) fn element(&mut self, name: &str, attributes: &[Attribute<'_>], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// XML that is already well-formed.
    pub(super) fn raw(&mut self, xml: &str) {
        self.out.push_str(xml);
    }

    /// Length so far, in bytes; a place for [`Xml::insert`].
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// Puts well-formed XML at an earlier place.
    pub(super) fn insert(&mut self, at: usize, xml: &str) {
        if self.out.is_char_boundary(at) {
            self.out.insert_str(at, xml);
        }
    }

    /// The text, and a finding for every character that could not be written.
    pub(super) fn finish(self) -> (String, Vec<Diagnostic>) {
        let faults = self.illegal.iter().map(|(c, near)| illegal_character(*c, near, "a Word file")).collect();
        (self.out, faults)
    }

    fn tag(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attributes {
            self.out.push(' ');
            self.out.push_str(key);
            self.out.push_str("=\"");
            // Writing into a string does not fail.
            let _ = write!(Escape { out: &mut self.out, illegal: &mut self.illegal }, "{value}");
            self.out.push('"');
        }
    }
}

/// What every part begins with.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

struct Escape<'a> {
    out: &'a mut String,
    illegal: &'a mut BTreeMap<char, String>,
}

impl Escape<'_> {
    fn push(&mut self, text: &str) {
        let more = |c| match c {
            '\t' => Some("&#9;"),
            '\n' => Some("&#10;"),
            _ => None,
        };
        escape(text, (&mut *self.out, &mut *self.illegal), more);
    }
}

impl Write for Escape<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text);
        Ok(())
    }
}
