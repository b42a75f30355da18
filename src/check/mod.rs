//! What a specialist of recruitment would catch before a pack goes out.
//!
//! A rule is a file of [`rules`]: what it looks for, how bad that is, why, and how it looks, through the words of each file, through
//! the profiles of an organisation together, or at a pack as a whole. What it goes by (words, figures, dates of law) is a file of `templates/base/checks/`, to which an organisation
//! adds under `checks`. Words that are shared, clauses and frameworks, are checked once, where they stand. A finding can be waived
//! for some time, with a reason ([`waiver`]). Nothing here changes a word: a finding may carry the words that a program may put in
//! place of those it is about, and somebody has to ask for that.

mod estate;
mod fix;
mod found;
mod passage;
mod readability;
mod rule;
mod rules;
pub mod sarif;
mod scene;
mod sheet;
mod spelling;
mod statement;
#[cfg(test)]
mod tests;
mod text;
mod waiver;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::pack::Pack;
use crate::profile::{CheckWords, Kind, Nation, Organisation, Vacancy};
use crate::project::Files;
use crate::source::{self, Layer, Node};

use found::Found;
use passage::Passages;
use rule::Look;
use scene::Scene;
use sheet::{Sheet, Written};
use spelling::Dictionary;

pub use estate::{Estate, Told};
pub use fix::{Fixed, fixed};
pub use rule::Rule;
pub use rules::ALL as RULES;
pub use waiver::{is_about_waivers, waived};

/// Where the words and figures of rules are.
pub const FOLDER: &str = "templates/base/checks";

/// Today in UTC, for who judges words as they are now: YYYY-MM-DD. Nothing that is built depends on it.
pub fn today() -> String {
    chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).date_naive().to_string()
}

/// The files of rules that find errors: what a published pack is made from, too.
pub fn files_of_errors() -> impl Iterator<Item = String> {
    RULES.iter().filter(|rule| rule.severity == Severity::Error).map(|rule| format!("{FOLDER}/{}.yaml", rule.code))
}

/// The rule of this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code)
}

/// The words and figures of all rules, as the project has them.
#[derive(Debug)]
pub struct Library {
    written: BTreeMap<&'static str, Written>,
    sheets: BTreeMap<&'static str, Arc<Sheet>>,
    dictionary: Arc<Dictionary>,
}

/// The rules, with the words and figures of one organisation.
#[derive(Debug)]
pub struct Checks {
    sheets: BTreeMap<&'static str, Arc<Sheet>>,
    /// Whether the words are English.
    is_english: bool,
    nation: Option<Nation>,
}

/// A pack with what it was made from, to be checked.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// Its organisation, as a value and as a tree.
    pub organisation: (&'a Organisation, &'a Node),
    /// Its vacancy, if it has one.
    pub vacancy: Option<(&'a Vacancy, &'a Node)>,
    /// The frameworks of the organisation.
    pub frameworks: Vec<&'a Node>,
    /// The day that it is judged for: YYYY-MM-DD.
    pub day: &'a str,
}

impl Library {
    /// Reads the words and figures of all rules.
    ///
    /// # Errors
    /// Every fault of the files of [`FOLDER`].
    pub fn load(files: &Files) -> Result<Self, Vec<Diagnostic>> {
        let dictionary = Arc::new(Dictionary::of(files).map_err(|fault| vec![fault])?);
        let (mut all, mut sheets, mut faults) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        for rule in RULES {
            let path = format!("{FOLDER}/{}.yaml", rule.code);
            let written = written(files, &path);
            match written.and_then(|written| Ok((Sheet::new(&written, None, &dictionary).map_err(|error| vec![no_pattern(&error).in_file(path.as_str())])?, written))) {
                Ok((sheet, written)) => {
                    sheets.insert(rule.code, Arc::new(sheet));
                    all.insert(rule.code, written);
                }
                Err(more) => faults.extend(more),
            }
        }
        if faults.is_empty() { Ok(Self { written: all, sheets, dictionary }) } else { Err(faults) }
    }

    /// The rules with what an organisation adds to them, and warnings about that.
    ///
    /// - node: its file
    /// - language: that it writes, as BCP 47 has it
    pub fn of(&self, organisation: &Organisation, node: &Node, language: &str) -> (Checks, Vec<Diagnostic>) {
        let (mut sheets, mut found) = (self.sheets.clone(), unknown(node));
        for (code, own) in &organisation.checks {
            let Some((code, written)) = self.written.get_key_value(code.as_str()) else { continue };
            found.extend(unused(code, own, written, node));
            match Sheet::new(written, Some(own), &self.dictionary) {
                Ok(sheet) => drop(sheets.insert(code, Arc::new(sheet))),
                Err(error) => found.push(no_pattern(&error).in_file(node.span.file.path.as_str())),
            }
        }
        (Checks { sheets, is_english: source::primary(language) == "en", nation: Some(organisation.nation) }, found)
    }

    /// What keeps a rule from looking: a dictionary that can't be read.
    pub fn fault(&self) -> Option<Diagnostic> {
        self.dictionary.fault()
    }

    /// The words and figures of a rule that an organisation can name: words to look for, figures, contexts, topics.
    pub fn names(&self, code: &str) -> [Vec<String>; 4] {
        let Some(written) = self.written.get(code) else { return Default::default() };
        let terms = written.terms.iter().map(|term| term.say.clone()).collect();
        let limits = written.limits.iter().map(|(name, figure)| format!("{name} {figure}")).collect();
        [terms, limits, written.context.keys().cloned().collect(), written.topics.iter().map(|topic| topic.about.clone()).collect()]
    }

    /// The rules as they are without an organisation.
    #[cfg(test)]
    fn usual(&self) -> Checks {
        Checks { sheets: self.sheets.clone(), is_english: true, nation: None }
    }
}

fn written(files: &Files, path: &str) -> Result<Written, Vec<Diagnostic>> {
    let text = files.text(path).map_err(|fault| vec![fault])?;
    source::typed(&source::read(&text, Layer::Layout)?).map_err(|error| {
        let fault = Diagnostic::error("wrong-type", error.message);
        vec![match error.span {
            Some(span) => fault.at(span),
            None => fault.in_file(path),
        }]
    })
}

fn no_pattern(error: &regex::Error) -> Diagnostic {
    Diagnostic::error("check-words", format!("no pattern can be made of these words: {error}")).hint("there are too many of them, or they are too long")
}

impl Checks {
    /// What is found in the words of one file.
    ///
    /// - others: values of which the `acronyms` count too: the file's organisation, the profile of a vacancy
    pub fn words(&self, file: &Node, kind: Kind, others: &[&Node]) -> Vec<Diagnostic> {
        let mut passages = others.iter().fold(Passages::of(file, kind), |passages, other| passages.explained(other));
        passages.nation = self.nation;
        self.each(|rule, sheet, found| {
            if let Look::Words(look) = rule.look {
                look(&passages, sheet, found);
            }
        })
    }

    /// What is found of a pack as a whole.
    pub fn pack(&self, subject: Subject<'_>) -> Vec<Diagnostic> {
        let scene = Scene::new(subject);
        self.each(|rule, sheet, found| {
            if let Look::Pack(look) = rule.look {
                look(&scene, sheet, found);
            }
        })
    }

    /// What a profile adds to the wordings of its organisation.
    pub fn told(&self, profile: &Node) -> Vec<Told> {
        let least = RULES.iter().filter(|rule| matches!(rule.look, Look::Estate(_))).filter_map(|rule| self.sheets.get(rule.code)).map(|sheet| sheet.limit("least_words") as usize);
        if self.is_english { least.min().map(|least| estate::told(profile, least)).unwrap_or_default() } else { Vec::new() }
    }

    /// What is found in the profiles of an organisation together.
    pub fn estate(&self, estate: &Estate) -> Vec<Diagnostic> {
        self.each(|rule, sheet, found| {
            if let Look::Estate(look) = rule.look {
                look(&estate.wordings, sheet, found);
            }
        })
    }

    /// The errors of a pack as a whole, and in the words that it prints, wherever they stand.
    pub fn errors(&self, subject: Subject<'_>) -> Vec<Diagnostic> {
        let scene = Scene::new(subject);
        let vacancy = scene.vacancy.map(|(_, node)| Passages::of(node, Kind::Vacancy));
        let mut printed: Vec<_> = vacancy.into_iter().chain(scene.framework()).collect();
        printed.iter_mut().for_each(|passages| passages.nation = self.nation);
        self.each(|rule, sheet, found| match rule.look {
            _ if rule.severity != Severity::Error => {}
            Look::Pack(look) => look(&scene, sheet, found),
            Look::Estate(_) => {}
            Look::Words(look) => {
                look(scene.printed(), sheet, found);
                printed.iter().for_each(|passages| look(passages, sheet, found));
            }
        })
    }

    fn each(&self, mut look: impl FnMut(&Rule, &Sheet, &mut Found<'_>)) -> Vec<Diagnostic> {
        let mut all = Vec::new();
        for rule in RULES.iter().filter(|rule| self.is_english || rule.is_of_any_language()) {
            let Some(sheet) = self.sheets.get(rule.code) else { continue };
            let mut found = Found::of(rule);
            look(rule, sheet, &mut found);
            all.append(&mut found.finish());
        }
        all
    }
}

/// Warnings for words and figures of rules that there are not.
fn unknown(organisation: &Node) -> Vec<Diagnostic> {
    let entries = organisation.get("checks").and_then(Node::as_map).into_iter().flat_map(|map| &map.entries);
    let unknown = entries.filter(|entry| rule(&entry.key).is_none());
    let warning = |entry: &source::Entry| Diagnostic { severity: Severity::Warning, ..unknown_rule(&entry.key) }.at(entry.key_span.clone());
    unknown.map(warning).collect()
}

/// Warnings for what an organisation says of a rule and the rule doesn't look at.
fn unused(code: &str, own: &CheckWords, written: &Written, organisation: &Node) -> Vec<Diagnostic> {
    let terms = written.terms.iter().map(|term| term.say.as_str()).chain(written.topics.iter().map(|topic| topic.about.as_str()));
    let without = (own.without.iter().collect::<Vec<_>>(), terms.collect::<Vec<_>>(), "without", "word");
    let limits = (own.limits.keys().collect(), written.limits.keys().map(String::as_str).collect(), "limits", "figure");
    let context = (own.context.keys().collect(), written.context.keys().map(String::as_str).collect(), "context", "context");
    let mut found = Vec::new();
    for (names, known, field, what) in [without, limits, context] {
        for name in names.into_iter().filter(|name| !known.contains(&name.as_str())) {
            let path = format!("checks.{code}.{field}");
            let warning = Diagnostic::warning("unknown-check-word", format!("the rule `{code}` has no {what} `{name}`"));
            let warning = warning.at(organisation.at_path(&path).unwrap_or(organisation).span.clone()).field(path);
            found.push(match nearest(name, known.iter().copied()) {
                Some(near) => warning.hint(format!("did you mean `{near}`?")),
                None => warning.hint(format!("`jobpack check --explain {code}` lists what it has")),
            });
        }
    }
    if !own.topics.is_empty() && written.topics.is_empty() {
        let path = format!("checks.{code}.topics");
        let warning = Diagnostic::warning("unknown-check-word", format!("the rule `{code}` has no topics"));
        found.push(warning.at(organisation.at_path(&path).unwrap_or(organisation).span.clone()).field(path).hint("the rule `duty-and-criterion` has"));
    }
    found
}

/// The fault that there is no rule of this code.
pub fn unknown_rule(code: &str) -> Diagnostic {
    let fault = Diagnostic::error("unknown-rule", format!("no rule is called `{code}`"));
    match nearest(code, RULES.iter().map(|rule| rule.code)) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None => fault.hint("only rules about words are explained, mended and waived; `jobpack check --explain all` lists them"),
    }
}
