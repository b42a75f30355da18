//! What a template says, as a tree: just enough of Tera's syntax to know every path, where it stands and what is done
//! with it. Ranges are bytes of the template's text.

use std::ops::Range;

/// A parsed template.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Words and tags.
    pub(super) body: Vec<Node>,
    /// Components that the template defines.
    pub(super) components: Vec<Component>,
}

/// A name with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    /// The name.
    pub(super) text: String,
    /// Where.
    pub(super) range: Range<usize>,
}

/// `{% component name(...) %}`
#[derive(Debug)]
pub(super) struct Component {
    /// Its name, dots included.
    pub(super) name: Name,
    /// Its parameters.
    pub(super) parameters: Vec<Parameter>,
    /// Its words and tags.
    pub(super) body: Vec<Node>,
}

/// A parameter of a component.
#[derive(Debug)]
pub(super) struct Parameter {
    /// Its name.
    pub(super) name: Name,
    /// Its type, if it is written.
    pub(super) kind: Option<String>,
    /// Its default.
    pub(super) default: Option<Expr>,
}

/// A tag that does something.
#[derive(Debug)]
pub(super) enum Node {
    /// `{{ ... }}`
    Print(Expr),
    /// `{% if %}`, each condition with its body, then `{% else %}`.
    If { arms: Vec<(Expr, Vec<Node>)>, otherwise: Vec<Node> },
    /// `{% for key, value in list %}`
    For { key: Option<Name>, value: Name, list: Expr, body: Vec<Node>, otherwise: Vec<Node> },
    /// `{% set name = ... %}`
    Set { name: Name, value: Expr, global: bool },
    /// `{% set name %} ... {% endset %}`
    Capture { name: Name, body: Vec<Node>, global: bool },
    /// `{% include "name" %}`
    Include(Name),
    /// `{% <name ...> %} ... {% </name> %}`
    Component { call: ComponentCall, body: Vec<Node> },
}

/// A use of a component.
#[derive(Debug)]
pub(super) struct ComponentCall {
    /// Its name.
    pub(super) name: Name,
    /// Its arguments.
    pub(super) arguments: Vec<Argument>,
}

/// `name=value`
#[derive(Debug)]
pub(super) struct Argument {
    /// The name.
    pub(super) name: Name,
    /// The value.
    pub(super) value: Expr,
}

/// An expression with its place.
#[derive(Debug)]
pub(super) struct Expr {
    /// What it is.
    pub(super) kind: Kind,
    /// From its first to its last token, parentheses of its own included.
    pub(super) range: Range<usize>,
}

/// What an expression is.
#[derive(Debug)]
pub(super) enum Kind {
    /// `null`
    Null,
    /// `"text"`
    Text(String),
    /// `12`
    Integer,
    /// `1.5`
    Float,
    /// `true`
    Bool,
    /// A variable.
    Variable(String),
    /// `loop.index` and the others.
    Loop(String),
    /// `of.name`
    Field { of: Box<Expr>, name: Name },
    /// `of[at]`
    Index { of: Box<Expr>, at: Box<Expr> },
    /// `of[from:to:step]`
    Slice { of: Box<Expr>, parts: Vec<Expr> },
    /// `of | name(...)`
    Filter { of: Box<Expr>, name: Name, arguments: Vec<Argument> },
    /// `of is name(...)`
    Test { of: Box<Expr>, name: Name, arguments: Vec<Argument> },
    /// `name(...)`
    Function { name: Name, arguments: Vec<Argument> },
    /// `<name .../>`
    Component(ComponentCall),
    /// `not x`
    Not(Box<Expr>),
    /// `-x`
    Minus(Box<Expr>),
    /// `left sign right`
    Binary { sign: &'static str, left: Box<Expr>, right: Box<Expr> },
    /// `yes if condition else no`
    Ternary { condition: Box<Expr>, yes: Box<Expr>, no: Box<Expr> },
    /// `[a, ...b]`; the flag marks a spread.
    List(Vec<(bool, Expr)>),
    /// `{"a": b}`
    Map(Vec<(String, Expr)>),
    /// `[each for key, value in list if condition]`
    Comprehension { each: Box<Expr>, key: Option<Name>, value: Name, list: Box<Expr>, condition: Option<Box<Expr>> },
}

impl Expr {
    /// The expressions directly inside.
    pub(super) fn children(&self) -> Vec<&Expr> {
        match &self.kind {
            Kind::Null
            | Kind::Text(_)
            | Kind::Integer
            | Kind::Float
            | Kind::Bool
            | Kind::Variable(_)
            | Kind::Loop(_) => Vec::new(),
            Kind::Field { of, .. } | Kind::Not(of) | Kind::Minus(of) => vec![of],
            Kind::Index { of, at } => vec![of, at],
            Kind::Slice { of, parts } => std::iter::once(&**of).chain(parts).collect(),
            Kind::Filter { of, arguments, .. } | Kind::Test { of, arguments, .. } => {
                std::iter::once(&**of).chain(arguments.iter().map(|argument| &argument.value)).collect()
            }
            Kind::Function { arguments, .. } | Kind::Component(ComponentCall { arguments, .. }) => {
                arguments.iter().map(|argument| &argument.value).collect()
            }
            Kind::Binary { left, right, .. } => vec![left, right],
            Kind::Ternary { condition, yes, no } => vec![yes, condition, no],
            Kind::List(items) => items.iter().map(|(_, item)| item).collect(),
            Kind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
            Kind::Comprehension { each, list, condition, .. } => {
                [Some(each), Some(list), condition.as_ref()].into_iter().flatten().map(|expr| &**expr).collect()
            }
        }
    }
}
