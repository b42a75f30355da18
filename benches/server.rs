//! What the endpoint costs: files against a bare handler, posted profiles against builds in this process, too much load,
//! and memory over many requests. Asks with `wrk` (Debian `wrk`); `benches/README.md` says how.

// A benchmark prints, and ends where something is missing.
#![allow(clippy::expect_used, clippy::print_stdout)]

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use jobpack::build::{Builder, Format, Options, Posted};
use jobpack::diagnostic::SourceText;
use jobpack::project::Project;
use jobpack::server::{Config, Limits, Server};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const FILE: &str = "/api/v1/packs/havering/learning-mentor-elsa/files/learning-mentor-elsa-job-pack.pdf";
const SECONDS: u64 = 5;
const BUILDS: usize = 2;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let profile = std::fs::read_to_string(root.join("profiles/havering/learning-mentor-elsa.yaml")).expect("the profile");
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let limits = Limits { builds: BUILDS, ..Limits::default() };
    let worker = Some(PathBuf::from(env!("CARGO_BIN_EXE_jobpack")));
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let config = Config { limits: limits.clone(), worker, ..Config::new(root.to_path_buf(), any) };
    let server = runtime.block_on(Server::bind(config)).expect("a port");
    let served = format!("http://{}", server.address());
    runtime.spawn(server.run(std::future::pending()));
    let bytes = ask(&format!("{served}{FILE}"));
    let bare = runtime.block_on(bare(bytes, any));

    println!("cached file, requests a second");
    for round in 1..=3 {
        let (own, other) = (wrk(&format!("{served}{FILE}"), 16, None, SECONDS), wrk(&format!("http://{bare}/"), 16, None, SECONDS));
        println!("  round {round}: jobpack {:.0}, bare axum {:.0}, ratio {:.2}", own.rate, other.rate, own.rate / other.rate);
    }

    println!("posted profiles, PDF, a second");
    let url = format!("{served}/api/v1/render?organisation=havering&format=pdf");
    wrk(&url, BUILDS, Some(&profile), 2);
    for round in 1..=3 {
        let (own, here) = (wrk(&url, BUILDS, Some(&profile), SECONDS), in_process(root, &profile));
        assert_eq!((own.busy, own.other), (0, 0));
        println!("  round {round}: jobpack {:.1}, in process {here:.1}, ratio {:.2}", own.rate, own.rate / here);
    }

    let all = BUILDS + limits.queue;
    let over = wrk(&url, 4 * all, Some(&profile), 2 * SECONDS);
    println!("{} clients at once where {all} are served or wait: 200 {}, 503 {}, other {}, slowest {:.0} ms", 4 * all, over.fine, over.busy, over.other, over.slowest);

    println!("memory, MiB of server and workers");
    println!("  before: {}", memory());
    for round in 1..=4 {
        let start = Instant::now();
        let (mut files, mut posts) = (0, 0);
        while files + posts < 5000 {
            files += wrk(&format!("{served}/api/v1/packs?q=mentor"), 4, None, 1).fine.min(4000);
            posts += wrk(&url, BUILDS, Some(&profile), SECONDS).fine;
        }
        println!("  round {round}: {} after {posts} posts and {files} or more others, {:.0} s", memory(), start.elapsed().as_secs_f64());
    }
}

/// A server of one handler, which answers the same bytes.
async fn bare(bytes: Vec<u8>, any: SocketAddr) -> SocketAddr {
    let bytes = Bytes::from(bytes);
    let handler = get(move || {
        let bytes = bytes.clone();
        async move { ([(CONTENT_TYPE, "application/pdf")], bytes) }
    });
    let listener = tokio::net::TcpListener::bind(any).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().route("/", handler)).await });
    address
}

fn ask(url: &str) -> Vec<u8> {
    let run = Command::new("curl").args(["-sf", url]).output().expect("curl can be run");
    assert!(run.status.success(), "{url}");
    run.stdout
}

/// What `wrk` saw.
struct Seen {
    /// Answers with 200 a second.
    rate: f64,
    fine: u64,
    busy: u64,
    other: u64,
    /// In milliseconds.
    slowest: f64,
}

/// Asks for some seconds with so many connections; posts profiles of different titles, if there is one.
fn wrk(url: &str, connections: usize, profile: Option<&str>, seconds: u64) -> Seen {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("ask.lua");
    let post = profile.map_or_else(String::new, |profile| {
        format!(
            "local profile = [==[\n{profile}]==]\nlocal count = math.random(1000000)\nfunction request()\n  count = count + 1\n  \
             local body = profile:gsub('post_title: ', 'post_title: ' .. count .. ' ', 1)\n  \
             return wrk.format('POST', nil, {{['Content-Type'] = 'application/yaml'}}, body)\nend\n"
        )
    });
    let counts = "local threads = {}\nfunction setup(thread) table.insert(threads, thread) end\n\
        function init() fine = 0; busy = 0; other = 0; math.randomseed(os.time()) end\n\
        function response(status)\n  if status == 200 then fine = fine + 1 elseif status == 503 then busy = busy + 1 else other = other + 1 end\nend\n\
        function done(summary, latency)\n  local f, b, o = 0, 0, 0\n  for _, t in ipairs(threads) do f = f + t:get('fine'); b = b + t:get('busy'); o = o + t:get('other') end\n  \
        local e = summary.errors\n  print('SEEN', f, b, o + e.connect + e.read + e.write + e.timeout, summary.duration, latency.max)\nend\n";
    // Counting each answer in Lua costs `wrk` more than a cached file costs the server.
    let script_text = if profile.is_some() { format!("{post}{counts}") } else {
        "function done(summary, latency)\n  local e = summary.errors\n  print('SEEN', summary.requests - e.status, 0, e.status + e.connect + e.read + e.write + e.timeout, summary.duration, latency.max)\nend\n".to_owned()
    };
    std::fs::write(&script, script_text).expect("a script");
    let mut wrk = Command::new("wrk");
    wrk.args(["-t1", &format!("-c{connections}"), &format!("-d{seconds}s"), "--timeout", "60s", "-s"]).arg(&script).arg(url);
    let run = wrk.output().expect("wrk can be run: apt-get install wrk");
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let line = said.lines().find(|line| line.starts_with("SEEN")).unwrap_or_else(|| panic!("wrk says {said} {}", String::from_utf8_lossy(&run.stderr)));
    let numbers: Vec<f64> = line.split_whitespace().skip(1).map(|word| word.parse().expect("a number")).collect();
    let [fine, busy, other, microseconds, slowest] = numbers[..] else { panic!("wrk says {line}") };
    Seen { rate: fine / (microseconds / 1e6), fine: fine as u64, busy: busy as u64, other: other as u64, slowest: slowest / 1000.0 }
}

/// Builds of the same profiles a second, on as many threads.
fn in_process(root: &Path, profile: &str) -> f64 {
    let builder = Arc::new(Builder::new(Project::load(root.to_path_buf())));
    let options = Options { formats: vec![Format::Pdf], ..Options::default() };
    let (start, end) = (Instant::now(), Duration::from_secs(SECONDS));
    let threads: Vec<_> = (0..BUILDS).map(|thread| {
        let (builder, options, profile) = (Arc::clone(&builder), options.clone(), profile.to_owned());
        std::thread::spawn(move || {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(16 << 20).build().expect("a thread");
            let mut count = 0_u32;
            while start.elapsed() < end {
                count += 1;
                let text = profile.replacen("post_title: ", &format!("post_title: {thread}{count} "), 1);
                let text = Arc::new(SourceText { path: "request".to_owned(), text });
                let posted = Posted { organisation: "havering".to_owned(), document: Some("job-pack".to_owned()), most_nesting: 64, text };
                pool.install(|| builder.build_posted(&posted, &options)).expect("a pack");
            }
            count
        })
    }).collect();
    let count: u32 = threads.into_iter().map(|thread| thread.join().expect("it ends")).sum();
    f64::from(count) / start.elapsed().as_secs_f64()
}

/// Memory of this process and of its workers, in MiB: `first+second+...`.
fn memory() -> String {
    let me = std::process::id();
    let run = Command::new("ps").args(["-o", "rss=", "--pid", &me.to_string(), "--ppid", &me.to_string()]).output().expect("ps can be run");
    let sizes = String::from_utf8_lossy(&run.stdout).into_owned();
    sizes.lines().filter_map(|line| line.trim().parse::<u64>().ok()).filter(|size| *size > 10_000).map(|size| (size >> 10).to_string()).collect::<Vec<_>>().join(" + ")
}
