//! A whole document. With `JOBPACK_KEEP` set to a folder, the pages are left there for validators and eyes.

use super::sample::{HOSTILE, pack};
use super::{page, style};
use crate::document::html::write;

const ORGANISATIONS: [(&str, &str); 5] = [
    ("havering", "London Borough of Havering"),
    ("bradford", "City of Bradford Metropolitan District Council"),
    ("gla", "Greater London Authority"),
    ("heston", "Heston Community School"),
    ("millbrook", "Millbrook Primary School"),
];

#[test]
fn every_brand_dresses_a_whole_pack_without_scripts_inline_styles_or_requests() {
    for (organisation, name) in ORGANISATIONS {
        let style = style(organisation);
        let html = write(&pack(organisation, name), &page(&style, name)).unwrap_or_else(|faults| panic!("{faults:#?}"));
        if let Ok(folder) = std::env::var("JOBPACK_KEEP") {
            std::fs::write(format!("{folder}/{organisation}.html"), &html).expect("the folder can be written");
        }
        let markup = html.replace(style.css(), "");
        assert!(!markup.contains("<script"), "no script");
        assert!(!markup.contains(" style="), "no inline style");
        assert_eq!(html.matches("<style").count(), 1);
        assert_eq!(html.matches("</style>").count(), 1, "only the style sheet's own end");
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(!style.css().contains("url("));
        assert_eq!(html, write(&pack(organisation, name), &page(&style, name)).expect("the same"), "same bytes");
    }
}

#[test]
fn the_shell_names_language_title_author_and_date() {
    let style = style("havering");
    let html = write(&pack("havering", "Havering & Co"), &page(&style, "Havering & Co")).expect("a page");
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"));
    for part in [
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
        "<meta name=\"color-scheme\" content=\"light dark\">",
        "<meta name=\"theme-color\" content=\"#06352A\" media=\"(prefers-color-scheme: light)\">",
        "<meta name=\"author\" content=\"Havering &amp; Co\">",
        "<meta name=\"dcterms.date\" content=\"2026-11-22\">",
        "<title>Learning Mentor / ELSA: job pack, London Borough of Havering</title>",
        "<a class=\"skip\" href=\"#jp-main\">Skip to content</a>\n<header class=\"running\"><div class=\"measure\">\n\
         <p>Learning Mentor / ELSA · Havering &amp; Co</p>\n</div>\n</header>\n<main id=\"jp-main\">\n",
        "<div class=\"cover band\"><div class=\"measure\">\n<h1>Learning Mentor / ELSA</h1>\n</div>\n</div>\n",
        "<div class=\"landscape\">\n<h3>Structure</h3>\n<p>On a wide sheet.</p>\n</div>\n<p>And back.</p>\n",
    ] {
        assert!(html.contains(part), "no {part}");
    }
    assert!(html.ends_with(
        "</main>\n<footer class=\"running\"><div class=\"measure\">\n<p>Havering &amp; Co</p>\n</div>\n</footer>\n\
         </body>\n</html>\n"
    ));
    assert!(!html.contains(HOSTILE));
    assert!(html.replace("<wbr>", "").contains("&lt;/style&gt;&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 'x' \u{200f}\u{202e}]]&gt;"));
}

#[test]
fn every_place_that_refers_to_a_note_can_be_gone_back_to() {
    let style = style("havering");
    let html = write(&pack("havering", "Havering"), &page(&style, "Havering")).expect("a page");
    for part in [
        "<sup><a href=\"#jp-note-1\" id=\"jp-reference-1\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup>",
        "<sup><a href=\"#jp-note-1\" id=\"jp-reference-1-2\" role=\"doc-noteref\" aria-label=\"Footnote 1\">1</a></sup>",
        "<section class=\"footnotes measure\" role=\"doc-endnotes\" aria-labelledby=\"jp-notes\">\n\
         <h2 id=\"jp-notes\">Footnotes</h2>\n<ol>\n<li id=\"jp-note-1\">See the <strong>graduated approach</strong>. \
         <a href=\"#jp-reference-1\" role=\"doc-backlink\" aria-label=\"Back to text 1\">\u{21A9}\u{FE0E}</a> \
         <a href=\"#jp-reference-1-2\" role=\"doc-backlink\" aria-label=\"Back to text 1.2\">\u{21A9}\u{FE0E}</a></li>\n\
         </ol>\n</section>\n",
    ] {
        assert!(html.contains(part), "no {part}");
    }
}
