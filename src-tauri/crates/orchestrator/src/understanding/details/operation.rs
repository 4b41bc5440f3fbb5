//! What is done in a change: by the plainest word for it, then in the light of what it is done to.

use super::modification::{Part, languages};
use super::value;
use crate::parameters::found_lengths;
use crate::wording::fold;

/// Operations from the plainest word to the vaguest.
const PLAINNESS: [&str; 22] = [
    "undo",
    "rename",
    "translate",
    "regenerate",
    "split",
    "merge",
    "duplicate",
    "freeze",
    "zoom_in",
    "mute",
    "replace",
    "shorten",
    "lengthen",
    "speed_up",
    "slow_down",
    "darken",
    "brighten",
    "move",
    "remove",
    "add",
    "increase",
    "decrease",
];

/// What is done, by the plainest word for it.
pub(super) fn operation(part: &Part<'_>) -> Option<&'static str> {
    let timed = !found_lengths(part.text).is_empty();
    let takes =
        part.says("remove").is_some_and(|h| !matches!(h.words.start, 0) || fold(&part.text[h.range.clone()]) != "no")
            || ["take ", "clip ", "shave "].iter().any(|w| fold(part.text).starts_with(w));
    let text = fold(part.text);
    let off = text.contains(" off ")
        || text.contains(" from ")
        || text.starts_with("lose ")
        || text.starts_with("cut ") && timed && !text.contains("first") && !text.contains("last");
    if timed && takes && off && part.says("undo").is_none() {
        return Some("shorten");
    }
    if timed
        && (text.contains(" more second")
            || text.contains("another ")
            || text.contains(" more minute")
            || text.contains(" more in total")
            || text.contains("seconds more")
            || text.contains("minute more")
            || text.contains("second longer"))
    {
        return Some("lengthen");
    }
    if timed
        && (text.contains("under ")
            || text.contains("no longer than")
            || text.contains("at most")
            || text.contains("maximum")
            || text.contains("cap ")
            || text.contains("down to")
            || text.contains("hochstens")
            || text.contains("como maximo"))
        && part.says("lengthen").is_none()
    {
        return Some("shorten");
    }
    PLAINNESS
        .iter()
        .find_map(|name| part.operations.iter().find(|h| h.class == *name).map(|h| h.class))
        .or_else(|| part.says("change").map(|h| h.class))
}

/// Words for colours: subtitles in yellow are changed, subtitles in Arabic are added.
const COLOURS: &str = " yellow red blue green white black orange pink purple grey gray gold silver bold italic amarillo rojo azul verde blanco negro jaune rouge bleu vert blanc noir gelb rot blau grun weiss schwarz ";

/// Where on the picture something stands.
const SIDES: [&str; 24] = [
    " top",
    " bottom",
    " left",
    " right",
    "corner",
    " middle",
    "center",
    "centre",
    "upper",
    "lower",
    " oben",
    " unten",
    " links",
    " rechts",
    "arriba",
    "abajo",
    "izquierda",
    "derecha",
    "en haut",
    "en bas",
    "gauche",
    "droite",
    "later",
    "earlier",
];
/// The same where words are not parted by spaces.
const SIDES_UNSPACED: [&str; 4] = ["上に", "下に", "右", "左"];

/// The operation in the light of the target.
pub(super) fn settled(part: &Part<'_>, operation: Option<&'static str>, target: &str) -> &'static str {
    let text = fold(part.text);
    let said = operation.filter(|o| *o != "-");
    let vague = matches!(said, None | Some("change"));
    let spoken = !languages(part).is_empty();
    let coloured = part.list().iter().any(|w| {
        COLOURS.contains(&format!(" {} ", w.norm))
            || COLOURS.contains(&format!(" {} ", w.norm.trim_end_matches(['s', 'n', 'e'])))
    }) || ["黄色", "白色", "红色", "黄色に", "白に", "赤に"].iter().any(|c| text.contains(c));
    let at_a_place = SIDES.iter().chain(&SIDES_UNSPACED).any(|w| text.contains(w));
    match (said, target) {
        (_, "language") if vague && spoken => {
            if text.contains("version") || text.contains("into") {
                "translate"
            } else {
                "change"
            }
        }
        (_, "voice_over" | "dialogue" | "script" | "text" | "title" | "voice") if vague && spoken => "translate",
        (_, "subtitles") if vague && spoken => {
            if text.contains("into") || text.contains("render") {
                "translate"
            } else {
                "add"
            }
        }
        (_, "title" | "text" | "subtitles" | "logo" | "watermark") if vague && at_a_place => "move",
        (_, "camera")
            if vague
                && ["fix", "fija", "fest", "still", "steady", "固定", "ruhig"].iter().any(|w| text.contains(w)) =>
        {
            "freeze"
        }
        (Some("replace" | "change"), "title")
            if text.contains("换成") || text.contains("改成") || value::quoted(part.text).is_some() =>
        {
            "rename"
        }
        (None | Some("change"), "character") if text.contains("call ") && value::quoted(part.text).is_some() => {
            "rename"
        }
        (Some("change"), "object") if text.contains(" into ") => "replace",
        (Some("move" | "add" | "replace"), "aspect_ratio")
        | (Some("replace"), "style" | "color" | "lighting" | "mood" | "pacing" | "camera")
        | (Some("decrease" | "lengthen" | "shorten"), "character") => "change",
        (Some("increase"), "subtitles" | "logo" | "title") if text.starts_with("sube ") => "move",
        (Some("remove"), "dialogue" | "script" | "voice_over" | "subtitles") if says_half(&text) => "shorten",
        (_, "logo" | "watermark" | "music" | "voice" | "background") if vague && wants_another(&text) => "replace",
        (_, "scene" | "shot") if vague && moves_to_an_end(&text) => "move",
        (_, "text" | "logo" | "music" | "subtitles" | "effect" | "object" | "watermark" | "sound" | "ending")
            if vague && text.starts_with("put ") && !at_a_place =>
        {
            "add"
        }
        (Some("change"), "weather") => "add",
        (Some("change"), "dialogue")
            if value::quoted(part.text).is_some()
                && (text.starts_with("let ") || text.starts_with("have ") || text.starts_with("make ")) =>
        {
            "add"
        }
        (None | Some("change" | "add"), "music" | "voice_over" | "title")
            if !part.places.scenes.is_empty()
                && ["从", "开始", "empiec", "commenc", "beginn", "start", "から始"]
                    .iter()
                    .any(|w| text.contains(w)) =>
        {
            "move"
        }
        (Some("translate"), "language") if part.says("translate").is_none() && !text.contains("version") => "change",
        (Some("increase"), "lighting")
            if text.contains("shadow")
                || text.contains("sombra")
                || text.contains("ombre")
                || text.contains("schatten") =>
        {
            "darken"
        }
        (Some("add"), "subtitles") if text.contains("only") => "change",
        (Some("add"), "subtitles" | "text") if coloured && !text.starts_with("add") => "change",
        (Some("increase"), "voice" | "mood" | "character") if text.contains("more ") && !text.contains("more of") => {
            "change"
        }
        (Some("increase" | "decrease"), "subtitles" | "text" | "title") if coloured && text.contains(',') => "change",
        (Some("decrease"), "lighting") => "darken",
        (Some("increase"), "lighting") if text.contains("light") => "brighten",
        (Some("speed_up"), "voice_over" | "dialogue") if text.contains("snappier") => "change",
        (Some("merge" | "split"), other) if !matches!(other, "scene" | "shot" | "video") => "change",
        (Some(other), _) => other,
        // A bare noun is to be there: "fog in scene 2", "a radio on the counter".
        (None, "weather" | "effect" | "sound" | "object" | "transition" | "watermark" | "music" | "costume")
            if part.list().len() <= 8 && !coloured =>
        {
            "add"
        }
        (None, "subtitles") if !coloured => "add",
        (None, _) => "change",
    }
}

/// "删掉一半": what loses its half is shortened.
fn says_half(text: &str) -> bool {
    ["一半", "half", "mitad", "moitie", "halfte", "半分"].iter().any(|w| text.contains(w))
}

/// "a new logo", "otra voz".
fn wants_another(text: &str) -> bool {
    [
        "new ",
        "a new ",
        "another ",
        "different ",
        "a different ",
        "otra ",
        "otro ",
        "un autre ",
        "une autre ",
        "andere ",
        "ein anderes ",
    ]
    .iter()
    .any(|w| text.starts_with(w))
}

/// "die fünfte Szene ans Ende".
fn moves_to_an_end(text: &str) -> bool {
    let ends = [
        " ans ende",
        " an den anfang",
        " al final",
        " al principio",
        " a la fin",
        " au debut",
        " to the end",
        " to the front",
        " to the start",
        " to the beginning",
        "最後に",
        "最初に",
        "到最后",
        "到开头",
        "到结尾",
    ];
    ends.iter().any(|w| text.contains(w))
}
