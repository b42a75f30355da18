//! What a page must hold, and what it must never.

mod blocks;
mod colours;
mod faults;
mod sample;
mod shell;
mod whole;

use std::sync::Arc;

use super::{HtmlPage, Labels, PageStyle, PageTemplate, write};
use crate::brand::CoverStyle;
use crate::diagnostic::Diagnostic;
use crate::document::tree::{Block, Tree};
use crate::layout::HeadingRule;

/// The style sheet of an organisation of this project.
fn style(organisation: &str) -> PageStyle {
    let template = PageTemplate::new(None, HeadingRule::Below).unwrap_or_else(|faults| panic!("{faults:#?}"));
    template.for_brand(&sample::brand_of(organisation), Default::default(), Arc::default()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn page<'a>(style: &'a PageStyle, author: &'a str) -> HtmlPage<'a> {
    HtmlPage {
        style,
        cover: CoverStyle::Band,
        author,
        date: "2026-11-22",
        description: None,
        listed: true,
        posting: None,
        labels: Labels {
            skip: "Skip to content",
            contents: "Contents",
            footnotes: "Footnotes",
            footnote: "Footnote",
            back: "Back to text",
            table: "Table",
        },
    }
}

fn written(tree: &Tree) -> Result<String, Vec<Diagnostic>> {
    write(tree, &page(&style("havering"), "London Borough of Havering"))
}

fn document_of(body: Vec<Block>) -> Tree {
    Tree { language: "en-GB".to_owned(), title: "A title".to_owned(), body, ..Tree::default() }
}

/// What a body becomes, without the shell around it.
fn body(blocks: Vec<Block>) -> String {
    let page = written(&document_of(blocks)).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let start = "<div class=\"measure words\">\n";
    let from = page.find(start).expect("a body") + start.len();
    let to = page.rfind("</div>\n</main>").expect("its end");
    page[from..to].to_owned()
}

fn codes(tree: &Tree) -> Vec<&'static str> {
    written(tree).err().unwrap_or_default().iter().map(|fault| fault.code).collect()
}
