//! What a build did, for programs and for people; and what each file was made from, for other build systems.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Value, json};
use similar::ChangeTag;
use tera::{Context, Tera};

use super::changes::{DocumentChange, Paragraphs, pieces};
use super::plan::{Cause, reasons};
use super::outcome::{Done, Rebuilt, State};
use crate::build::Stage;
use crate::diagnostic::{Diagnostic, Severity, emit};
use crate::project::{Digest, PackId, file_of, of_program};

/// What a file of the output folder was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFrom {
    /// Its path in the output folder.
    pub path: String,
    /// Inputs with their digests; without one, if the input wasn't there.
    pub inputs: Vec<Arc<(String, Option<Digest>)>>,
}

/// The program that made files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadeBy {
    /// Digest of its file.
    pub program: Digest,
    /// Digest of the templates and fonts in it.
    pub templates: Digest,
}

impl MadeBy {
    pub(super) fn of(program: Digest) -> Self {
        Self { program, templates: of_program() }
    }
}

/// The report of a build, as JSON: written pack by pack, since there may be thousands.
#[derive(Debug, Clone, Copy)]
pub struct Json<'a>(pub &'a Rebuilt);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Packs<'a>(&'a [State]);
        impl Serialize for Packs<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_seq(self.0.iter().map(pack_json))
            }
        }
        let Self(rebuilt) = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("packs", &Packs(&rebuilt.packs))?;
        map.serialize_entry("failed", &rebuilt.failed())?;
        map.serialize_entry("files", &rebuilt.files())?;
        map.serialize_entry("diagnostics", &found(&rebuilt.shared))?;
        map.serialize_entry("time_ms", &milliseconds(rebuilt.time))?;
        map.end()
    }
}

fn found(all: &[Diagnostic]) -> Vec<Value> {
    all.iter().map(emit::to_json).collect()
}

fn pack_json(state: &State) -> Value {
    let (files, written) = match &state.done {
        Done::Built { files, written } => {
            (*files, json!({"changed": written.changed, "unchanged": written.unchanged, "removed": written.removed}))
        }
        Done::Fresh { files } => (*files, Value::Null),
        Done::Removed { files } => (0, json!({"changed": 0, "unchanged": 0, "removed": files})),
        Done::Failed => (0, Value::Null),
    };
    let stages: serde_json::Map<String, Value> = Stage::ALL
        .into_iter()
        .filter(|stage| !state.stages.of(*stage).is_zero())
        .map(|stage| (stage.name().to_owned(), json!(milliseconds(state.stages.of(stage)))))
        .collect();
    json!({
        "pack": state.id.to_string(),
        "outcome": state.done.name(),
        "files": files,
        "written": written,
        "because": reasons(&state.causes),
        "causes": state.causes.iter().map(|cause| json!({"kind": cause.kind(), "path": cause.path()})).collect::<Vec<_>>(),
        "documents_typeset": state.typeset[0],
        "documents_from_cache": state.typeset[1],
        "stages_ms": stages,
        "changes": state.changes.iter().map(|change| change_json(&state.id, change)).collect::<Vec<_>>(),
        "diagnostics": found(&state.diagnostics),
        "earlier_warnings": state.earlier_warnings,
    })
}

fn change_json(id: &PackId, change: &DocumentChange) -> Value {
    let words = change.paragraphs.as_ref();
    json!({
        "document": document(id, &change.name),
        "pages_before": change.pages[0],
        "pages": change.pages[1],
        "added": words.map(|words| &words.added),
        "removed": words.map(|words| &words.removed),
        "moved": words.map(|words| &words.moved),
    })
}

#[expect(clippy::cast_precision_loss, reason = "tenths of milliseconds")]
fn milliseconds(time: std::time::Duration) -> f64 {
    (time.as_micros() / 100) as f64 / 10.0
}

/// The name of a document without that of its pack.
fn document<'a>(id: &PackId, stem: &'a str) -> &'a str {
    stem.strip_prefix(id.name.as_str()).and_then(|rest| rest.strip_prefix('-')).unwrap_or(stem)
}

static TEMPLATE: LazyLock<Tera> = LazyLock::new(|| {
    let mut tera = Tera::new();
    tera.autoescape_on([".html"]);
    // It is part of the program, and a test draws it.
    let _ = tera.add_raw_templates([("report.html", include_str!("report.html"))]);
    tera
});

/// Most packs that are named where many have the same change.
const NAMED: usize = 12;

/// Packs in which the same has changed for the same reason.
#[derive(Debug, serde::Serialize)]
struct Group {
    because: Vec<String>,
    packs: Vec<String>,
    /// How many more there are than those that are named.
    more: usize,
    documents: Vec<Value>,
    /// Whether there was nothing to compare with.
    new: bool,
    /// Files of them that were written.
    written: usize,
}

/// The report of a build for people: a page of its own that fetches nothing. Packs in which the same has changed for the same
/// reason stand together.
pub fn html(rebuilt: &Rebuilt, at: &str) -> String {
    let mut groups: BTreeMap<(Vec<Cause>, String), Group> = BTreeMap::new();
    let mut same = Vec::new();
    let changed = rebuilt.packs.iter().filter(|pack| matches!(pack.done, Done::Built { .. }) && !pack.done.is_unchanged());
    for pack in changed {
        let documents: Vec<Value> = pack.changes.iter().map(|change| shown(&pack.id, change)).collect();
        let key = (pack.causes.clone(), serde_json::to_string(&documents).unwrap_or_default());
        let group = groups.entry(key).or_insert_with(|| Group {
            because: reasons(&pack.causes),
            packs: Vec::new(),
            more: 0,
            documents,
            new: pack.causes.contains(&Cause::New),
            written: 0,
        });
        if let Done::Built { written, .. } = &pack.done {
            group.written += written.changed + written.removed;
        }
        if group.packs.len() < NAMED { group.packs.push(pack.id.to_string()) } else { group.more += 1 }
    }
    for pack in rebuilt.packs.iter().filter(|pack| pack.done.is_unchanged()) {
        same.push(json!({"pack": pack.id.to_string(), "made": matches!(pack.done, Done::Built { .. })}));
    }
    let faulty = rebuilt.packs.iter().filter(|pack| pack.done == Done::Failed);
    let failed: Vec<Value> = faulty
        .map(|pack| {
            let errors = pack.diagnostics.iter().filter(|found| found.severity == Severity::Error);
            json!({"pack": pack.id.to_string(), "errors": errors.map(told).collect::<Vec<_>>()})
        })
        .collect();
    let removed: Vec<String> =
        rebuilt.packs.iter().filter(|pack| matches!(pack.done, Done::Removed { .. })).map(|pack| pack.id.to_string()).collect();
    let longer = rebuilt.packs.iter().filter(|pack| pack.changes.iter().any(is_longer)).count();
    let groups: Vec<Group> = groups.into_values().collect();
    let built: usize = groups.iter().map(|group| group.packs.len() + group.more).sum();
    let of_packs = rebuilt.packs.iter().flat_map(|pack| &pack.diagnostics);
    let mut warnings: Vec<Value> = Vec::new();
    for warning in rebuilt.shared.iter().chain(of_packs).filter(|found| found.severity != Severity::Error).map(told) {
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
    let earlier: usize = rebuilt.packs.iter().map(|pack| pack.earlier_warnings).sum();
    let (seconds, version) = (rebuilt.time.as_secs_f64(), env!("CARGO_PKG_VERSION"));
    let view = json!({
        "at": at, "seconds": format!("{seconds:.1}"), "version": version, "built": built, "groups": groups, "same": same,
        "failed": failed, "removed": removed, "longer": longer, "warnings": warnings, "earlier": earlier,
    });
    let context = Context::from_serialize(&view).unwrap_or_default();
    TEMPLATE.render("report.html", &context).unwrap_or_default()
}

fn told(found: &Diagnostic) -> Value {
    json!({"place": emit::place(found), "code": found.code, "message": found.message, "hints": found.hints})
}

/// Most paragraphs of one kind that are shown of one document.
const PARAGRAPHS: usize = 40;

fn shown(id: &PackId, change: &DocumentChange) -> Value {
    let [before, after] = change.pages;
    let pages = match (before, after) {
        (None, Some(after)) => format!("new, {}", pages(after)),
        (Some(_), None) => "no longer made".to_owned(),
        (Some(before), Some(after)) if before != after => format!("{}, was {before}", pages(after)),
        (_, after) => pages(after.unwrap_or_default()),
    };
    let few = |all: Vec<Value>| {
        let more = all.len().saturating_sub(PARAGRAPHS);
        json!({"all": all.into_iter().take(PARAGRAPHS).collect::<Vec<_>>(), "more": more})
    };
    let paragraphs = change.paragraphs.as_ref();
    let but = |all: &[String], side: fn(&(String, String)) -> &String| {
        let changed: Vec<&String> = paragraphs.into_iter().flat_map(|words| &words.changed).map(side).collect();
        few(all.iter().filter(|paragraph| !changed.contains(paragraph)).map(|paragraph| json!(paragraph)).collect())
    };
    let piece = |(tag, text): (ChangeTag, String)| json!({"what": tag.to_string(), "text": text});
    let marked = |(before, after): &(String, String)| json!(pieces(before, after).into_iter().map(piece).collect::<Vec<_>>());
    json!({
        "name": title(document(id, &change.name)),
        "pages": pages,
        "longer": is_longer(change),
        "new": before.is_none(),
        "known": paragraphs.is_some(),
        "alike": paragraphs.is_some_and(Paragraphs::is_empty),
        "changed": paragraphs.map(|words| few(words.changed.iter().map(marked).collect())),
        "added": paragraphs.map(|words| but(&words.added, |(_, after)| after)),
        "removed": paragraphs.map(|words| but(&words.removed, |(before, _)| before)),
        "moved": paragraphs.map(|words| few(words.moved.iter().map(|paragraph| json!(paragraph)).collect())),
    })
}

fn is_longer(change: &DocumentChange) -> bool {
    matches!(change.pages, [Some(before), Some(after)] if after > before)
}

/// "Job pack", of `job-pack`.
fn title(name: &str) -> String {
    let words = name.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn pages(count: usize) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{count} pages") }
}

/// What files were made from, as JSON.
pub fn dependencies(files: &[MadeFrom], by: Option<MadeBy>) -> impl Serialize {
    Dependencies { files, by }
}

/// Written file by file: of thousands of packs it is hundreds of megabytes.
struct Dependencies<'a> {
    files: &'a [MadeFrom],
    by: Option<MadeBy>,
}

impl Serialize for Dependencies<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let program = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "sha256": self.by.map(|by| by.program.to_string()),
            "templates_sha256": self.by.map(|by| by.templates.to_string()),
        });
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("program", &program)?;
        map.serialize_entry("files", self.files)?;
        map.end()
    }
}

impl Serialize for MadeFrom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let input = |input: &Arc<(String, Option<Digest>)>| json!({"path": input.0, "sha256": input.1.map(|digest| digest.to_string())});
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("inputs", &self.inputs.iter().map(input).collect::<Vec<_>>())?;
        map.end()
    }
}

/// The same as rules of a Makefile. Inputs that come with the program are no files, and left out; one that goes away doesn't stop
/// make.
///
/// - root: the project's folder
/// - out: the output folder
pub fn makefile(files: &[MadeFrom], root: &Path, out: &Path) -> String {
    let mut text = String::new();
    let mut all = std::collections::BTreeSet::new();
    for file in files {
        let mut inputs: Vec<&str> = file.inputs.iter().filter(|input| input.1.is_some()).map(|input| file_of(&input.0)).collect();
        inputs.dedup();
        let places = inputs.into_iter().filter(|path| !path.ends_with('/')).map(|path| root.join(path)).filter(|place| place.is_file());
        let places: Vec<String> = places.map(|place| escaped(&place)).collect();
        text.push_str(&escaped(&out.join(&file.path)));
        text.push(':');
        for place in &places {
            text.push_str(" \\\n  ");
            text.push_str(place);
        }
        text.push('\n');
        all.extend(places);
    }
    for place in all {
        text.push_str(&format!("{place}:\n"));
    }
    text
}

/// A name as make reads it.
fn escaped(path: &Path) -> String {
    let path = path.strip_prefix("./").unwrap_or(path).display().to_string();
    let mut name = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            '$' => name.push_str("$$"),
            ' ' | '#' | '%' | ':' | '\\' => name.extend(['\\', character]),
            _ => name.push(character),
        }
    }
    name
}
