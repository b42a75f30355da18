//! The contract of the command line: exit status, what goes to which stream, what a newcomer sees.

use crate::project::Project;

#[test]
fn exit_status_tells_what_happened() {
    Project::small().build(&[]).status(0);
    Project::small().write("profiles/test/bad.yaml", "kind: profile\n").build(&[]).status(1).says("1 pack failed");
    Project::small().run(&["build", "--no-such-option"]).status(2);
    Project::small().build(&["test/nobody"]).status(2).says("unknown-pack");
    Project::empty().build(&[]).status(3).says("no-project");
}

#[test]
fn messages_go_to_standard_error_and_results_to_standard_output() {
    let run = Project::small().build(&[]).status(0).says("built 1 pack, 10 files in ");
    assert_eq!(run.stdout, "");
    assert!(!run.stderr.contains('\u{1B}'), "there are colours in {:?}", run.stderr);
    let report = Project::small().run(&["build", "--json"]).status(0).json();
    assert_eq!(report["packs"][0]["pack"], "test/good");
    let found = Project::small().run(&["check", "--format", "json"]).status(0).json();
    let found = found.as_array().expect("an array");
    assert!(!found.is_empty() && found.iter().all(|finding| finding["severity"] != "error"), "{found:#?}");
}

#[test]
fn every_command_explains_itself_with_an_example() {
    let help = Project::empty().run(&["--help"]).status(0).stdout;
    for command in ["build", "check", "list", "explain", "schema", "new", "serve"] {
        assert!(help.contains(command), "{command} is not in the help");
        let own = Project::empty().run(&[command, "--help"]).status(0).stdout;
        assert!(own.contains("Example"), "`{command} --help` has no example:\n{own}");
    }
}

#[test]
fn an_installed_program_works_in_an_empty_folder() {
    let project = Project::small();
    assert!(!project.path("templates").exists() && !project.path("fonts").exists());
    project.build(&[]).status(0);
}

#[test]
fn explain_says_where_a_value_comes_from_and_what_it_overrode() {
    let said = Project::ours().run(&["explain", "millbrook/learning-mentor", "post_title"]).status(0).stdout;
    for part in ["Learning Mentor", "profiles/millbrook/learning-mentor.yaml:", "profiles/havering/learning-mentor-elsa.yaml:"] {
        assert!(said.contains(part), "{part:?} is not in\n{said}");
    }
}
