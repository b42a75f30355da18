//! What a Word file must have that the schema does not ask for: nothing dangling, and everything that makes it readable
//! for someone who can't see it.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;

use super::{Docx, R, RELATIONSHIPS, W, child, value};
use crate::words::plain;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
const EMPTY_LINK_WORDS: [&str; 6] = ["here", "click here", "link", "more", "read more", "this"];

impl Docx {
    /// Everything that is wrong with the file; empty when nothing is.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        self.relationships(&mut faults);
        self.content_types(&mut faults);
        self.references(&mut faults);
        self.metadata(&mut faults);
        self.headings(&mut faults);
        let document = self.xml("word/document.xml");
        for node in document.descendants() {
            match node.tag_name().name() {
                "p" => paragraph(node, &mut faults),
                "tbl" => table(node, &mut faults),
                "tc" => cell(node, &mut faults),
                "hyperlink" => link(node, &mut faults),
                "docPr" if node.tag_name().namespace() == Some(DRAWING) => drawing(node, &mut faults),
                "anchor" if node.tag_name().namespace() == Some(DRAWING) => faults.push("a floating drawing".into()),
                "t" => space(node, &mut faults),
                _ => {}
            }
        }
        faults
    }

    /// Every relationship that is used exists, and every part that is pointed at.
    fn relationships(&self, faults: &mut Vec<String>) {
        let mut reached = BTreeSet::from(["[Content_Types].xml".to_owned()]);
        for (name, rels) in self.parts.keys().filter(|name| name.ends_with(".rels")).map(|name| (name, self.xml(name))) {
            let owner = name.replace("_rels/", "").trim_end_matches(".rels").to_owned();
            let folder = owner.rsplit_once('/').map_or("", |(folder, _)| folder);
            let mut known = BTreeSet::new();
            for relationship in rels.descendants().filter(|node| node.has_tag_name((RELATIONSHIPS, "Relationship"))) {
                let id = relationship.attribute("Id").unwrap_or_default();
                let target = relationship.attribute("Target").unwrap_or_default();
                if !known.insert(id.to_owned()) {
                    faults.push(format!("{name} has {id} twice"));
                }
                if relationship.attribute("TargetMode") == Some("External") {
                    continue;
                }
                let part = match target.strip_prefix('/') {
                    Some(part) => part.to_owned(),
                    None if folder.is_empty() => target.to_owned(),
                    None => format!("{folder}/{target}"),
                };
                if !self.parts.contains_key(&part) {
                    faults.push(format!("{name} points at {part}, which is not there"));
                }
                reached.insert(part);
            }
            if owner.is_empty() || !owner.ends_with(".xml") {
                continue;
            }
            for node in self.xml(&owner).descendants() {
                for used in node.attributes().filter(|attribute| attribute.namespace() == Some(R)) {
                    if !known.contains(used.value()) {
                        faults.push(format!("{owner} uses {}, which {name} does not have", used.value()));
                    }
                }
            }
        }
        for part in self.parts.keys().filter(|part| !part.ends_with(".rels") && !reached.contains(*part)) {
            faults.push(format!("nothing points at {part}"));
        }
    }

    fn content_types(&self, faults: &mut Vec<String>) {
        let types = self.xml("[Content_Types].xml");
        let values = |element: &str, name: &str| -> BTreeSet<String> {
            let nodes = types.descendants().filter(|node| node.tag_name().name() == element);
            nodes.filter_map(|node| node.attribute(name).map(str::to_owned)).collect()
        };
        let (extensions, overrides) = (values("Default", "Extension"), values("Override", "PartName"));
        for part in self.parts.keys().filter(|part| *part != "[Content_Types].xml") {
            let extension = part.rsplit_once('.').map_or("", |(_, extension)| extension);
            if !extensions.contains(extension) && !overrides.contains(&format!("/{part}")) {
                faults.push(format!("{part} has no content type"));
            }
        }
        for part in overrides.iter().filter(|part| !self.parts.contains_key(part.trim_start_matches('/'))) {
            faults.push(format!("there is a content type for {part}, which is not there"));
        }
    }

    /// Every style, numbering, bookmark and note that is referred to exists.
    fn references(&self, faults: &mut Vec<String>) {
        let styles = self.xml("word/styles.xml");
        let mut kinds = BTreeMap::new();
        for style in styles.descendants().filter(|node| node.has_tag_name((W, "style"))) {
            let id = style.attribute((W, "styleId")).unwrap_or_default();
            if kinds.insert(id, style.attribute((W, "type")).unwrap_or_default()).is_some() {
                faults.push(format!("the style {id} is defined twice"));
            }
        }
        let numbering = self.parts.contains_key("word/numbering.xml").then(|| self.xml("word/numbering.xml"));
        let all = |name: &'static str, attribute: &'static str| -> BTreeSet<String> {
            let nodes = numbering.iter().flat_map(|part| part.descendants()).filter(|node| node.has_tag_name((W, name)));
            nodes.filter_map(|node| node.attribute((W, attribute)).map(str::to_owned)).collect()
        };
        let (numbers, abstracts) = (all("num", "numId"), all("abstractNum", "abstractNumId"));
        for used in all("abstractNumId", "val").difference(&abstracts) {
            faults.push(format!("numbering uses the abstract numbering {used}, which is not defined"));
        }
        let stories = self.names(|name| {
            let file = name.strip_prefix("word/").unwrap_or_default();
            ["document", "styles", "header", "footer", "footnotes"].iter().any(|stem| file.starts_with(stem)) && file.ends_with(".xml")
        });
        for part in stories {
            let xml = self.xml(part);
            let bookmarks: BTreeSet<&str> = xml
                .descendants()
                .filter(|node| node.has_tag_name((W, "bookmarkStart")))
                .filter_map(|node| node.attribute((W, "name")))
                .collect();
            for node in xml.descendants().filter(|node| node.tag_name().namespace() == Some(W)) {
                let name = value(node).unwrap_or_default();
                let expected = match node.tag_name().name() {
                    "pStyle" => Some("paragraph"),
                    "rStyle" => Some("character"),
                    "tblStyle" => Some("table"),
                    _ => None,
                };
                match (expected, kinds.get(name)) {
                    (Some(_), None) => faults.push(format!("{part} uses the style {name}, which is not defined")),
                    (Some(kind), Some(found)) if kind != *found => {
                        faults.push(format!("{part} uses the {found} style {name} as a {kind} style"));
                    }
                    _ => {}
                }
                match node.tag_name().name() {
                    "basedOn" | "next" | "link" if !kinds.contains_key(name) => {
                        faults.push(format!("{part} refers to the style {name}, which is not defined"));
                    }
                    "numId" if name != "0" && !numbers.contains(name) => {
                        faults.push(format!("{part} uses the numbering {name}, which is not defined"));
                    }
                    "hyperlink" => {
                        if let Some(anchor) = node.attribute((W, "anchor")).filter(|anchor| !bookmarks.contains(anchor)) {
                            faults.push(format!("a link goes to {anchor}, which is no bookmark"));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    fn metadata(&self, faults: &mut Vec<String>) {
        let core = self.xml("docProps/core.xml");
        let mut demand = |right: bool, fault: &str| {
            if !right {
                faults.push(fault.to_owned());
            }
        };
        let stated = |name| {
            let found = core.descendants().find(|node| node.has_tag_name((DUBLIN_CORE, name)));
            found.and_then(|node| node.text()).is_some_and(|text| !text.trim().is_empty())
        };
        demand(stated("title"), "the core properties have no title");
        demand(stated("creator"), "the core properties have no author");
        let styles = self.xml("word/styles.xml");
        let defaults = styles.descendants().find(|node| node.has_tag_name((W, "docDefaults")));
        let language = defaults.and_then(|node| node.descendants().find(|node| node.has_tag_name((W, "lang"))));
        demand(language.is_some_and(|node| value(node).is_some()), "the default style has no language");
        let settings = self.xml("word/settings.xml");
        let prompts = settings.descendants().any(|node| node.has_tag_name((W, "updateFields")));
        demand(!prompts, "Word asks to update fields when it opens the file");
        let fields = self.running().concat();
        demand(fields.contains("{PAGE}"), "no header or footer has the number of the page");
        demand(fields.contains("{NUMPAGES}"), "no header or footer has the number of pages");
    }

    /// Headings have words, start at level 1 and skip none.
    fn headings(&self, faults: &mut Vec<String>) {
        let mut before = 0;
        for paragraph in self.paragraphs() {
            let style = paragraph.style.as_deref().unwrap_or_default();
            let Some(level) = style.strip_prefix("Heading").and_then(|level| level.parse::<u8>().ok()) else { continue };
            if plain(&paragraph.text).is_empty() {
                faults.push(format!("an empty heading of level {level}"));
            }
            if level > before + 1 {
                faults.push(format!("the heading {:?} of level {level} follows one of level {before}", paragraph.text));
            }
            before = level;
        }
        if before == 0 {
            faults.push("the document has no headings".into());
        }
    }
}

fn text(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|node| node.has_tag_name((W, "t"))).filter_map(|node| node.text());
    plain(&texts.collect::<Vec<_>>().concat())
}

/// An empty paragraph is spacing by hand, unless a cell is empty, a section ends in it, or Word needs it: between two
/// tables, and after one at the end of the document.
fn paragraph(node: Node<'_, '_>, faults: &mut Vec<String>) {
    let alone = node.parent().is_some_and(|cell| cell.has_tag_name((W, "tc")) && cell.children().filter(|kid| kid.has_tag_name((W, "p"))).count() == 1);
    let says = node.descendants().any(|kid| matches!(kid.tag_name().name(), "drawing" | "sectPr" | "fldChar" | "fldSimple"));
    let beside = |node: Option<Node<'_, '_>>, names: &[&str]| node.is_some_and(|node| names.contains(&node.tag_name().name()));
    let needed = beside(node.prev_sibling_element(), &["tbl"]) && beside(node.next_sibling_element(), &["tbl", "sectPr"]);
    if text(node).is_empty() && !alone && !says && !needed {
        let before = node.prev_sibling_element().map(text).unwrap_or_default();
        faults.push(format!("an empty paragraph after {before:?}"));
    }
}

fn table(node: Node<'_, '_>, faults: &mut Vec<String>) {
    let rows: Vec<_> = node.children().filter(|row| row.has_tag_name((W, "tr"))).collect();
    let name: String = text(node).chars().take(40).collect();
    let has = |row: Node<'_, '_>, name: &str| {
        child(row, "trPr").and_then(|properties| child(properties, name)).is_some_and(|node| !matches!(value(node), Some("0" | "false")))
    };
    match rows.first() {
        None => faults.push("a table without rows".into()),
        Some(first) if !has(*first, "tblHeader") => faults.push(format!("the table {name:?} has no header row that repeats")),
        _ => {}
    }
    // A row that would fill a wide sheet may be split: left whole, it could be higher than one.
    let short = |row: &Node<'_, '_>| text(*row).chars().count() < 500;
    if rows.iter().any(|row| !has(*row, "cantSplit") && short(row)) {
        faults.push(format!("a row of the table {name:?} may be split between pages"));
    }
    let properties = child(node, "tblPr");
    if properties.and_then(|properties| child(properties, "tblStyle")).is_none() {
        faults.push(format!("the table {name:?} has no style"));
    }
    let columns = child(node, "tblGrid").map_or(0, |grid| grid.children().filter(|kid| kid.has_tag_name((W, "gridCol"))).count());
    for row in rows {
        let cells = row.children().filter(|cell| cell.has_tag_name((W, "tc")));
        let span = |cell: Node<'_, '_>| {
            let span = child(cell, "tcPr").and_then(|properties| child(properties, "gridSpan"));
            span.and_then(|node| value(node)?.parse::<usize>().ok()).unwrap_or(1)
        };
        let width: usize = cells.map(span).sum();
        if width != columns {
            faults.push(format!("a row of the table {name:?} has {width} columns of {columns}"));
        }
    }
}

fn cell(node: Node<'_, '_>, faults: &mut Vec<String>) {
    if !node.last_element_child().is_some_and(|last| last.has_tag_name((W, "p"))) {
        faults.push(format!("the cell {:?} does not end with a paragraph", text(node)));
    }
}

fn link(node: Node<'_, '_>, faults: &mut Vec<String>) {
    let words = text(node).to_lowercase();
    if words.is_empty() || EMPTY_LINK_WORDS.contains(&words.as_str()) {
        faults.push(format!("a link is called {words:?}"));
    }
}

fn drawing(node: Node<'_, '_>, faults: &mut Vec<String>) {
    let decorative = node.descendants().any(|kid| kid.tag_name().name() == "decorative" && kid.attribute("val") == Some("1"));
    if !decorative && node.attribute("descr").unwrap_or_default().trim().is_empty() {
        faults.push(format!("the drawing {:?} has no alternative text", node.attribute("name").unwrap_or_default()));
    }
}

fn space(node: Node<'_, '_>, faults: &mut Vec<String>) {
    let text = node.text().unwrap_or_default();
    let kept = node.attribute(("http://www.w3.org/XML/1998/namespace", "space")) == Some("preserve");
    if text.trim() != text && !kept {
        faults.push(format!("Word drops the space at an end of {text:?}"));
    }
}
