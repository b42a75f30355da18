//! A server that runs, and plain requests to it: what goes over the wire is what a test writes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::project::{Project, installed};

/// A server on a free port of loopback; ended when it is dropped.
pub struct Served {
    child: Running,
    /// Its address and port.
    pub address: String,
    /// The project, if it is one of a test alone.
    _project: Option<Project>,
    /// What it says, read all the while: a server whose pipe is full waits.
    log: JoinHandle<String>,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// Its head, as it came.
    pub head: String,
    pub body: Vec<u8>,
}

impl Served {
    /// A server of a project that lasts as long as it.
    pub fn of(project: Project, arguments: &[&str]) -> Self {
        let served = Self::start(&project.path(""), arguments);
        Self { _project: Some(project), ..served }
    }

    /// `jobpack serve` in a folder, with these arguments too.
    pub fn start(folder: &std::path::Path, arguments: &[&str]) -> Self {
        Self::start_at(folder, "127.0.0.1:0", arguments)
    }

    /// The same on an address.
    pub fn start_at(folder: &std::path::Path, address: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(installed());
        command.current_dir(folder).args(["serve", "--addr", address, "--log", "json"]).args(arguments);
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the server can be run");
        let mut log = BufReader::new(child.stderr.take().expect("it has a standard error"));
        let mut line = String::new();
        log.read_line(&mut line).expect("it says where it listens");
        let address = line.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("the server says {line:?}")).to_owned();
        let log = std::thread::spawn(move || {
            let mut said = String::new();
            let _ = log.read_to_string(&mut said);
            said
        });
        Self { child: Running(child), address, _project: None, log }
    }

    /// Sends bytes and reads the answer to its end; the request must ask for the connection to be closed.
    pub fn send(&self, request: &[u8]) -> Reply {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time can be set");
        // A server that refuses a request need not read all of it.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Reply { status, head, body: bytes.get(end + 4..).unwrap_or_default().to_vec() }
    }

    pub fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, "", "")
    }

    /// Posts a text as YAML.
    pub fn post(&self, path: &str, text: &str) -> Reply {
        self.ask("POST", path, "Content-Type: application/yaml\r\n", text)
    }

    /// A request with a body, and header lines that end in line breaks.
    pub fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> Reply {
        let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        self.send(format!("{method} {path} HTTP/1.1\r\n{host}Connection: close\r\n{headers}{length}\r\n{body}").as_bytes())
    }

    /// Asks it to end, as a service manager does.
    pub fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.0.id().to_string()]).status().expect("kill can be run");
        assert!(sent.success());
    }

    /// Waits for its end; its exit status and what it said.
    pub fn ended(mut self) -> (Option<i32>, String) {
        let code = self.child.0.wait().expect("it ends").code();
        (code, self.log.join().expect("its log can be read"))
    }
}

/// A process that ends when it is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.head, self.text()))
    }

    /// The code of the first error of a problem.
    pub fn code(&self) -> String {
        assert!(self.head.contains("content-type: application/problem+json"), "{}\n{}", self.head, self.text());
        self.json()["errors"][0]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}
