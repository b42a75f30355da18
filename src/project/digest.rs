//! Digests: SHA-256 of bytes (FIPS 180-4), and of what a file of a project says.

use std::{fmt, io};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use crate::diagnostic::SourceText;
use crate::source::{self, Layer, Node, Value};

/// SHA-256 of some bytes. It is shown in hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// The digest of all that can be read, a piece at a time.
    ///
    /// # Errors
    /// As the reader's.
    pub fn of_reader(mut reader: impl io::Read) -> io::Result<Self> {
        let mut all = sha2::Sha256::new();
        let mut piece = vec![0; 1 << 16];
        loop {
            match reader.read(&mut piece)? {
                0 => return Ok(Self(all.finalize().into())),
                read => all.update(&piece[..read]),
            }
        }
    }

    /// The digest of a file; a byte order mark is no part of a text.
    pub fn of_file(bytes: &[u8]) -> Self {
        Self::of(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
    }

    /// The digest of several pieces of bytes, each with its length before it.
    pub fn of_all<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut all = sha2::Sha256::new();
        for piece in pieces {
            all.update((piece.len() as u64).to_be_bytes());
            all.update(piece);
        }
        Self(all.finalize().into())
    }

    /// Its 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hexadecimal(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Digest::of(bytes).to_string()
}

/// Bytes as two digits each.
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xF]).map(|digit| DIGITS[usize::from(digit)]).collect()
}

/// What a file says: the names of its inputs, and the digest of each.
///
/// An input is a file by its path; of YAML its values count, whatever its comments and layout, of anything else its bytes. Of an
/// `organisation.yaml` each clause is an input of its own, called `<path>#clauses.<name>`; the file itself stands for the rest, and
/// for the names of the clauses.
pub type Said = Vec<(String, Digest)>;

/// What a text says.
pub(super) fn said(text: &Arc<SourceText>) -> Said {
    let yaml = is_yaml(&text.path).then(|| source::read(text, Layer::Organisation).ok()).flatten();
    said_by(yaml.as_ref(), text)
}

/// The same, of a text that has been read; there is no node if that can't be, or is no YAML.
pub(super) fn said_by(node: Option<&Node>, text: &SourceText) -> Said {
    let Some(node) = node else { return vec![(text.path.clone(), Digest::of(text.text.as_bytes()))] };
    if !is_organisation(&text.path) {
        return vec![(text.path.clone(), Digest::of(&node.canonical()))];
    }
    let mut rest = node.clone();
    let mut clauses = Vec::new();
    if let Value::Map(map) = &mut rest.value
        && let Some(own) = map.get_mut("clauses")
        && let Value::Map(own) = &mut own.value
    {
        for entry in &mut own.entries {
            clauses.push((clause(&text.path, &entry.key), Digest::of(&entry.node.canonical())));
            entry.node.value = Value::Null;
        }
    }
    let mut said = vec![(text.path.clone(), Digest::of(&rest.canonical()))];
    said.append(&mut clauses);
    said
}

/// The input that is a clause of the organisation with this file.
pub fn clause(path: &str, name: &str) -> String {
    format!("{path}#clauses.{name}")
}

/// The file that an input is, or is in.
pub fn file_of(input: &str) -> &str {
    input.split_once("#clauses.").map(|(path, _)| path).filter(|path| is_organisation(path)).unwrap_or(input)
}

pub(super) fn is_yaml(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}

fn is_organisation(path: &str) -> bool {
    path.strip_prefix("profiles/").and_then(|path| path.split_once('/')).is_some_and(|(_, file)| file == "organisation.yaml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(path: &str, text: &str) -> Said {
        said(&Arc::new(SourceText { path: path.to_owned(), text: text.to_owned() }))
    }

    #[test]
    fn a_clause_is_an_input_of_its_own() {
        let path = "profiles/test/organisation.yaml";
        let before = of(path, "name: A\nclauses:\n  one: {text: One}\n  two: {text: Two}\n");
        let names: Vec<_> = before.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, [path, "profiles/test/organisation.yaml#clauses.one", "profiles/test/organisation.yaml#clauses.two"]);
        assert!(names.iter().all(|name| file_of(name) == path));
        let other = |text: &str| {
            let after = of(path, text);
            before.iter().zip(&after).map(|(one, other)| one != other).collect::<Vec<_>>()
        };
        assert_eq!(other("# a comment\nname: A\nclauses: {one: {text: One}, two: {text: \"Two\"}}\n"), [false, false, true]);
        assert_eq!(other("name: A\nclauses:\n  one: {text: Other}\n  two: {text: Two}\n"), [false, true, false]);
        assert_eq!(other("name: B\nclauses:\n  one: {text: One}\n  two: {text: Two}\n"), [true, false, false]);
        assert_eq!(other("name: A\nclauses:\n  one: {text: One}\n"), [true, false]);
    }

    #[test]
    fn what_is_no_yaml_counts_by_its_bytes() {
        assert_eq!(of("profiles/a/b.yaml", "a: [").first().map(|(_, digest)| *digest), Some(Digest::of(b"a: [")));
        assert_ne!(of("templates/a.md", "a: 1"), of("templates/a.md", "a:  1"));
        assert_eq!(of("profiles/a/b.yaml", "a: 1"), of("profiles/a/b.yaml", "a:  1 # one"));
        assert_eq!(file_of("templates/a#clauses.b.typ"), "templates/a#clauses.b.typ");
    }
}
