//! The fake provider as a process of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what it expects")]

use std::process::Stdio;

use testkit::provider::{Kind, Log};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;

async fn http(port: u16, request: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn post(path: &str, body: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn it_prints_its_port_takes_a_script_and_tells_what_it_saw() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fake-provider"))
        .args(["--port", "0", "--chat-ms", "40"])
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let port: u16 = lines.next_line().await.unwrap().unwrap().parse().unwrap();

    let question = r#"{"model":"m","messages":[{"role":"user","content":"whale"}]}"#;
    assert!(
        http(port, &post("/_script", r#"{"kind":"chat","faults":["server_error"]}"#)).await.starts_with("HTTP/1.1 200")
    );
    assert!(http(port, &post("/v1/chat/completions", question)).await.starts_with("HTTP/1.1 500"));
    assert!(http(port, &post("/v1/chat/completions", question)).await.starts_with("HTTP/1.1 200"));

    let answer = http(port, "GET /_log HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n").await;
    let log: Log = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    let seen: Vec<_> = log.of(Kind::Chat).collect();
    assert_eq!(seen.iter().map(|s| s.completed).collect::<Vec<_>>(), [false, true]);
    assert_eq!(seen[0].body_hash, seen[1].body_hash);
    let took = seen[1].answered_ms.unwrap() - seen[1].arrived_ms;
    assert!((40.0..400.0).contains(&took), "{took}");
}
