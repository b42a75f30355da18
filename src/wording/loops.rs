//! How deep loops are nested. Tera has no budget for them: four within each other are a hundred million turns where each
//! list has a hundred items, and a build that never ends.

use super::place::Places;
use super::syntax::{Expr, Kind, Name, Node, Page};
use crate::diagnostic::Diagnostic;

/// Most loops within each other.
const MAX_NESTED: usize = 3;

/// A fault for each loop that is nested too deep. One over `range` stands for all that may: it has up to a hundred
/// thousand turns of its own.
pub(super) fn check(page: &Page, places: &Places, faults: &mut Vec<Diagnostic>) {
    let mut loops = Loops { places, faults };
    loops.nodes(&page.body, 0);
    for component in &page.components {
        loops.nodes(&component.body, 0);
    }
}

struct Loops<'a> {
    places: &'a Places,
    faults: &'a mut Vec<Diagnostic>,
}

impl Loops<'_> {
    /// Looks through what stands within loops of this depth.
    fn nodes(&mut self, nodes: &[Node], depth: usize) {
        for node in nodes {
            match node {
                Node::Print(value) | Node::Set { value, .. } => self.expr(value, depth),
                Node::If { arms, otherwise } => {
                    for (condition, body) in arms {
                        self.expr(condition, depth);
                        self.nodes(body, depth);
                    }
                    self.nodes(otherwise, depth);
                }
                Node::For { value, list, body, otherwise, .. } => {
                    self.expr(list, depth);
                    let within = self.turn(value, list, depth);
                    self.nodes(body, within);
                    self.nodes(otherwise, depth);
                }
                Node::Capture { body, .. } => self.nodes(body, depth),
                Node::Component { call, body } => {
                    call.arguments.iter().for_each(|argument| self.expr(&argument.value, depth));
                    self.nodes(body, depth);
                }
                Node::Include(_) => {}
            }
        }
    }

    fn expr(&mut self, expr: &Expr, depth: usize) {
        let Kind::Comprehension { each, value, list, condition, .. } = &expr.kind else {
            expr.children().into_iter().for_each(|child| self.expr(child, depth));
            return;
        };
        self.expr(list, depth);
        let within = self.turn(value, list, depth);
        [Some(each), condition.as_ref()].into_iter().flatten().for_each(|child| self.expr(child, within));
    }

    /// The depth within a loop over `list`; a fault where that is too deep.
    fn turn(&mut self, value: &Name, list: &Expr, depth: usize) -> usize {
        let counts = matches!(&list.kind, Kind::Function { name, .. } if name.text == "range");
        let within = depth + if counts { MAX_NESTED } else { 1 };
        // The loops within are too deep as well; one fault says it.
        if within > MAX_NESTED && depth <= MAX_NESTED {
            let what = if counts { "a loop over `range` stands within another loop" } else { "loops are nested too deep" };
            let fault = Diagnostic::error("loops-too-deep", what).at(self.places.span(value.range.clone()));
            self.faults.push(fault.hint(format!("{MAX_NESTED} loops within each other are the most, and one over `range`")));
        }
        within
    }
}
