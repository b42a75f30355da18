//! Which style a paragraph gets, and which properties structure adds to it.
//!
//! Nothing is written here.

use crate::document::tree::Attributes;

use super::paragraph::{Indent, ParagraphProperties};
use super::run::{Script, script};
use super::story::{Context, Last, Opening, Place, Story};
use super::styles::{Kind, id};

impl<'a> Story<'_, 'a> {
    /// Properties of a paragraph: the style that the block names, else the one its kind has, else that of what is
    /// around; and what structure adds.
    pub(super) fn properties(
        &mut self,
        structural: Option<&'a str>,
        attributes: &'a Attributes,
        context: Context<'a>,
    ) -> ParagraphProperties<'a> {
        let numbering = self.pending.numbering.take();
        let named = attributes.style.as_deref().and_then(|name| self.paragraph_style(name));
        let group = context.group.map(|style| style.id.as_str());
        let listed = match numbering {
            Some(number) => Some(number.style),
            None => (context.level > 0 && !context.cell_default()).then_some(id::LIST_CONTINUE),
        };
        let style = named.or(structural).or(group).or(listed).unwrap_or(context.default);
        let own = style == context.default || Some(style) == listed;
        let indent = self.indent(style, numbering.map(|number| number.list.hanging), context);
        let body_space = self.document.styles().get(Kind::Paragraph, id::BODY_TEXT).and_then(|style| style.space_after);
        let page_break = std::mem::take(&mut self.pending.page_break);
        // Word keeps a heading's space above at the top of a page that was asked for.
        let page_top = page_break || (self.page_start && self.place == Place::Body && !context.cell);
        let before = match context.opening {
            _ if page_top && !own => Some(0),
            Some(Opening { first: false, .. }) => Some(0),
            Some(_) => context.group.and_then(|group| group.space_before),
            None if self.last != Last::Table => None,
            None if own => body_space,
            // The heading's own, and a little more: a table has no space below it.
            None => structural.filter(|style| id::HEADINGS.contains(style)).and_then(|style| {
                let own = self.document.styles().get(Kind::Paragraph, style)?.space_before?;
                Some(own + body_space?)
            }),
        };
        let after = match context.opening {
            Some(Opening { last: true, .. }) => context.group.and_then(|group| group.space_after),
            _ => (context.ends_list && !context.cell && own && group.is_none()).then_some(body_space).flatten(),
        };
        let keeps = context.group.filter(|group| group.keep_next && context.opening.is_none());
        let keep_next = keeps.and_then(|group| match context.ends_group {
            true => Some(false),
            false => (style != group.id).then_some(true),
        });
        let styled = self.document.styles().get(Kind::Paragraph, style).is_some_and(|style| style.keep_next);
        let keep_next = keep_next.or((context.keep_next && !styled).then_some(true));
        let outline = structural.and_then(|kind| id::HEADINGS.iter().position(|heading| *heading == kind));
        ParagraphProperties {
            style: Some(style),
            keep_next,
            page_break_before: page_break,
            numbering: numbering.map(|number| (number.list.num_id, number.level)),
            frame: context.group.filter(|group| group.id != style && !group.frame.is_empty()),
            tabs: Vec::new(),
            right_to_left: context.run.language.is_some_and(|language| script(language) == Script::RightToLeft),
            spacing: (before, after),
            indent,
            align: attributes.align.or(context.align),
            outline_level: outline.filter(|_| named.is_some()).and_then(|level| u8::try_from(level).ok()),
        }
    }

    /// The paragraph style of this name; an unknown one is a finding.
    pub(super) fn paragraph_style(&mut self, name: &str) -> Option<&'a str> {
        let found = self.document.styles().named(Kind::Paragraph, name);
        if found.is_none() {
            self.unknown_style(Kind::Paragraph, name);
        }
        found.map(|style| style.id.as_str())
    }

    /// The numbering part indents numbered paragraphs; continued ones, and all inside a framed group, say it themselves.
    fn indent(&self, style: &str, hanging: Option<i32>, context: Context<'a>) -> Option<Indent> {
        let list = context.list_indent;
        match context.group.filter(|group| !group.frame.is_empty()) {
            Some(group) if context.level > 0 || group.id != style => {
                let (left, right) = group.indent;
                Some(Indent { left: left + list, right, hanging: hanging.unwrap_or(0) })
            }
            Some(_) => None,
            None if context.level > 0 && hanging.is_none() => {
                let styled = style == id::LIST_CONTINUE && list == self.document.job.parts.list_step;
                (!styled).then_some(Indent { left: list, right: 0, hanging: 0 })
            }
            None => None,
        }
    }
}
