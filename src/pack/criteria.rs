//! The person specification and the competencies as blocks of the view.
//!
//! A column is there when some criterion of the group has something to say in it. What the source lost is printed as
//! "Not stated", never guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::Writer;
use super::rich::Inline;
use super::view::{BlockView, CriterionView};
use super::words::says_something;
use crate::diagnostic::{Diagnostic, nearest};
use crate::profile::{AssessmentMethod, Marker};
use crate::source::{self, Node, Value};

/// Columns of a criteria table, in order.
const COLUMNS: [&str; 4] = ["essential", "desirable", "assessed_by", "weight"];

fn criteria_of(group: &Node) -> &[Node] {
    group.get("criteria").and_then(Node::as_list).unwrap_or_default()
}

/// The highest level that a framework names, or that one of its competencies has.
fn highest_level(framework: &Node) -> Option<u8> {
    let all = framework.get("competencies").and_then(Node::as_list).unwrap_or_default();
    let levels = all.iter().chain([framework]).filter_map(|node| node.get("levels")?.as_map());
    levels.flat_map(|levels| &levels.entries).filter_map(|entry| entry.key.parse().ok()).max()
}

fn requirement(criterion: &Node) -> Option<&str> {
    criterion.get("requirement").and_then(Node::as_text)
}

/// The columns in which some criterion of a group has something to say.
fn columns_of(group: &Node) -> BTreeSet<&'static str> {
    let said = |column: &str| {
        criteria_of(group).iter().any(|criterion| match column {
            "essential" | "desirable" => requirement(criterion).is_some_and(|is| is == column || is == "unknown"),
            other => criterion.get(other).is_some_and(|value| !value.is_null()),
        })
    };
    COLUMNS.into_iter().filter(|column| said(column)).collect()
}

impl Writer<'_> {
    /// Introduction and groups of a person specification. All of its tables have the same columns.
    pub fn person_specification(&mut self, node: &Node) -> Vec<BlockView> {
        let mut blocks = self.blocks(node.get("introduction"));
        let marker = node.get("marker").map_or(Marker::Bullet, |marker| source::typed(marker).unwrap_or_default());
        let groups = node.get("groups").and_then(Node::as_list).unwrap_or_default();
        let used: BTreeSet<&str> = groups.iter().flat_map(columns_of).collect();
        let columns: Vec<String> =
            COLUMNS.into_iter().filter(|column| used.contains(column)).map(str::to_owned).collect();
        for group in groups {
            let columns = if columns_of(group).is_empty() { Vec::new() } else { columns.clone() };
            blocks.push(self.group(group, marker, columns));
        }
        blocks
    }

    fn group(&mut self, group: &Node, marker: Marker, columns: Vec<String>) -> BlockView {
        let criteria = criteria_of(group);
        let unknown = criteria.iter().filter(|criterion| requirement(criterion) == Some("unknown")).count();
        if unknown > 0 {
            let name = group.get("heading").or_else(|| group.get("id")).and_then(Node::as_text).unwrap_or_default();
            self.faults.push(
                Diagnostic::warning("requirement-unknown", format!("{unknown} criteria of `{name}` are neither essential nor desirable"))
                    .at(group.get("criteria").unwrap_or(group).span.clone())
                    .hint("ask the author which they are, and write `requirement: essential` or `desirable`"),
            );
        }
        let rows = criteria.iter().map(|criterion| self.criterion(criterion, &columns)).collect();
        let heading = group.get("heading").filter(|heading| says_something(heading));
        let name = heading.map(|heading| self.plain(heading)).unwrap_or_default();
        let mut blocks = self.blocks(group.get("notes"));
        blocks.push(BlockView::Criteria { name, columns, marker, rows });
        BlockView::Section { id: group.id().map(str::to_owned), heading: heading.map(|heading| self.inline(heading)), blocks }
    }

    fn criterion(&mut self, criterion: &Node, columns: &[String]) -> CriterionView {
        let content = self.content(criterion);
        if content.is_empty() {
            self.faults.push(
                Diagnostic::error("empty-criterion", "this criterion says nothing")
                    .at(criterion.span.clone())
                    .hint("give it `text` or `include`"),
            );
        }
        let (mut cells, mut unknown) = (BTreeMap::new(), Vec::new());
        let requirement = requirement(criterion);
        for column in columns {
            let cell = match column.as_str() {
                "essential" | "desirable" if requirement == Some(column) => self.label(&format!("mark_{column}")),
                "essential" | "desirable" if requirement == Some("unknown") => {
                    unknown.push(column.clone());
                    self.label("not_stated")
                }
                "assessed_by" => self.assessed_by(criterion.get("assessed_by")),
                "weight" => criterion.get("weight").and_then(Node::as_text).unwrap_or_default().to_owned(),
                _ => String::new(),
            };
            cells.insert(column.clone(), cell);
        }
        CriterionView { id: criterion.id().map(str::to_owned), content, cells, unknown }
    }

    /// "Application and interview": the labels in a row, all but the first in lower case.
    fn assessed_by(&mut self, node: Option<&Node>) -> String {
        let methods: Vec<AssessmentMethod> = node.and_then(|node| source::typed(node).ok()).unwrap_or_default();
        let mut words: Vec<String> = methods.iter().map(|method| self.label(method.label())).collect();
        for word in words.iter_mut().skip(1) {
            *word = word.to_lowercase();
        }
        // A language in which "and" changes the next word goes without it.
        let and = self.label("assessment_and");
        match words.pop() {
            Some(last) if words.is_empty() => last,
            Some(last) if and.is_empty() => format!("{}, {last}", words.join(", ")),
            Some(last) => format!("{} {and} {last}", words.join(", ")),
            None => String::new(),
        }
    }

    /// The competencies that a profile chooses from `framework`.
    pub fn competencies(&mut self, node: &Node, framework: &Node) -> Vec<BlockView> {
        let mut blocks = self.blocks(node.get("introduction"));
        let all = framework.get("competencies").and_then(Node::as_list).unwrap_or_default();
        let known = || all.iter().filter_map(Node::id);
        let Some(select) = node.get("select") else { return blocks };
        let chosen: Vec<(&Node, Option<&Node>)> = match &select.value {
            Value::List(choices) => choices
                .iter()
                .filter_map(|choice| {
                    let id = choice.id()?;
                    let found = all.iter().find(|competency| competency.id() == Some(id));
                    if found.is_none() {
                        let fault = Diagnostic::error("unknown-competency", format!("the framework has no competency `{id}`"));
                        let fault = fault.at(choice.span.clone()).label(framework.span.clone(), "the framework");
                        self.faults.push(match nearest(id, known()) {
                            Some(near) => fault.hint(format!("did you mean `{near}`?")),
                            None => fault.hint(format!("it has: {}", known().collect::<Vec<_>>().join(", "))),
                        });
                    }
                    Some((found?, choice.get("level").filter(|level| !level.is_null())))
                })
                .collect(),
            _ => all.iter().map(|competency| (competency, None)).collect(),
        };
        let highest = highest_level(framework);
        for (competency, level) in chosen {
            blocks.extend(self.competency(competency, level, select, highest));
        }
        blocks
    }

    fn competency(
        &mut self,
        competency: &Node,
        level: Option<&Node>,
        select: &Node,
        highest_level: Option<u8>,
    ) -> Option<BlockView> {
        let levels = competency.get("levels").and_then(Node::as_map);
        let known: Vec<&str> = levels
            .into_iter()
            .flat_map(|levels| &levels.entries)
            .filter(|entry| !entry.node.is_null())
            .map(|entry| entry.key.as_str())
            .collect();
        let name = competency.get("name")?;
        let indicators = match level.and_then(|level| level.as_text().map(|text| (level, text))) {
            None if known.is_empty() => Vec::new(),
            None => {
                let message = format!("`{}` has levels, and none is chosen", self.plain(name));
                let fault = Diagnostic::error("missing-level", message).at(select.span.clone());
                self.faults.push(fault.hint(format!("write `level:` with one of {}", known.join(", "))));
                return None;
            }
            Some((_, number)) if known.contains(&number) => {
                let list = levels.and_then(|levels| levels.get(number)).and_then(Node::as_list).unwrap_or_default();
                list.iter().map(|indicator| self.inline(indicator)).collect()
            }
            Some((level, number)) => {
                let message = format!("the framework has no level {number} of `{}`", self.plain(name));
                let has = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                self.faults.push(
                    Diagnostic::error("unknown-level", message)
                        .at(level.span.clone())
                        .label(competency.span.clone(), "defined here")
                        .hint(format!("levels that it has: {has}. Ask the owner of the framework for the missing text")),
                );
                return None;
            }
        };
        let level = level.and_then(|level| level.as_text()?.parse::<u8>().ok());
        let prefix = self.labels.get("definition_prefix").cloned().unwrap_or_default();
        let mut definition = if prefix.is_empty() { Vec::new() } else { vec![Inline::Text(prefix)] };
        definition.extend(competency.get("definition").map(|definition| self.inline(definition)).unwrap_or_default());
        let level_heading = level.map(|level| self.label("level_indicators").replace("{level}", &level.to_string()));
        let name = self.inline(name);
        Some(BlockView::Competency { name, definition, level, highest_level, level_heading, indicators })
    }
}
