//! Programs of others that judge files: veraPDF, Microsoft's Open XML SDK, axe-core in Chromium, ajv, Microsoft's
//! validator of SARIF; and that read and save them: python-docx, LibreOffice.
//!
//! `tests/validators/install` puts them into a cache outside the repository when they are missing. A judge that can't
//! be asked is a failure, never a pass.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// What a validator holds against a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file.
    pub file: PathBuf,
    /// What is wrong, with the rule and the place.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file.display(), self.text)
    }
}

/// Fails with all findings, if there are any.
#[track_caller]
pub fn none(findings: &[Finding]) {
    let text: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), text.join("\n"));
}

/// The folder of the validators, filled if need be.
pub fn tools() -> &'static Path {
    static TOOLS: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let tools = TOOLS.get_or_init(|| {
        let install = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validators/install");
        // Its messages go to the terminal as they come: a first set-up takes a while.
        let run = Command::new(&install).stderr(std::process::Stdio::inherit()).output();
        let run = run.map_err(|error| format!("{} can't be run: {error}", install.display()))?;
        let folder = String::from_utf8_lossy(&run.stdout).trim().to_owned();
        if run.status.success() { Ok(folder.into()) } else { Err("its messages are above".into()) }
    });
    match tools {
        Ok(folder) => folder,
        Err(why) => panic!("tests/validators/install could not install the validators: {why}"),
    }
}

/// PDF files against PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3), with veraPDF.
pub fn check_pdfs(files: &[impl AsRef<Path>]) -> Vec<Finding> {
    let tools = tools();
    let classes = format!("{}:{}", tools.join("verapdf.jar").display(), tools.join("java").display());
    let mut java = Command::new("java");
    java.args(["-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", &classes, "VeraCheck"]);
    let output = run(java.args(paths(files)));
    let (mut findings, mut verdicts) = (Vec::new(), BTreeMap::new());
    for line in output.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        match fields.as_slice() {
            ["finding", file, flavour, rule, times, message, place] => findings.push(Finding {
                file: file.into(),
                text: format!("{flavour} {rule}: {message} ({times} times) {place}"),
            }),
            ["verdict", file, flavour, right, checks] => {
                let checked = checks.parse::<usize>().is_ok_and(|checks| checks > 0);
                verdicts.insert((PathBuf::from(file), (*flavour).to_owned()), *right == "true" && checked);
            }
            _ => panic!("veraPDF said {line:?}"),
        }
    }
    for file in files {
        for flavour in ["ua1", "3a"] {
            let key = (file.as_ref().to_owned(), flavour.to_owned());
            let right = *verdicts.get(&key).unwrap_or_else(|| panic!("veraPDF says nothing of {} ({flavour})", key.0.display()));
            let explained = findings.iter().any(|finding| finding.file == key.0 && finding.text.starts_with(flavour));
            if !right && !explained {
                findings.push(Finding { file: key.0, text: format!("{flavour}: not valid; veraPDF does not say why") });
            }
        }
    }
    findings
}

/// DOCX files against the schemas and rules of Microsoft's Open XML SDK.
pub fn check_docx(files: &[impl AsRef<Path>]) -> Vec<Finding> {
    node("docx.mjs", &[], files)
}

/// HTML files against axe-core's WCAG rules, in Chromium, at 320, 768 and 1280 pixels, in light, dark and print.
pub fn check_html(files: &[impl AsRef<Path>]) -> Vec<Finding> {
    node("html.mjs", &[], files)
}

/// JSON files against a JSON Schema.
pub fn check_schema(schema: &Path, files: &[impl AsRef<Path>]) -> Vec<Finding> {
    node("schema.mjs", &[schema.as_os_str()], files)
}

/// Logs of SARIF against the standard's schema and rules.
pub fn check_sarif(files: &[impl AsRef<Path>]) -> Vec<Finding> {
    node("sarif.mjs", &[], files)
}

/// What python-docx sees of DOCX files, and where it put a copy of each with one more paragraph: into `folder`.
pub fn python_docx(folder: &Path, files: &[impl AsRef<Path>]) -> Vec<serde_json::Value> {
    let tools = tools();
    let mut python = Command::new("python3");
    let output = run(python.env("PYTHONPATH", tools.join("python")).arg(tools.join("docx_read.py")).arg(folder).args(paths(files)));
    output.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("docx_read.py said {line:?}"))).collect()
}

/// DOCX files, opened and saved by LibreOffice into `folder` under their own names.
pub fn saved_by_libre_office(folder: &Path, files: &[impl AsRef<Path>]) -> Vec<PathBuf> {
    tools();
    let profile = tempfile::tempdir().expect("a temporary folder");
    let mut office = Command::new("soffice");
    office.arg(format!("-env:UserInstallation=file://{}", profile.path().display()));
    run(office.args(["--headless", "--convert-to", "docx", "--outdir"]).arg(folder).args(paths(files)));
    let names = files.iter().map(|file| file.as_ref().file_name().expect("a file has a name"));
    names.map(|name| folder.join(name)).collect()
}

fn node(script: &str, before: &[&OsStr], files: &[impl AsRef<Path>]) -> Vec<Finding> {
    let output = run(Command::new("node").arg(tools().join("node").join(script)).args(before).args(paths(files)));
    let mut judged = BTreeMap::new();
    for line in output.lines() {
        let said: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{script} said {line:?}"));
        let file = said["file"].as_str().unwrap_or_else(|| panic!("{script} said {line:?}"));
        let findings: Vec<String> = serde_json::from_value(said["findings"].clone()).unwrap_or_else(|_| panic!("{script} said {line:?}"));
        judged.insert(PathBuf::from(file), findings);
    }
    let of = |file: &Path| {
        let texts = judged.remove(file).unwrap_or_else(|| panic!("{script} says nothing of {}", file.display()));
        texts.into_iter().map(|text| Finding { file: file.to_owned(), text }).collect::<Vec<_>>()
    };
    let mut of = of;
    files.iter().flat_map(|file| of(file.as_ref())).collect()
}

fn paths(files: &[impl AsRef<Path>]) -> impl Iterator<Item = &OsStr> {
    assert!(!files.is_empty(), "there is no file to check");
    files.iter().map(|file| file.as_ref().as_os_str())
}

/// Standard output of a command that must succeed.
fn run(command: &mut Command) -> String {
    let Output { status, stdout, stderr } =
        command.output().unwrap_or_else(|error| panic!("{command:?} can't be run: {error}"));
    let stderr = String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{command:?} failed ({status}):\n{stderr}");
    String::from_utf8(stdout).unwrap_or_else(|_| panic!("{command:?} wrote bytes that are not text"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::docx::Docx;
    use crate::packs;

    /// A file whose bytes have `to` in place of the first `from`.
    fn spoiled(folder: &Path, name: &str, bytes: &[u8], from: &str, to: &str) -> PathBuf {
        let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap_or_else(|| panic!("{name} has no {from:?}"));
        let path = folder.join(name);
        std::fs::write(&path, [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()).expect("a file is written");
        path
    }

    #[track_caller]
    fn found(findings: &[Finding], words: &str) {
        assert!(findings.iter().any(|finding| finding.text.contains(words)), "{words:?} is not among {findings:#?}");
    }

    #[test]
    fn every_judge_finds_a_spoiled_file() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let read = |ending: &str| std::fs::read(&packs::files(ending)[0]).expect("a file of a pack");

        let pdf = spoiled(folder.path(), "bad.pdf", &read(".pdf"), "<pdfuaid:part>1<", "<pdfuaid:part>7<");
        found(&check_pdfs(&[pdf]), "ua1 5");

        let docx = Docx::read(&packs::files(".docx")[0]);
        let path = folder.path().join("bad.docx");
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).expect("a file"));
        for (name, bytes) in &docx.parts {
            let text = String::from_utf8_lossy(bytes).replacen("<w:body>", "<w:body><w:nonsense/>", 1);
            let bytes = if name == "word/document.xml" { text.as_bytes() } else { bytes };
            zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("an entry");
            zip.write_all(bytes).expect("an entry is written");
        }
        zip.finish().expect("a zip");
        found(&check_docx(&[path]), "nonsense");

        let html = spoiled(folder.path(), "bad.html", &read(".html"), "<html lang=\"en-GB\"", "<html");
        found(&check_html(&[html]), "html-has-lang");
    }
}
