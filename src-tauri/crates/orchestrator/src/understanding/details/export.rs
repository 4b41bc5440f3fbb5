//! The details of an export: what, as what, where to.

use std::sync::LazyLock;

use super::places::places;
use super::{ExportDetails, Numbers};
use crate::understanding::{Context, cues};
use crate::wording::{Hit, Lexicon, Words, clauses, fold};

pub(super) static KINDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(&[include_str!("../data/exports.txt")]));

/// What is taken when several are named: the more exact before the whole.
const EXACT: [&str; 9] =
    ["shot list", "subtitles", "characters", "storyboard", "script", "frame", "audio", "project", "scenes"];

/// Reads an export.
pub(in crate::understanding) fn export(text: &str, context: &Context) -> ExportDetails {
    let words = Words::of(text);
    let said = cues::Said::of(text, context);
    let all = KINDS.find(&words.list);
    // What is refused does not count: "not 4K, 1080p is enough".
    let refused: Vec<_> =
        (0..said.clauses.len()).filter(|i| said.refuses(*i)).map(|i| said.clauses[i].range.clone()).collect();
    let kept = |h: &&Hit<'static>| !refused.iter().any(|r| r.contains(&h.range.start)) && !without(&words, h);
    let of = |kind: &str, hits: &[&Hit<'static>]| -> Vec<&'static str> {
        hits.iter().filter_map(|h| h.class.strip_prefix(kind)).collect()
    };
    let hits: Vec<&Hit<'static>> = all.iter().filter(kept).collect();
    let hits = if hits.is_empty() { all.iter().collect() } else { hits };
    let places = places(text, context);
    let format = of("format.", &hits).into_iter().next();
    let resolution = hits
        .iter()
        .filter(|h| h.class.starts_with("resolution."))
        .find(|h| sized(&words, h))
        .and_then(|h| h.class.strip_prefix("resolution."));
    let destination = destination(text, &words, &hits);
    let named = of("what.", &hits);
    let what = what(&words, &hits, &named, format, !places.scenes.is_empty(), places.scenes.len() > 1, text);
    ExportDetails {
        format: format.map(str::to_owned),
        resolution: resolution.map(str::to_owned),
        scene: if matches!(what, "scene" | "scenes" | "frame" | "audio" | "video") {
            Numbers::of(places.scenes)
        } else {
            None
        },
        shot: Numbers::of(places.shots),
        what: Some(what.to_owned()),
        destination,
    }
}

/// "720" is a resolution only with a letter, or beside a word for one.
fn sized(words: &Words<'_>, hit: &Hit<'_>) -> bool {
    let said = fold(&words.text[hit.range.clone()]);
    if said == "hd" && hit.words.start > 0 && words.list[hit.words.start - 1].norm == "full" {
        return false;
    }
    !matches!(said.as_str(), "480" | "sd") || words.text.contains("480")
}

/// "without the watermark", "minus the music".
fn without(words: &Words<'_>, hit: &Hit<'_>) -> bool {
    (1..=2).filter_map(|back| hit.words.start.checked_sub(back)).any(|i| {
        let refuses = matches!(
            words.list[i].norm.as_str(),
            "without" | "not" | "no" | "minus" | "sin" | "sans" | "ohne" | "nicht" | "kein" | "keine" | "不要" | "无"
        );
        refuses && !words.text[words.list[i].range.end..hit.range.start].contains([',', '，', '.'])
    })
}

fn what(
    words: &Words<'_>,
    hits: &[&Hit<'static>],
    named: &[&'static str],
    format: Option<&str>,
    placed: bool,
    several: bool,
    text: &str,
) -> &'static str {
    let file_says = match format {
        Some("srt" | "vtt" | "ass") => Some("subtitles"),
        Some("wav" | "mp3" | "flac" | "aac" | "aiff" | "ogg") => Some("audio"),
        Some("jpg" | "tiff" | "png") if !named.iter().any(|n| matches!(*n, "storyboard" | "characters" | "frame")) => {
            Some("frame")
        }
        Some("docx" | "txt" | "fountain" | "fdx") if named.iter().all(|n| !EXACT.contains(n)) => Some("script"),
        _ => None,
    };
    // "as a pdf with the script in it": words after "with" only describe.
    let own: Vec<&'static str> = hits
        .iter()
        .filter(|h| h.class.starts_with("what.") && !described(words, h))
        .filter_map(|h| h.class.strip_prefix("what."))
        .collect();
    let exact = EXACT.iter().find(|e| own.contains(e)).copied();
    if matches!(file_says, Some("audio")) && !own.contains(&"audio") {
        return "audio";
    }
    match (exact, file_says) {
        (Some("scenes"), _) if placed && !several => "scene",
        (Some(exact), _) => exact,
        (None, Some(file)) => file,
        (None, None) if several => "scenes",
        (None, None) if placed => {
            let shot = fold(text).contains("shot");
            if shot && !own.contains(&"scene") { "video" } else { "scene" }
        }
        (None, None) if own.contains(&"scene") && !own.contains(&"video") => "scene",
        _ => "video",
    }
}

/// True for a word that stands after "with", "burned in", "for the": it describes what is taken out.
fn described(words: &Words<'_>, hit: &Hit<'_>) -> bool {
    let before = |back: usize| hit.words.start.checked_sub(back).map(|i| words.list[i].norm.as_str());
    let with =
        (1..=3).filter_map(before).any(|w| matches!(w, "with" | "con" | "avec" | "mit" | "including" | "incluye"));
    let burned = words
        .list
        .get(hit.words.end)
        .is_some_and(|w| matches!(w.norm.as_str(), "burned" | "burnt" | "included" | "incrustados"));
    with || burned
}

/// Where it goes: a place that the list knows, or whoever it is sent to.
fn destination(text: &str, words: &Words<'_>, hits: &[&Hit<'static>]) -> Option<String> {
    let known = hits
        .iter()
        .filter(|h| h.class.starts_with("destination."))
        .find(|h| directed(words, h) || hits.iter().filter(|o| o.class.starts_with("destination.")).count() == 1);
    if let Some(hit) = known.filter(|h| {
        directed(words, h)
            || !matches!(
                h.class,
                "destination.x"
                    | "destination.note"
                    | "destination.tv"
                    | "destination.cinema"
                    | "destination.link"
                    | "destination.phone"
                    | "destination.drive"
            )
            || hit_is_plain(words, h)
    }) {
        return hit.class.strip_prefix("destination.").map(str::to_owned);
    }
    recipient(text)
}

fn hit_is_plain(words: &Words<'_>, hit: &Hit<'_>) -> bool {
    hit.class != "destination.x" || words.list[hit.words.start].norm == "x" && words.text.contains('X')
}

/// "to", "for", "on" and the like before it.
fn directed(words: &Words<'_>, hit: &Hit<'_>) -> bool {
    (1..=3).filter_map(|back| hit.words.start.checked_sub(back)).any(|i| {
        matches!(
            words.list[i].norm.as_str(),
            "to" | "for"
                | "on"
                | "onto"
                | "into"
                | "in"
                | "via"
                | "by"
                | "a"
                | "al"
                | "en"
                | "para"
                | "por"
                | "sur"
                | "pour"
                | "dans"
                | "vers"
                | "auf"
                | "fur"
                | "an"
                | "zu"
                | "per"
                | "到"
                | "给"
                | "至"
                | "发"
                | "传"
                | "存"
        )
    })
}

/// "send it to Kofi", "schick's an Björn".
fn recipient(text: &str) -> Option<String> {
    use regex::Regex;
    static TO: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)\b(?:send|email|mail|forward|deliver|hand|share|submit|transfer|export|save|upload|mand\w*|envi\w*|envoi\w*|transmet\w*|schick\w*|send\w*|partag\w*|teil\w*|wrap|package|copy)\b.*?\b(?:to|with|over to|for|a|al|à|au|an|para|pour|für)\s+(?:my |the |our |mi |la |el |los |mon |ma |le |les |notre |meinen? |meine[nr]? |den |die |das |unser\w* |die )?([\p{L}.'’-]+(?: [\p{Lu}][\p{L}'’-]+)?)|(?:发给|发送给|传给|交给|寄给)([^，。,\s]{1,8}?)(?:看|吧|$|，|。)|([^、。\s]{1,8}?)(?:さん|様)?に(?:送って|送信|渡して)").ok()
    });
    let found = TO.as_ref()?.captures_iter(text).last()?;
    let name = found.iter().skip(1).flatten().next()?.as_str().trim_end_matches(['.', ',', '!', '?']).to_lowercase();
    let spoken_of = clauses(text).len();
    let filler = matches!(
        name.as_str(),
        "me" | "us"
            | "a"
            | "the"
            | "mp4"
            | "be"
            | "it"
            | "mir"
            | "uns"
            | "moi"
            | "nous"
            | "disk"
            | "file"
            | "final"
            | "everyone"
            | "share"
            | "an"
            | "un"
            | "una"
            | "une"
            | "als"
            | "ein"
            | "eine"
            | "full"
            | "high"
            | "archive"
            | "gif"
            | "mov"
            | "webm"
            | "render"
    ) || KINDS.has("format.mp4", &name);
    let is_kind = !KINDS.find(&Words::of(&name).list).is_empty();
    (!filler && !is_kind && spoken_of < 8).then_some(name)
}
