//! A template cut into tokens by Tera's own rules (tera 2.4, `parsing/lexer.rs`), with the byte range of each.
//!
//! Tera keeps its lexer and its syntax tree to itself, and the check of paths needs both. Tera still parses every
//! template, so this room never decides what is allowed: it only says what is there. Where it stops, it says why.

use std::ops::Range;

/// A token inside or outside of tags.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// Words outside of tags, as they are printed (white space control and raw blocks applied).
    Words(&'t str),
    /// `{{`
    PrintStart,
    /// `}}`
    PrintEnd,
    /// `{%`
    TagStart,
    /// `%}`
    TagEnd,
    /// A name or a keyword.
    Name(&'t str),
    /// Text between quotes, escapes resolved.
    Text(String),
    /// A whole number.
    Integer,
    /// A number with a point.
    Float,
    /// `true` or `false`.
    Bool,
    /// An operator or punctuation.
    Sign(&'static str),
}

/// A token with its byte range in the template.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spanned<'t> {
    /// The token.
    pub(super) token: Token<'t>,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// Why and where a template can't be cut into tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stopped {
    /// What stands there.
    pub(super) why: String,
    /// Where.
    pub(super) range: Range<usize>,
}

/// Longer signs first: the first that fits is taken.
const SIGNS: [&str; 31] = [
    "...", "//", "**", "==", "!=", ">=", "<=", "</", "?.", "?[", "+", "-", "*", "/", "%", "!", ".", ",", ":", "~", "|",
    "=", ">", "<", "(", ")", "[", "]", "{", "}", "@",
];

/// Cuts a template into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Spanned<'_>>, Stopped> {
    let mut lexer = Lexer { text, at: 0, trim_next: false, found: Vec::new() };
    while lexer.at < text.len() {
        lexer.outside()?;
    }
    Ok(lexer.found)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// The tag before ended in `-`: white space after it is dropped.
    trim_next: bool,
    found: Vec<Spanned<'t>>,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, token: Token<'t>, start: usize) {
        self.found.push(Spanned { token, range: start..self.at });
    }

    fn stopped(&self, why: impl Into<String>, start: usize) -> Stopped {
        Stopped { why: why.into(), range: start..self.at.max(start) }
    }

    /// Words up to the next tag, or the tag.
    fn outside(&mut self) -> Result<(), Stopped> {
        let start = self.at;
        let rest = self.rest();
        match rest.get(..2) {
            Some("{{") => self.tag(Token::PrintStart, "}}", Token::PrintEnd),
            Some("{%") => match self.raw()? {
                true => Ok(()),
                false => self.tag(Token::TagStart, "%}", Token::TagEnd),
            },
            Some("{#") => self.comment(),
            _ => {
                let length = rest.as_bytes().windows(2).position(|pair| matches!(pair, b"{{" | b"{%" | b"{#"));
                self.at += length.unwrap_or(rest.len());
                let mut words = rest.get(..self.at - start).unwrap_or_default();
                if std::mem::take(&mut self.trim_next) {
                    words = words.trim_start();
                }
                if self.rest().get(2..3) == Some("-") {
                    words = words.trim_end();
                }
                self.push(Token::Words(words), start);
                Ok(())
            }
        }
    }

    fn comment(&mut self) -> Result<(), Stopped> {
        let start = self.at;
        self.at += if self.rest().get(2..3) == Some("-") { 3 } else { 2 };
        let Some(end) = self.rest().find("#}") else {
            self.at = start;
            return Err(self.stopped("a comment without its `#}`", start));
        };
        self.trim_next |= end > 0 && self.rest().as_bytes().get(end - 1) == Some(&b'-');
        self.at += end + 2;
        Ok(())
    }

    /// `{% raw %} ... {% endraw %}`; `false` where another tag starts.
    fn raw(&mut self) -> Result<bool, Stopped> {
        let start = self.at;
        let skip = if self.rest().get(2..3) == Some("-") { 3 } else { 2 };
        let inside = self.rest().get(skip..).unwrap_or_default();
        let Some((body, trim_start)) = whole_tag(inside, "raw") else { return Ok(false) };
        let mut offset = body;
        while let Some(next) = inside.get(offset..).and_then(|rest| rest.find("{%")) {
            let end = offset + next;
            offset = end + 2;
            let rest = inside.get(offset..).unwrap_or_default();
            if let Some((length, trim_after)) = whole_tag(rest, "endraw") {
                let mut words = inside.get(body..end).unwrap_or_default();
                if trim_start || std::mem::take(&mut self.trim_next) {
                    words = words.trim_start();
                }
                if rest.starts_with('-') {
                    words = words.trim_end();
                }
                self.trim_next = trim_after;
                self.at = start + skip + offset + length;
                if self.rest().starts_with('{') && self.rest().get(2..3) == Some("-") {
                    words = words.trim_end();
                }
                self.push(Token::Words(words), start);
                return Ok(true);
            }
        }
        Err(self.stopped("a raw block without its `{% endraw %}`", start))
    }

    /// A tag from its opening to its closing braces.
    fn tag(&mut self, open: Token<'t>, end: &str, close: Token<'t>) -> Result<(), Stopped> {
        let start = self.at;
        self.trim_next = false;
        self.at += if self.rest().get(2..3) == Some("-") { 3 } else { 2 };
        self.push(open, start);
        loop {
            let rest = self.rest();
            let blank = rest.bytes().take_while(u8::is_ascii_whitespace).count();
            self.at += blank;
            let start = self.at;
            let rest = self.rest();
            if rest.is_empty() {
                // Tera reports the missing end at the token before.
                return Ok(());
            }
            let trim = rest.starts_with('-') && rest.get(1..3) == Some(end);
            if trim || rest.starts_with(end) {
                self.at += if trim { 3 } else { 2 };
                self.trim_next = trim;
                self.push(close, start);
                return Ok(());
            }
            self.inside(start)?;
        }
    }

    /// One token inside a tag.
    fn inside(&mut self, start: usize) -> Result<(), Stopped> {
        let rest = self.rest();
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            self.at += sign.len();
            self.push(Token::Sign(sign), start);
            return Ok(());
        }
        match rest.bytes().next() {
            Some(quote @ (b'\'' | b'"' | b'`')) => self.quoted(quote, start),
            Some(digit) if digit.is_ascii_digit() => self.number(start),
            Some(letter) if letter == b'_' || letter.is_ascii_alphabetic() => {
                let length = rest.bytes().take_while(|byte| *byte == b'_' || byte.is_ascii_alphanumeric()).count();
                self.at += length;
                let token = match rest.get(..length).unwrap_or_default() {
                    "true" | "True" | "false" | "False" => Token::Bool,
                    name => Token::Name(name),
                };
                self.push(token, start);
                Ok(())
            }
            _ => {
                let shown = rest.chars().next().unwrap_or_default();
                Err(self.stopped(format!("the character `{shown}`"), start))
            }
        }
    }

    fn number(&mut self, start: usize) -> Result<(), Stopped> {
        let mut point = false;
        let rest = self.rest();
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || (*byte == b'.' && !std::mem::replace(&mut point, true)))
            .count();
        self.at += length;
        let number = rest.get(..length).unwrap_or_default();
        let token = match (number.contains('.'), number.parse::<i64>()) {
            (true, _) => Token::Float,
            (false, Ok(_)) => Token::Integer,
            (false, Err(_)) => return Err(self.stopped(format!("the number `{number}`"), start)),
        };
        self.push(token, start);
        Ok(())
    }

    fn quoted(&mut self, quote: u8, start: usize) -> Result<(), Stopped> {
        let mut escaped = false;
        let length = self.rest().bytes().skip(1).take_while(|byte| {
            let inner = escaped || *byte != quote;
            escaped = !escaped && *byte == b'\\';
            inner
        });
        let length = length.count();
        let Some(content) = self.rest().get(1..=length) else {
            return Err(self.stopped("a text without its closing quote", start));
        };
        if self.rest().as_bytes().get(length + 1) != Some(&quote) {
            return Err(self.stopped("a text without its closing quote", start));
        }
        let mut text = String::with_capacity(content.len());
        let mut chars = content.chars();
        while let Some(char) = chars.next() {
            if char != '\\' {
                text.push(char);
                continue;
            }
            match chars.next() {
                Some(escape @ ('"' | '\'' | '/' | '\\')) => text.push(escape),
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                _ => return Err(self.stopped("an escape that Tera doesn't know", start)),
            }
        }
        self.at += length + 2;
        self.push(Token::Text(text), start);
        Ok(())
    }
}

/// Reads `-? name -?%}` after `{%`; how long it is, and whether white space after it is dropped.
fn whole_tag(text: &str, name: &str) -> Option<(usize, bool)> {
    let blank = |char: char| char.is_ascii_whitespace();
    let rest = text.strip_prefix('-').unwrap_or(text).trim_start_matches(blank).strip_prefix(name)?;
    let rest = rest.trim_start_matches(blank);
    let trimmed = rest.strip_prefix('-');
    let rest = trimmed.unwrap_or(rest).strip_prefix("%}")?;
    Some((text.len() - rest.len(), trimmed.is_some()))
}
