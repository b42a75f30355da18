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
    let one = served.get("/?q=mentor&organisation=&state=ready").await.text();
    assert!(one.contains("1 pack<") && !one.contains("havering/faulty"));
    assert!(served.get("/?q=nothing-like-it").await.text().contains("No pack fits"));
    served.get("/?sort=x").await.assert_problem(400, &["malformed-query"]);
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
    for path in ["/assets/preview.css", "/assets/preview.js"] {
        assert_eq!(served.get(path).await.status, StatusCode::OK);
    }
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
        Some(serde_json::from_str::<Value>(text.trim().strip_prefix("data: ").unwrap()).unwrap())
    };
    let first = next().await.unwrap();
    assert!(first["pages"].as_array().unwrap().len() > 3 && first["faults"] == serde_json::json!([]));
    let profile = fs::read_to_string(served.folder.path().join("profiles/havering/learning-mentor-elsa.yaml")).unwrap();
    served.write("profiles/havering/learning-mentor-elsa.yaml", &profile.replace("post_title: ", "post_title: Senior "));
    let second = next().await.unwrap();
    assert_ne!(second["pages"][0]["print"], first["pages"][0]["print"]);
    served.write("profiles/havering/learning-mentor-elsa.yaml", &profile.replace("grade:", "grad:"));
    let third = next().await.unwrap();
    assert_eq!((&third["pages"], &third["faults"][0]["code"]), (&serde_json::json!([]), &"unknown-field".into()));
    served.app.end();
    assert!(next().await.is_none(), "the stream ends with the server");
}
