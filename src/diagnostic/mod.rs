//! One shape for everything that is wrong: severity, code, message, place, hints and the trace of layers.
//!
//! Diagnostics are plain data. They never print themselves: [`emit`] turns them into text or JSON for whoever asked.
//! A place is a file and a byte range; line and column are worked out when it is shown.

mod alone;
pub mod emit;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A file as it was read, kept for as long as anything points into it.
///
/// `path` is relative to the project, with `/` between its parts; that is how messages, manifests and machine-readable
/// output name a file.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct SourceText {
    /// Path relative to the project.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// A place in a file: a byte range of its text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Span {
    /// The file.
    pub file: Arc<SourceText>,
    /// Byte range; empty for a point.
    pub range: Range<usize>,
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.file.path)
    }
}

impl Span {
    /// A span over `range` of `file`.
    pub fn new(file: &Arc<SourceText>, range: Range<usize>) -> Self {
        Self { file: Arc::clone(file), range }
    }

    /// Line and column of the start, both from 1; columns count Unicode scalar values.
    pub fn line_column(&self) -> (usize, usize) {
        let start = self.range.start.min(self.file.text.len());
        let before = self.file.text.get(..start).unwrap_or_default();
        // A line ends with a line feed, a carriage return or both, as YAML has it (1.2.2, section 5.4).
        let bytes = before.as_bytes();
        let ends = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && self.file.text.as_bytes().get(at + 1) != Some(&b'\n');
        let line_start = (0..bytes.len()).rfind(ends).map_or(0, |at| at + 1);
        let line = (0..line_start).filter(ends).count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }

    /// The text that the span covers.
    pub fn text(&self) -> &str {
        self.file.text.get(self.range.clone()).unwrap_or_default()
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Advice,
    /// Probably wrong; the pack is still built.
    Warning,
    /// The pack can't be built.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable name of the kind of finding, in kebab case: `unknown-field`.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// Where.
    pub span: Option<Span>,
    /// Path of the file when there is no text to point into (missing, not UTF-8, a folder).
    pub path: Option<String>,
    /// Field path in the YAML: `person_specification.groups[0].criteria[2].text`.
    pub field: Option<String>,
    /// Other places that matter, each with what it is.
    pub labels: Vec<(Span, String)>,
    /// What to do.
    pub hints: Vec<String>,
    /// Words to put in place of the span, where a program may do that.
    pub fix: Option<String>,
    /// From the innermost outwards: what was being done.
    pub trace: Vec<String>,
}

impl Diagnostic {
    /// An error.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Advice.
    pub fn advice(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Advice, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            span: None,
            path: None,
            field: None,
            labels: Vec::new(),
            hints: Vec::new(),
            fix: None,
            trace: Vec::new(),
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says in which file, where there is no text to point into.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Names the field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds what was being done.
    #[must_use]
    pub fn while_doing(mut self, doing: impl Into<String>) -> Self {
        self.trace.push(doing.into());
        self
    }

    /// Path of the file that it is about, if any.
    pub fn file(&self) -> Option<&str> {
        self.span.as_ref().map(|span| span.file.path.as_str()).or(self.path.as_deref())
    }
}

/// Most findings that are kept of one file, or of one pack.
const MOST: usize = 100;

/// Code of the finding that stands for those that are not shown.
pub const TOO_MANY: &str = "too-many-findings";

/// The first findings of many, and one that says how many more there are: nobody reads the rest, and a file may hold
/// fifty thousand.
pub fn capped(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // One more than that is what this made of a file before.
    let Some(more) = found.len().checked_sub(MOST).filter(|more| *more > 1) else { return found };
    found.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let rest = found.split_off(MOST);
    let severity = rest.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Advice);
    let mut last = Diagnostic::new(severity, TOO_MANY, format!("there are {more} more findings"));
    last.path = rest.first().and_then(|finding| finding.file().map(str::to_owned));
    found.push(last.hint("mend these first, then look again"));
    found
}

/// The findings without those that say what one before them says, at the same place.
pub fn once(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|finding| {
        let place = finding.span.as_ref().map(|span| (span.range.start, span.range.end));
        seen.insert((finding.code, finding.file().map(str::to_owned), place, finding.message.clone()))
    });
    found
}

/// A value with the findings that do not stop it.
pub type Found<T> = Result<(T, Vec<Diagnostic>), Vec<Diagnostic>>;

/// The name among `known` that `given` was probably meant to be: Damerau-Levenshtein distance of at most a third of
/// its length. A name of more than 64 characters was not mistyped.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = given.chars().count();
    let limit = (length / 3).max(1);
    known
        .into_iter()
        .filter(|_| length <= 64)
        .map(|name| (strsim::damerau_levenshtein(given, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}
