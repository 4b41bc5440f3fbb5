//! Pictures, clips and lines: small, real files.

use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use story::Size;

/// A picture of one colour.
pub(super) fn png(size: Size, colour: [u8; 3]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size.width, size.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    let pixels = colour.repeat(size.width as usize * size.height as usize);
    encoder.write_header().and_then(|mut writer| writer.write_image_data(&pixels)).ok()?;
    Some(bytes)
}

/// A line of 60 ms a character at 24 kHz: a tone for each word, and quiet between words.
pub(super) fn wav(text: &str) -> Option<Vec<u8>> {
    const RATE: u32 = 24_000;
    let spec =
        hound::WavSpec { channels: 1, sample_rate: RATE, bits_per_sample: 16, sample_format: hound::SampleFormat::Int };
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut bytes, spec).ok()?;
    let text = if text.trim().is_empty() { "a" } else { text };
    for c in text.trim().chars() {
        let loud = if c.is_whitespace() { 0.0 } else { 7_000.0 };
        for i in 0..RATE * 60 / 1000 {
            let sample = f32::sin(i as f32 * 200.0 * std::f32::consts::TAU / RATE as f32) * loud;
            writer.write_sample(sample as i16).ok()?;
        }
    }
    writer.finalize().ok()?;
    Some(bytes.into_inner())
}

type Made = HashMap<(u32, u32, u32), Option<Vec<u8>>>;
static CLIPS: Mutex<Option<Made>> = Mutex::new(None);

/// An MP4 of a size and a number of seconds, made once in a process by the ffmpeg on `PATH`; `None` without one. Takes some
/// 200 ms the first time.
pub(super) fn mp4(size: Size, seconds: u32) -> Option<Vec<u8>> {
    let even = |side: u32| (side.clamp(16, 4096) / 2) * 2;
    let key = (even(size.width), even(size.height), seconds.clamp(1, 60));
    // Whoever comes second waits for the first.
    let mut clips = CLIPS.lock().unwrap_or_else(PoisonError::into_inner);
    clips.get_or_insert_default().entry(key).or_insert_with(|| encode(key)).clone()
}

fn encode((width, height, seconds): (u32, u32, u32)) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().ok()?;
    let out = folder.path().join("clip.mp4");
    let source = format!("testsrc2=s={width}x{height}:r=24:d={seconds}");
    for encoder in [&["libx264", "-preset", "ultrafast"][..], &["libopenh264"], &["mpeg4"]] {
        let made = Command::new("ffmpeg")
            .args(["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", &source, "-c:v"])
            .args(encoder)
            .args(["-pix_fmt", "yuv420p", "-movflags", "+faststart"])
            .arg(&out)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        if made.ok()?.success() {
            return std::fs::read(&out).ok();
        }
    }
    None
}
