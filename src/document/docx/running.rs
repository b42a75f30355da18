//! Running headers and footers (ISO/IEC 29500-1 clause 17.10): lines with tab stops, page fields.
//!
//! Nothing here decides which pages they stand on; sections do.

use crate::document::tree::{Align, Block, BlockKind, Inline};

use super::paragraph::{ParagraphProperties, Tab};
use super::run::Run;
use super::story::{Context, Place, Story};
use super::styles::id;

impl<'a> Story<'_, 'a> {
    /// A running header or footer. Neighbouring lines that are aligned start, centre, end become one line with tab
    /// stops, as one would set it in Word.
    pub(super) fn running(&mut self, blocks: &'a [Block]) {
        let context = self.context(if self.place == Place::Header { id::HEADER } else { id::FOOTER });
        let mut rest = blocks;
        while let Some(first) = rest.first() {
            let mut count: usize = plain_line(first).map_or(0, |_| 1);
            while let (Some((before, _)), Some((after, _))) = (
                rest.get(count.wrapping_sub(1)).and_then(plain_line),
                rest.get(count).and_then(plain_line),
            ) {
                if (before as u8) >= (after as u8) {
                    break;
                }
                count += 1;
            }
            let (line, after) = rest.split_at(count.max(1).min(rest.len()));
            if line.len() > 1 { self.joined(line, context) } else { self.blocks(line, context) }
            rest = after;
        }
        self.end_with_paragraph();
    }

    /// "Page 1 of 3", for a tree without a footer.
    pub(super) fn default_footer(&mut self) {
        let context = self.context(id::FOOTER);
        let labels = self.document.job.labels;
        let pages = self.document.job.page_count.unwrap_or(1).to_string();
        let properties = ParagraphProperties {
            style: Some(id::FOOTER),
            align: Some(Align::End),
            ..ParagraphProperties::default()
        };
        self.paragraph(&properties, context, |story| {
            let run = context.run;
            story.text(&format!("{} ", labels.page), run);
            story.field(" PAGE ", "1", run);
            story.text(&format!(" {} ", labels.of), run);
            story.field(" NUMPAGES ", &pages, run);
        });
    }

    fn joined(&mut self, line: &'a [Block], context: Context<'a>) {
        let full = self.document.job.parts.page.text_width;
        let right = Tab { kind: "right", leader: None, at: context.width };
        let center = Tab { kind: "center", leader: None, at: context.width / 2 };
        let mut tabs = Vec::new();
        let alignments: Vec<Align> = line.iter().filter_map(plain_line).map(|(align, _)| align).collect();
        if alignments.contains(&Align::Center) {
            tabs.push(center);
        }
        if context.width != full {
            tabs.push(Tab { kind: "clear", leader: None, at: full });
            tabs.push(right);
        }
        let properties =
            ParagraphProperties { style: Some(context.default), tabs, ..ParagraphProperties::default() };
        self.paragraph(&properties, context, |story| {
            for (index, block) in line.iter().enumerate() {
                let Some((align, content)) = plain_line(block) else { continue };
                if index > 0 || align != Align::Start {
                    story.text("\t", context.run);
                }
                let language = block.attributes.language.as_deref().or(context.run.language);
                story.inlines(content, Run { language, ..context.run });
            }
        });
    }
}

/// Alignment and words of a block that may share a line with others: a paragraph without a style of its own.
fn plain_line(block: &Block) -> Option<(Align, &[Inline])> {
    match &block.kind {
        BlockKind::Paragraph(content) if block.attributes.style.is_none() => {
            Some((block.attributes.align.unwrap_or(Align::Start), content))
        }
        _ => None,
    }
}
