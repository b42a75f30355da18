//! Blocks, with a blank line between them.

use super::Writer;
use super::inlines::words;
use super::lines::{Lines, WIDTH};
use crate::document::fact_runs::{Run, runs};
use crate::document::page_numbers::without_page_numbers;
use crate::document::tree::{Attributes, Block, BlockKind, ContentsEntry, Inline, List, Marker, NumberForm};

/// Columns of a line to write on.
pub(super) const BLANK: usize = 30;

impl Writer<'_> {
    /// Writes blocks, one below the other.
    pub(super) fn each(&mut self, blocks: &[Block]) {
        for run in runs(blocks) {
            let facts = match run {
                Run::Facts(facts) => facts,
                Run::Block(block) => {
                    self.block(block);
                    continue;
                }
            };
            self.out.gap();
            for (name, value) in facts {
                self.fact(&words(name), &words(value));
            }
        }
    }

    pub(super) fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Title(content) => self.heading(0, content),
            BlockKind::Heading { level, content } => self.heading(*level, content),
            BlockKind::Paragraph(content) => self.paragraph(content, &block.attributes),
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => self.table(table, &block.attributes),
            BlockKind::Image(image) => self.words(&image.alt),
            BlockKind::Group(blocks) => self.each(blocks),
            BlockKind::SignatureLine(content) => {
                self.out.gap();
                self.out.paragraph(&format!("{} {}", words(content), "_".repeat(BLANK)), 0);
            }
            BlockKind::Contents(entries) => self.contents(entries),
        }
    }

    /// The title between two lines, the upper headings over one; a deeper one is a line by itself.
    fn heading(&mut self, level: u8, content: &[Inline]) {
        let words = words(content);
        if words.is_empty() {
            return;
        }
        self.out.gap();
        let mut heading = Lines::default();
        let width = heading.paragraph(&words, 0).min(WIDTH);
        let rule = match level {
            0 | 1 => "=",
            2 => "-",
            _ => "",
        };
        if level == 0 {
            self.out.line(&rule.repeat(width));
        }
        self.out.paragraph(&words, 0);
        if !rule.is_empty() {
            self.out.line(&rule.repeat(width));
        }
    }

    fn paragraph(&mut self, content: &[Inline], attributes: &Attributes) {
        let words = words(&without_page_numbers(content));
        // A notice is set apart by its place; what it says it says in words.
        let words = if attributes.style.as_deref() == Some("notice") { format!("*** {words} ***") } else { words };
        self.words(&words);
    }

    fn words(&mut self, words: &str) {
        if !words.trim_matches(['*', ' ']).is_empty() {
            self.out.gap();
            self.out.paragraph(words, 0);
        }
    }

    /// Items follow each other closely where each is a few words.
    fn list(&mut self, list: &List) {
        let short = |item: &Vec<Block>| matches!(item.as_slice(), [one] if matches!(one.kind, BlockKind::Paragraph(_)));
        let close = list.items.iter().all(short);
        for (at, item) in list.items.iter().enumerate() {
            if at == 0 || !close {
                self.out.gap();
            } else {
                self.out.no_gap();
            }
            let marker = marker(&list.marker, list.start.saturating_add(at as u64));
            let columns = self.out.item(&marker);
            self.each(item);
            self.out.outdent(columns);
        }
    }

    fn contents(&mut self, entries: &[ContentsEntry]) {
        if entries.is_empty() {
            return;
        }
        self.heading(1, &[Inline::Text(self.labels.contents.to_owned())]);
        self.out.gap();
        for entry in entries {
            let columns = self.out.indent(usize::from(entry.level.saturating_sub(1)) * 2) + self.out.item("* ");
            self.out.paragraph(&entry.text, 0);
            self.out.outdent(columns);
        }
    }

    /// Footnotes, by the number that the text has in brackets.
    pub(super) fn footnotes(&mut self, notes: &[Vec<Block>]) {
        if notes.is_empty() {
            return;
        }
        self.heading(1, &[Inline::Text(self.labels.footnotes.to_owned())]);
        for (at, note) in notes.iter().enumerate() {
            self.out.gap();
            let columns = self.out.item(&format!("[{}] ", at + 1));
            self.each(note);
            self.out.outdent(columns);
        }
    }
}

/// What stands before an item, with a space behind it.
fn marker(marker: &Marker, number: u64) -> String {
    match marker {
        Marker::Bullet => "* ".to_owned(),
        Marker::Dash => "- ".to_owned(),
        Marker::Number { form, prefix, suffix } => format!("{prefix}{}{suffix} ", counted(*form, number)),
    }
}

/// A number in its form. Letters go on after `z` with `aa`, as in CSS (Counter Styles Level 3, section 3.1.4); a Roman
/// number past 3999 is written in figures.
pub(super) fn counted(form: NumberForm, number: u64) -> String {
    match form {
        NumberForm::Decimal => number.to_string(),
        NumberForm::LowerAlpha => letters(number),
        NumberForm::UpperAlpha => letters(number).to_uppercase(),
        NumberForm::LowerRoman => roman(number),
        NumberForm::UpperRoman => roman(number).to_uppercase(),
    }
}

fn letters(mut number: u64) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or_default()));
        number /= 26;
    }
    if letters.is_empty() { "0".to_owned() } else { letters.iter().rev().collect() }
}

fn roman(mut number: u64) -> String {
    const SIGNS: [(u64, &str); 13] = [
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
        (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            text.push_str(sign);
            number -= value;
        }
    }
    text
}
