//! A Word file as its reader gets it: parts, paragraphs in order, styles.

mod check;
mod content;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

use roxmltree::{Document, Node};

/// WordprocessingML.
pub const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Relationships, as attributes of other markup.
pub const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Relationships, in their own parts.
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A DOCX file.
pub struct Docx {
    /// Parts by name.
    pub parts: BTreeMap<String, Vec<u8>>,
}

/// A paragraph of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Identifier of its style.
    pub style: Option<String>,
    /// Its words.
    pub text: String,
    /// The same with `**` around bold and `_` around italic runs.
    pub marked: String,
}

impl Docx {
    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut zip = zip::ZipArchive::new(file).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let mut parts = BTreeMap::new();
        for at in 0..zip.len() {
            let mut entry = zip.by_index(at).expect("an entry of the zip");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("an entry of the zip can be read");
            let name = entry.name().expect("a name in UTF-8").into_owned();
            assert!(!parts.contains_key(&name), "{}: two parts are called {name}", path.display());
            parts.insert(name, bytes);
        }
        Self { parts }
    }

    /// Text of a part.
    pub fn text(&self, part: &str) -> &str {
        let bytes = self.parts.get(part).unwrap_or_else(|| panic!("there is no part {part}; there are {:?}", self.parts.keys()));
        std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{part} is not UTF-8"))
    }

    /// A part as XML.
    pub fn xml(&self, part: &str) -> Document<'_> {
        Document::parse(self.text(part)).unwrap_or_else(|error| panic!("{part}: {error}"))
    }

    /// Names of the parts that match.
    pub fn names<'a>(&'a self, matches: impl Fn(&str) -> bool + 'a) -> impl Iterator<Item = &'a str> {
        self.parts.keys().map(String::as_str).filter(move |name| matches(name))
    }

    /// The paragraphs of the body in order, cells of tables row by row, then the footnotes; without the contents list.
    pub fn paragraphs(&self) -> Vec<Paragraph> {
        let mut found = paragraphs(&self.xml("word/document.xml"));
        if self.parts.contains_key("word/footnotes.xml") {
            found.extend(paragraphs(&self.xml("word/footnotes.xml")));
        }
        found.retain(|paragraph| !paragraph.is_contents());
        found
    }

    /// The entries of the contents list, without page numbers.
    pub fn contents(&self) -> Vec<String> {
        let all = paragraphs(&self.xml("word/document.xml")).into_iter().filter(Paragraph::is_contents);
        all.map(|entry| entry.text.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_owned()).collect()
    }

    /// Words of headers and footers, with fields by their name: `{PAGE}`.
    pub fn running(&self) -> Vec<String> {
        let names: Vec<_> = self.names(|name| name.starts_with("word/header") || name.starts_with("word/footer")).collect();
        names.into_iter().flat_map(|name| paragraphs(&self.xml(name)).into_iter().map(|paragraph| paragraph.text)).collect()
    }

    /// The parts that a person may want to compare, as indented XML.
    pub fn outline(&self, part: &str) -> String {
        let mut out = String::new();
        indented(self.xml(part).root_element(), 0, &mut out);
        out
    }
}

impl Paragraph {
    /// Whether it is a line of the contents list.
    fn is_contents(&self) -> bool {
        let level = self.style.as_deref().and_then(|style| style.strip_prefix("TOC"));
        level.is_some_and(|level| level.parse::<u8>().is_ok())
    }
}

/// The paragraphs of a part.
fn paragraphs(document: &Document<'_>) -> Vec<Paragraph> {
    document.descendants().filter(|node| node.has_tag_name((W, "p"))).map(paragraph).collect()
}

fn paragraph(node: Node<'_, '_>) -> Paragraph {
    let (mut text, mut marked) = (String::new(), String::new());
    let mut field = Field::Outside;
    runs(node, &mut |run| {
        let words = run_words(run, &mut field);
        let on = |name| property(run, name);
        let (bold, italic) = (if on("b") { "**" } else { "" }, if on("i") { "_" } else { "" });
        text.push_str(&words);
        if !words.trim().is_empty() {
            let _ = write!(marked, "{bold}{italic}{words}{italic}{bold}");
        } else {
            marked.push_str(&words);
        }
    });
    let style = child(node, "pPr").and_then(|properties| child(properties, "pStyle")).and_then(value);
    Paragraph { style: style.map(str::to_owned), text, marked }
}

/// Where a complex field stands.
enum Field {
    Outside,
    Code,
    Result,
}

/// Calls `visit` for every run of a paragraph, those in links and fields too.
fn runs<'a>(node: Node<'a, 'a>, visit: &mut impl FnMut(Node<'a, 'a>)) {
    for kid in node.children() {
        if kid.has_tag_name((W, "r")) {
            visit(kid);
        } else if !kid.has_tag_name((W, "pPr")) {
            runs(kid, visit);
        }
    }
}

fn run_words(run: Node<'_, '_>, field: &mut Field) -> String {
    let mut words = String::new();
    for kid in run.children().filter(|kid| kid.tag_name().namespace() == Some(W)) {
        match kid.tag_name().name() {
            "fldChar" => {
                *field = match kid.attribute((W, "fldCharType")) {
                    Some("begin") => Field::Code,
                    Some("separate") => Field::Result,
                    _ => Field::Outside,
                }
            }
            "instrText" => {
                let name = kid.text().unwrap_or_default().split_whitespace().next().unwrap_or_default();
                if matches!(name, "PAGE" | "NUMPAGES") {
                    let _ = write!(words, "{{{name}}}");
                    *field = Field::Code;
                }
            }
            "t" if matches!(field, Field::Code) => {}
            "t" => words.push_str(kid.text().unwrap_or_default()),
            "tab" | "br" | "cr" | "ptab" => words.push(' '),
            "noBreakHyphen" => words.push('-'),
            _ => {}
        }
    }
    words
}

/// Whether a run has a property that is switched on.
fn property(run: Node<'_, '_>, name: &str) -> bool {
    let of = |node| child(node, "rPr").and_then(|properties| child(properties, name));
    of(run).is_some_and(|node| !matches!(value(node), Some("0" | "false" | "off")))
}

/// The first child of a name, in WordprocessingML.
fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|kid| kid.has_tag_name((W, name)))
}

/// `w:val`.
fn value<'a>(node: Node<'a, 'a>) -> Option<&'a str> {
    node.attribute((W, "val"))
}

/// XML with an element a line, prefixes as in the file.
fn indented(node: Node<'_, '_>, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let name = name_of(node, node.tag_name().namespace(), node.tag_name().name());
    let _ = write!(out, "{indent}<{name}");
    for attribute in node.attributes() {
        let name = name_of(node, attribute.namespace(), attribute.name());
        let _ = write!(out, " {name}={:?}", attribute.value());
    }
    let elements: Vec<_> = node.children().filter(Node::is_element).collect();
    if !elements.is_empty() {
        out.push_str(">\n");
        elements.into_iter().for_each(|kid| indented(kid, depth + 1, out));
        let _ = writeln!(out, "{indent}</{name}>");
        return;
    }
    match node.text() {
        Some(text) => drop(writeln!(out, ">{text}</{name}>")),
        None => out.push_str("/>\n"),
    }
}

fn name_of(node: Node<'_, '_>, namespace: Option<&str>, name: &str) -> String {
    let prefix = namespace.and_then(|uri| node.lookup_prefix(uri));
    prefix.map_or_else(|| name.to_owned(), |prefix| format!("{prefix}:{name}"))
}
