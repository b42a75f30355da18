//! What a build tells of what it did: the report, and what each file was made from.

use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::rebuilds::{append, build, everything};

#[test]
fn the_report_tells_what_changed_and_why() {
    let project = everything();
    build(&project, &[]);
    let project = project.replace("profiles/gla/organisation.yaml", "flexible_approach:\n    text: >-\n      ", "flexible_approach:\n    text: >-\n      Always ");
    fs::remove_file(project.path("profiles/heston/vacancies/learning-coordinator-2027.yaml")).expect("removed");
    let project = project.write("profiles/havering/broken.yaml", "kind: profile\n");
    project.run(&["build", "--report", "changes.json", "--report", "changes.html"]).status(1);
    let report: Value = serde_json::from_str(&project.read("changes.json")).expect("JSON");
    let pack = |name: &str| report["packs"].as_array().expect("packs").iter().find(|pack| pack["pack"] == name).expect("a pack").clone();
    let changed = pack("gla/project-support-officer");
    assert_eq!(changed["outcome"], "built");
    assert_eq!(changed["because"], serde_json::json!(["clause flexible_approach of profiles/gla/organisation.yaml changed"]));
    let documents = changed["changes"].as_array().expect("documents");
    let names: Vec<&str> = documents.iter().map(|document| document["document"].as_str().expect("a name")).collect();
    assert_eq!(names, ["job-description", "job-pack"]);
    assert!(documents[0]["added"][0].as_str().is_some_and(|text| text.starts_with("Always ")), "{}", documents[0]);
    assert_eq!((&documents[0]["removed"].as_array().map(Vec::len), &documents[0]["moved"]), (&Some(1), &serde_json::json!([])));
    assert_eq!(documents[1]["pages"], documents[1]["pages_before"]);
    assert!(changed["stages_ms"]["pages"].as_f64().is_some_and(|time| time > 0.0));
    let outcomes = ["bradford/send-lso-2026", "havering/broken", "heston/learning-coordinator-2027"].map(|name| pack(name)["outcome"].clone());
    assert_eq!(outcomes, ["unchanged", "failed", "removed"]);
    let page = project.read("changes.html");
    for words in ["1 of 11 packs has changed, 1 is removed, 1 can’t be built", "<b>Changed</b> <ins>Always </ins>", "clause flexible_approach of profiles&#x2F;gla&#x2F;organisation.yaml changed", "heston&#x2F;learning-coordinator-2027", "profiles&#x2F;havering&#x2F;broken.yaml"] {
        assert!(page.contains(words) || page.contains(&words.replace("&#x2F;", "/")), "{words}\n{page}");
    }
    project.run(&["build", "--report", "changes.txt"]).status(2).says("ends in .json or .html");
    project.run(&["build", "--report", "new/folder/changes.json"]).status(1);
    assert!(project.path("new/folder/changes.json").exists(), "its folder is made");
    project.run(&["build", "--report", "changes.json/changes.json"]).status(1).says("changes.json/changes.json");
}

#[test]
fn what_a_file_was_made_from_can_be_told() {
    let project = everything();
    project.run(&["build", "gla", "--deps", "deps.json"]).status(0);
    let told: Value = serde_json::from_str(&project.read("deps.json")).expect("JSON");
    let inputs = |name: &str| -> Vec<String> {
        let file = told["files"].as_array().expect("files").iter().find(|file| file["path"] == name).unwrap_or_else(|| panic!("{name}"));
        file["inputs"].as_array().expect("inputs").iter().map(|input| input["path"].as_str().expect("a path").to_owned()).collect()
    };
    let pdf = inputs("gla/project-support-officer/project-support-officer-job-description.pdf");
    for path in [
        "profiles/gla/project-support-officer.yaml",
        "profiles/gla/organisation.yaml",
        "profiles/gla/organisation.yaml#clauses.flexible_approach",
        "profiles/gla/_brand.yml",
        "profiles/gla/frameworks/competency-framework.yaml",
        "profiles/gla/logo.svg",
        "fonts/schibsted-grotesk/SchibstedGrotesk-Bold.ttf",
        "templates/gla/layout.yaml",
        "templates/gla/layout.typ",
        "templates/gla/motif.svg",
        "templates/base/lib.typ",
        "templates/base/labels/en.yaml",
    ] {
        assert!(pdf.iter().any(|input| input == path), "{path} is not in {pdf:#?}");
    }
    for path in ["profiles/gla/organisation.yaml#clauses.welcome", "templates/base/word/styles.xml", "templates/base/web/page.css", "templates/school/layout.typ", "profiles/gla/senior-project-officer-esol.yaml"] {
        assert!(!pdf.iter().any(|input| input == path), "{path} is in {pdf:#?}");
    }
    let of = |format: &str, path: &str| inputs(&format!("gla/project-support-officer/project-support-officer-job-description.{format}")).iter().any(|input| input == path);
    assert!(of("docx", "templates/base/word/styles.xml") && !of("docx", "templates/base/web/page.css"));
    assert!(of("html", "templates/base/web/page.css") && !of("html", "templates/base/word/styles.xml"));
    let zip = inputs("gla/project-support-officer.zip");
    assert!(pdf.iter().all(|input| zip.contains(input)) && zip.iter().any(|input| input == "templates/base/word/styles.xml"));
    assert!(told["program"]["sha256"].as_str().is_some_and(|digest| digest.len() == 64) && told["program"]["templates_sha256"].is_string());
    // Of what is as it was, too; and make takes it.
    project.run(&["build", "gla", "--deps", "deps.mk"]).status(0).says("3 unchanged");
    let project = project.write("Makefile", "include deps.mk\n%.pdf:\n\tjobpack build gla --deps deps.mk\n");
    let make = |target: &str| {
        let mut make = Command::new("make");
        make.args(["--question", target]).current_dir(project.path("")).stdout(Stdio::null()).stderr(Stdio::null());
        make.status().expect("make can be run").code()
    };
    let target = "dist/gla/project-support-officer/project-support-officer-job-pack.pdf";
    assert!(project.read("deps.mk").contains(&format!("{target}: \\\n  ")));
    assert_eq!(make(target), Some(0));
    std::thread::sleep(Duration::from_millis(20));
    append(&project, "profiles/gla/project-support-officer.yaml", "# new\n");
    assert_eq!(make(target), Some(1));
    assert_eq!(make("dist/gla/senior-project-officer-esol/senior-project-officer-esol-job-pack.pdf"), Some(0));
}
