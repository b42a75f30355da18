//! The date that the environment gives to all documents, for `build` and `serve` alike.

use super::Stop;
use crate::diagnostic::Diagnostic;

/// The variable of the reproducible-builds.org specification of that name.
const VARIABLE: &str = "SOURCE_DATE_EPOCH";

/// The day of `SOURCE_DATE_EPOCH` in UTC as `YYYY-MM-DD`, if it is set.
///
/// # Errors
/// Wrong usage, if it is not a number of seconds, or not of a year of four digits.
pub(super) fn from_environment() -> Result<Option<String>, Stop> {
    let Some(seconds) = std::env::var_os(VARIABLE) else { return Ok(None) };
    let date = seconds.to_str().and_then(day);
    let wrong = || {
        let message = format!("`{VARIABLE}` is `{}`, not a number of seconds since 1970", seconds.display());
        let fault = Diagnostic::error("source-date-epoch", message);
        Stop::usage(vec![fault.hint("set it as `date +%s` prints it, or unset it")])
    };
    date.map(Some).ok_or_else(wrong)
}

fn day(seconds: &str) -> Option<String> {
    let time = chrono::DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    let date = time.format("%Y-%m-%d").to_string();
    (date.len() == 10).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn seconds_are_a_day_and_nothing_else_is() {
        assert_eq!(day("1000000000").as_deref(), Some("2001-09-09"));
        assert_eq!(day("0").as_deref(), Some("1970-01-01"));
        for wrong in ["", " 1", "1.5", "today", "2026-01-01", "99999999999999", "9223372036854775808", "-99999999999"] {
            assert_eq!(day(wrong), None, "{wrong:?}");
        }
    }
}
