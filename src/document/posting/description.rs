//! The words of a posting: advert, purpose and accountabilities of the pack, as the little HTML that search engines take
//! (Google Search Central, `description`: paragraphs, lists and headings).

use crate::pack::Pack;
use crate::pack::rich::{Inline, Marked};
use crate::pack::view::BlockView;
use crate::profile::Marker;

/// Sections of the profile that say what the job is.
const SECTIONS: [&str; 2] = ["purpose", "accountabilities"];

/// Most characters of a summary.
const SUMMARY: usize = 155;

/// The words of a posting; empty if there are none.
pub(super) fn of(pack: &Pack) -> String {
    let mut out = String::new();
    if let Some(advert) = pack.part("advert") {
        blocks(&advert.blocks, &mut out);
    }
    for name in SECTIONS {
        pack.parts.values().for_each(|part| section(&part.blocks, name, &mut |found| blocks(std::slice::from_ref(found), &mut out)));
    }
    out
}

/// The first words of the pack.
pub(super) fn opening(pack: &Pack) -> Option<String> {
    let mut found = pack.part("advert").and_then(|advert| first_paragraph(&advert.blocks));
    for part in pack.parts.values() {
        if found.is_none() {
            section(&part.blocks, "purpose", &mut |purpose| found = first_paragraph(std::slice::from_ref(purpose)));
        }
    }
    found.map(|words| shortened(&words)).filter(|words| !words.is_empty())
}

fn shortened(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= SUMMARY {
        return words;
    }
    let end: String = words.chars().take(SUMMARY).collect();
    let whole = end.rfind(' ').map_or(end.as_str(), |space| &end[..space]);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '.']))
}

fn first_paragraph(blocks: &[BlockView]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        BlockView::Paragraph { content, .. } => Some(plain(content)),
        BlockView::List { items, .. } => items.iter().find_map(|item| first_paragraph(item)),
        BlockView::Section { blocks, .. } | BlockView::Group { blocks, .. } => first_paragraph(blocks),
        _ => None,
    })
}

/// Shows `visit` the sections of a name, wherever they stand.
fn section<'a>(blocks: &'a [BlockView], name: &str, visit: &mut impl FnMut(&'a BlockView)) {
    for block in blocks {
        match block {
            BlockView::Section { id: Some(id), .. } if id == name => visit(block),
            BlockView::Section { blocks, .. } | BlockView::Group { blocks, .. } => section(blocks, name, visit),
            _ => {}
        }
    }
}

fn blocks(all: &[BlockView], out: &mut String) {
    for block in all {
        match block {
            BlockView::Section { heading, blocks: inner, .. } => {
                if let Some(heading) = heading {
                    element("h3", heading, out);
                }
                blocks(inner, out);
            }
            BlockView::Paragraph { content, .. } => element("p", content, out),
            BlockView::List { marker, items, .. } => {
                let name = if matches!(marker, Marker::Bullet | Marker::Dash) { "ul" } else { "ol" };
                out.push_str(&format!("<{name}>"));
                for item in items {
                    out.push_str("<li>");
                    match item.as_slice() {
                        [BlockView::Paragraph { content, .. }, rest @ ..] => {
                            inlines(content, out);
                            blocks(rest, out);
                        }
                        other => blocks(other, out),
                    }
                    out.push_str("</li>");
                }
                out.push_str(&format!("</{name}>"));
            }
            BlockView::Group { blocks: inner, .. } => blocks(inner, out),
            // Tables, facts and forms are fields of the posting, or say how people are chosen.
            _ => {}
        }
    }
}

fn element(name: &str, content: &[Inline], out: &mut String) {
    // A paragraph of spaces would make words of no words.
    if plain(content).trim().is_empty() {
        return;
    }
    out.push_str(&format!("<{name}>"));
    inlines(content, out);
    out.push_str(&format!("</{name}>"));
}

fn inlines(content: &[Inline], out: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Marked(Marked::Variable { text, .. }) => escaped(text, out),
            Inline::Marked(Marked::Strong { content }) => element("strong", content, out),
            Inline::Marked(Marked::Emphasis { content }) => element("em", content, out),
            // Addresses belong to the page; the words stay.
            Inline::Marked(Marked::Link { content, .. }) => inlines(content, out),
            Inline::Marked(Marked::Break) => out.push_str("<br>"),
        }
    }
}

fn escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

fn plain(content: &[Inline]) -> String {
    let mut words = String::new();
    for inline in content {
        match inline {
            Inline::Text(text) | Inline::Marked(Marked::Variable { text, .. }) => words.push_str(text),
            Inline::Marked(Marked::Strong { content } | Marked::Emphasis { content } | Marked::Link { content, .. }) => {
                words.push_str(&plain(content));
            }
            Inline::Marked(Marked::Break) => words.push(' '),
        }
    }
    words
}
