//! What an SVG says, read before anything draws it: no program, nothing from elsewhere, and no more work than a logo is.
//!
//! An SVG is a small language. It can hold scripts, name files of the machine, and draw one line a million times through
//! `use`, masks and patterns. The file goes into web pages and Word files as it is, so what is refused here reaches nobody.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::svg_style::{Sheet, Words};

/// Most elements of a file, and most that are drawn when each reference is followed.
pub(super) const MAX_ELEMENTS: usize = 5000;
/// Largest file, in bytes (8 MiB).
const MAX_BYTES: usize = 8 << 20;
/// Deepest nesting.
const MAX_DEPTH: usize = 256;

/// Elements that a logo has no use for, in lower case, and what they are.
const REFUSED: [(&str, &str); 8] = [
    ("script", "it holds a script"),
    ("foreignobject", "it holds a web page (`foreignObject`)"),
    ("filter", "it has a filter, which can take minutes to draw"),
    ("animate", "it moves"),
    ("animatemotion", "it moves"),
    ("animatetransform", "it moves"),
    ("set", "it moves"),
    ("handler", "it holds a script"),
];

/// Elements whose content is not drawn where they are referred to: a fill costs the same with and without them.
const PAINTS: [&str; 2] = ["linearGradient", "radialGradient"];

/// An element, with what it makes a program draw.
#[derive(Debug, Default)]
struct Element {
    /// Elements in it, by position in the file.
    kids: Vec<usize>,
    /// Ids of elements that are drawn for it.
    refers: Vec<String>,
    /// Its id and classes, which rules of a style sheet choose it by.
    names: Vec<String>,
    paint: bool,
}

/// Looks through the text of an SVG; the reason where it can't be used.
pub(super) fn check(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > MAX_BYTES {
        return Err(format!("it is larger than {} MiB", MAX_BYTES >> 20));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "it is no text in UTF-8".to_owned())?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    let (mut elements, mut open) = (Vec::<Element>::new(), Vec::<usize>::new());
    let (mut ids, mut sheets, mut style) = (BTreeMap::new(), Sheet::default(), None::<(usize, String)>);
    loop {
        let event = reader.read_event().map_err(|error| error.to_string())?;
        let (tag, leaf) = match event {
            Event::Eof => break,
            Event::Start(tag) => (tag, false),
            Event::Empty(tag) => (tag, true),
            Event::End(_) => {
                open.pop();
                if let Some((_, sheet)) = style.take_if(|(depth, _)| *depth > open.len()) {
                    sheets.add(&sheet)?;
                }
                continue;
            }
            Event::DocType(declared) if declared.contains('[') => return Err("its DOCTYPE declares entities".to_owned()),
            Event::PI(instruction) if instruction.target() == "xml-stylesheet" => return Err("its style sheet is another file".to_owned()),
            Event::Text(words) => {
                style.iter_mut().for_each(|(_, sheet)| sheet.push_str(&words));
                continue;
            }
            Event::CData(words) => {
                style.iter_mut().for_each(|(_, sheet)| sheet.push_str(&words));
                continue;
            }
            Event::GeneralRef(name) if style.is_some() => return Err(format!("its style sheet has the entity `&{};`", &*name)),
            _ => continue,
        };
        let at = elements.len();
        if at == MAX_ELEMENTS {
            return Err(format!("it has more than {MAX_ELEMENTS} elements"));
        }
        if open.len() == MAX_DEPTH {
            return Err(format!("its elements are nested more than {MAX_DEPTH} deep"));
        }
        if at == 0 && !is_svg(&tag) {
            return Err("its first element is no `svg` with `xmlns=\"http://www.w3.org/2000/svg\"`, and browsers show nothing".to_owned());
        }
        let (element, id) = read(&tag)?;
        elements.push(element);
        ids.entry(id).or_insert(at);
        if let Some(parent) = open.last().and_then(|parent| elements.get_mut(*parent)) {
            parent.kids.push(at);
        }
        if !leaf {
            open.push(at);
            if tag.local_name().as_ref() == "style" {
                style.get_or_insert((open.len(), String::new()));
            }
        }
    }
    for element in &mut elements {
        element.refers.extend(sheets.drawn_for(&element.names));
    }
    let mut drawing = Drawing { weights: vec![Weight::Unknown; elements.len()], elements: &elements, ids: &ids };
    if elements.is_empty() { Ok(()) } else { drawing.weigh(0, 0).map(drop) }
}

/// Whether an element is `svg` of its own namespace (SVG 2, clause 5.1.1; Namespaces in XML).
fn is_svg(tag: &BytesStart<'_>) -> bool {
    let declared = tag.name().prefix().map_or_else(|| "xmlns".to_owned(), |prefix| format!("xmlns:{}", prefix.as_ref()));
    let namespace = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == declared);
    tag.local_name().as_ref() == "svg" && namespace.is_some_and(|namespace| &*namespace.value == "http://www.w3.org/2000/svg")
}

/// Reads one element: its id, and what is drawn for it.
fn read(tag: &BytesStart<'_>) -> Result<(Element, Option<String>), String> {
    let name = tag.local_name().as_ref().to_owned();
    let lower = name.to_ascii_lowercase();
    if let Some((_, why)) = REFUSED.iter().find(|(refused, _)| *refused == lower) {
        return Err((*why).to_owned());
    }
    let mut element = Element { paint: PAINTS.contains(&name.as_str()), ..Element::default() };
    let mut id = None;
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        let (full, key) = (attribute.key.as_ref(), attribute.key.local_name().as_ref().to_ascii_lowercase());
        match key.as_str() {
            _ if full.starts_with("xmlns") => continue,
            _ if key.starts_with("on") => return Err(format!("it holds a script (`{full}`)")),
            "base" if full.contains(':') => return Err("it refers to another file (`xml:base`)".to_owned()),
            "href" => element.refers.extend(href(&name, value.trim())?),
            "filter" if value.trim() != "none" => return Err("it has a filter, which can take minutes to draw".to_owned()),
            _ => element.refers.extend(Words::of(&value).refers(key == "style")?),
        }
        match key.as_str() {
            "id" => {
                element.names.push(value.to_string());
                id = Some(value.into_owned());
            }
            "class" => element.names.extend(value.split_ascii_whitespace().map(str::to_owned)),
            _ => {}
        }
    }
    Ok((element, id))
}

/// What `href` refers to within the file, if anything.
fn href(element: &str, value: &str) -> Result<Option<String>, String> {
    if let Some(id) = value.strip_prefix('#') {
        return Ok(Some(id.to_owned()));
    }
    let raster = ["data:image/png;", "data:image/jpeg;", "data:image/jpg;"].iter().any(|kind| value.starts_with(kind));
    match element {
        "image" | "feImage" if raster => Ok(None),
        _ if value.starts_with("data:") => Err("it holds a file that is neither PNG nor JPEG".to_owned()),
        _ => Err("it refers to another file, and nothing is fetched".to_owned()),
    }
}

/// What is known of how much an element draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Unknown,
    /// It is being worked out: who asks again stands within the element itself.
    Open,
    Known(usize),
}

/// How many elements are drawn for each.
struct Drawing<'a> {
    elements: &'a [Element],
    ids: &'a BTreeMap<Option<String>, usize>,
    weights: Vec<Weight>,
}

impl Drawing<'_> {
    /// Elements that are drawn for the one at this position, itself counted.
    fn weigh(&mut self, at: usize, depth: usize) -> Result<usize, String> {
        let Some(element) = self.elements.get(at) else { return Ok(0) };
        match self.weights[at] {
            Weight::Known(weight) => return Ok(weight),
            Weight::Open => return Err("it draws a part of itself within itself".to_owned()),
            Weight::Unknown if depth > 2 * MAX_DEPTH => return Err("its references are nested too deep".to_owned()),
            Weight::Unknown => self.weights[at] = Weight::Open,
        }
        let mut weight = 1_usize;
        let named = element.refers.iter().filter_map(|id| self.ids.get(&Some(id.clone())).copied());
        let named: Vec<usize> = named.filter(|at| !self.elements[*at].paint).collect();
        for other in element.kids.iter().copied().chain(named) {
            weight += self.weigh(other, depth + 1)?;
            if weight > MAX_ELEMENTS {
                return Err(format!("its references draw more than {MAX_ELEMENTS} elements"));
            }
        }
        self.weights[at] = Weight::Known(weight);
        Ok(weight)
    }
}
