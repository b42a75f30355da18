//! Words held against a dictionary of British English, in the format of Hunspell.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::diagnostic::{Diagnostic, SourceText};
use crate::project::Files;

/// Words that are offered in place of one, at most.
const MOST: usize = 3;

/// A dictionary, read when a word is first looked up.
pub(super) struct Dictionary {
    affixes: Arc<SourceText>,
    words: Arc<SourceText>,
    read: OnceLock<Option<spellbook::Dictionary>>,
    /// What was offered for words: to find that takes long, and the same are misspelt in many files.
    offered: Mutex<HashMap<String, Vec<String>>>,
}

impl std::fmt::Debug for Dictionary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dictionary").field("words", &self.words.path).finish_non_exhaustive()
    }
}

impl Dictionary {
    /// The dictionary of the project.
    ///
    /// # Errors
    /// When its files can't be read.
    pub(super) fn of(files: &Files) -> Result<Self, Diagnostic> {
        let text = |extension: &str| files.text(&format!("{}/dictionary/en-GB.{extension}", super::FOLDER));
        Ok(Self { affixes: text("aff")?, words: text("dic")?, read: OnceLock::new(), offered: Mutex::default() })
    }

    /// The fault that it can't be read.
    pub(super) fn fault(&self) -> Option<Diagnostic> {
        let fault = Diagnostic::error("dictionary", "the dictionary can't be read, and no spelling is checked").in_file(self.affixes.path.as_str());
        self.read().is_none().then(|| fault.hint("write it in the format of Hunspell, or remove both of its files: the program has one"))
    }

    /// Whether a word is right; without a dictionary that can be read, every word is.
    pub(super) fn has(&self, word: &str) -> bool {
        self.read().is_none_or(|dictionary| dictionary.check(word))
    }

    /// Words that may have been meant, the likeliest first.
    pub(super) fn near(&self, word: &str) -> Vec<String> {
        if let Some(near) = self.offered.lock().unwrap_or_else(PoisonError::into_inner).get(word) {
            return near.clone();
        }
        let mut near = Vec::new();
        if let Some(dictionary) = self.read() {
            dictionary.suggest(word, &mut near);
        }
        let mut seen = BTreeSet::new();
        near.retain(|word| seen.insert(word.clone()));
        near.truncate(MOST);
        self.offered.lock().unwrap_or_else(PoisonError::into_inner).insert(word.to_owned(), near.clone());
        near
    }

    fn read(&self) -> Option<&spellbook::Dictionary> {
        self.read.get_or_init(|| spellbook::Dictionary::new(&self.affixes.text, &self.words.text).ok()).as_ref()
    }
}
