//! Pay that can't be: a lowest amount above the highest, actual pay above that for full-time work.

use crate::diagnostic::Diagnostic;
use crate::source::Node;

/// Amounts of a vacancy's `salary` of which the first must not be above the second.
const ORDERED: [(&str, &str); 4] =
    [("minimum", "maximum"), ("actual_minimum", "actual_maximum"), ("actual_minimum", "minimum"), ("actual_maximum", "maximum")];

/// Every pair of amounts that stands in the wrong order, at the first of them.
pub(super) fn check(vacancy: &Node) -> Vec<Diagnostic> {
    let Some(salary) = vacancy.get("salary") else { return Vec::new() };
    let amount = |field: &str| salary.get(field).and_then(|node| Some((node, node.as_text()?.parse::<u64>().ok()?)));
    let wrong = ORDERED.into_iter().filter_map(|(low, high)| {
        let ((low_node, less), (high_node, more)) = (amount(low)?, amount(high)?);
        let fault = || Diagnostic::error("pay-range", format!("`{low}` is more than `{high}`: {less} and {more} pounds"));
        (less > more).then(|| fault().at(low_node.span.clone()).label(high_node.span.clone(), "less than that").field(format!("salary.{low}")))
    });
    wrong.collect()
}
