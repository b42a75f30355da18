//! Answers as they were when somebody last looked: status, every header, and the body, or its digest where it is no text.

use std::fmt::Write;

use super::*;
use crate::bundle::sha256;

/// Most characters of a body that are kept.
const MOST: usize = 600;

fn requests() -> Vec<Request<Body>> {
    let yaml = [("content-type", "application/yaml")];
    let get = |path: &str, headers: &[(&str, &str)]| request("GET", path, headers, "");
    let post = |path: &str, body: &str| request("POST", path, &yaml, body);
    let (one, file) = ("/api/v1/packs/havering/faulty", format!("{PACK}/files/manifest.json"));
    vec![
        get("/healthz", &[]),
        get("/readyz", &[]),
        get("/api/v1/organisations", &[]),
        get("/api/v1/layouts", &[]),
        get("/api/v1/packs", &[]),
        get("/api/v1/packs?limit=0", &[]),
        get(one, &[]),
        get(&format!("{one}/bundle.zip"), &[]),
        get(&file, &[("range", "bytes=0-9")]),
        get(&file, &[("range", "bytes=9999999-")]),
        get(&format!("{PACK}/files/manifest.jsn"), &[]),
        get(&format!("{PACK}/bundle.zip?audience=panel"), &[]),
        get(&format!("{PACK}/pages/99"), &[]),
        get("/api/v1/schema/profle", &[]),
        get("/nowhere", &[]),
        get("/healthz", &[("host", "evil.example")]),
        get("/api/v1/packs", &[("authorization", "Bearer wrong-wrong-wrong-wrong")]),
        request("DELETE", PDF, &[], ""),
        request("HEAD", &format!("{PACK}/files/learning-mentor-elsa-job-pack.html"), &[], ""),
        post("/api/v1/check?organisation=havering", PROFILE),
        post("/api/v1/check?organisation=havering", &PROFILE.replace("grade:", "grad:")),
        post("/api/v1/render?organisation=havering&format=txt", PROFILE),
        post("/api/v1/render?organisation=havring", PROFILE),
        post("/api/v1/render", PROFILE),
        request("POST", "/api/v1/render?organisation=havering", &[("content-type", "text/plain")], PROFILE),
        request("POST", "/api/v1/render?organisation=havering", &[("content-type", "application/json"), ("accept", "image/png")], "{}"),
    ]
}

async fn said(served: &Served, request: Request<Body>) -> String {
    let mut text = format!("{} {}\n", request.method(), request.uri());
    for (name, value) in request.headers().iter().filter(|(name, _)| *name != "host" || request.headers()["host"] != "localhost:8080") {
        writeln!(text, "> {name}: {}", value.to_str().unwrap()).unwrap();
    }
    let reply = served.send(request).await;
    writeln!(text, "{}", reply.status).unwrap();
    let mut headers: Vec<String> = reply.headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
    headers.sort();
    for header in headers {
        match header.split_once(": ") {
            // A number of its own for each request; and what follows from the bytes of documents, which other tests keep.
            Some((name @ ("x-request-id" | "etag" | "content-length" | "content-security-policy"), value)) if name != "content-security-policy" || value.contains("sha256") => {
                writeln!(text, "< {name}: ...").unwrap();
            }
            _ => writeln!(text, "< {header}").unwrap(),
        }
    }
    match std::str::from_utf8(&reply.body) {
        Ok(body) => writeln!(text, "{}\n", body.chars().take(MOST).collect::<String>()).unwrap(),
        Err(_) => writeln!(text, "{}\n", sha256(&reply.body)).unwrap(),
    }
    text
}

/// `JOBPACK_BLESS=1 cargo test --lib snapshots` keeps the new ones.
#[tokio::test]
async fn answers_are_as_they_were_when_somebody_last_looked() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/answers.txt");
    let mut now = String::new();
    for request in requests() {
        now.push_str(&said(Served::shared(), request).await);
    }
    if std::env::var_os("JOBPACK_BLESS").is_some() {
        fs::write(&path, &now).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let differs = kept.lines().zip(now.lines()).find(|(kept, now)| kept != now);
    assert!(kept == now, "tests/schemas/answers.txt is another: {differs:?}; look at it and keep it with JOBPACK_BLESS=1");
}
