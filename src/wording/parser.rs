//! From tokens to a tree: the expressions, in Tera's own order of precedence (tera 2.4, `parsing/parser.rs`).
//!
//! The parser takes no more than Tera takes, and some things less: what it leaves out is refused as
//! `unsupported-expression`, so that no path is ever evaluated that wasn't checked.

use std::ops::Range;

use super::lexer::{Spanned, Stopped, Token, tokens};
use super::syntax::{Expr, Kind, Name, Page};

/// Deepest nesting of expressions and of tags; Tera's own limit is 40, and guards take a part of it.
const MAX_DEPTH: usize = 24;

/// Reads a template.
pub(super) fn parse(text: &str) -> Result<Page, Stopped> {
    let tokens = tokens(text)?;
    let mut parser =
        Parser { tokens: &tokens, at: 0, end: text.len(), depth: 0, nesting: 0, loops: 0, page: Page::default() };
    parser.page()?;
    Ok(parser.page)
}

pub(super) struct Parser<'t> {
    tokens: &'t [Spanned<'t>],
    at: usize,
    end: usize,
    depth: usize,
    pub(super) nesting: usize,
    /// How many `for` tags are open: `loop` means something inside.
    pub(super) loops: usize,
    pub(super) page: Page,
}

impl<'t> Parser<'t> {
    pub(super) fn peek(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at).map(|spanned| &spanned.token)
    }

    fn peek_second(&self) -> Option<&'t Token<'t>> {
        self.tokens.get(self.at + 1).map(|spanned| &spanned.token)
    }

    pub(super) fn next(&mut self) -> Option<&'t Spanned<'t>> {
        let spanned = self.tokens.get(self.at)?;
        self.at += 1;
        Some(spanned)
    }

    /// Where the next token stands.
    pub(super) fn here(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.end..self.end, |spanned| spanned.range.clone())
    }

    /// Where the last token ended.
    pub(super) fn last_end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |spanned| spanned.range.end)
    }

    pub(super) fn stopped<T>(&self, why: impl Into<String>, range: Range<usize>) -> Result<T, Stopped> {
        Err(Stopped { why: why.into(), range })
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Token::Sign(found)) if *found == sign)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Name(found)) if *found == word)
    }

    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let found = self.is_sign(sign);
        self.at += usize::from(found);
        found
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    pub(super) fn sign(&mut self, sign: &str) -> Result<(), Stopped> {
        match self.take_sign(sign) {
            true => Ok(()),
            false => self.stopped(format!("`{sign}` was expected"), self.here()),
        }
    }

    pub(super) fn token(&mut self, token: &Token<'_>, shown: &str) -> Result<(), Stopped> {
        match self.peek() == Some(token) {
            true => {
                self.at += 1;
                Ok(())
            }
            false => self.stopped(format!("`{shown}` was expected"), self.here()),
        }
    }

    pub(super) fn name(&mut self) -> Result<Name, Stopped> {
        match self.next() {
            Some(Spanned { token: Token::Name(text), range }) => {
                Ok(Name { text: (*text).to_owned(), range: range.clone() })
            }
            _ => {
                self.at = self.at.saturating_sub(1);
                self.stopped("a name was expected", self.here())
            }
        }
    }

    /// `a.b.c`, the name of a component.
    pub(super) fn dotted(&mut self) -> Result<Name, Stopped> {
        let mut name = self.name()?;
        while self.take_sign(".") {
            let part = self.name()?;
            name.text = format!("{}.{}", name.text, part.text);
            name.range.end = part.range.end;
        }
        Ok(name)
    }

    /// An expression.
    pub(super) fn expression(&mut self) -> Result<Expr, Stopped> {
        self.binding(0)
    }

    pub(super) fn boxed(&mut self, power: u8) -> Result<Box<Expr>, Stopped> {
        self.binding(power).map(Box::new)
    }

    /// An expression whose operators bind at least as tightly as `least`.
    pub(super) fn binding(&mut self, least: u8) -> Result<Expr, Stopped> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.stopped(format!("an expression more than {MAX_DEPTH} deep"), self.here());
        }
        let start = self.here().start;
        let mut left = self.operand()?;
        loop {
            match self.operator(left, least, start)? {
                Step::More(expr) => left = expr,
                Step::Done(expr) => {
                    self.depth -= 1;
                    return Ok(expr);
                }
            }
        }
    }

    /// Takes one operator with its right side, or hands back what there is.
    fn operator(&mut self, left: Expr, least: u8, start: usize) -> Result<Step, Stopped> {
        let done = |left| Ok(Step::Done(left));
        let mut negated = false;
        let mut sign = match self.peek() {
            Some(Token::Sign("[")) => return self.subscript(left, start).map(Step::More),
            Some(Token::Sign(sign)) => *sign,
            Some(Token::Name("not")) if least <= 5 => {
                if self.peek_second() != Some(&Token::Name("in")) {
                    return self.stopped("`not` stands here only as part of `not in`", self.here());
                }
                self.at += 1;
                negated = true;
                "in"
            }
            Some(Token::Name("in")) => "in",
            Some(Token::Name("and")) => "and",
            Some(Token::Name("or")) => "or",
            Some(Token::Name("is")) => "is",
            Some(Token::Name("if")) if least == 0 => {
                self.at += 1;
                let condition = self.boxed(0)?;
                if !self.take_word("else") {
                    return self.stopped("`else` was expected", self.here());
                }
                let no = self.boxed(0)?;
                return done(self.made(start, Kind::Ternary { condition, yes: Box::new(left), no }));
            }
            _ => return done(left),
        };
        let (power, right_power) = match sign {
            "or" => (1, 2),
            "and" => (3, 4),
            "in" | "is" => (5, 6),
            "==" | "!=" | "<" | "<=" | ">" | ">=" => (7, 8),
            "+" | "-" => (11, 12),
            "*" | "/" | "%" | "~" | "//" => (13, 14),
            "**" => (16, 15),
            "|" => (17, 18),
            _ => return done(left),
        };
        if power < least {
            return done(left);
        }
        self.at += 1;
        let of = Box::new(left);
        let kind = match sign {
            "|" => {
                let name = self.name()?;
                let arguments = self.arguments_if_any()?;
                Kind::Filter { of, name, arguments }
            }
            "is" => {
                negated |= self.take_word("not");
                let name = self.name()?;
                let arguments = self.arguments_if_any()?;
                Kind::Test { of, name, arguments }
            }
            _ => {
                let right = self.boxed(right_power)?;
                sign = if negated { "not in" } else { sign };
                return Ok(Step::More(self.made(start, Kind::Binary { sign, left: of, right })));
            }
        };
        let expr = self.made(start, kind);
        Ok(Step::More(match negated {
            true => self.made(start, Kind::Not(Box::new(expr))),
            false => expr,
        }))
    }

    fn made(&self, start: usize, kind: Kind) -> Expr {
        Expr { kind, range: start..self.last_end() }
    }

    /// What stands between operators.
    fn operand(&mut self) -> Result<Expr, Stopped> {
        let here = self.here();
        let start = here.start;
        let Some(Spanned { token, .. }) = self.next() else {
            return self.stopped("the end of the template inside a tag", here);
        };
        let kind = match token {
            Token::Integer => Kind::Integer,
            Token::Float => Kind::Float,
            Token::Bool => Kind::Bool,
            Token::Text(text) => Kind::Text(text.clone()),
            Token::Name("none" | "None" | "null") => Kind::Null,
            Token::Sign("-") => Kind::Minus(self.boxed(20)?),
            Token::Name("not") => Kind::Not(self.boxed(5)?),
            Token::Name(name) => return self.path(name, start),
            Token::Sign("<") => Kind::Component(self.inline_component()?),
            Token::Sign("{") => self.map()?,
            Token::Sign("[") => self.list()?,
            Token::Sign("(") => {
                let inner = self.binding(0)?;
                self.sign(")")?;
                return Ok(Expr { kind: inner.kind, range: start..self.last_end() });
            }
            _ => return self.stopped("a value was expected", here),
        };
        Ok(self.made(start, kind))
    }

    /// A variable with its fields, or a function.
    fn path(&mut self, name: &str, start: usize) -> Result<Expr, Stopped> {
        if self.is_sign("(") {
            let name = Name { text: name.to_owned(), range: start..self.last_end() };
            let arguments = self.arguments()?;
            return Ok(self.made(start, Kind::Function { name, arguments }));
        }
        let mut expr = self.made(start, Kind::Variable(name.to_owned()));
        loop {
            if self.is_sign("(") {
                return self.stopped("a function is called only by its own name", self.here());
            }
            if self.is_sign("[") || self.is_sign("?[") {
                expr = self.subscript(expr, start)?;
            } else if self.take_sign(".") || self.take_sign("?.") {
                let field = self.name()?;
                let kind = match &expr.kind {
                    Kind::Variable(of) if of == "loop" && self.loops > 0 => Kind::Loop(field.text),
                    _ => Kind::Field { of: Box::new(expr), name: field },
                };
                expr = self.made(start, kind);
            } else {
                return Ok(expr);
            }
        }
    }

    /// `[at]`, `?[at]` and `[from:to:step]` after `of`.
    fn subscript(&mut self, of: Expr, start: usize) -> Result<Expr, Stopped> {
        self.at += 1;
        let of = Box::new(of);
        let mut parts = Vec::new();
        let mut slice = false;
        loop {
            if self.take_sign("]") {
                break;
            } else if self.take_sign(":") {
                slice = true;
            } else {
                parts.push(self.binding(0)?);
            }
        }
        match (slice, parts.len(), parts.pop()) {
            (false, 1, Some(at)) => Ok(self.made(start, Kind::Index { of, at: Box::new(at) })),
            (true, _, last) => {
                parts.extend(last);
                Ok(self.made(start, Kind::Slice { of, parts }))
            }
            _ => self.stopped("one value was expected between `[` and `]`", self.here()),
        }
    }

    /// Counts a body inside a tag.
    pub(super) fn enter(&mut self) -> Result<(), Stopped> {
        self.nesting += 1;
        match self.nesting > MAX_DEPTH {
            true => self.stopped(format!("tags more than {MAX_DEPTH} deep"), self.here()),
            false => Ok(()),
        }
    }
}

/// What taking an operator leads to.
enum Step {
    More(Expr),
    Done(Expr),
}
