//! What films need on this machine: what is there, what is missing, how to get it.

use std::path::Path;

use builtin::voice::Voice;
use film::Ffmpeg;

use crate::wire::{DoctorLine, DoctorReport, Health};

/// Under this many bytes free, films may not fit.
const LITTLE_ROOM: u64 = 1_000_000_000;

fn line(what: &str, health: Health, found: impl Into<String>, hint: &str) -> DoctorLine {
    DoctorLine { what: what.to_owned(), health, found: found.into(), hint: hint.to_owned() }
}

/// Looks at everything films need.
pub(crate) async fn examine(home: &Path) -> DoctorReport {
    let mut lines = Vec::new();
    match Ffmpeg::discover().await {
        Ok(ffmpeg) => {
            let report = ffmpeg.codec_report();
            lines.push(line("ffmpeg", Health::Good, format!("{} at {}", report.version, report.ffmpeg.display()), ""));
            lines.push(line("codecs", Health::Good, format!("picture {}, sound {}", report.h264, report.aac), ""));
        }
        Err(error) => lines.push(line("ffmpeg", Health::Missing, error.to_string(), error.hint())),
    }
    lines.push(voices().await);
    lines.push(letters().await);
    lines.push(room(home));
    lines.push(folder(home));
    lines.push(display());
    DoctorReport { lines, home: home.display().to_string() }
}

async fn voices() -> DoctorLine {
    const HINT: &str =
        "Install flite (English) and espeak-ng (other languages): on Debian, sudo apt install flite espeak-ng.";
    let engines = tokio::task::spawn_blocking(|| Voice::discover().engines()).await.unwrap_or_default();
    if engines.is_empty() {
        return line(
            "voices",
            Health::Poor,
            "no speech engine: films have captions and music, and nobody speaks",
            HINT,
        );
    }
    let english_only = engines.iter().all(|e| e.languages.len() == 1);
    let found: Vec<_> = engines.iter().map(|e| format!("{:?}: {}", e.engine, e.note)).collect();
    line(
        "voices",
        if english_only { Health::Poor } else { Health::Good },
        found.join("; "),
        if english_only { HINT } else { "" },
    )
}

/// Common letters of the scripts that are not in the bundled fonts, by language.
const SCRIPTS: [(&str, &str); 3] = [("Chinese", "的这说"), ("Japanese", "のカ話"), ("Korean", "한글이")];

/// Whether captions can be drawn in every language.
async fn letters() -> DoctorLine {
    const HINT: &str = "Install a font that has them: on Debian, sudo apt install fonts-noto-cjk (all of them, well \
        drawn) or fonts-wqy-microhei (small); elsewhere, Noto Sans CJK. Then start Workprint again.";
    let missing = || SCRIPTS.into_iter().filter(|(_, letters)| !film::letters_missing(letters).is_empty());
    // Reading the system's fonts takes a moment.
    let found = tokio::task::spawn_blocking(move || missing().map(|(language, _)| language).collect::<Vec<_>>());
    match found.await.unwrap_or_default().as_slice() {
        [] => line("fonts", Health::Good, "Chinese, Japanese and Korean captions can be drawn", ""),
        missing => {
            let found = format!("no font has the letters of {}: captions would be empty boxes", missing.join(", "));
            line("fonts", Health::Poor, found, HINT)
        }
    }
}

fn room(home: &Path) -> DoctorLine {
    let there = home.ancestors().find(|p| p.exists()).unwrap_or(home);
    match fs4::available_space(there) {
        Ok(bytes) => {
            let found = format!("{:.1} GB free", bytes as f64 / 1e9);
            if bytes < LITTLE_ROOM {
                line(
                    "disk",
                    Health::Poor,
                    found,
                    "Free some space: a film of a minute needs about 100 MB while it is made.",
                )
            } else {
                line("disk", Health::Good, found, "")
            }
        }
        Err(error) => line("disk", Health::Poor, format!("unknown: {error}"), ""),
    }
}

fn folder(home: &Path) -> DoctorLine {
    let tried = std::fs::create_dir_all(home).and_then(|()| tempfile::tempfile_in(home).map(drop));
    match tried {
        Ok(()) => line("data folder", Health::Good, home.display().to_string(), ""),
        Err(error) => line(
            "data folder",
            Health::Missing,
            format!("{} cannot be written: {error}", home.display()),
            "Make the folder writable, or set WORKPRINT_HOME to another one.",
        ),
    }
}

fn display() -> DoctorLine {
    let set = |name: &str| std::env::var_os(name).is_some_and(|v| !v.is_empty());
    if cfg!(not(target_os = "linux")) || set("DISPLAY") || set("WAYLAND_DISPLAY") {
        line("display", Health::Good, "there is one", "")
    } else {
        line("display", Health::Poor, "none: the window cannot open, the command line works", "")
    }
}
