//! The endpoint in process: a project of its own in a temporary folder, requests without a socket.

mod access;
mod changes;
mod described;
mod edit;
mod files;
mod guard;
mod http;
mod limits;
mod packs;
mod reload;
mod preview;
mod render;
mod run;
mod snapshots;

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

use super::config::{Config, Limits};
use super::router::router;
use super::state::App;

const PACK: &str = "/api/v1/packs/havering/learning-mentor-elsa";
const PDF: &str = "/api/v1/packs/havering/learning-mentor-elsa/files/learning-mentor-elsa-job-pack.pdf";

/// A small profile without a fault.
const PROFILE: &str = "\
kind: profile
status: draft
revised_on: 2026-11-22
post_title: Allotments Officer
grade: Grade 4
purpose:
  - text: To let plots to people who will look after them.
";

/// A project with a server in front of it.
struct Served {
    folder: TempDir,
    app: Arc<App>,
    router: Router,
}

/// An answer, read.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Served {
    /// A copy of Havering beside a profile with faults.
    fn new(limits: Limits) -> Self {
        Self::with(|config| config.limits = limits)
    }

    /// The same, with a server that is set up in another way.
    fn with(change: impl FnOnce(&mut Config)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let havering = folder.path().join("profiles/havering");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/havering"), &havering);
        // Two packs are enough here.
        fs::remove_dir_all(havering.join("vacancies")).unwrap();
        let faulty = PROFILE.replace("grade:", "grad:").replace("2026-11-22", "2026-11-31");
        fs::write(havering.join("faulty.yaml"), faulty).unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], 8080));
        let mut config = Config::new(folder.path().to_path_buf(), address);
        change(&mut config);
        let app = Arc::new(App::new(config, address));
        Self { folder, router: router(Arc::clone(&app)), app }
    }

    /// One that tests share that change nothing.
    fn shared() -> &'static Self {
        static SHARED: OnceLock<Served> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(Limits { queue: 100, time: Duration::from_secs(300), ..Limits::default() }))
    }

    /// The same files as a project of Havering only, changed.
    fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).unwrap();
    }

    async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Reply {
        self.send(request("GET", path, &[], "")).await
    }

    /// Posts a profile as YAML.
    async fn render(&self, query: &str, profile: &str) -> Reply {
        self.send(post(query, "application/yaml", profile)).await
    }
}

impl Reply {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// Holds that it is a problem of this status with errors of these codes, each of the shape of the contract.
    #[track_caller]
    fn assert_problem(&self, status: u16, codes: &[&str]) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status.as_u16(), status, "{text}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("x-content-type-options"), "nosniff");
        let json = self.json();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&json), ["type", "title", "status", "detail", "errors"]);
        assert_eq!(json["status"], status);
        assert_eq!(json["title"], self.status.canonical_reason().unwrap());
        let errors = json["errors"].as_array().unwrap();
        assert_eq!(errors.iter().map(|error| error["code"].as_str().unwrap()).collect::<Vec<_>>(), codes, "{text}");
        for error in errors {
            let shape = ["severity", "code", "message", "path", "line", "column", "field", "text", "hints"];
            assert_eq!(keys(error), shape);
        }
        json
    }
}

fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri(path);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "localhost:8080");
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

fn post(query: &str, media_type: &str, body: &str) -> Request<Body> {
    request("POST", &format!("/api/v1/render?{query}"), &[("content-type", media_type)], body)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
