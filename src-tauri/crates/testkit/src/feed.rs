//! A feed of new versions on loopback, with a package and its signature, and faults on order.
//!
//! It answers `/latest.json` as the real feed does and `/package` with ranges. It fakes a server, not the check of
//! signatures: those are made with a real key.

#![expect(clippy::unwrap_used, reason = "in a test a panic is a failure")]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A key that releases are signed with. Never one of the product's.
#[derive(Debug)]
pub struct SigningKey(minisign::KeyPair);

impl Default for SigningKey {
    fn default() -> Self {
        Self::new()
    }
}

impl SigningKey {
    /// A fresh one.
    pub fn new() -> Self {
        Self(minisign::KeyPair::generate_unencrypted_keypair().unwrap())
    }

    /// Its public half, as a program is built with it.
    pub fn public(&self) -> String {
        STANDARD.encode(self.0.pk.to_box().unwrap().to_string())
    }

    /// The signature of a package as a version, as it stands in the feed.
    pub fn sign(&self, package: &[u8], version: &str) -> String {
        let comment = format!("timestamp:1\tfile:package\tversion:{version}");
        let signature = minisign::sign(Some(&self.0.pk), &self.0.sk, package, Some(&comment), None).unwrap();
        STANDARD.encode(signature.to_string())
    }
}

/// What is wrong with the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedFault {
    /// Nothing.
    None,
    /// Nobody answers: the connection ends at once.
    Silent,
    /// The feed is not there.
    NoFeed,
    /// The feed is no JSON.
    Garbled,
    /// The feed lacks what a feed has.
    Malformed,
    /// The package is not there.
    NoPackage,
    /// One byte of the package is another.
    Tampered,
    /// The connection ends after so many bytes of an answer with the package, so many times.
    CutOff {
        /// Bytes.
        after: usize,
        /// Answers.
        times: usize,
    },
    /// Ranges are not known here.
    NoRanges,
}

#[derive(Debug)]
struct State {
    feed: String,
    package: Vec<u8>,
    fault: FeedFault,
    asked: Vec<String>,
    asked_for_feed: usize,
}

/// A feed that is there until it is dropped.
#[derive(Debug)]
pub struct Feed {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Feed {
    /// A feed without a release.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = State {
            feed: "{}".to_owned(),
            package: Vec::new(),
            fault: FeedFault::None,
            asked: Vec::new(),
            asked_for_feed: 0,
        };
        let state = Arc::new(Mutex::new(state));
        let served = state.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = served.clone();
                // A client that goes away in the middle is no fault of the server.
                tokio::spawn(async move { answer(stream, &state).await.ok() });
            }
        });
        Self { address, state, task }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the feed is.
    pub fn url(&self) -> String {
        format!("http://{}/latest.json", self.address)
    }

    /// Where the package is.
    pub fn package_url(&self) -> String {
        format!("http://{}/package", self.address)
    }

    /// Offers a version for this system, and mends every fault.
    pub fn release(&self, version: &str, notes: &str, package: &[u8], signature: &str) {
        let target = format!("{}-{}", std::env::consts::OS, std::env::consts::ARCH);
        let one = json!({ "url": self.package_url(), "signature": signature, "size": package.len() });
        let feed = json!({
            "version": version,
            "notes": notes,
            "pub_date": "2026-11-27T00:00:00Z",
            "platforms": { target: one },
        });
        let mut state = self.state();
        state.feed = feed.to_string();
        state.package = package.to_vec();
        state.fault = FeedFault::None;
        state.asked.clear();
    }

    /// From now on this is wrong.
    pub fn set(&self, fault: FeedFault) {
        self.state().fault = fault;
    }

    /// How the package was asked for: `whole`, or the range.
    pub fn asked_for_package(&self) -> Vec<String> {
        self.state().asked.clone()
    }

    /// How often the feed was asked for.
    pub fn asked_for_feed(&self) -> usize {
        self.state().asked_for_feed
    }
}

async fn answer(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut first, mut range) = (String::new(), None);
    stream.read_line(&mut first).await?;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.trim_end().to_ascii_lowercase() {
            line if line.is_empty() => break,
            line => range = line.strip_prefix("range: ").map(ToOwned::to_owned).or(range),
        }
    }
    let (head, body) = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.fault == FeedFault::Silent {
            return Ok(());
        }
        if first.contains("/latest.json") {
            state.asked_for_feed += 1;
            feed(&state)
        } else {
            package(&mut state, range)
        }
    };
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    stream.shutdown().await
}

fn head(status: &str, length: usize, more: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n")
}

fn feed(state: &State) -> (String, Vec<u8>) {
    let body = match state.fault {
        FeedFault::NoFeed => return (head("404 Not Found", 0, ""), Vec::new()),
        FeedFault::Garbled => "<html>Please sign in to this network</html>".to_owned(),
        FeedFault::Malformed => json!({ "version": "0.2.0", "platforms": { "linux-x86_64": {} } }).to_string(),
        _ => state.feed.clone(),
    };
    (head("200 OK", body.len(), "Content-Type: application/json\r\n"), body.into_bytes())
}

fn package(state: &mut State, range: Option<String>) -> (String, Vec<u8>) {
    state.asked.push(range.clone().unwrap_or_else(|| "whole".to_owned()));
    if state.fault == FeedFault::NoPackage {
        return (head("404 Not Found", 0, ""), Vec::new());
    }
    let mut body = state.package.clone();
    if state.fault == FeedFault::Tampered
        && let Some(byte) = body.last_mut()
    {
        *byte ^= 1;
    }
    let from = range.filter(|_| state.fault != FeedFault::NoRanges);
    let from: Option<usize> = from.and_then(|r| r.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
    let all = body.len();
    let answered = match from {
        Some(from) if from >= all => return (head("416 Range Not Satisfiable", 0, ""), Vec::new()),
        Some(from) => {
            body.drain(..from);
            head("206 Partial Content", body.len(), &format!("Content-Range: bytes {from}-{}/{all}\r\n", all - 1))
        }
        None => head("200 OK", all, ""),
    };
    if let FeedFault::CutOff { after, times } = &mut state.fault
        && *times > 0
    {
        *times -= 1;
        body.truncate(*after);
    }
    (answered, body)
}
