//! A real socket: the port, and the end.

use std::io::{Read, Write};
use std::net::TcpStream;

use super::*;
use crate::server::Server;

fn ask(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[tokio::test]
async fn server_answers_on_the_port_that_it_names_until_it_is_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::new(folder.path().to_path_buf(), "127.0.0.1:0".parse().unwrap()).unwrap();
    let server = Server::bind(config.clone()).await.unwrap();
    let address = server.address();
    assert_ne!(address.port(), 0);
    let taken = Server::bind(Config { address, ..config }).await.unwrap_err();
    assert_eq!(taken.code, "address-not-usable");
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async { drop(stopped.await) }));
    let answer = tokio::task::spawn_blocking(move || ask(address)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\nok"), "{answer}");
    drop(stop);
    running.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).is_err());
}
