//! Data as the text that it is, whatever Markdown would make of it.
//!
//! Follows CommonMark 0.31: a backslash before ASCII punctuation (section 2.4) and character references (section 2.5)
//! never have structural meaning. `&`, `<`, `>` and `"` become references, so that they are harmless inside raw HTML
//! too. A code span, a code block and an autolink (`<{{ x }}>`) are the places where Markdown resolves neither: there
//! the escapes show, but still nothing of the data becomes markup.

use std::io::{self, Write};

/// Writes `text` so that Markdown reads it as literal text within one line.
///
/// Line breaks and tabs become spaces. Spaces at both ends become `&#32;`: at the start of a line they could make a
/// code block, at its end a hard break.
pub(super) fn markdown(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let inner = text.trim_matches(is_blank);
    let lead = text.len() - text.trim_start_matches(is_blank).len();
    if lead > 0 {
        out.write_all(b"&#32;")?;
    }
    let mut before = None;
    let mut number = true;
    let mut chars = inner.chars().peekable();
    while let Some(char) = chars.next() {
        let first = before.is_none();
        match char {
            '\r' if chars.peek() == Some(&'\n') => continue,
            _ if is_blank(char) => out.write_all(b" ")?,
            '&' => out.write_all(b"&amp;")?,
            '<' => out.write_all(b"&lt;")?,
            '>' => out.write_all(b"&gt;")?,
            '"' => out.write_all(b"&quot;")?,
            // a number and a point at the start of a line start a list; points in a row are an ellipsis to some parsers
            '.' if number || before == Some('.') || chars.peek() == Some(&'.') => out.write_all(b"\\.")?,
            '+' | '=' | ':' if first => write!(out, "\\{char}")?,
            '%' if before == Some('{') => out.write_all(b"\\%")?,
            // dashes in a row are a longer dash to some parsers
            '-' if first || before == Some('-') || chars.peek() == Some(&'-') => out.write_all(b"\\-")?,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~' | '$' | '^' | '\'' => {
                write!(out, "\\{char}")?;
            }
            _ => write!(out, "{char}")?,
        }
        number &= char.is_ascii_digit();
        before = Some(char);
    }
    if !inner.is_empty() && text.len() > lead + inner.len() {
        out.write_all(b"&#32;")?;
    }
    Ok(())
}

/// White space that would end a line or indent one.
fn is_blank(char: char) -> bool {
    matches!(char, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
