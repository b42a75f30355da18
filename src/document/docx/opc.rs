//! The package (ISO/IEC 29500-2): parts, their content types, their relationships, and the ZIP they travel in.
//!
//! The same parts always give the same bytes: entries in the order they were added, timestamps of 1 January 1980.
//! Nothing here knows what a part says.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};

use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::xml::Xml;

/// Relationship types (ISO/IEC 29500-1 clause 11.3 and 15.2).
pub(super) mod relationship {
    /// Stem of most types.
    macro_rules! office {
        ($name:literal) => {
            concat!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/", $name)
        };
    }
    pub(in super::super) const DOCUMENT: &str = office!("officeDocument");
    pub(in super::super) const EXTENDED: &str = office!("extended-properties");
    pub(in super::super) const STYLES: &str = office!("styles");
    pub(in super::super) const NUMBERING: &str = office!("numbering");
    pub(in super::super) const SETTINGS: &str = office!("settings");
    pub(in super::super) const WEB_SETTINGS: &str = office!("webSettings");
    pub(in super::super) const THEME: &str = office!("theme");
    pub(in super::super) const FONT_TABLE: &str = office!("fontTable");
    pub(in super::super) const FONT: &str = office!("font");
    pub(in super::super) const FOOTNOTES: &str = office!("footnotes");
    pub(in super::super) const HEADER: &str = office!("header");
    pub(in super::super) const FOOTER: &str = office!("footer");
    pub(in super::super) const IMAGE: &str = office!("image");
    pub(in super::super) const HYPERLINK: &str = office!("hyperlink");
    pub(in super::super) const CORE: &str =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
}

/// Content type of a WordprocessingML part: `word_part("styles")`.
pub(super) fn word_part(kind: &str) -> String {
    format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml")
}

/// Relationships of one part; the same target twice is one relationship.
#[derive(Debug, Default)]
pub(super) struct Relationships {
    items: Vec<(&'static str, String, bool)>,
}

impl Relationships {
    /// Relationship to another part; the target is relative to the folder of this one.
    pub(super) fn part(&mut self, kind: &'static str, target: &str) -> String {
        self.add(kind, target, false)
    }

    /// Relationship to an address outside the package.
    pub(super) fn external(&mut self, kind: &'static str, target: &str) -> String {
        self.add(kind, target, true)
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The relationships part.
    pub(super) fn to_xml(&self) -> String {
        let mut xml = Xml::part();
        xml.open("Relationships", &[("xmlns", &"http://schemas.openxmlformats.org/package/2006/relationships")]);
        for (index, (kind, target, external)) in self.items.iter().enumerate() {
            let id = format!("rId{}", index + 1);
            let mut attributes: Vec<super::xml::Attribute<'_>> = vec![("Id", &id), ("Type", kind), ("Target", target)];
            if *external {
                attributes.push(("TargetMode", &"External"));
            }
            xml.empty("Relationship", &attributes);
        }
        xml.close("Relationships");
        xml.finish().0
    }

    fn add(&mut self, kind: &'static str, target: &str, external: bool) -> String {
        let known = self.items.iter().position(|(k, t, e)| *k == kind && t == target && *e == external);
        let index = known.unwrap_or_else(|| {
            self.items.push((kind, target.to_owned(), external));
            self.items.len() - 1
        });
        format!("rId{}", index + 1)
    }
}

/// Content types of a package (ISO/IEC 29500-2 clause 10.1.2).
#[derive(Debug, Default, Clone)]
pub(super) struct ContentTypes {
    defaults: BTreeSet<(&'static str, &'static str)>,
    overrides: BTreeMap<String, String>,
}

impl ContentTypes {
    /// Content type of every part with this extension.
    pub(super) fn extension(&mut self, extension: &'static str, content_type: &'static str) {
        self.defaults.insert((extension, content_type));
    }

    /// Content type of one part; its name without the leading slash.
    pub(super) fn part(&mut self, name: &str, content_type: impl Into<String>) {
        self.overrides.insert(format!("/{name}"), content_type.into());
    }

    fn to_xml(&self) -> String {
        let mut xml = Xml::part();
        xml.open("Types", &[("xmlns", &"http://schemas.openxmlformats.org/package/2006/content-types")]);
        for (extension, content_type) in &self.defaults {
            xml.empty("Default", &[("Extension", extension), ("ContentType", content_type)]);
        }
        for (name, content_type) in &self.overrides {
            xml.empty("Override", &[("PartName", name), ("ContentType", content_type)]);
        }
        xml.close("Types");
        xml.finish().0
    }
}

/// Entries that many packages share, compressed once.
#[derive(Debug, Clone)]
pub(super) struct SharedEntries {
    archive: Vec<u8>,
}

impl SharedEntries {
    /// Compresses the entries.
    pub(super) fn new(entries: &[(String, Vec<u8>)]) -> ZipResult<Self> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            zip.start_file(name, options(name, SMALL))?;
            zip.write_all(bytes)?;
        }
        Ok(Self { archive: zip.finish()?.into_inner() })
    }
}

/// A package under construction.
#[derive(Debug)]
pub(super) struct Package {
    /// Content types of the parts.
    pub(super) types: ContentTypes,
    entries: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// A package that begins with these content types: those of the shared entries.
    pub(super) fn new(types: ContentTypes) -> Self {
        Self { types, entries: Vec::new() }
    }

    /// Adds an entry.
    pub(super) fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        self.entries.push((name.into(), bytes.into()));
    }

    /// Adds the relationships of the part `name`, if it has any.
    pub(super) fn add_relationships(&mut self, name: &str, relationships: &Relationships) {
        if !relationships.is_empty() {
            let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
            let separator = if folder.is_empty() { "" } else { "/" };
            self.add(format!("{folder}{separator}_rels/{file}.rels"), relationships.to_xml());
        }
    }

    /// The ZIP: content types first, then the entries as added, then the shared ones.
    pub(super) fn finish(self, shared: [&SharedEntries; 2]) -> ZipResult<Vec<u8>> {
        let capacity = shared.iter().map(|shared| shared.archive.len()).sum::<usize>() + self.entries.iter().map(|(_, bytes)| bytes.len() / 2 + 512).sum::<usize>();
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(capacity)));
        let name = "[Content_Types].xml";
        zip.start_file(name, options(name, QUICK))?;
        zip.write_all(self.types.to_xml().as_bytes())?;
        for (name, bytes) in &self.entries {
            zip.start_file(name, options(name, QUICK))?;
            zip.write_all(bytes)?;
        }
        for shared in shared {
            let mut archive = ZipArchive::new(Cursor::new(shared.archive.as_slice()))?;
            for index in 0..archive.len() {
                zip.raw_copy_file(archive.by_index_raw(index)?)?;
            }
        }
        Ok(zip.finish()?.into_inner())
    }
}

/// Level of compression for what is packed once for many documents.
const SMALL: i64 = 9;

/// Level of compression for what is packed for each document: half the time of the usual 6, for a few hundred bytes more.
const QUICK: i64 = 1;

/// Pictures are compressed already and are stored as they are.
fn options(name: &str, level: i64) -> SimpleFileOptions {
    let stored = [".png", ".jpg"].iter().any(|extension| name.ends_with(extension));
    SimpleFileOptions::default()
        .compression_method(if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated })
        .compression_level((!stored).then_some(level))
        .last_modified_time(DateTime::DEFAULT)
        .unix_permissions(0o644)
}
