//! Files and folders that can't be read as what they should be: each is said, none is passed over, and no build waits.

use std::process::Command;
use std::time::{Duration, Instant};

use crate::bad_input::{BAD, Expected, OTHER_BRAND, bad_organisation, bad_profile, refused, with_bad_organisation};
use crate::project::{PROFILE, Project, Run, installed};

const LOGO: &str = "logo:\n  images:\n    mark: {path: NAME, alt: Testham}\n  medium: mark\n";

/// A second organisation with a logo of this name and content.
fn with_logo(name: &str, content: impl AsRef<[u8]>) -> Project {
    let project = with_bad_organisation(Project::small());
    let brand = project.read(OTHER_BRAND);
    project.write(OTHER_BRAND, format!("{brand}{}", LOGO.replace("NAME", name))).write(&format!("profiles/other/{name}"), content)
}

#[test]
fn a_logo_that_is_no_picture_is_refused_where_the_brand_names_it() {
    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">";
    let bare = "<svg width=\"9\" height=\"9\"><path d=\"M0 0h9v9z\"/></svg>";
    let out = format!("{SVG}<image width=\"9\" height=\"9\" href=\"file:///etc/passwd\"/></svg>");
    let script = format!("{SVG}<script>1</script></svg>");
    let many = format!("{SVG}{}</svg>", "<path/>".repeat(5000));
    for (name, content) in [("mark.svg", script.as_str()), ("mark.svg", many.as_str()), ("mark.svg", ""), ("mark.svg", "not a picture"), ("mark.svg", SVG), ("mark.svg", out.as_str()), ("mark.svg", bare), ("mark.png", SVG), ("mark.jpg", "JFIF")] {
        bad_organisation(&with_logo(name, content), "not-a-picture", OTHER_BRAND, name);
    }
    let project = with_logo("mark.svg", format!("{SVG}</svg>"));
    let project = project.replace(OTHER_BRAND, "medium: mark", "medium: mrak");
    bad_organisation(&project, "unknown-value", OTHER_BRAND, "mrak");
    let brand = project.read(OTHER_BRAND).replace("mrak", "mark");
    let unsaid = project.write(OTHER_BRAND, brand.replace("alt: Testham", "alt: ''"));
    bad_organisation(&unsaid, "missing-alt", OTHER_BRAND, "");
    let bell = unsaid.write(OTHER_BRAND, brand.replace("alt: Testham", "alt: \"\\x07\""));
    bad_organisation(&bell, "control-character", OTHER_BRAND, "alt");
}

#[test]
fn a_motif_with_a_colour_of_its_own_is_refused_where_the_brand_names_it() {
    let motif = |fill: &str| format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9v9z\"{fill}/></svg>");
    let project = with_bad_organisation(Project::small());
    let brand = format!("{}defaults: {{jobpack: {{motif: shapes.svg}}}}\n", project.read(OTHER_BRAND));
    let mut project = project.write(OTHER_BRAND, brand);
    for fill in ["", " fill=\"#010203\" stroke=\"red\""] {
        project = project.write("profiles/other/shapes.svg", motif(fill));
        bad_organisation(&project, "motif-colour", OTHER_BRAND, "shapes.svg");
    }
    project.write("profiles/other/shapes.svg", motif(" fill=\"currentColor\"")).write("profiles/other/bad.yaml", crate::project::PROFILE).run(&["check"]).status(0);
}

#[test]
fn a_font_that_was_cut_short_is_refused_where_the_brand_names_it() {
    let font = std::fs::read(crate::project::repository().join("fonts/figtree/Figtree-Regular.ttf")).expect("the font is there");
    let project = with_bad_organisation(Project::small())
        .replace(OTHER_BRAND, "../../fonts/jobpack-symbols/JobpackSymbols-Regular.ttf", "short.ttf")
        .write("profiles/other/short.ttf", &font[..font.len() / 2]);
    bad_organisation(&project, "not-a-font", OTHER_BRAND, "short.ttf");
}

#[test]
fn a_family_that_its_files_do_not_hold_is_refused_where_it_is_named() {
    let project = with_bad_organisation(Project::small());
    let brand = project.read(OTHER_BRAND).replace("family: Public Sans", "family: Publik Sans");
    let project = project.write(OTHER_BRAND, brand);
    bad_organisation(&project, "unknown-font", OTHER_BRAND, "family: Publik Sans");
}

/// Makes a pipe that nobody writes into.
#[cfg(unix)]
fn pipe(project: &Project, path: &str) {
    let made = Command::new("mkfifo").arg(project.path(path)).status().expect("`mkfifo` can be run");
    assert!(made.success(), "there is no pipe");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
    let start = Instant::now();
    let project = Project::small();
    pipe(&project, BAD);
    refused(&project, &Expected { code: "file-unreadable", path: BAD, line: "" });
    let project = with_logo("mark.svg", "");
    std::fs::remove_file(project.path("profiles/other/mark.svg")).expect("it is there");
    pipe(&project, "profiles/other/mark.svg");
    bad_organisation(&project, "file-unreadable", OTHER_BRAND, "mark.svg");
    assert!(start.elapsed() < Duration::from_secs(20), "it took {:?}", start.elapsed());
}

#[cfg(unix)]
#[test]
fn a_profile_that_is_a_link_out_of_the_project_or_to_nothing_is_refused() {
    for (target, code) in [("/etc/passwd", "path-outside-project"), ("/dev/zero", "path-outside-project"), ("nowhere.yaml", "file-missing"), ("bad.yaml", "file-missing")] {
        let project = Project::small();
        std::os::unix::fs::symlink(target, project.path(BAD)).expect("a link is made");
        let run = refused(&project, &Expected { code, path: BAD, line: "" });
        assert!(run.files().contains_key("test/good/good-job-pack.pdf"), "the good pack is missing");
    }
}

/// Demands that a folder or file that can't be read is said, and that `test/good` is built.
#[track_caller]
fn unreadable(run: Run, code: &str, path: &str) {
    let report = run.status(1).says(code).json();
    let found = &report["diagnostics"][0];
    assert_eq!((&found["code"], &found["path"]), (&code.into(), &path.into()), "{report:#}");
    assert!(found["hints"][0].is_string());
    assert_eq!(report["packs"][0]["outcome"], "built", "{report:#}");
}

#[test]
fn a_file_in_the_place_of_a_folder_is_not_passed_over() {
    let project = Project::small().write("profiles/test/vacancies", "not a folder");
    unreadable(project.run(&["build", "--json"]), "folder-unreadable", "profiles/test/vacancies");
    project.run(&["check"]).status(1).says("folder-unreadable");
}

#[cfg(unix)]
#[test]
fn a_file_whose_name_is_no_text_is_not_passed_over() {
    use std::os::unix::ffi::OsStrExt;
    let project = Project::small();
    let name = std::ffi::OsStr::from_bytes(b"b\xFFd.yaml");
    std::fs::write(project.path("profiles/test").join(name), PROFILE).expect("a file is written");
    unreadable(project.run(&["build", "--json"]), "file-name", "profiles/test");
}

/// The program as a user to whom permissions apply, in a folder that this user may use.
#[cfg(unix)]
fn as_anybody(project: &Project) -> Command {
    use std::os::unix::fs::PermissionsExt;
    let open = |path: &str, mode: u32| {
        std::fs::set_permissions(project.path(path), std::fs::Permissions::from_mode(mode)).expect("permissions are set");
    };
    let program = project.path("jobpack");
    std::fs::copy(installed(), &program).expect("the program is copied");
    std::fs::create_dir_all(project.path("dist")).expect("a folder is made");
    open("", 0o755);
    open("dist", 0o777);
    let id = Command::new("id").arg("-u").output().expect("`id` can be run").stdout;
    if id.trim_ascii() != b"0" {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program);
    command
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_not_passed_over() {
    use std::os::unix::fs::PermissionsExt;
    let project = with_bad_organisation(Project::small());
    let closed = project.path("profiles/other");
    let command = as_anybody(&project);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("permissions are set");
    let run = project.run_with(command, &["build", "--json"]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).expect("permissions are set");
    unreadable(run, "folder-unreadable", "profiles/other");
}

#[cfg(unix)]
#[test]
fn an_output_folder_that_may_not_be_written_fails_its_packs_and_no_other() {
    use std::os::unix::fs::PermissionsExt;
    let project = with_bad_organisation(Project::small());
    let command = as_anybody(&project);
    std::fs::create_dir_all(project.path("dist/other")).expect("a folder is made");
    std::fs::set_permissions(project.path("dist/other"), std::fs::Permissions::from_mode(0o555)).expect("permissions are set");
    let run = project.run_with(command, &["build", "--json"]).status(1).says("output-not-writable").says("dist/other/bad").says("--out");
    let left: Vec<_> = run.files().into_keys().filter(|name| name.starts_with("other")).collect();
    assert!(left.is_empty(), "{left:?}");
    run.file("test/good/good-job-pack.pdf");
}

#[test]
fn a_line_ends_where_any_program_ends_it() {
    bad_profile(PROFILE.replace("grade:", "grad:").replace('\n', "\r\n"), "unknown-field", "grad:");
    let project = Project::small().write(BAD, PROFILE.replace("grade:", "grad:").replace('\n', "\r"));
    let said = crate::bad_input::diagnostics(&project.run(&["build", "--json"]).status(1).json(), "test/bad");
    assert_eq!((&said[0]["line"], &said[0]["column"]), (&5.into(), &1.into()), "{said:#?}");
}
