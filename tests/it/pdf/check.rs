//! What a PDF must have that no validator asks for.

use super::{Element, Kid, Pdf};
use crate::words::plain;

/// Words that say nothing about where a link goes.
const EMPTY_LINK_WORDS: [&str; 6] = ["here", "click here", "link", "more", "read more", "this"];

impl Pdf {
    /// Everything that is wrong with the file for a reader who hears it; empty when nothing is.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut demand = |right: bool, fault: String| {
            if !right {
                faults.push(fault);
            }
        };
        let stated = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        demand(stated(&self.language), "the document has no language".into());
        demand(stated(&self.title), "the document has no title".into());
        demand(self.shows_title, "viewers show the file name, not the title".into());
        demand(self.pages == self.running.len(), "a page was not read".into());
        let mut level = 0;
        for element in self.elements() {
            match element.role.as_str() {
                role if role.len() == 2 && role.starts_with('H') => {
                    let (next, words) = (role[1..].parse().unwrap_or(0), plain(&element.words()));
                    demand(!words.is_empty(), format!("an empty {role}"));
                    demand(next <= level + 1, format!("{role} {words:?} follows a heading of level {level}"));
                    level = next;
                }
                "Figure" => demand(stated(&element.alt), "a figure has no alternative text".into()),
                "Link" => {
                    let words = plain(&element.words()).to_lowercase();
                    demand(!words.is_empty(), "a link without words".into());
                    demand(!EMPTY_LINK_WORDS.contains(&words.as_str()), format!("a link is called {words:?}"));
                    demand(element.annotated, format!("the link {words:?} can't be followed"));
                }
                "L" => demand(element.child("LI").next().is_some(), "a list without items".into()),
                "LI" => demand(element.child("LBody").count() == 1, "a list item without a body".into()),
                "Table" => element.table_faults().into_iter().for_each(|fault| demand(false, fault)),
                _ => {}
            }
        }
        demand(level > 0, "the document has no headings".into());
        faults
    }
}

impl Element {
    /// Its direct kids of a role.
    fn child<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a Element> {
        self.kids.iter().filter_map(move |kid| match kid {
            Kid::Element(element) if element.role == role => Some(element),
            _ => None,
        })
    }

    /// Rows of a table, in order, with whether each stands in its head.
    fn rows(&self) -> Vec<(bool, &Element)> {
        let mut rows = Vec::new();
        for kid in &self.kids {
            let Kid::Element(kid) = kid else { continue };
            match kid.role.as_str() {
                "TR" => rows.push((false, kid)),
                "THead" => rows.extend(kid.child("TR").map(|row| (true, row))),
                "TBody" | "TFoot" => rows.extend(kid.child("TR").map(|row| (false, row))),
                _ => {}
            }
        }
        rows
    }

    fn cells(&self) -> impl Iterator<Item = &Element> {
        self.child("TH").chain(self.child("TD"))
    }

    fn table_faults(&self) -> Vec<String> {
        let rows = self.rows();
        let name = plain(&self.words()).chars().take(40).collect::<String>();
        let mut faults = Vec::new();
        if rows.is_empty() {
            faults.push(format!("the table {name:?} has no rows"));
        }
        for cell in rows.iter().flat_map(|(_, row)| row.child("TH")) {
            match cell.scope.as_deref() {
                Some("Row" | "Column" | "Both") => {}
                _ => faults.push(format!("the header cell {:?} of the table {name:?} has no scope", plain(&cell.words()))),
            }
            if plain(&cell.words()).is_empty() {
                faults.push(format!("a header cell of the table {name:?} is empty"));
            }
        }
        for (head, row) in rows.iter().filter(|(head, _)| !head) {
            if row.child("TH").next().is_none() && !*head {
                faults.push(format!("the row {:?} of the table {name:?} has no header cell", plain(&row.words())));
            }
        }
        let widths: Vec<i64> = rows.iter().map(|(_, row)| row.cells().map(|cell| cell.span.0.max(1)).sum()).collect();
        let tall = rows.iter().any(|(_, row)| row.cells().any(|cell| cell.span.1 > 1));
        if !tall && widths.windows(2).any(|pair| pair[0] != pair[1]) {
            faults.push(format!("the rows of the table {name:?} differ in width: {widths:?}"));
        }
        faults
    }
}
