//! The filters, tests and functions that a template may use, and their arguments.
//!
//! A list of its own, for three reasons: Tera takes an argument it doesn't know in silence; some of its filters would
//! take the escaping away from data (`safe`, `escape`, `newlines_to_br`, `indent`) or depend on the order of a hash map
//! (`group_by`); and nothing that reads a clock, the environment, a file or the network may ever be reachable, however
//! Tera grows.

/// What a filter or test works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    /// Any value.
    Any,
    /// Text.
    Text,
    /// A number.
    Number,
    /// A number, or a text that holds one.
    NumberOrText,
    /// A list.
    List,
    /// A mapping.
    Map,
    /// A text, a list or a mapping.
    Measurable,
}

/// What a filter gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// Text.
    Text,
    /// A number.
    Number,
    /// What it was given.
    Same,
    /// An item of the list.
    Item,
    /// A list of texts.
    Texts,
    /// A list of the values of the mapping.
    Values,
    /// What it was given, or its argument `value`.
    OrValue,
    /// The field that its argument `key` names.
    Field,
}

/// A filter, test or function.
#[derive(Debug)]
pub(super) struct Word {
    /// Its name.
    pub(super) name: &'static str,
    /// What it works on.
    pub(super) takes: Takes,
    /// Arguments that it must have.
    pub(super) required: &'static [&'static str],
    /// Arguments that it may have.
    pub(super) optional: &'static [&'static str],
    /// What it gives.
    pub(super) gives: Gives,
}

const fn word(
    name: &'static str,
    takes: Takes,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    gives: Gives,
) -> Word {
    Word { name, takes, required, optional, gives }
}

/// The filters.
pub(super) const FILTERS: &[Word] = &[
    // our own
    word("date", Takes::Text, &[], &[], Gives::Text),
    word("time", Takes::Text, &[], &[], Gives::Text),
    word("pounds", Takes::NumberOrText, &[], &[], Gives::Text),
    word("list", Takes::List, &[], &[], Gives::Text),
    // Tera's
    word("default", Takes::Any, &["value"], &["boolean"], Gives::OrValue),
    word("upper", Takes::Text, &[], &[], Gives::Text),
    word("lower", Takes::Text, &[], &[], Gives::Text),
    word("capitalize", Takes::Text, &[], &[], Gives::Text),
    word("title", Takes::Text, &[], &[], Gives::Text),
    word("trim", Takes::Text, &[], &["pat"], Gives::Text),
    word("trim_start", Takes::Text, &[], &["pat"], Gives::Text),
    word("trim_end", Takes::Text, &[], &["pat"], Gives::Text),
    word("replace", Takes::Text, &["from", "to"], &[], Gives::Text),
    word("truncate", Takes::Text, &["length"], &["end"], Gives::Text),
    word("split", Takes::Text, &["pat"], &[], Gives::Texts),
    word("wordcount", Takes::Text, &[], &[], Gives::Number),
    word("pluralize", Takes::Number, &[], &["singular", "plural"], Gives::Text),
    word("str", Takes::Any, &[], &[], Gives::Text),
    word("int", Takes::NumberOrText, &[], &["base"], Gives::Number),
    word("float", Takes::NumberOrText, &[], &[], Gives::Number),
    word("abs", Takes::Number, &[], &[], Gives::Number),
    word("round", Takes::Number, &[], &["method", "precision"], Gives::Number),
    word("length", Takes::Measurable, &[], &[], Gives::Number),
    word("reverse", Takes::Measurable, &[], &[], Gives::Same),
    word("first", Takes::List, &[], &[], Gives::Item),
    word("last", Takes::List, &[], &[], Gives::Item),
    word("nth", Takes::List, &["n"], &[], Gives::Item),
    word("join", Takes::List, &[], &["sep"], Gives::Text),
    word("sort", Takes::List, &[], &["attribute"], Gives::Same),
    word("unique", Takes::List, &[], &[], Gives::Same),
    word("get", Takes::Map, &["key"], &["default"], Gives::Field),
    word("keys", Takes::Map, &[], &[], Gives::Texts),
    word("values", Takes::Map, &[], &[], Gives::Values),
];

/// The tests.
pub(super) const TESTS: &[Word] = &[
    word("defined", Takes::Any, &[], &[], Gives::Same),
    word("undefined", Takes::Any, &[], &[], Gives::Same),
    word("none", Takes::Any, &[], &[], Gives::Same),
    word("string", Takes::Any, &[], &[], Gives::Same),
    word("number", Takes::Any, &[], &[], Gives::Same),
    word("integer", Takes::Any, &[], &[], Gives::Same),
    word("float", Takes::Any, &[], &[], Gives::Same),
    word("bool", Takes::Any, &[], &[], Gives::Same),
    word("array", Takes::Any, &[], &[], Gives::Same),
    word("map", Takes::Any, &[], &[], Gives::Same),
    word("iterable", Takes::Any, &[], &[], Gives::Same),
    word("odd", Takes::Number, &[], &[], Gives::Same),
    word("even", Takes::Number, &[], &[], Gives::Same),
    word("divisible_by", Takes::Number, &["divisor"], &[], Gives::Same),
    word("starting_with", Takes::Text, &["pat"], &[], Gives::Same),
    word("ending_with", Takes::Text, &["pat"], &[], Gives::Same),
    word("containing", Takes::Measurable, &["pat"], &[], Gives::Same),
];

/// The functions.
pub(super) const FUNCTIONS: &[Word] = &[
    word("range", Takes::Any, &["end"], &["start", "step_by"], Gives::Number),
    word("throw", Takes::Any, &["message"], &[], Gives::Same),
];

/// Filters of Tera that would print data as something else than the text that it is.
pub(super) const UNSAFE: &[&str] = &["safe", "escape", "escape_html", "escape_xml", "newlines_to_br", "indent"];
