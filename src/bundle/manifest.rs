//! `manifest.json`: what is in a bundle and what it was made from.

use serde::{Deserialize, Serialize};

use super::{BundleFile, sha256};
use crate::layout::Audience;
use crate::project::{Digest, Inputs, PackId};

/// The manifest of a bundle. Paths are relative to the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Manifest {
    /// Folder of the organisation.
    pub organisation: String,
    /// Name of the pack.
    pub pack: String,
    /// Name of the layout.
    pub layout: String,
    /// Version of the program that made it.
    pub version: String,
    /// SHA-256 of all that decides the bytes of the files: version, layout, date, names of the files, inputs.
    /// The same id means the same files.
    pub build_id: String,
    /// Date of the documents, `YYYY-MM-DD`.
    pub date: String,
    /// Where the profile stands: `draft`, `approved`, `published`, `withdrawn`.
    pub status: String,
    /// The files, sorted by name.
    pub files: Vec<FileEntry>,
    /// The inputs, sorted by path.
    pub inputs: Vec<InputEntry>,
}

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct FileEntry {
    /// Name within the bundle.
    pub path: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub size: usize,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Who reads it: `candidate` or `panel`.
    #[serde(default)]
    pub audience: Audience,
    /// Pages, for formats that have them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<usize>,
}

/// An input of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct InputEntry {
    /// Path relative to the project. A clause of an organisation is an input of its own: `<path>#clauses.<name>`; the path alone
    /// stands for the rest of that file.
    pub path: String,
    /// SHA-256 in hexadecimal: of YAML that of its values, whatever its comments and layout; of anything else that of its
    /// bytes.
    pub sha256: String,
}

impl Manifest {
    /// Entries of files, sorted by name.
    ///
    /// - digest: that of a file by its name, where it is known already
    pub fn entries(files: &[BundleFile], digest: impl Fn(&str) -> Option<Digest>) -> Vec<FileEntry> {
        let mut entries: Vec<FileEntry> = files
            .iter()
            .map(|file| FileEntry {
                path: file.name.clone(),
                media_type: file.media_type.to_owned(),
                size: file.bytes.len(),
                sha256: digest(&file.name).unwrap_or_else(|| Digest::of(&file.bytes)).to_string(),
                audience: file.audience,
                pages: file.pages,
            })
            .collect();
        entries.sort_by(|a, b| a.path.cmp(&b.path));
        entries
    }

    /// Entries of the inputs that are there, sorted; of folders, only what was read of them is one.
    pub fn inputs(inputs: &Inputs) -> Vec<InputEntry> {
        let entry = |(name, digest): (&str, Option<Digest>)| {
            let sha256 = digest.filter(|_| !name.ends_with('/'))?.to_string();
            Some(InputEntry { path: name.to_owned(), sha256 })
        };
        let mut inputs: Vec<InputEntry> = inputs.iter().filter_map(entry).collect();
        inputs.sort();
        inputs
    }

    /// The id that follows from the rest of the manifest; sizes and digests of the files don't count.
    pub fn build_id(&self) -> String {
        let names: Vec<&str> = self.files.iter().map(|file| file.path.as_str()).collect();
        let made_by = (&self.version, &self.organisation, &self.pack, &self.layout, &self.date);
        sha256(&serde_json::to_vec(&(made_by, names, &self.inputs)).unwrap_or_default())
    }

    /// The manifest as it is written.
    pub fn to_json(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).unwrap_or_default();
        text.push(b'\n');
        text
    }

    /// The manifest of the zip for one audience: it names no file of the other.
    pub fn of(&self, audience: Audience) -> Self {
        let files = self.files.iter().filter(|file| file.audience == audience).cloned().collect();
        Self { files, ..self.clone() }
    }

    /// The folder of a pack within the output folder.
    pub fn folder(id: &PackId) -> String {
        format!("{}/{}", id.organisation, id.name)
    }

    /// The zip of a pack for one audience, within the output folder.
    pub fn archive(id: &PackId, audience: Audience) -> String {
        match audience {
            Audience::Candidate => format!("{}/{}.zip", id.organisation, id.name),
            Audience::Panel => format!("{}/{}-panel.zip", id.organisation, id.name),
        }
    }
}
