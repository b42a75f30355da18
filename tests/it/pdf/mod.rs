//! A PDF as a reader with assistive technology gets it: the tag tree with the words of each element.
//!
//! Read with a library that the program does not write with. Nothing of a page's look is here, but for bold and italic
//! type, which carry meaning.

mod check;
mod content;
mod fonts;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use hayro_syntax::Pdf as File;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, String as Text};

use content::{Content, Words};

/// A PDF file.
pub struct Pdf {
    /// `Lang` of the catalog.
    pub language: Option<String>,
    /// `dc:title` of the metadata.
    pub title: Option<String>,
    /// Whether viewers show the title in place of the file name.
    pub shows_title: bool,
    /// Number of pages.
    pub pages: usize,
    /// Words of running headers and footers, page by page.
    pub running: Vec<String>,
    /// Files that it carries, with the name and relationship of each.
    pub attachments: Vec<Attachment>,
    /// The top of the tag tree.
    pub root: Element,
}

/// A file within a PDF.
pub struct Attachment {
    /// File name.
    pub name: String,
    /// `AFRelationship`: `Source`, `Data` ...
    pub relationship: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// A structure element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its standard type: `P`, `H1`, `TH` ...
    pub role: String,
    /// Alternative text.
    pub alt: Option<String>,
    /// Language, where it differs.
    pub language: Option<String>,
    /// `Scope` of a header cell.
    pub scope: Option<String>,
    /// Columns and rows that a cell covers.
    pub span: (i64, i64),
    /// `ListNumbering` of a list.
    pub numbering: Option<String>,
    /// Whether an annotation (a link) belongs to it.
    pub annotated: bool,
    /// What it holds, in order.
    pub kids: Vec<Kid>,
}

/// What an element holds.
#[derive(Debug)]
pub enum Kid {
    /// Words.
    Words(Vec<Words>),
    /// Another element.
    Element(Element),
}

/// Elements that run within a line.
const INLINE: [&str; 8] = ["Span", "Link", "Quote", "Code", "Reference", "Em", "Strong", "Sub"];

impl Pdf {
    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(bytes).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
    }

    fn parse(bytes: Vec<u8>) -> Result<Self, String> {
        let file = File::new(bytes).map_err(|error| format!("not a PDF: {error:?}"))?;
        let catalog: Dict<'_> = file.xref().get(file.xref().root_id()).ok_or("no catalog")?;
        let structure: Dict<'_> = catalog.get("StructTreeRoot").ok_or("no structure tree: the PDF is not tagged")?;
        let mut content = Content::default();
        for page in file.pages().iter() {
            content.read(page)?;
        }
        content.decoration_is_silent()?;
        let mut tree = Tree { roles: roles(&structure), content, used: BTreeMap::new() };
        let mut root = Element { role: "Root".into(), ..Element::default() };
        for kid in kids(&structure) {
            tree.kid(&kid, None, &mut root)?;
        }
        tree.all_used()?;
        let preferences: Dict<'_> = catalog.get("ViewerPreferences").unwrap_or_default();
        Ok(Self {
            language: string(&catalog, "Lang"),
            title: xmp_title(&catalog),
            shows_title: preferences.get::<bool>("DisplayDocTitle").unwrap_or(false),
            pages: file.pages().len(),
            running: tree.content.running,
            attachments: attachments(&catalog)?,
            root,
        })
    }

    /// The paragraphs in the order of the tag tree: words of one block make one. List labels are left out, and so is
    /// the contents list.
    pub fn paragraphs(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.root.paragraphs(&mut found);
        found
    }

    /// The entries of the contents list, without page numbers.
    pub fn contents(&self) -> Vec<String> {
        let entries = self.elements().into_iter().filter(|element| element.role == "TOCI");
        entries.map(|entry| entry.words().trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_owned()).collect()
    }

    /// The tag tree as text, one element a line.
    pub fn outline(&self) -> String {
        let mut out = String::new();
        let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "(none)".into());
        let _ = writeln!(out, "title: {}", or_none(&self.title));
        let _ = writeln!(out, "language: {}", or_none(&self.language));
        let _ = writeln!(out, "pages: {}", self.pages);
        for file in &self.attachments {
            let _ = writeln!(out, "attached: {} ({})", file.name, file.relationship);
        }
        for (at, words) in self.running.iter().enumerate() {
            let _ = writeln!(out, "running words of page {}: {words}", at + 1);
        }
        out.push('\n');
        self.root.outline(0, &mut out);
        out
    }

    /// Every element, parents first.
    pub fn elements(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        self.root.walk(&mut |element| found.push(element));
        found
    }
}

impl Element {
    /// Its words and those of everything in it.
    pub fn words(&self) -> String {
        let mut runs = Vec::new();
        self.gather(&mut runs);
        content::joined(&runs)
    }

    fn gather<'a>(&'a self, runs: &mut Vec<&'a Words>) {
        for kid in &self.kids {
            match kid {
                Kid::Words(words) => runs.extend(words),
                Kid::Element(element) => element.gather(runs),
            }
        }
    }

    fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Element)) {
        visit(self);
        for kid in &self.kids {
            if let Kid::Element(element) = kid {
                element.walk(visit);
            }
        }
    }

    fn paragraphs(&self, found: &mut Vec<String>) {
        let mut runs = Vec::new();
        let flush = |runs: &mut Vec<&Words>, found: &mut Vec<String>| {
            found.push(content::joined(runs));
            runs.clear();
        };
        for kid in &self.kids {
            match kid {
                Kid::Words(words) => runs.extend(words),
                Kid::Element(element) if INLINE.contains(&element.role.as_str()) => element.gather(&mut runs),
                Kid::Element(element) => {
                    flush(&mut runs, found);
                    if !matches!(element.role.as_str(), "Lbl" | "Figure" | "TOC") {
                        element.paragraphs(found);
                    }
                }
            }
        }
        flush(&mut runs, found);
    }

    fn outline(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        for kid in &self.kids {
            match kid {
                Kid::Words(words) => {
                    let _ = writeln!(out, "{indent}{}", content::marked(words));
                }
                Kid::Element(element) => {
                    let _ = writeln!(out, "{indent}{}", element.head());
                    element.outline(depth + 1, out);
                }
            }
        }
    }

    fn head(&self) -> String {
        let mut head = format!("<{}>", self.role);
        let mut say = |name: &str, value: &Option<String>| {
            if let Some(value) = value {
                let _ = write!(head, " {name}={value:?}");
            }
        };
        say("alt", &self.alt);
        say("lang", &self.language);
        say("scope", &self.scope);
        say("numbering", &self.numbering);
        if self.span != (1, 1) && self.span != (0, 0) {
            let _ = write!(head, " span={}x{}", self.span.0, self.span.1);
        }
        if self.role == "Link" && !self.annotated {
            head.push_str(" (no annotation)");
        }
        head
    }
}

/// Builds elements; remembers which words found their place.
struct Tree {
    roles: BTreeMap<String, String>,
    content: Content,
    used: BTreeMap<(ObjectIdentifier, i64), usize>,
}

impl Tree {
    fn kid(&mut self, kid: &Object<'_>, page: Option<ObjectIdentifier>, parent: &mut Element) -> Result<(), String> {
        match kid {
            Object::Number(id) => self.words(page, id.as_i64(), parent),
            Object::Dict(dict) => {
                let page = dict.get::<Dict<'_>>("Pg").and_then(|page| page.obj_id()).or(page);
                match dict.get::<Name<'_>>("Type").as_ref().map(Name::as_str) {
                    Some("MCR") => self.words(page, number(dict, "MCID").ok_or("an MCR without MCID")?, parent),
                    Some("OBJR") => {
                        parent.annotated = true;
                        Ok(())
                    }
                    _ => {
                        let element = self.element(dict, page)?;
                        parent.kids.push(Kid::Element(element));
                        Ok(())
                    }
                }
            }
            other => Err(format!("an element holds {other:?}")),
        }
    }

    fn words(&mut self, page: Option<ObjectIdentifier>, id: i64, parent: &mut Element) -> Result<(), String> {
        let key = (page.ok_or("marked content without a page")?, id);
        *self.used.entry(key).or_default() += 1;
        let words = self.content.marked.get(&key).ok_or_else(|| format!("no content is marked {id} on its page"))?;
        match parent.kids.last_mut() {
            Some(Kid::Words(last)) => last.extend(words.iter().cloned()),
            _ => parent.kids.push(Kid::Words(words.clone())),
        }
        Ok(())
    }

    fn element(&mut self, dict: &Dict<'_>, page: Option<ObjectIdentifier>) -> Result<Element, String> {
        let name = dict.get::<Name<'_>>("S").ok_or("a structure element without a type")?.as_str().to_owned();
        let cell = |name| attribute(dict, name, |owner| number(owner, name)).unwrap_or(1);
        let as_name = |name: &'static str| {
            attribute(dict, name, |owner| owner.get::<Name<'_>>(name).map(|value| value.as_str().to_owned()))
        };
        let mut element = Element {
            alt: string(dict, "Alt"),
            language: string(dict, "Lang"),
            scope: as_name("Scope"),
            span: (cell("ColSpan"), cell("RowSpan")),
            numbering: as_name("ListNumbering"),
            role: self.roles.get(&name).cloned().unwrap_or(name),
            ..Element::default()
        };
        for kid in kids(dict) {
            self.kid(&kid, page, &mut element)?;
        }
        Ok(element)
    }

    /// Every marked word stands in the tree exactly once.
    fn all_used(&self) -> Result<(), String> {
        for (key, words) in &self.content.marked {
            let times = self.used.get(key).copied().unwrap_or(0);
            if times != 1 {
                return Err(format!("{:?} stands {times} times in the tag tree", content::joined(&words.iter().collect::<Vec<_>>())));
            }
        }
        Ok(())
    }
}

fn roles(structure: &Dict<'_>) -> BTreeMap<String, String> {
    let map: Dict<'_> = structure.get("RoleMap").unwrap_or_default();
    let entries = map.keys().filter_map(|key| {
        let to = map.get::<Name<'_>>(key.as_str())?;
        Some((key.as_str().to_owned(), to.as_str().to_owned()))
    });
    entries.collect()
}

fn kids<'a>(dict: &Dict<'a>) -> Vec<Object<'a>> {
    match dict.get::<Object<'_>>("K") {
        Some(Object::Array(array)) => array.iter::<Object<'_>>().collect(),
        Some(other) => vec![other],
        None => Vec::new(),
    }
}

/// The attribute `name` of whichever owner (`Table`, `List` ...) has it.
fn attribute<T>(element: &Dict<'_>, name: &str, read: impl Fn(&Dict<'_>) -> Option<T>) -> Option<T> {
    let owners = match element.get::<Object<'_>>("A")? {
        Object::Array(array) => array.iter::<Object<'_>>().collect(),
        other => vec![other],
    };
    owners.into_iter().filter_map(Object::into_dict).filter(|owner| owner.contains_key(name)).find_map(|owner| read(&owner))
}

fn number(dict: &Dict<'_>, key: &str) -> Option<i64> {
    dict.get::<hayro_syntax::object::Number>(key).map(|number| number.as_i64())
}

fn string(dict: &Dict<'_>, key: &str) -> Option<String> {
    dict.get::<Text<'_>>(key).map(|text| decoded(text.as_bytes()))
}

/// A PDF text string: UTF-16 with a mark, UTF-8 with a mark, or PDFDocEncoding (of which only ASCII is expected).
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => utf16(rest),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

fn xmp_title(catalog: &Dict<'_>) -> Option<String> {
    let xmp = catalog.get::<Stream<'_>>("Metadata")?.decoded().ok()?;
    let xmp = String::from_utf8(xmp.into_owned()).ok()?;
    let document = roxmltree::Document::parse(xmp.trim_start_matches('\u{FEFF}')).ok()?;
    let title = document.descendants().find(|node| node.has_tag_name(("http://purl.org/dc/elements/1.1/", "title")))?;
    Some(title.descendants().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect::<String>().trim().to_owned())
}

fn attachments(catalog: &Dict<'_>) -> Result<Vec<Attachment>, String> {
    let files: Array<'_> = match catalog.get("AF") {
        Some(files) => files,
        None => return Ok(Vec::new()),
    };
    let read = |file: Dict<'_>| -> Option<Attachment> {
        let content = file.get::<Dict<'_>>("EF")?.get::<Stream<'_>>("F")?;
        Some(Attachment {
            name: string(&file, "UF").or_else(|| string(&file, "F"))?,
            relationship: file.get::<Name<'_>>("AFRelationship")?.as_str().to_owned(),
            bytes: content.decoded().ok()?.into_owned(),
        })
    };
    files.iter::<Dict<'_>>().map(|file| read(file).ok_or_else(|| "an attached file can't be read".to_owned())).collect()
}
