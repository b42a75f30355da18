//! How long each stage of a pack took. Times go into reports and benchmarks, never into an output.

use std::time::{Duration, Instant};

/// The stages of a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Layers merged, worded and checked.
    Assemble,
    /// The view composed and written as JSON.
    Compose,
    /// Typst: pages.
    Pages,
    /// Typst: html target.
    Semantic,
    /// The semantic tree made, and held against the pages.
    Tree,
    /// Typst: PDF export.
    Pdf,
    /// The PDF made small.
    Compact,
    /// Word file written.
    Docx,
    /// Web page written.
    Html,
    /// Plain text written.
    Text,
    /// Manifest and zip.
    Bundle,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 11] = [
        Self::Assemble,
        Self::Compose,
        Self::Pages,
        Self::Semantic,
        Self::Tree,
        Self::Pdf,
        Self::Compact,
        Self::Docx,
        Self::Html,
        Self::Text,
        Self::Bundle,
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Assemble => "assemble",
            Self::Compose => "compose",
            Self::Pages => "pages",
            Self::Semantic => "semantic",
            Self::Tree => "tree",
            Self::Pdf => "pdf",
            Self::Compact => "compact",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Text => "text",
            Self::Bundle => "bundle",
        }
    }

    /// Whether the time is Typst's and not ours.
    pub fn is_typst(self) -> bool {
        matches!(self, Self::Pages | Self::Semantic | Self::Pdf)
    }
}

/// Time by stage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stages([Duration; 11]);

impl Stages {
    /// Time of one stage.
    pub fn of(&self, stage: Stage) -> Duration {
        self.0[stage as usize]
    }

    /// Adds the times of another pack.
    pub fn add(&mut self, other: &Self) {
        for (sum, more) in self.0.iter_mut().zip(other.0) {
            *sum += more;
        }
    }
}

/// Measures stages one after the other.
#[derive(Debug)]
pub(super) struct Clock {
    last: Instant,
    pub(super) stages: Stages,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { last: Instant::now(), stages: Stages::default() }
    }

    /// Gives the time since the last lap to no stage: others have measured it.
    pub(super) fn skip(&mut self) {
        self.last = Instant::now();
    }

    /// Gives the time since the last lap to `stage`.
    pub(super) fn lap(&mut self, stage: Stage) {
        let now = Instant::now();
        self.stages.0[stage as usize] += now - self.last;
        self.last = now;
    }
}
