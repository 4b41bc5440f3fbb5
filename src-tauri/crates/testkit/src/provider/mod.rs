//! A fake provider: an OpenAI-shaped server on loopback with fixed latencies, a log of every request, and faults on order
//! or by a seed.
//!
//! It answers any JSON Schema with an instance of it, draws pictures of the size asked for, makes clips in jobs and speaks
//! WAV, always the same for the same request, so that real agents run on it. A fake tests our reading of the wire format, not
//! the providers themselves.

mod chat;
mod fault;
mod form;
mod instance;
mod log;
mod media;
mod pattern;
mod pieces;
mod routes;
mod state;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use fault::Fault;
pub use instance::{Arrays, instance};
pub use log::{JobSeen, Kind, Log, Seen};

use state::State;

/// How the provider behaves.
#[derive(Debug, Clone)]
pub struct ProviderOptions {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// How long a chat answer takes.
    pub chat: Duration,
    /// How long a picture takes.
    pub image: Duration,
    /// How long a clip takes, from its order until it is ready.
    pub video: Duration,
    /// How long a line takes.
    pub speech: Duration,
    /// The share of requests that meet a fault, 0 to 1.
    pub faults: f64,
    /// Decides which ones.
    pub seed: u64,
    /// The key it wants; `None` takes any, or none.
    pub key: Option<String>,
    /// How many members lists get, where the schema leaves it open.
    pub arrays: Arrays,
    /// False for a server that knows no `json_schema`.
    pub takes_schemas: bool,
    /// False for a server that takes clips as JSON alone.
    pub takes_forms: bool,
}

impl Default for ProviderOptions {
    fn default() -> Self {
        Self {
            port: 0,
            chat: Duration::from_millis(400),
            image: Duration::from_secs(1),
            video: Duration::from_secs(3),
            speech: Duration::from_millis(200),
            faults: 0.0,
            seed: 1,
            key: None,
            arrays: Arrays::Few,
            takes_schemas: true,
            takes_forms: true,
        }
    }
}

impl ProviderOptions {
    /// For tests: everything is ready after a few milliseconds.
    pub fn quick() -> Self {
        let soon = Duration::from_millis(5);
        Self { chat: soon, image: soon, video: Duration::from_millis(30), speech: soon, ..Self::default() }
    }
}

/// A provider that runs until it is dropped.
#[derive(Debug)]
pub struct FakeProvider {
    address: SocketAddr,
    state: Arc<State>,
    serving: JoinHandle<()>,
}

impl FakeProvider {
    /// Starts it; it answers when this returns.
    pub async fn start(options: ProviderOptions) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State::new(options, address));
        let serving = tokio::spawn(serve(listener, Arc::clone(&state)));
        Ok(Self { address, state, serving })
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its address up to and with `/v1`.
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// A models file that has everything done by it.
    pub fn models_file(&self) -> String {
        let price = |kind: &str| match kind {
            "chat" => "{ million_input_tokens = 1, million_output_tokens = 4 }",
            "image" => "{ image = 0.04 }",
            "video" => "{ second = 0.1 }",
            _ => "{ million_characters = 15 }",
        };
        let tables = ["chat", "image", "video", "speech"].map(|kind| {
            let base = self.base_url();
            let price = price(kind);
            format!(
                "[{kind}]\nadapter = \"openai\"\nbase_url = \"{base}\"\nmodel = \"fake-{kind}\"\nname = \"fake\"\nprice = {price}\n"
            )
        });
        tables.join("\n")
    }

    /// The next requests of a kind meet these faults, one each.
    pub fn script(&self, kind: Kind, faults: impl IntoIterator<Item = Fault>) {
        self.state.script(kind, faults);
    }

    /// The next answers to questions have these texts, one each.
    pub fn will_say(&self, texts: impl IntoIterator<Item = String>) {
        self.state.will_say(texts);
    }

    /// What happened so far.
    pub fn log(&self) -> Log {
        self.state.log()
    }

    /// Waits until the log is so; looks whenever a request comes or ends.
    pub async fn until(&self, so: impl Fn(&Log) -> bool) {
        let mut changes = self.state.changes();
        while !so(&self.log()) && changes.changed().await.is_ok() {}
    }

    /// Forgets every job, as a local server does that is started again.
    pub fn forget_jobs(&self) {
        self.state.forget_jobs();
    }

    /// Runs until the process ends.
    pub async fn run(mut self) {
        // It ends only with the process.
        let _ = (&mut self.serving).await;
    }
}

impl Drop for FakeProvider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, state: Arc<State>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        // Small answers go out at once.
        let _ = stream.set_nodelay(true);
        let state = Arc::clone(&state);
        tokio::spawn(async move {
            let service = service_fn(|request| routes::answer(Arc::clone(&state), request));
            // A connection that the caller or a fault has cut is no news.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
