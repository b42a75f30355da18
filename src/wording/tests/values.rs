//! Dates, times, pounds and lists in running words.

use super::*;

fn filtered(literal: &str, filter: &str) -> String {
    printed(&format!("{{{{ {literal} | {filter} }}}}"), &full())
}

#[test]
fn dates_are_written_out() {
    assert_eq!(filtered("vacancy.closes_on", "date"), "Friday 29 January 2027");
    assert_eq!(filtered("\"2024-02-29\"", "date"), "Thursday 29 February 2024");
    assert_eq!(filtered("\"2027-01-01\"", "date"), "Friday 1 January 2027");
    for wrong in ["29/01/2027", "2027-02-29", "2027-1-29", "2027-01-29T10:00", "soon", ""] {
        let found = filtered(&format!("\"{wrong}\""), "date");
        assert_eq!(
            found,
            format!(
                "wrong-value 1:{} `date` can't read `{wrong}` [it takes a day as year, month and day: 2027-01-29]",
                wrong.len() + 9
            ),
            "{wrong}"
        );
    }
}

#[test]
fn times_are_written_as_people_say_them() {
    for (time, said) in [
        ("17:00", "5pm"),
        ("12:00", "midday"),
        ("00:00", "midnight"),
        ("09:30", "9:30am"),
        ("9:30", "9:30am"),
        ("12:30", "12:30pm"),
        ("00:05", "12:05am"),
        ("23:59", "11:59pm"),
        ("01:00", "1am"),
    ] {
        assert_eq!(filtered(&format!("\"{time}\""), "time"), said);
    }
    for wrong in ["5pm", "24:00", "17", "17:60", "17:00:00", ""] {
        assert!(filtered(&format!("\"{wrong}\""), "time").starts_with("wrong-value 1:"), "{wrong}");
    }
}

#[test]
fn pounds_have_commas_and_pence_only_where_there_are_any() {
    for (amount, said) in [
        ("24027", "£24,027"),
        ("\"24027\"", "£24,027"),
        ("0", "£0"),
        ("999", "£999"),
        ("1000", "£1,000"),
        ("1234567", "£1,234,567"),
        ("12.5", "£12.50"),
        ("\"12.50\"", "£12.50"),
        ("12.0", "£12"),
        ("\"12.00\"", "£12"),
        ("\"0.45\"", "£0.45"),
        ("vacancy.salary.from", "£24,027"),
    ] {
        assert_eq!(filtered(amount, "pounds"), said, "{amount}");
    }
    for wrong in
        ["\"24,027\"", "\"£24027\"", "-5", "\"\"", "\"12.345\"", "\"007\"", "\"1e3\"", "12.345", "\"12.\"", "true"]
    {
        assert!(filtered(wrong, "pounds").contains("wrong-value 1:"), "{wrong} {}", filtered(wrong, "pounds"));
    }
}

#[test]
fn lists_are_joined_as_in_a_sentence() {
    for (list, said) in [
        ("[\"a\"]", "a"),
        ("[\"a\", \"b\"]", "a and b"),
        ("[\"a\", \"b\", \"c\"]", "a, b and c"),
        ("[1, 2]", "1 and 2"),
        ("profile.tags", "school and term time"),
    ] {
        assert_eq!(filtered(list, "list"), said);
    }
    assert!(filtered("profile.criteria", "list").starts_with("wrong-value 1:"));
}
