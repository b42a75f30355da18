//! Moments in the United Kingdom's time, with their distance from UTC.
//!
//! Summer time runs from one o'clock, Greenwich mean time, in the morning of the last Sunday in March until one o'clock,
//! Greenwich mean time, in the morning of the last Sunday in October, and is one hour ahead (Summer Time Act 1972,
//! section 1, as amended by the Summer Time Order 2002, SI 2002/262). The rule is the law and stands here, so that no
//! database of time zones has to be kept up.

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

/// A day, or a moment of it, as ISO 8601 has it: `2027-01-29`, `2027-06-30T17:00:00+01:00`. A day without a time stays a
/// day. In the hour that comes twice in October the earlier one is meant.
pub fn moment(day: &str, time: Option<&str>) -> String {
    let parsed = time.and_then(|time| Some((day.parse::<NaiveDate>().ok()?, NaiveTime::parse_from_str(time, "%H:%M").ok()?)));
    match parsed {
        Some((date, time)) => {
            let offset = if is_summer(date, time) { "+01:00" } else { "+00:00" };
            format!("{day}T{}{offset}", time.format("%H:%M:%S"))
        }
        None => day.to_owned(),
    }
}

/// Whether clocks show summer time. They go from 01:00 to 02:00 in March and from 02:00 to 01:00 in October.
fn is_summer(date: NaiveDate, time: NaiveTime) -> bool {
    let (Some(start), Some(end)) = (last_sunday(date.year(), 3), last_sunday(date.year(), 10)) else { return false };
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let begun = date > start || (date == start && time >= at(2));
    let ended = date > end || (date == end && time >= at(2));
    begun && !ended
}

/// The last Sunday of a month that has 31 days.
fn last_sunday(year: i32, month: u32) -> Option<NaiveDate> {
    let last = NaiveDate::from_ymd_opt(year, month, 31)?;
    last.checked_sub_days(Days::new(u64::from(last.weekday().num_days_from_sunday())))
}
