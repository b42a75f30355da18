//! What the command line writes, and where: the only place of the program that prints.

use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Color;
use crate::diagnostic::{Diagnostic, Severity, emit};

/// Standard output and standard error, and whether the latter takes colours.
#[derive(Debug)]
pub(super) struct Terminal {
    color: bool,
    interactive: bool,
    /// Whether a result could not be written.
    lost: AtomicBool,
}

impl Terminal {
    /// Decides on colours by flag, `NO_COLOR` and terminal.
    pub(super) fn new(color: Color) -> Self {
        let interactive = std::io::stderr().is_terminal();
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => interactive && !unwanted,
        };
        Self { color, interactive, lost: AtomicBool::new(false) }
    }

    /// A result, on standard output. A reader that has gone away is no fault.
    pub(super) fn result(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let end: &[u8] = if text.ends_with('\n') { b"" } else { b"\n" };
        let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(end)).and_then(|()| out.flush());
        if let Err(error) = written
            && error.kind() != ErrorKind::BrokenPipe
            && !self.lost.swap(true, Ordering::Relaxed)
        {
            let fault = Diagnostic::error("output-not-writable", format!("can't write to standard output: {error}"));
            self.diagnostics(&[fault.hint("what was written is not whole")]);
        }
    }

    /// Whether a result could not be written; that has been said.
    pub(super) fn has_lost(&self) -> bool {
        self.lost.load(Ordering::Relaxed)
    }

    /// A result as JSON, on standard output.
    pub(super) fn json(&self, value: &impl serde::Serialize) {
        self.result(&serde_json::to_string_pretty(value).unwrap_or_default());
    }

    /// A message, on standard error.
    pub(super) fn message(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// Findings with their lines, on standard error, each once.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        let mut seen = std::collections::BTreeSet::new();
        for diagnostic in diagnostics {
            let place = diagnostic.span.as_ref().map(|span| (span.file.path.as_str(), span.range.start, span.range.end));
            let rest = (&diagnostic.path, &diagnostic.field, &diagnostic.hints, &diagnostic.trace);
            if seen.insert((diagnostic.code, diagnostic.message.as_str(), place, rest)) {
                self.message(emit::to_text(diagnostic, self.color).trim_end());
            }
        }
    }

    /// A bar that grows with each pack; hidden where nobody looks.
    pub(super) fn progress(&self, length: usize) -> ProgressBar {
        let target = if self.interactive { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let style = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}");
        ProgressBar::with_draw_target(Some(length as u64), target)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    }

    /// Whether somebody looks at standard error.
    pub(super) fn interactive(&self) -> bool {
        self.interactive
    }
}

/// "3 errors and 1 warning".
pub(super) fn counted(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|found| found.severity == severity).count();
    let (errors, warnings, advice) = (plural(count(Severity::Error), "error"), plural(count(Severity::Warning), "warning"), count(Severity::Advice));
    match advice {
        0 => format!("{errors} and {warnings}"),
        _ => format!("{errors}, {warnings} and {} of advice", plural(advice, "piece")),
    }
}

/// "1 pack", "2 packs".
pub(super) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
