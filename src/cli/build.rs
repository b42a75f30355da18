//! `jobpack build`

use std::process::ExitCode;

/// Build packs
#[derive(Debug, clap::Args)]
pub struct Args {
    packs: Vec<String>,
    #[arg(long)]
    root: Option<std::path::PathBuf>,
    #[arg(long, default_value = "dist")]
    out: std::path::PathBuf,
}

pub fn run(args: &Args) -> ExitCode {
    let root = args.root.clone().unwrap_or_else(|| ".".into());
    let project = crate::project::Project::load(root);
    let packs = project.select(&args.packs).expect("packs");
    let builder = crate::build::Builder::new(project);
    let summary = crate::build::run(&builder, &packs, &crate::build::Options::default(), &args.out, &|_| {});
    for pack in &summary.packs {
        println!("{} {:?}", pack.id, pack.outcome);
        for d in &pack.diagnostics { println!("  {:?} {} {} {:?} {:?} {:?}", d.severity, d.code, d.message, d.span, d.hints, d.trace); }
    }
    println!("{:?}", summary.time);
    ExitCode::SUCCESS
}
