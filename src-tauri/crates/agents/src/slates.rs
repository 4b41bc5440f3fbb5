//! What is said of a shot that is missing, in the language of the film.

use serde::{Deserialize, Serialize};
use story::{CardText, Language};

/// How far a missing shot came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Lack {
    /// Its picture could not be drawn.
    Frame,
    /// Its picture is there, its clip could not be made.
    Clip,
}

impl Lack {
    /// Why it is missing, in a few words.
    pub(crate) fn why(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Frame, Language::En) => "its picture could not be drawn",
            (Self::Clip, Language::En) => "its clip could not be made",
            (Self::Frame, Language::De) => "das Bild ließ sich nicht zeichnen",
            (Self::Clip, Language::De) => "der Clip ließ sich nicht herstellen",
            (Self::Frame, Language::Es) => "no se pudo dibujar la imagen",
            (Self::Clip, Language::Es) => "no se pudo crear el clip",
            (Self::Frame, Language::Fr) => "l’image n’a pas pu être dessinée",
            (Self::Clip, Language::Fr) => "le clip n’a pas pu être réalisé",
            (Self::Frame, Language::Zh) => "画面未能绘制",
            (Self::Clip, Language::Zh) => "视频未能生成",
            (Self::Frame, Language::Ja) => "絵を描けませんでした",
            (Self::Clip, Language::Ja) => "クリップを作れませんでした",
        }
    }
}

/// The words on the slate of a shot, which counts from 1.
pub(crate) fn words(number: usize, lack: Lack, language: Language) -> CardText {
    let title = match language {
        Language::En => format!("Shot {number} is missing"),
        Language::De => format!("Einstellung {number} fehlt"),
        Language::Es => format!("Falta el plano {number}"),
        Language::Fr => format!("Le plan {number} manque"),
        Language::Zh => format!("缺少镜头 {number}"),
        Language::Ja => format!("ショット {number} がありません"),
    };
    CardText { title, subtitle: lack.why(language).to_owned() }
}

/// Why a line is heard nowhere.
pub(crate) fn unspoken(language: Language) -> &'static str {
    match language {
        Language::En => "nobody could speak it",
        Language::De => "niemand konnte sie sprechen",
        Language::Es => "nadie pudo decirla",
        Language::Fr => "personne n’a pu la dire",
        Language::Zh => "未能配音",
        Language::Ja => "音声を作れませんでした",
    }
}

/// Why there is no music, or no storyboard of a scene.
pub(crate) fn unmade(language: Language) -> &'static str {
    match language {
        Language::En => "it could not be made",
        Language::De => "ließ sich nicht herstellen",
        Language::Es => "no se pudo crear",
        Language::Fr => "n’a pas pu être réalisé",
        Language::Zh => "未能制作",
        Language::Ja => "作れませんでした",
    }
}
