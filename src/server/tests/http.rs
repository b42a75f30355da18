//! What HTTP asks of an answer: parts, compression, heads, what a client has already.

use super::*;

async fn with(served: &Served, path: &str, headers: &[(&str, &str)]) -> Reply {
    served.send(request("GET", path, headers, "")).await
}

#[tokio::test]
async fn a_part_of_a_file_is_sent_as_it_was_asked_for() {
    let served = Served::shared();
    let whole = served.get(PDF).await;
    assert_eq!((whole.header("accept-ranges"), whole.header("etag").len()), ("bytes", 66));
    let length = whole.body.len();
    for (range, part, said) in [
        ("bytes=0-3", &whole.body[..4], format!("bytes 0-3/{length}")),
        ("bytes=10-", &whole.body[10..], format!("bytes 10-{}/{length}", length - 1)),
        ("bytes=-5", &whole.body[length - 5..], format!("bytes {}-{}/{length}", length - 5, length - 1)),
        ("bytes=5-99999999", &whole.body[5..], format!("bytes 5-{}/{length}", length - 1)),
    ] {
        let reply = with(served, PDF, &[("range", range), ("accept-encoding", "gzip")]).await;
        assert_eq!((reply.status, reply.header("content-range")), (StatusCode::PARTIAL_CONTENT, said.as_str()), "{range}");
        assert!(reply.body == part, "{range}");
        assert_eq!((reply.header("etag"), reply.header("content-encoding")), (whole.header("etag"), ""));
    }
    for range in ["bytes=99999999-", "bytes=-0"] {
        let reply = with(served, PDF, &[("range", range)]).await;
        reply.assert_problem(416, &["range-not-satisfiable"]);
        assert_eq!(reply.header("content-range"), format!("bytes */{length}"));
    }
    // What is no range, ranges in plural, and a range of a file that has changed since: all of it.
    for headers in [vec![("range", "pages=1-2")], vec![("range", "bytes=4-2")], vec![("range", "bytes=0-1,5-6")], vec![("range", "bytes=0-3"), ("if-range", "\"old\"")]] {
        let reply = with(served, PDF, &headers).await;
        assert!(reply.status == StatusCode::OK && reply.body == whole.body, "{headers:?}");
    }
    let same = with(served, PDF, &[("range", "bytes=0-3"), ("if-range", whole.header("etag"))]).await;
    assert_eq!(same.status, StatusCode::PARTIAL_CONTENT);
}

#[tokio::test]
async fn text_is_compressed_for_who_takes_it_and_has_a_tag_of_its_own() {
    let served = Served::shared();
    let path = PDF.replace(".pdf", ".html");
    let plain = served.get(&path).await;
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    for accepted in ["gzip", "br;q=1.0, gzip;q=0.8, *;q=0.1", "*", "GZIP"] {
        let reply = with(served, &path, &[("accept-encoding", accepted)]).await;
        assert_eq!((reply.header("content-encoding"), reply.header("content-type")), ("gzip", "text/html; charset=utf-8"), "{accepted}");
        assert_ne!(reply.header("etag"), plain.header("etag"));
        assert_eq!(reply.header("etag"), format!("\"{}\"", crate::bundle::sha256(&reply.body)), "the digest of the bytes that are sent");
        let mut text = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(reply.body.as_slice()), &mut text).unwrap();
        assert!(text == plain.body);
        let again = with(served, &path, &[("accept-encoding", accepted), ("if-none-match", reply.header("etag"))]).await;
        assert_eq!((again.status, again.body.len(), again.header("vary")), (StatusCode::NOT_MODIFIED, 0, "accept-encoding"));
    }
    for refused in ["identity", "gzip;q=0", "br", "gzip;q=0, *"] {
        let reply = with(served, &path, &[("accept-encoding", refused)]).await;
        assert_eq!((reply.header("content-encoding"), reply.header("etag")), ("", plain.header("etag")), "{refused}");
    }
    let part = with(served, &path, &[("accept-encoding", "gzip"), ("range", "bytes=0-14")]).await;
    assert_eq!((part.status, part.text().as_str(), part.header("content-encoding")), (StatusCode::PARTIAL_CONTENT, "<!DOCTYPE html>", ""));
    // A PDF is compressed already.
    assert_eq!(with(served, PDF, &[("accept-encoding", "gzip")]).await.header("content-encoding"), "");
}

#[tokio::test]
async fn who_wants_another_version_is_told_that_it_is_gone() {
    let served = Served::shared();
    let tag = served.get(PDF).await.header("etag").to_owned();
    for (given, status) in [("\"nope\"", 412), (&format!("W/{tag}"), 412), (tag.as_str(), 200), ("*", 200), (&format!("\"a\", {tag}"), 200)] {
        assert_eq!(with(served, PDF, &[("if-match", given)]).await.status.as_u16(), status, "{given}");
    }
    with(served, PDF, &[("if-match", "\"nope\""), ("range", "bytes=0-9")]).await.assert_problem(412, &["changed"]);
}

#[tokio::test]
async fn a_head_says_what_the_whole_would() {
    let served = Served::shared();
    for path in ["/healthz", "/api/v1/packs", PACK, PDF] {
        let (get, head) = (served.get(path).await, served.send(request("HEAD", path, &[("range", "bytes=0-3")], "")).await);
        assert_eq!((head.status, head.body.len()), (StatusCode::OK, 0), "{path}");
        for name in ["content-type", "etag", "content-disposition", "cache-control", "content-security-policy"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
        assert_eq!(head.header("content-length"), get.body.len().to_string(), "{path}");
    }
}

#[tokio::test]
async fn every_answer_has_a_number_and_only_a_safe_one_is_echoed() {
    let served = Served::shared();
    let one = served.get("/healthz").await;
    let two = served.get("/nowhere").await;
    assert!(!one.header("x-request-id").is_empty() && one.header("x-request-id") != two.header("x-request-id"));
    assert_eq!(with(served, "/healthz", &[("x-request-id", "abc-1.2_Z")]).await.header("x-request-id"), "abc-1.2_Z");
    for unsafe_one in ["a b", "\"", "<script>", &"x".repeat(65)] {
        assert_ne!(with(served, "/healthz", &[("x-request-id", unsafe_one)]).await.header("x-request-id"), unsafe_one);
    }
}

#[tokio::test]
async fn a_page_is_a_picture() {
    let served = Served::shared();
    let svg = served.get(&format!("{PACK}/pages/1")).await;
    assert_eq!((svg.status, svg.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    let text = svg.text();
    assert!(text.starts_with("<svg ") && !text.contains("<script") && !text.contains("href=\"http"), "{}", &text[..200]);
    let png = served.get(&format!("{PACK}/pages/2?format=png&variant=large-print")).await;
    assert_eq!((png.status, png.header("content-type"), &png.body[1..4]), (StatusCode::OK, "image/png", b"PNG".as_slice()));
    assert_eq!(served.get(&format!("{PACK}/pages/1?format=png")).await.status, StatusCode::OK);
    for (query, status, code) in [
        ("0", 404, "unknown-page"), ("999", 404, "unknown-page"), ("1?document=job-pak", 404, "unknown-document"),
        ("1?variant=big", 404, "unknown-variant"), ("1?format=gif", 400, "malformed-query"), ("1?language=fr", 400, "unknown-language"),
        ("1?dokument=x", 400, "malformed-query"), ("-1", 400, "malformed-path"), ("x", 400, "malformed-path"),
    ] {
        served.get(&format!("{PACK}/pages/{query}")).await.assert_problem(status, &[code]);
    }
}

#[tokio::test]
async fn packs_are_found_and_come_in_parts() {
    let served = Served::shared();
    let list = |query: &str| {
        let path = format!("/api/v1/packs?{query}");
        async move { served.get(&path).await.json() }
    };
    let all = list("").await;
    let total = all["total"].as_u64().unwrap();
    assert_eq!((all["packs"].as_array().unwrap().len() as u64, total, all["offset"].as_u64()), (total, 2, Some(0)));
    let second = list("limit=1&offset=1").await;
    assert_eq!((&second["packs"][0], second["packs"].as_array().unwrap().len(), second["total"].as_u64()), (&all["packs"][1], 1, Some(total)));
    for (query, count) in [("state=faulty", 1), ("state=ready&organisation=havering", 1), ("q=MENTOR", 1), ("kind=vacancy", 0), ("organisation=nobody", 0), ("offset=99", 2)] {
        assert_eq!(list(query).await["total"], count, "{query}");
    }
    for query in ["limit=0", "limit=1001", "limit=x", "offset=-1", "sort=name"] {
        served.get(&format!("/api/v1/packs?{query}")).await.assert_problem(400, &["malformed-query"]);
    }
}

#[tokio::test]
async fn organisations_layouts_and_schemas_are_listed() {
    let served = Served::shared();
    let organisations = served.get("/api/v1/organisations").await.json();
    assert_eq!((&organisations["organisations"][0]["id"], &organisations["organisations"][0]["packs"]), (&"havering".into(), &2.into()));
    let layouts = served.get("/api/v1/layouts").await.json();
    let ids: Vec<_> = layouts["layouts"].as_array().unwrap().iter().map(|layout| layout["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["council", "gla", "school"]);
    assert!(layouts["variants"].as_array().unwrap().contains(&"large-print".into()));
    for kind in ["profile", "organisation", "vacancy", "framework", "layout"] {
        assert!(served.get(&format!("/api/v1/schema/{kind}")).await.json()["properties"].is_object(), "{kind}");
    }
    let unknown = served.get("/api/v1/schema/profle").await.assert_problem(404, &["unknown-schema"]);
    assert_eq!(unknown["errors"][0]["hints"][0], "did you mean `profile`?");
}
