//! A studio of fakes: pictures, clips, voices and music that are small, quick and true to the contracts.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use models::{
    Animator, Failure, FailureKind, FrameSource, ImageModel, ImageReply, ImageRequest, Job, ModelIdentity, Motion,
    MusicModel, MusicRequest, SpeechModel, SpeechReply, SpeechRequest,
};
use story::{Language, Size, WordTime};

fn identity(model: &str) -> ModelIdentity {
    ModelIdentity { provider: "fake".into(), model: model.into(), version: "1".into() }
}

fn fails(message: &str) -> Failure {
    Failure::new(FailureKind::Local, message)
}

/// Draws plain pictures whose colour is the hash of the request.
#[derive(Debug, Default)]
pub struct FakeImages {
    drawn: AtomicU32,
    refuse: Mutex<Option<String>>,
}

impl FakeImages {
    /// How many pictures were drawn.
    pub fn drawn(&self) -> u32 {
        self.drawn.load(Ordering::SeqCst)
    }

    /// Refuses every request whose prompt holds a text, until told otherwise.
    pub fn refuse(&self, text: Option<&str>) {
        *self.refuse.lock().unwrap_or_else(PoisonError::into_inner) = text.map(str::to_owned);
    }
}

#[async_trait]
impl ImageModel for FakeImages {
    fn identity(&self) -> ModelIdentity {
        identity("images")
    }

    async fn draw(&self, request: ImageRequest, job: Job) -> Result<ImageReply, Failure> {
        job.check()?;
        let refused = self.refuse.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if refused.is_some_and(|text| request.prompt.contains(&text)) {
            return Err(Failure::new(FailureKind::Refused, "the picture was refused").hint("Say it another way."));
        }
        self.drawn.fetch_add(1, Ordering::SeqCst);
        let text = serde_json::to_string(&request).map_err(|e| fails(&e.to_string()))?;
        let colour = &blake3::hash(text.as_bytes()).as_bytes()[..3].to_vec();
        let Size { width, height } = request.size;
        let mut png = Vec::new();
        let mut encoder = png::Encoder::new(&mut png, width, height);
        encoder.set_color(png::ColorType::Rgb);
        let pixels = colour.repeat((width * height) as usize);
        let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels));
        written.map_err(|e| fails(&e.to_string()))?;
        Ok(ImageReply { png, companion: None })
    }
}

/// Makes clips of a grey that follows from the frame and grows lighter.
#[derive(Debug, Default)]
pub struct FakeClips;

struct Grey {
    start: u8,
    size: Size,
    frames: u32,
}

impl FrameSource for Grey {
    fn size(&self) -> Size {
        self.size
    }
    fn frames(&self) -> u32 {
        self.frames
    }
    fn draw(&self, index: u32, out: &mut [u8]) {
        let luma = (self.size.width * self.size.height) as usize;
        out[..luma].fill(30 + self.start / 2 + (index % 60) as u8);
        out[luma..].fill(128);
    }
}

impl Animator for FakeClips {
    fn identity(&self) -> ModelIdentity {
        identity("clips")
    }
    fn animate(&self, frame: &[u8], _: Option<&[u8]>, motion: Motion) -> Result<Box<dyn FrameSource>, Failure> {
        let start = blake3::hash(frame).as_bytes()[0].wrapping_add((motion.take as u8).wrapping_mul(40));
        Ok(Box::new(Grey { start, size: motion.size, frames: motion.frames }))
    }
}

fn wav(channels: u16, ms: u32, hertz: f32) -> Result<Vec<u8>, Failure> {
    let spec =
        hound::WavSpec { channels, sample_rate: 48_000, bits_per_sample: 16, sample_format: hound::SampleFormat::Int };
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut bytes, spec).map_err(|e| fails(&e.to_string()))?;
    for i in 0..ms * 48 {
        let sample = (f32::sin(i as f32 * hertz * std::f32::consts::TAU / 48_000.0) * 6000.0) as i16;
        for _ in 0..channels {
            writer.write_sample(sample).map_err(|e| fails(&e.to_string()))?;
        }
    }
    writer.finalize().map_err(|e| fails(&e.to_string()))?;
    Ok(bytes.into_inner())
}

/// Hums every line, 300 ms a word. Speaks no Japanese.
#[derive(Debug, Default)]
pub struct FakeVoice;

#[async_trait]
impl SpeechModel for FakeVoice {
    fn identity(&self, language: Language) -> Option<ModelIdentity> {
        (language != Language::Ja).then(|| identity("voice"))
    }
    async fn speak(&self, request: SpeechRequest, job: Job) -> Result<SpeechReply, Failure> {
        job.check()?;
        let words: Vec<_> = request
            .text
            .split_whitespace()
            .zip(0..)
            .map(|(w, i)| WordTime { word: w.to_owned(), start_ms: i * 300, end_ms: i * 300 + 280 })
            .collect();
        let duration_ms = words.len().max(1) as u32 * 300;
        Ok(SpeechReply { wav: wav(1, duration_ms, 180.0)?, duration_ms, words })
    }
}

/// Hums for as long as it is asked to.
#[derive(Debug, Default)]
pub struct FakeMusic;

#[async_trait]
impl MusicModel for FakeMusic {
    fn identity(&self) -> ModelIdentity {
        identity("music")
    }
    async fn compose(&self, request: MusicRequest, job: Job, out: &Path) -> Result<(), Failure> {
        job.check()?;
        let failed = |e: std::io::Error| Failure::new(FailureKind::Local, e.to_string());
        std::fs::write(out, wav(2, request.duration_ms, 110.0)?).map_err(failed)
    }
}
