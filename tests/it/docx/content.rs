//! What must survive when somebody opens a Word file in another program and saves it: one line of text for each thing,
//! in reading order, so that two files can be compared line by line.
//!
//! Styles go by their names, since a program may give them other identifiers; looks are not compared.

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use super::{Docx, R, RELATIONSHIPS, W, child, paragraphs, value};
use crate::words::plain;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// What the lines of one file are worked out from.
struct Reader<'d> {
    styles: BTreeMap<&'d str, Style<'d>>,
    numbering: Option<&'d Document<'d>>,
    /// Targets outside the file, by relationship.
    targets: BTreeMap<&'d str, &'d str>,
}

/// A paragraph style.
struct Style<'d> {
    name: String,
    based_on: Option<&'d str>,
    num_id: Option<&'d str>,
}

impl Docx {
    /// Title, author, language; then every paragraph with its place, style, list marker, words, links, bookmarks and
    /// pictures; then notes, headers and footers.
    pub fn content(&self) -> Vec<String> {
        let (styles, rels) = (self.xml("word/styles.xml"), self.xml("word/_rels/document.xml.rels"));
        let numbering = self.parts.contains_key("word/numbering.xml").then(|| self.xml("word/numbering.xml"));
        let relationships = rels.descendants().filter(|node| node.has_tag_name((RELATIONSHIPS, "Relationship")));
        let reader = Reader {
            styles: styles.descendants().filter(|node| node.has_tag_name((W, "style"))).filter_map(style).collect(),
            numbering: numbering.as_ref(),
            targets: relationships.filter_map(|node| Some((node.attribute("Id")?, node.attribute("Target")?))).collect(),
        };
        let mut lines = self.properties();
        lines.push(format!("language: {}", language(styles.root_element()).unwrap_or_default()));
        lines.extend(reader.story(&self.xml("word/document.xml")));
        for note in self.parts.contains_key("word/footnotes.xml").then(|| self.xml("word/footnotes.xml")).iter() {
            lines.extend(paragraphs(note).iter().filter(|note| !note.text.is_empty()).map(|note| format!("note: {}", plain(&note.text))));
        }
        let running = self.running();
        lines.extend(running.iter().filter(|line| !line.is_empty()).map(|line| format!("running: {}", without_results(line))));
        lines
    }

    fn properties(&self) -> Vec<String> {
        let core = self.xml("docProps/core.xml");
        let stated = |name: &str| {
            let found = core.descendants().find(|node| node.tag_name().name() == name);
            format!("{name}: {}", found.and_then(|node| node.text()).unwrap_or_default())
        };
        ["title", "creator", "subject", "language"].map(stated).into()
    }

    /// Names of the styles of the body's paragraphs and the words, without those in tables and the contents list.
    pub fn styled_paragraphs(&self) -> Vec<(String, String)> {
        let styles = self.xml("word/styles.xml");
        let styles: BTreeMap<_, _> =
            styles.descendants().filter(|node| node.has_tag_name((W, "style"))).filter_map(style).collect();
        let document = self.xml("word/document.xml");
        let body = document.descendants().find(|node| node.has_tag_name((W, "body"))).expect("a body");
        let own = body.children().filter(|node| node.has_tag_name((W, "p")));
        own.map(|node| (style_of(node).and_then(|id| styles.get(id)).map_or_else(String::new, |style| style.name.clone()), words(node)))
            .collect()
    }

    /// Words of the cells, by table and row.
    pub fn tables(&self) -> Vec<Vec<Vec<String>>> {
        let document = self.xml("word/document.xml");
        let named = |node: Node<'_, '_>, name: &str| node.has_tag_name((W, name));
        let tables = document.descendants().filter(|node| named(*node, "tbl"));
        tables
            .map(|table| {
                let rows = table.children().filter(|node| named(*node, "tr"));
                let cells = |row: Node<'_, '_>| row.children().filter(|node| named(*node, "tc")).map(cell_words).collect();
                rows.map(cells).collect()
            })
            .collect()
    }
}

impl Reader<'_> {
    fn story(&self, document: &Document<'_>) -> Vec<String> {
        let all = document.descendants().filter(|node| node.has_tag_name((W, "p")));
        all.map(|node| {
            let mut line = place(node);
            if let Some(style) = style_of(node).and_then(|id| self.styles.get(id)) {
                line.push_str(&format!("[{}] ", style.name));
            }
            if let Some((marker, level)) = self.marker(node) {
                line.push_str(&format!("({marker} at {level}) "));
            }
            line.push_str(&words(node));
            for kid in node.descendants() {
                match kid.tag_name().name() {
                    "hyperlink" => {
                        let target = kid.attribute((R, "id")).and_then(|id| self.targets.get(id));
                        let target = target.copied().or(kid.attribute((W, "anchor"))).unwrap_or_default();
                        line.push_str(&format!(" -> {target}"));
                    }
                    "bookmarkStart" => line.push_str(&format!(" #{}", kid.attribute((W, "name")).unwrap_or_default())),
                    "docPr" if kid.tag_name().namespace() == Some(DRAWING) => {
                        line.push_str(&format!(" <picture: {}>", kid.attribute("descr").unwrap_or_default()));
                    }
                    "footnoteReference" => line.push_str(" <note>"),
                    _ => {}
                }
            }
            line
        })
        .collect()
    }

    /// Form and level of the number or bullet that Word draws, from the paragraph or its style.
    fn marker(&self, node: Node<'_, '_>) -> Option<(String, usize)> {
        let own = child(node, "pPr").and_then(|properties| child(properties, "numPr"));
        let number = |name| own.and_then(|own| child(own, name)).and_then(value);
        let level = number("ilvl").unwrap_or("0");
        let mut id = number("numId");
        let mut at = style_of(node);
        while let (None, Some(style)) = (id, at.and_then(|at| self.styles.get(at))) {
            (id, at) = (style.num_id, style.based_on);
        }
        let id = id.filter(|id| *id != "0")?;
        let numbering = self.numbering?;
        let find = |name: &'static str, attribute: &'static str, wanted: &str| {
            let mut nodes = numbering.descendants().filter(|node| node.has_tag_name((W, name)));
            nodes.find(|node| node.attribute((W, attribute)) == Some(wanted))
        };
        let design = find("abstractNum", "abstractNumId", value(child(find("num", "numId", id)?, "abstractNumId")?)?)?;
        let level_node = design.children().find(|node| node.has_tag_name((W, "lvl")) && node.attribute((W, "ilvl")) == Some(level))?;
        let said = |name| child(level_node, name).and_then(value).unwrap_or_default();
        Some((format!("{} {}", said("numFmt"), said("lvlText")), level.parse().ok()?))
    }
}

/// Where a paragraph stands: row and column of a table, whether the row is a header.
fn place(node: Node<'_, '_>) -> String {
    let Some(cell) = node.ancestors().find(|above| above.has_tag_name((W, "tc"))) else { return String::new() };
    let row = cell.ancestors().find(|above| above.has_tag_name((W, "tr"))).expect("a cell stands in a row");
    let before = |node: Node<'_, '_>, name: &str| node.prev_siblings().skip(1).filter(|kid| kid.has_tag_name((W, name))).count();
    let header = child(row, "trPr").is_some_and(|properties| child(properties, "tblHeader").is_some());
    format!("{}row {} cell {}: ", if header { "header " } else { "" }, before(row, "tr"), before(cell, "tc"))
}

fn style<'d>(node: Node<'d, 'd>) -> Option<(&'d str, Style<'d>)> {
    let numbers = child(node, "pPr").and_then(|properties| child(properties, "numPr"));
    let style = Style {
        name: child(node, "name").and_then(value).unwrap_or_default().to_lowercase(),
        based_on: child(node, "basedOn").and_then(value),
        num_id: numbers.and_then(|numbers| child(numbers, "numId")).and_then(value),
    };
    Some((node.attribute((W, "styleId"))?, style))
}

fn style_of<'d>(node: Node<'d, 'd>) -> Option<&'d str> {
    child(node, "pPr").and_then(|properties| child(properties, "pStyle")).and_then(value)
}

fn words(node: Node<'_, '_>) -> String {
    plain(&super::paragraph(node).text)
}

fn cell_words(cell: Node<'_, '_>) -> String {
    let all: Vec<String> = cell.descendants().filter(|node| node.has_tag_name((W, "p"))).map(words).collect();
    all.join("\n")
}

/// Words with the names of fields, without the numbers that a program has put there.
fn without_results(line: &str) -> String {
    let mut pieces = line.split('}');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |line, piece| line + "}" + piece.trim_start_matches(|c: char| c.is_ascii_digit()))
}

/// The language of the defaults.
fn language(styles: Node<'_, '_>) -> Option<String> {
    let defaults = styles.descendants().find(|node| node.has_tag_name((W, "docDefaults")))?;
    defaults.descendants().find(|node| node.has_tag_name((W, "lang"))).and_then(value).map(str::to_owned)
}
