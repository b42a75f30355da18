//! Building again, with thousands of packs: what a full build spends beside Typst, and what one costs that has little to do.
//!
//! Prints a table; `benches/README.md` says how it is run. Every figure is held against another of the same run.

// A benchmark prints, and ends where something is missing.
#![allow(clippy::expect_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use jobpack::project::Digest;

fn main() {
    let count = |name: &str, usual: usize| std::env::var(name).map_or(usual, |text| text.parse().expect("a number"));
    let (packs, formats) = (count("JOBPACK_PACKS", 1000), std::env::var("JOBPACK_FORMATS").unwrap_or_else(|_| "pdf,docx,html".to_owned()));
    // It stays to the end: where many files were removed lately, some file systems search long for a number for a new one.
    let small = Generated::new(100);
    let few = small.build(&["--format", &formats, "--report", "report.json"]).memory;
    let project = Generated::new(packs);
    let full = project.build(&["--format", &formats, "--report", "report.json"]);
    full.print(&format!("full build, {packs} packs"));
    stages(project.folder.path(), full.cpu);
    println!("peak memory: {} MiB, with 100 packs {} MiB: {:.2} times", full.memory >> 10, few >> 10, full.memory as f64 / few as f64);
    let (inputs, outputs) = (project.inputs(), project.outputs());
    // The last files were written too lately to be known by their times.
    std::thread::sleep(Duration::from_millis(200));
    project.build(&["--format", &formats]);
    for _ in 0..3 {
        let stat = timed(|| on_two_threads(&[&inputs[..], &outputs[..]].concat(), |path| assert!(fs::metadata(path).is_ok())));
        let none = project.build(&["--format", &formats]);
        none.against("nothing has changed", "stat of all inputs and outputs", stat);
    }
    for _ in 0..3 {
        inputs.iter().for_each(|path| touch(path));
        std::thread::sleep(Duration::from_millis(200));
        let hash = timed(|| {
            on_two_threads(&outputs, |path| assert!(fs::metadata(path).is_ok()));
            on_two_threads(&inputs, |path| {
                fs::metadata(path).expect("there");
                std::hint::black_box(Digest::of(&fs::read(path).expect("there")));
            });
        });
        let touched = project.build(&["--format", &formats]);
        touched.against("all inputs touched", "stat of all, and SHA-256 of the inputs", hash);
    }
    for _ in 0..2 {
        outputs.iter().for_each(|path| touch(path));
        std::thread::sleep(Duration::from_millis(200));
        let hash = timed(|| {
            on_two_threads(&inputs, |path| assert!(fs::metadata(path).is_ok()));
            on_two_threads(&outputs, |path| {
                fs::metadata(path).expect("there");
                std::hint::black_box(Digest::of(&fs::read(path).expect("there")));
            });
        });
        let touched = project.build(&["--format", &formats]);
        touched.against("all outputs touched", "stat of all, and SHA-256 of the outputs", hash);
    }
    let none = project.build(&["--format", &formats]);
    for clause in [9, 8] {
        project.edit_clause(clause);
        let changed = project.build(&["--format", &formats, "--report", "report.json"]);
        let made = made(project.folder.path());
        println!(
            "one clause changed: {made} packs made in {:.2} s, {:.2} s more than for none: {:.1} ms each; in a full build {:.1} ms each",
            changed.wall,
            changed.wall - none.wall,
            (changed.wall - none.wall) * 1000.0 / made as f64,
            full.wall * 1000.0 / packs as f64,
        );
    }
}

/// A project of distinct packs, made from the five profiles of this repository that come from real ones.
struct Generated {
    folder: tempfile::TempDir,
}

/// The profiles, and the clause of each tenth of them that is one of ten.
const SOURCES: [&str; 5] = [
    "gla/senior-project-officer-esol",
    "gla/project-support-officer",
    "heston/learning-coordinator",
    "havering/learning-mentor-elsa",
    "bradford/send-learning-support-officer",
];

const CLAUSE: &str = "headteachers_decide";

impl Generated {
    fn new(count: usize) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
        let folder = match std::env::var_os("JOBPACK_BENCH_FOLDER") {
            Some(place) => tempfile::tempdir_in(place),
            None => tempfile::tempdir(),
        };
        let folder = folder.expect("a temporary folder");
        let to = folder.path().join("profiles");
        for organisation in ["gla", "heston", "havering", "bradford"] {
            fs::create_dir_all(to.join(organisation).join("frameworks")).expect("a folder");
            for file in ["organisation.yaml", "_brand.yml", "logo.svg", "logo-dark.svg"] {
                fs::copy(root.join(organisation).join(file), to.join(organisation).join(file)).expect("a copy");
            }
            for framework in fs::read_dir(root.join(organisation).join("frameworks")).into_iter().flatten().flatten() {
                fs::copy(framework.path(), to.join(organisation).join("frameworks").join(framework.file_name())).expect("a copy");
            }
        }
        let generated = Self { folder };
        let organisation = to.join("havering/organisation.yaml");
        let text = fs::read_to_string(&organisation).expect("there");
        let clauses: String = (0..10).map(|number| format!("  {CLAUSE}_{number}:\n    text: Clause {number} of {{{{ profile.post_title }}}}.\n")).collect();
        fs::write(&organisation, text.replacen("clauses:\n", &format!("clauses:\n{clauses}"), 1)).expect("written");
        for number in 0..count {
            let source = SOURCES[number % SOURCES.len()];
            let text = fs::read_to_string(root.join(format!("{source}.yaml"))).expect("the profile");
            let text = text.replacen("post_title: ", &format!("post_title: {number} "), 1);
            let text = text.replace(" the ", &format!(" the {} ", WORDS[number % WORDS.len()]));
            let text = text.replace(&format!("include: {CLAUSE}"), &format!("include: {CLAUSE}_{}", number / SOURCES.len() % 10));
            fs::write(to.join(format!("{source}-{number}.yaml")), text).expect("a profile");
        }
        generated
    }

    fn build(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new("/usr/bin/time");
        command.args(["--format", "%U %S %M", "--output", "time", env!("CARGO_BIN_EXE_jobpack"), "build", "--quiet"]);
        let start = Instant::now();
        let output = command.args(arguments).current_dir(self.folder.path()).output().expect("GNU time");
        let wall = start.elapsed().as_secs_f64();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = fs::read_to_string(self.folder.path().join("time")).expect("the times");
        let all: Vec<f64> = text.split_whitespace().map(|number| number.parse().expect("a number")).collect();
        let [user, system, memory] = all[..] else { panic!("{text}") };
        #[expect(clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "a count of KiB")]
        Run { wall, cpu: user + system, memory: memory as u64 }
    }

    fn inputs(&self) -> Vec<PathBuf> {
        below(&self.folder.path().join("profiles"))
    }

    fn outputs(&self) -> Vec<PathBuf> {
        let mut all = below(&self.folder.path().join("dist"));
        all.retain(|path| !path.ends_with(".jobpack.lock"));
        all
    }

    fn edit_clause(&self, number: usize) {
        let path = self.folder.path().join("profiles/havering/organisation.yaml");
        let text = fs::read_to_string(&path).expect("there");
        fs::write(path, text.replacen(&format!("text: Clause {number}"), &format!("text: Other clause {number}"), 1)).expect("written");
    }
}

const WORDS: [&str; 7] = ["whole", "usual", "present", "main", "local", "other", "new"];

/// What a run took: seconds, and peak memory in KiB.
struct Run {
    wall: f64,
    cpu: f64,
    memory: u64,
}

impl Run {
    fn print(&self, what: &str) {
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
        let busy = self.cpu / (self.wall * cores) * 100.0;
        println!("{what}: {:.1} s, {:.1} s of CPU: {cores} cores busy for {busy:.0} % of the time", self.wall, self.cpu);
    }

    fn against(&self, what: &str, yardstick: &str, other: f64) {
        println!("{what}: {:.3} s; {yardstick}: {other:.3} s; ratio {:.2}; {} MiB", self.wall, self.wall / other, self.memory >> 10);
    }
}

/// The time of each stage in a report, and the share of what isn't Typst's.
fn stages(folder: &Path, cpu: f64) {
    let report: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.join("report.json")).expect("there")).expect("JSON");
    let mut sum: BTreeMap<String, f64> = BTreeMap::new();
    for pack in report["packs"].as_array().expect("packs") {
        for (stage, time) in pack["stages_ms"].as_object().expect("stages") {
            *sum.entry(stage.clone()).or_default() += time.as_f64().expect("a time") / 1000.0;
        }
    }
    let all: f64 = sum.values().sum();
    for (stage, time) in &sum {
        println!("  {stage:10} {time:8.1} s {:5.1} %", time / all * 100.0);
    }
    let typst: f64 = ["pages", "semantic", "pdf"].iter().filter_map(|stage| sum.get(*stage)).sum();
    println!("  Typst {typst:.1} s; all other CPU {:.1} s: {:.1} % of all", cpu - typst, (cpu - typst) / cpu * 100.0);
}

/// How many packs a build had a reason to make.
fn made(folder: &Path) -> usize {
    let report: serde_json::Value = serde_json::from_str(&fs::read_to_string(folder.join("report.json")).expect("there")).expect("JSON");
    report["packs"].as_array().expect("packs").iter().filter(|pack| pack["because"].as_array().is_some_and(|reasons| !reasons.is_empty())).count()
}

fn timed(work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// Does something for all of these, on as many threads as the program has.
fn on_two_threads(all: &[PathBuf], one: impl Fn(&Path) + Sync) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for part in all.chunks(all.len().div_ceil(threads).max(1)) {
            scope.spawn(|| part.iter().for_each(|path| one(path)));
        }
    });
}

fn touch(path: &Path) {
    fs::File::options().append(true).open(path).and_then(|file| file.set_modified(SystemTime::now())).expect("touched");
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { all.extend(below(&entry.path())) } else { all.push(entry.path()) }
    }
    all
}
