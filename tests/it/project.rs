//! Runs the program as someone who installed it would: a copy of the binary, a project in a folder of its own.
//!
//! ```ignore
//! let run = Project::ours().write("profiles/gla/new.yaml", TEXT).build(&["gla/new"]);
//! run.status(1).says("unknown-field");
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};

use tempfile::TempDir;

/// A project in a temporary folder.
pub struct Project {
    folder: Arc<TempDir>,
    environment: Vec<(String, String)>,
}

/// What a run of the program left behind.
pub struct Run {
    /// The command line, for messages.
    pub command: String,
    /// Exit status; `None` when a signal ended it.
    pub status: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The output folder of `build`.
    pub out: PathBuf,
    /// Keeps the project's folder for as long as somebody may read what was written.
    _folder: Arc<TempDir>,
}

/// The program, installed: a copy in a folder of its own, far from the repository.
pub fn installed() -> &'static Path {
    static BINARY: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = BINARY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("jobpack");
        fs::copy(env!("CARGO_BIN_EXE_jobpack"), &path).expect("the binary is copied");
        (folder, path)
    });
    path
}

/// The repository.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Project {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { folder: Arc::new(tempfile::tempdir().expect("a temporary folder")), environment: Vec::new() }
    }

    /// A copy of the repository's own `profiles/`. Layouts and fonts are those within the binary.
    pub fn ours() -> Self {
        Self::empty().copy("profiles")
    }

    /// One council with a small brand and one pack, `test/good`.
    pub fn small() -> Self {
        Self::empty()
            .write("profiles/test/organisation.yaml", ORGANISATION)
            .write("profiles/test/_brand.yml", BRAND)
            .write("profiles/test/good.yaml", PROFILE)
    }

    /// Copies a folder of the repository into the project.
    pub fn copy(self, folder: &str) -> Self {
        for (path, bytes) in files(&repository().join(folder)) {
            self.put(&format!("{folder}/{path}"), &bytes);
        }
        self
    }

    /// Writes a file.
    pub fn write(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.put(path, content.as_ref());
        self
    }

    /// Replaces text in a file; it must stand there, once.
    #[track_caller]
    pub fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{path} should have {from:?} once");
        self.write(path, text.replace(from, to))
    }

    /// Sets a variable of the environment that the program sees.
    pub fn environment(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// Text of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Where a file of the project is.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder is made");
        fs::write(path, bytes).expect("a file is written");
    }

    /// Runs `jobpack build` for some packs, or for all if none is named, into `dist`.
    pub fn build(&self, packs: &[&str]) -> Run {
        self.build_into("dist", packs)
    }

    /// Runs `jobpack build` into a folder of the project.
    pub fn build_into(&self, out: &str, packs: &[&str]) -> Run {
        let mut arguments = vec!["build", "--out", out];
        arguments.extend(packs);
        let mut run = self.run(&arguments);
        run.out = self.path(out);
        run
    }

    /// Runs the program in the project's folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(Command::new(installed()), arguments)
    }

    /// Runs the program through another, such as `faketime`.
    pub fn run_with(&self, mut command: Command, arguments: &[&str]) -> Run {
        command.args(arguments).current_dir(self.folder.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("JOBPACK_") || name == "SOURCE_DATE_EPOCH") {
            command.env_remove(name);
        }
        command.env("NO_COLOR", "1").envs(self.environment.iter().cloned()).stdin(std::process::Stdio::null());
        let Output { status, stdout, stderr } = command.output().expect("the program can be run");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        let (stdout, stderr) = (text(stdout), text(stderr));
        let run = Run {
            command: format!("jobpack {}", arguments.join(" ")),
            status: status.code(),
            stdout,
            stderr,
            out: self.path("dist"),
            _folder: Arc::clone(&self.folder),
        };
        assert!(!run.stderr.contains("panicked at"), "{} panicked:\n{}", run.command, run.stderr);
        run
    }
}

impl Run {
    /// Demands an exit status.
    #[track_caller]
    pub fn status(self, expected: i32) -> Self {
        let Self { command, status, stdout, stderr, .. } = &self;
        assert_eq!(*status, Some(expected), "{command}\n--- standard output\n{stdout}\n--- standard error\n{stderr}");
        self
    }

    /// Demands words in the messages.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "{} should say {words:?}, but says\n{}", self.command, self.stderr);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{}: {error}\n{}", self.command, self.stdout))
    }

    /// What it wrote, by path within the output folder.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.out)
    }

    /// A file that it wrote.
    pub fn file(&self, path: &str) -> PathBuf {
        let path = self.out.join(path);
        assert!(path.is_file(), "{} did not write {}; there are {:?}", self.command, path.display(), self.files().keys());
        path
    }
}

/// Every file under a folder, by path with `/`; none if there is no such folder.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for path in entries.map(|entry| entry.expect("an entry can be read").path()) {
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).expect("it is in the folder").to_str().expect("its name is UTF-8");
            found.insert(name.to_owned(), fs::read(&path).expect("a file can be read"));
        }
    }
    found
}

/// Entries of a zip, by name.
pub fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("it is a zip");
    let mut entries = BTreeMap::new();
    for at in 0..zip.len() {
        let mut entry = zip.by_index(at).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("an entry can be read");
        entries.insert(entry.name().expect("a name is text").into_owned(), bytes);
    }
    entries
}

const ORGANISATION: &str = "\
kind: organisation
name: Testham Council
sector: council
nation: England
language: en-GB
layout: council
";

pub const BRAND: &str = "\
meta:
  name: Testham
color:
  palette:
    ink: '#1A1A1A'
    paper: '#FFFFFF'
    sea: '#0B3F5C'
    rust: '#8F3A00'
    mist: '#E6EEF2'
  foreground: ink
  background: paper
  primary: sea
  secondary: rust
  tertiary: mist
  light: mist
  dark: ink
typography:
  fonts:
    - family: Public Sans
      source: file
      files:
        - {path: ../../fonts/public-sans/PublicSans-Regular.ttf, weight: 400, style: normal}
        - {path: ../../fonts/public-sans/PublicSans-Italic.ttf, weight: 400, style: italic}
        - {path: ../../fonts/public-sans/PublicSans-Bold.ttf, weight: 700, style: normal}
        - {path: ../../fonts/public-sans/PublicSans-BoldItalic.ttf, weight: 700, style: italic}
    - family: Jobpack Symbols
      source: file
      files:
        - {path: ../../fonts/jobpack-symbols/JobpackSymbols-Regular.ttf, weight: 400, style: normal}
  base: {family: Public Sans, size: 12pt, weight: 400, line-height: 1.5}
  headings: {family: Public Sans, weight: 700, line-height: 1.2, color: primary}
";

/// A small profile; `test/good` is made of it, and cases add to it.
pub const PROFILE: &str = "\
kind: profile
status: draft
revised_on: 2026-01-05
post_title: Lamp Keeper
grade: Grade 4
purpose:
  - id: purpose
    text: To keep the lamp.
accountabilities:
  - id: duties
    list:
      marker: decimal
      items:
        - {id: a1, text: Light the lamp at dusk.}
        - {id: a2, text: Put it out at dawn.}
person_specification:
  groups:
    - id: skills
      heading: Skills
      criteria:
        - {id: s1, text: Can climb stairs, requirement: essential, assessed_by: [interview]}
parts:
  job_description:
    title: Job description
    sections: [facts, purpose, accountabilities]
  person_specification:
    title: Person specification
    sections: [person_specification]
";
