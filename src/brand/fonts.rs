//! `typography.fonts`: families with files, and families whose files are elsewhere.
//!
//! A family without files is a fault only where a document would be set in it: a file written for another tool may have
//! one for code.

use super::read::Reader;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::source::Node;

/// The families of a brand.
#[derive(Debug, Default)]
pub(super) struct Families<'a> {
    /// Names of those with files, each where it stands.
    pub with_files: Vec<(String, Span)>,
    /// Paths of the files as written.
    pub files: Vec<(String, Span)>,
    /// The others, with where they say where their files are.
    elsewhere: Vec<(&'a str, &'a Node, &'a str)>,
}

impl Families<'_> {
    /// The first family that the file lists.
    pub(super) fn first(&self) -> Option<&str> {
        self.with_files.first().map(|(family, _)| family.as_str()).or_else(|| self.elsewhere.first().map(|(family, ..)| *family))
    }
}

impl<'a> Reader<'a> {
    pub(super) fn families(&mut self) -> Families<'a> {
        let mut found = Families::default();
        for font in self.root.at_path("typography.fonts").and_then(Node::as_list).unwrap_or_default() {
            let Some((family, named)) = font.get("family").and_then(|node| Some((node.as_text()?, node))) else {
                let fault = Diagnostic::error("missing-field", "a font without the name of its family").at(font.span.clone());
                self.faults.push(fault.field("typography.fonts").hint("write `family:` as the font files spell it"));
                continue;
            };
            let files = font.get("files").and_then(Node::as_list).unwrap_or_default();
            match font.get("source").map(|source| (source, source.as_text().unwrap_or_default())) {
                Some((node, source)) if source != "file" => found.elsewhere.push((family, node, source)),
                _ if files.is_empty() => found.elsewhere.push((family, font, "file")),
                _ => {
                    found.with_files.push((family.to_owned(), named.span.clone()));
                    for file in files {
                        found.files.extend(self.font_file(file));
                    }
                }
            }
        }
        if found.with_files.is_empty() && found.elsewhere.is_empty() {
            let at = ["typography.fonts", "typography"].iter().find_map(|path| self.root.at_path(path)).unwrap_or(self.root);
            self.faults.push(
                Diagnostic::error("missing-field", "the brand has no fonts, and no others are used")
                    .at(at.span.clone())
                    .field("typography.fonts")
                    .hint("list families with `source: file` and their files; `jobpack new organisation` writes an example"),
            );
        }
        found
    }

    fn font_file(&mut self, file: &Node) -> Option<(String, Span)> {
        let path = file.get("path").unwrap_or(file);
        let fault = match path.as_text() {
            Some(text) if text.contains("://") => {
                Diagnostic::error("remote-font", format!("`{text}` is an address, and nothing is fetched")).hint("put the file under `fonts/`")
            }
            Some(text) => return Some((text.to_owned(), path.span.clone())),
            None => Diagnostic::error("wrong-type", format!("expected the path of a font, found {}", path.kind()))
                .hint("write `path: ../../fonts/name.ttf`"),
        };
        self.faults.push(fault.at(path.span.clone()));
        None
    }

    /// Demands that a family that documents are set in has files; `at` is where it is named.
    pub(super) fn has_files(&mut self, family: &str, at: &Node, families: &Families<'_>) {
        let known = families.with_files.iter().any(|(known, _)| known == family);
        // A brand without any family has had its fault.
        if known || (families.with_files.is_empty() && families.elsewhere.is_empty()) {
            return;
        }
        let own = format!("put the TTF or OTF files of `{family}` under `fonts/`, with `source: file` and their paths under `files`");
        let elsewhere = families.elsewhere.iter().find(|(name, ..)| *name == family);
        let fault = match elsewhere {
            Some((_, node, "file")) => {
                Diagnostic::error("missing-field", format!("the font `{family}` has no files")).at(node.span.clone()).hint(own)
            }
            Some((_, node, "system")) => {
                let message = format!("the font `{family}` is whatever the machine has, and packs look the same on all machines");
                Diagnostic::error("system-font", message).at(node.span.clone()).hint(own)
            }
            Some((_, node, source)) => {
                let message = format!("the font `{family}` comes from `{source}`, and nothing is fetched");
                let fault = Diagnostic::error("remote-font", message).at(node.span.clone()).hint(own);
                fault.hint(format!("its maker's site has the files; with them, `source: {source}` becomes `source: file`"))
            }
            None => {
                let fault = Diagnostic::error("unknown-font", format!("no font file of the brand has the family `{family}`"));
                let fault = fault.at(at.span.clone());
                match nearest(family, families.with_files.iter().map(|(family, _)| family.as_str())) {
                    Some(near) => fault.hint(format!("did you mean `{near}`?")),
                    None => fault.hint("add it under `typography.fonts` with `source: file` and its files"),
                }
            }
        };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}
