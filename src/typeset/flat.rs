//! An SVG that a browser draws faster: the letters of a run as one path, in place of one reference for each letter.
//!
//! Typst writes each letter's outline once and refers to it wherever it stands. A browser makes a tree of its own for every
//! reference (SVG 2, section 5.6): two thousand on a page. The file is larger, the page is there in half the time.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// How an outline begins and ends; all of it after `M 0 0` is relative to that point.
const SYMBOL: [&str; 3] = ["<symbol id=\"", "\" overflow=\"visible\"><path d=\"M 0 0", "\"/></symbol>"];

/// How a reference begins, and what stands between its values.
const REFERENCE: [&str; 5] = ["<use xlink:href=\"#", "\" x=\"", "\" y=\"", "\" fill=\"", "\" fill-rule=\"nonzero\"/>"];

/// The same picture with its letters as paths. What isn't written as Typst 0.15 writes letters stays as it is.
pub(super) fn flat(svg: &str) -> String {
    let outlines = outlines(svg);
    let (mut out, mut kept) = (String::with_capacity(svg.len() * 3), BTreeSet::new());
    let (mut rest, mut run) = (svg, Run::default());
    while let Some(at) = rest.find(REFERENCE[0]) {
        if at > 0 {
            run.end(&mut out);
            out.push_str(&rest[..at]);
        }
        let found = reference(&rest[at..]);
        match found.as_ref().and_then(|(letter, after)| Some((letter, outlines.get(letter.id)?, after))) {
            Some((letter, outline, after)) if !letter.fill.starts_with("url(") => {
                run.add(letter, outline, &mut out);
                rest = after;
            }
            _ => {
                run.end(&mut out);
                let end = rest[at..].find("/>").map_or(rest.len(), |end| at + end + 2);
                kept.extend(rest[at + REFERENCE[0].len()..].split_once('"').map(|(id, _)| id));
                out.push_str(&rest[at..end]);
                rest = &rest[end..];
            }
        }
    }
    run.end(&mut out);
    out.push_str(rest);
    without(&out, |id| outlines.contains_key(id) && !kept.contains(id))
}

/// A letter, where it stands.
struct Letter<'a> {
    id: &'a str,
    x: &'a str,
    y: &'a str,
    fill: &'a str,
}

/// Letters next to each other in one colour.
#[derive(Default)]
struct Run {
    fill: String,
    path: String,
}

impl Run {
    fn add(&mut self, letter: &Letter<'_>, outline: &str, out: &mut String) {
        if self.fill != letter.fill {
            self.end(out);
            letter.fill.clone_into(&mut self.fill);
        }
        self.path.push('M');
        number(letter.x, &mut self.path);
        self.path.push(' ');
        number(letter.y, &mut self.path);
        self.path.push_str(outline);
    }

    fn end(&mut self, out: &mut String) {
        if !self.path.is_empty() {
            let _ = write!(out, "<path fill=\"{}\" d=\"{}\"/>", self.fill, self.path);
        }
        *self = Self::default();
    }
}

fn reference(text: &str) -> Option<(Letter<'_>, &str)> {
    let text = text.strip_prefix(REFERENCE[0])?;
    let (id, text) = text.split_once(REFERENCE[1])?;
    let (x, text) = text.split_once(REFERENCE[2])?;
    let (y, text) = text.split_once(REFERENCE[3])?;
    let (fill, text) = text.split_once(REFERENCE[4])?;
    let plain = [id, x, y, fill].iter().all(|value| !value.contains(['"', '<', '>']));
    plain.then_some((Letter { id, x, y, fill }, text))
}

/// The outlines by their names, shortened.
fn outlines(svg: &str) -> BTreeMap<&str, String> {
    let one = |text: &'_ str| -> Option<(usize, usize)> {
        let id = text.find(SYMBOL[1])?;
        let from = id + SYMBOL[1].len();
        let to = from + text[from..].find(SYMBOL[2])?;
        let plain = |range: &str| !range.contains(['"', '<', '>']);
        (plain(&text[..id]) && plain(&text[from..to])).then_some((id, to))
    };
    let symbols = svg.split(SYMBOL[0]).skip(1);
    symbols.filter_map(|text| one(text).map(|(id, to)| (&text[..id], shortened(&text[id + SYMBOL[1].len()..to])))).collect()
}

/// The picture without the outlines that nothing refers to.
fn without(svg: &str, unused: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut parts = svg.split(SYMBOL[0]);
    out.push_str(parts.next().unwrap_or_default());
    for text in parts {
        let end = text.split_once('"').filter(|(id, _)| unused(id)).and_then(|_| text.split_once("</symbol>"));
        match end {
            Some((_, after)) => out.push_str(after),
            None => {
                out.push_str(SYMBOL[0]);
                out.push_str(text);
            }
        }
    }
    out
}

/// A path in fewer characters: thousandths of a point are more than any screen shows.
fn shortened(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for token in path.split_ascii_whitespace() {
        // `h 1`, `1l`: a command may stand before or after a number without a space.
        let mut rest = token;
        while !rest.is_empty() {
            let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            out.push_str(&rest[..letters]);
            rest = &rest[letters..];
            let digits = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(rest.len());
            if digits > 0 {
                if out.ends_with(|c: char| c.is_ascii_digit()) && !rest.starts_with('-') {
                    out.push(' ');
                }
                number(&rest[..digits], &mut out);
            }
            rest = &rest[digits..];
        }
    }
    out
}

fn number(text: &str, out: &mut String) {
    let Ok(value) = text.parse::<f64>() else { return out.push_str(text) };
    let thousandths = (value * 1000.0).round();
    if thousandths == 0.0 {
        return out.push('0');
    }
    let _ = write!(out, "{}", thousandths / 1000.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_next_to_each_other_are_one_path() {
        let svg = concat!(
            "<svg><g><use xlink:href=\"#a\" x=\"0\" y=\"0\" fill=\"#000\" fill-rule=\"nonzero\"/>",
            "<use xlink:href=\"#b\" x=\"5.62464\" y=\"0\" fill=\"#000\" fill-rule=\"nonzero\"/>",
            "<use xlink:href=\"#a\" x=\"9\" y=\"-1.5\" fill=\"#f00\" fill-rule=\"nonzero\"/></g>",
            "<use xlink:href=\"#b\" x=\"1\" y=\"0\" fill=\"url(#g)\" fill-rule=\"nonzero\"/>",
            "<use xlink:href=\"#picture\" x=\"1\" y=\"0\"/>",
            "<defs><symbol id=\"a\" overflow=\"visible\"><path d=\"M 0 0m 0.96264 0l 0.00504 7.28784h -0.95256Z \"/></symbol>",
            "<symbol id=\"b\" overflow=\"visible\"><path d=\"M 0 0m 1 2q 0.5 0.00001 -1 3Z \"/></symbol>",
            "<symbol id=\"picture\" overflow=\"visible\"><image/></symbol></defs></svg>",
        );
        let expected = concat!(
            "<svg><g><path fill=\"#000\" d=\"M0 0m0.963 0l0.005 7.288h-0.953ZM5.625 0m1 2q0.5 0-1 3Z\"/>",
            "<path fill=\"#f00\" d=\"M9 -1.5m0.963 0l0.005 7.288h-0.953Z\"/></g>",
            "<use xlink:href=\"#b\" x=\"1\" y=\"0\" fill=\"url(#g)\" fill-rule=\"nonzero\"/>",
            "<use xlink:href=\"#picture\" x=\"1\" y=\"0\"/>",
            "<defs><symbol id=\"b\" overflow=\"visible\"><path d=\"M 0 0m 1 2q 0.5 0.00001 -1 3Z \"/></symbol>",
            "<symbol id=\"picture\" overflow=\"visible\"><image/></symbol></defs></svg>",
        );
        assert_eq!(flat(svg), expected);
    }

    #[test]
    fn what_is_written_otherwise_stays() {
        for svg in ["", "<svg/>", "<svg><use xlink:href=\"#a\"", "<use xlink:href=\"#a\" x=\"0\" y=\"0\" fill=\"#000\" fill-rule=\"evenodd\"/>", "<symbol id=\"a\""] {
            assert_eq!(flat(svg), svg);
        }
    }
}
