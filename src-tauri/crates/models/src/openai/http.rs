//! The way to one server: one client, its address and its key. Sends once, follows no redirect, reads no more than it
//! must, and keeps the key out of all it gives back.

use std::time::{Duration, SystemTime};

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url};

use super::errors;
use super::retry_after::retry_after;
use crate::{CallError, Delivery, Failure, FailureKind, Secret};

/// As much of an error answer as is read.
const ERROR_BYTES: usize = 64 << 10;
const CONNECT: Duration = Duration::from_secs(5);
/// Shorter than servers keep an idle connection, so that a paid request never meets one that is just being closed.
const IDLE: Duration = Duration::from_secs(2);

/// A server that speaks HTTP, and the key to it.
pub(super) struct Endpoint {
    client: Client,
    base: Url,
    key: Option<Secret>,
    provider: String,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint").field("provider", &self.provider).finish_non_exhaustive()
    }
}

/// An answer, read to its end.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    headers: HeaderMap,
    pub(super) retry_after: Option<Duration>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|v| v.to_str().ok())
    }

    /// The media type without its parameters, in lower case.
    pub(super) fn media(&self) -> String {
        media_of(&self.headers)
    }
}

fn media_of(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A request that got no whole answer.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) failure: Failure,
    /// False when the request certainly did not leave.
    pub(super) sent: bool,
}

impl Broken {
    /// As the failure of a request that may have been paid for.
    pub(super) fn paid(self) -> CallError {
        CallError::new(self.failure, if self.sent { Delivery::Unknown } else { Delivery::NotTaken })
    }

    /// As the failure of a question that costs nothing and can be asked again.
    pub(super) fn question(self) -> CallError {
        CallError::new(self.failure, Delivery::Unknown)
    }
}

impl Endpoint {
    /// The way to a server. Fails when `base` is no address or the key cannot stand in a header.
    pub(super) fn new(base: &str, key: Option<Secret>, provider: &str) -> Result<Self, Failure> {
        let local = |what: &str| Failure::new(FailureKind::Local, format!("{provider} cannot be called: {what}"));
        // The one TLS library of the program; it is in place already when a second server is set up.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let base = Url::parse(base).map_err(|e| local(&e.to_string()))?;
        if key.as_ref().is_some_and(|k| k.bearer().is_err()) {
            return Err(local("the key has characters that no key has").hint("Paste the key again."));
        }
        let mut builder = Client::builder()
            .user_agent(concat!("workprint/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(CONNECT)
            .pool_idle_timeout(IDLE);
        if is_loopback(&base) {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|e| local(&chain(&e)))?;
        Ok(Self { client, base, key, provider: provider.to_owned() })
    }

    pub(super) fn provider(&self) -> &str {
        &self.provider
    }

    pub(super) fn host(&self) -> &str {
        self.base.host_str().unwrap_or_default()
    }

    /// A request to the path of these segments below the base address, with the key.
    pub(super) fn request(&self, method: Method, path: &[&str], within: Duration) -> RequestBuilder {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        self.authorised(self.client.request(method, url).timeout(within))
    }

    fn authorised(&self, request: RequestBuilder) -> RequestBuilder {
        match self.key.as_ref().and_then(|k| k.bearer().ok()) {
            Some(bearer) => request.header(AUTHORIZATION, bearer),
            None => request,
        }
    }

    /// A request for a result that lies elsewhere; the key goes with it only to the provider's own origin. `None` for an
    /// address that nobody should be sent to.
    pub(super) fn result_at(&self, address: &str, within: Duration) -> Option<RequestBuilder> {
        let url = Url::parse(address).ok()?;
        let get = self.client.get(url.clone()).timeout(within);
        if url.origin() == self.base.origin() {
            return Some(self.authorised(get));
        }
        (url.scheme() == "https" && !is_inside(&url)).then_some(get)
    }

    /// Sends and reads the whole answer.
    pub(super) async fn exchange(&self, request: RequestBuilder, limit: usize) -> Result<Answer, Broken> {
        let response = self.start(request).await?;
        self.read(response, limit).await
    }

    /// Sends and reads the head of the answer.
    pub(super) async fn start(&self, request: RequestBuilder) -> Result<Response, Broken> {
        request.send().await.map_err(|e| self.broken(&e))
    }

    /// Reads an answer to its end, at most `limit` bytes of it.
    pub(super) async fn read(&self, mut response: Response, limit: usize) -> Result<Answer, Broken> {
        let status = response.status();
        let headers = response.headers().clone();
        let limit = if status.is_success() { limit } else { ERROR_BYTES };
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|e| self.broken(&e))? {
            let room = limit - body.len();
            body.extend_from_slice(&piece[..piece.len().min(room)]);
            if piece.len() > room {
                if !status.is_success() {
                    break;
                }
                let what = format!("{} sent more than {} MB", self.provider, limit >> 20);
                return Err(Broken { failure: Failure::new(FailureKind::Invalid, what), sent: true });
            }
        }
        let body = if is_text(&headers) { self.without_key(body) } else { body };
        Ok(Answer { status, retry_after: retry_after(&headers, SystemTime::now()), headers, body })
    }

    /// What went wrong on the way, in words.
    pub(super) fn broken(&self, error: &reqwest::Error) -> Broken {
        let who = &self.provider;
        let (what, hint) = if error.is_connect() {
            (
                format!("{who} cannot be reached"),
                "Check the network, the server's address, and that the server is running.",
            )
        } else if error.is_timeout() {
            (format!("{who} did not answer in time"), "")
        } else if error.is_builder() {
            (format!("the request to {who} could not be made"), "")
        } else {
            (format!("the connection to {who} was cut"), "")
        };
        let failure = Failure::new(FailureKind::Transport, format!("{what}: {}", self.clean(&chain(error), 200)));
        Broken { failure: failure.hint(hint), sent: !(error.is_connect() || error.is_builder()) }
    }

    /// Words from outside as they may be shown.
    pub(super) fn clean(&self, text: &str, chars: usize) -> String {
        // The key goes first: cut to length, half of it would be left.
        match &self.key {
            Some(key) => errors::shown(&key.redact(text), chars),
            None => errors::shown(text, chars),
        }
    }

    /// Bytes from outside without the key.
    pub(super) fn without_key(&self, body: Vec<u8>) -> Vec<u8> {
        match &self.key {
            Some(key) => key.redact_bytes(body),
            None => body,
        }
    }

    /// A piece of text from outside without the key.
    pub(super) fn text_without_key(&self, text: &str) -> String {
        self.key.as_ref().map_or_else(|| text.to_owned(), |key| key.redact(text))
    }
}

fn is_text(headers: &HeaderMap) -> bool {
    let media = media_of(headers);
    media.is_empty() || media.starts_with("text/") || media.contains("json")
}

/// An error and its causes in one line, without the address (which may hold what nobody should read).
fn chain(error: &reqwest::Error) -> String {
    let mut cause = std::error::Error::source(error);
    let mut words = Vec::new();
    while let Some(inner) = cause {
        words.push(inner.to_string());
        cause = inner.source();
    }
    words.pop().unwrap_or_else(|| "no answer".into())
}

pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host_str() {
        Some("localhost") => true,
        Some(host) => ip(host).is_some_and(|ip| ip.is_loopback()),
        None => false,
    }
}

/// True for addresses of this machine and its own network.
pub(crate) fn is_inside(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return true };
    let named = !host.contains('.') || [".local", ".lan", ".internal", ".localhost"].iter().any(|e| host.ends_with(e));
    match ip(host) {
        Some(std::net::IpAddr::V4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        }
        Some(std::net::IpAddr::V6(ip)) => {
            ip.is_loopback()
                || ip.is_unspecified()
                || ip.is_unique_local()
                || ip.is_unicast_link_local()
                || ip.to_ipv4_mapped().is_some()
        }
        None => named,
    }
}

fn ip(host: &str) -> Option<std::net::IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(base: &str) -> Endpoint {
        Endpoint::new(base, Secret::new("sk-planted"), "far").unwrap()
    }

    #[test]
    fn the_key_goes_to_the_providers_own_origin_alone() {
        let endpoint = endpoint("http://127.0.0.1:8000/v1");
        let sent = |address: &str| {
            let request = endpoint.result_at(address, CONNECT)?.build().unwrap();
            Some(request.headers().contains_key(AUTHORIZATION))
        };
        assert_eq!(sent("http://127.0.0.1:8000/files/1.png"), Some(true));
        assert_eq!(sent("https://cdn.example.com/1.png"), Some(false));
        for inside in [
            "http://cdn.example.com/1.png",
            "https://192.168.0.1/x",
            "https://[::1]/x",
            "file:///etc/passwd",
            "https://router/x",
            "no",
        ] {
            assert_eq!(sent(inside), None, "{inside}");
        }
    }

    #[test]
    fn a_job_id_stays_one_segment_of_the_path() {
        let request =
            endpoint("http://h/v1/").request(Method::GET, &["videos", "../../x?y#z"], CONNECT).build().unwrap();
        assert_eq!(request.url().as_str(), "http://h/v1/videos/..%2F..%2Fx%3Fy%23z");
        assert!(!format!("{request:?}").contains("planted"));
    }

    #[test]
    fn words_from_outside_are_shown_without_the_key_and_in_one_line() {
        let shown = endpoint("http://h/v1").clean(&format!("{}sk-planted\n\u{7}end", "a".repeat(10)), 18);
        assert_eq!(shown, "aaaaaaaaaa(secret)…");
    }
}
