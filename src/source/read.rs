//! From text to the spanned tree, counting depth, nodes and aliases before a tree exists.
//!
//! Only the subset of YAML that forms and documents need is taken: mappings with text keys, sequences, scalars,
//! anchors and aliases within the node limit. There are no custom tags, no second document in a file, and `<<` is an
//! ordinary key.

use std::collections::HashMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::node::{Entry, Layer, Map, Node, Scalar, Value};
use crate::diagnostic::{Diagnostic, SourceText, Span};

/// Deepest nesting of mappings and sequences.
pub const MAX_DEPTH: usize = 64;
/// Most values in one file, aliases counted as often as they are used.
pub const MAX_NODES: usize = 50_000;

/// What to do about a key that is a list or a mapping.
const KEY_HINT: &str = "write `name: value`, the name without brackets";

/// Reads one YAML document.
///
/// # Errors
/// `yaml-syntax`, `yaml-too-deep`, `yaml-too-many-values`, `yaml-unsupported`, and every `duplicate-key`.
pub fn read(file: &Arc<SourceText>, layer: Layer) -> Result<Node, Vec<Diagnostic>> {
    let mut reader = Reader {
        file,
        layer,
        places: Places::new(&file.text),
        open: Vec::new(),
        anchors: HashMap::new(),
        nodes: 0,
        root: None,
        faults: Vec::new(),
    };
    for event in Parser::new_from_str(&file.text) {
        let step = match event {
            Ok((event, span)) => {
                let range = reader.places.range(span.start.index(), span.end.index());
                reader.event(event, range)
            }
            Err(error) => Err(reader.syntax(&error)),
        };
        if let Err(fault) = step {
            reader.faults.push(fault);
            return Err(reader.faults);
        }
    }
    if !reader.faults.is_empty() {
        return Err(reader.faults);
    }
    let root = reader.root.unwrap_or_else(|| Node::new(Value::Null, Span::new(file, 0..0), layer));
    Ok(root)
}

/// Character positions to byte positions.
struct Places {
    /// Byte offset of each character, empty where the text is ASCII and both are the same.
    offsets: Vec<usize>,
    len: usize,
}

impl Places {
    fn new(text: &str) -> Self {
        let offsets = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Self { offsets, len: text.len() }
    }

    fn range(&self, start: usize, end: usize) -> std::ops::Range<usize> {
        let byte = |at: usize| match self.offsets.is_empty() {
            true => at.min(self.len),
            false => self.offsets.get(at).copied().unwrap_or(self.len),
        };
        byte(start)..byte(end.max(start))
    }
}

/// A collection whose end has not come yet.
struct Open {
    span: std::ops::Range<usize>,
    anchor: usize,
    content: OpenContent,
}

enum OpenContent {
    List(Vec<Node>),
    Map { map: Map, seen: HashMap<String, usize>, key: Option<(String, Span)> },
}

struct Reader<'a> {
    file: &'a Arc<SourceText>,
    layer: Layer,
    places: Places,
    open: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    root: Option<Node>,
    faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) -> Result<(), Diagnostic> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) if self.root.is_some() => Err(self
                .unsupported("a second YAML document in one file", range)
                .hint("keep one profile, vacancy, organisation or framework in a file")),
            Event::DocumentStart(_) => Ok(()),
            Event::Alias(anchor) => {
                let (node, size) = self.anchors.get(&anchor).cloned().ok_or_else(|| {
                    self.unsupported("an alias of something that is still open", range.clone()).hint("nothing can hold itself")
                })?;
                self.count(size, &range)?;
                self.place(node)
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.tag(tag.as_deref(), &range)?;
                self.count(1, &range)?;
                let plain = style == ScalarStyle::Plain;
                let value = match text.as_ref() {
                    "" | "~" | "null" | "Null" | "NULL" if plain => Value::Null,
                    _ => Value::Scalar(Scalar { text: text.into_owned(), plain }),
                };
                let node = Node::new(value, self.span(self.trimmed(range)), self.layer);
                self.remember(anchor, &node, 1);
                self.place(node)
            }
            Event::SequenceStart(anchor, tag) => {
                self.tag(tag.as_deref(), &range)?;
                self.begin(range, anchor, OpenContent::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.tag(tag.as_deref(), &range)?;
                let content = OpenContent::Map { map: Map::default(), seen: HashMap::new(), key: None };
                self.begin(range, anchor, content)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
        }
    }

    /// A block scalar's range ends after its last line break; a message should not point there.
    fn trimmed(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let text = self.file.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + text.trim_end().len()
    }

    fn begin(&mut self, span: std::ops::Range<usize>, anchor: usize, content: OpenContent) -> Result<(), Diagnostic> {
        self.count(1, &span)?;
        if self.open.len() >= MAX_DEPTH {
            return Err(self.too_deep(span));
        }
        if let Some(Open { content: OpenContent::Map { key: None, .. }, .. }) = self.open.last() {
            return Err(self.unsupported("a key that is not text", span).hint(KEY_HINT));
        }
        self.open.push(Open { span, anchor, content });
        Ok(())
    }

    fn end(&mut self, end: usize) -> Result<(), Diagnostic> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        let value = match open.content {
            OpenContent::List(items) => Value::List(items),
            OpenContent::Map { map, .. } => Value::Map(map),
        };
        let range = self.trimmed(open.span.start..end.max(open.span.end));
        let node = Node::new(value, self.span(range), self.layer);
        if open.anchor != 0 {
            let mut size = 0;
            node.walk("", &mut |_, _| size += 1);
            self.remember(open.anchor, &node, size);
        }
        self.place(node)
    }

    fn place(&mut self, node: Node) -> Result<(), Diagnostic> {
        let file = self.file;
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open { content: OpenContent::List(items), .. }) => items.push(node),
            Some(Open { content: OpenContent::Map { map, seen, key }, .. }) => match key.take() {
                None => match node.value {
                    Value::Scalar(scalar) => *key = Some((scalar.text, node.span)),
                    Value::Null => *key = Some((file.text[node.span.range.clone()].to_owned(), node.span)),
                    Value::List(_) | Value::Map(_) => {
                        return Err(self.unsupported("a key that is not text", node.span.range).hint(KEY_HINT));
                    }
                },
                Some((name, key_span)) => match seen.get(&name).and_then(|at| map.entries.get(*at)) {
                    Some(first) => self.faults.push(
                        Diagnostic::error("duplicate-key", format!("`{name}` stands twice in this mapping"))
                            .at(key_span)
                            .label(first.key_span.clone(), "first here")
                            .hint("keep one of the two"),
                    ),
                    None => {
                        seen.insert(name.clone(), map.entries.len());
                        map.entries.push(Entry { key: name, key_span, node });
                    }
                },
            },
        }
        Ok(())
    }

    fn remember(&mut self, anchor: usize, node: &Node, size: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), size));
        }
    }

    fn count(&mut self, more: usize, range: &std::ops::Range<usize>) -> Result<(), Diagnostic> {
        self.nodes += more;
        if self.nodes <= MAX_NODES {
            return Ok(());
        }
        Err(Diagnostic::error("yaml-too-many-values", format!("more than {MAX_NODES} values in one file"))
            .at(self.span(range.clone()))
            .hint("an alias (`*name`) counts as often as it is used"))
    }

    fn tag(&self, tag: Option<&saphyr_parser::Tag>, range: &std::ops::Range<usize>) -> Result<(), Diagnostic> {
        match tag {
            Some(tag) if !(tag.is_yaml_core_schema() && tag.suffix == "str") => {
                Err(self.unsupported(&format!("the tag `{tag}`"), range.clone()).hint("write the value without a tag"))
            }
            _ => Ok(()),
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.file.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
    }

    /// The first tab that indents a line, from the line of `at` on.
    fn tab_from(&self, at: usize) -> Option<usize> {
        let mut start = self.line_start(at);
        for line in self.file.text.get(start..)?.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            if let Some(tab) = line[..indent].find('\t') {
                return Some(start + tab);
            }
            start += line.len();
        }
        None
    }

    fn too_deep(&self, range: std::ops::Range<usize>) -> Diagnostic {
        Diagnostic::error("yaml-too-deep", format!("values are nested more than {MAX_DEPTH} deep"))
            .at(self.span(range))
            .hint("a job pack needs fewer than ten levels; is a bracket missing?")
    }

    fn unsupported(&self, what: &str, range: std::ops::Range<usize>) -> Diagnostic {
        Diagnostic::error("yaml-unsupported", format!("{what} is not supported")).at(self.span(range))
    }

    fn syntax(&self, error: &saphyr_parser::ScanError) -> Diagnostic {
        let start = self.places.range(error.marker().index(), error.marker().index()).start;
        if error.info().contains("recursion limit") {
            return self.too_deep(start..start);
        }
        if let Some(tab) = error.info().contains("tab").then(|| self.tab_from(start)).flatten() {
            return Diagnostic::error("yaml-syntax", format!("this is not YAML: {}", error.info()))
                .at(self.span(tab..tab + 1))
                .hint("indent with spaces; a tab is not allowed there");
        }
        let line_start = self.line_start(start);
        let line = self.file.text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let fault = Diagnostic::error("yaml-syntax", format!("this is not YAML: {}", error.info()))
            .at(self.span(start..start));
        let special = ['*', '&', '!', '%', '@', '`'];
        let at_special = self.file.text.get(start..).is_some_and(|rest| rest.starts_with(special));
        if error.info().contains("escape") {
            fault.hint("between double quotes write `\\\\` for a backslash, or use single quotes")
        } else if line.matches(": ").count() > 1 || at_special || line.trim_start().starts_with(special) {
            fault.hint("put text that holds `: ` or starts with a special character between double quotes")
        } else {
            fault.hint("look at this line and the one above: indentation, a missing `:` or an open quote")
        }
    }
}
