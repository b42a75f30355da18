//! The editor's side of the server: texts are read, tried and saved.

use super::*;
use crate::bundle::sha256;

const FAULTY: &str = "/packs/havering/faulty";
const YAML: (&str, &str) = ("content-type", "application/yaml");

fn writing() -> Served {
    Served::with(|config| config.allow_write = true)
}

async fn put(served: &Served, path: &str, seen: &str, text: &str) -> Reply {
    let tag = format!("\"{seen}\"");
    served.send(request("PUT", path, &[YAML, ("if-match", &tag)], text)).await
}

#[tokio::test]
async fn a_text_is_saved_in_place_of_the_one_that_was_read_and_of_no_other() {
    let served = writing();
    let path = format!("{FAULTY}/text");
    let read = served.get(&path).await;
    let tag = read.header("etag").trim_matches('"').to_owned();
    assert_eq!(tag, sha256(&read.body));
    let mended = PROFILE.replace("Allotments", "Parks");
    let saved = put(&served, &path, &tag, &mended).await;
    assert_eq!((saved.status, saved.header("etag")), (StatusCode::NO_CONTENT, format!("\"{}\"", sha256(mended.as_bytes())).as_str()));
    let file = served.folder.path().join("profiles/havering/faulty.yaml");
    assert_eq!(fs::read_to_string(&file).unwrap(), mended);
    // Who has seen the old one only, loses nothing of the new one.
    put(&served, &path, &tag, PROFILE).await.assert_problem(412, &["changed-meanwhile"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), mended);
    served.send(request("PUT", &path, &[YAML], PROFILE)).await.assert_problem(428, &["precondition-needed"]);
    // The next answer is of the new text.
    let page = served.get(FAULTY).await.text();
    assert!(page.contains("Parks Officer") && !page.contains("unknown-field"));
    // A form says the same, with the line ends of forms.
    let form = format!("digest={}&text={}", sha256(mended.as_bytes()), "kind%3A+profile%0D%0A");
    let urlencoded = ("content-type", "application/x-www-form-urlencoded");
    let sent = served.send(request("POST", &path, &[urlencoded], &form)).await;
    assert_eq!((sent.status, sent.header("location")), (StatusCode::SEE_OTHER, "/packs/havering/faulty/edit?saved=1"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "kind: profile\n");
    assert!(served.get("/packs/havering/faulty/edit?saved=1").await.text().contains("Saved."));
}

#[tokio::test]
async fn nobody_writes_where_it_is_not_allowed() {
    let served = Served::new(Limits::default());
    let read = served.get(&format!("{FAULTY}/text")).await;
    put(&served, &format!("{FAULTY}/text"), &sha256(&read.body), PROFILE).await.assert_problem(403, &["no-writing"]);
    let served = writing();
    let own = [YAML, ("if-match", "\"x\""), ("sec-fetch-site", "cross-site")];
    served.send(request("PUT", &format!("{FAULTY}/text"), &own, PROFILE)).await.assert_problem(403, &["other-site"]);
    let origin = [("content-type", "application/x-www-form-urlencoded"), ("origin", "http://evil.example")];
    served.send(request("POST", "/changes/approve", &origin, "digest=x")).await.assert_problem(403, &["other-site"]);
    for path in ["/packs/havering/nothing/text", "/packs/havring/faulty/text", "/organisations/havring/brand/text"] {
        let refused = put(&served, path, "x", PROFILE).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{path}");
    }
    let folder = fs::read_dir(served.folder.path().join("profiles/havering")).unwrap();
    assert!(folder.flatten().all(|entry| !entry.file_name().to_string_lossy().starts_with(".jobpack-")));
}

#[tokio::test]
async fn what_is_typed_is_shown_before_it_is_saved() {
    let served = Served::shared();
    let path = "/packs/havering/learning-mentor-elsa/try";
    let tried = served.send(request("POST", &format!("{path}?want=1,2,99"), &[YAML], PROFILE)).await;
    let shown = tried.json();
    assert!(shown["svg"]["1"].as_str().is_some_and(|svg| svg.starts_with("<svg")), "{shown:#}");
    assert!(shown["svg"].get("99").is_none() && shown["faults"] == serde_json::json!([]) && !shown["pages"].as_array().unwrap().is_empty());
    let faulty = served.send(request("POST", path, &[YAML], &PROFILE.replace("grade:", "grad:"))).await.json();
    let fault = &faulty["faults"][0];
    assert_eq!((&fault["code"], &fault["path"]), (&"unknown-field".into(), &"profiles/havering/learning-mentor-elsa.yaml".into()));
    assert_eq!(["line", "column", "end_line", "end_column"].map(|name| fault[name].as_u64().unwrap()), [5, 1, 5, 5]);
    assert_eq!(faulty["pages"], serde_json::json!([]));
    served.send(request("POST", &format!("{path}?document=letter"), &[YAML], PROFILE)).await.json()["faults"][0]["code"].as_str().unwrap();
    served.send(request("POST", path, &[("content-type", "text/plain")], PROFILE)).await.assert_problem(415, &["unsupported-media-type"]);
}

#[tokio::test]
async fn a_brand_is_shown_in_every_layout_with_its_contrasts() {
    let served = Served::shared();
    let brand = fs::read_to_string(served.folder.path().join("profiles/havering/_brand.yml")).unwrap();
    let path = "/organisations/havering/brand/try?pack=learning-mentor-elsa";
    let tried = async |text: &str| served.send(request("POST", path, &[YAML], text)).await.json();
    let good = tried(&brand.replace("#0B4F3F", "#4A1D6B")).await;
    let layouts = good["layouts"].as_array().unwrap();
    assert!(layouts.len() >= 3 && layouts.iter().all(|layout| layout["pages"].as_array().unwrap().len() == 3), "{good:.600}");
    assert!(layouts[0]["pages"][0].as_str().unwrap().to_lowercase().contains("#4a1d6b"));
    assert!(good["contrast"].as_array().unwrap().iter().all(|pair| pair["ok"] == true));
    let pale = tried(&brand.replace("#0B4F3F", "#9FD8C8")).await;
    assert!(pale["contrast"].as_array().unwrap().iter().any(|pair| pair["ok"] == false));
    assert_eq!(pale["faults"][0]["code"], "low-contrast");
    let broken = tried("color: [").await;
    assert!(broken["faults"][0]["line"] == 1 && broken["layouts"][0]["pages"] == serde_json::json!([]), "{broken:#}");
    let page = served.get("/organisations/havering/brand").await.text();
    assert!(page.contains("_brand.yml") && page.contains("Figtree"));
    // The project's own brand is as it was.
    assert_eq!(fs::read_to_string(served.folder.path().join("profiles/havering/_brand.yml")).unwrap(), brand);
}

#[tokio::test]
async fn what_is_no_file_keeps_nobody_waiting() {
    let served = writing();
    let brand = served.folder.path().join("profiles/havering/_brand.yml");
    fs::remove_file(&brand).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&brand).status().unwrap().success());
    let asked = tokio::time::timeout(Duration::from_secs(20), served.get("/organisations/havering/brand/text")).await;
    asked.expect("it is answered").assert_problem(422, &["file-unreadable"]);
    put(&served, "/organisations/havering/brand/text", "x", "color: {}").await.assert_problem(422, &["file-unreadable"]);
}
