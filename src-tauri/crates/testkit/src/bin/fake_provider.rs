//! The fake provider as a process of its own, for tests that kill what calls it and for measurements. Prints its port.

use std::io::Write;
use std::time::Duration;

use clap::Parser;
use testkit::provider::{Arrays, FakeProvider, ProviderOptions};

/// An OpenAI-shaped server on loopback that costs nothing. Its log is at /_log.
#[derive(Parser)]
struct Words {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// How long a chat answer takes, in milliseconds.
    #[arg(long, default_value_t = 400)]
    chat_ms: u64,
    /// How long a picture takes.
    #[arg(long, default_value_t = 1000)]
    image_ms: u64,
    /// How long a clip takes from its order until it is ready.
    #[arg(long, default_value_t = 3000)]
    video_ms: u64,
    /// How long a line takes.
    #[arg(long, default_value_t = 200)]
    speech_ms: u64,
    /// The share of requests that meet a fault, 0 to 1.
    #[arg(long, default_value_t = 0.0)]
    faults: f64,
    /// Decides which ones.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The key it wants; without one it takes any.
    #[arg(long)]
    key: Option<String>,
    /// How many members lists get, where a schema leaves it open.
    #[arg(long, value_enum, default_value_t)]
    arrays: Arrays,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let words = Words::parse();
    let provider = FakeProvider::start(ProviderOptions {
        port: words.port,
        chat: Duration::from_millis(words.chat_ms),
        image: Duration::from_millis(words.image_ms),
        video: Duration::from_millis(words.video_ms),
        speech: Duration::from_millis(words.speech_ms),
        faults: words.faults,
        seed: words.seed,
        key: words.key,
        arrays: words.arrays,
        ..ProviderOptions::default()
    })
    .await?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", provider.address().port())?;
    out.flush()?;
    provider.run().await;
    Ok(())
}
