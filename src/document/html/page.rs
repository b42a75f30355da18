//! The shell of a page: metadata, skip link, running header, cover, body, notes, footer.
//!
//! What a running header says is said once. Pages have no numbers here, so footers lose theirs.

use super::blocks::{is_empty, only_pictures};
use super::inlines::words;
use super::markup::Tag;
use super::writer::{Writer, in_language};
use crate::diagnostic::Diagnostic;
use crate::document::tree::{Block, BlockKind};

impl Writer<'_> {
    /// Writes the page, or says all that is wrong with it.
    pub(super) fn document(mut self) -> Result<String, Vec<Diagnostic>> {
        let tree = self.tree;
        if tree.language.is_empty() {
            self.faults.push(Diagnostic::error("missing-language", "the document says no language (WCAG 2.2, 3.1.1)"));
        }
        self.out.raw("<!DOCTYPE html>\n");
        self.out.open(&in_language(Tag::new("html"), &tree.language));
        self.out.line();
        self.head();
        self.out.raw("<body>\n");
        self.out.element(&Tag::new("a").class("skip").with("href", "#jp-main"), self.page.labels.skip);
        self.out.line();
        self.running("header", &tree.header);
        let main = self.own_anchor(Tag::new("main"), "jp-main");
        self.out.open(&main);
        self.out.line();
        self.body(&tree.body);
        self.footnotes();
        self.out.raw("</main>\n");
        self.running("footer", &tree.footer);
        self.out.raw("</body>\n</html>\n");
        let (page, illegal) = self.out.finish();
        let mut faults = self.faults;
        faults.extend(illegal);
        faults.extend(self.anchors.finish());
        if faults.is_empty() { Ok(page) } else { Err(faults) }
    }

    fn head(&mut self) {
        let title = match self.tree.title.trim() {
            "" => title_words(&self.tree.body).unwrap_or_default(),
            title => title.to_owned(),
        };
        if title.is_empty() {
            self.faults.push(Diagnostic::error("missing-title", "the document has no title (WCAG 2.2, 2.4.2)"));
        }
        let page = self.page;
        self.out.raw("<head>\n");
        self.out.open(&Tag::new("meta").with("charset", "utf-8"));
        self.out.line();
        for (name, content) in [
            ("viewport", "width=device-width, initial-scale=1"),
            ("color-scheme", "light dark"),
            ("theme-color", page.style.theme_color()),
            ("author", page.author),
            ("dcterms.date", page.date),
            ("generator", "jobpack"),
        ] {
            self.out.open(&Tag::new("meta").with("name", name).with("content", content));
            self.out.line();
        }
        self.out.element(&Tag::new("title"), &title);
        self.out.raw("\n<style>");
        self.out.raw(page.style.css());
        self.out.raw("</style>\n</head>\n");
    }

    /// Running header or footer; nothing where no words are left.
    fn running(&mut self, name: &'static str, blocks: &[Block]) {
        if blocks.iter().all(is_empty) {
            return;
        }
        self.out.open(&Tag::new(name).class("running"));
        self.in_measure(blocks);
        self.out.close(name);
        self.out.line();
    }

    fn in_measure(&mut self, blocks: &[Block]) {
        self.out.raw("<div class=\"measure\">\n");
        self.blocks(blocks);
        self.out.raw("</div>\n");
    }

    fn body(&mut self, body: &[Block]) {
        let (pictures, cover, rest) = opening(body);
        if !pictures.is_empty() {
            self.out.raw("<div class=\"identity\">");
            self.in_measure(pictures);
            self.out.raw("</div>\n");
        }
        let untitled = title_words(body).is_none();
        if untitled || !cover.is_empty() {
            self.out.raw("<div class=\"cover\">");
            if untitled {
                // Every page has a first heading (WCAG 2.2, 2.4.6); a layout that draws none lends its title.
                self.out.raw("<div class=\"measure\">\n");
                self.out.element(&Tag::new("h1"), &self.tree.title);
                self.out.raw("\n</div>\n");
                self.titled = true;
            } else {
                self.in_measure(cover);
            }
            self.out.raw("</div>\n");
        }
        self.out.raw("<div class=\"measure words\">\n");
        for (landscape, blocks) in sheets(rest) {
            if landscape {
                self.out.raw("<div class=\"landscape\">\n");
            }
            self.blocks(blocks);
            if landscape {
                self.out.raw("</div>\n");
            }
        }
        self.out.raw("</div>\n");
    }
}

/// How a body opens: pictures (the logo), the title with its paragraphs, and the rest. The first two are empty unless
/// nothing but pictures and paragraphs stands before the title.
fn opening(body: &[Block]) -> (&[Block], &[Block], &[Block]) {
    let before = body
        .iter()
        .take_while(|block| matches!(block.kind, BlockKind::Image(_) | BlockKind::Paragraph(_)))
        .count();
    if !matches!(body.get(before).map(|block| &block.kind), Some(BlockKind::Title(_))) {
        return (&[], &[], body);
    }
    let after = body[before + 1..]
        .iter()
        .take_while(|block| {
            let of_title = matches!(block.attributes.style.as_deref(), Some("subtitle" | "masthead"));
            matches!(block.kind, BlockKind::Paragraph(_)) && of_title && !block.attributes.page_break_before
        })
        .count();
    let pictures = body.iter().take_while(|block| only_pictures(block)).count();
    let end = before + 1 + after;
    (&body[..pictures], &body[pictures..end], &body[end..])
}

/// Words of the title, wherever it stands.
fn title_words(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Title(content) => Some(words(content)),
        BlockKind::Group(blocks) => title_words(blocks),
        _ => None,
    })
}

/// Runs of blocks that are printed on sheets of one orientation; `true` is landscape.
fn sheets(blocks: &[Block]) -> Vec<(bool, &[Block])> {
    let turns = (1..blocks.len()).filter(|at| blocks[*at].attributes.landscape.is_some());
    let mut sheets = Vec::new();
    let (mut start, mut landscape) = (0, false);
    for end in turns.chain([blocks.len()]) {
        let Some(first) = blocks.get(start) else { break };
        landscape = first.attributes.landscape.unwrap_or(landscape);
        sheets.push((landscape, &blocks[start..end]));
        start = end;
    }
    sheets
}
