//! The contents list of a document, from the marked list that `templates/base` writes.

use typst_html::{HtmlElement, HtmlNode};

use super::tree::ContentsEntry;

/// The entries of a contents list; none if the element is another kind of navigation.
pub(super) fn contents(element: &HtmlElement) -> Option<Vec<ContentsEntry>> {
    let role = element.attrs.0.iter().find(|(key, _)| &*key.resolve() == "role").map(|(_, value)| value.as_str());
    if role != Some("doc-toc") {
        return None;
    }
    let mut entries = Vec::new();
    walk(element, 0, &mut entries);
    Some(entries)
}

fn walk(element: &HtmlElement, depth: u8, entries: &mut Vec<ContentsEntry>) {
    for child in &element.children {
        let HtmlNode::Element(inner) = child else { continue };
        match &*inner.tag.resolve() {
            "ol" | "ul" => walk(inner, depth + 1, entries),
            "a" => {
                let target = inner.attrs.0.iter().find(|(key, _)| &*key.resolve() == "href");
                let target = target.map(|(_, href)| href.trim_start_matches('#').to_owned()).unwrap_or_default();
                entries.push(ContentsEntry { level: depth.max(1), text: text(inner), target, page: None });
            }
            _ => walk(inner, depth, entries),
        }
    }
}

fn text(element: &HtmlElement) -> String {
    let mut words = String::new();
    for child in &element.children {
        match child {
            HtmlNode::Text(text, _) => words.push_str(text),
            HtmlNode::Element(inner) => words.push_str(&text_of(inner)),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text_of(element: &HtmlElement) -> String {
    text(element)
}
