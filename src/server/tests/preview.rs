//! The pages for people.

use tokio_stream::StreamExt;

use super::*;

#[tokio::test]
async fn the_gallery_has_every_pack_with_its_state() {
    let served = Served::shared();
    let page = served.get("/").await;
    assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
    let text = page.text();
    for words in ["London Borough of Havering", "/packs/havering/learning-mentor-elsa\"", "/packs/havering/faulty\"", "2 errors", "2 packs"] {
        assert!(text.contains(words), "{words}");
    }
    let one = served.get("/?q=mentor&organisation=&show=").await.text();
    assert!(one.contains("1 pack<") && !one.contains("havering/faulty"));
    assert!(served.get("/?q=nothing-like-it").await.text().contains("No pack fits"));
    served.get("/?sort=x").await.assert_problem(400, &["malformed-query"]);
    served.get("/?show=x").await.assert_problem(400, &["malformed-query"]);
    for (show, there) in [("errors", "faulty"), ("fine", "learning-mentor-elsa"), ("draft", "learning-mentor-elsa")] {
        let text = served.get(&format!("/?show={show}")).await.text();
        assert!(text.contains("1 pack<") && text.contains(&format!("havering/{there}\"")), "{show}");
    }
}

#[tokio::test]
async fn a_pack_is_shown_with_its_pages_or_with_its_faults() {
    let served = Served::shared();
    let good = served.get("/packs/havering/learning-mentor-elsa?document=&variant=large-print").await.text();
    assert!(good.contains("alt=\"Page 1\"") && good.contains("variant=large-print") && !good.contains("shortlisting"));
    let bad = served.get("/packs/havering/faulty").await;
    assert_eq!(bad.status, StatusCode::OK);
    let text = bad.text();
    assert!(text.contains("unknown-field") && text.contains("^^^^") && text.contains("did you mean `grade`?"), "{text}");
    served.get("/packs/havering/nothing").await.assert_problem(404, &["unknown-pack"]);
    served.get("/packs/havering/learning-mentor-elsa?variant=big").await.assert_problem(404, &["unknown-variant"]);
    for (path, kind) in [("preview.css", "text/css"), ("preview.js", "text/javascript"), ("text.ttf", "font/ttf"), ("icon.svg", "image/svg+xml")] {
        let asset = served.get(&format!("/assets/{path}")).await;
        assert!(asset.status == StatusCode::OK && asset.header("content-type").starts_with(kind), "{path}");
    }
    served.get("/assets/../Cargo.toml").await.assert_problem(404, &["unknown-path"]);
    served.get("/assets/preview.jss").await.assert_problem(404, &["unknown-asset"]);
}

#[tokio::test]
async fn words_of_a_profile_are_never_markup() {
    let served = Served::new(Limits::default());
    let evil = "<script>alert(1)</script>\"'><img src=x>";
    served.write("profiles/havering/evil.yaml", &PROFILE.replace("Allotments Officer", &serde_json::Value::from(evil).to_string()));
    served.write("profiles/havering/broken.yaml", &format!("{PROFILE}\"{}\": 1\n", "<script>alert(2)</script>"));
    tokio::time::sleep(Duration::from_millis(1100)).await;
    for path in ["/", "/packs/havering/evil", "/packs/havering/broken", "/?q=%3Cscript%3Ealert(3)"] {
        let text = served.get(path).await.text();
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{path}");
        assert!(text.contains("&lt;script&gt;alert"), "{path}: it is shown as it was written");
    }
}

#[tokio::test]
async fn who_listens_is_told_of_the_next_edit_and_of_the_end() {
    let served = Served::new(Limits::default());
    let request = request("GET", "/packs/havering/learning-mentor-elsa/events", &[], "");
    let response = served.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = Box::pin(response.into_body().into_data_stream());
    let mut next = async || {
        let bytes = tokio::time::timeout(Duration::from_secs(30), stream.next()).await.expect("in time")?;
        let text = String::from_utf8(bytes.unwrap().to_vec()).unwrap();
        let data = text.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
        Some(serde_json::from_str::<Value>(data).unwrap())
    };
    let first = next().await.unwrap();
    assert!(first["pages"].as_array().unwrap().len() > 3 && first["faults"] == serde_json::json!([]));
    let profile = fs::read_to_string(served.folder.path().join("profiles/havering/learning-mentor-elsa.yaml")).unwrap();
    served.write("profiles/havering/learning-mentor-elsa.yaml", &profile.replace("post_title: ", "post_title: Senior "));
    let second = next().await.unwrap();
    assert_ne!(second["pages"][0]["print"], first["pages"][0]["print"]);
    served.write("profiles/havering/learning-mentor-elsa.yaml", &profile.replace("grade:", "grad:"));
    let third = next().await.unwrap();
    // The last good pages stay, and can be turned.
    assert_eq!((&third["pages"], &third["faults"][0]["code"]), (&second["pages"], &"unknown-field".into()));
    let page = |print: &str| format!("{PACK}/pages/2?print={print}");
    assert_eq!(served.get(&page(second["pages"][1]["print"].as_str().unwrap())).await.status, StatusCode::OK);
    served.get(&page("0")).await.assert_problem(422, &["unknown-field"]);
    served.app.end();
    assert!(next().await.is_none(), "the stream ends with the server");
}

#[tokio::test]
async fn a_vacancy_is_closed_once_its_time_is_over() {
    let served = Served::new(Limits::default());
    let vacancy = |day: &str| {
        format!("kind: vacancy\nprofile: learning-mentor-elsa\nrevised_on: 2026-11-22\nclosing:\n  date: {day}\n  time: \"17:00\"\n")
    };
    fs::create_dir_all(served.folder.path().join("profiles/havering/vacancies")).unwrap();
    served.write("profiles/havering/vacancies/past.yaml", &vacancy("2024-07-01"));
    served.write("profiles/havering/vacancies/to-come.yaml", &vacancy("2199-07-01"));
    tokio::time::sleep(Duration::from_millis(1100)).await;
    let closed = served.get("/?show=closed").await.text();
    assert!(closed.contains("1 pack<") && closed.contains("havering/past\"") && closed.contains(">closed<"), "{closed}");
    let open = served.get("/?show=open").await.text();
    assert!(open.contains("1 pack<") && open.contains("havering/to-come\""));
    let listed = served.get("/api/v1/packs?q=past").await.json();
    assert_eq!(listed["packs"][0]["closes"], "2024-07-01T17:00:00+01:00");
}

#[tokio::test]
async fn any_edition_of_a_document_can_be_had_as_a_file() {
    let served = Served::shared();
    let base = "/packs/havering/learning-mentor-elsa/file?document=job-description";
    for (query, kind, name) in [
        ("format=pdf", "application/pdf", "learning-mentor-elsa-job-description.pdf"),
        ("format=docx&variant=large-print", "application/vnd.openxml", "learning-mentor-elsa-job-description-large-print.docx"),
        ("format=html&layout=school", "text/html", "learning-mentor-elsa-job-description.html"),
        ("format=txt&language=cy", "text/plain", "learning-mentor-elsa-job-description-cy.txt"),
    ] {
        let file = served.get(&format!("{base}&{query}")).await;
        assert_eq!(file.status, StatusCode::OK, "{query}");
        assert!(file.header("content-type").starts_with(kind) && file.header("content-disposition").contains(name), "{query}: {:?}", file.headers);
    }
    let html = served.get(&format!("{base}&format=html")).await;
    assert!(html.header("content-security-policy").contains("frame-ancestors 'self'"));
    let bad = [("format=odt", 400, "malformed-query"), ("layout=gothic", 404, "unknown-layout"), ("variant=big", 404, "unknown-variant")];
    for (query, status, code) in bad {
        served.get(&format!("{base}&{query}")).await.assert_problem(status, &[code]);
    }
    served.get("/packs/havering/learning-mentor-elsa/file?document=letter").await.assert_problem(404, &["unknown-document"]);
    served.get("/packs/havering/learning-mentor-elsa?layout=gothic").await.assert_problem(404, &["unknown-layout"]);
    let other = served.get("/packs/havering/learning-mentor-elsa?layout=gla&view=web").await.text();
    assert!(other.contains("<iframe") && other.contains("layout=gla") && other.contains("sandbox=\"\""));
}

#[tokio::test]
async fn the_lines_that_a_finding_names_can_be_read_and_nothing_else() {
    let served = Served::shared();
    let text = served.get("/source/profiles/havering/faulty.yaml").await.text();
    assert!(text.contains("id=\"L5\"") && text.contains("grad: Grade 4") && text.contains("/packs/havering/faulty/edit"));
    assert!(served.get("/source/templates/base/lib.typ").await.text().contains("<code>"));
    for path in ["Cargo.toml", "profiles/../Cargo.toml", "profiles/%2e%2e/%2e%2e/etc/passwd", "profiles/.git/config", ".jobpack/x", "fonts/figtree/Figtree-Regular.ttf", "profiles"] {
        served.get(&format!("/source/{path}")).await.assert_problem(404, &["unknown-file"]);
    }
    let shown = served.get("/packs/havering/faulty").await.text();
    assert!(shown.contains("/packs/havering/faulty/edit?line=5"), "{shown}");
}

#[tokio::test]
async fn who_uses_a_browser_is_told_of_a_problem_in_a_page() {
    let served = Served::shared();
    let html = [("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    for (path, status, words) in [
        ("/packs/havering/learning-mentor-els", 404, "did you mean `learning-mentor-elsa`?"),
        ("/nowhere", 404, "there is nothing at `/nowhere`"),
        ("/packs/havering/learning-mentor-elsa/compare?with=approved", 404, "nothing was approved yet"),
    ] {
        let page = served.send(request("GET", path, &html, "")).await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (status, "text/html; charset=utf-8"), "{path}");
        assert!(page.text().contains(words) && page.header("cache-control") == "no-store", "{path}: {}", page.text());
    }
    served.send(request("GET", "/api/v1/packs/havering/nothing", &html, "")).await.assert_problem(404, &["unknown-pack"]);
}
