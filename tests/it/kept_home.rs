//! What a candidate must not see stays home: notes, the compiler's name, comments, paths of the author's machine.

use crate::docx::Docx;
use crate::packs;
use crate::pdf::Pdf;
use crate::project::{PROFILE, Project, files};

/// Everything that a reader could dig out of the files of a pack.
fn all_text(run: &crate::project::Run) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut found = Vec::new();
    for (name, bytes) in files(&run.out) {
        let path = run.out.join(&name);
        if name.ends_with(".pdf") {
            let pdf = Pdf::read(&path);
            assert!(!pdf.attachments.is_empty(), "{name} carries no view");
            found.push((name.clone(), pdf.outline()));
            found.extend(pdf.attachments.iter().map(|file| (format!("{name}: {}", file.name), text(&file.bytes))));
        } else if name.ends_with(".docx") {
            found.extend(Docx::read(&path).parts.iter().map(|(part, bytes)| (format!("{name}: {part}"), text(bytes))));
        }
        found.push((name, text(&bytes)));
    }
    found
}

#[test]
fn notes_comments_and_names_of_compilers_are_in_no_file() {
    let home = "# CANARY-comment\nsource:\n  file: CANARY-file\n  compiled_by: CANARY-compiler\n  normalised: [CANARY-normalised]\n  notes:\n    - {at: grade, says: CANARY-note}\n";
    let run = Project::small().write("profiles/test/good.yaml", format!("{PROFILE}{home}")).build(&[]).status(0);
    let told: Vec<_> = all_text(&run).into_iter().filter(|(_, text)| text.contains("CANARY")).map(|(name, _)| name).collect();
    assert!(told.is_empty(), "{told:?} tell what should stay home");
}

#[test]
fn no_file_names_a_folder_of_the_machine_that_made_it() {
    let run = packs::built();
    let folder = run.out.parent().and_then(|folder| folder.to_str()).expect("a path").to_owned();
    let told: Vec<_> = all_text(run).into_iter().filter(|(_, text)| text.contains(&folder)).map(|(name, _)| name).collect();
    assert!(told.is_empty(), "{told:?} name {folder}");
}
