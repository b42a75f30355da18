//! One process, very many names: nothing that Typst keeps for ever may grow with the data.
//!
//! Takes minutes, so it runs only when asked for:
//!
//! ```text
//! /usr/bin/time -v cargo test --test it many_names -- --ignored --nocapture
//! ```

use std::fmt::Write;

use jobpack::build::{Builder, Format, Options};
use jobpack::project::Project;

/// Typst numbers the files that it has seen in 16 bits and never forgets one: 65,536 different paths would end the
/// process.
const PACKS: usize = 70_000;
const IN_A_PROJECT: usize = 1_000;

#[test]
#[ignore = "takes minutes"]
fn seventy_thousand_names_in_one_process() {
    let repository = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let brand = std::fs::read_to_string(repository.join("profiles/havering/_brand.yml")).expect("the brand");
    let options = Options { formats: vec![Format::Pdf, Format::Docx, Format::Html], ..Options::default() };
    let mut report = String::new();
    for project in 0..PACKS / IN_A_PROJECT {
        let folder = tempfile::tempdir().expect("a folder");
        let organisation = folder.path().join(format!("profiles/employer-{project}"));
        std::fs::create_dir_all(&organisation).expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(organisation.join(name), text).expect("a file");
        write("_brand.yml", &brand);
        std::fs::copy(repository.join("profiles/havering/logo.svg"), organisation.join("logo.svg")).expect("the logo");
        write("organisation.yaml", &format!("kind: organisation\nname: Employer {project}\nsector: council\nlayout: council\n"));
        for pack in 0..IN_A_PROJECT {
            let profile = format!(
                "kind: profile\nstatus: draft\nrevised_on: 2026-01-01\npost_title: Post {project}-{pack}\npurpose:\n  - id: p{project}-{pack}\n    heading: Purpose {pack}\n    text: To do {pack} things.\n"
            );
            write(&format!("post-{project}-{pack}.yaml"), &profile);
        }
        let builder = Builder::new(Project::load(folder.path().to_path_buf()));
        for id in builder.project().packs() {
            builder.build(&id, &options).unwrap_or_else(|faults| panic!("{id}: {faults:?}"));
        }
        let memory = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        let pages: usize = memory.split_whitespace().nth(1).and_then(|pages| pages.parse().ok()).unwrap_or_default();
        let _ = writeln!(report, "{} packs: {} MB", (project + 1) * IN_A_PROJECT, pages * 4096 / 1_000_000);
    }
    println!("{report}");
}
