//! Looking at video files: what is in them, and stills from them.

use std::path::Path;

use serde::{Deserialize, Serialize};
use story::{Size, Timeline};
use tokio_util::sync::CancellationToken;

use crate::draft::Draft;
use crate::{Ffmpeg, FilmError};

/// The picture of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VideoStream {
    /// The codec as ffmpeg names it ("h264").
    pub codec: String,
    /// The picture size.
    pub size: Size,
    /// Frames a second.
    pub fps: f64,
    /// How many frames there are, counted.
    pub frames: u32,
    /// The colour matrix as ffmpeg names it ("bt709"); empty when the file does not tell.
    pub matrix: String,
}

/// The sound of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AudioStream {
    /// The codec as ffmpeg names it ("aac").
    pub codec: String,
    /// Samples a second.
    pub rate: u32,
    /// How many channels.
    pub channels: u32,
}

/// What is in a media file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// The length in milliseconds.
    pub duration_ms: u32,
    /// The picture, if there is one.
    pub video: Option<VideoStream>,
    /// The sound, if there is some.
    pub audio: Option<AudioStream>,
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    format: Format,
}

#[derive(Deserialize, Default)]
struct Format {
    #[serde(default)]
    duration: String,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Stream {
    codec_type: String,
    codec_name: String,
    width: u32,
    height: u32,
    avg_frame_rate: String,
    nb_read_packets: String,
    nb_read_frames: String,
    color_space: String,
    sample_rate: String,
    channels: u32,
}

/// Looks at a file. The frames are counted, not guessed from the length.
pub async fn probe(ffmpeg: &Ffmpeg, path: &Path, cancel: &CancellationToken) -> Result<Probe, FilmError> {
    look(ffmpeg, path, &[], cancel).await.map(|(found, _)| found)
}

/// What is in a file, and how many of its pictures were decoded on the way.
async fn look(
    ffmpeg: &Ffmpeg,
    path: &Path,
    how: &[&str],
    cancel: &CancellationToken,
) -> Result<(Probe, u32), FilmError> {
    let entries = "stream=codec_type,codec_name,width,height,avg_frame_rate,nb_read_packets,nb_read_frames,\
                   color_space,sample_rate,channels:format=duration";
    let call = ffmpeg.probe_call(path).args(how).args(["-count_packets", "-show_entries", entries]);
    let call = call.args(["-of", "json", "-i"]);
    let unusable = |detail: String| FilmError::Unusable { path: path.to_owned(), detail };
    let said = match call.file(path).output(cancel).await {
        Err(FilmError::Failed { detail, .. }) => return Err(unusable(detail)),
        said => said?,
    };
    let answer: Answer = serde_json::from_slice(&said).map_err(|e| unusable(e.to_string()))?;
    let of = |kind: &str| answer.streams.iter().find(|s| s.codec_type == kind);
    let decoded = of("video").map_or(0, |s| s.nb_read_frames.parse().unwrap_or(0));
    let found = Probe {
        duration_ms: (answer.format.duration.parse().unwrap_or(0.0) * 1000.0_f64).round() as u32,
        video: of("video").map(|s| VideoStream {
            codec: s.codec_name.clone(),
            size: Size { width: s.width, height: s.height },
            fps: rate(&s.avg_frame_rate),
            frames: s.nb_read_packets.parse().unwrap_or(0),
            matrix: if s.color_space == "unknown" { String::new() } else { s.color_space.clone() },
        }),
        audio: of("audio").map(|s| AudioStream {
            codec: s.codec_name.clone(),
            rate: s.sample_rate.parse().unwrap_or(0),
            channels: s.channels,
        }),
    };
    Ok((found, decoded))
}

/// A fraction such as 30000/1001.
fn rate(text: &str) -> f64 {
    let (n, d) = text.split_once('/').unwrap_or((text, "1"));
    match (n.parse::<f64>(), d.parse::<f64>()) {
        (Ok(n), Ok(d)) if d > 0.0 => n / d,
        _ => 0.0,
    }
}

impl Probe {
    /// Why this is not the film that was laid out; `None` when it is.
    pub(crate) fn differs_from(&self, timeline: &Timeline) -> Option<String> {
        let Some(video) = &self.video else { return Some("there is no picture in it".to_owned()) };
        if video.codec != "h264" {
            return Some(format!("its picture is {}, not h264", video.codec));
        }
        if video.size != timeline.size {
            return Some(format!("its picture is {}, not {}", video.size, timeline.size));
        }
        if (video.fps - f64::from(timeline.fps)).abs() > 0.01 {
            return Some(format!("it has {} frames a second, not {}", video.fps, timeline.fps));
        }
        if video.frames != timeline.frames() {
            return Some(format!("it has {} frames, not {}", video.frames, timeline.frames()));
        }
        if self.duration_ms.abs_diff(timeline.duration_ms()) > 1000 / timeline.fps + 50 {
            return Some(format!("it is {} ms long, not {} ms", self.duration_ms, timeline.duration_ms()));
        }
        self.audio.is_none().then(|| "there is no sound in it".to_owned())
    }
}

/// Reads a video from outside to its end and decodes its key pictures, and tells what is in it: a file that is cut off,
/// damaged or no video at all is [`FilmError::Unusable`], whatever its header says. The pictures between are decoded
/// when the clip is conformed; decoding all of them here would cost as much again.
pub async fn play_through(ffmpeg: &Ffmpeg, path: &Path, cancel: &CancellationToken) -> Result<Probe, FilmError> {
    let unusable = |detail: String| FilmError::Unusable { path: path.to_owned(), detail };
    let (found, decoded) = look(ffmpeg, path, &["-skip_frame", "nokey", "-count_frames"], cancel).await?;
    let video = found.video.as_ref().filter(|v| v.frames > 0 && v.size.width > 0 && v.size.height > 0);
    let Some(video) = video else { return Err(unusable("there is no picture in it".to_owned())) };
    if decoded == 0 {
        return Err(unusable("its pictures cannot be decoded".to_owned()));
    }
    let held_ms = (f64::from(video.frames) * 1000.0 / video.fps.max(1.0)) as u32;
    if held_ms + 500 < found.duration_ms * 9 / 10 {
        return Err(unusable(format!("it says that it lasts {} ms, and ends after {held_ms} ms", found.duration_ms)));
    }
    Ok(found)
}

/// Saves one picture of a video as PNG or JPEG, by the ending of `out`; its longer side is at most `longest` pixels.
pub async fn still(
    ffmpeg: &Ffmpeg,
    video: &Path,
    at_ms: u32,
    longest: Option<u32>,
    out: &Path,
    cancel: &CancellationToken,
) -> Result<(), FilmError> {
    let draft = Draft::of(out)?;
    let side = longest.unwrap_or(16384).clamp(16, 16384);
    let scale = format!("scale='min({side},iw)':'min({side},ih)':force_original_aspect_ratio=decrease");
    ffmpeg
        .call("taking a still", video)
        .args(["-ss".to_owned(), format!("{}.{:03}", at_ms / 1000, at_ms % 1000), "-i".to_owned()])
        .file(video)
        .args(["-frames:v", "1", "-update", "1", "-q:v", "3", "-vf", &scale])
        .file(draft.path())
        .output(cancel)
        .await?;
    let length = std::fs::metadata(draft.path()).map_or(0, |m| m.len());
    if length == 0 {
        return Err(FilmError::Unusable { path: video.to_owned(), detail: format!("it has no picture at {at_ms} ms") });
    }
    draft.keep()
}
