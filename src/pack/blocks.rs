//! From the merged tree to the blocks of the view: paragraphs, lists, facts, tables.
//!
//! Works on the tree and not on typed values, because a fault in the words must point at its line.

use std::collections::BTreeMap;

use super::linked::linked;
use super::rich::{self, Inline, RichBlock, Values};
use super::view::{BlockView, FactView};
use super::words::says_something;
use crate::diagnostic::{Diagnostic, Span, nearest};
use crate::profile::Marker;
use crate::source::{Layer, Node, Value};

/// Deepest nesting of lists: WordprocessingML has nine levels (ISO/IEC 29500-1, 17.9.3).
pub const MAX_LIST_DEPTH: usize = 9;

/// Makes blocks of one merged tree.
pub struct Writer<'a> {
    /// The merged tree, in which facts look up their fields.
    pub pack: &'a Node,
    /// Values of variables.
    pub values: &'a Values,
    /// Labels by name.
    pub labels: &'a BTreeMap<String, String>,
    /// What was found wrong on the way.
    pub faults: Vec<Diagnostic>,
}

impl Writer<'_> {
    /// A label by name.
    pub fn label(&self, name: &str) -> String {
        self.labels.get(name).cloned().unwrap_or_else(|| name.replace('_', " "))
    }

    /// Values that may stand in a text: none in the words of an organisation, where Tera has been at work and a value
    /// that came from data must not be looked into again.
    fn values_in(&self, node: &Node) -> &Values {
        static NONE: Values = Values::new();
        if node.layer >= Layer::Base { self.values } else { &NONE }
    }

    /// One line of Markdown.
    pub fn inline(&mut self, node: &Node) -> Vec<Inline> {
        let (content, faults) = rich::inline(node.as_text().unwrap_or_default(), self.values_in(node));
        self.found(faults, &node.span);
        content
    }

    /// One line of plain words.
    pub fn plain(&self, node: &Node) -> String {
        rich::plain(node.as_text().unwrap_or_default(), self.values)
    }

    /// Every block of a list of blocks.
    pub fn blocks(&mut self, node: Option<&Node>) -> Vec<BlockView> {
        let items = node.and_then(Node::as_list).unwrap_or_default();
        items.iter().flat_map(|item| self.block(item, 0)).collect()
    }

    /// What one block holds, in print order.
    pub fn block(&mut self, node: &Node, depth: usize) -> Vec<BlockView> {
        if node.as_text().is_some() {
            return self.text(node, None, depth);
        }
        let mut content = self.text_and_list(node, depth);
        if let Some(table) = node.get("table").filter(|table| !table.is_null()) {
            content.extend(self.table(table));
        }
        if let Some(facts) = node.get("facts").filter(|facts| !facts.is_null()) {
            content.extend(self.facts(facts));
        }
        for inner in node.get("blocks").and_then(Node::as_list).unwrap_or_default() {
            content.extend(self.block(inner, depth));
        }
        if let Some(lines) = node.get("signature").and_then(Node::as_list) {
            content.push(BlockView::Signature { labels: lines.iter().map(|line| self.inline(line)).collect() });
        }
        let heading = node.get("heading").filter(|heading| says_something(heading));
        if content.is_empty() && heading.is_none() {
            self.faults.push(
                Diagnostic::warning("empty-block", "this block says nothing")
                    .at(node.span.clone())
                    .hint("give it `text`, `list`, `table`, `facts`, `blocks`, `signature` or `include`, or take it out"),
            );
        }
        let style = node.get("style").and_then(Node::as_text);
        let content = match style {
            Some(style) if heading.is_some() || content.len() != 1 || !matches!(content[0], BlockView::Paragraph { .. }) => {
                vec![BlockView::Group { style: style.to_owned(), blocks: content }]
            }
            _ => content,
        };
        match heading {
            Some(heading) => {
                let id = node.id().map(str::to_owned);
                vec![BlockView::Section { id, heading: Some(self.inline(heading)), blocks: content }]
            }
            None => content,
        }
    }

    /// A clause as a section of its own, or its words without one where it has no heading.
    pub fn clause(&mut self, clause: &Node) -> Vec<BlockView> {
        let blocks = self.content(clause);
        let heading = clause.get("heading").filter(|heading| says_something(heading));
        match heading.map(|heading| self.inline(heading)) {
            Some(heading) if !blocks.is_empty() => vec![BlockView::Section { id: None, heading: Some(heading), blocks }],
            _ => blocks,
        }
    }

    /// `text`, `list`, then `blocks` of a section, clause or criterion.
    pub fn content(&mut self, node: &Node) -> Vec<BlockView> {
        let mut content = self.text_and_list(node, 0);
        content.extend(self.blocks(node.get("blocks")));
        content
    }

    /// `text`, then `list` of a block or list item.
    fn text_and_list(&mut self, node: &Node, depth: usize) -> Vec<BlockView> {
        let mut content = Vec::new();
        if let Some(text) = node.get("text").filter(|text| !text.is_null()) {
            content.extend(self.text(text, Some(node), depth));
        }
        if let Some(list) = node.get("list").filter(|list| !list.is_null()) {
            content.extend(self.list(list, depth + 1));
        }
        content
    }

    fn text(&mut self, text: &Node, block: Option<&Node>, depth: usize) -> Vec<BlockView> {
        let (blocks, faults) = rich::blocks(text.as_text().unwrap_or_default(), self.values_in(text));
        self.found(faults, &text.span);
        let style = block.and_then(|block| block.get("style")?.as_text()).map(str::to_owned);
        let language = block.and_then(|block| block.get("language")?.as_text()).map(str::to_owned);
        let mut view = self.rich(blocks, text, depth);
        if let [BlockView::Paragraph { style: own, .. }] = view.as_mut_slice() {
            *own = style;
        }
        for block in &mut view {
            if let BlockView::Paragraph { language: own, .. } = block {
                own.clone_from(&language);
            }
        }
        view
    }

    fn rich(&mut self, blocks: Vec<RichBlock>, at: &Node, depth: usize) -> Vec<BlockView> {
        let mut view = Vec::with_capacity(blocks.len());
        for block in blocks {
            view.push(match block {
                RichBlock::Paragraph(content) => BlockView::Paragraph { content, style: None, language: None },
                RichBlock::List { marker, start, items } => {
                    if self.too_deep(depth + 1, &at.span) {
                        continue;
                    }
                    let items = items.into_iter().map(|item| self.rich(item, at, depth + 1)).collect();
                    BlockView::List { marker, start, items }
                }
                RichBlock::Heading { content, .. } => {
                    BlockView::Section { id: None, heading: Some(content), blocks: Vec::new() }
                }
                RichBlock::Table { columns, rows } if columns.iter().all(Vec::is_empty) => {
                    let fact = |mut row: Vec<Vec<Inline>>| {
                        let label = if row.is_empty() { Vec::new() } else { row.remove(0) };
                        FactView { label, value: row, missing: false }
                    };
                    BlockView::Facts { rows: rows.into_iter().map(fact).collect() }
                }
                RichBlock::Table { columns, rows } => {
                    BlockView::Table { caption: None, columns, rows, row_headers: true }
                }
            });
        }
        view
    }

    /// A prose page that Tera has worded: headings open sections.
    pub fn prose(&mut self, text: &str, at: &Span) -> Vec<BlockView> {
        let (mut blocks, faults) = rich::prose(text, &Values::new());
        blocks.iter_mut().for_each(linked);
        self.found(faults, at);
        let node = Node::new(Value::Null, at.clone(), Layer::Layout);
        let mut open: Vec<(u8, Vec<Inline>, Vec<BlockView>)> = Vec::new();
        let mut done = Vec::new();
        for block in blocks {
            if let RichBlock::Heading { level, content } = block {
                close(&mut open, &mut done, level);
                open.push((level, content, Vec::new()));
            } else {
                let more = self.rich(vec![block], &node, 0);
                open.last_mut().map_or(&mut done, |(_, _, blocks)| blocks).extend(more);
            }
        }
        close(&mut open, &mut done, 1);
        done
    }

    fn list(&mut self, list: &Node, depth: usize) -> Option<BlockView> {
        if self.too_deep(depth, &list.span) {
            return None;
        }
        let marker = list.get("marker").map_or(Marker::Bullet, |marker| crate::source::typed(marker).unwrap_or_default());
        let start = list.get("start").and_then(Node::as_text).and_then(|start| start.parse().ok()).unwrap_or(1);
        let items = list.get("items").and_then(Node::as_list).unwrap_or_default();
        let items = items.iter().map(|item| self.block(item, depth)).filter(|item| !item.is_empty()).collect();
        Some(BlockView::List { marker, start, items })
    }

    fn too_deep(&mut self, depth: usize, at: &Span) -> bool {
        let deep = depth > MAX_LIST_DEPTH;
        if deep && !self.faults.iter().any(|fault| fault.code == "list-too-deep" && fault.span.as_ref() == Some(at)) {
            self.faults.push(
                Diagnostic::error("list-too-deep", format!("lists are nested more than {MAX_LIST_DEPTH} deep"))
                    .at(at.clone())
                    .hint("Word has nine levels; a reader follows three"),
            );
        }
        deep
    }

    fn table(&mut self, table: &Node) -> Option<BlockView> {
        let columns = table.get("columns")?.as_list()?;
        let mut rows = Vec::new();
        for row in table.get("rows").and_then(Node::as_list).unwrap_or_default() {
            let cells = row.as_list().unwrap_or_default();
            if cells.len() != columns.len() {
                let message = format!("this row has {} cells, the table has {} columns", cells.len(), columns.len());
                self.faults.push(Diagnostic::error("uneven-table", message).at(row.span.clone()).hint("write an empty cell as \"\""));
            }
            rows.push(cells.iter().map(|cell| self.inline(cell)).collect());
        }
        Some(BlockView::Table {
            caption: table.get("caption").filter(|caption| !caption.is_null()).map(|caption| self.inline(caption)),
            columns: columns.iter().map(|column| self.inline(column)).collect(),
            rows,
            row_headers: table.get("row_headers").and_then(Node::as_text) == Some("true"),
        })
    }

    /// A table of facts; none if every field is absent.
    pub fn facts(&mut self, facts: &Node) -> Option<BlockView> {
        let rows: Vec<_> = facts.as_list()?.iter().filter_map(|fact| self.fact(fact)).collect();
        (!rows.is_empty()).then_some(BlockView::Facts { rows })
    }

    fn fact(&mut self, fact: &Node) -> Option<FactView> {
        let field = fact.get("field").filter(|field| !field.is_null());
        let name = field.and_then(Node::as_text);
        let label = match fact.get("label").filter(|label| !label.is_null()) {
            Some(label) => self.inline(label),
            None => vec![Inline::Text(self.label(name.unwrap_or_default()))],
        };
        if fact.get("blank").and_then(Node::as_text) == Some("true") {
            return Some(FactView { label, value: Vec::new(), missing: false });
        }
        let pack = self.pack;
        let value = match (fact.get("value"), name) {
            (Some(value), _) => value,
            (None, Some("source.compiled_by")) => {
                self.faults.push(
                    Diagnostic::error("personal-data", "`source.compiled_by` is a personal name and is never printed")
                        .at(fact.span.clone())
                        .hint("take the fact out"),
                );
                return None;
            }
            (None, Some(name)) => {
                self.known_field(name, field?);
                pack.at_path(name)?
            }
            (None, None) => return None,
        };
        let lines: Vec<Vec<Inline>> = match &value.value {
            Value::List(lines) => lines.iter().map(|line| self.inline(line)).collect(),
            Value::Null => Vec::new(),
            _ => vec![self.printed(name.unwrap_or_default(), value)],
        };
        let missing = lines.is_empty();
        let value = if missing { vec![vec![Inline::Text(self.label("not_stated"))]] } else { lines };
        Some(FactView { label, value, missing })
    }

    /// A scalar as a reader sees it: words of a fixed set have a label, everything else prints as written.
    fn printed(&mut self, field: &str, value: &Node) -> Vec<Inline> {
        let text = value.as_text().unwrap_or_default();
        let name = format!("{}_{text}", field.rsplit('.').next().unwrap_or(field));
        match self.labels.get(&name) {
            Some(label) => vec![Inline::Text(label.clone())],
            None => self.inline(value),
        }
    }

    /// Whether a field of this path can exist at all.
    fn known_field(&mut self, path: &str, at: &Node) {
        let schema = crate::profile::schema_of(crate::profile::Kind::Profile);
        let first = path.split('.').next().unwrap_or(path);
        let Some(fields) = schema.get("properties").and_then(serde_json::Value::as_object) else { return };
        if !fields.contains_key(first) {
            let mut fault = Diagnostic::error("unknown-field", format!("no profile has a field `{path}`")).at(at.span.clone());
            if let Some(near) = nearest(first, fields.keys().map(String::as_str)) {
                fault = fault.hint(format!("did you mean `{near}`?"));
            }
            self.faults.push(fault);
        }
    }

    fn found(&mut self, faults: Vec<Diagnostic>, at: &Span) {
        self.faults.extend(faults.into_iter().map(|fault| match fault.span {
            Some(_) => fault,
            None => fault.at(at.clone()),
        }));
    }
}

/// Closes the open sections of `level` and deeper.
fn close(open: &mut Vec<(u8, Vec<Inline>, Vec<BlockView>)>, done: &mut Vec<BlockView>, level: u8) {
    while open.last().is_some_and(|(deeper, _, _)| *deeper >= level) {
        if let Some((_, heading, blocks)) = open.pop() {
            let section = BlockView::Section { id: None, heading: Some(heading), blocks };
            open.last_mut().map_or(&mut *done, |(_, _, blocks)| blocks).push(section);
        }
    }
}
