//! Lines of plain text: wrapped, indented, a blank line between blocks.

/// Longest line, unless one word is longer.
pub(super) const WIDTH: usize = 72;

/// Text under construction.
#[derive(Debug, Default)]
pub(super) struct Lines {
    out: String,
    /// Columns before every line.
    indent: usize,
    /// What stands in the indent of the next line: the number of an item.
    marker: Option<String>,
    /// Whether the next line is set apart by a blank one.
    apart: bool,
}

impl Lines {
    /// Sets what comes apart from what is there. The words of an item stand right behind its marker.
    pub(super) fn gap(&mut self) {
        self.apart |= !self.out.is_empty() && self.marker.is_none();
    }

    /// Lets what comes follow directly.
    pub(super) fn no_gap(&mut self) {
        self.apart = false;
    }

    /// What comes stands further in, its first line behind `marker`; until [`Self::outdent`] by as many columns.
    pub(super) fn item(&mut self, marker: &str) -> usize {
        // An item that begins with a list: its marker has a line of its own.
        if self.marker.is_some() {
            self.line("");
        }
        let columns = marker.chars().count();
        self.marker = Some(marker.to_owned());
        self.indent(columns)
    }

    /// What comes stands further in.
    pub(super) fn indent(&mut self, columns: usize) -> usize {
        self.indent += columns;
        columns
    }

    /// Ends an item or an indent.
    pub(super) fn outdent(&mut self, columns: usize) {
        if self.marker.is_some() {
            self.line("");
        }
        self.indent = self.indent.saturating_sub(columns);
    }

    /// A paragraph: lines as the text has them, each wrapped, with `hanging` columns more before those after the first.
    /// Returns the columns of the longest.
    pub(super) fn paragraph(&mut self, text: &str, hanging: usize) -> usize {
        let mut longest = 0;
        for line in text.lines() {
            let mut first = true;
            for wrapped in wrap(line, WIDTH.saturating_sub(self.indent), hanging) {
                longest = longest.max(wrapped.chars().count());
                let columns = self.indent(if first { 0 } else { hanging });
                self.line(&wrapped);
                self.indent -= columns;
                first = false;
            }
        }
        longest
    }

    /// One line as it is.
    pub(super) fn line(&mut self, text: &str) {
        if std::mem::take(&mut self.apart) {
            self.out.push('\n');
        }
        let start = match self.marker.take() {
            Some(marker) => format!("{}{marker}", " ".repeat(self.indent.saturating_sub(marker.chars().count()))),
            None => " ".repeat(self.indent),
        };
        self.out.push_str(format!("{start}{text}").trim_end_matches(' '));
        self.out.push('\n');
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// Breaks a line at spaces. A non-breaking space is none, and a word that is too long stays whole.
fn wrap(line: &str, width: usize, hanging: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut current = String::new();
    for word in line.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let room = if lines.is_empty() { width } else { width.saturating_sub(hanging) };
        if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > room {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    if !current.is_empty() {
        lines.push(current);
    }
    lines
}
