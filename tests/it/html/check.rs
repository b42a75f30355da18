//! What a page must have that axe-core does not ask for.

use std::collections::BTreeSet;

use super::{Element, Html};
use crate::words::plain;

const EMPTY_LINK_WORDS: [&str; 6] = ["here", "click here", "link", "more", "read more", "this"];

impl Html {
    /// Everything that is wrong with the page; empty when nothing is.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut demand = |right: bool, fault: String| {
            if !right {
                faults.push(fault);
            }
        };
        let stated = |text: Option<String>| text.is_some_and(|text| !plain(&text).is_empty());
        demand(stated(self.root.attribute("lang").map(str::to_owned)), "the page has no language".into());
        demand(stated(self.root.first("title").map(Element::words)), "the page has no title".into());
        demand(self.root.first("main").is_some(), "the page has no <main>".into());
        self.root.walk(&mut |element| {
            demand(element.attribute("style").is_none(), format!("<{}> has a style of its own", element.name));
        });
        let (mut level, mut ids, mut targets) = (0, BTreeSet::new(), BTreeSet::new());
        self.root.walk(&mut |element| {
            if let Some(id) = element.attribute("id") {
                demand(ids.insert(id), format!("the id {id:?} stands twice"));
            }
            let words = || plain(&element.words());
            match element.name.as_str() {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    let next: u8 = element.name[1..].parse().unwrap_or(0);
                    demand(!words().is_empty(), format!("an empty {}", element.name));
                    demand(next <= level + 1, format!("{} {:?} follows a heading of level {level}", element.name, words()));
                    level = next;
                }
                "p" | "li" | "caption" => {
                    demand(!words().is_empty() || element.first("img").is_some(), format!("an empty <{}>", element.name));
                }
                "th" => demand(
                    matches!(element.attribute("scope"), Some("row" | "col" | "rowgroup" | "colgroup")),
                    format!("the header cell {:?} has no scope", words()),
                ),
                "table" => table(element, &mut demand),
                "img" => demand(element.attribute("alt").is_some(), "a picture has no alternative text".into()),
                "a" => {
                    let words = words().to_lowercase();
                    demand(!words.is_empty() && !EMPTY_LINK_WORDS.contains(&words.as_str()), format!("a link is called {words:?}"));
                    let target = element.attribute("href").unwrap_or_default();
                    let known = ["https:", "http:", "mailto:", "tel:", "#"].iter().any(|scheme| target.starts_with(scheme));
                    demand(known, format!("the link {words:?} goes to {target:?}"));
                    targets.extend(target.strip_prefix('#'));
                }
                // Data for search engines is no program (HTML Standard, 4.12.1).
                "script" if element.attribute("type") == Some("application/ld+json") => {
                    demand(self.posting().is_some(), "the data of the page is not JSON".into());
                }
                "script" | "iframe" | "object" | "embed" => demand(false, format!("the page has <{}>", element.name)),
                _ => {}
            }
        });
        for target in targets.difference(&ids) {
            faults.push(format!("a link goes to #{target}, which is not there"));
        }
        faults
    }
}

fn table(element: &Element, demand: &mut impl FnMut(bool, String)) {
    let name: String = plain(&element.words()).chars().take(40).collect();
    let mut rows = Vec::new();
    element.walk(&mut |kid| {
        if kid.name == "tr" {
            rows.push(kid);
        }
    });
    demand(!rows.is_empty(), format!("the table {name:?} has no rows"));
    demand(element.first("th").is_some(), format!("the table {name:?} has no header cells"));
    let width = |row: &Element| -> usize {
        row.elements().map(|cell| cell.attribute("colspan").and_then(|span| span.parse().ok()).unwrap_or(1)).sum()
    };
    let widths: BTreeSet<usize> = rows.iter().map(|row| width(row)).collect();
    demand(widths.len() == 1, format!("the rows of the table {name:?} differ in width: {widths:?}"));
}
