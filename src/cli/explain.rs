//! `jobpack explain`: where each value of a pack comes from, and what it overrode.

use super::report::Terminal;
use super::{Global, Stop};
use crate::build::{Builder, Options};
use crate::diagnostic::{Diagnostic, nearest};
use crate::source::{Node, Value};

/// Print each value of a pack with its file, line and layer, and what it overrode
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jobpack explain havering/learning-mentor-elsa\n  jobpack explain millbrook/learning-mentor person_specification\n  jobpack explain gla/project-support-officer accountabilities --json")]
pub(super) struct Args {
    /// The pack
    #[arg(value_name = "PACK")]
    pack: String,
    /// Field path: `grade`, `person_specification.groups[0]`, `parts.job_description.title`
    #[arg(value_name = "FIELD")]
    field: Option<String>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let project = global.project()?;
    let packs = project.select(std::slice::from_ref(&args.pack)).map_err(Stop::usage)?;
    let [id] = packs.as_slice() else {
        let fault = Diagnostic::error("not-one-pack", format!("`{}` stands for {} packs", args.pack, packs.len()));
        return Err(Stop::usage(vec![fault.hint("name one: `organisation/pack`")]));
    };
    let builder = Builder::new(project);
    let (pack, _) = builder
        .assemble(id, &Options::default())
        .map_err(|diagnostics| Stop { diagnostics, status: 1 })?;
    let field = args.field.as_deref().unwrap_or_default();
    let Some(node) = pack.tree.at_path(field) else { return Err(Stop::usage(vec![unknown(&pack.tree, field)])) };
    let mut values = Vec::new();
    node.walk(field, &mut |path, node| {
        if matches!(node.value, Value::Scalar(_) | Value::Null) {
            values.push(Explained::of(path, node));
        }
    });
    if args.json {
        terminal.json(&values.iter().map(Explained::json).collect::<Vec<_>>());
    } else {
        values.iter().for_each(|value| terminal.result(&value.text()));
    }
    Ok(0)
}

fn unknown(tree: &Node, field: &str) -> Diagnostic {
    let fault = Diagnostic::error("unknown-field", format!("the pack has no value at `{field}`"));
    let first = field.split(['.', '[']).next().unwrap_or(field);
    let known = tree.as_map().map(|map| map.keys().collect::<Vec<_>>()).unwrap_or_default();
    match nearest(first, known.iter().copied()) {
        Some(near) if near != first => fault.hint(format!("did you mean `{near}`?")),
        _ => fault.hint(format!("it has: {}", known.join(", "))),
    }
}

struct Explained {
    path: String,
    value: Option<String>,
    origin: Origin,
    overrode: Vec<(Option<String>, Origin)>,
}

struct Origin {
    layer: &'static str,
    file: String,
    line: usize,
}

impl Origin {
    fn of(node: &Node) -> Self {
        Self { layer: node.layer.name(), file: node.span.file.path.clone(), line: node.span.line_column().0 }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!({"layer": self.layer, "path": self.file, "line": self.line})
    }
}

impl Explained {
    fn of(path: &str, node: &Node) -> Self {
        let value = |node: &Node| node.as_text().map(str::to_owned);
        let overrode = node.overrode.iter().map(|lower| (value(lower), Origin::of(lower))).collect();
        Self { path: path.to_owned(), value: value(node), origin: Origin::of(node), overrode }
    }

    fn text(&self) -> String {
        let Self { path, value, origin: Origin { layer, file, line }, overrode } = self;
        let mut text = format!("{path}: {}\n    {layer}, {file}:{line}", shown(value.as_deref()));
        for (value, Origin { layer, file, line }) in overrode {
            text.push_str(&format!("\n    overrode {} ({layer}, {file}:{line})", shown(value.as_deref())));
        }
        text
    }

    fn json(&self) -> serde_json::Value {
        let overrode: Vec<_> = self
            .overrode
            .iter()
            .map(|(value, origin)| serde_json::json!({"value": value, "origin": origin.json()}))
            .collect();
        serde_json::json!({"field": self.path, "value": self.value, "origin": self.origin.json(), "overrode": overrode})
    }
}

fn shown(value: Option<&str>) -> String {
    match value {
        Some(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        None => "(empty)".to_owned(),
    }
}
