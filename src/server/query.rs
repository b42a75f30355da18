//! The query of a request, and what it may say.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;

use super::problem::Problem;
use crate::diagnostic::Diagnostic;
use crate::source::{LANGUAGES, primary};

/// A query, or what is wrong with it.
pub(super) type Asked<T> = Result<Query<T>, QueryRejection>;

/// The query; `hint` says what there is.
///
/// # Errors
/// 400 for a name that there is not, and for a value that is not of its kind.
pub(super) fn read<T>(query: Asked<T>, hint: &str) -> Result<T, Problem> {
    query.map(|Query(query)| query).map_err(|rejection| {
        let text = rejection.body_text();
        let reason = text.rsplit_once("query string: ").map_or(text.as_str(), |(_, reason)| reason);
        malformed(reason, hint)
    })
}

/// 400 for a query, with a reason.
pub(super) fn malformed(reason: &str, hint: &str) -> Problem {
    Problem::malformed(Diagnostic::error("malformed-query", reason).hint(hint))
}

/// A language that documents can be in, by the first part of its tag.
///
/// # Errors
/// 400 for another.
pub(super) fn language(given: &mut Option<String>) -> Result<(), Problem> {
    let Some(tag) = given else { return Ok(()) };
    let first = primary(tag).to_ascii_lowercase();
    if !LANGUAGES.contains(&first.as_str()) {
        let fault = Diagnostic::error("unknown-language", format!("there is no language `{tag}`")).field("language");
        return Err(Problem::malformed(fault.hint(format!("languages: {}", LANGUAGES.join(", ")))));
    }
    *tag = first;
    Ok(())
}

/// A value that is left empty is left out.
pub(super) fn filled(values: &mut [&mut Option<String>]) {
    values.iter_mut().for_each(|value| drop(value.take_if(|value| value.is_empty())));
}
