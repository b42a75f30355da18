//! Methods, hosts and addresses.

use super::*;
use crate::server::access::Token;

#[tokio::test]
async fn wrong_method_names_the_right_ones() {
    let served = Served::shared();
    for (method, path, allowed) in
        [("POST", "/api/v1/packs", "GET,HEAD"), ("DELETE", PDF, "GET,HEAD"), ("GET", "/api/v1/render", "POST"), ("OPTIONS", "/healthz", "GET,HEAD")]
    {
        let reply = served.send(request(method, path, &[], "")).await;
        reply.assert_problem(405, &["method-not-allowed"]);
        assert_eq!(reply.header("allow"), allowed);
    }
}

#[tokio::test]
async fn only_names_of_this_machine_are_answered() {
    let served = Served::shared();
    for host in ["localhost:8080", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080"] {
        let reply = served.send(request("GET", "/healthz", &[("host", host)], "")).await;
        assert_eq!(reply.status, StatusCode::OK, "{host}");
    }
    for host in ["evil.example:8080", "localhost", "localhost:8081", "localhost:8080.evil.example", "localhost:8080@evil.example", ""] {
        let reply = served.send(request("GET", "/api/v1/packs", &[("host", host)], "")).await;
        reply.assert_problem(421, &["unknown-host"]);
    }
    let twice = [("host", "localhost:8080"), ("host", "evil.example")];
    served.send(request("GET", "/api/v1/packs", &twice, "")).await.assert_problem(421, &["unknown-host"]);
    let target = "http://evil.example:8080/api/v1/packs";
    served.send(request("GET", target, &[], "")).await.assert_problem(421, &["unknown-host"]);
    let none = Request::get("/healthz").body(Body::empty()).unwrap();
    served.send(none).await.assert_problem(421, &["unknown-host"]);
}

#[test]
fn address_that_others_can_reach_is_refused() {
    for address in ["0.0.0.0:8080", "192.168.1.2:80", "[::]:8080"] {
        let config = Config::new("/".into(), address.parse().unwrap());
        assert_eq!(config.check().unwrap_err().code, "address-not-loopback");
        assert!(Config { insecure: true, ..config.clone() }.check().is_ok());
        assert!(Config { token: Token::new("0123456789abcdef"), ..config }.check().is_ok());
    }
    let proxied = Config { hosts: vec!["jobs.example.org".to_owned()], ..Config::new("/".into(), "127.0.0.1:80".parse().unwrap()) };
    assert_eq!(proxied.check().unwrap_err().code, "address-not-loopback");
    for address in ["127.0.0.1:0", "127.1.2.3:8080", "[::1]:8080"] {
        assert!(Config::new("/".into(), address.parse().unwrap()).check().is_ok(), "{address}");
    }
}

#[test]
fn port_80_needs_no_port_in_the_host() {
    let hosts = super::super::guard::hosts("127.0.0.1:80".parse().unwrap(), &[]);
    assert!(hosts.contains(&"localhost".to_owned()) && hosts.contains(&"localhost:80".to_owned()));
}
