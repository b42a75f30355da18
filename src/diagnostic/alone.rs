//! Findings and places that outlive the texts they were made in.

use std::ops::Range;
use std::sync::Arc;

use super::{Diagnostic, SourceText, Span};

impl Diagnostic {
    /// The same finding, shown the same, that keeps of each file only the lines it points at: of thousands of packs nobody
    /// needs the texts any more. What could be put in place of the words is not kept, since their bytes are elsewhere now.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.fix = None;
        let mut spans: Vec<&mut Span> = self.span.iter_mut().chain(self.labels.iter_mut().map(|(span, _)| span)).collect();
        let mut kept: Vec<(Arc<SourceText>, Lines)> = Vec::new();
        for span in &spans {
            if !kept.iter().any(|(file, _)| Arc::ptr_eq(file, &span.file)) {
                let ranges = spans.iter().filter(|other| Arc::ptr_eq(&other.file, &span.file)).map(|other| other.range.clone());
                kept.push((Arc::clone(&span.file), Lines::of(&span.file, &ranges.collect::<Vec<_>>())));
            }
        }
        for span in &mut spans {
            if let Some((_, lines)) = kept.iter().find(|(file, _)| Arc::ptr_eq(file, &span.file)) {
                **span = lines.span(&span.range);
            }
        }
        self
    }
}

impl Span {
    /// The same place in a text of which only its lines are left.
    #[must_use]
    pub fn alone(&self) -> Self {
        Lines::of(&self.file, std::slice::from_ref(&self.range)).span(&self.range)
    }
}

/// A text of which most lines are empty.
struct Lines {
    text: Arc<SourceText>,
    /// Of each line where it began, and where it begins.
    starts: Vec<(usize, usize)>,
}

impl Lines {
    /// Keeps the lines that these ranges touch.
    fn of(file: &SourceText, ranges: &[Range<usize>]) -> Self {
        let (mut text, mut starts, mut start) = (String::new(), Vec::new(), 0);
        for line in file.text.split_inclusive('\n') {
            let end = start + line.len();
            starts.push((start, text.len()));
            let is_last = end == file.text.len();
            if ranges.iter().any(|range| (range.start < end || is_last) && range.end >= start) {
                text.push_str(line);
            } else {
                // A carriage return that ends a line by itself is kept from ending it together with what follows.
                let words = line.trim_end_matches(['\r', '\n']);
                text.push_str(&"\r ".repeat(words.matches('\r').count()));
                text.push_str(&line[words.len()..]);
            }
            start = end;
        }
        Self { text: Arc::new(SourceText { path: file.path.clone(), text }), starts }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span { file: Arc::clone(&self.text), range: self.place(range.start)..self.place(range.end) }
    }

    fn place(&self, at: usize) -> usize {
        let line = self.starts.partition_point(|(start, _)| *start <= at).checked_sub(1);
        let (old, new) = line.and_then(|line| self.starts.get(line)).copied().unwrap_or_default();
        new + (at - old)
    }
}

#[cfg(test)]
mod tests {
    use super::super::emit;
    use super::*;

    #[test]
    fn a_finding_alone_is_shown_the_same() {
        let text = "one: 1\r\n\ntwo: \u{e9}\u{1f600} here\nthree: |\n  words\n  more words\n\rfour: 4\nfive: 5";
        let file = Arc::new(SourceText { path: "profiles/a/b.yaml".to_owned(), text: text.to_owned() });
        let ends: Vec<usize> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        for (at, start) in ends.iter().enumerate() {
            for end in &ends[at..] {
                let other = Span::new(&file, 0..3);
                let whole = Diagnostic::warning("test", "a test").at(Span::new(&file, *start..*end)).label(other, "first");
                let alone = whole.clone().alone();
                assert_eq!(emit::to_text(&alone, false), emit::to_text(&whole, false), "{start}..{end}");
                assert_eq!(emit::to_json(&alone), emit::to_json(&whole), "{start}..{end}");
            }
        }
    }

    #[test]
    fn a_finding_alone_keeps_no_text() {
        let text = "a line of a profile\n".repeat(1000);
        let file = Arc::new(SourceText { path: "profiles/a/b.yaml".to_owned(), text });
        let alone = Diagnostic::warning("test", "a test").at(Span::new(&file, 10_005..10_010)).alone();
        let kept = alone.span.map(|span| (span.line_column(), span.file.text.len()));
        assert_eq!(kept, Some(((501, 6), 999 + 20)), "the line, and the ends of the others");
    }
}
