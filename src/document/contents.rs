//! The contents list of a document, from the marked list that `templates/base` writes.

use typst_html::{HtmlElement, HtmlNode};

use super::tree::{Block, BlockKind, ContentsEntry, plain};
use crate::typeset::HeadingPlace;

/// Gives each entry of the contents lists among `blocks` the page of its heading; `headings` are in document order.
pub fn number(blocks: &mut [Block], headings: &[HeadingPlace]) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Contents(entries) => {
                let mut rest = headings.iter();
                for entry in entries {
                    let mut ahead = rest.clone();
                    if let Some(heading) = ahead.find(|heading| heading.words == entry.text) {
                        entry.page = Some(heading.page);
                        rest = ahead;
                    }
                }
            }
            BlockKind::Group(inner) => number(inner, headings),
            _ => {}
        }
    }
}

/// Begins a page with each part that begins one in the PDF, so that the numbers of the contents list hold in Word too.
pub fn part_breaks(blocks: &mut [Block], headings: &[HeadingPlace]) {
    let mut rest = headings.iter();
    for at in 0..blocks.len() {
        let BlockKind::Heading { level: 1, content } = &blocks[at].kind else { continue };
        let words = plain(content).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut ahead = rest.clone();
        let Some(heading) = ahead.find(|heading| heading.words == words) else { continue };
        rest = ahead;
        if heading.at_head && heading.page > 1 {
            // Lines above the title in the same box come along.
            let opening = blocks[at].attributes.opening.clone();
            let boxed = |block: &&Block| opening.is_some() && block.attributes.opening == opening;
            let above = blocks[..at].iter().rev().take_while(boxed).count();
            blocks[at - above].attributes.page_break_before = true;
        }
    }
}

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
    gather(element, &mut words);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(element: &HtmlElement, words: &mut String) {
    for child in &element.children {
        match child {
            HtmlNode::Text(text, _) => words.push_str(text),
            HtmlNode::Element(inner) => gather(inner, words),
            _ => {}
        }
    }
}
