//! What somebody with bad intentions would send to the server. None of it gets through.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::project::{PROFILE, Project, repository};
use crate::served::Served;

const RENDER: &str = "/api/v1/render?organisation=test&format=html";

#[test]
fn no_path_leads_out_of_the_project() {
    let project = Project::small();
    std::fs::write(project.path("secret.yaml"), "kind: profile\npost_title: Secret\n").expect("written");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", project.path("profiles/test/passwd.yaml")).expect("a link is made");
    let served = Served::start(&project.path(""), &[]);
    let ways = [
        "..", "../..", "../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%252e%252e%252fetc%252fpasswd", "..%5c..%5cwindows",
        "/etc/passwd", "%2fetc%2fpasswd", "good%00.pdf", "good.pdf%00", "secret", "../secret", "organisation.yaml", "_brand", "file:///etc/passwd", "....//....//etc/passwd",
        "%c0%ae%c0%ae/etc/passwd", "%ff", "~root", "good-job-pack.pdf/../../../../etc/passwd",
    ];
    for way in ways {
        let places = [
            format!("/api/v1/packs/{way}/good"),
            format!("/api/v1/packs/test/{way}"),
            format!("/api/v1/packs/test/good/files/{way}"),
            format!("/api/v1/packs/test/good/pages/{way}"),
            format!("/api/v1/packs/test/good/pages/1?document={way}"),
            format!("/api/v1/packs/test/good/pages/1?variant={way}"),
            format!("/api/v1/packs/test/good/bundle.zip?audience={way}"),
            format!("/api/v1/packs?organisation={way}&q={way}"),
            format!("/api/v1/schema/{way}"),
        ];
        for place in places {
            let reply = served.get(&place);
            // A list of packs that fit may be empty; anything else names nothing that there is.
            let listing = place.starts_with("/api/v1/packs?");
            assert!((400..500).contains(&reply.status) || (listing && reply.status == 200), "{place}: {}", reply.head);
            assert!(!reply.text().contains("root:") && !reply.text().contains("Secret"), "{place}");
        }
        for query in ["organisation", "layout", "variant", "document", "language", "format"] {
            let others = if query == "organisation" { "" } else { "&organisation=test" };
            let reply = served.post(&format!("/api/v1/render?{query}={way}{others}"), PROFILE);
            assert!((400..500).contains(&reply.status), "{query}={way}: {}", reply.head);
            assert!(!reply.text().contains("root:"), "{query}={way}");
        }
    }
    let linked = served.get("/api/v1/packs/test/passwd/files/passwd-job-pack.pdf");
    assert_eq!((linked.status, linked.code().as_str()), (422, "path-outside-project"));
}

#[test]
fn a_text_names_no_file_and_runs_no_code() {
    let served = Served::of(Project::small(), &[]);
    let lines = [
        "{{ read_file(path='/etc/passwd') }}", "{% include '/etc/passwd' %}", "{{ get_env(name='HOME') }}", "#read(\"/etc/passwd\")", "#include \"/etc/passwd\"",
        "#image(\"/etc/passwd\")", "![x](/etc/passwd)", "[x](file:///etc/passwd)", "$ #sys.version $", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>",
        "[x](javascript:alert(1))", "&#60;script&#62;",
    ];
    for line in lines {
        for field in ["text: To keep the lamp.", "post_title: Lamp Keeper", "grade: Grade 4"] {
            let name = field.split(' ').next().unwrap_or_default();
            let profile = PROFILE.replace(field, &format!("{name} {}", serde_json::Value::from(line)));
            let reply = served.post(RENDER, &profile);
            let text = reply.text();
            assert!(reply.status == 200 || reply.status == 422, "{line}: {}", reply.head);
            assert!(!text.contains("root:"), "{line}");
            if reply.status == 200 {
                assert!(!text.contains("<script>alert") && !text.contains("<img src=x") && !text.contains("href=\"javascript"), "{line} in {field}");
                let policy = reply.header("content-security-policy").unwrap_or_default();
                assert!(policy.contains("default-src 'none'") && !policy.contains("script-src") && !policy.contains("unsafe"), "{policy}");
            } else {
                // A finding shows the text, as JSON that no browser takes for a page.
                assert!(reply.head.contains("application/problem+json") && reply.head.contains("nosniff"), "{}", reply.head);
            }
        }
    }
}

#[test]
fn a_title_puts_nothing_into_the_head_of_an_answer_or_into_the_names_of_a_zip() {
    let served = Served::of(Project::small(), &[]);
    for title in ["Keeper\r\nSet-Cookie: a=b", "Keeper\nX-Evil: 1", "../../../etc/cron.d/x", "C:\\\\keeper", "\u{0}", "Ffïor \"quoted\""] {
        let profile = PROFILE.replace("post_title: Lamp Keeper", &format!("post_title: {}", serde_json::Value::from(title)));
        for format in ["pdf", "zip"] {
            let reply = served.post(&format!("/api/v1/render?organisation=test&format={format}"), &profile);
            let head = reply.head.to_lowercase();
            assert!(!head.contains("set-cookie") && !head.contains("x-evil"), "{title:?}: {head}");
            if reply.status == 200 {
                assert!(reply.header("content-disposition").is_some_and(|value| value.contains("filename=\"posted")), "{head}");
                if format == "zip" {
                    let names = crate::project::unzipped(&reply.body);
                    assert!(names.keys().all(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)) && !name.contains("..")), "{:?}", names.keys());
                }
            } else {
                assert_eq!(reply.status, 422, "{title:?}");
            }
        }
    }
}

#[test]
fn another_host_a_torn_head_and_nonsense_are_refused() {
    let served = Served::of(Project::small(), &[]);
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", ""] {
        assert_eq!(served.ask("GET", "/api/v1/packs", &format!("Host: {host}\r\n"), "").status, 421, "{host}");
    }
    for request in ["GET / HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "\0\0\0\0\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"] {
        let reply = served.send(request.as_bytes());
        assert!(reply.status == 0 || (400..600).contains(&reply.status), "{request:?}: {}", reply.head);
    }
    let long = format!("Host: {}\r\nX-Long: {}\r\n", served.address, "x".repeat(1 << 20));
    assert!(matches!(served.ask("GET", "/healthz", &long, "").status, 0 | 400..500));
    assert_eq!(served.get("/healthz").status, 200);
}

#[test]
fn a_body_that_is_huge_deep_slow_or_nothing_is_refused() {
    let served = Served::of(Project::small(), &["--max-body", "64"]);
    let huge = served.post(RENDER, &"a: b\n".repeat(20_000));
    assert_eq!((huge.status, huge.code().as_str()), (413, "body-too-large"));
    // One that says it is small, and one that doesn't say.
    let chunked = served.ask("POST", RENDER, "Content-Type: application/yaml\r\nTransfer-Encoding: chunked\r\n", "");
    assert!(chunked.status >= 400 || chunked.status == 0);
    for deep in [format!("a: {}{}", "[".repeat(5000), "]".repeat(5000)), "- ".repeat(5000), format!("a: {}", "{a: ".repeat(3000))] {
        let reply = served.post(RENDER, &deep);
        assert!((400..500).contains(&reply.status), "{}", reply.head);
    }
    let json = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let deep = served.ask("POST", RENDER, "Content-Type: application/json\r\n", &json);
    assert_eq!((deep.status, deep.code().as_str()), (422, "json-syntax"));
    // References that grow with each line: a billion laughs.
    let laughs: String = (1..12).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", "))).collect();
    let reply = served.post(RENDER, &format!("a0: &a0 [ha]\n{laughs}"));
    assert_eq!(reply.status, 422, "{}", reply.head);
    for kind in ["text/plain", "multipart/form-data", "application/x-www-form-urlencoded", "application/yaml; charset=utf-16"] {
        assert_eq!(served.ask("POST", RENDER, &format!("Content-Type: {kind}\r\n"), PROFILE).status, 415, "{kind}");
    }
    assert_eq!(served.post(RENDER, PROFILE).status, 200);
}

/// A profile of so many paragraphs.
fn long(paragraphs: usize) -> String {
    let words = "word ".repeat(60);
    let items: String = (0..paragraphs).map(|n| format!("  - {{id: p{n}, text: {words}}}\n")).collect();
    PROFILE.replace("  - id: purpose\n    text: To keep the lamp.\n", &items)
}

#[test]
fn a_text_that_takes_too_long_is_ended_and_others_never_notice() {
    let served = Served::of(Project::small(), &["--max-render-time", "1", "--max-pages", "100000", "--builds", "2"]);
    let small = served.post(RENDER, PROFILE);
    assert_eq!(small.status, 200, "{}", small.text());
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| served.post("/api/v1/render?organisation=test&format=pdf", &long(2500)));
        for _ in 0..5 {
            assert_eq!(served.post(RENDER, PROFILE).body, small.body);
            assert_eq!(served.get("/healthz").status, 200);
        }
        let slow = slow.join().expect("it is answered");
        assert_eq!((slow.status, slow.code().as_str()), (422, "render-time"), "{}", slow.text());
    });
    assert_eq!(served.post(RENDER, PROFILE).body, small.body);
    assert!(served.get("/metrics").text().contains("jobpack_workers_overrun_total 1"));
}

#[test]
fn a_text_that_takes_too_much_memory_ends_its_own_process_only() {
    let served = Served::of(Project::small(), &["--max-memory", "128", "--max-pages", "100000", "--builds", "1"]);
    for _ in 0..2 {
        let hungry = served.post("/api/v1/render?organisation=test&format=pdf", &long(2500));
        assert_eq!((hungry.status, hungry.code().as_str()), (422, "render-ended"), "{}", hungry.text());
        assert_eq!(served.post(RENDER, PROFILE).status, 200);
    }
    assert!(served.get("/metrics").text().contains("jobpack_workers_failed_total 2"));
}

#[test]
fn a_text_that_is_too_long_or_too_deep_is_refused() {
    let served = Served::of(Project::small(), &["--max-pages", "3", "--max-nesting", "9"]);
    assert_eq!(served.post(RENDER, PROFILE).status, 200);
    let deep = served.post(RENDER, &format!("{PROFILE}variables: {}{}\n", "{a: ".repeat(9), "}".repeat(9)));
    assert_eq!((deep.status, deep.code().as_str()), (422, "yaml-too-deep"));
    let reply = served.post("/api/v1/render?organisation=test&format=pdf", &long(60));
    assert_eq!((reply.status, reply.code().as_str()), (422, "too-many-pages"));
}

/// Processes that the server has begun.
#[cfg(target_os = "linux")]
fn workers(root: &std::path::Path) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").expect("Linux").flatten();
    let ids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let of = |id: &u32| {
        let line = std::fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        line.contains("\0worker\0") && line.contains(&*root.to_string_lossy())
    };
    ids.filter(of).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_is_killed_is_replaced_and_none_outlives_its_server() {
    let project = Project::small();
    let root = project.path("").canonicalize().expect("it is there");
    let served = Served::start(&root, &["--builds", "1"]);
    assert_eq!(served.post(RENDER, PROFILE).status, 200);
    let first = workers(&root);
    assert_eq!(first.len(), 1);
    let killed = std::process::Command::new("kill").args(["-9", &first[0].to_string()]).status().expect("kill can be run");
    assert!(killed.success());
    // Whoever asks next has nothing to do with it.
    std::thread::sleep(Duration::from_millis(100));
    assert_eq!(served.post(RENDER, PROFILE).status, 200);
    assert_ne!(workers(&root), first);
    served.terminate();
    assert_eq!(served.ended().0, Some(0));
    let start = Instant::now();
    while !workers(&root).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(20), "a worker outlives its server");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_client_that_says_half_a_head_neither_holds_a_place_nor_the_end() {
    let served = Served::of(Project::small(), &["--max-time", "2"]);
    let mut slow: Vec<TcpStream> = (0..50).map(|_| TcpStream::connect(&served.address).expect("it listens")).collect();
    slow.iter_mut().for_each(|stream| stream.write_all(b"GET /healthz HTT").expect("it listens"));
    assert_eq!(served.get("/healthz").status, 200);
    served.terminate();
    let start = Instant::now();
    let (status, _) = served.ended();
    assert!(status == Some(0) && start.elapsed() < Duration::from_secs(20), "{status:?} after {:?}", start.elapsed());
}

#[test]
fn what_runs_is_finished_when_the_server_is_told_to_end() {
    let served = Served::start(repository(), &[]);
    let address = served.address.clone();
    let asked = std::thread::spawn(move || {
        let mut stream = TcpStream::connect(&address).expect("it listens");
        let path = "/api/v1/packs/bradford/send-lso-2026/bundle.zip";
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("it listens");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it is answered");
        answer
    });
    // The request has begun when the server counts a build.
    let start = Instant::now();
    while !asked.is_finished() && served.get("/metrics").text().contains("jobpack_builds_running 0") {
        assert!(start.elapsed() < Duration::from_secs(30));
    }
    served.terminate();
    let answer = asked.join().expect("it is answered");
    assert!(answer.starts_with(b"HTTP/1.1 200 OK") && answer.windows(4).any(|four| four == b"PK\x05\x06"), "the zip is whole");
    assert_eq!(served.ended().0, Some(0));
}

#[test]
fn no_log_holds_a_word_of_what_was_asked() {
    let served = Served::of(Project::small(), &[]);
    let profile = PROFILE.replace("Lamp Keeper", "Zebedee Quux");
    assert_eq!(served.ask("POST", &format!("{RENDER}&variant=standard"), "Content-Type: application/yaml\r\nX-Request-Id: seen-1\r\n", &profile).status, 200);
    served.get("/api/v1/packs/test/zebedee?q=quux");
    served.get("/zebedee");
    served.terminate();
    let (_, log) = served.ended();
    let lines: Vec<serde_json::Value> = log.lines().filter(|line| line.starts_with('{')).map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let answered = |line: &&serde_json::Value| line["message"] == "answered";
    assert_eq!(lines.iter().filter(answered).count(), 3, "{log}");
    assert_eq!((&lines[0]["request_id"], &lines[0]["route"], &lines[0]["status"]), (&"seen-1".into(), &"/api/v1/render".into(), &200.into()), "{log}");
    assert!(!log.to_lowercase().contains("zebedee") && !log.to_lowercase().contains("quux"), "{log}");
}

#[test]
fn what_a_vacancy_asks_of_its_panel_is_not_had_by_posting_one() {
    let served = Served::start(repository(), &[]);
    let vacancy = std::fs::read_to_string(repository().join("profiles/bradford/vacancies/send-lso-2026.yaml")).expect("it is there");
    for document in ["shortlisting-grid", "interview-score-sheet", "candidate-evidence-form"] {
        for format in ["html", "zip"] {
            let reply = served.post(&format!("/api/v1/render?organisation=bradford&format={format}&document={document}"), &vacancy);
            assert_eq!((reply.status, reply.code().as_str()), (401, "token-needed"), "{document}");
            assert_eq!(reply.header("www-authenticate"), Some("Bearer realm=\"jobpack\""));
        }
    }
}

#[test]
fn who_never_reads_an_answer_is_not_waited_for() {
    let served = Served::start(repository(), &["--max-time", "2", "--connections", "4"]);
    let path = "/api/v1/packs/bradford/send-lso-2026/bundle.zip";
    assert_eq!(served.get(path).status, 200);
    let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", served.address).repeat(60);
    let deaf: Vec<TcpStream> = (0..4)
        .map(|_| {
            let mut stream = TcpStream::connect(&served.address).expect("it listens");
            stream.write_all(request.as_bytes()).expect("it listens");
            stream
        })
        .collect();
    let start = Instant::now();
    assert_eq!(served.get("/healthz").status, 200);
    assert!(start.elapsed() < Duration::from_secs(30), "after {:?}", start.elapsed());
    drop(deaf);
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_ends_with_a_server_that_is_killed() {
    let project = Project::small();
    let root = project.path("").canonicalize().expect("it is there");
    let served = Served::start(&root, &["--builds", "1", "--max-pages", "100000"]);
    assert_eq!(served.post(RENDER, PROFILE).status, 200);
    let address = served.address.clone();
    let text = long(2000);
    let asked = std::thread::spawn(move || {
        let mut stream = TcpStream::connect(&address).expect("it listens");
        let _ = write!(stream, "POST {RENDER} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/yaml\r\nContent-Length: {}\r\n\r\n{text}", text.len());
        let _ = stream.read_to_end(&mut Vec::new());
    });
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(workers(&root).len(), 1);
    drop(served);
    let start = Instant::now();
    while !workers(&root).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(3), "a worker outlives its server");
        std::thread::sleep(Duration::from_millis(20));
    }
    asked.join().expect("it ends");
}
