//! Lists: items to numbered paragraphs (ISO/IEC 29500-1 clause 17.9), their further blocks to continued ones.
//!
//! Numbers are Word's own; nothing here writes one as text.

use crate::diagnostic::Diagnostic;
use crate::document::illegal::{illegal_character, is_illegal};
use crate::document::tree::{Attributes, Block, BlockKind, List, Marker, plain};

use super::numbering::{LEVELS, Measure, Nesting};
use super::story::{Context, Number, SHORT, Story};
use super::styles::id;

impl<'a> Story<'_, 'a> {
    /// Writes a list at the level of its context.
    pub(super) fn list(&mut self, list: &'a List, attributes: &'a Attributes, context: Context<'a>) {
        let level = context.level;
        if level >= LEVELS {
            let message = format!("a list is nested more than {LEVELS} levels deep, which Word can't number");
            return self.fault(Diagnostic::error("list-depth", message));
        }
        self.check_marker(list);
        self.flush_number(context);
        let style = match attributes.style.as_deref().and_then(|name| self.paragraph_style(name)) {
            Some(style) => style,
            None if matches!(list.marker, Marker::Number { .. }) => id::LIST_NUMBER,
            None => id::LIST_BULLET,
        };
        let place = Nesting { level, lane: context.lane, indent: context.list_indent };
        let document = &mut *self.document;
        let measure = Measure { faces: &document.faces, size: f64::from(document.job.parts.body_size) / 2.0 };
        let listed = document.numbering.list(list, place, measure);
        let align = attributes.align.or(context.align);
        for (index, item) in list.items.iter().enumerate() {
            let last_item = index + 1 == list.items.len();
            // No item stands alone at the foot or head of a page, unless it is long.
            let ends = index == 0 || index + 2 == list.items.len();
            let keep_next = context.keep_next || (ends && !last_item && is_short(item));
            self.number_next(Number { list: listed, level, style });
            for (place, block) in item.iter().enumerate() {
                let last = last_item && place + 1 == item.len();
                let inner = Context {
                    level: level + 1,
                    list_indent: listed.indent,
                    keep_next,
                    ends_list: last && (level == 0 || context.ends_list),
                    ends_group: last && context.ends_group,
                    align,
                    ..context
                };
                self.block(block, inner);
            }
            self.flush_number(Context { level: level + 1, list_indent: listed.indent, ..context });
        }
    }

    fn check_marker(&mut self, list: &List) {
        let Marker::Number { prefix, suffix, .. } = &list.marker else { return };
        if prefix.contains('%') || suffix.contains('%') {
            let message = "a list marker holds a percent sign, which Word reads as the place of the number";
            self.fault(Diagnostic::error("list-marker", message));
        }
        if let Some(c) = prefix.chars().chain(suffix.chars()).find(|c| is_illegal(*c)) {
            self.fault(illegal_character(c, "a list marker", "a Word file"));
        }
        // Word keeps the number in 32 bits, and no list of ours comes near its own limit of 32,767 items.
        if list.start > 32_767 {
            let message = format!("a list begins at {}; Word counts to 32767", list.start);
            self.fault(Diagnostic::error("list-start", message));
        }
    }
}

/// Whether an item is one paragraph of a line or two.
fn is_short(item: &[Block]) -> bool {
    matches!(item, [Block { kind: BlockKind::Paragraph(content), .. }] if plain(content).len() < SHORT / 2)
}
