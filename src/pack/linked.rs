//! Links of the e-mail and web addresses that stand in plain words.
//!
//! For prose pages only: what Tera printed from data holds no Markdown, but an address is an address. Words of a profile
//! stay as they were written.

use linkify::{LinkFinder, LinkKind};

use super::rich::{Inline, Marked, RichBlock};

/// Makes links of the e-mail and web addresses that stand in plain words. Data that Tera printed holds no Markdown, but
/// an address is an address.
pub(super) fn linked(block: &mut RichBlock) {
    match block {
        RichBlock::Paragraph(content) | RichBlock::Heading { content, .. } => linked_words(content),
        RichBlock::List { items, .. } => items.iter_mut().flatten().for_each(linked),
        RichBlock::Table { columns, rows } => {
            columns.iter_mut().chain(rows.iter_mut().flatten()).for_each(linked_words);
        }
    }
}

fn linked_words(content: &mut Vec<Inline>) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Email, LinkKind::Url]).url_must_have_scheme(true);
    let split = |text: String| {
        let links = finder.spans(&text).map(|span| match span.kind() {
            Some(kind) => {
                let scheme = if *kind == LinkKind::Email { "mailto:" } else { "" };
                let (url, content) = (format!("{scheme}{}", span.as_str()), vec![Inline::Text(span.as_str().to_owned())]);
                // Only what a link of Markdown may point to.
                let allowed = ["mailto:", "https://", "http://"].iter().any(|scheme| url.starts_with(scheme));
                if allowed { Inline::Marked(Marked::Link { url, content }) } else { Inline::Text(span.as_str().to_owned()) }
            }
            None => Inline::Text(span.as_str().to_owned()),
        });
        links.collect::<Vec<_>>()
    };
    *content = std::mem::take(content)
        .into_iter()
        .flat_map(|inline| match inline {
            Inline::Text(text) if text.contains(['@', ':']) => split(text),
            Inline::Marked(Marked::Strong { content: mut inner }) => {
                linked_words(&mut inner);
                vec![Inline::Marked(Marked::Strong { content: inner })]
            }
            other => vec![other],
        })
        .collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Inline> {
        let mut block = RichBlock::Paragraph(vec![Inline::Text(text.to_owned())]);
        linked(&mut block);
        let RichBlock::Paragraph(content) = block else { panic!("a paragraph stays one") };
        content
    }

    #[test]
    fn an_address_in_plain_words_becomes_a_link_and_nothing_else_does() {
        let link = |url: &str, text: &str| {
            Inline::Marked(Marked::Link { url: url.to_owned(), content: vec![Inline::Text(text.to_owned())] })
        };
        let text = |text: &str| Inline::Text(text.to_owned());
        assert_eq!(
            words("Write to jobs@example.org, or see https://example.org/jobs."),
            [
                text("Write to "),
                link("mailto:jobs@example.org", "jobs@example.org"),
                text(", or see "),
                link("https://example.org/jobs", "https://example.org/jobs"),
                text("."),
            ]
        );
        let plain = words("At 9:30 @ the gate; javascript://alert(1)");
        assert!(plain.iter().all(|inline| matches!(inline, Inline::Text(_))), "{plain:?}");
    }
}
