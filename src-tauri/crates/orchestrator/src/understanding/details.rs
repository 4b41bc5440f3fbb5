//! The details of a change, an export or a look.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use story::words;

/// What shall change, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModificationDetails {
    /// The thing changed ("scene", "music"…).
    pub target: Option<String>,
    /// The number of the scene, when one was given.
    pub scene: Option<u32>,
    /// The number of the shot, when one was given.
    pub shot: Option<u32>,
    /// Whom it is about.
    pub character: Option<String>,
    /// What is done to it ("remove", "shorten"…).
    pub operation: Option<String>,
    /// What it becomes.
    pub value: Option<String>,
}

/// What shall leave the app, and where to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportDetails {
    /// "mp4", "srt"…
    pub format: Option<String>,
    /// "1080p"…
    pub resolution: Option<String>,
    /// "video", "subtitles"…
    pub what: Option<String>,
    /// "youtube"…
    pub destination: Option<String>,
}

/// What shall be looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewDetails {
    /// "scene", "script"…
    pub target: Option<String>,
    /// The number of the scene, when one was given.
    pub scene: Option<u32>,
}

static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(scene|shot)\s*(?:number\s*|no\.?\s*|#)?(\d+)|\b(first|second|third|fourth|fifth|last)\s+(scene|shot)",
    )
    .ok()
});

const TARGETS: &[(&str, &[&str])] = &[
    ("voice_over", &["voiceover", "voice-over", "narrator", "narration"]),
    ("subtitles", &["subtitle", "subtitles", "captions", "caption"]),
    ("music", &["music", "soundtrack", "song", "score"]),
    ("sound", &["sound", "audio", "volume", "noise"]),
    ("voice", &["voice"]),
    ("dialogue", &["dialogue", "dialog", "line"]),
    ("title", &["title"]),
    ("text", &["text"]),
    ("logo", &["logo"]),
    ("watermark", &["watermark"]),
    ("ending", &["ending", "end"]),
    ("opening", &["opening", "intro", "beginning"]),
    ("transition", &["transition", "transitions", "fade"]),
    ("lighting", &["lighting", "light"]),
    ("color", &["color", "colour", "colors", "colours"]),
    ("pacing", &["pace", "pacing", "faster", "slower"]),
    ("camera", &["camera", "angle", "zoom"]),
    ("background", &["background"]),
    ("style", &["style", "look", "watercolor", "anime", "noir"]),
    ("mood", &["mood", "tone"]),
    ("weather", &["weather", "rain", "snow"]),
    ("aspect_ratio", &["vertical", "square", "widescreen", "16:9", "9:16", "aspect"]),
    ("duration", &["shorter", "longer", "duration", "length", "seconds", "minute"]),
    ("costume", &["costume", "dress", "coat", "jacket", "hat"]),
    ("script", &["script"]),
    ("shot", &["shot"]),
    ("scene", &["scene"]),
    ("character", &["character", "her", "him", "he", "she"]),
    ("language", &["language", "spanish", "french", "german", "chinese", "japanese"]),
];
const OPERATIONS: &[(&str, &[&str])] = &[
    ("undo", &["undo", "revert"]),
    ("regenerate", &["regenerate", "redo", "again"]),
    ("remove", &["remove", "delete", "drop", "lose", "without", "cut"]),
    ("add", &["add", "include", "insert", "put"]),
    ("replace", &["replace", "swap"]),
    ("translate", &["translate"]),
    ("rename", &["rename", "call"]),
    ("mute", &["mute"]),
    ("shorten", &["shorten", "shorter", "trim"]),
    ("lengthen", &["lengthen", "longer", "extend"]),
    ("speed_up", &["faster", "quicker"]),
    ("slow_down", &["slower"]),
    ("darken", &["darker", "darken"]),
    ("brighten", &["brighter", "brighten"]),
    ("increase", &["louder", "increase", "more", "up"]),
    ("decrease", &["quieter", "decrease", "less", "down", "reduce"]),
    ("move", &["move"]),
    ("split", &["split"]),
    ("merge", &["merge"]),
    ("duplicate", &["duplicate"]),
];

fn pick(list: &[(&'static str, &[&str])], words: &[String]) -> Option<String> {
    list.iter().find(|(_, keys)| words.iter().any(|w| keys.contains(&w.as_str()))).map(|(name, _)| (*name).to_owned())
}

/// The numbered scene and shot of a message.
fn numbered(text: &str) -> (Option<u32>, Option<u32>) {
    let (mut scene, mut shot) = (None, None);
    if let Some(re) = NUMBERED.as_ref() {
        for found in re.captures_iter(text) {
            let (kind, number) = match (found.get(1), found.get(2), found.get(3), found.get(4)) {
                (Some(kind), Some(number), _, _) => (kind.as_str(), number.as_str().parse().ok()),
                (_, _, Some(which), Some(kind)) => {
                    let order = ["first", "second", "third", "fourth", "fifth"];
                    (
                        kind.as_str(),
                        order.iter().position(|o| which.as_str().eq_ignore_ascii_case(o)).map(|i| i as u32 + 1),
                    )
                }
                _ => continue,
            };
            if kind.eq_ignore_ascii_case("scene") { scene = number } else { shot = number }
        }
    }
    (scene, shot)
}

pub(super) fn modification(text: &str) -> ModificationDetails {
    let said = words(text);
    let (scene, shot) = numbered(text);
    let value = text.split_once(" to ").map(|(_, v)| v).or_else(|| text.split_once(" with ").map(|(_, v)| v));
    ModificationDetails {
        target: pick(TARGETS, &said).or_else(|| Some("video".to_owned())),
        operation: pick(OPERATIONS, &said).or_else(|| Some("change".to_owned())),
        value: value
            .map(|v| v.trim_matches(|c: char| c.is_whitespace() || ".!\"'".contains(c)).to_owned())
            .filter(|v| !v.is_empty()),
        scene,
        shot,
        character: None,
    }
}

pub(super) fn export(text: &str) -> ExportDetails {
    let said = words(text);
    let has = |list: &[&str]| list.iter().find(|k| said.iter().any(|w| w == *k)).map(|k| (*k).to_owned());
    let what = if has(&["subtitles", "captions", "srt"]).is_some() {
        "subtitles"
    } else if has(&["script", "screenplay"]).is_some() {
        "script"
    } else if has(&["storyboard"]).is_some() {
        "storyboard"
    } else if has(&["audio", "soundtrack", "mp3", "wav"]).is_some() {
        "audio"
    } else if has(&["frame", "still", "png", "thumbnail"]).is_some() {
        "frame"
    } else {
        "video"
    };
    ExportDetails {
        format: has(&[
            "mp4", "mov", "gif", "webm", "mkv", "avi", "prores", "wav", "mp3", "srt", "vtt", "pdf", "png", "zip",
            "fcpxml",
        ]),
        resolution: has(&["480p", "720p", "1080p", "1440p", "4k"]),
        what: Some(what.to_owned()),
        destination: has(&["youtube", "vimeo", "tiktok", "instagram", "premiere", "davinci"]),
    }
}

pub(super) fn review(text: &str) -> ReviewDetails {
    let said = words(text);
    let (scene, _) = numbered(text);
    let targets: &[(&str, &[&str])] = &[
        ("scene", &["scene", "scenes"]),
        ("storyboard", &["storyboard", "shots"]),
        ("script", &["script"]),
        ("character", &["character", "characters", "cast"]),
        ("duration", &["long", "length"]),
        ("music", &["music"]),
        ("plan", &["plan"]),
        ("status", &["status", "progress", "far"]),
    ];
    ReviewDetails { target: pick(targets, &said).or_else(|| Some("video".to_owned())), scene }
}
