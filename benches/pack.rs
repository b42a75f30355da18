//! The whole path of a pack, and each stage's share of it.
//!
//! Prints a table of stages over distinct packs, then runs the benchmarks; `benches/README.md` says how. With `JOBPACK_VIEWS=DIR` the
//! views of the distinct packs are kept there, for `benches/typst_py.py`.

// A benchmark prints, and ends where something is missing.
#![allow(clippy::expect_used, clippy::print_stdout)]

use std::path::Path;

use jobpack::build::{Builder, Options, Stage, Stages};
use jobpack::project::{PackId, Project};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    shares();
    divan::main();
}

/// A project of `count` distinct packs, made from the Havering model profile.
fn distinct(count: usize) -> (tempfile::TempDir, Builder, Vec<PackId>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let to = folder.path().join("profiles/havering");
    std::fs::create_dir_all(&to).expect("a folder");
    for name in ["organisation.yaml", "_brand.yml", "logo.svg", "logo-dark.svg"] {
        std::fs::copy(root.join("profiles/havering").join(name), to.join(name)).expect("a copy");
    }
    let model = std::fs::read_to_string(root.join("profiles/havering/learning-mentor-elsa.yaml")).expect("the profile");
    for number in 0..count {
        let words = format!("{} children", number + 2);
        let text = model.replace("children", &words).replace("post_title: Learning", &format!("post_title: {number} Learning"));
        std::fs::write(to.join(format!("post-{number}.yaml")), text).expect("a profile");
    }
    let project = Project::load(folder.path().to_path_buf());
    let packs = project.packs();
    (folder, Builder::new(project), packs)
}

/// Prints the mean time of each stage over 100 distinct packs on one thread.
fn shares() {
    const COUNT: usize = 100;
    let (_folder, builder, packs) = distinct(COUNT + 10);
    let mut sum = Stages::default();
    for (at, id) in packs.iter().enumerate() {
        let (built, _) = builder.build(id, &Options::default()).expect("a pack");
        if at >= 10 {
            sum.add(&built.stages);
            for (document, view) in built.views.iter().enumerate() {
                keep(&format!("{}-{document}", at - 10), view);
            }
        }
    }
    let milliseconds = |stage: Stage| sum.of(stage).as_secs_f64() * 1000.0 / COUNT as f64;
    let total: f64 = Stage::ALL.into_iter().map(milliseconds).sum();
    let typst: f64 = Stage::ALL.into_iter().filter(|stage| stage.is_typst()).map(milliseconds).sum();
    println!("stage       ms/pack  share");
    for stage in Stage::ALL {
        println!("{:10} {:8.3} {:5.1} %", format!("{stage:?}"), milliseconds(stage), milliseconds(stage) / total * 100.0);
    }
    println!("whole pack {total:8.3}; Typst {typst:.3}; jobpack's own part is {:.3} of Typst's", (total - typst) / typst);
}

fn keep(name: &str, view: &str) {
    if let Some(folder) = std::env::var_os("JOBPACK_VIEWS") {
        std::fs::write(Path::new(&folder).join(format!("{name}.json")), view).expect("a view");
    }
}

/// Every format of a pack whose words have not been seen before.
#[divan::bench(sample_count = 60)]
fn distinct_packs(bencher: divan::Bencher<'_, '_>) {
    let (_folder, builder, packs) = distinct(80);
    let next = std::sync::atomic::AtomicUsize::new(0);
    bencher.bench(|| {
        let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % packs.len();
        builder.build(&packs[at], &Options::default()).expect("a pack")
    });
}

/// Merging, wording and checking alone.
#[divan::bench]
fn assemble(bencher: divan::Bencher<'_, '_>) {
    let (_folder, builder, packs) = distinct(1);
    bencher.bench(|| builder.assemble(&packs[0], &Options::default()).expect("a pack"));
}
