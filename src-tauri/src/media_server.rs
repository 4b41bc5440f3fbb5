//! Serves stored media to the window over loopback HTTP, because WebKitGTK plays nothing from a custom scheme.
//!
//! Only this machine can reach it, only who knows the random token gets an answer, only a `Host` of 127.0.0.1 is
//! answered (else a web page could come in by a name of its own that points here), and files are named by the hash of
//! their bytes, never by a path. HTTP/1.1 after RFC 9112, ranges after RFC 9110 section 14: one range; several at once
//! are answered with the whole, which the standard allows.

use std::fmt::Write as _;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ::app::MediaFile;
use tokio::fs::File;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncSeekExt, AsyncWriteExt, BufReader, SeekFrom};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Finds a file by its id.
pub(crate) type Find = Arc<dyn Fn(String) -> Pin<Box<dyn Future<Output = Option<MediaFile>> + Send>> + Send + Sync>;

/// A window loads a few dozen pictures at once; nobody else should be here.
const CONNECTIONS: usize = 128;
/// The longest request head, in bytes.
const HEAD: u64 = 8 * 1024;
/// How long a connection may be silent.
const SILENCE: Duration = Duration::from_mins(1);
/// How much of a file is read at once, in bytes.
const CHUNK: usize = 256 * 1024;
/// The page's own origin.
const ORIGIN: &str = "tauri://localhost";

/// Starts to serve; gives what stands before an id in its URL. Ends with the program.
pub(crate) async fn serve(find: Find) -> io::Result<String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| io::Error::other(e.to_string()))?;
    let token = bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    let base = format!("http://127.0.0.1:{port}/{token}/");
    let door = Arc::new(Door { host: format!("127.0.0.1:{port}"), path: format!("/{token}/"), find });
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::spawn(async move {
        loop {
            // A connection that was reset before it was accepted is the caller's trouble.
            let Ok((stream, _)) = listener.accept().await else { continue };
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
            let door = Arc::clone(&door);
            tokio::spawn(async move {
                if let Err(error) = door.welcome(stream).await {
                    // WebKit drops connections in mid-answer whenever it seeks.
                    tracing::trace!(%error, "a media connection ended");
                }
                drop(place);
            });
        }
    });
    Ok(base)
}

struct Door {
    host: String,
    path: String,
    find: Find,
}

#[derive(Debug, Default)]
struct Request {
    method: String,
    path: String,
    host: Option<String>,
    range: Option<String>,
    close: bool,
}

impl Door {
    async fn welcome(&self, stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let (read, mut write) = stream.into_split();
        let mut read = BufReader::new(read);
        while let Some(request) = timeout(SILENCE, head(&mut read)).await?? {
            let close = request.close;
            self.answer(&request, &mut write).await?;
            if close {
                break;
            }
        }
        write.shutdown().await
    }

    async fn answer(&self, request: &Request, to: &mut OwnedWriteHalf) -> io::Result<()> {
        if request.host.as_deref() != Some(&self.host) {
            return refuse(to, "403 Forbidden", "").await;
        }
        if request.method != "GET" && request.method != "HEAD" {
            return refuse(to, "405 Method Not Allowed", "Allow: GET, HEAD\r\n").await;
        }
        let id = request
            .path
            .strip_prefix(&self.path)
            .filter(|id| id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(id) = id else { return refuse(to, "404 Not Found", "").await };
        let Some(media) = (self.find)(id.to_owned()).await else { return refuse(to, "404 Not Found", "").await };
        let Ok(mut file) = File::open(&media.path).await else { return refuse(to, "404 Not Found", "").await };
        let length = file.metadata().await?.len();
        let (status, start, count, range) = match wanted(request.range.as_deref(), length) {
            Wanted::Whole => ("200 OK", 0, length, String::new()),
            Wanted::Part { start, end } => (
                "206 Partial Content",
                start,
                end - start + 1,
                format!("Content-Range: bytes {start}-{end}/{length}\r\n"),
            ),
            Wanted::Nothing => {
                return refuse(to, "416 Range Not Satisfiable", &format!("Content-Range: bytes */{length}\r\n")).await;
            }
        };
        let media_type: String = media.media.chars().filter(char::is_ascii_graphic).collect();
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {count}\r\n{range}Accept-Ranges: bytes\r\n\
             Cache-Control: private, max-age=31536000, immutable\r\nX-Content-Type-Options: nosniff\r\n\
             Access-Control-Allow-Origin: {ORIGIN}\r\n\r\n"
        );
        to.write_all(head.as_bytes()).await?;
        if request.method == "GET" {
            file.seek(SeekFrom::Start(start)).await?;
            let sent = tokio::io::copy_buf(&mut BufReader::with_capacity(CHUNK, file.take(count)), to).await?;
            if sent < count {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        to.flush().await
    }
}

/// An answer without a body.
async fn refuse(to: &mut OwnedWriteHalf, status: &str, more: &str) -> io::Result<()> {
    to.write_all(format!("HTTP/1.1 {status}\r\n{more}Content-Length: 0\r\n\r\n").as_bytes()).await?;
    to.flush().await
}

/// Reads one request's head; `None` at the end of the connection.
async fn head(read: &mut BufReader<OwnedReadHalf>) -> io::Result<Option<Request>> {
    let mut read = read.take(HEAD);
    let mut line = String::new();
    if read.read_line(&mut line).await? == 0 {
        return Ok(None);
    }
    let mut words = line.split_ascii_whitespace();
    let mut request = Request {
        method: words.next().unwrap_or_default().to_owned(),
        path: words.next().unwrap_or_default().to_owned(),
        close: words.next() != Some("HTTP/1.1"),
        ..Request::default()
    };
    loop {
        line.clear();
        if read.read_line(&mut line).await? == 0 || !line.ends_with('\n') {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let Some((name, value)) = line.trim_end().split_once(':') else {
            if line.trim().is_empty() {
                return Ok(Some(request));
            }
            return Err(io::ErrorKind::InvalidData.into());
        };
        let value = value.trim().to_owned();
        match name.to_ascii_lowercase().as_str() {
            // Two hosts in one request are no host.
            "host" if request.host.is_some() => return Err(io::ErrorKind::InvalidData.into()),
            "host" => request.host = Some(value),
            "range" => request.range = Some(value),
            "connection" => request.close |= value.eq_ignore_ascii_case("close"),
            // A body is never expected, so what follows the head could not be told from the next request.
            "content-length" | "transfer-encoding" => request.close = true,
            _ => {}
        }
    }
}

/// What a `Range` header asks of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// All of it.
    Whole,
    /// From the first of these bytes to the last of them.
    Part { start: u64, end: u64 },
    /// Nothing that is there.
    Nothing,
}

/// Reads a `Range` header for a file of `length` bytes. One that cannot be read is ignored, as the standard says.
fn wanted(header: Option<&str>, length: u64) -> Wanted {
    let number = |text: &str| {
        (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().unwrap_or(u64::MAX))
    };
    let Some((first, last)) =
        header.and_then(|h| h.trim().strip_prefix("bytes=")).and_then(|r| r.trim().split_once('-'))
    else {
        return Wanted::Whole;
    };
    let (start, end) = match (number(first), number(last), first.is_empty(), last.is_empty()) {
        (Some(start), Some(end), ..) if start <= end => (start, end),
        (Some(start), None, _, true) => (start, u64::MAX),
        (None, Some(0), true, _) => return Wanted::Nothing,
        (None, Some(suffix), true, _) => (length.saturating_sub(suffix), u64::MAX),
        _ => return Wanted::Whole,
    };
    if start >= length { Wanted::Nothing } else { Wanted::Part { start, end: end.min(length - 1) } }
}

#[cfg(test)]
#[path = "media_server_tests.rs"]
mod tests;
