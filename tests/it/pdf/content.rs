//! The words of a page's content stream, by the mark that ties them to the tag tree.

use std::collections::BTreeMap;

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Name, Number, Object, ObjectIdentifier, String as Text};
use hayro_syntax::page::Page;

use super::fonts::Font;

/// Words in one type face.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Set in bold type.
    pub bold: bool,
    /// Set in italic type.
    pub italic: bool,
    /// Size of the type in tenths of a point, rounded.
    pub size: i64,
    /// Where their line runs: number of the page, and height on it in tenths of a point.
    pub line: (usize, i64),
}

/// The content of all pages.
#[derive(Default)]
pub struct Content {
    /// Words by page and marked content identifier.
    pub marked: BTreeMap<(ObjectIdentifier, i64), Vec<Words>>,
    /// Words of running headers and footers, by page.
    pub running: Vec<String>,
    /// Words that are drawn as decoration.
    pub decoration: Vec<String>,
}

/// A transformation of the plane, as PDF writes it.
type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn product([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix) -> Matrix {
    [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l]
}

/// What an open marked-content sequence is.
enum Mark {
    Tagged(i64),
    Pagination,
    Artifact,
    /// Replaces the words drawn within it.
    Actual(String),
    Other,
}

impl Content {
    /// Reads a page. Words that are neither tagged nor an artifact are a fault.
    pub fn read(&mut self, page: &Page<'_>) -> Result<(), String> {
        let id = page.raw().obj_id().ok_or("a page that is not an object of its own")?;
        let mut fonts: BTreeMap<String, Font> = BTreeMap::new();
        let (mut font, mut marks, mut running) = (None, Vec::new(), Vec::new());
        let (mut at, mut saved, mut text_at) = (IDENTITY, Vec::new(), IDENTITY);
        let number = self.running.len();
        let mut operations = page.typed_operations();
        while let Some(operation) = operations.next() {
            let line = (number, (product(text_at, at)[5] * 10.0).round() as i64);
            match operation {
                Op::SaveState(_) => saved.push(at),
                Op::RestoreState(_) => at = saved.pop().ok_or("a state is restored that was never saved")?,
                Op::Transform(to) => at = product([to.0, to.1, to.2, to.3, to.4, to.5].map(|n| n.as_f64()), at),
                Op::SetTextMatrix(to) => text_at = [to.0, to.1, to.2, to.3, to.4, to.5].map(|n| n.as_f64()),
                Op::BeginMarkedContent(mark) => marks.push(mark_of(mark.0, None)),
                Op::BeginMarkedContentWithProperties(mark) => {
                    let begun = mark_of(mark.0, properties(page, mark.1).as_ref());
                    if let Mark::Tagged(number) = begun {
                        self.marked.entry((id, number)).or_default();
                    }
                    if let Mark::Actual(text) = &begun {
                        self.place(id, &marks, font.as_ref(), line, text, &mut running)?;
                    }
                    marks.push(begun);
                }
                Op::EndMarkedContent(_) => drop(marks.pop()),
                Op::TextFont(set) => {
                    let name = set.0.as_str().to_owned();
                    if !fonts.contains_key(&name) {
                        let dict = page.resources().get_font(set.0).ok_or_else(|| format!("no font {name}"))?;
                        fonts.insert(name.clone(), Font::read(&dict)?);
                    }
                    font = fonts.get(&name).cloned();
                    if let Some(font) = &mut font {
                        font.size = set.1.as_f64();
                    }
                }
                Op::ShowText(show) => {
                    self.show(id, &marks, font.as_ref(), line, &[show.0.as_bytes().to_vec()], &mut running)?;
                }
                Op::ShowTexts(show) => {
                    let strings: Vec<Vec<u8>> = show
                        .0
                        .iter::<Object<'_>>()
                        .filter_map(Object::into_string)
                        .map(|text: Text<'_>| text.as_bytes().to_vec())
                        .collect();
                    self.show(id, &marks, font.as_ref(), line, &strings, &mut running)?;
                }
                Op::NextLineAndShowText(_) | Op::ShowTextWithParameters(_) => {
                    return Err("an operator for text that this reader does not know".into());
                }
                _ => {}
            }
        }
        self.running.push(running.join(" | "));
        Ok(())
    }

    fn show(
        &mut self,
        page: ObjectIdentifier,
        marks: &[Mark],
        font: Option<&Font>,
        line: (usize, i64),
        strings: &[Vec<u8>],
        running: &mut Vec<String>,
    ) -> Result<(), String> {
        if marks.iter().any(|mark| matches!(mark, Mark::Actual(_))) {
            return Ok(());
        }
        let face = font.ok_or("words before a font")?;
        let text = strings.iter().map(|codes| face.text(codes)).collect::<Result<String, _>>()?;
        self.place(page, marks, font, line, &text, running)
    }

    fn place(
        &mut self,
        page: ObjectIdentifier,
        marks: &[Mark],
        font: Option<&Font>,
        line: (usize, i64),
        text: &str,
        running: &mut Vec<String>,
    ) -> Result<(), String> {
        let owner = marks.iter().rev().find(|mark| !matches!(mark, Mark::Actual(_) | Mark::Other));
        match owner {
            Some(Mark::Tagged(number)) => {
                let (bold, italic) = font.map_or((false, false), |font| (font.bold, font.italic));
                let size = font.map_or(0, |font| (font.size * 10.0).round() as i64);
                let words = Words { text: text.to_owned(), bold, italic, size, line };
                self.marked.entry((page, *number)).or_default().push(words);
                Ok(())
            }
            Some(Mark::Pagination) => {
                running.push(text.to_owned());
                Ok(())
            }
            Some(_) => {
                self.decoration.push(text.to_owned());
                Ok(())
            }
            None => Err(format!("the words {text:?} are in no tag")),
        }
    }
}

impl Content {
    /// Decoration says nothing new: the leaders of a contents list, or the head of a table, repeated on its next page.
    pub fn decoration_is_silent(&self) -> Result<(), String> {
        let heard: Vec<String> = self.marked.values().map(|words| joined(&words.iter().collect::<Vec<_>>())).collect();
        let silent = |text: &&String| !text.contains(char::is_alphanumeric) || heard.iter().any(|heard| heard.contains(text.trim()));
        match self.decoration.iter().find(|text| !silent(text)) {
            Some(text) => Err(format!("the words {text:?} are drawn as decoration: no reader hears them")),
            None => Ok(()),
        }
    }
}

fn properties<'a>(page: &Page<'a>, operand: &Object<'a>) -> Option<Dict<'a>> {
    match operand {
        Object::Dict(dict) => Some(dict.clone()),
        Object::Name(name) => page.resources().properties.get(name.as_str()),
        _ => None,
    }
}

fn mark_of(tag: &Name<'_>, properties: Option<&Dict<'_>>) -> Mark {
    if tag.as_str() == "Artifact" {
        let kind = properties.and_then(|dict| dict.get::<Name<'_>>("Type"));
        return if kind.is_some_and(|kind| kind.as_str() == "Pagination") { Mark::Pagination } else { Mark::Artifact };
    }
    if let Some(id) = properties.and_then(|dict| dict.get::<Number>("MCID")) {
        return Mark::Tagged(id.as_i64());
    }
    match properties.and_then(|dict| dict.get::<Text<'_>>("ActualText")) {
        Some(text) => Mark::Actual(super::decoded(text.as_bytes())),
        None => Mark::Other,
    }
}

/// Runs of words as one text. A space stands at the end of a wrapped line in the file itself; where there is none, the
/// line was broken by force, unless it ends where a word may be divided.
pub fn joined(runs: &[&Words]) -> String {
    let mut text = String::new();
    let mut line: Option<(usize, i64)> = None;
    for run in runs {
        let forced = line.is_some_and(|line| line != run.line)
            && !text.ends_with(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '–' | '—'))
            && !run.text.starts_with(char::is_whitespace);
        if forced {
            text.push(' ');
        }
        text.push_str(&run.text);
        line = Some(run.line);
    }
    text
}

/// Runs of words with `**` around bold and `_` around italic type.
pub fn marked(runs: &[Words]) -> String {
    let mut text = String::new();
    let mut from = 0;
    while from < runs.len() {
        let (bold, italic) = (runs[from].bold, runs[from].italic);
        let length = runs[from..].iter().take_while(|run| run.bold == bold && run.italic == italic).count();
        let words = joined(&runs[from..from + length].iter().collect::<Vec<_>>());
        let words = words.trim_end();
        let (bold, italic) = (if bold { "**" } else { "" }, if italic { "_" } else { "" });
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&format!("{bold}{italic}{}{italic}{bold}", words.trim_start()));
        from += length;
    }
    text
}
