//! Lists whose items don't match, and abbreviations that are read out as words.

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::sheet::Sheet;
use crate::check::text::words;
use crate::diagnostic::Severity;
use crate::profile::Kind;
use crate::source::Node;

pub(super) const RULE: Rule = Rule {
    code: "list-form",
    severity: Severity::Advice,
    finds: "lists of which some items end with a stop, or begin in another form; lists of one item; “etc”, “eg” and “ie”",
    why: "A reader who expects the next item to go on like the last stumbles, and “eg” is read out as “egg”.",
    sources: &["Government Digital Service, plain English", "GOV.UK style guide: eg, etc and ie; bullet points"],
    example: "Plan the work. / Run the work / To check the work, reports etc",
    counter_example: "Plan the work / Run the work / Check the work and the reports",
    look: Look::Words(look),
};

fn look(passages: &Passages<'_>, sheet: &Sheet, found: &mut Found<'_>) {
    for passage in &passages.all {
        for hit in sheet.hits(passage).into_iter().filter(|hit| hit.term.because.is_some()) {
            if !passage.words[hit.range.end..].starts_with('.') {
                found.term(passage, &hit, format!("“{}” is short for something", &passage.words[hit.range.clone()]));
            }
        }
    }
    for (path, items) in lists(passages) {
        stops(&items, found);
        forms(&items, sheet, found);
        if let Some(item) = alone(passages, path, &items) {
            found.value(item.node, item.field.as_str(), "this list has one item").hints.push("write it as a paragraph".to_owned());
        }
    }
}

/// The lists of a file by their paths, each with the texts of its items.
fn lists<'p, 'a>(passages: &'p Passages<'a>) -> Vec<(&'p str, Vec<&'p Passage<'a>>)> {
    let mut all: Vec<(&str, Vec<&Passage<'a>>)> = Vec::new();
    for passage in &passages.all {
        let field = passage.field.strip_suffix(".text").unwrap_or(&passage.field);
        let Some((list, _)) = field.strip_suffix(']').and_then(|field| field.rsplit_once('[')) else { continue };
        if list.ends_with(".items") || list.ends_with(".criteria") {
            match all.iter_mut().find(|(path, _)| *path == list) {
                Some((_, items)) => items.push(passage),
                None => all.push((list, vec![passage])),
            }
        }
    }
    all
}

/// One finding for a list of which some items end with a stop.
fn stops(items: &[&Passage<'_>], found: &mut Found<'_>) {
    let end = |passage: &Passage<'_>| passage.words.trim_end().trim_end_matches(['”', '’', '"', ')']).chars().next_back();
    // Items that run on from one to the next end as a sentence does.
    if items.iter().any(|item| matches!(end(item), Some(';' | ','))) {
        return;
    }
    let known = items.iter().filter(|item| end(item).is_some_and(|end| end != ':') && !item.words.trim_end().ends_with("etc."));
    let (with, without): (Vec<&Passage<'_>>, Vec<_>) = known.copied().partition(|item| matches!(end(item), Some('.' | '!' | '?')));
    let all = with.len() + without.len();
    let (most, few, [usual, own]) =
        if with.len() < without.len() { (&without, &with, ["no full stop", "one"]) } else { (&with, &without, ["a full stop", "none"]) };
    if let Some(odd) = few.first() {
        let text = odd.words.trim_end();
        let start = words(text).last().map_or(0, |(last, _)| last.start);
        let message = format!("{} of the {all} items of this list have {usual} at the end, and this one has {own}", most.len());
        found.words(odd, start..text.len(), message).hints.push("end all items in the same way".to_owned());
    }
}

/// How an item begins: To plan, Planning, Plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    To,
    Gerund,
    Imperative,
}

/// One finding for a list of duties of which most items begin in one form, and one in another.
fn forms(items: &[&Passage<'_>], sheet: &Sheet, found: &mut Found<'_>) {
    let duties = items.iter().filter(|item| matches!(item.place, Place::Duty | Place::Purpose | Place::Words));
    let forms: Vec<(&Passage<'_>, Form)> = duties.filter_map(|item| Some((*item, form(item, sheet)?))).collect();
    for (main, name) in [(Form::To, "“To ...”"), (Form::Gerund, "a word in -ing"), (Form::Imperative, "a verb such as “Provide”")] {
        let count = forms.iter().filter(|(_, form)| *form == main).count();
        if count < 3 || count * 2 <= items.len() {
            continue;
        }
        let odd = forms.iter().find(|(_, form)| *form != main);
        if let Some((odd, first)) = odd.and_then(|(odd, _)| Some((odd, words(&odd.words).next()?))) {
            let message = format!("most items of this list begin with {name}, and this one with “{}”", first.1);
            found.words(odd, first.0, message).hints.push("begin all items in the same form".to_owned());
        }
    }
}

/// The form of an item, where it is clear. The verbs of the rule's file are the terms without a reason.
fn form(item: &Passage<'_>, sheet: &Sheet) -> Option<Form> {
    const NOUNS: [&str; 9] = ["Training", "Funding", "Housing", "Evening", "Morning", "Nothing", "Anything", "Something", "During"];
    let (range, first) = words(&item.words).next()?;
    if first == "To" {
        return Some(Form::To);
    }
    if first.len() > 5 && first.ends_with("ing") && !NOUNS.contains(&first) {
        return Some(Form::Gerund);
    }
    sheet.hits(item).iter().any(|hit| hit.term.because.is_none() && hit.range == range).then_some(Form::Imperative)
}

/// The item of a list that has no other. Where a file is a layer, others may come from below.
fn alone<'p, 'a>(passages: &Passages<'_>, list: &str, items: &[&'p Passage<'a>]) -> Option<&'p Passage<'a>> {
    let only = passages.root.at_path(list).and_then(Node::as_list).is_some_and(|items| items.len() == 1);
    let whole = match passages.kind {
        Kind::Organisation => list.starts_with("clauses."),
        Kind::Profile => !list.starts_with("sections[") && passages.root.get("extends").is_none_or(Node::is_null),
        Kind::Vacancy => list.starts_with("advert["),
        Kind::Framework => false,
    };
    items.first().copied().filter(|_| only && whole && list.ends_with(".items"))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{in_words, in_yaml};

    fn in_list(items: &str) -> Vec<String> {
        in_yaml("list-form", &format!("post_title: A\naccountabilities:\n  - list:\n      items: [{items}]"))
    }

    #[test]
    fn items_that_do_not_match_are_found() {
        assert_eq!(in_list("Plan the work., Run the work., Check it"), ["it"]);
        assert_eq!(in_list("To plan work, To run work, To check work, Take notes"), ["Take"]);
        assert_eq!(in_list("Provide help, Assist staff, Attend events, To take part"), ["To"]);
        assert_eq!(in_list("Plan the work"), ["Plan the work"]);
        assert_eq!(in_words("list-form", "staff, pupils etc and eg parents"), ["etc", "eg"]);
    }

    #[test]
    fn items_that_match_or_run_on_are_not() {
        for right in ["Plan it, Run it, Check it", "Plan it;, Run it; and, Check it.", "Attending one, Assist two, Attendance"] {
            assert!(in_list(right).is_empty(), "{right}");
        }
        assert!(in_words("list-form", "staff, pupils, etc. and e.g. parents").is_empty());
    }
}
