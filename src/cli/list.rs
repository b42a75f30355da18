//! `jobpack list`: the packs of a project.

use super::report::Terminal;
use super::{Global, Stop};
use crate::project::{PackId, PackKind, Project};
use crate::source::Node;

/// List packs with their title and status
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jobpack list\n  jobpack list havering --json")]
pub(super) struct Args {
    /// Packs to list; all if left out
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let project = global.project()?;
    let packs = project.select(&args.packs).map_err(Stop::usage)?;
    let rows: Vec<Row> = packs.iter().map(|id| Row::of(&project, id)).collect();
    if args.json {
        terminal.json(&rows.iter().map(Row::json).collect());
        return Ok(0);
    }
    let width = |cell: fn(&Row) -> &str| rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0);
    let (name, kind, status) = (width(|row| &row.pack), width(|row| row.kind), width(|row| &row.status));
    for row in &rows {
        let Row { pack, kind: is, status: stands, title, .. } = row;
        terminal.result(&format!("{pack:name$}  {is:kind$}  {stands:status$}  {title}"));
    }
    Ok(0)
}

struct Row {
    pack: String,
    kind: &'static str,
    status: String,
    title: String,
    example: bool,
}

impl Row {
    fn of(project: &Project, id: &PackId) -> Self {
        let organisation = project.organisation(&id.organisation);
        let vacancy = organisation.and_then(|files| files.vacancies.get(&id.name)).and_then(|file| file.node.as_ref());
        let vacancy = vacancy.filter(|_| id.kind == PackKind::Vacancy);
        let name = vacancy.and_then(|vacancy| vacancy.get("profile")?.as_text()).unwrap_or(&id.name);
        let profile = organisation.and_then(|files| files.profiles.get(name)).and_then(|file| file.node.as_ref());
        let text = |node: Option<&Node>, field: &str| node.and_then(|node| node.get(field)?.as_text()).map(str::to_owned);
        let model = profile.is_some_and(|profile| profile.get("model").is_some_and(|model| !model.is_null()));
        let extends = text(profile, "extends").map(|base| format!("(extends {base})"));
        let kind = match id.kind {
            PackKind::Vacancy => "vacancy",
            PackKind::Profile if model => "model",
            PackKind::Profile => "profile",
        };
        let example = [vacancy, profile].into_iter().any(|node| text(node, "example").as_deref() == Some("true"));
        Self {
            pack: id.to_string(),
            kind,
            status: text(vacancy, "status").or_else(|| text(profile, "status")).unwrap_or_else(|| "?".to_owned()),
            title: text(profile, "post_title").or(extends).unwrap_or_default(),
            example,
        }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "pack": self.pack, "kind": self.kind, "status": self.status, "title": self.title, "example": self.example,
        })
    }
}
