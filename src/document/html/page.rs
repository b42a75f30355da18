//! The shell of a page: metadata, skip link, running header, cover, body, notes, footer.
//!
//! What a running header says is said once. Pages have no numbers here, so footers lose theirs.

use super::blocks::{is_empty, only_pictures};
use super::inlines::words;
use super::markup::Tag;
use super::picture::Ground;
use super::writer::{Writer, in_language};
use crate::brand::CoverStyle;
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
        let [light, dark] = page.style.theme_colors();
        let meta = |name: &str, content: &str| Tag::new("meta").with("name", name).with("content", content);
        let media = |scheme: &str| format!("(prefers-color-scheme: {scheme})");
        let mut tags = vec![
            meta("viewport", "width=device-width, initial-scale=1"),
            meta("color-scheme", "light dark"),
            meta("theme-color", light).with("media", media("light")),
            meta("theme-color", dark).with("media", media("dark")),
            meta("author", page.author),
            meta("dcterms.date", page.date),
            meta("generator", "jobpack"),
        ];
        tags.extend(page.description.map(|words| meta("description", words)));
        tags.extend((!page.listed).then(|| meta("robots", "noindex")));
        for tag in tags {
            self.out.open(&tag);
            self.out.line();
        }
        self.out.element(&Tag::new("title"), &title);
        self.out.raw("\n<style>");
        self.out.raw(page.style.css());
        self.out.raw("</style>\n");
        let fonts = page.style.fonts(self.tree);
        if !fonts.is_empty() {
            self.out.raw("<style>\n");
            self.out.raw(&fonts);
            self.out.raw("</style>\n");
        }
        if let Some(posting) = page.posting {
            self.out.raw("<script type=\"application/ld+json\">");
            self.out.raw(&data_block(posting));
            self.out.raw("</script>\n");
        }
        self.out.raw("</head>\n");
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
        // On a page that opens with a field of colour, the logo hangs from its upper edge.
        let (pictures, tab) = if self.page.cover == CoverStyle::Full { (&body[..0], pictures) } else { (pictures, &body[..0]) };
        if !pictures.is_empty() {
            self.out.raw("<div class=\"identity\">");
            self.logo = Some(Ground::Page);
            self.in_measure(pictures);
            self.logo = None;
            self.out.raw("</div>\n");
        }
        let untitled = title_words(body).is_none();
        if untitled || !cover.is_empty() {
            let opens = match self.page.cover {
                CoverStyle::Plain => "plain",
                CoverStyle::Band => "band",
                CoverStyle::Full => "full",
            };
            self.out.open(&Tag::new("div").class("cover").class(opens));
            if untitled {
                // Every page has a first heading (WCAG 2.2, 2.4.6); a layout that draws none lends its title.
                self.out.raw("<div class=\"measure\">\n");
                self.out.element(&Tag::new("h1"), &self.tree.title);
                self.out.raw("\n</div>\n");
                self.titled = true;
            } else {
                self.out.raw("<div class=\"measure\">\n");
                if !tab.is_empty() {
                    let bare = self.page.style.logo_on_dark().is_some();
                    self.out.open(&Tag::new("div").class("tab").class_if(bare, "bare"));
                    self.out.line();
                    self.logo = Some(Ground::Field);
                    self.blocks(tab);
                    self.logo = None;
                    self.out.raw("</div>\n");
                }
                self.blocks(cover);
                self.out.raw("</div>\n");
            }
            self.out.raw("</div>\n");
        }
        self.out.raw("<div class=\"measure words\">\n");
        let turned = body.first().and_then(|first| first.attributes.landscape).unwrap_or_default();
        for (landscape, blocks) in sheets(rest, turned) {
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

/// JSON as it may stand in a `script` element, which only `</script` and `<!--` could upset (HTML Standard, section
/// 4.12.1.3): in JSON these signs stand in strings and nowhere else, and there their number says the same.
fn data_block(json: &str) -> String {
    let mut block = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => block.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => block.push(c),
        }
    }
    block
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
fn sheets(blocks: &[Block], turned: bool) -> Vec<(bool, &[Block])> {
    let turns = (1..blocks.len()).filter(|at| blocks[*at].attributes.landscape.is_some());
    let mut sheets = Vec::new();
    let (mut start, mut landscape) = (0, turned);
    for end in turns.chain([blocks.len()]) {
        let Some(first) = blocks.get(start) else { break };
        landscape = first.attributes.landscape.unwrap_or(landscape);
        sheets.push((landscape, &blocks[start..end]));
        start = end;
    }
    sheets
}
