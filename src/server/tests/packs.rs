//! The list of packs, one pack, and what is not there.

use super::*;

#[tokio::test]
async fn ready_server_says_ok() {
    let reply = Served::shared().get("/healthz").await;
    assert_eq!((reply.status.as_u16(), reply.text().as_str()), (200, "ok"));
}

#[tokio::test]
async fn every_pack_is_listed_the_faulty_one_too() {
    let reply = Served::shared().get("/api/v1/packs").await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.header("content-type"), "application/json");
    let json = reply.json();
    let packs = json["packs"].as_array().unwrap();
    assert_eq!(packs.iter().map(|pack| pack["name"].as_str().unwrap()).collect::<Vec<_>>(), ["faulty", "learning-mentor-elsa"]);
    assert_eq!(packs[0]["state"], "faulty");
    assert_eq!(packs[0]["errors"], 2);
    assert_eq!(packs[0]["title"], Value::Null);
    let ready = &packs[1];
    assert_eq!(ready["state"], "ready");
    assert_eq!(ready["organisation"], "havering");
    assert_eq!(ready["kind"], "profile");
    assert_eq!(ready["title"], "Learning Mentor / ELSA");
    assert_eq!(ready["status"], "draft");
    assert_eq!(ready["draft"], true);
    assert_eq!(ready["example"], false);
    assert_eq!(ready["layout"], "council");
    assert_eq!(ready["links"]["self"], PACK);
    assert_eq!(ready["links"]["bundle"], format!("{PACK}/bundle.zip"));
}

#[tokio::test]
async fn pack_has_manifest_and_links_that_work() {
    let served = Served::shared();
    let json = served.get(PACK).await.json();
    assert_eq!(json["state"], "ready");
    assert_eq!(json["manifest"]["pack"], "learning-mentor-elsa");
    let files = json["links"]["files"].as_array().unwrap();
    assert_eq!(files.len(), json["manifest"]["files"].as_array().unwrap().len() + 1);
    for file in files {
        let reply = served.get(file["href"].as_str().unwrap()).await;
        assert_eq!(reply.status, StatusCode::OK, "{file}");
        assert!(!reply.body.is_empty(), "{file}");
    }
}

#[tokio::test]
async fn faulty_pack_says_what_is_wrong_and_where() {
    let served = Served::shared();
    let reply = served.get("/api/v1/packs/havering/faulty").await;
    assert_eq!(reply.status, StatusCode::OK);
    let json = reply.json();
    assert_eq!(json["state"], "faulty");
    assert_eq!(json["manifest"], Value::Null);
    let faults: Vec<&Value> = json["diagnostics"].as_array().unwrap().iter().filter(|found| found["severity"] == "error").collect();
    assert_eq!(faults.len(), 2);
    assert_eq!(json["diagnostics"][0]["path"], "profiles/havering/faulty.yaml");
    for file in ["files/faulty-job-pack.pdf", "bundle.zip"] {
        let reply = served.get(&format!("/api/v1/packs/havering/faulty/{file}")).await;
        assert_eq!(reply.status.as_u16(), 422);
        assert_eq!(reply.json()["errors"].as_array().unwrap().iter().collect::<Vec<_>>(), faults);
    }
}

#[tokio::test]
async fn unknown_names_come_with_a_near_one() {
    let served = Served::shared();
    let cases = [
        ("/api/v1/packs/haverng/learning-mentor-elsa", "unknown-organisation", "havering"),
        ("/api/v1/packs/havering/learning-mentor-esla/bundle.zip", "unknown-pack", "learning-mentor-elsa"),
        ("/api/v1/packs/havering/learning-mentor-elsa/files/learning-mentor-elsa-job-pack.pfd", "unknown-file", "learning-mentor-elsa-job-pack.pdf"),
    ];
    for (path, code, near) in cases {
        let problem = served.get(path).await.assert_problem(404, &[code]);
        assert_eq!(problem["errors"][0]["hints"][0], format!("did you mean `{near}`?"));
    }
    served.get("/api/v1/nothing").await.assert_problem(404, &["unknown-path"]);
}

#[tokio::test]
async fn no_path_of_a_request_reaches_the_disk() {
    let served = Served::shared();
    let names = ["..%2F..%2F..%2Fetc%2Fpasswd", "%2Fetc%2Fpasswd", "..", "%252e%252e%252f", "a%00b", "organisation.yaml"];
    for name in names {
        let reply = served.get(&format!("{PACK}/files/{name}")).await;
        reply.assert_problem(404, &["unknown-file"]);
        let reply = served.get(&format!("/api/v1/packs/{name}/x")).await;
        reply.assert_problem(404, &["unknown-organisation"]);
        let reply = served.get(&format!("/api/v1/packs/havering/{name}")).await;
        reply.assert_problem(404, &["unknown-pack"]);
    }
    served.get(&format!("{PACK}/files/%FF")).await.assert_problem(400, &["malformed-path"]);
}
