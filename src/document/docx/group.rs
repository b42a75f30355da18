//! Groups (callout, notice, signature block) and openings (a title with the lines around it): paragraphs that share the
//! borders and shading of one style, which Word joins into one box.
//!
//! A paragraph of another style inside the group repeats them directly. Never a table or a text box.

use crate::document::tree::{Attributes, Block, Inline};

use super::contrast::readable_on;
use super::paragraph::Tab;
use super::run::Run;
use super::story::{Context, Opening, Story};
use super::styles::{Kind, Style, id};

impl<'a> Story<'_, 'a> {
    /// Writes the blocks of a group in its style.
    pub(super) fn group(&mut self, blocks: &'a [Block], attributes: &'a Attributes, context: Context<'a>) {
        let style = attributes.style.as_deref().and_then(|name| self.group_style(name));
        let context = self.inside(style, context);
        let group = style.or(context.group);
        for (index, block) in blocks.iter().enumerate() {
            let last = index + 1 == blocks.len();
            // A group inside a group ends the outer one only where both end.
            let ends_group = last && (style.is_some() || context.group.is_none() || context.ends_group);
            let ends_list = last && context.ends_list;
            let align = attributes.align.or(context.align);
            self.block(block, Context { group, ends_group, ends_list, align, ..context });
        }
    }

    /// Writes what a document or part opens with: its lines keep their own styles, and those of headings stay headings,
    /// within the borders and shading of one style.
    pub(super) fn opening(&mut self, name: &'a str, blocks: &'a [Block], context: Context<'a>) {
        let group = self.group_style(name);
        let context = self.inside(group, context);
        for (index, block) in blocks.iter().enumerate() {
            let opening = group.map(|_| Opening { first: index == 0, last: index + 1 == blocks.len() });
            self.block(block, Context { group, opening, ..context });
        }
    }

    fn group_style(&mut self, name: &str) -> Option<&'a Style> {
        let found = self.document.styles().named(Kind::Paragraph, name);
        if found.is_none() {
            self.unknown_style(Kind::Paragraph, name);
        }
        found
    }

    /// The context inside a group: on a fill, words have the colour of the group's style, or one that can be read.
    fn inside(&self, style: Option<&'a Style>, context: Context<'a>) -> Context<'a> {
        let Some((style, fill)) = style.and_then(|style| Some((style, style.fill.as_deref()?))) else { return context };
        let text = &self.document.job.parts.brand.base.color;
        let color = style.color.as_deref().or_else(|| readable_on(fill, text));
        Context { run: Run { color: color.or(context.run.color), ..context.run }, ..context }
    }

    /// A label and a ruled line: a right tab with an underscore leader.
    pub(super) fn signature_line(&mut self, content: &'a [Inline], attributes: &'a Attributes, context: Context<'a>) {
        let mut properties = self.properties(Some(id::SIGNATURE_LINE), attributes, context);
        let full = self.document.job.parts.page.text_width;
        let at = context.width - properties.indent.map_or(0, |indent| indent.right);
        if at != full {
            let clear = Tab { kind: "clear", leader: None, at: full };
            let line = Tab { kind: "right", leader: Some("underscore"), at };
            properties.tabs = if at < full { vec![line, clear] } else { vec![clear, line] };
        }
        self.paragraph(&properties, context, |story| {
            story.inlines(content, context.run);
            story.text(" \t", context.run);
        });
    }
}
