//! Builds that nobody watches: from cron, a timer or a CI job; and what is open at a day.

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::project::{Project, installed};

#[test]
fn a_quiet_build_says_only_what_has_changed_or_failed() {
    let project = Project::small();
    project.run(&["build", "--quiet"]).status(0).says("built     test/good");
    let again = project.run(&["build", "-q"]).status(0);
    assert_eq!((again.stdout.as_str(), again.stderr.as_str()), ("", ""));
    let project = project.replace("profiles/test/good.yaml", "grade: ", "grade: New ").write("profiles/test/bad.yaml", "kind: profile\n");
    let changed = project.run(&["build", "--quiet"]).status(1).says("built     test/good").says("failed    test/bad").says("missing-field");
    assert!(!changed.stderr.contains("warning["), "{}", changed.stderr);
}

#[test]
fn a_build_can_wait_for_the_other_that_holds_the_lock() {
    let project = Project::small();
    project.build(&[]).status(0);
    let held = File::options().write(true).open(project.path("dist/.jobpack.lock")).expect("it is there");
    held.lock().expect("it can be locked");
    project.run(&["build"]).status(4).says("output-locked").says("--wait");
    let mut waiting = Command::new(installed());
    waiting.current_dir(project.path("")).args(["build", "--wait"]).stderr(Stdio::piped()).stdout(Stdio::null());
    let mut waiting = waiting.spawn().expect("it can be run");
    std::thread::sleep(Duration::from_secs(2));
    assert!(waiting.try_wait().expect("it can be asked").is_none(), "it waits");
    held.unlock().expect("it can be freed");
    let output = waiting.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("waiting: another build holds the lock"), "{said}");
}

#[test]
fn a_vacancy_is_open_until_its_time_is_over() {
    let project = Project::ours();
    let open = |at: &str| {
        let list = project.run(&["list", "bradford", "--open", "--as-of", at, "--json"]).status(0).json();
        list.as_array().expect("a list").iter().map(|pack| pack["pack"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    // It closes on 29 January 2027 at five.
    assert_eq!(open("2027-01-29T17:00"), ["bradford/send-lso-2026"]);
    assert_eq!(open("2027-01-29T17:01"), [""; 0]);
    assert_eq!(open("2027-01-29"), ["bradford/send-lso-2026"]);
    let all = project.run(&["list", "bradford", "--as-of", "2028-01-01"]).status(0).stdout;
    assert!(all.lines().count() == 2 && all.contains("(closed)"), "{all}");
    let one = project.run(&["list", "bradford", "--as-of", "2026-11-26", "--json"]).status(0).json();
    assert_eq!((&one[1]["closes"], &one[1]["closed"]), (&"2027-01-29T17:00:00+00:00".into(), &false.into()));
    project.run(&["list", "--as-of", "tomorrow"]).status(2).says("write a day as 2027-02-01");
}
