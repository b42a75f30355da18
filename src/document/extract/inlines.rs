//! Runs of text: marked words, links, fields, pictures in the line.

use typst_html::{HtmlElement, HtmlNode};

use super::{Reader, attribute, name};
use crate::document::tree::{Attributes, Image, ImageFormat, Inline, LinkTarget, plain};

impl Reader<'_> {
    /// The inline content of a run of nodes, white space tidied at both ends.
    pub(super) fn inlines<'n>(&mut self, nodes: impl IntoIterator<Item = &'n HtmlNode>) -> Vec<Inline> {
        tidy(self.raw_inlines(nodes))
    }

    fn raw_inlines<'n>(&mut self, nodes: impl IntoIterator<Item = &'n HtmlNode>) -> Vec<Inline> {
        let mut content = Vec::new();
        for node in nodes {
            match node {
                HtmlNode::Tag(tag) => self.note(tag),
                HtmlNode::Text(text, _) => content.push(Inline::Text(text.to_string())),
                HtmlNode::Element(element) => content.extend(self.inline_element(element)),
                HtmlNode::Frame(frame) => self.unsupported("a drawing", frame.span),
            }
        }
        content
    }

    pub(super) fn inline_element(&mut self, element: &HtmlElement) -> Vec<Inline> {
        let attributes = self.attributes(element);
        match name(element).as_str() {
            "br" => return vec![Inline::LineBreak],
            "img" => return self.image(element).map(Inline::Image).into_iter().collect(),
            "strong" | "b" => return vec![Inline::Strong(self.raw_inlines(&element.children))],
            "em" | "i" => return vec![Inline::Emphasis(self.raw_inlines(&element.children))],
            "sup" if attribute(element, "role").as_deref() == Some("doc-noteref") => {
                return vec![Inline::NoteReference(self.note_number(element))];
            }
            "a" => {
                let target = attribute(element, "href").unwrap_or_default();
                let content = self.raw_inlines(&element.children);
                let target = match target.strip_prefix('#') {
                    Some(anchor) => LinkTarget::Internal(anchor.to_owned()),
                    None => LinkTarget::External(target),
                };
                return vec![Inline::Link { target, content }];
            }
            "p" | "span" | "div" | "u" | "s" | "mark" | "small" | "sub" | "sup" | "code" => {}
            other => {
                self.unsupported(&format!("`{other}` within a line"), element.span);
                return Vec::new();
            }
        }
        match attribute(element, "data-kind").as_deref() {
            Some("page-number") => return vec![Inline::PageNumber],
            Some("page-count") => return vec![Inline::PageCount],
            Some("scale") => {
                let number = |name| attribute(element, name).and_then(|value| value.parse::<u8>().ok()).unwrap_or(0);
                return vec![Inline::Scale { filled: number("data-filled"), of: number("data-of") }];
            }
            _ => {}
        }
        let content = self.raw_inlines(&element.children);
        if attributes == Attributes::default() { content } else { vec![Inline::Span { attributes, content }] }
    }

    /// Index of the footnote that a reference mark points to, from its printed number.
    fn note_number(&mut self, element: &HtmlElement) -> usize {
        let content = self.raw_inlines(&element.children);
        plain(&content).trim().parse::<usize>().map_or(0, |number| number.saturating_sub(1))
    }

    pub(super) fn image(&mut self, element: &HtmlElement) -> Option<Image> {
        let Some(elem) = self.image.take() else {
            self.unsupported("a picture without a file", element.span);
            return None;
        };
        let data: &[u8] = &elem.source.derived.data;
        let Some(format) = ImageFormat::of(data) else {
            self.unsupported("this kind of picture (use SVG, PNG or JPEG)", element.span);
            return None;
        };
        let styles = typst::foundations::StyleChain::default();
        let natural = |side: &str| attribute(element, side).and_then(|value| value.parse::<f64>().ok()).filter(|side| *side > 0.0);
        let given_width = elem.width.get(styles).custom().map(|width| width.abs.abs.to_pt()).filter(|width| *width > 0.0);
        let given_height = match elem.height.get(styles) {
            typst::layout::Sizing::Rel(height) => Some(height.abs.abs.to_pt()).filter(|height| *height > 0.0),
            _ => None,
        };
        let ratio = natural("width").zip(natural("height")).map(|(width, height)| width / height);
        let width = given_width.or_else(|| Some(given_height? * ratio?)).or_else(|| natural("width").map(|px| px * 0.75));
        let height = given_height.or_else(|| Some(width? / ratio?));
        let alt = attribute(element, "alt").unwrap_or_default();
        Some(Image { data: data.into(), format, alt, width, height })
    }
}

/// Joins texts, folds white space, and takes it away at both ends and around line breaks.
pub(super) fn tidy(content: Vec<Inline>) -> Vec<Inline> {
    let mut tidied = Vec::new();
    let mut space = true;
    fold(content, &mut tidied, &mut space);
    trim_end(&mut tidied);
    tidied
}

fn fold(content: Vec<Inline>, to: &mut Vec<Inline>, space: &mut bool) {
    for inline in content {
        match inline {
            Inline::Text(text) => {
                let mut folded = String::with_capacity(text.len());
                for c in text.chars() {
                    let white = matches!(c, ' ' | '\n' | '\t' | '\r');
                    if !(white && *space) {
                        folded.push(if white { ' ' } else { c });
                    }
                    *space = white;
                }
                match to.last_mut() {
                    Some(Inline::Text(last)) => last.push_str(&folded),
                    _ if folded.is_empty() => {}
                    _ => to.push(Inline::Text(folded)),
                }
            }
            Inline::Strong(inner) => nested(inner, space, to, Inline::Strong),
            Inline::Emphasis(inner) => nested(inner, space, to, Inline::Emphasis),
            Inline::Link { target, content } => nested(content, space, to, |content| Inline::Link { target, content }),
            Inline::Span { attributes, content } => {
                nested(content, space, to, |content| Inline::Span { attributes, content });
            }
            Inline::LineBreak => {
                trim_end(to);
                to.push(Inline::LineBreak);
                *space = true;
            }
            other => {
                to.push(other);
                *space = false;
            }
        }
    }
}

fn nested(content: Vec<Inline>, space: &mut bool, to: &mut Vec<Inline>, make: impl FnOnce(Vec<Inline>) -> Inline) {
    let mut inner = Vec::new();
    fold(content, &mut inner, space);
    if !inner.is_empty() {
        to.push(make(inner));
    }
}

fn trim_end(content: &mut Vec<Inline>) {
    while let Some(last) = content.last_mut() {
        match last {
            Inline::Text(text) => {
                text.truncate(text.trim_end_matches(' ').len());
                if !text.is_empty() {
                    return;
                }
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link { content: inner, .. } | Inline::Span { content: inner, .. } => {
                trim_end(inner);
                if !inner.is_empty() {
                    return;
                }
            }
            _ => return,
        }
        content.pop();
    }
}
