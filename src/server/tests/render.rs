//! Posted profiles.

use super::*;
use crate::bundle::sha256;

#[tokio::test]
async fn profile_is_answered_in_each_format() {
    let served = Served::shared();
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    for (format, media_type, start) in
        [("pdf", "application/pdf", "%PDF-"), ("docx", word, "PK"), ("html", "text/html; charset=utf-8", "<!DOCTYPE html>"), ("txt", "text/plain; charset=utf-8", "*** Draft"), ("zip", "application/zip", "PK")]
    {
        let reply = served.render(&format!("organisation=havering&format={format}"), PROFILE).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", String::from_utf8_lossy(&reply.body));
        assert_eq!(reply.header("content-type"), media_type);
        assert!(reply.body.starts_with(start.as_bytes()), "{format}");
        assert!(reply.header("content-disposition").contains(&format!(".{format}\"")), "{format}");
        assert_eq!(reply.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn profile_posted_is_the_profile_of_a_file() {
    let served = Served::shared();
    let path = served.folder.path().join("profiles/havering/learning-mentor-elsa.yaml");
    let profile = fs::read_to_string(path).unwrap();
    let posted = served.render("organisation=havering&format=html", &profile).await;
    assert_eq!(posted.text(), served.get(&PDF.replace(".pdf", ".html")).await.text());
}

#[tokio::test]
async fn accept_chooses_the_format() {
    let served = Served::shared();
    let ask = |accept: &'static str| async move {
        let headers = [("content-type", "text/yaml"), ("accept", accept)];
        served.send(request("POST", "/api/v1/render?organisation=havering", &headers, PROFILE)).await
    };
    for (accept, media_type) in [
        ("text/html;q=0.5, application/pdf;q=0.4", "text/html; charset=utf-8"),
        ("text/*", "text/html; charset=utf-8"),
        ("*/*", "application/pdf"),
        ("text/plain", "text/plain; charset=utf-8"),
        ("text/plain, text/html;q=0.9", "text/plain; charset=utf-8"),
        ("*/*, application/pdf;q=0, application/vnd.openxmlformats-officedocument.wordprocessingml.document;q=0", "text/html; charset=utf-8"),
    ] {
        let reply = ask(accept).await;
        assert_eq!(reply.header("content-type"), media_type, "{accept}");
        assert_eq!(reply.header("vary"), "accept");
    }
    for accept in ["image/png", "application/pdf;q=0", "nonsense"] {
        ask(accept).await.assert_problem(406, &["not-acceptable"]);
    }
}

#[tokio::test]
async fn all_faults_come_at_once_each_where_it_is() {
    let profile = "kind: profile\nstatus: draft\nrevised_on: 2026-11-31\npost_title: Officer\ngrad: 4\nunknown: [1]\n";
    let reply = Served::shared().render("organisation=havering", profile).await;
    let codes: Vec<String> = reply.json()["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap().to_owned()).collect();
    let problem = reply.assert_problem(422, &codes.iter().map(String::as_str).collect::<Vec<_>>());
    let errors = problem["errors"].as_array().unwrap();
    assert!(errors.len() >= 3, "{problem:#}");
    let lines: Vec<u64> = errors.iter().map(|error| error["line"].as_u64().unwrap()).collect();
    assert!([3, 5, 6].iter().all(|line| lines.contains(line)), "{lines:?}");
    assert!(errors.iter().all(|error| error["path"] == "request"));
    assert!(problem["detail"].as_str().unwrap().contains("the text has "));
}

#[tokio::test]
async fn text_that_is_no_yaml_is_a_fault_at_its_line() {
    let served = Served::shared();
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n";
    for (text, code) in [("kind: [", "yaml-syntax"), (&"[".repeat(100), "yaml-too-deep"), (bomb, "yaml-too-many-values")] {
        let problem = served.render("organisation=havering", text).await.assert_problem(422, &[code]);
        assert!(problem["errors"][0]["line"].is_number());
    }
    let mut latin = post("organisation=havering", "application/yaml", "");
    *latin.body_mut() = Body::from(&b"post_title: Caf\xE9"[..]);
    served.send(latin).await.assert_problem(422, &["not-utf8"]);
}

#[tokio::test]
async fn json_is_a_profile_too() {
    let served = Served::shared();
    let json = "{\n\t\"kind\":\"profile\",\t\"status\":\"draft\", \"revised_on\":\"2026-11-22\",\n\
                \"post_title\":\"Caf\\u00e9 \\\\ \\\"Officer\\\" \\/ x\",\"purpose\":[{\"text\":\"Tea: and\\ttoast\"}]}";
    let reply = served.send(post("organisation=havering&format=html", "application/json; charset=UTF-8", json)).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert!(reply.text().contains("Tea: and"));
    assert!(reply.text().contains("Café \\ "));
    let emoji = json.replace("Tea", "\\ud83d\\ude00");
    let reply = served.send(post("organisation=havering", "application/json", &emoji)).await;
    assert!(reply.assert_problem(422, &["missing-glyph"])["errors"][0]["message"].as_str().unwrap().contains("U+1F600"));
    let broken = served.send(post("organisation=havering", "application/json", "{\n\"kind\": profile}")).await;
    assert_eq!(broken.assert_problem(422, &["json-syntax"])["errors"][0]["line"], 2);
    let twice = json.replace("\"status\"", "\"kind\":\"profile\",\"status\"");
    served.send(post("organisation=havering", "application/json", &twice)).await.assert_problem(422, &["duplicate-key"]);
}

#[tokio::test]
async fn hostile_text_comes_out_as_text() {
    let text = "#import \"/etc/passwd\": * #read(\"/pack.json\") {% include \"x\" %} {{ config }} $x$ </w:t> <script>alert(1)</script> <style>*{}</style> &amp;";
    let profile = PROFILE.replace("To let plots to people who will look after them.", &format!("'{text}'"));
    let reply = Served::shared().render("organisation=havering&format=html", &profile).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    let page = reply.text();
    assert!(page.contains("#import"), "kept as text");
    assert!(page.contains("{{ config }}"), "kept as text");
    assert!(page.contains("&lt;script>alert(1)") || page.contains("&lt;script&gt;alert(1)"), "kept as text");
    assert!(!page.contains("<script") && page.matches("<style").count() == 2, "the sheet and its fonts");
    assert!(!page.contains("root:"));
    let link = PROFILE.replace("To let plots", "[To let plots](javascript:alert(1))");
    let reply = Served::shared().render("organisation=havering&format=html", &link).await;
    assert!(!String::from_utf8_lossy(&reply.body).contains("href=\"javascript:"));
}

#[tokio::test]
async fn posted_profile_may_extend_one_of_the_project() {
    let served = Served::shared();
    let profile = "kind: profile\nstatus: draft\nrevised_on: 2026-11-22\nextends: learning-mentor-elsa\npost_title: Mentor of Trees\n";
    let reply = served.render("organisation=havering&format=html", profile).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert!(reply.text().contains("Mentor of Trees") && reply.text().contains("Significant and consistent underachievement"));
    let reply = served.render("organisation=havering", &profile.replace("elsa", "esla")).await;
    let problem = reply.assert_problem(422, &["unknown-profile"]);
    assert_eq!((&problem["errors"][0]["path"], &problem["errors"][0]["line"]), (&"request".into(), &4.into()));
}

#[tokio::test]
async fn bundle_names_the_request_and_no_file_of_that_name() {
    let served = Served::new(Limits::default());
    served.write("request", "a file of this name in the project's folder");
    let reply = served.render("organisation=havering&format=zip", PROFILE).await;
    let mut zip = ::zip::ZipArchive::new(std::io::Cursor::new(reply.body)).unwrap();
    let manifest: Value = serde_json::from_reader(zip.by_name("manifest.json").unwrap()).unwrap();
    let inputs = manifest["inputs"].as_array().unwrap();
    let request: Vec<_> = inputs.iter().filter(|input| input["path"] == "request").collect();
    assert_eq!(request.len(), 1);
    assert_eq!(request[0]["sha256"], sha256(PROFILE.as_bytes()));
}

#[tokio::test]
async fn query_is_checked() {
    let served = Served::shared();
    for query in ["", "organisation=", "organisation=havering&colour=red", "organisation=havering&organisation=gla"] {
        served.render(query, PROFILE).await.assert_problem(400, &["malformed-query"]);
    }
    served.render("organisation=havering&format=dox", PROFILE).await.assert_problem(400, &["unknown-format"]);
    for (query, code, near) in [
        ("organisation=haverin", "unknown-organisation", "havering"),
        ("organisation=havering&document=job-pak", "unknown-document", "job-pack"),
        ("organisation=havering&layout=counci", "unknown-layout", "council"),
        ("organisation=../havering", "unknown-organisation", "havering"),
        ("organisation=havering%FF", "unknown-organisation", "havering"),
    ] {
        let problem = served.render(query, PROFILE).await.assert_problem(404, &[code]);
        assert_eq!(problem["errors"][0]["hints"][0], format!("did you mean `{near}`?"), "{query}");
    }
    served.render("organisation=havering&layout=../council", PROFILE).await.assert_problem(404, &["unknown-layout"]);
    let reply = served.render("organisation=havering&document=job-pack&layout=&format=html", PROFILE).await;
    assert_eq!(reply.status, StatusCode::OK);
}

#[tokio::test]
async fn body_is_yaml_or_json_of_at_most_one_mebibyte() {
    let served = Served::shared();
    for media_type in ["", "text/plain", "application/x-www-form-urlencoded", "application/yaml; charset=latin1", "multipart/form-data"] {
        let reply = served.send(post("organisation=havering", media_type, PROFILE)).await;
        reply.assert_problem(415, &["unsupported-media-type"]);
    }
    let large = format!("{PROFILE}# {}\n", "x".repeat(1 << 20));
    served.render("organisation=havering", &large).await.assert_problem(413, &["body-too-large"]);
    let most = format!("{PROFILE}# {}\n", "x".repeat((1 << 20) - PROFILE.len() - 3));
    assert_eq!(served.render("organisation=havering&format=html", &most).await.status, StatusCode::OK);
}

#[tokio::test]
async fn answer_stays_small_however_much_is_wrong() {
    let many: String = (0..3000).map(|number| format!("x{number}: '{}'\n", "é".repeat(20))).collect();
    let reply = Served::shared().render("organisation=havering", &format!("kind: profile\n{many}")).await;
    assert_eq!(reply.status.as_u16(), 422);
    let problem = reply.json();
    assert_eq!(problem["errors"].as_array().unwrap().len(), 101);
    assert!(problem["detail"].as_str().unwrap().contains("has many faults"), "{}", problem["detail"]);
    let missing = Served::shared().render("organisation=havering", &format!("kind: profile\npurpose: [{{text: '{}'}}]", "é".repeat(1000))).await;
    let longest = missing.json()["errors"].as_array().unwrap().iter().map(|error| error["text"].as_str().unwrap().chars().count()).max();
    assert_eq!(longest, Some(201));
}

#[tokio::test]
async fn profile_is_answered_in_a_variant() {
    let served = Served::shared();
    let reply = served.render("organisation=havering&format=html&variant=large-print", PROFILE).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", String::from_utf8_lossy(&reply.body));
    assert!(reply.header("content-disposition").contains("posted-job-pack-large-print.html"));
    assert!(reply.text().contains("font-size: 1.688rem;"));
    let reply = served.render("organisation=havering&variant=large-prnt", PROFILE).await;
    reply.assert_problem(404, &["unknown-variant"]);
}
