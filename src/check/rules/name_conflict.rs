//! One post or team under two names.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::found::Found;
use crate::check::passage::{Passage, Passages, Place};
use crate::check::rule::{Look, Rule};
use crate::check::scene::Scene;
use crate::check::sheet::Sheet;
use crate::check::text::{sentences, words};
use crate::diagnostic::Severity;
use crate::profile::Kind;

pub(super) const RULE: Rule = Rule {
    code: "name-conflict",
    severity: Severity::Warning,
    finds: "the title of the post spelt in two ways, and names of teams and directorates that may be one and the same",
    why: "A candidate who searches for the post finds half of it, and cannot tell whether the two teams are one.",
    sources: &["Practice of this project"],
    example: "Learning Coordinator ... Learning Co-ordinator",
    counter_example: "the Learning Coordinator ... LEARNING COORDINATOR",
    look: Look::Pack(look),
};

const KINDS: [&str; 8] = ["Team", "Directorate", "Department", "Division", "Unit", "Board", "Committee", "Panel"];
/// Words before a name that are no part of it, and whose a team may be.
const BEFORE: [&str; 9] = ["and", "The", "A", "An", "Our", "Their", "Each", "This", "Any"];
const OWNERS: [&str; 12] =
    ["School", "Council", "Authority", "Trust", "College", "Academy", "University", "Borough", "Mayor", "London", "GLA", "Government"];

fn look(scene: &Scene<'_>, _: &Sheet, found: &mut Found<'_>) {
    let vacancy = scene.vacancy.map(|(_, node)| Passages::of(node, Kind::Vacancy));
    let all: Vec<&Passage<'_>> = scene.passages().iter().chain(vacancy.iter().flat_map(|vacancy| &vacancy.all)).collect();
    titles(scene, &all, found);
    teams(&all, found);
}

/// Spellings of the title that differ in spaces, hyphens and slashes.
fn titles(scene: &Scene<'_>, all: &[&Passage<'_>], found: &mut Found<'_>) {
    let Some((node, title)) = scene.tree().get("post_title").and_then(|node| Some((node, node.as_text()?.trim()))) else { return };
    let letters: Vec<char> = title.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let mut known = BTreeSet::from([plain(title)]);
    // Short titles are words of other meanings too.
    for passage in all.iter().filter(|passage| letters.len() > 5 && passage.field != "post_title") {
        for range in spelt(&passage.words, &letters) {
            let other = &passage.words[range.clone()];
            if known.insert(plain(other)) {
                let message = format!("“{other}” is spelt “{title}” in the title of the post");
                let finding = found.words(passage, range, message);
                finding.labels.push((node.span.clone(), "the title".to_owned()));
                finding.hints.push("spell it in one way; `{{post_title}}` stands for the title".to_owned());
            }
        }
    }
}

/// Signs that stand between the letters of one spelling and not of another, at most so many in a row.
const BETWEEN: (&[char], usize) = (&['/', '&', '\'', '’', '–', '—', '-'], 3);

/// Where a text has these small letters, whole words of it, whatever signs stand between them.
fn spelt(text: &str, letters: &[char]) -> Vec<Range<usize>> {
    let (mut all, mut from) = (Vec::new(), 0);
    let mut last = None;
    for (start, character) in text.char_indices() {
        let begins = last.replace(character).is_none_or(|last: char| !last.is_alphanumeric());
        if start >= from && begins && let Some(length) = spelt_at(&text[start..], letters) {
            from = start + length;
            all.push(start..from);
        }
    }
    all
}

/// How many bytes of a text, from its beginning, have these letters.
fn spelt_at(text: &str, letters: &[char]) -> Option<usize> {
    let (mut rest, mut signs) = (letters, 0);
    for (at, character) in text.char_indices() {
        if rest.is_empty() {
            return (!character.is_alphanumeric()).then_some(at);
        }
        let small: Vec<char> = character.to_lowercase().collect();
        if let Some(after) = rest.strip_prefix(small.as_slice()) {
            (rest, signs) = (after, 0);
        } else if (character.is_whitespace() || BETWEEN.0.contains(&character)) && signs < BETWEEN.1 && rest.len() < letters.len() {
            signs += 1;
        } else {
            return None;
        }
    }
    rest.is_empty().then_some(text.len())
}

/// Names that end in the same two words and begin with others.
fn teams(all: &[&Passage<'_>], found: &mut Found<'_>) {
    let mut seen: Vec<(String, String, &Passage<'_>, Range<usize>)> = Vec::new();
    for &passage in all {
        for (key, range) in names(passage) {
            let name = plain(&passage.words[range.clone()]);
            let first = seen.iter().find(|(other, ..)| *other == key);
            if let Some((_, _, earlier, place)) = first.filter(|_| !seen.iter().any(|(other, known, ..)| *other == key && *known == name)) {
                let (one, other) = (&earlier.words[place.clone()], &passage.words[range.clone()]);
                let message = format!("“{one}” and “{other}” may be one and the same");
                let finding = found.words(passage, range.clone(), message);
                finding.labels.push((earlier.node.locate(place.clone()), "so called here".to_owned()));
                finding.hints.push("if they are, use one name for both".to_owned());
            }
            seen.push((key, name, passage, range));
        }
    }
}

/// The names of teams in a passage, each with what it may share with another: its last two words, or in a masthead the last.
fn names(passage: &Passage<'_>) -> Vec<(String, Range<usize>)> {
    let text = &*passage.words;
    let tokens: Vec<(Range<usize>, &str)> = words(text).collect();
    let (Some(start), Some(end)) = (tokens.first().map(|(range, _)| range.start), tokens.last()) else { return Vec::new() };
    if passage.field.contains(".masthead") && KINDS.contains(&end.1) {
        return vec![(format!("masthead {}", end.1), start..end.0.end)];
    }
    // Whether the first word of a sentence is part of a name can't be told, unless the name is all that there is.
    let is_name = matches!(passage.place, Place::Fact | Place::Heading | Place::Title);
    let starts: Vec<usize> = sentences(text).into_iter().map(|sentence| sentence.start).filter(|_| !is_name).collect();
    let mut all = Vec::new();
    for (at, (range, kind)) in tokens.iter().enumerate().filter(|(_, (_, word))| KINDS.contains(word)) {
        let mut first = at;
        while let Some((before, word)) = first.checked_sub(1).and_then(|earlier| tokens.get(earlier)) {
            let between = text[before.end..tokens[first].0.start].trim();
            let joins = between.is_empty() || between == "&";
            if !joins || KINDS.contains(word) || !(word.starts_with(char::is_uppercase) || *word == "and") {
                break;
            }
            first -= 1;
        }
        while first < at && is_before(tokens[first].1) {
            first += 1;
        }
        if first < at && !starts.contains(&tokens[first].0.start) {
            all.push((format!("{} {kind}", tokens[at - 1].1.to_lowercase()), tokens[first].0.start..range.end));
        }
    }
    all
}

fn is_before(word: &str) -> bool {
    let owner = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s"));
    owner.map_or_else(|| BEFORE.contains(&word), |owner| OWNERS.contains(&owner))
}

/// A name without what makes no difference: capitals, kinds of dash and apostrophe, `&` for `and`.
fn plain(name: &str) -> String {
    let name = name.to_lowercase().replace(['–', '—'], "-").replace('’', "'").replace('&', " and ");
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
