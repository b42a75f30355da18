//! The pages for people, used in Chromium while the project is edited.

use std::process::Command;

use crate::project::Project;
use crate::served::Served;
use crate::validators::tools;

#[test]
fn the_pages_follow_edits_show_faults_and_are_for_everybody() {
    let project = Project::ours();
    let profile = project.path("profiles/havering/learning-mentor-elsa.yaml");
    let served = Served::of(project, &[]);
    let mut node = Command::new("node");
    node.arg(tools().join("node/preview.mjs")).arg(format!("http://{}", served.address)).arg(profile);
    let run = node.args(["havering/learning-mentor-elsa", "50"]).output().expect("node can be run");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let said: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(said["findings"], serde_json::json!([]), "{said:#}");
    let mut times: Vec<u64> = said["times"].as_array().expect("times").iter().filter_map(serde_json::Value::as_u64).collect();
    times.sort_unstable();
    assert_eq!(times.len(), 50);
    // Told, not judged: machines differ, and `benches/README.md` has the figures of one.
    println!("from saving to showing: median {} ms, 95th percentile {} ms", times[25], times[47]);
}
