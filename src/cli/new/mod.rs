//! `jobpack new`: a commented starting file, and a list of what to fill in.
//!
//! Never writes over a file that is there.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::report::Terminal;
use super::{Global, Stop};
use crate::diagnostic::Diagnostic;
use crate::layout;
use crate::project::Project;

const ORGANISATION: &str = include_str!("organisation.yaml");
const BRAND: &str = include_str!("_brand.yml");
const PROFILE: &str = include_str!("profile.yaml");
const VACANCY: &str = include_str!("vacancy.yaml");
const LAYOUT: &str = include_str!("layout.yaml");
const LAYOUT_TYPST: &str = include_str!("layout.typ");
const LAYOUT_PAGE: &str = include_str!("about-us.md");

/// Write a commented starting file for an organisation, profile, vacancy or layout
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  jobpack new organisation riverside\n  jobpack new profile riverside/teaching-assistant\n  jobpack new vacancy riverside/teaching-assistant-2027 --profile teaching-assistant\n  jobpack new layout brochure")]
pub(super) struct Args {
    /// What to start
    #[arg(value_enum)]
    kind: Kind,
    /// Name: `organisation`, `organisation/profile`, `organisation/vacancy` or `layout`
    #[arg(value_name = "NAME")]
    name: String,
    /// Profile that a vacancy posts
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Organisation,
    Profile,
    Vacancy,
    Layout,
}

pub(super) fn run(global: &Global, args: &Args, terminal: &Terminal) -> Result<u8, Stop> {
    // A first organisation may be started in an empty folder.
    let root = match (global.folder(), args.kind) {
        (Ok(root), _) => root,
        (Err(_), Kind::Organisation) => global.root.clone().unwrap_or_else(|| PathBuf::from(".")),
        (Err(stop), _) => return Err(stop),
    };
    let files = files(&root, args)?;
    for (path, _) in &files {
        if root.join(path).exists() {
            let fault = Diagnostic::error("file-exists", format!("`{path}` is there already and is left as it is"));
            return Err(Stop::usage(vec![fault.hint("choose another name")]));
        }
    }
    if args.kind == Kind::Layout && layout::names(&Project::load(root.clone()).files).contains(&args.name) {
        let fault = Diagnostic::error("layout-exists", format!("there is a layout `{}` already, and this would take its place", args.name));
        return Err(Stop::usage(vec![fault.hint("choose another name")]));
    }
    for (path, text) in &files {
        write(&root.join(path), text).map_err(|error| {
            let fault = Diagnostic::error("output-not-writable", format!("can't write `{path}`: {error}"));
            Stop { diagnostics: vec![fault], status: 3 }
        })?;
        terminal.result(path);
        for (at, line) in text.lines().enumerate().filter(|(_, line)| line.contains("TODO")) {
            let (_, what) = line.split_once("TODO").unwrap_or_default();
            let what = what.trim_start_matches([':', ' ']).trim_end_matches(['"', '}']);
            terminal.message(&format!("  line {}: {what}", at + 1));
        }
    }
    Ok(0)
}

/// The files to write: paths relative to the project, and their text.
fn files(root: &Path, args: &Args) -> Result<Vec<(String, String)>, Stop> {
    let wrong = |message: String, hint: &str| {
        Stop::usage(vec![Diagnostic::error("wrong-name", message).hint(hint)])
    };
    let parts: Vec<&str> = args.name.split('/').collect();
    if let Some(bad) = parts.iter().find(|part| !is_name(part)) {
        let hint = "use lower-case letters, digits and hyphens: `teaching-assistant`";
        return Err(wrong(format!("`{bad}` can't be a name"), hint));
    }
    match (args.kind, parts.as_slice()) {
        (Kind::Organisation, [name]) => Ok(vec![
            (format!("profiles/{name}/organisation.yaml"), ORGANISATION.to_owned()),
            (format!("profiles/{name}/_brand.yml"), BRAND.to_owned()),
        ]),
        (Kind::Layout, [name]) => Ok(vec![
            (format!("templates/{name}/layout.yaml"), LAYOUT.to_owned()),
            (format!("templates/{name}/layout.typ"), LAYOUT_TYPST.to_owned()),
            (format!("templates/{name}/pages/about-us.md"), LAYOUT_PAGE.to_owned()),
        ]),
        (Kind::Profile | Kind::Vacancy, [organisation, name]) => {
            if !root.join("profiles").join(organisation).join("organisation.yaml").is_file() {
                let message = format!("there is no organisation `{organisation}`");
                return Err(wrong(message, "start it with `jobpack new organisation NAME`"));
            }
            if args.kind == Kind::Profile {
                return Ok(vec![(format!("profiles/{organisation}/{name}.yaml"), PROFILE.to_owned())]);
            }
            let Some(profile) = &args.profile else {
                return Err(wrong("a vacancy posts a profile".to_owned(), "name it with `--profile`"));
            };
            let posted = |name: &str| root.join(format!("profiles/{organisation}/{name}.yaml")).is_file();
            if !posted(profile) {
                let message = format!("there is no profile `{organisation}/{profile}` to post");
                return Err(wrong(message, "`jobpack list` names the profiles"));
            }
            if posted(name) {
                let message = format!("`{organisation}/{name}` is a profile, and a vacancy has a name of its own");
                return Err(wrong(message, "choose another name"));
            }
            let text = VACANCY.replace("PROFILE", profile);
            Ok(vec![(format!("profiles/{organisation}/vacancies/{name}.yaml"), text)])
        }
        (Kind::Organisation | Kind::Layout, _) => {
            Err(wrong(format!("`{}` has too many parts", args.name), "write one name without `/`"))
        }
        _ => Err(wrong(format!("`{}` does not say for which organisation", args.name), "write `organisation/name`")),
    }
}

fn is_name(part: &str) -> bool {
    !part.is_empty()
        && part.len() <= 80
        && part.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && part != "base"
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::File::create_new(path)?.write_all(text.as_bytes())
}
