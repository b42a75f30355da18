//! From tokens to a tree: arguments, and what a template writes out itself (lists, mappings, comprehensions).

use super::lexer::{Stopped, Token};
use super::parser::Parser;
use super::syntax::{Argument, ComponentCall, Expr, Kind, Name};

impl Parser<'_> {
    pub(super) fn arguments_if_any(&mut self) -> Result<Vec<Argument>, Stopped> {
        if self.is_sign("(") { self.arguments() } else { Ok(Vec::new()) }
    }

    /// `(name=value, ...)`
    pub(super) fn arguments(&mut self) -> Result<Vec<Argument>, Stopped> {
        self.sign("(")?;
        let mut arguments = Vec::new();
        while !self.take_sign(")") {
            if !arguments.is_empty() {
                self.sign(",")?;
                if self.take_sign(")") {
                    break;
                }
            }
            let name = self.name()?;
            self.sign("=")?;
            arguments.push(Argument { name, value: self.binding(0)? });
        }
        Ok(arguments)
    }

    /// Name and arguments of a component, after `<`.
    pub(super) fn component_call(&mut self) -> Result<ComponentCall, Stopped> {
        let name = self.dotted()?;
        let mut arguments = Vec::new();
        loop {
            if self.is_sign("{") {
                return self.stopped("`{...}` among the arguments of a component; write each argument", self.here());
            }
            if !matches!(self.peek(), Some(Token::Name(_))) {
                return Ok(ComponentCall { name, arguments });
            }
            let name = self.name()?;
            let value = match (self.take_sign("="), self.peek()) {
                (false, _) => Expr { kind: Kind::Variable(name.text.clone()), range: name.range.clone() },
                (true, Some(Token::Text(text))) => {
                    let range = self.here();
                    self.next();
                    Expr { kind: Kind::Text(text.clone()), range }
                }
                (true, _) => {
                    self.sign("{")?;
                    let value = self.binding(0)?;
                    self.sign("}")?;
                    value
                }
            };
            arguments.push(Argument { name, value });
        }
    }

    pub(super) fn inline_component(&mut self) -> Result<ComponentCall, Stopped> {
        let call = self.component_call()?;
        self.sign("/")?;
        self.sign(">")?;
        Ok(call)
    }

    /// `{"key": value}`, after `{`.
    pub(super) fn map(&mut self) -> Result<Kind, Stopped> {
        let mut entries = Vec::new();
        while !self.take_sign("}") {
            if !entries.is_empty() {
                self.sign(",")?;
                if self.take_sign("}") {
                    break;
                }
            }
            let here = self.here();
            let key = match self.next().map(|spanned| &spanned.token) {
                Some(Token::Text(key)) => key.clone(),
                _ => return self.stopped("a key that is not text between quotes", here),
            };
            self.sign(":")?;
            entries.push((key, self.binding(0)?));
        }
        Ok(Kind::Map(entries))
    }

    /// `[a, ...b]` or `[x for x in list]`, after `[`.
    pub(super) fn list(&mut self) -> Result<Kind, Stopped> {
        let mut items = Vec::new();
        while !self.take_sign("]") {
            if !items.is_empty() {
                self.sign(",")?;
                if self.take_sign("]") {
                    break;
                }
            }
            let spread = self.take_sign("...");
            let item = self.binding(0)?;
            if items.is_empty() && !spread && self.is_word("for") {
                return self.comprehension(item);
            }
            items.push((spread, item));
        }
        Ok(Kind::List(items))
    }

    pub(super) fn comprehension(&mut self, each: Expr) -> Result<Kind, Stopped> {
        self.next();
        let (key, value) = self.loop_names()?;
        let list = self.boxed(1)?;
        let condition = if self.take_word("if") { Some(self.boxed(1)?) } else { None };
        self.sign("]")?;
        Ok(Kind::Comprehension { each: Box::new(each), key, value, list, condition })
    }

    /// `value in` or `key, value in`.
    pub(super) fn loop_names(&mut self) -> Result<(Option<Name>, Name), Stopped> {
        let first = self.name()?;
        let names = match self.take_sign(",") {
            true => (Some(first), self.name()?),
            false => (None, first),
        };
        match self.take_word("in") {
            true => Ok(names),
            false => self.stopped("`in` was expected", self.here()),
        }
    }
}
