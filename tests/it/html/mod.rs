//! A web page as its reader gets it: a tree of elements, read strictly.
//!
//! The reader mends nothing: an end tag without its start, an element left open or any fault that the tokenizer finds
//! is a failure. What a browser makes of a page is for the validators to say.

mod check;
mod posting;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// A page.
pub struct Html {
    /// `html` and all within.
    pub root: Element,
}

/// An element.
#[derive(Debug, Default)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes.
    pub attributes: BTreeMap<String, String>,
    /// What it holds, in order.
    pub kids: Vec<Kid>,
}

/// What an element holds.
#[derive(Debug)]
pub enum Kid {
    /// Text.
    Text(String),
    /// An element.
    Element(Element),
}

const VOID: [&str; 10] = ["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"];
const INLINE: [&str; 19] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "em", "i", "img", "mark", "small", "span", "strong", "sub", "sup", "time",
    "wbr",
];
const SILENT: [&str; 4] = ["style", "script", "svg", "template"];

impl Html {
    /// Reads a file.
    pub fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        Self::parse(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut open = vec![Element::default()];
        let string = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let mut doctype = false;
        for token in Tokenizer::new_with_emitter(text, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = string(&tag.name);
                    let attributes = tag.attributes.iter().map(|(name, value)| (string(name), string(value))).collect();
                    let element = Element { name, attributes, kids: Vec::new() };
                    let foreign = open.iter().any(|element| element.name == "svg") || element.name == "svg";
                    if VOID.contains(&element.name.as_str()) || (foreign && tag.self_closing) {
                        close(&mut open, element)?;
                    } else {
                        open.push(element);
                    }
                }
                Token::EndTag(tag) => {
                    let (name, element) = (string(&tag.name), open.pop().unwrap_or_default());
                    if element.name != name {
                        return Err(format!("</{name}> ends <{}>", element.name));
                    }
                    close(&mut open, element)?;
                }
                Token::String(text) => {
                    let last = open.last_mut().ok_or("text after the end")?;
                    last.kids.push(Kid::Text(string(&text)));
                }
                Token::Doctype(_) => doctype = true,
                Token::Comment(_) => {}
                Token::Error(error) => return Err(format!("not HTML: {:?}", error.value)),
            }
        }
        if !doctype {
            return Err("there is no doctype".into());
        }
        match open.as_mut_slice() {
            [top] => {
                let root = top.kids.drain(..).find_map(|kid| match kid {
                    Kid::Element(element) if element.name == "html" => Some(element),
                    _ => None,
                });
                Ok(Self { root: root.ok_or("there is no <html>")? })
            }
            _ => Err(format!("<{}> is never ended", open.last().map_or("", |element| &element.name))),
        }
    }

    /// The paragraphs of `<main>`, in order, without the entries of its contents list.
    pub fn paragraphs(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.root.first("main").expect("a page has <main>").paragraphs(false, &mut found);
        found
    }

    /// The entries of the contents list.
    pub fn contents(&self) -> Vec<String> {
        let mut found = Vec::new();
        if let Some(list) = self.root.first("main").and_then(|main| main.first("nav")) {
            list.walk(&mut |element| found.extend((element.name == "a").then(|| element.words())));
        }
        found
    }

    /// The page's words as a reader meets them, an element a line; without style sheets.
    pub fn outline(&self) -> String {
        let mut out = String::new();
        self.root.outline(0, &mut out);
        out
    }
}

fn close(open: &mut [Element], element: Element) -> Result<(), String> {
    let parent = open.last_mut().ok_or_else(|| format!("<{}> stands outside of everything", element.name))?;
    parent.kids.push(Kid::Element(element));
    Ok(())
}

impl Element {
    /// An attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Its element kids.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.kids.iter().filter_map(|kid| match kid {
            Kid::Element(element) => Some(element),
            Kid::Text(_) => None,
        })
    }

    /// The first element of a name, itself or within.
    pub fn first(&self, name: &str) -> Option<&Element> {
        if self.name == name { Some(self) } else { self.elements().find_map(|kid| kid.first(name)) }
    }

    /// Visits it and all within, parents first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Element)) {
        visit(self);
        self.elements().for_each(|kid| kid.walk(visit));
    }

    /// Its words.
    pub fn words(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text
    }

    fn silent(&self) -> bool {
        SILENT.contains(&self.name.as_str()) || self.attributes.contains_key("hidden") || self.attribute("aria-hidden") == Some("true")
    }

    fn gather(&self, text: &mut String) {
        if self.silent() {
            return;
        }
        if self.name == "br" {
            text.push(' ');
        }
        for kid in &self.kids {
            match kid {
                Kid::Text(words) => text.push_str(words),
                Kid::Element(element) => element.gather(text),
            }
        }
    }

    fn paragraphs(&self, in_contents: bool, found: &mut Vec<String>) {
        let mut text = String::new();
        for kid in &self.kids {
            match kid {
                Kid::Text(words) => text.push_str(words),
                Kid::Element(element) if INLINE.contains(&element.name.as_str()) => element.gather(&mut text),
                Kid::Element(element) if element.silent() || in_contents && matches!(element.name.as_str(), "ol" | "ul") => {}
                Kid::Element(element) => {
                    found.push(std::mem::take(&mut text));
                    element.paragraphs(in_contents || element.name == "nav", found);
                }
            }
        }
        found.push(text);
    }

    fn outline(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        let _ = write!(out, "{indent}<{}", self.name);
        for (name, value) in &self.attributes {
            let short = value.len() > 120 && value.starts_with("data:");
            let value = if short { format!("{}...", &value[..40]) } else { value.clone() };
            let _ = write!(out, " {name}={value:?}");
        }
        out.push_str(">\n");
        if matches!(self.name.as_str(), "style" | "script") {
            return;
        }
        for kid in &self.kids {
            match kid {
                Kid::Text(text) if text.trim().is_empty() => {}
                Kid::Text(text) => drop(writeln!(out, "{indent}  {}", text.split_whitespace().collect::<Vec<_>>().join(" "))),
                Kid::Element(element) => element.outline(depth + 1, out),
            }
        }
    }
}
