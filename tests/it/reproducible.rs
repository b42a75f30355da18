//! The same input makes the same bytes: in another folder, another time zone, another language, on another day.

use std::collections::BTreeMap;
use std::process::Command;

use crate::packs;
use crate::project::{Project, installed};
use crate::validators;

fn names_that_differ(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    assert!(!one.is_empty(), "nothing was built");
    let names: std::collections::BTreeSet<_> = one.keys().chain(other.keys()).collect();
    names.into_iter().filter(|name| one.get(*name) != other.get(*name)).cloned().collect()
}

/// What `date` says, so that a clock that was not moved is seen.
fn today(mut command: Command) -> String {
    let output = command.arg("+%F").output().expect("`date` can be run");
    String::from_utf8(output.stdout).expect("a date is text").trim().to_owned()
}

#[test]
fn another_day_folder_time_zone_and_language_make_the_same_bytes() {
    validators::tools();
    let tomorrow = |program: &str| {
        let mut command = Command::new("faketime");
        command.args(["-f", "+1d"]).arg(program);
        command
    };
    assert_ne!(today(Command::new("date")), today(tomorrow("date")), "faketime does not move the clock");
    let elsewhere = Project::ours().environment("TZ", "Pacific/Auckland").environment("LANG", "tr_TR.UTF-8").environment("LC_ALL", "tr_TR.UTF-8");
    let program = installed().to_str().expect("the path is UTF-8");
    elsewhere.run_with(tomorrow(program), &["build", "--out", "there/and/far", "--jobs", "1"]);
    let other = crate::project::files(&elsewhere.path("there/and/far"));
    assert_eq!(names_that_differ(&packs::built().files(), &other), Vec::<String>::new());
}

#[test]
fn a_second_build_writes_nothing() {
    let project = Project::ours();
    project.build(&["havering"]).status(0);
    let written = |path: &str| std::fs::metadata(project.path(path)).and_then(|data| data.modified()).expect("it was written");
    let file = "dist/havering/learning-mentor-elsa/learning-mentor-elsa-job-pack.pdf";
    let before = (written(file), written("dist/havering/learning-mentor-elsa.zip"));
    project.build(&["havering"]).status(0).says("unchanged");
    assert_eq!((written(file), written("dist/havering/learning-mentor-elsa.zip")), before);
}

#[test]
fn the_epoch_of_the_environment_dates_the_documents() {
    let project = Project::ours().environment("SOURCE_DATE_EPOCH", "1000000000");
    let run = project.build(&["havering"]).status(0);
    let manifest = std::fs::read_to_string(run.file("havering/learning-mentor-elsa/manifest.json")).expect("a manifest");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("the manifest is JSON");
    assert_eq!(manifest["date"], "2001-09-09");
}

#[test]
fn an_epoch_that_is_no_number_is_wrong_usage() {
    for wrong in ["", "today", "1.5", "99999999999999"] {
        for command in [["build", "--json"], ["serve", "--addr=127.0.0.1:0"]] {
            let run = Project::small().environment("SOURCE_DATE_EPOCH", wrong).run(&command);
            let run = run.status(2).says("error[source-date-epoch]").says(&format!("`SOURCE_DATE_EPOCH` is `{wrong}`"));
            assert!(run.files().is_empty() && run.stdout.is_empty());
        }
    }
}
