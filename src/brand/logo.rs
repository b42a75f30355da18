//! `logo`: pictures by name and by size, each maybe in a light and a dark form.

use super::Logo;
use super::read::Reader;
use crate::diagnostic::{Diagnostic, Span};
use crate::source::{Node, Value};

/// A logo, and its path as written.
pub(super) type Picture = (Logo, (String, Span));

/// Which form of a logo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// For a light ground.
    Light,
    /// For a dark ground.
    Dark,
}

impl Form {
    fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl<'a> Reader<'a> {
    /// The medium logo, or the first of the others: a path, a name of `logo.images`, or a light and dark pair of these.
    /// A dark form is there only if the brand gives one.
    pub(super) fn logo(&mut self, form: Form) -> Option<Picture> {
        let sizes = ["logo.medium", "logo.large", "logo.small", "logo"];
        let node = sizes.iter().find_map(|path| self.root.at_path(path).filter(|node| is_logo(node)))?;
        let images = self.root.at_path("logo.images");
        let node = match node.get("light").or_else(|| node.get("dark")) {
            // Who gives only one form means it for both.
            Some(only) => node.get(form.key()).or((form == Form::Light).then_some(only))?,
            None if form == Form::Dark => return None,
            None => node,
        };
        let named = node.as_text().and_then(|name| images?.get(name));
        if let (None, Some(name), Some(images)) = (named, node.as_text().filter(|name| !name.contains('.')), images.and_then(Node::as_map)) {
            let fault = Diagnostic::error("unknown-value", format!("`logo.images` has no picture `{name}`")).at(node.span.clone());
            self.faults.push(fault.hint(format!("it has: {}", images.keys().collect::<Vec<_>>().join(", "))));
            return None;
        }
        let node = named.unwrap_or(node);
        let path = node.get("path").unwrap_or(node);
        let file = path.as_text()?.to_owned();
        if file.contains("://") {
            let fault = Diagnostic::error("remote-logo", format!("`{file}` is an address, and nothing is fetched")).at(path.span.clone());
            self.faults.push(fault.hint("put the picture beside the brand file, as SVG or PNG"));
            return None;
        }
        let alt = node.get("alt").and_then(Node::as_text).filter(|alt| !alt.trim().is_empty());
        if alt.is_none() {
            self.faults.push(
                Diagnostic::error("missing-alt", format!("the logo `{file}` has no words for readers who don't see it"))
                    .at(node.span.clone())
                    .hint("write `path:` and `alt:` under `logo.images`"),
            );
        }
        let ending = if file.to_ascii_lowercase().ends_with(".png") { "png" } else { "svg" };
        let stem = if form == Form::Dark { "logo-dark" } else { "logo" };
        let logo = Logo { path: format!("/brand/{stem}.{ending}"), alt: alt.unwrap_or_default().to_owned() };
        Some((logo, (file, path.span.clone())))
    }
}

fn is_logo(node: &Node) -> bool {
    matches!(&node.value, Value::Scalar(_)) || ["path", "light", "dark"].iter().any(|key| node.get(key).is_some())
}
