//! The media server over real sockets.

use std::io::Write as _;

use proptest::prelude::*;

use super::*;

const TYPE: &str = "video/mp4";

/// A server of one file of `length` bytes, each telling its place; the id ends in `a`.
struct Stage {
    base: String,
    id: String,
    bytes: Vec<u8>,
    _file: tempfile::NamedTempFile,
}

async fn stage(length: usize) -> Stage {
    let bytes: Vec<u8> = (0..length).map(|i| (i * 31 % 251) as u8).collect();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&bytes).unwrap();
    let id = "a".repeat(64);
    let media = MediaFile { path: file.path().to_owned(), media: TYPE.to_owned(), bytes: length as u64 };
    let known = id.clone();
    let find: Find = Arc::new(move |asked| {
        let found = (asked == known).then(|| media.clone());
        Box::pin(async move { found })
    });
    Stage { base: serve(find).await.unwrap(), id, bytes, _file: file }
}

impl Stage {
    fn address(&self) -> &str {
        self.base.strip_prefix("http://").unwrap().split('/').next().unwrap()
    }

    fn path(&self) -> String {
        format!("/{}/{}", self.base.trim_end_matches('/').rsplit('/').next().unwrap(), self.id)
    }

    async fn connect(&self) -> BufReader<TcpStream> {
        BufReader::new(TcpStream::connect(self.address()).await.unwrap())
    }

    async fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let mut stream = self.connect().await;
        self.ask_on(&mut stream, method, path, headers).await
    }

    async fn ask_on(&self, stream: &mut BufReader<TcpStream>, method: &str, path: &str, headers: &str) -> Answer {
        let host = if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address()) };
        stream.write_all(format!("{method} {path} HTTP/1.1\r\n{host}{headers}\r\n").as_bytes()).await.unwrap();
        Answer::read(stream, method == "HEAD").await
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: String,
    body: Vec<u8>,
}

impl Answer {
    async fn read(stream: &mut BufReader<TcpStream>, bodiless: bool) -> Self {
        let mut headers = String::new();
        loop {
            let mut line = String::new();
            assert!(stream.read_line(&mut line).await.unwrap() > 0, "the connection ended in the head: {headers}");
            if line == "\r\n" {
                break;
            }
            headers.push_str(&line);
        }
        let mut answer =
            Self { status: headers.split(' ').nth(1).unwrap().parse().unwrap(), headers, body: Vec::new() };
        let length = answer.header("content-length").unwrap().parse().unwrap();
        if !bodiless {
            answer.body = vec![0; length];
            stream.read_exact(&mut answer.body).await.unwrap();
        }
        answer
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

#[tokio::test]
async fn a_whole_file_and_its_head() {
    let stage = stage(300_000).await;
    let whole = stage.ask("GET", &stage.path(), "").await;
    assert_eq!(
        (whole.status, whole.header("content-type"), whole.header("accept-ranges")),
        (200, Some(TYPE), Some("bytes"))
    );
    assert_eq!(whole.header("access-control-allow-origin"), Some("tauri://localhost"));
    assert!(whole.body == stage.bytes);
    let head = stage.ask("HEAD", &stage.path(), "").await;
    assert_eq!((head.status, head.header("content-length")), (200, Some("300000")));
}

#[tokio::test]
async fn parts_of_a_file() {
    let stage = stage(1000).await;
    let check = async |range: &str, status: u16, content: &str, bytes: std::ops::Range<usize>| {
        let answer = stage.ask("GET", &stage.path(), &format!("Range: {range}\r\n")).await;
        assert_eq!((answer.status, answer.header("content-range").unwrap_or("")), (status, content), "{range}");
        assert!(answer.body == stage.bytes[bytes], "{range}");
    };
    check("bytes=0-0", 206, "bytes 0-0/1000", 0..1).await;
    check("bytes=10-19", 206, "bytes 10-19/1000", 10..20).await;
    check("bytes=990-", 206, "bytes 990-999/1000", 990..1000).await;
    check("bytes=990-5000", 206, "bytes 990-999/1000", 990..1000).await;
    check("bytes=-5", 206, "bytes 995-999/1000", 995..1000).await;
    check("bytes=-5000", 206, "bytes 0-999/1000", 0..1000).await;
    check("bytes=1000-", 416, "bytes */1000", 0..0).await;
    check("bytes=-0", 416, "bytes */1000", 0..0).await;
    check("bytes=9-3", 200, "", 0..1000).await;
    check("bytes=0-1,5-6", 200, "", 0..1000).await;
    check("pages=1-2", 200, "", 0..1000).await;
    check("bytes=99999999999999999999999-", 416, "bytes */1000", 0..0).await;
}

#[tokio::test]
async fn an_empty_file_has_no_parts() {
    let stage = stage(0).await;
    assert_eq!(stage.ask("GET", &stage.path(), "").await.status, 200);
    assert_eq!(stage.ask("GET", &stage.path(), "Range: bytes=0-\r\n").await.status, 416);
}

#[tokio::test]
async fn strangers_get_nothing() {
    let stage = stage(10).await;
    let port = stage.address().split(':').nth(1).unwrap().to_owned();
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("localhost:{port}"),
        "127.0.0.1".to_owned(),
        String::new(),
    ] {
        assert_eq!(stage.ask("GET", &stage.path(), &format!("Host: {host}\r\n")).await.status, 403, "{host}");
    }
    let token = stage.path().split('/').nth(1).unwrap().to_owned();
    assert_eq!(token.len(), 32, "128 bits");
    let wrong = format!("/{}/{}", "0".repeat(32), stage.id);
    for path in [
        wrong,
        format!("/{token}/"),
        format!("/{token}/{}", "b".repeat(64)),
        format!("/{token}/../../etc/passwd"),
        "/".to_owned(),
        "*".to_owned(),
    ] {
        assert_eq!(stage.ask("GET", &path, "").await.status, 404, "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        assert_eq!(stage.ask(method, &stage.path(), "").await.status, 405, "{method}");
    }
}

#[tokio::test]
async fn tokens_differ() {
    let (one, other) = (stage(1).await, stage(1).await);
    assert_ne!(one.path(), other.path());
}

#[tokio::test]
async fn one_connection_serves_many_requests() {
    let stage = stage(1000).await;
    let mut stream = stage.connect().await;
    for start in [0, 500, 999] {
        let answer = stage.ask_on(&mut stream, "GET", &stage.path(), &format!("Range: bytes={start}-\r\n")).await;
        assert_eq!((answer.status, answer.body.len()), (206, 1000 - start));
    }
    assert_eq!(stage.ask_on(&mut stream, "GET", "/", "").await.status, 404);
    assert_eq!(stage.ask_on(&mut stream, "GET", &stage.path(), "Connection: close\r\n").await.status, 200);
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0, "closed as asked");
}

#[tokio::test]
async fn nonsense_ends_the_connection_and_nothing_else() {
    let stage = stage(10).await;
    let long = format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(20_000));
    let two_hosts = "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".to_owned();
    for nonsense in [long, two_hosts, "GET / HTTP/1.1\r\nno colon\r\n\r\n".to_owned()] {
        let mut stream = stage.connect().await;
        // The server may hang up while this is being written.
        let _ = stream.write_all(nonsense.as_bytes()).await;
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
        assert!(rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
    }
    assert_eq!(stage.ask("GET", &stage.path(), "").await.status, 200);
}

#[tokio::test]
async fn a_reader_that_leaves_in_the_middle_harms_nobody() {
    let stage = stage(8_000_000).await;
    for _ in 0..20 {
        let mut stream = stage.connect().await;
        stream
            .write_all(format!("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", stage.path(), stage.address()).as_bytes())
            .await
            .unwrap();
        stream.read_exact(&mut [0; 1000]).await.unwrap();
    }
    assert_eq!(stage.ask("GET", &stage.path(), "Range: bytes=-1\r\n").await.status, 206);
}

proptest! {
    #[test]
    fn a_part_lies_in_the_file(header in "bytes=[0-9]{0,12}-[0-9]{0,12}|.{0,20}", length in 0_u64..2000) {
        if let Wanted::Part { start, end } = wanted(Some(&header), length) {
            prop_assert!(start <= end && end < length);
        }
    }

    #[test]
    fn a_sound_range_gives_just_that(length in 1_u64..5000, a in 0_u64..5000, b in 0_u64..5000) {
        let (start, end) = (a.min(b), a.max(b));
        let found = wanted(Some(&format!("bytes={start}-{end}")), length);
        let expected = if start < length { Wanted::Part { start, end: end.min(length - 1) } } else { Wanted::Nothing };
        prop_assert_eq!(found, expected);
    }
}
