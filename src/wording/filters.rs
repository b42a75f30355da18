//! What values look like in running words: dates, times, pounds and lists, and what null does.
//!
//! Dates and times follow the GOV.UK style guide. A filter never guesses: what it can't read is an error that says
//! what it wants.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use tera::{Error, Kwargs, Number, State, Tera, TeraResult, Value};

use super::fault::coded;
use super::speech::Speech;

/// Guard of a printed value: refuses null, lists and mappings. Put around expressions when a template is loaded.
pub(super) const PRINTED: &str = "jobpack_printed";
/// Guard of what a filter is given: refuses null.
pub(super) const GIVEN: &str = "jobpack_given";

/// Adds the filters to `tera` and puts refusals in the place of those that mustn't be used.
pub(super) fn register(tera: &mut Tera) {
    speak(tera, &Arc::new(Speech::default()));
    tera.register_filter("pounds", |value: &Value, _: Kwargs, _: &State| pounds(value));
    tera.register_filter("join", |value: &Value, arguments: Kwargs, _: &State| join(value, &arguments));
    tera.register_filter("default", |value: &Value, arguments: Kwargs, _: &State| default(value, &arguments));
    tera.register_filter(PRINTED, |value: &Value, _: Kwargs, _: &State| printed(value));
    tera.register_filter(GIVEN, |value: &Value, _: Kwargs, _: &State| given(value));
    for name in super::vocabulary::UNSAFE.iter().chain(&["group_by", "pairs"]) {
        tera.register_filter(*name, move |_: &Value, _: Kwargs, _: &State| -> TeraResult<Value> {
            Err(coded("unsafe-filter", &format!("the filter `{name}` is not used here"), ""))
        });
    }
}

/// Puts in the filters whose words depend on the language.
pub(super) fn speak(tera: &mut Tera, speech: &Arc<Speech>) {
    let said = Arc::clone(speech);
    tera.register_filter("date", move |value: &Value, _: Kwargs, _: &State| text(value, "date").and_then(|text| date(text, &said)));
    let said = Arc::clone(speech);
    tera.register_filter("time", move |value: &Value, _: Kwargs, _: &State| text(value, "time").and_then(|text| time(text, &said)));
    let said = Arc::clone(speech);
    tera.register_filter("list", move |value: &Value, _: Kwargs, _: &State| list(value, &said));
}

fn is_empty(value: &Value) -> bool {
    value.is_none() || value.is_undefined()
}

fn printed(value: &Value) -> TeraResult<Value> {
    if value.is_array() || value.is_map() {
        return Err(coded("unprintable-value", "", ""));
    }
    given(value)
}

fn given(value: &Value) -> TeraResult<Value> {
    match is_empty(value) {
        true => Err(coded("empty-value", "", "")),
        false => Ok(value.clone()),
    }
}

/// Tera's own `default` lets null through.
fn default(value: &Value, arguments: &Kwargs) -> TeraResult<Value> {
    let other = arguments.must_get::<Value>("value")?;
    let any_false = arguments.get::<bool>("boolean")?.unwrap_or_default();
    Ok(if is_empty(value) || (any_false && !value.is_truthy()) { other } else { value.clone() })
}

fn wrong(name: &str, value: &Value, wanted: &str) -> Error {
    let shown: String = value.to_string().chars().take(40).collect();
    let given = if value.is_string() { format!("`{shown}`") } else { format!("`{shown}` ({})", value.name()) };
    coded("wrong-value", &format!("`{name}` can't read {given}"), wanted)
}

fn text<'v>(value: &'v Value, name: &str) -> TeraResult<&'v str> {
    value.as_str().ok_or_else(|| wrong(name, value, "it takes text between quotes"))
}

/// `2027-01-29` -> `Friday 29 January 2027`
fn date(text: &str, speech: &Speech) -> TeraResult<String> {
    let date = (text.len() == 10).then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten();
    let date =
        date.ok_or_else(|| wrong("date", &Value::from(text), "it takes a day as year, month and day: 2027-01-29"))?;
    Ok(speech.date(date))
}

/// `17:00` -> `5pm`, `09:30` -> `9:30am`, `12:00` -> `midday`, `00:00` -> `midnight`
fn time(text: &str, speech: &Speech) -> TeraResult<String> {
    let time = NaiveTime::parse_from_str(text, "%H:%M")
        .map_err(|_| wrong("time", &Value::from(text), "it takes hours and minutes in 24-hour form: 17:00"))?;
    Ok(speech.time(time))
}

/// `24027` -> `£24,027`, `12.5` -> `£12.50`
fn pounds(value: &Value) -> TeraResult<String> {
    let fault = || wrong("pounds", value, "it takes an amount in pounds: 24027 or 12.50");
    let amount = match (value.as_str(), value.as_number()) {
        (Some(text), _) => text.to_owned(),
        (None, Some(Number::Integer(whole))) => whole.to_string(),
        (None, Some(Number::Float(amount))) if amount.is_finite() => {
            let shortest = amount.to_string();
            if amount.fract() == 0.0 { format!("{amount:.0}") } else { shortest }
        }
        (None, _) => return Err(fault()),
    };
    let (whole, pence) = match amount.split_once('.') {
        Some((whole, pence)) => (whole, Some(pence)),
        None => (amount.as_str(), None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    if !digits(whole) || leading_zero || pence.is_some_and(|pence| !digits(pence) || pence.len() > 2) {
        return Err(fault());
    }
    let mut out = String::from("£");
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    match pence {
        Some(pence) if pence.bytes().any(|byte| byte != b'0') => out.push_str(&format!(".{pence:0<2}")),
        _ => {}
    }
    Ok(out)
}

/// The items of a list, each as text.
fn texts(value: &Value, name: &str) -> TeraResult<Vec<String>> {
    let items = value.as_array().ok_or_else(|| wrong(name, value, "it takes a list"))?;
    let text = |(at, item): (usize, &Value)| match item {
        empty if is_empty(empty) => Err(coded("empty-value", &format!("item {} of this list is empty", at + 1), "")),
        item if item.is_array() || item.is_map() => Err(wrong(name, item, "it takes a list of texts or numbers")),
        item => Ok(item.to_string()),
    };
    items.iter().enumerate().map(text).collect()
}

/// `["a", "b", "c"]` -> `a, b and c`
fn list(value: &Value, speech: &Speech) -> TeraResult<String> {
    let texts = texts(value, "list")?;
    Ok(match texts.as_slice() {
        [] => return Err(coded("empty-value", "this list is empty", "put it in `{% if ... %}`")),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {} {last}", most.join(", "), speech.and(last)),
    })
}

/// Tera's own `join` prints a null item as nothing.
fn join(value: &Value, arguments: &Kwargs) -> TeraResult<String> {
    let separator = arguments.get::<&str>("sep")?.unwrap_or_default();
    Ok(texts(value, "join")?.join(separator))
}
