//! Programs of others that ask the HTTP API by its description: schemathesis, and a client made by a generator.

use std::fs;
use std::process::Command;

use crate::project::repository;
use crate::served::Served;
use crate::validators::tools;

/// Python with what `tests/validators/api.txt` names.
fn python() -> Command {
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", tools().join("api")).env("PYTHONDONTWRITEBYTECODE", "1");
    python
}

#[test]
fn schemathesis_finds_nothing_that_breaks_the_server_or_its_description() {
    let served = Served::start(repository(), &["--queue", "100"]);
    let folder = tempfile::tempdir().expect("a folder");
    let mut tool = python();
    tool.current_dir(folder.path()).args(["-m", "schemathesis.cli", "run"]);
    tool.arg(format!("http://{}/api/v1/openapi.json", served.address));
    // A text that fits its schema may still have faults: the schema of a request says less than that of a profile.
    tool.args(["--exclude-checks", "positive_data_acceptance", "--phases", "examples,coverage,fuzzing"]);
    tool.args(["--max-examples", "40", "--seed", "7", "--no-color", "--generation-database", "none"]);
    let run = tool.output().expect("schemathesis can be run");
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
    let count = said.lines().find_map(|line| line.trim().split(" generated").next()?.parse::<usize>().ok());
    assert!(count.is_some_and(|count| count >= 300), "{said}");
    assert!(said.contains("Tested: 13") && served.get("/healthz").status == 200, "{said}");
}

/// What the client of the generator does: it lists, looks, and has a profile made.
const CLIENT: &str = r#"
import json, sys
from jobpack_client import Client
from jobpack_client.api.packs import list_packs, get_pack
from jobpack_client.api.render import render_profile, check_profile

client = Client(base_url=sys.argv[1])
profile = json.load(open(sys.argv[2]))
packs = list_packs.sync(client=client, organisation="havering")
assert packs.total >= 2 and packs.packs[0].organisation == "havering", packs
pack = get_pack.sync(client=client, organisation="havering", pack=packs.packs[0].name)
assert pack.state == "ready", pack
answer = render_profile.sync_detailed(client=client, body=profile, organisation="havering", format_="pdf")
assert answer.status_code == 200 and answer.content.startswith(b"%PDF-"), answer
profile["grad"] = profile.pop("grade")
found = check_profile.sync(client=client, body=profile, organisation="havering")
assert found.diagnostics[0].code == "unknown-field", found
print("made")
"#;

#[test]
fn a_client_that_a_generator_makes_renders_a_pack() {
    let served = Served::start(repository(), &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("openapi.json"), served.get("/api/v1/openapi.json").body).expect("written");
    fs::write(path("config.yaml"), "project_name_override: jobpack-client\npackage_name_override: jobpack_client\npost_hooks: []\n").expect("written");
    let mut tool = python();
    tool.current_dir(folder.path()).args(["-m", "openapi_python_client", "generate", "--path", "openapi.json", "--config", "config.yaml", "--output-path", "made"]);
    let run = tool.output().expect("the generator can be run");
    assert!(run.status.success(), "{}\n{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    let profile = r#"{"kind": "profile", "status": "draft", "revised_on": "2026-11-22", "post_title": "Allotments Officer", "grade": "Grade 4", "purpose": [{"text": "To let plots."}]}"#;
    fs::write(path("profile.json"), profile).expect("written");
    let mut client = python();
    let paths = format!("{}:{}", tools().join("api").display(), path("made").display());
    client.env("PYTHONPATH", paths).args(["-c", CLIENT, &format!("http://{}", served.address)]).arg(path("profile.json"));
    let run = client.output().expect("python can be run");
    assert!(run.stdout.starts_with(b"made"), "{}", String::from_utf8_lossy(&run.stderr));
}
