//! From tokens to a tree: words and tags.

use super::lexer::{Spanned, Stopped, Token};
use super::parser::Parser;
use super::syntax::{Component, Name, Node, Parameter};

/// Names that Tera keeps for itself.
const RESERVED: [&str; 16] = [
    "true", "True", "false", "False", "loop", "self", "and", "or", "not", "is", "in", "continue", "break", "none",
    "None", "null",
];

impl<'t> Parser<'t> {
    /// The whole template.
    pub(super) fn page(&mut self) -> Result<(), Stopped> {
        self.page.body = self.body(&[])?;
        match self.peek() {
            None => Ok(()),
            Some(_) => self.stopped("a tag that closes nothing", self.here()),
        }
    }

    /// Words and tags up to a tag that starts with one of `ends`; that word is the next token then.
    fn body(&mut self, ends: &[&str]) -> Result<Vec<Node>, Stopped> {
        self.enter()?;
        let mut nodes = Vec::new();
        while let Some(Spanned { token, range }) = self.next() {
            match token {
                Token::Words(_) => {}
                Token::PrintStart => {
                    nodes.push(Node::Print(self.expression()?));
                    self.token(&Token::PrintEnd, "}}")?;
                }
                Token::TagStart => {
                    let closes = match self.peek() {
                        Some(Token::Name(name)) => ends.contains(name),
                        Some(Token::Sign(sign)) => ends.contains(sign),
                        _ => false,
                    };
                    if closes {
                        self.nesting -= 1;
                        return Ok(nodes);
                    }
                    nodes.extend(self.tag()?);
                    self.token(&Token::TagEnd, "%}")?;
                }
                _ => return self.stopped("words were expected", range.clone()),
            }
        }
        self.nesting -= 1;
        match ends {
            [] => Ok(nodes),
            [.., end] => self.stopped(format!("the end of the template before `{end}`"), self.here()),
        }
    }

    fn tag(&mut self) -> Result<Option<Node>, Stopped> {
        let here = self.here();
        if self.take_sign("<") {
            return self.component_with_body().map(Some);
        }
        match self.name()?.text.as_str() {
            "if" => self.condition().map(Some),
            "for" => self.for_loop().map(Some),
            "set" => self.set(false).map(Some),
            "set_global" => self.set(true).map(Some),
            "include" => match self.next() {
                Some(Spanned { token: Token::Text(text), range }) => {
                    Ok(Some(Node::Include(Name { text: text.clone(), range: range.clone() })))
                }
                _ => self.stopped("the name of a template between quotes was expected", self.here()),
            },
            "break" | "continue" => Ok(None),
            "component" => {
                let component = self.component()?;
                self.page.components.push(component);
                Ok(None)
            }
            "filter" => {
                self.stopped("`filter` blocks change words that are escaped already; use the filter on the value", here)
            }
            "extends" | "block" => self.stopped("`extends` and `block` are not used here; use `include`", here),
            name => self.stopped(format!("the tag `{name}`"), here),
        }
    }

    fn end_of_tag(&mut self) -> Result<(), Stopped> {
        self.token(&Token::TagEnd, "%}")
    }

    fn condition(&mut self) -> Result<Node, Stopped> {
        let mut arms = Vec::new();
        loop {
            let condition = self.expression()?;
            self.end_of_tag()?;
            arms.push((condition, self.body(&["elif", "else", "endif"])?));
            if self.take_word("elif") {
                continue;
            }
            let mut otherwise = Vec::new();
            if self.take_word("else") {
                self.end_of_tag()?;
                otherwise = self.body(&["endif"])?;
            }
            self.word("endif")?;
            return Ok(Node::If { arms, otherwise });
        }
    }

    fn for_loop(&mut self) -> Result<Node, Stopped> {
        let here = self.here();
        let (key, value) = self.loop_names()?;
        for name in key.iter().chain([&value]) {
            self.free(name)?;
        }
        if key.as_ref().is_some_and(|key| key.text == value.text) {
            return self.stopped("the same name for key and value", here);
        }
        let list = self.expression()?;
        self.end_of_tag()?;
        self.loops += 1;
        let body = self.body(&["else", "endfor"])?;
        self.loops -= 1;
        let mut otherwise = Vec::new();
        if self.take_word("else") {
            self.end_of_tag()?;
            otherwise = self.body(&["endfor"])?;
        }
        self.word("endfor")?;
        Ok(Node::For { key, value, list, body, otherwise })
    }

    fn set(&mut self, global: bool) -> Result<Node, Stopped> {
        let name = self.name()?;
        self.free(&name)?;
        if self.take_sign("=") {
            return Ok(Node::Set { name, value: self.expression()?, global });
        }
        if self.is_sign("|") {
            return self.stopped("a filter on a `set` block changes words that are escaped already", self.here());
        }
        self.end_of_tag()?;
        let body = self.body(&["endset"])?;
        self.word("endset")?;
        Ok(Node::Capture { name, body, global })
    }

    fn component_with_body(&mut self) -> Result<Node, Stopped> {
        let call = self.component_call()?;
        self.sign(">")?;
        self.end_of_tag()?;
        let body = self.body(&["</"])?;
        self.sign("</")?;
        let end = self.dotted()?;
        if end.text != call.name.text {
            return self.stopped(format!("`{}` is closed as `{}`", call.name.text, end.text), end.range);
        }
        self.sign(">")?;
        Ok(Node::Component { call, body })
    }

    fn component(&mut self) -> Result<Component, Stopped> {
        let name = self.dotted()?;
        self.sign("(")?;
        let mut parameters = Vec::new();
        while !self.take_sign(")") {
            if !parameters.is_empty() {
                self.sign(",")?;
                if self.take_sign(")") {
                    break;
                }
            }
            parameters.push(self.parameter()?);
        }
        if self.is_sign("{") {
            // Metadata: a map of literals, which nothing reads.
            self.expression()?;
        }
        self.end_of_tag()?;
        let body = self.body(&["endcomponent"])?;
        self.word("endcomponent")?;
        if !matches!(self.peek(), Some(Token::TagEnd)) {
            self.dotted()?;
        }
        Ok(Component { name, parameters, body })
    }

    fn parameter(&mut self) -> Result<Parameter, Stopped> {
        if self.is_sign("@") || self.is_sign("...") {
            return self.stopped("`@` and `...` parameters; name each parameter and hand it over", self.here());
        }
        let name = self.name()?;
        self.free(&name)?;
        let kind = if self.take_sign(":") { Some(self.name()?.text) } else { None };
        let default = if self.take_sign("=") { Some(self.expression()?) } else { None };
        Ok(Parameter { name, kind, default })
    }

    fn word(&mut self, word: &str) -> Result<(), Stopped> {
        match self.take_word(word) {
            true => Ok(()),
            false => self.stopped(format!("`{word}` was expected"), self.here()),
        }
    }

    /// Refuses the names that mean something else.
    fn free(&self, name: &Name) -> Result<(), Stopped> {
        match RESERVED.contains(&name.text.as_str()) || name.text.starts_with("__tera") {
            true => self.stopped(format!("`{}` is a reserved name", name.text), name.range.clone()),
            false => Ok(()),
        }
    }
}
