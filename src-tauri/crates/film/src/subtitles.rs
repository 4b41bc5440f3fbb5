//! Captions as files beside the film: SubRip and WebVTT (<https://www.w3.org/TR/webvtt1/>).

use std::fmt::Write as _;

use story::{Caption, Timeline};

use crate::caption_rows;

/// The captions as SubRip.
pub fn srt(timeline: &Timeline) -> String {
    let mut text = String::new();
    for (i, (caption, rows)) in shown(timeline).enumerate() {
        let (from, to) = (clock(caption.start_ms, ','), clock(caption.end_ms, ','));
        // SubRip has no escapes; a text that looks like its arrow would be read as a time.
        let rows = rows.replace("-->", "→");
        let _ = write!(text, "{}\n{from} --> {to}\n{rows}\n\n", i + 1);
    }
    text
}

/// The captions as WebVTT.
pub fn vtt(timeline: &Timeline) -> String {
    let mut text = "WEBVTT\n\n".to_owned();
    for (caption, rows) in shown(timeline) {
        let (from, to) = (clock(caption.start_ms, '.'), clock(caption.end_ms, '.'));
        let rows = rows.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = write!(text, "{from} --> {to}\n{rows}\n\n");
    }
    text
}

fn shown(timeline: &Timeline) -> impl Iterator<Item = (&Caption, String)> {
    let captions = timeline.shots.iter().flat_map(|shot| &shot.captions);
    captions.map(|caption| (caption, caption_rows(&caption.text, timeline.size).join("\n")))
}

fn clock(ms: u32, point: char) -> String {
    let s = ms / 1000;
    format!("{:02}:{:02}:{:02}{point}{:03}", s / 3600, s / 60 % 60, s % 60, ms % 1000)
}
