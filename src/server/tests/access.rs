//! Who may see what.

use super::*;
use crate::server::access::Token;

const TOKEN: &str = "correct-horse-battery-staple";
const BEARER: (&str, &str) = ("authorization", "Bearer correct-horse-battery-staple");

/// A server of the repository's Bradford, whose vacancy has forms for the panel.
fn bradford(address: [u8; 4], change: impl FnOnce(&mut Config)) -> Served {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles/bradford"), &folder.path().join("profiles/bradford"));
    let address = SocketAddr::from((address, 8080));
    let mut config = Config { token: Token::new(TOKEN), ..Config::new(folder.path().to_path_buf(), address) };
    change(&mut config);
    let app = Arc::new(App::new(config, address));
    Served { folder, router: router(Arc::clone(&app)), app }
}

const VACANCY: &str = "/api/v1/packs/bradford/send-lso-2026";

#[tokio::test]
async fn what_is_for_the_panel_needs_the_token() {
    let served = bradford([127, 0, 0, 1], |_| ());
    let form = format!("{VACANCY}/files/send-lso-2026-shortlisting-grid.pdf");
    let panel = [format!("{VACANCY}/bundle.zip?audience=panel"), form, format!("{VACANCY}/pages/1?document=shortlisting-grid")];
    for path in &panel {
        let refused = served.get(path).await;
        refused.assert_problem(401, &["token-needed"]);
        assert_eq!(refused.header("www-authenticate"), "Bearer realm=\"jobpack\"");
        let shown = served.send(request("GET", path, &[BEARER], "")).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}");
        assert!(path.contains("pages") || shown.header("cache-control").starts_with("private"), "{path}");
    }
    // Nothing else tells of it: neither the description nor a manifest nor the hint of a near name.
    let manifest = format!("{VACANCY}/files/manifest.json");
    for path in [VACANCY, &manifest, &format!("{VACANCY}/files/send-lso-2026-shortlisting-gird.pdf")] {
        let (open, trusted) = (served.get(path).await.text(), served.send(request("GET", path, &[BEARER], "")).await.text());
        assert!(!open.contains("shortlisting-grid"), "{path}");
        assert!(trusted.contains("shortlisting-grid"), "{path}");
    }
    let zip = served.get(&format!("{VACANCY}/bundle.zip")).await.body;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    assert!(zip.len() > 4 && (0..zip.len()).all(|at| !zip.by_index(at).unwrap().name().unwrap().contains("grid")));
}

#[tokio::test]
async fn a_wrong_token_is_refused_even_where_none_is_needed() {
    let served = bradford([127, 0, 0, 1], |_| ());
    for given in ["Bearer wrong", "Bearer ", "bearer", "Bearer correct-horse-battery-staplE"] {
        let reply = served.send(request("GET", "/api/v1/packs", &[("authorization", given)], "")).await;
        reply.assert_problem(401, &["token-wrong"]);
    }
    // The login of a proxy is no token, and where there is none, nothing is one.
    for given in ["Basic Y29ycmVjdA==", "correct-horse-battery-staple", "Bearercorrect-horse-battery-staple"] {
        let headers = [("authorization", given)];
        assert_eq!(served.send(request("GET", "/api/v1/packs", &headers, "")).await.status, StatusCode::OK, "{given}");
        served.send(request("GET", &format!("{VACANCY}/bundle.zip?audience=panel"), &headers, "")).await.assert_problem(401, &["token-needed"]);
    }
    let unset = bradford([127, 0, 0, 1], |config| config.token = None);
    assert_eq!(unset.send(request("GET", "/api/v1/packs", &[BEARER], "")).await.status, StatusCode::OK);
    unset.send(request("GET", &format!("{VACANCY}/bundle.zip?audience=panel"), &[BEARER], "")).await.assert_problem(401, &["token-needed"]);
}

#[tokio::test]
async fn where_others_reach_it_everything_but_its_pulse_needs_the_token() {
    let named = |config: &mut Config| config.hosts.push("jobs.example.org".to_owned());
    let behind_a_proxy = bradford([127, 0, 0, 1], named);
    behind_a_proxy.get("/api/v1/packs").await.assert_problem(401, &["token-needed"]);
    let served = bradford([192, 0, 2, 1], named);
    let host = ("host", "jobs.example.org");
    for path in ["/api/v1/packs", "/api/v1/openapi.json", "/metrics", "/nowhere", VACANCY] {
        served.send(request("GET", path, &[host], "")).await.assert_problem(401, &["token-needed"]);
        let shown = served.send(request("GET", path, &[host, BEARER], "")).await;
        assert_ne!(shown.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let let_in = bradford([192, 0, 2, 1], |config| config.insecure = true);
    let own = ("host", "192.0.2.1:8080");
    assert_eq!(let_in.send(request("GET", "/api/v1/packs", &[own], "")).await.status, StatusCode::OK);
    let_in.send(request("GET", &format!("{VACANCY}/bundle.zip?audience=panel"), &[own], "")).await.assert_problem(401, &["token-needed"]);
    for path in ["/healthz", "/readyz"] {
        assert_eq!(served.send(request("GET", path, &[host], "")).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn nothing_is_posted_to_a_server_that_only_reads() {
    let served = bradford([127, 0, 0, 1], |config| config.read_only = true);
    for path in ["/api/v1/render?organisation=bradford", "/api/v1/check?organisation=bradford"] {
        let posted = request("POST", path, &[("content-type", "application/yaml"), BEARER], PROFILE);
        served.send(posted).await.assert_problem(403, &["read-only"]);
    }
    assert_eq!(served.get("/api/v1/packs").await.status, StatusCode::OK);
}

#[test]
fn a_token_is_long_visible_and_never_shown() {
    for bad in ["", "short", "with a space in the middle", "ünïcödé-that-is-long-enough"] {
        assert!(Token::new(bad).is_none(), "{bad}");
    }
    assert_eq!(format!("{:?}", Token::new(TOKEN).unwrap()), "Token(..)");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    assert_eq!(Token::read(&path).unwrap_err().code, "token-file");
    fs::write(&path, "\n").unwrap();
    assert_eq!(Token::read(&path).unwrap_err().code, "token-file");
    fs::write(&path, format!("{TOKEN}\n")).unwrap();
    assert!(Token::read(&path).is_ok());
}

#[tokio::test]
async fn a_browser_shows_the_token_once() {
    let served = bradford([0, 0, 0, 0], |_| ());
    let html = [("accept", "text/html"), ("host", "localhost:8080")];
    let sent = served.send(request("GET", "/packs/bradford/send-lso-2026?document=job-pack", &html, "")).await;
    assert_eq!(sent.header("location"), "/sign-in?to=%2Fpacks%2Fbradford%2Fsend-lso-2026%3Fdocument%3Djob-pack");
    served.send(request("GET", "/", &[], "")).await.assert_problem(401, &["token-needed"]);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let wrong = served.send(request("POST", "/sign-in", &form, "token=wrong-wrong-wrong-wrong&to=%2F")).await;
    assert!(wrong.text().contains("not the token") && wrong.header("set-cookie").is_empty());
    let other_site = [form[0], ("sec-fetch-site", "cross-site")];
    served.send(request("POST", "/sign-in", &other_site, "token=x")).await.assert_problem(403, &["other-site"]);
    for (to, goes) in [("%2Fchanges", "/changes"), ("https%3A%2F%2Fevil.example", "/"), ("%2F%2Fevil.example", "/"), ("%2F%5Cevil.example", "/")] {
        let right = served.send(request("POST", "/sign-in", &form, &format!("token={TOKEN}&to={to}"))).await;
        assert_eq!((right.status, right.header("location")), (StatusCode::SEE_OTHER, goes));
        let cookie = right.header("set-cookie").to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(TOKEN), "{cookie}");
        let pass = cookie.split(';').next().unwrap();
        let page = served.send(request("GET", "/packs/bradford/send-lso-2026?document=shortlisting-grid", &[("cookie", pass)], "")).await;
        assert_eq!(page.status, StatusCode::OK);
        served.send(request("GET", "/", &[("cookie", &format!("{pass}0"))], "")).await.assert_problem(401, &["token-needed"]);
    }
    for open in ["/sign-in", "/assets/preview.css", "/assets/text.ttf"] {
        assert_eq!(served.get(open).await.status, StatusCode::OK, "{open}");
    }
}

#[tokio::test]
async fn files_are_changed_by_who_has_shown_the_token_alone() {
    let served = bradford([127, 0, 0, 1], |config| config.allow_write = true);
    let path = "/packs/bradford/send-lso-2026/text";
    let put = [("content-type", "application/yaml"), ("if-match", "\"x\"")];
    served.send(request("PUT", path, &put, "kind: vacancy")).await.assert_problem(401, &["token-needed"]);
    served.send(request("PUT", path, &[put[0], put[1], BEARER], "kind: vacancy")).await.assert_problem(412, &["changed-meanwhile"]);
    for path in [path, "/source/profiles/bradford/vacancies/send-lso-2026.yaml", "/changes", "/packs/bradford/send-lso-2026/edit"] {
        served.get(path).await.assert_problem(401, &["token-needed"]);
        assert_eq!(served.send(request("GET", path, &[BEARER], "")).await.status, StatusCode::OK, "{path}");
    }
    // Without a token, on this machine alone, who may write may also see what is for the panel.
    let open = bradford([127, 0, 0, 1], |config| { config.token = None; config.allow_write = true; });
    assert_eq!(open.get(&format!("{VACANCY}/bundle.zip?audience=panel")).await.status, StatusCode::OK);
    let config = Config { allow_write: true, insecure: true, ..Config::new(".".into(), ([0, 0, 0, 0], 80).into()) };
    assert_eq!(config.check().unwrap_err().code, "write-for-anybody");
}
