//! What all tests of the cut need: an ffmpeg, frames, sounds, a timeline.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use film::{
    Draw, Ffmpeg, Footage, FrameOrder, Layout, LayoutLine, LayoutRequest, LayoutShot, Length, Progress, Segment, Voice,
    conform_shot, lay_out,
};
use story::{CardText, Minter, Seed, Size};
use tokio_util::sync::CancellationToken;

pub(crate) const SMALL: Size = Size { width: 320, height: 180 };

pub(crate) fn never() -> CancellationToken {
    CancellationToken::new()
}

pub(crate) const QUIET: &Progress = &|_| {};

pub(crate) async fn ffmpeg() -> Ffmpeg {
    Ffmpeg::discover().await.expect("these tests need ffmpeg on the PATH")
}

/// A plain grey clip with a bright box that moves two pixels a frame.
pub(crate) fn frames(size: Size, frames: u32, luma: u8) -> FrameOrder {
    let draw: Arc<Draw> = Arc::new(move |index: u32, out: &mut [u8]| {
        let (w, h) = (size.width as usize, size.height as usize);
        out[w * h..].fill(128);
        out[..w * h].fill(luma);
        let left = (index as usize * 2) % (w - w / 8);
        for row in out[..w * h].chunks_exact_mut(w).skip(h / 8).take(h / 8) {
            row[left..left + w / 8].fill(235);
        }
    });
    FrameOrder { size, fps: 30, frames, open: Arc::new(move || Ok(Arc::clone(&draw))) }
}

/// Drawn frames as a video file.
pub(crate) async fn filmed(ffmpeg: &Ffmpeg, order: &FrameOrder, path: &Path) -> Footage {
    let segment = Segment::plain(order.size, order.fps, order.frames);
    let drawn = Footage::Frames(order.clone());
    conform_shot(ffmpeg, &segment, &drawn, None, path, &never(), QUIET).await.expect("a clip");
    path.into()
}

/// Syllables: a tone whose loudness goes up and down.
pub(crate) fn voice(folder: &Path, name: &str, ms: u32, level: f32) -> PathBuf {
    let path = folder.join(name);
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 48_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&path, spec).expect("a wav");
    for i in 0..ms * 48 {
        let t = i as f32 / 48_000.0;
        let syllable = (t * 4.0 * std::f32::consts::PI).sin().abs();
        let tone = (t * 220.0 * std::f32::consts::TAU).sin() + 0.5 * (t * 1870.0 * std::f32::consts::TAU).sin();
        writer.write_sample((tone * syllable * level * 20_000.0) as i16).expect("a sample");
    }
    writer.finalize().expect("a wav");
    path
}

/// Stereo music at another rate, with clicks that are far louder than the rest.
pub(crate) fn music(folder: &Path, seconds: u32) -> PathBuf {
    let path = folder.join("music.wav");
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: 44_100,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(&path, spec).expect("a wav");
    for i in 0..seconds * 44_100 {
        let t = i as f32 / 44_100.0;
        let click = if i % 22_050 < 60 { 24_000.0 } else { 1500.0 };
        writer.write_sample(((t * 330.0 * std::f32::consts::TAU).sin() * click) as i16).expect("a sample");
        writer.write_sample(((t * 440.0 * std::f32::consts::TAU).sin() * click) as i16).expect("a sample");
    }
    writer.finalize().expect("a wav");
    path
}

/// A film of shots with (wanted ms, starts scene, line text or nothing, voice ms).
pub(crate) fn film(size: Size, target_ms: u32, shots: &[(u32, bool, &str, u32)]) -> Layout {
    let mut ids = Minter::new(Seed::new(3));
    let card = |title: &str, subtitle: &str| Some(CardText { title: title.to_owned(), subtitle: subtitle.to_owned() });
    let shots = shots.iter().map(|&(duration_ms, starts_scene, text, voice)| LayoutShot {
        shot: ids.shot(),
        length: Length::Shared(duration_ms),
        starts_scene,
        lines: (!text.is_empty())
            .then(|| LayoutLine {
                line: ids.line(),
                text: text.to_owned(),
                voice: (voice > 0).then(|| Voice { duration_ms: voice, words: Vec::new() }),
            })
            .into_iter()
            .collect(),
    });
    let shots = shots.collect();
    lay_out(&LayoutRequest {
        fps: 30,
        size,
        target_ms,
        cut: Vec::new(),
        shots,
        title: card("The Keeper of the Lamp", "A short film"),
        ending: card("The end", ""),
        captions: true,
    })
}
