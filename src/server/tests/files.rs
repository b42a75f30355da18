//! Files with their headers: type, name, tag, policy.

use super::*;
use crate::bundle::sha256;

#[tokio::test]
async fn file_has_type_name_and_tag() {
    let reply = Served::shared().get(PDF).await;
    assert!(reply.body.starts_with(b"%PDF-"));
    assert_eq!(reply.header("content-type"), "application/pdf");
    assert_eq!(reply.header("content-disposition"), "inline; filename=\"learning-mentor-elsa-job-pack.pdf\"");
    assert_eq!(reply.header("etag"), format!("\"{}\"", sha256(&reply.body)));
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
    assert_eq!(reply.header("content-security-policy"), "", "a policy stops a browser's PDF viewer");
    let word = Served::shared().get(&PDF.replace(".pdf", ".docx")).await;
    assert!(word.header("content-disposition").starts_with("attachment; "));
    let bundle = Served::shared().get(&format!("{PACK}/bundle.zip")).await;
    assert_eq!(bundle.header("content-type"), "application/zip");
    assert!(bundle.body.starts_with(b"PK"));
}

#[tokio::test]
async fn client_that_has_the_bytes_is_told_so() {
    let served = Served::shared();
    let tag = served.get(PDF).await.header("etag").to_owned();
    for given in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".to_owned()] {
        let reply = served.send(request("GET", PDF, &[("if-none-match", &given)], "")).await;
        assert_eq!(reply.status, StatusCode::NOT_MODIFIED, "{given}");
        assert_eq!(reply.header("etag"), tag);
        assert!(reply.body.is_empty());
    }
    let reply = served.send(request("GET", PDF, &[("if-none-match", "\"other\"")], "")).await;
    assert_eq!(reply.status, StatusCode::OK);
}

#[tokio::test]
async fn head_has_the_headers_of_get_and_no_body() {
    let served = Served::shared();
    let (got, head) = (served.get(PDF).await, served.send(request("HEAD", PDF, &[], "")).await);
    assert_eq!(head.status, StatusCode::OK);
    assert!(head.body.is_empty());
    assert_eq!(head.header("content-length"), got.body.len().to_string());
    for name in ["etag", "content-type", "content-disposition"] {
        assert_eq!(head.header(name), got.header(name));
    }
}

#[tokio::test]
async fn page_may_use_its_own_style_and_nothing_else() {
    let reply = Served::shared().get(&PDF.replace(".pdf", ".html")).await;
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    let policy = reply.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(policy.contains("; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let page = reply.text();
    assert_eq!(page.matches("<style").count(), 2, "the sheet and its fonts");
    assert_eq!(policy.matches("'sha256-").count(), 2, "a hash for each");
    assert!(!page.contains(" style=\"") && !page.contains("<script"));
}

#[test]
fn policy_allows_no_style_of_the_body() {
    let head = "<head><style>a</style></head>";
    let plain = super::super::policy::for_page(format!("{head}<body></body>").as_bytes());
    let with_more = super::super::policy::for_page(format!("{head}<body><style>b</style></body>").as_bytes());
    assert_eq!(plain, with_more);
    // printf a | openssl dgst -sha256 -binary | base64
    assert!(plain.to_str().unwrap().contains("'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"), "{plain:?}");
}

#[test]
fn file_name_with_any_character_stays_one_header() {
    let header = |name| super::super::disposition::header(name, false).to_str().unwrap().to_owned();
    assert_eq!(header("a-b.pdf"), "attachment; filename=\"a-b.pdf\"");
    assert_eq!(header("a\"\r\nX: y.pdf"), "attachment; filename=\"a___X__y.pdf\"; filename*=UTF-8''a%22%0D%0AX%3A%20y.pdf");
    assert_eq!(header("é.pdf"), "attachment; filename=\"_.pdf\"; filename*=UTF-8''%C3%A9.pdf");
}
