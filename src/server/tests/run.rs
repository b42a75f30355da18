//! A real socket: the port, and the end.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::*;
use crate::server::Server;

fn ask(address: SocketAddr, start: &str, headers: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "{start} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test]
async fn server_answers_on_the_port_that_it_names_until_it_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::new(folder.path().to_path_buf(), "127.0.0.1:0".parse().unwrap());
    let server = Server::bind(config.clone()).await.unwrap();
    let address = server.address();
    assert_ne!(address.port(), 0);
    let taken = Server::bind(Config { address, ..config }).await.unwrap_err();
    assert_eq!(taken.code, "address-not-usable");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async { drop(stopped.await) }));
    let answer = tokio::task::spawn_blocking(move || ask(address, "GET /healthz", "")).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\nok"), "{answer}");
    drop(stop);
    running.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test]
async fn slow_body_is_given_up() {
    let served = Served::shared();
    let limits = Limits { body_time: Duration::from_millis(50), ..Limits::default() };
    let config = Config::new(served.folder.path().to_path_buf(), "127.0.0.1:0".parse().unwrap());
    let server = Server::bind(Config { limits, ..config }).await.unwrap();
    let address = server.address();
    let running = tokio::spawn(server.run(std::future::pending()));
    let headers = "Content-Type: application/yaml\r\nContent-Length: 100\r\n";
    let answer = tokio::task::spawn_blocking(move || ask(address, "POST /api/v1/render?organisation=havering", headers));
    let answer = answer.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(answer.contains("body-too-slow"), "{answer}");
    running.abort();
}
