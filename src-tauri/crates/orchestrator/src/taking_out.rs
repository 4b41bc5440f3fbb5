//! What a message asks to take out, as something that can be saved.

use serde::{Deserialize, Serialize};

use crate::{ExportDetails, Numbers};

/// What something is taken out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakenAs {
    /// The film, or a part of it.
    Mp4,
    /// Its sound, uncompressed.
    Wav,
    /// Its sound.
    Mp3,
    /// Subtitles.
    Srt,
    /// Subtitles for the web.
    Vtt,
    /// The script for screenwriting programs.
    Fountain,
    /// The script as plain text.
    Text,
    /// The script on pages.
    ScriptPdf,
    /// The storyboard on pages.
    StoryboardPdf,
    /// The drawn frames.
    Pictures,
    /// The shot list.
    ShotList,
    /// A moving picture.
    Gif,
    /// One picture.
    Still,
    /// The whole project.
    Project,
}

impl TakenAs {
    /// Its name, the same in every language.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Mp4 => "MP4",
            Self::Wav => "WAV",
            Self::Mp3 => "MP3",
            Self::Srt => "SRT",
            Self::Vtt => "VTT",
            Self::Fountain => "Fountain",
            Self::Text => "TXT",
            Self::ScriptPdf | Self::StoryboardPdf => "PDF",
            Self::Pictures | Self::Still => "PNG",
            Self::ShotList => "CSV",
            Self::Gif => "GIF",
            Self::Project => ".workprint",
        }
    }

    /// True when there must be a film; the others need the script.
    pub(crate) fn needs_film(self) -> bool {
        matches!(self, Self::Mp4 | Self::Wav | Self::Mp3 | Self::Srt | Self::Vtt | Self::Gif | Self::Still)
    }
}

/// Something to be saved. The person chooses where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeOut {
    /// As what.
    pub taken_as: TakenAs,
    /// The shorter side of the picture in pixels, when one was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// One scene alone, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scene: Option<u32>,
    /// One shot of the film alone, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shot: Option<u32>,
    /// Without captions.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_captions: bool,
}

/// Words for "without captions". What is named with them is the film.
const NO_CAPTIONS: [&str; 14] = [
    "without captions",
    "without subtitles",
    "no captions",
    "no subtitles",
    "sin subtítulos",
    "sans sous-titres",
    "ohne untertitel",
    "没有字幕",
    "无字幕",
    "不要字幕",
    "不带字幕",
    "字幕なし",
    "字幕無し",
    "字幕抜き",
];

/// What is asked for, and the name of a format that was asked for and is not offered.
pub(crate) fn take_out(details: &ExportDetails, text: &str) -> (TakeOut, Option<String>) {
    let format = details.format.as_deref();
    let said = text.to_lowercase();
    let no_captions = NO_CAPTIONS.iter().any(|words| said.contains(words));
    let what = details.what.as_deref().unwrap_or("video");
    let what = if no_captions && what == "subtitles" { "video" } else { what };
    let taken_as = match (what, format) {
        ("subtitles", Some("vtt")) => TakenAs::Vtt,
        ("subtitles", _) => TakenAs::Srt,
        ("audio", Some("wav" | "flac" | "aiff")) => TakenAs::Wav,
        ("audio", _) => TakenAs::Mp3,
        ("script", Some("fountain" | "fdx")) => TakenAs::Fountain,
        ("script", Some("txt" | "md" | "docx" | "html")) => TakenAs::Text,
        ("script", _) => TakenAs::ScriptPdf,
        ("storyboard" | "characters", Some("png" | "jpg" | "webp" | "tiff" | "psd" | "svg")) => TakenAs::Pictures,
        ("storyboard" | "characters", Some("csv" | "xlsx")) | ("shot list", _) => TakenAs::ShotList,
        ("storyboard" | "characters", _) => TakenAs::StoryboardPdf,
        ("frame", _) => TakenAs::Still,
        ("project", _) => TakenAs::Project,
        (_, Some("gif")) => TakenAs::Gif,
        (_, Some("csv" | "xlsx")) => TakenAs::ShotList,
        (_, Some("pdf")) => TakenAs::StoryboardPdf,
        _ => TakenAs::Mp4,
    };
    let height = match details.resolution.as_deref() {
        Some("480p") => Some(480),
        Some("720p") => Some(720),
        Some("1080p") => Some(1080),
        Some("1440p") => Some(1440),
        Some("4k" | "8k") => Some(2160),
        _ => None,
    };
    let of_film = matches!(taken_as, TakenAs::Mp4 | TakenAs::Gif);
    let alone = |named: &Option<Numbers>| match named {
        Some(Numbers::One(number)) if of_film || taken_as == TakenAs::Still => Some(*number),
        _ => None,
    };
    let taken = TakeOut {
        taken_as,
        height: height.filter(|_| of_film),
        scene: alone(&details.scene),
        shot: alone(&details.shot),
        no_captions: no_captions && of_film,
    };
    (taken, format.filter(|format| !is_offered(format, taken_as)).map(str::to_uppercase))
}

/// True when what was named is what is given, or another word for it.
fn is_offered(format: &str, taken_as: TakenAs) -> bool {
    match taken_as {
        TakenAs::Mp4 => matches!(format, "mp4" | "m4v" | "h264"),
        TakenAs::Text => format == "txt",
        TakenAs::Project => format == "zip",
        TakenAs::ScriptPdf | TakenAs::StoryboardPdf => format == "pdf",
        TakenAs::Pictures | TakenAs::Still => format == "png",
        TakenAs::ShotList => format == "csv",
        other => format == other.name().to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, ContextState, Intent, understand};

    fn check(text: &str, taken_as: TakenAs, height: Option<u32>, not: Option<&str>) -> TakeOut {
        let context = Context { state: ContextState::VideoReady, ..Context::default() };
        let understood = understand(text, &context);
        assert_eq!(understood.intent, Intent::Export, "{text}");
        let (taken, refused) = take_out(&understood.export.expect("the details of an export"), text);
        assert_eq!((taken.taken_as, taken.height, refused.as_deref()), (taken_as, height, not), "{text}");
        taken
    }

    #[test]
    fn what_is_asked_for_is_what_is_saved() {
        check("export the script as PDF", TakenAs::ScriptPdf, None, None);
        check("give me the subtitles", TakenAs::Srt, None, None);
        check("export the subtitles as vtt", TakenAs::Vtt, None, None);
        check("export as mp4 in full HD", TakenAs::Mp4, Some(1080), None);
        check("export the storyboard", TakenAs::StoryboardPdf, None, None);
        check("save the soundtrack as wav", TakenAs::Wav, None, None);
        check("export the shot list", TakenAs::ShotList, None, None);
        check("export the script in fountain", TakenAs::Fountain, None, None);
        check("export the project file", TakenAs::Project, None, None);
        check("export it as mov", TakenAs::Mp4, None, Some("MOV"));
        assert!(check("export the film without captions", TakenAs::Mp4, None, None).no_captions);
        assert_eq!(check("export scene 2 as a gif", TakenAs::Gif, None, None).scene, Some(2));
        assert_eq!(check("export shot 3", TakenAs::Mp4, None, None).shot, Some(3));
        assert_eq!(check("save shot 2 of scene 1 as a gif", TakenAs::Gif, None, None).shot, Some(2));
        assert_eq!(check("export the subtitles of shot 3", TakenAs::Srt, None, None).shot, None);
    }
}
