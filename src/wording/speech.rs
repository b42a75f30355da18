//! How a language says dates, times and lists. The words come from the labels of the language.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

/// Words for dates, times and lists. The default is English, as the GOV.UK style guide has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speech {
    /// A date, with `{weekday}`, `{day}`, `{month}` and `{year}` in it.
    date: String,
    /// Monday to Sunday.
    weekdays: [String; 7],
    /// January to December.
    months: [String; 12],
    morning: String,
    afternoon: String,
    midday: String,
    midnight: String,
    and: String,
    /// What stands for "and" before a vowel.
    and_vowel: String,
}

impl Default for Speech {
    fn default() -> Self {
        Self::new(|_| None)
    }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
];

impl Speech {
    /// The speech that labels hold; English where there is no label.
    pub fn new<'a>(label: impl Fn(&str) -> Option<&'a str>) -> Self {
        let word = |name: &str, english: &str| label(name).unwrap_or(english).to_owned();
        let and = word("and", "and");
        Self {
            date: word("date", "{weekday} {day} {month} {year}"),
            weekdays: std::array::from_fn(|at| word(&format!("weekday_{}", at + 1), WEEKDAYS[at])),
            months: std::array::from_fn(|at| word(&format!("month_{}", at + 1), MONTHS[at])),
            morning: word("time_morning", "am"),
            afternoon: word("time_afternoon", "pm"),
            midday: word("time_midday", "midday"),
            midnight: word("time_midnight", "midnight"),
            and_vowel: word("and_vowel", &and),
            and,
        }
    }

    /// `Friday 29 January 2027`
    pub fn date(&self, date: NaiveDate) -> String {
        let weekday = &self.weekdays[date.weekday().num_days_from_monday() as usize];
        let month = &self.months[date.month0() as usize];
        let day = self.date.replace("{weekday}", weekday).replace("{day}", &date.day().to_string());
        day.replace("{month}", month).replace("{year}", &date.year().to_string())
    }

    /// `5pm`, `9:30am`, `midday`, `midnight`
    pub fn time(&self, time: NaiveTime) -> String {
        let (afternoon, hour) = time.hour12();
        let half = if afternoon { &self.afternoon } else { &self.morning };
        match (time.hour(), time.minute()) {
            (0, 0) => self.midnight.clone(),
            (12, 0) => self.midday.clone(),
            (_, 0) => format!("{hour}{half}"),
            (_, minute) => format!("{hour}:{minute:02}{half}"),
        }
    }

    /// What stands before the last word of a list.
    pub fn and(&self, last: &str) -> &str {
        let vowel = last.chars().next().is_some_and(|first| "aeiouwyâêîôûŵŷ".contains(first.to_ascii_lowercase()));
        if vowel { &self.and_vowel } else { &self.and }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn welsh_says_and_in_two_ways() {
        let welsh = Speech::new(|name| match name {
            "and" => Some("a"),
            "and_vowel" => Some("ac"),
            "weekday_5" => Some("dydd Gwener"),
            "month_1" => Some("Ionawr"),
            _ => None,
        });
        assert_eq!((welsh.and("chath"), welsh.and("Abertawe")), ("a", "ac"));
        let day = NaiveDate::from_ymd_opt(2027, 1, 29).expect("a day");
        assert_eq!(welsh.date(day), "dydd Gwener 29 Ionawr 2027");
        assert_eq!(Speech::default().date(day), "Friday 29 January 2027");
        assert_eq!((Speech::default().and("Abertawe"), Speech::default().and("x")), ("and", "and"));
    }
}
