//! What a pack may say that its source does not.

use serde_yaml::Value;

use super::normal::words_of_paragraph;
use crate::project::repository;

/// Phrases that a layout or an organisation adds to a pack, beyond its labels: the title and mark of the cover, and
/// headings and titles of parts that a source leaves without.
const ADDED: [(&str, &[&str]); 2] = [
    // The source starts without a title; its sister document is called "Job Description".
    ("gla/senior-project-officer-esol", &["Job description"]),
    // The source runs on from the duties to the criteria without a title.
    ("bradford/send-learning-support-officer", &["Person Specification"]),
];

/// The phrases that may stand in a pack as paragraphs of their own.
pub struct Added {
    phrases: Vec<Vec<String>>,
}

impl Added {
    /// For a pack of the repository: the labels as its organisation and profile override them, the title of the post,
    /// the employer's name, and its entry in [`ADDED`].
    pub fn of(pack: &str) -> Self {
        let (organisation, _) = pack.split_once('/').expect("organisation/pack");
        let base = yaml("templates/base/labels/en.yaml");
        let employer = yaml(&format!("profiles/{organisation}/organisation.yaml"));
        let profile = yaml(&format!("profiles/{pack}.yaml"));
        let layout = yaml(&format!("templates/{}/layout.yaml", text(&employer["layout"])));
        let labels = [&layout["defaults"]["labels"], &employer["defaults"]["labels"], &profile["labels"]];
        let mut texts = vec![text(&profile["post_title"]), text(&employer["name"])];
        for (name, label) in base.as_mapping().expect("labels are a mapping") {
            texts.push(labels.iter().rev().map(|set| &set[name]).find(|label| !label.is_null()).map_or_else(|| text(label), text));
        }
        let declared = ADDED.iter().filter(|(name, _)| *name == pack).flat_map(|(_, phrases)| *phrases);
        texts.extend(declared.map(ToString::to_string));
        Self::from_texts(&texts)
    }

    /// Of phrases; `{name}` in one stands for a number.
    pub fn from_texts(texts: &[impl AsRef<str>]) -> Self {
        Self { phrases: texts.iter().map(|text| words_of_paragraph(text.as_ref())).filter(|words| !words.is_empty()).collect() }
    }

    /// Whether a paragraph is one of the phrases, or has no words.
    pub fn contains(&self, words: &[String]) -> bool {
        let fits = |word: &String, pattern: &String| match pattern.starts_with('{') && pattern.ends_with('}') {
            true => word.chars().all(|c| c.is_ascii_digit()),
            false => word == pattern,
        };
        let same = |phrase: &Vec<String>| phrase.len() == words.len() && words.iter().zip(phrase).all(|(word, pattern)| fits(word, pattern));
        words.is_empty() || self.phrases.iter().any(same)
    }
}

fn yaml(path: &str) -> Value {
    let text = std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
