//! `jobpack list`: the packs of a project.

use std::time::SystemTime;

use chrono::{DateTime, FixedOffset, Utc};

use super::report::Terminal;
use super::{Global, Stop};
use crate::document::posting;
use crate::project::{PackId, PackKind, Project, Slot};
use crate::source::Node;

/// List packs with their title and status
///
/// A vacancy is closed once its closing time has passed (Europe/London).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jobpack list\n  jobpack list havering --json\n  jobpack list --open\n  jobpack list --open --as-of 2027-02-01")]
pub(super) struct Args {
    /// Packs to list; all if left out
    #[arg(value_name = "PACK")]
    packs: Vec<String>,
    /// Only vacancies that are not closed
    #[arg(long)]
    open: bool,
    /// As it will be, or was, at this day or minute; now if left out
    #[arg(long, value_name = "YYYY-MM-DD[THH:MM]", value_parser = moment)]
    as_of: Option<DateTime<FixedOffset>>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    let project = global.project()?;
    let packs = project.select(&args.packs).map_err(Stop::usage)?;
    let now = args.as_of.unwrap_or_else(|| DateTime::<Utc>::from(SystemTime::now()).fixed_offset());
    let rows = packs.iter().map(|id| Row::of(&project, id, now));
    let rows: Vec<Row> = rows.filter(|row| !args.open || (row.kind == VACANCY && !row.closed)).collect();
    if args.json {
        terminal.json(&rows.iter().map(Row::json).collect::<Vec<_>>());
        return Ok(0);
    }
    let width = |cell: fn(&Row) -> &str| rows.iter().map(|row| cell(row).chars().count()).max().unwrap_or(0);
    let (name, kind, status) = (width(|row| &row.pack), width(|row| row.kind), width(|row| &row.status));
    for row in &rows {
        let Row { pack, kind: is, status: stands, title, closed, .. } = row;
        let closed = if *closed { " (closed)" } else { "" };
        terminal.result(&format!("{pack:name$}  {is:kind$}  {stands:status$}  {title}{closed}"));
    }
    Ok(0)
}

/// What the pack of a vacancy is called in the list.
const VACANCY: &str = "vacancy";

/// A minute of the United Kingdom's time, or the beginning of a day.
fn moment(text: &str) -> Result<DateTime<FixedOffset>, String> {
    let (day, time) = text.split_once('T').unwrap_or((text, "00:00"));
    let read = DateTime::parse_from_rfc3339(&posting::moment(day, Some(time)));
    read.map_err(|_| "write a day as 2027-02-01, or a minute as 2027-02-01T17:00".to_owned())
}

struct Row {
    pack: String,
    kind: &'static str,
    status: String,
    title: String,
    example: bool,
    /// When applications close (RFC 3339).
    closes: Option<String>,
    closed: bool,
}

impl Row {
    fn of(project: &Project, id: &PackId, now: DateTime<FixedOffset>) -> Self {
        let organisation = project.organisation(&id.organisation);
        let of_vacancy = organisation.and_then(|files| files.vacancy(id));
        let of_vacancy = of_vacancy.map(Slot::get);
        let vacancy = of_vacancy.as_ref().and_then(|file| file.node.as_ref());
        let name = vacancy.and_then(|vacancy| vacancy.get("profile")?.as_text()).unwrap_or(&id.name);
        let of_profile = organisation.and_then(|files| files.profiles.get(name)).map(Slot::get);
        let profile = of_profile.as_ref().and_then(|file| file.node.as_ref());
        let text = |node: Option<&Node>, field: &str| node.and_then(|node| node.get(field)?.as_text()).map(str::to_owned);
        let model = profile.is_some_and(|profile| profile.get("model").is_some_and(|model| !model.is_null()));
        let extends = text(profile, "extends").map(|base| format!("(extends {base})"));
        let kind = match id.kind {
            PackKind::Vacancy => VACANCY,
            PackKind::Profile if model => "model",
            PackKind::Profile => "profile",
        };
        let example = [vacancy, profile].into_iter().any(|node| text(node, "example").as_deref() == Some("true"));
        let typed = of_vacancy.as_ref().and_then(|file| file.value.as_ref());
        let closes = typed.and_then(|vacancy| vacancy.closing.as_ref()).map(posting::closes);
        let closed = closes.as_deref().is_some_and(|closes| posting::is_over(closes, now));
        Self {
            closed,
            closes,
            pack: id.to_string(),
            kind,
            // What its pack is: a draft if either of the two is one.
            status: [profile, vacancy].into_iter().filter_map(|node| text(node, "status")).reduce(|profile, vacancy| if profile == "draft" { profile } else { vacancy }).unwrap_or_else(|| "?".to_owned()),
            title: text(profile, "post_title").or(extends).unwrap_or_default(),
            example,
        }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "pack": self.pack, "kind": self.kind, "status": self.status, "title": self.title, "example": self.example,
            "closes": self.closes, "closed": self.closed,
        })
    }
}
