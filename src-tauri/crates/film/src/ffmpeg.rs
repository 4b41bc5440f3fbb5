//! The ffmpeg of this machine: where it is, which encoders really work, and how they are driven.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use story::Size;
use tokio_util::sync::CancellationToken;

use crate::FilmError;
use crate::process::Call;

/// Raised whenever this crate makes other pictures or sounds from the same input; part of every key.
const VERSION: &str = "film-3";

/// H.264 encoders in the order of preference; the first that really encodes is taken.
const H264: [&str; 5] = ["libx264", "libopenh264", "h264_videotoolbox", "h264_mf", "h264_nvenc"];

/// AAC encoders in the order of preference.
const AAC: [&str; 4] = ["aac", "aac_at", "libfdk_aac", "aac_mf"];

/// A working ffmpeg and ffprobe.
#[derive(Debug, Clone)]
pub struct Ffmpeg {
    program: PathBuf,
    prober: PathBuf,
    version: String,
    h264: &'static str,
    aac: &'static str,
}

/// What the encoder of this machine is, for a person who looks for trouble.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodecReport {
    /// Where ffmpeg is.
    pub ffmpeg: PathBuf,
    /// Where ffprobe is.
    pub ffprobe: PathBuf,
    /// Its version as it tells it.
    pub version: String,
    /// The H.264 encoder that is used.
    pub h264: String,
    /// The AAC encoder that is used.
    pub aac: String,
}

impl Ffmpeg {
    /// Finds ffmpeg: `WORKPRINT_FFMPEG` (and `WORKPRINT_FFPROBE`), beside this program, on the `PATH`.
    pub async fn discover() -> Result<Self, FilmError> {
        let variable = |name| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
        let ffmpeg = variable("WORKPRINT_FFMPEG").or_else(|| find("ffmpeg")).ok_or_else(|| FilmError::NoFfmpeg {
            detail: "it is not on the PATH and WORKPRINT_FFMPEG is not set".to_owned(),
        })?;
        Self::at(&ffmpeg, variable("WORKPRINT_FFPROBE").as_deref()).await
    }

    /// The ffmpeg at a path; without a path for ffprobe, the one beside it or on the `PATH`.
    pub async fn at(ffmpeg: &Path, ffprobe: Option<&Path>) -> Result<Self, FilmError> {
        let ffprobe = match ffprobe {
            Some(path) => path.to_owned(),
            None => sibling(ffmpeg, "ffprobe").or_else(|| find("ffprobe")).ok_or_else(|| FilmError::NoFfmpeg {
                detail: format!("there is no ffprobe beside {}", ffmpeg.display()),
            })?,
        };
        let never = CancellationToken::new();
        let ask = |program: &Path, what: &str| {
            let call = Call::new(program, "asking ffmpeg what it can do", program);
            call.args(["-hide_banner", what])
        };
        let said = ask(ffmpeg, "-version").output(&never).await.map_err(|e| missing(ffmpeg, &e))?;
        ask(&ffprobe, "-version").output(&never).await.map_err(|e| missing(&ffprobe, &e))?;
        let version = String::from_utf8_lossy(&said).split_whitespace().nth(2).unwrap_or("unknown").to_owned();
        let listed = ask(ffmpeg, "-encoders").output(&never).await.map_err(|e| missing(ffmpeg, &e))?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let offers = |name: &str| listed.lines().any(|line| line.split_whitespace().nth(1) == Some(name));

        let mut found = Self { program: ffmpeg.to_owned(), prober: ffprobe, version, h264: "", aac: "" };
        let no_encoder = |what| FilmError::NoEncoder { path: ffmpeg.to_owned(), what };
        found.aac = AAC.into_iter().find(|name| offers(name)).ok_or_else(|| no_encoder("AAC sound"))?;
        for name in H264.into_iter().filter(|name| offers(name)) {
            found.h264 = name;
            if found.encodes().await {
                return Ok(found);
            }
            tracing::info!(encoder = name, "this encoder is listed but does not work here");
        }
        Err(no_encoder("H.264 pictures"))
    }

    /// Encodes a few test frames: hardware encoders are listed on machines that lack the hardware.
    async fn encodes(&self) -> bool {
        let size = Size { width: 320, height: 240 };
        self.call("trying an encoder", &self.program)
            .args(["-f", "lavfi", "-i", "color=size=320x240:rate=30", "-frames:v", "3"])
            .args(self.h264_args(size, 30))
            .args(["-f", "null", "-"])
            .output(&CancellationToken::new())
            .await
            .is_ok()
    }

    /// The first of some encoders that this ffmpeg has.
    pub(crate) async fn first_of(&self, names: &[&'static str], what: &'static str) -> Result<&'static str, FilmError> {
        let call = Call::new(&self.program, "asking ffmpeg what it can do", &self.program);
        let listed = call.args(["-hide_banner", "-encoders"]).output(&CancellationToken::new()).await?;
        let listed = String::from_utf8_lossy(&listed);
        let offers = |name: &str| listed.lines().any(|line| line.split_whitespace().nth(1) == Some(name));
        let found = names.iter().copied().find(|name| offers(name));
        found.ok_or_else(|| FilmError::NoEncoder { path: self.program.clone(), what })
    }

    /// What decides how encoded files look, for keys: encoder, ffmpeg's version and this crate's own.
    pub fn identity(&self) -> String {
        format!("{VERSION} {} {} ffmpeg-{}", self.h264, self.aac, self.version)
    }

    /// What is used here.
    pub fn codec_report(&self) -> CodecReport {
        CodecReport {
            ffmpeg: self.program.clone(),
            ffprobe: self.prober.clone(),
            version: self.version.clone(),
            h264: self.h264.to_owned(),
            aac: self.aac.to_owned(),
        }
    }

    pub(crate) fn call(&self, doing: &'static str, about: &Path) -> Call {
        Call::new(&self.program, doing, about).args(["-nostdin", "-hide_banner", "-v", "error", "-y"])
    }

    pub(crate) fn probe_call(&self, about: &Path) -> Call {
        Call::new(&self.prober, "looking at a file", about).args(["-hide_banner", "-v", "error"])
    }

    /// How pictures are encoded. Everything that decides the stream's headers is fixed, so that the segments of a
    /// film can be joined by copying; without B-frames no frame is shown in another order than it is stored, so that
    /// joins need no edit lists.
    pub(crate) fn h264_args(&self, size: Size, fps: u32) -> Vec<String> {
        let rate = f64::from(size.width) * f64::from(size.height) * f64::from(fps) * 0.12;
        let rate = format!("{}k", (rate / 1000.0) as u32 + 200);
        let own: &[&str] = match self.h264 {
            "libx264" => &["-preset", "veryfast", "-crf", "20", "-profile:v", "high", "-sc_threshold", "0"],
            "h264_nvenc" => &["-rc", "vbr", "-cq", "20"],
            "h264_videotoolbox" => &["-allow_sw", "1", "-b:v", &rate],
            _ => &["-b:v", &rate],
        };
        let mut args = vec!["-c:v".to_owned(), self.h264.to_owned()];
        args.extend(own.iter().map(|a| (*a).to_owned()));
        args.extend(["-g".to_owned(), (fps * 2).to_string(), "-r".to_owned(), fps.to_string()]);
        args.extend(["-video_track_timescale".to_owned(), (fps * 512).to_string()]);
        let fixed = "-bf 0 -threads 1 -pix_fmt yuv420p -color_primaries bt709 -color_trc bt709 -colorspace bt709 \
                     -color_range tv -map_metadata -1 -fflags +bitexact";
        args.extend(fixed.split_whitespace().map(str::to_owned));
        args
    }

    pub(crate) fn aac_args(&self) -> [&'static str; 8] {
        ["-c:a", self.aac, "-b:a", "160k", "-ar", "48000", "-ac", "2"]
    }
}

fn missing(program: &Path, error: &FilmError) -> FilmError {
    let why = match error {
        FilmError::NoFfmpeg { detail } => detail.clone(),
        other => other.to_string(),
    };
    FilmError::NoFfmpeg { detail: format!("{} does not run: {why}", program.display()) }
}

/// A program beside this one or on the `PATH`.
fn find(name: &str) -> Option<PathBuf> {
    let own = std::env::current_exe().ok();
    let path = std::env::var_os("PATH").unwrap_or_default();
    own.and_then(|exe| sibling(&exe, name))
        .or_else(|| std::env::split_paths(&path).map(|folder| folder.join(file_name(name))).find(|file| file.is_file()))
}

fn sibling(program: &Path, name: &str) -> Option<PathBuf> {
    Some(program.parent()?.join(file_name(name))).filter(|file| file.is_file())
}

fn file_name(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}
