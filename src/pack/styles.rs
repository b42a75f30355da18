//! Named styles of blocks: one that the layout doesn't have is found before anything is typeset, at its line.

use crate::diagnostic::Diagnostic;
use crate::source::Node;

/// Looks through every block below `node`; `styled` says whether the layout has a style of a name.
pub(super) fn check(node: &Node, styled: &dyn Fn(&str) -> bool, faults: &mut Vec<Diagnostic>) {
    node.walk("", &mut |path, node| {
        let Some(name) = node.as_text().filter(|_| path.ends_with(".style")) else { return };
        if !styled(name) {
            let fault = Diagnostic::error("unknown-style", format!("the layout has no style `{name}`"));
            faults.push(fault.at(node.span.clone()).field(path).hint("it has: lead, notice, callout, muted, and those of its `word/styles.xml`"));
        }
    });
}
