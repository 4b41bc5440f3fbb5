//! The language that shall be spoken; subtitles and text in a language are another wish.

use super::reading::Reading;
use crate::wording::fold;

/// Words for speaking.
const SPEECH: [&str; 40] = [
    "voice",
    "narrat",
    "spoken",
    "speak",
    "dialog",
    "audio",
    "talk",
    "commentary",
    "dub",
    "voz",
    "narra",
    "locuc",
    "habla",
    "dialogo",
    "voix",
    "parle",
    "commentaire",
    "sprecher",
    "stimme",
    "gesprochen",
    "erzahl",
    "ton",
    "vertont",
    "旁白",
    "配音",
    "解说",
    "对白",
    "台词",
    "语音",
    "讲解",
    "普通话",
    "用",
    "版",
    "ナレーション",
    "音声",
    "声",
    "話",
    "セリフ",
    "sung",
    "sings",
];
/// Words for writing.
const WRITING: [&str; 22] = [
    "subtitle",
    "caption",
    "text",
    "title",
    "written",
    "lettering",
    "sign",
    "subtitul",
    "rotulo",
    "texto",
    "sous-titre",
    "sous titre",
    "texte",
    "untertitel",
    "einblendung",
    "beschriftung",
    "字幕",
    "文字",
    "标题",
    "テロップ",
    "credits",
    "words",
];

/// The two-letter code of the language to be spoken.
pub(super) fn language(reading: &Reading<'_>) -> Option<String> {
    let mut bare = None;
    for hit in &reading.languages {
        let Some(part) = reading.part_of(hit.words.start) else { continue };
        let fragment =
            fold(fragment(&reading.text[part.clause.range.clone()], hit.range.start - part.clause.range.start));
        let says = |list: &[&str]| list.iter().any(|w| fragment.contains(w));
        // A song in a language is the music's.
        let sung = ["song", "lied", "cancion", "chanson", "guitar", "歌", "曲"].iter().any(|w| fragment.contains(w));
        if says(&WRITING) || (sung && !says(&SPEECH)) {
            continue;
        }
        if says(&SPEECH) {
            return Some(hit.class.to_owned());
        }
        let before = hit.words.start.checked_sub(1).and_then(|i| reading.word(i)).map(|w| w.norm.as_str());
        let said_in = matches!(before, Some("in" | "en" | "auf" | "language" | "idioma" | "langue" | "sprache"));
        let only = part.unknown == 0 && part.words.len() <= 4;
        if (said_in || only) && bare.is_none() {
            bare = Some(hit.class.to_owned());
        }
    }
    bare
}

/// The piece between "and"s that holds a place in the clause.
fn fragment(clause: &str, at: usize) -> &str {
    let ands = [" and ", " y ", " et ", " und ", " but ", " with "];
    let start = ands.iter().filter_map(|a| clause[..at].rfind(a).map(|i| i + a.len())).max().unwrap_or(0);
    let end = ands.iter().filter_map(|a| clause[at..].find(a)).min().map_or(clause.len(), |i| at + i);
    &clause[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spoken_counts_and_what_is_written_does_not() {
        let check = |text: &str, want: Option<&str>| {
            assert_eq!(language(&Reading::of(text, crate::language_of(text))).as_deref(), want, "{text}");
        };
        check("a fox, narrated in Spanish", Some("es"));
        check("a fox, 1 min, subtitles in French", None);
        check("voice-over in Bengali and English captions", Some("bn"));
        check("a fox in the snow, in German please", Some("de"));
        check("a French baker", None);
        check("三分钟，法语旁白，中文字幕", Some("fr"));
        check("ein Film, französischer Sprecher", Some("fr"));
    }
}
